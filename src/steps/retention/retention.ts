// Retention: when what is kept ends, and why. Beside: the holds and freezes that keep it longer, and what that makes of each record.

import { tagText } from '../../base/tagger.js';
import { type CalendarDate, daysBetween, nextDay } from '../../base/time.js';
import { howToRead } from '../../base/shape.js';
import { fail } from '../../messages/error.js';
import { type Statistics, statisticsSchema } from '../../policy/statistics.js';
import type { ClockCheck } from '../../retention/clock.js';
import { DISPOSITIONS, SHARES, type Share } from '../../retention/disposition.js';
import type { Reader } from '../../store/reader.js';
import type { Counts } from '../../store/columns.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { Restraint } from '../../store/retention-rows.js';
import { latestDay, viewClock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import { dispositions, DUE_ONLY, shareEnds } from './dispositions.js';
import { type KeptRecord, keptRecords } from './kept-records.js';

/** What follows when the time of a part is over; `decide`: no clock runs for it, a person has to. */
const OUTCOMES = ['purge', 'hold', 'freeze', 'decide', 'anonymised'] as const;
export type Ending = (typeof OUTCOMES)[number];

/** A hold or a freeze, and how many records of a part it keeps. */
export interface Keeping {
  readonly restraint: Restraint;
  readonly records: number;
}

/** The records of a dataset that end together. */
export interface RetentionPart {
  readonly dataset: string;
  readonly file: string;
  readonly share: Share;
  readonly records: number;
  /** The last day; null while no clock runs. */
  readonly until: CalendarDate | null;
  readonly laws: readonly string[];
  /** Days until then, negative if it is past; null while no clock runs. */
  readonly daysLeft: number | null;
  /** What follows for most of them, at present. */
  readonly outcome: Ending;
  /** What follows, in records. */
  readonly follows: { readonly purge: number; readonly hold: number; readonly freeze: number };
  /** Records whose time is over: due to be purged now, or kept by a hold or a freeze. */
  readonly over: { readonly due: number; readonly held: number; readonly frozen: number };
  /** Records that are due to be purged now, and the first day on which they should have been gone. */
  readonly due: number;
  readonly overdueSince: CalendarDate | null;
  readonly keptBy: readonly Keeping[];
}

/** A dataset that was purged, of which anonymous counts were kept. */
export interface Anonymised {
  readonly dataset: string;
  readonly file: string;
  readonly statistics: Statistics;
}

export interface Retention {
  /** This computer's clock: what ends is told by the latest day that has been already. */
  readonly clock: ClockCheck;
  readonly today: CalendarDate;
  readonly parts: readonly RetentionPart[];
  readonly anonymised: readonly Anonymised[];
  readonly evidence: readonly KeptRecord[];
  /** Holds and freezes in force, oldest first. */
  readonly restraints: readonly Restraint[];
}

/** Until when what is kept, by which law, what keeps it longer and what comes then. Opens no keys. */
export function retention(session: Session): Retention {
  const { read } = session.workspace;
  read.requireAllRows();
  const clock = viewClock(session);
  const today = latestDay(session, clock);
  const standing = read.retention.restraints().filter((restraint) => stands(restraint, today));
  const datasets = read.datasets();
  return {
    clock,
    today,
    parts: datasets
      .filter((dataset) => dataset.state === 'kept')
      .flatMap((dataset) => partsOf(read, dataset, standing, today)),
    anonymised: anonymised(read, datasets),
    evidence: keptRecords(read),
    restraints: standing,
  };
}

/** What is due to be purged now: the last day of the first of it, and the day on which it should have been gone. */
export function overdueOf({ parts }: Pick<Retention, 'parts'>): {
  readonly records: number;
  readonly ended: CalendarDate | null;
  readonly since: CalendarDate | null;
} {
  const ended = parts.flatMap(({ due, until }) => (due > 0 && until !== null ? [until] : [])).sort()[0];
  return {
    records: parts.reduce((sum, { due }) => sum + due, 0),
    ended: ended ?? null,
    since: ended === undefined ? null : nextDay(ended),
  };
}

/** The next last day, and how many records end with it; null while no clock runs. */
export function nextEnd({ today, parts }: Pick<Retention, 'today' | 'parts'>): {
  readonly date: CalendarDate;
  readonly records: number;
} | null {
  const coming = parts.flatMap(({ until, records }) =>
    until === null || until < today ? [] : [{ date: until, records }],
  );
  const [date] = coming.map((part) => part.date).sort();
  if (date === undefined) return null;
  return {
    date,
    records: coming.reduce((sum, part) => sum + (part.date === date ? part.records : 0), 0),
  };
}

/** Whether a hold or a freeze still keeps anything. */
export function stands({ released, until }: Restraint, today: CalendarDate): boolean {
  return released === null && (until === null || until >= today);
}

interface Counting {
  records: number;
  hold: number;
  freeze: number;
  readonly over: { due: number; held: number; frozen: number };
  readonly kept: Map<string, number>;
}

function partsOf(
  read: Reader,
  dataset: Dataset,
  standing: readonly Restraint[],
  today: CalendarDate,
): readonly RetentionPart[] {
  const ends = shareEnds(read, dataset);
  const countings = countsOf(read, dataset, standing, ends, today);
  return SHARES.flatMap((share, i) => {
    const counting = countings[i];
    if (counting === undefined || counting.records === 0) return [];
    const { records, hold, freeze, over, kept } = counting;
    const { due } = over;
    const end = ends[share] ?? null;
    const until = end?.date ?? null;
    const follows = { purge: records - hold - freeze, hold, freeze };
    return [
      {
        dataset: dataset.id,
        file: dataset.file,
        share,
        records,
        until,
        laws: end?.laws ?? NO_CLOCK_LAWS,
        daysLeft: until === null ? null : daysBetween(today, until),
        outcome: until === null ? 'decide' : mostOf(follows),
        follows,
        over: { ...over },
        due,
        overdueSince: due > 0 && until !== null ? nextDay(until) : null,
        keptBy: standing.flatMap((restraint) => {
          const count = kept.get(restraint.id) ?? 0;
          return count === 0 ? [] : [{ restraint, records: count }];
        }),
      },
    ];
  });
}

/** Counts the records of a dataset by share, and what keeps them. */
function countsOf(
  read: Reader,
  dataset: Dataset,
  standing: readonly Restraint[],
  ends: ReturnType<typeof shareEnds>,
  today: CalendarDate,
): readonly Counting[] {
  const keeping = new Keepings(read, dataset, standing);
  const countings = SHARES.map(
    (): Counting => ({
      records: 0,
      hold: 0,
      freeze: 0,
      over: { due: 0, held: 0, frozen: 0 },
      kept: new Map(),
    }),
  );
  // A freeze keeps a record if it still runs on the day after the record's last.
  const judged = SHARES.map((share) => {
    const end = ends[share]?.date;
    return end === undefined || end < today ? today : nextDay(end);
  });
  for (const page of dispositions(read, dataset, DUE_ONLY, today))
    for (let i = 0; i < page.records; i++) {
      const share = page.shares[i] ?? 0;
      const counting = countings[share];
      if (counting === undefined) continue;
      counting.records++;
      const disposition = DISPOSITIONS[page.dispositions[i] ?? 0] ?? 'stays';
      if (disposition === 'purge') counting.over.due++;
      else if (disposition !== 'stays') counting.over[disposition]++;
      if (keeping.isEmpty) continue;
      let isHeld = false;
      let isFrozen = false;
      for (const { id, kind, until } of keeping.of(page.tags, i)) {
        counting.kept.set(id, (counting.kept.get(id) ?? 0) + 1);
        if (kind === 'hold') isHeld = true;
        else if (until !== null && until >= (judged[share] ?? today)) isFrozen = true;
      }
      if (isHeld) counting.hold++;
      else if (isFrozen) counting.freeze++;
    }
  return countings;
}

/** What is not handed over is kept until its contract is performed or refunded (law.md §1.5). */
const NO_CLOCK_LAWS: readonly string[] = ['PIPL-47', 'CC-558'];

function mostOf({ purge, hold, freeze }: RetentionPart['follows']): Ending {
  if (purge >= hold && purge >= freeze) return 'purge';
  return hold >= freeze ? 'hold' : 'freeze';
}

/** Which holds and freezes in force cover a record of a dataset. */
class Keepings {
  readonly #whole: readonly Restraint[];
  readonly #personal = new Map<string, Restraint[]>();

  constructor(read: Reader, dataset: Dataset, standing: readonly Restraint[]) {
    this.#whole = standing.filter((r) => r.scope === 'all' || r.dataset === dataset.id);
    for (const restraint of standing) {
      if (restraint.scope !== 'subjects') continue;
      for (const tag of read.retention.restraintTags(restraint.id)) {
        const key = tagText(tag);
        this.#personal.set(key, [...(this.#personal.get(key) ?? []), restraint]);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#whole.length === 0 && this.#personal.size === 0;
  }

  of(tags: Uint8Array, record: number): readonly Restraint[] {
    if (this.#personal.size === 0) return this.#whole;
    const own = this.#personal.get(tagText(tags, record));
    return own === undefined ? this.#whole : [...this.#whole, ...own];
  }
}

function anonymised(read: Reader, datasets: readonly Dataset[]): readonly Anonymised[] {
  const files = new Map(datasets.map(({ id, file }) => [id, file]));
  return read.retention.statistics().map(({ dataset, counts }) => ({
    dataset,
    file: files.get(dataset) ?? dataset,
    statistics: statisticsOf(counts),
  }));
}

/** @throws HandoverError WORKSPACE_DAMAGED */
function statisticsOf(counts: Counts): Statistics {
  const read = statisticsSchema.safeParse(counts, howToRead());
  return read.success ? read.data : fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}
