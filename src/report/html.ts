import { createHash } from 'node:crypto';
import { type Lang, LANGUAGE_TAG } from '../messages/lang.js';

/** A piece of a page that is put in unchanged. Only {@link html} and {@link HtmlPage} make one; a text that merely looks like one is escaped. */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  /** The tag function behind {@link html}. */
  static of(strings: TemplateStringsArray, ...values: readonly HtmlContent[]): Html {
    return new Html(
      strings.reduce(
        (all, part, i) => all + part + (i < values.length ? rendered(values[i] ?? null) : ''),
        '',
      ),
    );
  }
}

/** What may be put into {@link html}: texts and numbers are escaped, pieces are put in unchanged, lists are joined, null is nothing. */
export type HtmlContent = Html | string | number | null | readonly HtmlContent[];

/** A piece of a page: html`<td>${cell}</td>`. Values are escaped for text and quoted attributes; never put one into a script or a style. */
export const html = Html.of;

function rendered(value: HtmlContent): string {
  if (value === null) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return value.map(rendered).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** A whole page. `style` and `script` are texts of this program, never of data. */
export interface HtmlPage {
  readonly lang: Lang;
  readonly title: string;
  readonly body: Html;
  /** Rules besides the ones that every page has. */
  readonly style?: string;
  /** Runs at the end of the body. */
  readonly script?: string;
  /** Data for the script, as JSON under the element id `data`. It is not escaped for reading: the script parses the element's text. */
  readonly data?: string;
}

/**
 * A self-contained page that loads nothing and sends nothing: its policy (CSP) allows no source but the one style and the one script whose
 * digests it names. Prints on A4, fits a telephone, and its content is in one landmark for screen readers.
 */
export function htmlPage({ lang, title, body, style = '', script, data }: HtmlPage): string {
  const css = `${BASE_STYLE}${style}`;
  const policy = [
    "default-src 'none'",
    `style-src ${cspDigest(css)}`,
    ...(script === undefined ? [] : [`script-src ${cspDigest(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    `<html lang="${LANGUAGE_TAG[lang]}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${css}</style></head>`,
    `<body><main>${tablesApart(body.toString())}</main>`,
    // "<" cannot end the element early when it is written as an escape of JSON.
    ...(data === undefined ? [] : [`${DATA_OPENING}${data.replaceAll('<', '\\u003c')}${DATA_CLOSING}`]),
    ...(script === undefined ? [] : [`<script>${script}</script>`]),
    '</body></html>\n',
  ].join('\n');
}

/** Around the data of a page. */
export const DATA_OPENING = '<script type="application/json" id="data">';
export const DATA_CLOSING = '</script>';

/** A page that was made with empty data, with these. Nothing else of it changes. */
export function withData(page: string, data: string): string {
  const at = page.indexOf(DATA_OPENING + DATA_CLOSING);
  if (at === -1) throw new Error('a page without a place for data');
  const from = at + DATA_OPENING.length;
  return page.slice(0, from) + data.replaceAll('<', '\\u003c') + page.slice(from);
}

/** Each table in a box of its own, which scrolls where the page is narrower than the table. No text can look like a tag here: texts are escaped. */
function tablesApart(body: string): string {
  return body
    .replaceAll('<table', '<div class="wide" tabindex="0"><table')
    .replaceAll('</table>', '</table></div>');
}

function cspDigest(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** What every page looks like: black on white, one accent, tables with lines, and no colour that carries a meaning alone. */
const BASE_STYLE = `
:root{--ink:#1a1d21;--soft:#5b6470;--line:#d9dde2;--pale:#f5f6f8;--good:#1a7f4b;--warn:#a15c00;--bad:#b3261e;--accent:#1f5fa8}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:2rem 1.5rem;color:var(--ink);background:#fff;overflow-wrap:anywhere;
font:15px/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:1.6rem;line-height:1.3;margin:0 0 .5rem}h2{font-size:1.15rem;margin:2rem 0 .6rem;padding-top:.6rem;border-top:2px solid var(--ink)}
h3{font-size:1rem;margin:1.2rem 0 .4rem}p{margin:.4rem 0}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-variant-numeric:tabular-nums}
th,td{overflow-wrap:break-word;text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
th{font-weight:600;background:var(--pale)}tbody th{background:none;font-weight:500}td.n,th.n{text-align:right}
.wide{overflow-x:auto;margin:.5rem 0}.wide>table{margin:0}.wide:focus-visible{outline:2px solid var(--accent)}
code,.code{font-family:ui-monospace,"SFMono-Regular",Consolas,"Noto Sans Mono CJK SC",monospace;font-size:.86em;overflow-wrap:anywhere}
.soft{color:var(--soft)}.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}
.card{border:1px solid var(--line);border-radius:8px;padding:1rem 1.2rem;margin:1rem 0}
@media(max-width:700px){body{padding:1rem}h1{font-size:1.35rem}th,td{padding:.3rem .4rem}}
@page{size:A4;margin:16mm 14mm}
@media print{body{max-width:none;padding:0;font-size:10.5pt}h2{break-after:avoid}table,.card{break-inside:auto}tr{break-inside:avoid}.wide{overflow:visible}td{overflow-wrap:anywhere}.screen{display:none}}
`;
