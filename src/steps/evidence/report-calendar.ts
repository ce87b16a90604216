import { dayOf } from '../../base/time.js';
import type { CalendarEntry, ReportData } from '../../report/audit-report.js';
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
  const { read } = session.workspace;
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
        records: scope === 'subjects' ? read.restraintTags(id).length : null,
        due: 0,
        held: 0,
        frozen: 0,
        laws: kind === 'freeze' ? ['PIPL-47'] : [],
      }),
    ),
    ...evidence.filter((record) => only === null || about.has(record.about)).map(recordEntry),
  ];
}

function entryOf(
  session: Session,
  { dataset, share, records, until, laws, over }: RetentionPart,
): CalendarEntry {
  const imported = session.workspace.read.dataset(dataset)?.imported ?? session.now;
  return { what: share, about: dataset, from: dayOf(imported), until, records, ...over, laws: [...laws] };
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
