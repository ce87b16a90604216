import type { CalendarDate } from '../base/time.js';
import type { Lang } from '../messages/lang.js';
import { publicWords } from '../messages/screens/public-page.js';
import type { ReportData } from './audit-report.js';
import { html, htmlPage } from './html.js';
import { grouped } from './numbers.js';
import type { Fact } from './screen.js';

/** What a firm may tell everybody: whole counts, no deal, no file, nobody. */
export interface PublicCounts {
  readonly firm: string;
  readonly phone: string;
  readonly day: CalendarDate;
  /** Customers of whom it was decided, who went, and who stayed because they did not agree or said no. */
  readonly judged: number;
  readonly transferred: number;
  readonly kept: number;
  readonly requests: number;
  readonly answered: number;
  readonly incidents: number;
  readonly purged: number;
}

/** The counts of the report that are fit for everybody. */
export function publicCounts(data: ReportData, phone: string): PublicCounts {
  const accounts = data.deals.flatMap((deal) => deal.sources.slice(-1));
  const sum = (of: (source: (typeof accounts)[number]) => number): number =>
    accounts.reduce((total, source) => total + of(source), 0);
  return {
    firm: data.party.name,
    phone,
    day: data.today,
    judged: sum(
      ({ accounting: { transfer, ask, withhold, handed_over: before } }) =>
        transfer + ask + withhold + before,
    ),
    transferred: data.deals.reduce((total, deal) => total + deal.handover.persons, 0),
    kept: sum(({ accounting: { ask, withhold } }) => ask + withhold),
    requests: data.requests.total,
    answered: data.requests.done + data.requests.refused,
    incidents: data.incidents.length,
    purged: data.house.paperless.purged_records,
  };
}

/** The counts that a firm may publish, as facts beside their labels. */
export function publicFacts(counts: PublicCounts, lang: Lang): readonly Fact[] {
  const words = publicWords[lang];
  const { judged, transferred, kept, requests, answered, incidents, purged } = counts;
  return [
    [words.judged, words.persons(grouped(judged))],
    [words.transferred, words.persons(grouped(transferred))],
    [words.kept, words.persons(grouped(kept))],
    [words.requests, words.answered(grouped(requests), grouped(answered))],
    [words.incidents, words.cases(grouped(incidents))],
    [words.purged, words.records(grouped(purged))],
  ];
}

/** One page for the wall or the web: it holds nothing but these counts. */
export function publicHtml(counts: PublicCounts, lang: Lang): string {
  const words = publicWords[lang];
  return htmlPage({
    lang,
    title: words.title(counts.firm),
    style: 'body{max-width:40rem}dt{margin-top:.8rem}dd{font-size:1.4em;margin:0}',
    body: html`<h1>${words.title(counts.firm)}</h1><p class="soft">${words.until(counts.day)}</p>
<dl>${publicFacts(counts, lang).map(([label, text]) => html`<dt>${label}</dt><dd>${typeof text === 'string' ? text : ''}</dd>`)}</dl>
<p>${words.ask(counts.phone)}</p>`,
  });
}
