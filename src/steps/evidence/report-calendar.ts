import { tagText } from '../../base/tagger.js';
import { dayOf } from '../../base/time.js';
import type { CalendarEntry, ReportData } from '../../report/audit-report.js';
import type { DutyClock } from '../../retention/duty-clocks.js';
import { closingClocks, type DealClocks } from '../retention/duty-clocks.js';
import type { KeptRecord } from '../retention/kept-records.js';
import type { Retention, RetentionPart } from '../retention/retention.js';
import type { Session } from '../session/session.js';

/**
 * What ends when and why: each part of each dataset, the holds and freezes, the records about the handover itself. The days and counts are
 * those of the retention calendar.
 *
 * @param only id of one deal, or null for all
 */
export function reportCalendar(
  session: Session,
  { parts, restraints, evidence }: Retention,
  { deals, purges }: Pick<ReportData, 'deals' | 'purges'>,
  only: string | null,
): CalendarEntry[] {
  const named = new Set(
    deals.flatMap(({ sources }) => sources.flatMap(({ files }) => files.map(({ dataset }) => dataset))),
  );
  const about = new Set([
    ...deals.flatMap(({ id, provisions }) => [id, ...provisions.map(({ bundle }) => bundle)]),
    ...purges.map(({ id }) => id),
  ]);
  return [
    ...parts
      .filter(({ dataset, share }) => only === null || named.has(dataset) || share === 'evidence')
      .map((part) => entryOf(session, part)),
    ...restraints.map(
      ({ id, kind, scope, until, opened }): CalendarEntry => ({
        what: kind,
        about: id,
        from: dayOf(opened),
        until,
        records: scope === 'subjects' ? recordsUnder(session, id) : null,
        due: 0,
        held: 0,
        frozen: 0,
        laws: kind === 'freeze' ? ['PIPL-47'] : [],
      }),
    ),
    ...closingClocks(session)
      .filter(({ deal }) => only === null || only === deal)
      .flatMap((closing) => closing.clocks.flatMap((clock) => clockEntry(closing, clock))),
    ...evidence.filter((record) => only === null || about.has(record.about)).map(recordEntry),
  ];
}

/** Records that a hold or a freeze of persons covers now: a person has a tag for every key, and a record has one. */
function recordsUnder({ workspace: { read } }: Session, restraint: string): number {
  const covered = new Set(read.retention.restraintTags(restraint).map((tag) => tagText(tag)));
  let count = 0;
  for (const { id } of read.datasets())
    for (const { tags, records } of read.pageTags(id))
      for (let i = 0; i < records; i++) if (covered.has(tagText(tags, i))) count++;
  return count;
}

function entryOf(
  session: Session,
  { dataset, share, records, until, laws, over }: RetentionPart,
): CalendarEntry {
  const imported = session.workspace.read.dataset(dataset)?.imported ?? session.now;
  return { what: share, about: dataset, from: dayOf(imported), until, records, ...over, laws: [...laws] };
}

/** A deadline of the closing that is not met; one that each customer sets going has no day of its own. */
function clockEntry(
  { deal, effective }: DealClocks,
  { what, law, from, due, state }: DutyClock,
): CalendarEntry[] {
  if (state === 'done' || state === 'each') return [];
  return [
    {
      what: `duty-${what}`,
      about: deal,
      from: from ?? effective,
      until: due,
      records: null,
      due: 0,
      held: 0,
      frozen: 0,
      laws: [law],
    },
  ];
}

function recordEntry({ kind, about, since, until, laws }: KeptRecord): CalendarEntry {
  return {
    what: kind,
    about,
    from: since,
    until,
    records: null,
    due: 0,
    held: 0,
    frozen: 0,
    laws: [...laws],
  };
}
