import type { Lang } from '../../messages/lang.js';
import { scanWords } from '../../messages/reasons.js';
import { checkWords } from '../../messages/screens/check.js';
import { html, htmlPage } from '../../report/html.js';
import { fieldLabel } from '../../report/labels.js';
import { grouped } from '../../report/numbers.js';
import type { ScanKind } from '../../steps/check/scan-places.js';

/** The hits in free text, by kind, each with a few masked characters around it. */
export function scanHtml(kinds: readonly ScanKind[], lang: Lang): string {
  const words = checkWords[lang].scanPage;
  const body = html`
<h1>${words.title}</h1>
<p class="soft">${words.masked}</p>
${kinds.length === 0 ? html`<p class="good">${words.none}</p>` : null}
${kinds.map(
  ({ category, hits, places }) => html`<h2>${scanWords[lang][category]} · ${grouped(hits)}</h2>
<table><thead><tr><th scope="col">${words.field}</th><th scope="col">${words.context}</th></tr></thead><tbody>
${places.map(
  ({ field, before, after }) =>
    html`<tr><th scope="row">${fieldLabel(field, lang)}</th><td>${before}<strong>【${scanWords[lang][category]}】</strong>${after}</td></tr>`,
)}
</tbody></table>
${hits > places.length ? html`<p class="soft">${words.more(grouped(hits - places.length))}</p>` : null}`,
)}`;
  return htmlPage({ lang, title: words.title, body });
}
