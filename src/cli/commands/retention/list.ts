import type { Json } from '../../../base/json.js';
import type { CalendarDate } from '../../../base/time.js';
import { utf8 } from '../../../base/bytes.js';
import { sha256 } from '../../../base/crypto.js';
import { daysBetween } from '../../../base/time.js';
import type { Lang } from '../../../messages/lang.js';
import { punctuation } from '../../../messages/punctuation.js';
import { closingWords } from '../../../messages/screens/closing.js';
import { retentionWords } from '../../../messages/screens/retention.js';
import { DIMENSIONS, type Dimension } from '../../../policy/statistics.js';
import { calendarFile, type DayEvent } from '../../../report/ics.js';
import { grouped } from '../../../report/numbers.js';
import type { Fact, Screen } from '../../../report/screen.js';
import type { Share } from '../../../retention/disposition.js';
import type { KeptKind } from '../../../retention/kept-records.js';
import type { KeptRecord } from '../../../steps/retention/kept-records.js';
import {
  type Anonymised,
  type Keeping,
  type Ending,
  type Retention,
  type RetentionPart,
  retention,
} from '../../../steps/retention/retention.js';
import { closingClocks, type DealClocks } from '../../../steps/retention/duty-clocks.js';
import { withSession } from '../../../steps/session/session.js';
import { writeWhole } from '../../../store/whole-file.js';
import type { Run } from '../../context.js';
import { clockText } from '../../show/closing.js';
import { drawClock } from '../../show/clock.js';
import { basisText, shortRestraint } from '../../show/restraint.js';

interface Words {
  readonly shares: Readonly<Record<Share, { readonly name: string; readonly law: string }>>;
  readonly outcomes: Readonly<Record<Ending, string>>;
  readonly documents: Readonly<Record<KeptKind, string>>;
  readonly dimensions: Readonly<Record<Dimension, string>>;
}

const tables: Readonly<Record<Lang, Words>> = retentionWords;

/** `handover retention list`: until when what is kept, by which law, and what comes then. */
export const run: Run<'retention list'> = async (context, { options }) => {
  const { lang } = context;
  const words = retentionWords[lang];
  const { found, closings } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => ({ found: retention(session), closings: closingClocks(session) }),
  );
  const parts = options.due ? found.parts.filter(isDue) : found.parts;
  const calendar = calendarOf({ ...found, parts }, closings, options.due, lang);
  const ics = options.ics === undefined ? null : context.path(options.ics);
  if (ics !== null)
    await writeWhole(ics, calendarFile(calendar.map(dayEvent(lang)), context.runtime.now()), {
      force: options.force,
    });
  return {
    json: {
      today: found.today,
      clock: { ...found.clock },
      parts: parts.map((part) => partJson(part, lang)),
      anonymised: options.due ? [] : found.anonymised.map(anonymisedJson),
      evidence: options.due ? [] : found.evidence.map(evidenceJson),
      calendar: calendar.map(({ date, days, what }) => ({ date, days, what })),
      ics,
    },
    screen: (screen) => {
      drawClock(screen, found.clock, lang);
      if (options.due && parts.length === 0) screen.say(words.nothingDue);
      if (!options.due && parts.length + found.anonymised.length === 0) screen.say(words.nothing);
      drawParts(screen, parts, lang);
      if (!options.due) for (const entry of found.anonymised) drawAnonymised(screen, entry, lang);
      if (ics !== null) screen.good(words.icsWritten(context.shown(ics)));
      if (calendar.length === 0) return;
      screen.gap().heading(words.calendar);
      screen.table(
        [{ title: words.date }, { title: words.days, right: true }, { title: words.what }],
        calendar.map(({ date, days, what }) => [date, String(days), what]),
      );
    },
    next: found.parts.some((part) => part.due > 0)
      ? [{ say: words.purge, command: 'handover purge plan' }]
      : [],
  };
};

function isDue({ daysLeft }: RetentionPart): boolean {
  return daysLeft !== null && daysLeft < 0;
}

/** The counts that stayed of what was purged. */
function drawAnonymised(screen: Screen, { file, statistics }: Anonymised, lang: Lang): void {
  const words = retentionWords[lang];
  screen
    .gap()
    .heading(file)
    .say(words.statistics(grouped(statistics.total)));
  screen.facts(
    DIMENSIONS.flatMap((dimension) => {
      const counted = statistics.dimensions[dimension];
      if (counted === undefined) return [];
      const cells = Object.entries(counted.cells).map(([cell, count]) => `${cell} ${grouped(count)}`);
      return [
        [
          tables[lang].dimensions[dimension],
          ...(cells.length === 0 ? [] : [{ items: cells, between: punctuation[lang].list }]),
          ...(counted.suppressed === 0 ? [] : [words.suppressed(grouped(counted.suppressed))]),
        ] as const,
      ];
    }),
  );
}

/** The parts of each dataset under the name of its file. */
function drawParts(screen: Screen, parts: readonly RetentionPart[], lang: Lang): void {
  for (const dataset of new Set(parts.map((part) => part.dataset))) {
    const own = parts.filter((part) => part.dataset === dataset);
    screen
      .gap()
      .heading(own[0]?.file ?? dataset)
      .facts(own.map((part) => partFact(part, lang)));
  }
}

function partFact(part: RetentionPart, lang: Lang): Fact {
  const words = retentionWords[lang];
  const { until, daysLeft, records, outcome, due, overdueSince, laws, share, keptBy } = part;
  const left = daysLeft === null ? '' : daysLeft < 0 ? words.over(-daysLeft) : words.left(daysLeft);
  const time = until === null ? words.open : words.until(until, left);
  const then = until === null ? [] : [words.follows(tables[lang].outcomes[outcome])];
  return [
    tables[lang].shares[share].name,
    [words.records(grouped(records)), time, ...then].join('  '),
    ...(overdueSince === null ? [] : [words.due(grouped(due), overdueSince)]),
    ...keptBy.map((keeping) => words.kept(grouped(keeping.records), keepingText(keeping, lang))),
    `${tables[lang].shares[share].law}  ${laws.join(' ')}`,
  ];
}

function keepingText({ restraint }: Keeping, lang: Lang): string {
  const words = retentionWords[lang];
  const { kind, id, title, reason, basis, until } = restraint;
  return kind === 'hold'
    ? words.hold(title ?? reason, shortRestraint(id))
    : words.freeze(basisText(basis, lang), until ?? '');
}

interface CalendarEntry {
  readonly date: CalendarDate;
  /** Days from today; negative if it is past. */
  readonly days: number;
  readonly what: string;
  /** The same without names of files, which a firm may have made of anything: a calendar goes to telephones and their clouds. */
  readonly nameless: string;
  /** What it is about, by an id that stays. */
  readonly about: string;
}

function dayEvent(lang: Lang): (entry: CalendarEntry) => DayEvent {
  return ({ date, nameless, about }) => ({
    uid: `${sha256(utf8(about)).slice(0, 32)}@handover.invalid`,
    date,
    summary: nameless,
    description: retentionWords[lang].icsMore,
  });
}

/** Every date that is known, sorted: ends of parts, ends of freezes, and until when evidence has to be kept. */
function calendarOf(
  found: Retention,
  closings: readonly DealClocks[],
  onlyDue: boolean,
  lang: Lang,
): readonly CalendarEntry[] {
  const known = [
    ...partDays(found, lang),
    ...(onlyDue ? [] : [...freezeDays(found, lang), ...evidenceDays(found, lang)]),
    ...closings.flatMap((closing) => closingDays(closing, onlyDue, lang)),
  ];
  return known
    .map(
      ({ date, about, nameless, name }): CalendarEntry => ({
        date,
        days: daysBetween(found.today, date),
        what: name === null ? nameless : retentionWords[lang].entry(nameless, name),
        nameless,
        about,
      }),
    )
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** A date that is known, before it is put beside today. */
interface KnownDay extends Pick<CalendarEntry, 'date' | 'about' | 'nameless'> {
  /** Of the file or the deal. */
  readonly name: string | null;
}

function partDays({ parts }: Retention, lang: Lang): readonly KnownDay[] {
  const words = retentionWords[lang];
  const { shares, outcomes } = tables[lang];
  return parts.flatMap(({ until, share, records, outcome, file, dataset }) => {
    if (until === null) return [];
    const text = words.part(outcomes[outcome], shares[share].name, words.records(grouped(records)));
    return [{ date: until, about: `part ${dataset} ${share}`, nameless: text, name: file }];
  });
}

function freezeDays({ restraints }: Retention, lang: Lang): readonly KnownDay[] {
  return restraints.flatMap(({ id, until, basis }) => {
    if (until === null) return [];
    const text = retentionWords[lang].freezeEnds(basisText(basis, lang));
    return [{ date: until, about: `freeze ${id}`, nameless: text, name: null }];
  });
}

function evidenceDays({ evidence }: Retention, lang: Lang): readonly KnownDay[] {
  return evidence.map(({ kind, name, about, since, until }) => ({
    date: until,
    about: `evidence ${kind} ${about} ${since}`,
    nameless: retentionWords[lang].evidence(tables[lang].documents[kind]),
    name,
  }));
}

function closingDays({ deal, clocks }: DealClocks, onlyDue: boolean, lang: Lang): readonly KnownDay[] {
  return clocks.flatMap((clock) => {
    if (clock.due === null || clock.state === 'done' || (onlyDue && clock.state !== 'overdue')) return [];
    const text = closingWords[lang].entry(clockText(clock, lang));
    return [{ date: clock.due, about: `duty ${deal} ${clock.id}`, nameless: text, name: deal }];
  });
}

function partJson(part: RetentionPart, lang: Lang): Json {
  return {
    dataset: part.dataset,
    file: part.file,
    share: part.share,
    records: part.records,
    until: part.until,
    days_left: part.daysLeft,
    laws: [...part.laws],
    law: tables[lang].shares[part.share].law,
    outcome: part.outcome,
    follows: { ...part.follows },
    due: part.due,
    overdue_since: part.overdueSince,
    kept_by: part.keptBy.map(({ restraint, records }) => ({
      id: restraint.id,
      kind: restraint.kind,
      case: restraint.title,
      basis: restraint.basis,
      until: restraint.until,
      records,
    })),
  };
}

function anonymisedJson({ dataset, file, statistics }: Anonymised): Json {
  const counts: Json = JSON.parse(JSON.stringify(statistics));
  return { dataset, file, counts };
}

function evidenceJson({ kind, name, since, until, laws }: KeptRecord): Json {
  return { kind, name, since, until, laws: [...laws] };
}
