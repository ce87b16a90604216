import { type Sha256, sha256 } from '../../base/crypto.js';
import { TAG_BYTES, tagText } from '../../base/tagger.js';
import { type CalendarDate, dayOf, type Instant } from '../../base/time.js';
import { fail, HandoverError } from '../../messages/error.js';
import type { VerifiedCertificate } from '../../retention/certificate.js';
import { DISPOSITIONS, type Disposition } from '../../retention/disposition.js';
import { readPurgePlan } from '../../retention/purge-plan.js';
import type { StoredPurge } from '../../store/retention-rows.js';
import { storedCertificate } from '../purge/certificate.js';
import { type PurgeView, planPurge, viewPurge } from '../purge/plan.js';
import { runPurge } from '../purge/run.js';
import type { PurgeScope } from '../purge/scope.js';
import { DUE_ONLY, dispositions, type PurgeSelection, tagBytes } from '../retention/dispositions.js';
import type { Session } from '../session/session.js';

/** A purge of certain persons, or of everything received under a deal. */
export interface CausedPurge {
  readonly scope: Extract<PurgeScope, { readonly kind: 'subjects' | 'deal' }>;
  /** The id of the request, or the name of the notice: it is in the certificate. */
  readonly cause: string;
  /** Whether files in the clear that may hold the records are overwritten. */
  readonly shred: boolean;
  /** From when on a purge of this scope was this one: a command that was killed goes on with what it began. */
  readonly since: Instant;
}

/** What became of it. `waits`: a second person has to approve the plan first. */
export type Ended =
  | { readonly state: 'done'; readonly certificate: VerifiedCertificate; readonly digest: Sha256 }
  | { readonly state: 'waits'; readonly purge: string; readonly given: number; readonly needed: number };

/**
 * Ends records by way of the purge: plan, approvals where the deal asks for them, run, certificate.
 *
 * @throws HandoverError PURGE_NOTHING if there is nothing to end, PURGE_UNFINISHED, SUBJECT_PURGE_FAILED
 */
export async function endRecords(session: Session, ending: CausedPurge): Promise<Ended> {
  const begun = purgesOf(session, ending).at(-1);
  if (begun?.state === 'done') {
    const { certificate, digest } = storedCertificate(session, begun);
    if (certificate.outcome !== 'failed') return { state: 'done', certificate, digest };
  }
  const waiting = begun === undefined || begun.state === 'done' ? null : viewPurge(session, begun);
  const view = waiting ?? (await plan(session, ending));
  try {
    return await carryOut(session, view, ending.shred);
  } catch (error) {
    const isStale = error instanceof HandoverError && error.problem.code === 'PURGE_STALE';
    if (waiting === null || !isStale) throw error;
    return carryOut(session, await plan(session, ending), ending.shred);
  }
}

function plan(session: Session, { scope, cause }: CausedPurge): Promise<PurgeView> {
  return planPurge(session, { scope, reason: null, cause, dryRun: false });
}

async function carryOut(session: Session, view: PurgeView, shred: boolean): Promise<Ended> {
  const { purge, approvals } = view.plan;
  const given = view.approvers.length;
  if (given < approvals) return { state: 'waits', purge, given, needed: approvals };
  const { certificate, digest } = await runPurge(session, { purge, shred, dryRun: false });
  if (certificate === null || digest === null || certificate.outcome === 'failed')
    return fail({ code: 'SUBJECT_PURGE_FAILED' });
  return { state: 'done', certificate, digest };
}

/** Purges of one scope since a moment, oldest first, void ones left out. */
export function purgesOf(
  session: Session,
  { scope, since }: Pick<CausedPurge, 'scope' | 'since'>,
): readonly StoredPurge[] {
  const tags = scope.kind === 'subjects' ? sha256(tagBytes(scope.tags)) : null;
  return session.workspace.read.retention.purges().filter(({ time, state, plan: bytes }) => {
    if (time < since || state === 'void') return false;
    const planned = readPurgePlan(bytes).scope;
    if (scope.kind === 'deal') return planned.kind === 'deal' && planned.deal === scope.deal;
    return planned.kind === 'subjects' && planned.tags === tags;
  });
}

/** Tags, as text, of those who were erased by some purges. */
export function erasedBy(session: Session, purges: readonly StoredPurge[]): ReadonlySet<string> {
  const erased = new Set<string>();
  for (const { id } of purges)
    for (const page of session.workspace.read.retention.erased(id))
      for (let i = 0; i < page.tags.length / TAG_BYTES; i++) erased.add(tagText(page.tags, i));
  return erased;
}

/** What a purge of these persons would do with each of them who is there: whatever keeps one record keeps the person. */
export function dispositionsOfSubjects(
  session: Session,
  tags: ReadonlySet<string>,
): ReadonlyMap<string, { readonly disposition: Disposition; readonly records: number }> {
  const found = new Map<string, { disposition: Disposition; records: number }>();
  const asking: PurgeSelection = { ...DUE_ONLY, tags, alsoDue: false };
  for (const page of pagesOf(session, asking)) {
    for (let i = 0; i < page.records; i++) {
      const tag = tagText(page.tags, i);
      if (!tags.has(tag)) continue;
      const disposition = DISPOSITIONS[page.dispositions[i] ?? 0] ?? 'stays';
      const before = found.get(tag);
      const worst =
        before !== undefined && DISPOSITIONS.indexOf(before.disposition) > DISPOSITIONS.indexOf(disposition)
          ? before.disposition
          : disposition;
      found.set(tag, { disposition: worst, records: (before?.records ?? 0) + 1 });
    }
  }
  return found;
}

/** How many records of some datasets a purge of all of them would end, and how many it would leave. */
export function dispositionsOfDatasets(
  session: Session,
  datasets: ReadonlySet<string>,
): Readonly<Record<Disposition, number>> {
  const counts: Record<Disposition, number> = { stays: 0, purge: 0, frozen: 0, held: 0 };
  for (const page of pagesOf(session, { ...DUE_ONLY, datasets, alsoDue: false }, datasets))
    for (const disposition of page.dispositions) counts[DISPOSITIONS[disposition] ?? 'stays']++;
  return counts;
}

function* pagesOf(session: Session, asking: PurgeSelection, only: ReadonlySet<string> | null = null) {
  const { read } = session.workspace;
  const today: CalendarDate = dayOf(session.now);
  for (const dataset of read.datasets())
    if (dataset.state === 'kept' && (only === null || only.has(dataset.id)))
      yield* dispositions(read, dataset, asking, today);
}

/** Tags as text, from bytes. */
export function tagTexts(tags: readonly Uint8Array[]): ReadonlySet<string> {
  return new Set(tags.map((tag) => tagText(tag)));
}
