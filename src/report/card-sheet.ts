import { dayOf } from '../base/time.js';
import type { Card } from '../identity/card.js';
import type { Lang } from '../messages/lang.js';
import { partyWords } from '../messages/screens/party.js';
import { sheetWords } from '../messages/screens/sheet.js';
import { html, htmlPage } from './html.js';
import { qrCode } from './qr.js';

/**
 * A card's fingerprint on one sheet to print, stamp and put into the annex of a contract: as digits, as words that no pen changes, and as a QR
 * code that holds the digits and nothing else, so that what a telephone reads can be typed in as it is.
 *
 * @param fingerprint six groups of five digits
 */
export function cardSheet(card: Card, fingerprint: string, lang: Lang): string {
  const words = sheetWords[lang];
  const party = partyWords[lang];
  const groups = fingerprint.split(' ');
  const facts = [
    [party.party, card.name],
    ...(card.uscc === undefined ? [] : [[party.uscc, card.uscc]]),
    ...(card.role === undefined ? [] : [[party.role, party[card.role]]]),
    [party.created, dayOf(card.created)],
    ...(card.valid_until === undefined ? [] : [[party.validUntil, dayOf(card.valid_until)]]),
  ];
  const body = html`
<h1>${words.title}</h1>
<table>${facts.map(([label = '', text = '']) => html`<tr><th scope="row">${label}</th><td>${text}</td></tr>`)}</table>
<div class="print"><table><thead><tr><th scope="col">${words.group}</th><th scope="col">${words.digits}</th><th scope="col">${words.words}</th></tr></thead><tbody>${groups.map(
    (group, i) =>
      html`<tr><th scope="row">${String(i + 1)}</th><td class="digits">${group}</td><td>${spelled(group, lang)}</td></tr>`,
  )}</tbody></table>
<figure>${qrCode(fingerprint, words.code)}<figcaption class="soft">${words.code}</figcaption></figure></div>
<p>${words.how}</p>
<p class="soft">${words.changed}</p>
<div class="sign"><p>${words.sign}<span class="line"></span></p><p>${words.day}<span class="line"></span></p><p class="stamp">${words.stamp}</p></div>`;
  return htmlPage({ lang, title: words.page(card.name), style: STYLE, body });
}

/** Each digit as a word. In Chinese the capital numerals, as on cheques. */
function spelled(group: string, lang: Lang): string {
  const { numerals, between } = sheetWords[lang];
  return [...group].map((digit) => numerals[Number(digit)] ?? '').join(between);
}

const STYLE = `
body{max-width:46rem}.digits{font:600 1.3rem ui-monospace,Consolas,monospace;letter-spacing:.12em;white-space:nowrap}
.print{display:flex;gap:1.5rem;align-items:flex-start;flex-wrap:wrap}.print>.wide{flex:1 1 20rem}
figure{margin:.5rem 0;width:11rem;flex:none}svg.qr{display:block;width:100%}figcaption{text-align:center;font-size:.86em}
.sign{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin-top:2rem}.line{display:inline-block;border-bottom:1px solid var(--ink);min-width:8rem;margin-left:.5rem}
.stamp{grid-column:2;border:1px dashed var(--soft);border-radius:50%;width:9rem;height:9rem;display:flex;align-items:center;justify-content:center;color:var(--soft)}
@media(max-width:700px){.sign{grid-template-columns:1fr}.stamp{grid-column:1}}
`;
