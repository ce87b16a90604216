import { type CalendarDate, dayOf } from '../../base/time.js';
import type { CalendarEntry, ReportData, ReportDeal } from '../../report/audit-report.js';
import { DISPOSITIONS, SHARES, type Share } from '../../retention/disposition.js';
import { evidenceEnd } from '../../retention/schedule.js';
import type { Dataset } from '../../store/rows.js';
import { dispositions, DUE_ONLY, shareEnds } from '../retention/dispositions.js';
import type { Session } from '../session/session.js';

/**
 * What ends when and why: each part of each dataset, the holds and freezes, the records of provisions and assessments.
 *
 * @param only id of one deal, or null for all
 */
export function reportCalendar(
  session: Session,
  { deals, purges }: Pick<ReportData, 'deals' | 'purges'>,
  only: string | null,
  today: CalendarDate,
): CalendarEntry[] {
  const { read } = session.workspace;
  const named = new Set(
    deals.flatMap(({ sources }) => sources.flatMap(({ files }) => files.map(({ dataset }) => dataset))),
  );
  const datasets = read
    .datasets()
    .filter((dataset) => only === null || named.has(dataset.id) || dataset.kind === 'consents');
  return [
    ...datasets.flatMap((dataset) => endsOf(session, dataset, today)),
    ...read
      .restraints()
      .filter(({ released }) => released === null)
      .map(
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
    ...deals.flatMap(recordsOf),
    ...purges.flatMap(({ id, certificate }): CalendarEntry[] =>
      certificate === null
        ? []
        : [
            {
              what: 'certificate',
              about: id,
              from: dayOf(certificate.finished),
              until: certificate.retain_until,
              records: null,
              due: 0,
              held: 0,
              frozen: 0,
              laws: ['NDSR-12'],
            },
          ],
    ),
  ];
}

/** The parts of a dataset that hold records still. */
function endsOf(session: Session, dataset: Dataset, today: CalendarDate): readonly CalendarEntry[] {
  const { read } = session.workspace;
  const counts = new Map<Share, { records: number; due: number; held: number; frozen: number }>();
  for (const page of dispositions(read, dataset, DUE_ONLY, today)) {
    for (let i = 0; i < page.records; i++) {
      const share = SHARES[page.shares[i] ?? 0] ?? 'kept-back';
      const disposition = DISPOSITIONS[page.dispositions[i] ?? 0] ?? 'stays';
      const count = counts.get(share) ?? { records: 0, due: 0, held: 0, frozen: 0 };
      count.records++;
      if (disposition === 'purge') count.due++;
      else if (disposition !== 'stays') count[disposition]++;
      counts.set(share, count);
    }
  }
  const ends = shareEnds(read, dataset);
  return [...counts].map(([share, count]) => ({
    what: share,
    about: dataset.id,
    from: dayOf(dataset.imported),
    until: ends[share]?.date ?? null,
    ...count,
    laws: [...(ends[share]?.laws ?? [])],
  }));
}

/** The record of each provision, and the assessment, for three years. */
function recordsOf(deal: ReportDeal): readonly CalendarEntry[] {
  const kept = { records: null, due: 0, held: 0, frozen: 0 };
  const sent = deal.provisions.filter(({ state }) => state !== 'began');
  return [
    ...sent.map(({ bundle, time, keep_until }) => ({
      what: 'provision-record' as const,
      about: bundle,
      from: dayOf(time),
      until: keep_until,
      ...kept,
      laws: [...evidenceEnd(keep_until).laws],
    })),
    ...(sent.length === 0
      ? []
      : [
          {
            what: 'assessment' as const,
            about: deal.id,
            from: deal.assessment.date,
            until: deal.assessment.keep_until,
            ...kept,
            laws: ['PIPL-56'],
          },
        ]),
  ];
}
