import { type Html, html } from './html.js';

/** What comes next, with its command line if it has one. */
export interface PageStep {
  readonly say: string;
  readonly command?: string;
}

/** Steps in their order. */
export function nextList(steps: readonly PageStep[]): Html {
  return html`<ol>${steps.map(
    ({ say, command }) =>
      html`<li>${say}${say === '' || command === undefined ? null : html`<br>`}${command === undefined ? null : html`<code>${command}</code>`}</li>`,
  )}</ol>`;
}
