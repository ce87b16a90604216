import { type Html, html } from './html.js';
import type { Fact } from './screen.js';

/** Labels and what is beside them, as the screen has them. */
export function factsTable(facts: readonly Fact[]): Html {
  return html`<table class="facts"><tbody>${facts.map(
    ([label, ...texts]) => html`<tr><th scope="row">${label}</th><td>${texts.map(lineOf)}</td></tr>`,
  )}</tbody></table>`;
}

/** A rule for pages that have such a table. */
export const FACTS_STYLE = 'td>p{margin:0}.facts th{min-width:6em}';

function lineOf(text: Fact[number]): Html {
  return html`<p>${typeof text === 'string' ? text : text.items.join(text.between)}</p>`;
}
