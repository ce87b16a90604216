import type { CalendarDate } from '../base/time.js';
import type { Terms } from '../deal/terms.js';
import type { Lang } from '../messages/lang.js';
import { bundleWords } from '../messages/screens/bundle.js';
import type { ScopeRow } from '../policy/scope.js';
import { fieldsTable } from './deal-page.js';
import { FACTS_STYLE, factsTable } from './facts-table.js';
import { html, htmlPage } from './html.js';
import { nextList, type PageStep } from './next-list.js';
import { grouped } from './numbers.js';
import type { Fact } from './screen.js';
import { stayingName } from './staying.js';

export interface ReceivedPage {
  readonly terms: Terms;
  readonly seller: string;
  readonly number: number;
  /** When it was stored. */
  readonly day: CalendarDate;
  readonly stored: number;
  readonly present: number;
  /** The columns that came. */
  readonly scope: readonly ScopeRow[];
  /** Of how many customers who came something stayed, by what it is. */
  readonly stayed: Readonly<Record<string, number>>;
  /** The tables beside the customers, with what their rows add up to. */
  readonly tables: readonly Fact[];
  readonly until: CalendarDate | null;
  readonly next: readonly PageStep[];
}

/** What came to a buyer, as one page: from whom, how many, which columns, what it may be used for, what customers kept, what to do next. It holds nothing of any customer. */
export function receivedPage(page: ReceivedPage, lang: Lang): string {
  const { terms, seller, number, day, scope, tables, until, next } = page;
  const words = bundleWords[lang].page;
  const kept = Object.entries(page.stayed);
  const body = html`
<h1>${words.title(terms.id)}</h1>
<p class="soft">${words.about(seller, terms.id, number, day)}</p>
${terms.environment === 'test' ? html`<p class="warn"><strong>${bundleWords[lang].rehearsal}</strong></p>` : null}
<div class="card"><p><strong>${words.came}</strong></p>${factsTable([
    [words.customers, words.ofThem(grouped(page.stored), grouped(page.present))],
    ...tables,
    ...(until === null ? [] : [[words.until, words.untilText(until)] as const]),
  ])}</div>
<h2>${words.next}</h2>${nextList(next)}
<h2>${words.use}</h2><p>${words.only}</p>
<ul>${terms.purposes.map((purpose) => html`<li>${purpose[lang]}</li>`)}</ul>
<h2>${words.kept}</h2>${
    kept.length === 0
      ? html`<p>${words.keptNone}</p>`
      : html`<p>${words.keptAbout}</p>
<table><thead><tr><th scope="col">${words.what}</th><th scope="col" class="n">${words.customers}</th></tr></thead>
<tbody>${kept.map(
          ([what, count]) =>
            html`<tr><th scope="row">${stayingName(what, terms.purposes, lang)}</th><td class="n">${grouped(count)}</td></tr>`,
        )}</tbody></table>`
  }
${fieldsTable(words.fields(scope.length), scope, terms, lang)}`;
  return htmlPage({ lang, title: words.title(terms.id), style: FACTS_STYLE, body });
}
