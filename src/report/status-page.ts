import type { Instant } from '../base/time.js';
import type { Lang } from '../messages/lang.js';
import { statusWords } from '../messages/screens/status.js';
import { FACTS_STYLE, factsTable } from './facts-table.js';
import { type Html, html, htmlPage } from './html.js';
import { nextList, type PageStep } from './next-list.js';
import type { Fact } from './screen.js';
import { localTime } from './times.js';

/** A station of a handover. */
interface Station {
  readonly name: string;
  readonly isDone: boolean;
}

export interface StatusPage {
  /** The party, its role, how long its log is. */
  readonly title: string;
  /** When it was so. */
  readonly at: Instant;
  /** What somebody has to see to at once. */
  readonly warnings: readonly string[];
  readonly deals: readonly {
    readonly name: string;
    /** Empty of a deal that goes nowhere any more. */
    readonly road: readonly Station[];
    readonly facts: readonly Fact[];
  }[];
  /** What belongs to no deal. */
  readonly others: readonly Fact[];
  readonly next: readonly PageStep[];
}

/** How everything stands, as one page to look at and to print: what the screen of `status` says. It holds nothing of any customer. */
export function statusPage({ title, at, warnings, deals, others, next }: StatusPage, lang: Lang): string {
  const words = statusWords[lang].page;
  const body = html`
<h1>${title}</h1>
<p class="soft">${words.asOf(localTime(at))}</p>
${warnings.map((text) => html`<p class="warn"><strong>! ${text}</strong></p>`)}
<div class="card"><p><strong>${words.next}</strong></p>${next.length === 0 ? html`<p>${words.nothing}</p>` : nextList(next)}</div>
${deals.length === 0 ? html`<p>${statusWords[lang].noDeals}</p>` : null}
${deals.map(({ name, road, facts }) => html`<h2>${name}</h2>${roadOf(road, lang)}${factsTable(facts)}`)}
${others.length === 0 ? null : html`<h2>${words.others}</h2>${factsTable(others)}`}
<p class="soft">${words.about}</p>`;
  return htmlPage({ lang, title: words.title(title), style: `${FACTS_STYLE}${ROAD_STYLE}`, body });
}

/** Each station with its mark: behind, the one in hand, still to come. The mark says it, in grey as well. */
function roadOf(road: readonly Station[], lang: Lang): Html | null {
  if (road.length === 0) return null;
  const words = statusWords[lang].page;
  const here = road.findIndex(({ isDone }) => !isDone);
  return html`<ol class="road">${road.map(({ name, isDone }, i) => {
    const [mark, said] = isDone ? ['✓', words.done] : i === here ? ['●', words.here] : ['○', words.ahead];
    return html`<li class="${isDone ? 'past' : i === here ? 'here' : 'ahead'}"><span aria-hidden="true">${mark}</span> ${name}<span class="said">${said}</span></li>`;
  })}</ol>`;
}

const ROAD_STYLE = `
.road{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;margin:.6rem 0;padding:0}
.road li{border:1px solid var(--line);border-radius:999px;padding:.1rem .7rem}
.road .past{background:var(--pale)}.road .here{border:2px solid var(--ink);font-weight:600}.road .ahead{border-style:dashed;color:var(--soft)}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`;
