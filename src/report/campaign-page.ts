import { utf8 } from '../base/bytes.js';
import type { TextForms } from '../messages/campaign-text.js';
import type { Lang } from '../messages/lang.js';
import { type Html, html, htmlPage } from './html.js';
import { qrCode } from './qr.js';

/** Whom a letter goes to: a code, and the words on the envelope. */
export interface LetterRecipient {
  readonly name: string;
  readonly address: string;
  readonly code: string;
  /** Whether the person has something prepaid: only then is there a question about it. */
  readonly hasContract: boolean;
}

/** The letter with an empty slip, to be read before anything is sent. */
export function letterPage(forms: TextForms, lang: Lang): string {
  const body = letterBody(forms, null);
  return htmlPage({ lang, title: forms.title, style: STYLE, body });
}

/** A page for each customer, as one document that is printed. Piece by piece, because there may be many. */
export async function* letterPages(
  forms: TextForms,
  lang: Lang,
  batches: AsyncIterable<readonly LetterRecipient[]>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const page = htmlPage({ lang, title: forms.title, style: STYLE, body: html`${PLACE}` });
  const [before = '', after = ''] = page.split(PLACE);
  yield utf8(before);
  for await (const some of batches)
    yield utf8(some.map((person) => letterBody(forms, person).toString()).join('\n'));
  yield utf8(after);
}

/** Where the letters go; no text has it. */
const PLACE = '\u0001';

function letterBody({ title, letter, slip, questions }: TextForms, person: LetterRecipient | null): Html {
  const asked = questions.filter(({ matter }) => person === null || matter === 'data' || person.hasContract);
  return html`<section class="sheet">${person === null ? null : html`<p class="to">${person.name}<br>${person.address}</p>`}<h1>${title}</h1><p>${letter.salutation}</p><div class="text"><p>${letter.opening}</p></div>${letter.parts.map(
    ({ heading, lines }) =>
      html`<h2>${heading}</h2><div class="text">${lines.map((line) => html`<p>${line}</p>`)}</div>`,
  )}<p class="signature">${letter.signature}</p>${
    asked.length === 0
      ? null
      : html`<div class="slip"><h2>${slip.title}　<span class="code">${slip.code} ${person?.code ?? '_____-_____'}</span></h2>${person === null ? null : qrCode(person.code, slip.code)}<p class="soft">${slip.intro}</p><table>${asked.map(
          ({ text, yes, no }) =>
            html`<tr><th scope="row">${text}</th><td>□ ${yes.label}</td><td>□ ${no.label}</td></tr>`,
        )}</table><p>${slip.sign}</p><p class="soft">${slip.guardian}</p></div>`
  }</section>`;
}

/** A letter fits on a sheet, with its slip below a line to cut along. */
const STYLE = `
body{max-width:46rem}h1{text-align:center;font-size:1.3rem;margin:.6rem 0 1rem}h2{border:0;margin:.7rem 0 .2rem;padding:0;font-size:1rem}
.sheet{break-after:page;padding-bottom:1rem}.text p{text-indent:2em;margin:.15rem 0}.to{margin-bottom:1rem}.signature{text-align:right}
.slip{border-top:2px dashed var(--soft);margin-top:1.2rem;padding-top:.4rem;break-inside:avoid}.slip .code{font-size:1.1rem;letter-spacing:.08em}.slip .qr{float:right;width:2.4cm;height:2.4cm}
@media print{.sheet{font-size:9.5pt;line-height:1.45}}
`;
