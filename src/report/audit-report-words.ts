import { dayOf } from '../base/time.js';
import { DUTY_NAMES, type DutyName, dutyWords } from '../messages/duties.js';
import { eachLang, type Lang } from '../messages/lang.js';
import { GENERAL_LIMITS, limitText } from '../messages/limits.js';
import { placeName } from '../messages/places.js';
import { punctuation } from '../messages/punctuation.js';
import { scanWords, verdictWords } from '../messages/reasons.js';
import { closingWords } from '../messages/screens/closing.js';
import { dealWords } from '../messages/screens/deal.js';
import { type DealSaid, type FindingSaid, reportWords } from '../messages/screens/report.js';
import { citation } from '../messages/citation.js';
import { citationOf, lawOf } from '../policy/laws.js';
import { VERDICTS } from '../policy/reasons.js';
import type { CalendarEntry, ReportData } from './audit-report.js';
import type { ReportFindingCode, ReportFinding } from './audit-report-findings.js';
import type { ReportDeal, ReportFormer, ReportSource, DealProgress } from './audit-report-deal.js';
import { fieldLabel, wordFor } from './labels.js';
import { grouped } from './numbers.js';
import type { Listing } from './screen.js';
import { localTime } from './times.js';

/** What both kinds of page say in the same words. */

const stageWords: Readonly<Record<Lang, Readonly<Record<DealProgress, (said: DealSaid) => string>>>> =
  eachLang((lang) => reportWords[lang].stages);
const findingWords: Readonly<
  Record<Lang, Readonly<Record<ReportFindingCode, (said: FindingSaid) => string>>>
> = eachLang((lang) => reportWords[lang].findings);
type DutyEntry = `duty-${DutyName}`;
const calendarWords: Readonly<
  Record<Lang, Readonly<Record<Exclude<CalendarEntry['what'], DutyEntry>, string>>>
> = eachLang((lang) => reportWords[lang].calendar.kinds);

/** What ends, as the calendar calls it. */
export function calendarLabel(what: CalendarEntry['what'], lang: Lang): string {
  if (!isDuty(what)) return calendarWords[lang][what];
  const duty = DUTY_NAMES.find((name) => what === `duty-${name}`);
  return closingWords[lang].entry(duty === undefined ? what : dutyWords[lang][duty]);
}

function isDuty(what: CalendarEntry['what']): what is DutyEntry {
  return what.startsWith('duty-');
}

/** Puts a figure into a sentence: the name under which the log has it, or null, and the figure as it is shown. */
export type Mark = (name: string | null, shown: string) => string;

/** The state of a deal, in a sentence. */
export function progressText(
  deal: ReportDeal,
  data: ReportData,
  lang: Lang,
  mark: Mark = (_, shown) => shown,
): string {
  const sum = (of: (source: ReportSource) => number) =>
    deal.sources.reduce((total, source) => total + of(source), 0);
  const last = deal.sources.at(-1);
  const exported = deal.handover.persons;
  const received = deal.handover.confirmed ?? 0;
  const [bundle, ...more] = deal.sources.flatMap(({ bundles }) => bundles);
  const only = bundle === undefined || more.length > 0 ? null : `bundle/${bundle}`;
  const sent = only !== null && data.party.role === 'seller' ? `${only}/rows` : null;
  const came = only !== null && data.party.role === 'buyer' ? `${only}/received` : null;
  return stageWords[lang][deal.stage]({
    seller: deal.seller,
    buyer: deal.buyer,
    covered: mark(
      last?.counted_by === 'check' ? `check/${last.id}/transfer` : null,
      grouped(last?.accounting.transfer ?? 0),
    ),
    ask: grouped(last?.accounting.ask ?? 0),
    exported: mark(sent, grouped(exported)),
    // A receipt that accepts has as many rows as the bundle that was logged.
    received: mark(received === exported ? (sent ?? came) : null, grouped(received)),
    purged: grouped(sum(({ purged }) => purged)),
    until: deal.keep_until ?? '',
  });
}

/** A finding of the report in a sentence. */
export function reportFindingText({ code, count, due, about }: ReportFinding, lang: Lang): string {
  return findingWords[lang][code]({
    count: count === null ? '' : grouped(count),
    due: due ?? '',
    about: about ?? '',
  });
}

/** The state, in one line. */
export function standingText(data: ReportData, lang: Lang): string {
  const words = reportWords[lang].standing;
  if (data.standing !== 'open') return words[data.standing]();
  const tasks = grouped(data.findings.filter(({ severity }) => severity === 'open').length);
  const isOver = data.deals.length > 0 && data.deals.every(({ stage }) => OVER.has(stage));
  return isOver ? words.closed(tasks) : words.open(tasks);
}

/** Stages in which everything that was to go is with the buyer. */
const OVER: ReadonlySet<DealProgress> = new Set(['handed-over', 'holding', 'purged']);

/** Until when something is to be done, or that it is to be done at once. */
export function dueText({ due, severity }: ReportFinding, lang: Lang): string {
  return due ?? (severity === 'note' ? '' : reportWords[lang].open.noDate);
}

/** Articles one after another, each law named once: `《个人信息保护法》第十四条、第二十三条`. */
export function lawsText(ids: readonly string[], lang: Lang): string {
  const groups = [...new Set(ids.map((id) => lawOf(id)?.id ?? id))].map((law) =>
    ids.filter((id) => (lawOf(id)?.id ?? id) === law),
  );
  return groups
    .flatMap(([first = '', ...more]) => {
      const name = citation[lang].named(lawOf(first)?.short[lang] ?? '');
      return [
        citationOf(first, lang),
        ...more.map((id) => citationOf(id, lang).slice(name.length).trimStart()),
      ];
    })
    .join(punctuation[lang].list);
}

/** What is on page one under the title: the only deal's sentence, or one for each. */
export function verdictTexts(data: ReportData, lang: Lang): readonly string[] {
  if (data.deals.length === 0) return [reportWords[lang].noDeal];
  return data.deals.map((deal) => progressText(deal, data, lang));
}

/** Of whom something is expected: the role and, where the deals leave no doubt, the firm. */
export function whoText({ who, deal }: ReportFinding, data: ReportData, lang: Lang): string {
  const words = reportWords[lang];
  if (who === 'officer') return words.officer;
  if (who === data.party.role) return data.party.name;
  const found = data.deals.find(({ id }) => id === deal) ?? data.deals[0];
  return found === undefined ? words[who] : found[who];
}

/** Every article that anything in the report rests on. */
export function citedLaws(data: Pick<ReportData, 'deals' | 'calendar'>): readonly string[] {
  const ids = [
    ...data.deals.flatMap((deal) => [...deal.basis.laws, ...deal.evidence.flatMap(({ laws }) => laws)]),
    ...data.calendar.flatMap(({ laws }) => laws),
    'SPC-CR-5',
  ];
  return [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
}

/** The calendar by its ends, what has none last. */
export function byEnd(calendar: readonly CalendarEntry[]): readonly CalendarEntry[] {
  const key = ({ until }: CalendarEntry) => until ?? '9999-99-99';
  return [...calendar].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** What free text holds, by category. */
export function foundList({ found }: ReportDeal['fields'][number], lang: Lang): Listing {
  const words: Readonly<Record<string, string>> = scanWords[lang];
  const items = found.map(({ category, records }) =>
    reportWords[lang].fields.foundItem(wordFor(words, category), grouped(records)),
  );
  return { items, between: ' · ' };
}

/** Who approved and when, or that nobody had to or has yet. */
export function approvalTexts(deal: ReportDeal, lang: Lang): readonly string[] {
  const words = reportWords[lang].assessment;
  if (deal.approvals.length > 0)
    return deal.approvals.map(
      ({ name, approved, valid }) =>
        `${words.approvedBy(name, localTime(approved))}${valid ? '' : `  ${words.invalid}`}`,
    );
  // The buyer holds no approvals of its own: they came in the bundle, which is verified before anything is stored.
  if (deal.approvals_needed > 0 && deal.provisions.some(({ direction }) => direction === 'in'))
    return [words.approvalsInBundle];
  return [deal.approvals_needed === 0 ? words.approvalsNone : words.approvalsMissing(deal.approvals_needed)];
}

/** How many records an entry is about, and how many of them are due, held or frozen. */
export function calendarCounts({ records, due, held, frozen }: CalendarEntry, lang: Lang): readonly string[] {
  const words = reportWords[lang].calendar;
  return [
    ...(records === null ? [] : [words.records(grouped(records))]),
    ...(due === 0 ? [] : [words.due(grouped(due))]),
    ...(held === 0 ? [] : [words.held(grouped(held))]),
    ...(frozen === 0 ? [] : [words.frozen(grouped(frozen))]),
  ];
}

/** Checkpoints that the other party signed, or that there are none. */
export function anchorTexts({ log }: ReportData, lang: Lang): readonly string[] {
  const words = reportWords[lang].log;
  if (log.anchors.length === 0) return [words.anchorsNone];
  return log.anchors.map(({ holder, size, agrees }) =>
    (agrees ? words.anchorGood : words.anchorBad)(reportWords[lang][holder], grouped(size)),
  );
}

/** The time stamps of the log, a sentence each, or that there is none. */
export function timestampTexts({ log }: ReportData, lang: Lang): readonly string[] {
  const words = reportWords[lang].log;
  if (log.timestamps.length === 0) return [words.timestampsNone];
  return log.timestamps.map(({ size, stamped }) =>
    stamped === null
      ? words.timestampWaiting(grouped(size))
      : words.timestamp(localTime(stamped), grouped(size)),
  );
}

/** `2,317 = transfer 1,503 + …`: every row went somewhere. */
export function balanceItems({ accounting }: ReportSource, lang: Lang): readonly string[] {
  const words = reportWords[lang].funnel;
  const [first = '', ...others] = VERDICTS.map(
    (verdict) => `${verdictWords[lang][verdict].short} ${grouped(accounting[verdict])}`,
  );
  return [
    `${grouped(accounting.read)}${words.equals}${first}`,
    ...others,
    `${words.blank} ${grouped(accounting.blank)}`,
    ...(accounting.replaced === 0 ? [] : [`${words.replaced} ${grouped(accounting.replaced)}`]),
    ...(accounting.handed_over === 0 ? [] : [`${words.handed_over} ${grouped(accounting.handed_over)}`]),
  ];
}

/** What was decided against the strict way, for page one. */
export function overrideText(
  { kind, date, records, person }: ReportDeal['overrides'][number],
  lang: Lang,
): string {
  return reportWords[lang].override[kind](date, grouped(records ?? 0), person);
}

/** How a purge ended, or how far it is. */
export function purgeText({ state, outcome }: ReportData['purges'][number], lang: Lang): string {
  const words = reportWords[lang].purges;
  return outcome === null ? words.states[state] : words.outcomes[outcome];
}

/** What a certificate could not reach; what holds for every purge comes last. */
export function limitTexts({ certificate }: ReportData['purges'][number], lang: Lang): readonly string[] {
  const limits = certificate?.limits ?? [];
  const general = (limit: (typeof limits)[number]) => GENERAL_LIMITS.includes(limit.code);
  return [...limits.filter((l) => !general(l)), ...limits.filter(general)].map((l) => limitText(l, lang));
}

/** What was said of places that no program reaches, and of which of them nobody has said anything. */
export function placeTexts({ remaining }: ReportData, lang: Lang): readonly string[] {
  const words = reportWords[lang].purges;
  const { list, colon } = punctuation[lang];
  const { places, places_open: open } = remaining;
  if (places.length === 0) return [words.placesNone];
  return [
    words.placesNote,
    ...places.map(
      ({ place, state, time }) =>
        `${placeName(place, lang)}${colon}${words.placeStates[state]} ${dayOf(time)}`,
    ),
    ...(open.length === 0 ? [] : [words.placesOpen(open.map((place) => placeName(place, lang)).join(list))]),
  ];
}

/** Which version of the deal is in force, if it was amended. */
export function versionText({ version }: ReportDeal, lang: Lang): readonly string[] {
  return version > 1 ? [reportWords[lang].glance.version(version)] : [];
}

/** What left under a former version, each field with its treatment. */
export function formerTexts({ fields }: ReportFormer, lang: Lang): readonly string[] {
  const actions = dealWords[lang].actions;
  return fields
    .filter(({ leaves }) => leaves)
    .map(({ field, action }) => `${fieldLabel(field, lang)}${punctuation[lang].colon}${actions[action]}`);
}
