import { RESOURCE } from '../../bundle/resource.js';
import { termsOfTable } from '../../deal/tables.js';
import { unhex } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import type { Corrections, SignedBuyerNotice, VerifiedBuyerNotice } from '../../bundle/notice.js';
import { leavingFields, leavingPurposes, type Terms } from '../../deal/terms.js';
import { planTotals, readPurgePlan } from '../../retention/purge-plan.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { StoredBuyerNotice } from '../../store/persons-rows.js';
import type { Session } from '../session/session.js';
import { placesOf, type SubjectPlace } from '../session/subject-tags.js';
import { erasedBy, dispositionsOfDatasets, dispositionsOfSubjects, purgesOf, tagTexts } from './ending.js';

/* Whom a notice of the seller finds here, and what it may do with them. */

/** What a notice does here, or would do. */
export interface ApplyCounts {
  readonly done: number;
  readonly notFound: number;
  readonly held: number;
  readonly frozen: number;
}

/** A notice that was verified, under the terms that it speaks of. */
export interface NoticeFacts {
  readonly notice: VerifiedBuyerNotice;
  readonly signed: SignedBuyerNotice;
  readonly digest: Sha256;
  readonly terms: Terms;
  readonly seller: string;
  readonly corrections: Corrections | null;
}

/** The datasets that came under the deal of a notice and still hold records. */
function datasetsUnder(session: Session, deal: Sha256): readonly Dataset[] {
  const { read } = session.workspace;
  const bundles = new Set(bundlesUnder(session, deal));
  return read.datasets().filter((d) => d.bundle !== null && bundles.has(d.bundle) && d.state === 'kept');
}

/** What came under any version of the deal. */
export function bundlesUnder(session: Session, deal: Sha256): readonly string[] {
  const { read } = session.workspace;
  const of = read.deal(deal)?.id;
  return read
    .bundles()
    .filter((bundle) => bundle.direction === 'in' && read.deal(bundle.deal)?.id === of)
    .map(({ id }) => id);
}

/** Fields that are emptied where consent ends for one purpose of several; null where the whole record ends. */
export function emptiedFields({ notice, terms }: NoticeFacts, table = RESOURCE): readonly string[] | null {
  const { purpose } = notice;
  if (purpose === null || leavingPurposes(terms).length < 2) return null;
  return leavingFields(termsOfTable(terms, table))
    .filter((field) => field.purpose === purpose)
    .map(({ name }) => name);
}

function tagsOfNotice({ subjects }: VerifiedBuyerNotice): readonly Uint8Array[] {
  return subjects.map(unhex);
}

/** Where the records are that a notice is about. */
export function placesUnder(session: Session, notice: VerifiedBuyerNotice): readonly SubjectPlace[] {
  return datasetsUnder(session, notice.deal.digest).flatMap((dataset) =>
    tagsOfNotice(notice).flatMap((tag) => [...placesOf(session, dataset, tag)]),
  );
}

/** Whom a notice finds, and what it may do with them. @param known the notice if it was begun before, and killed */
export function countBefore(
  session: Session,
  facts: NoticeFacts,
  known: StoredBuyerNotice | null,
): ApplyCounts {
  const { notice } = facts;
  const before = known === null ? [] : purgesOf(session, { scope: scopeOf(notice), since: known.time });
  if (notice.kind === 'abort') {
    const ids = new Set(datasetsUnder(session, notice.deal.digest).map(({ id }) => id));
    const counts = dispositionsOfDatasets(session, ids);
    const gone = before.flatMap((purge) =>
      purge.state === 'done' || purge.state === 'erased' ? [purge] : [],
    );
    const records = gone.reduce((sum, purge) => sum + purgedBy(purge.plan), 0);
    return { done: counts.purge + records, notFound: 0, held: counts.held, frozen: counts.frozen };
  }
  const isChange = notice.kind === 'correction' || emptiedFields(facts) !== null;
  const tags = tagTexts(tagsOfNotice(notice));
  const found = dispositionsOfSubjects(session, tags);
  const erased = erasedBy(session, before);
  const counts = { done: 0, notFound: 0, held: 0, frozen: 0 };
  for (const tag of tags) {
    const disposition = found.get(tag)?.disposition;
    if (disposition === undefined) counts[erased.has(tag) ? 'done' : 'notFound']++;
    else if (isChange || disposition === 'purge') counts.done++;
    else counts[disposition === 'held' ? 'held' : 'frozen']++;
  }
  return counts;
}

function purgedBy(plan: Uint8Array): number {
  return planTotals(readPurgePlan(plan)).purge;
}

/** The scope of the purge that a notice leads to. */
export function scopeOf(notice: VerifiedBuyerNotice) {
  return notice.kind === 'abort'
    ? ({ kind: 'deal', deal: notice.deal.digest } as const)
    : ({ kind: 'subjects', tags: tagTexts(tagsOfNotice(notice)) } as const);
}
