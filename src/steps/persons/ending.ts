import { type Sha256, sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { type CalendarDate, dayOf, type Instant } from '../../base/time.js';
import { fail, HandoverError } from '../../messages/error.js';
import type { VerifiedCertificate } from '../../retention/certificate.js';
import { FATES, type Fate } from '../../retention/fate.js';
import { readPurgePlan } from '../../retention/purge-plan.js';
import type { StoredPurge } from '../../store/rows.js';
import { storedCertificate } from '../purge/certificate.js';
import { type PurgeView, planPurge, viewPurge } from '../purge/plan.js';
import { runPurge } from '../purge/run.js';
import type { PurgeScope } from '../purge/scope.js';
import { type Asking, fates, NOBODY, packedTags, tagText } from '../retention/fates.js';
import type { House } from '../session/house.js';

/** A purge of certain persons, or of everything received under a deal. */
export interface Ending {
  readonly scope: Extract<PurgeScope, { readonly kind: 'subjects' | 'deal' }>;
  /** Stands in the certificate. */
  readonly reason: string;
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
export async function endRecords(house: House, ending: Ending): Promise<Ended> {
  const begun = purgesOf(house, ending).at(-1);
  if (begun?.state === 'done') {
    const { certificate, digest } = storedCertificate(house, begun);
    if (certificate.outcome !== 'failed') return { state: 'done', certificate, digest };
  }
  const waiting = begun === undefined || begun.state === 'done' ? null : viewPurge(house, begun);
  const view = waiting ?? (await plan(house, ending));
  try {
    return await carryOut(house, view, ending.shred);
  } catch (error) {
    const isStale = error instanceof HandoverError && error.problem.code === 'PURGE_STALE';
    if (waiting === null || !isStale) throw error;
    return carryOut(house, await plan(house, ending), ending.shred);
  }
}

function plan(house: House, { scope, reason }: Ending): Promise<PurgeView> {
  return planPurge(house, { scope, reason, dryRun: false });
}

async function carryOut(house: House, view: PurgeView, shred: boolean): Promise<Ended> {
  const { purge, approvals } = view.plan;
  const given = view.approvers.length;
  if (given < approvals) return { state: 'waits', purge, given, needed: approvals };
  const { certificate, digest } = await runPurge(house, { purge, shred, dryRun: false });
  if (certificate === null || digest === null || certificate.outcome === 'failed')
    return fail({ code: 'SUBJECT_PURGE_FAILED' });
  return { state: 'done', certificate, digest };
}

/** Purges of one scope since a moment, oldest first, void ones left out. */
export function purgesOf(
  house: House,
  { scope, since }: Pick<Ending, 'scope' | 'since'>,
): readonly StoredPurge[] {
  const tags = scope.kind === 'subjects' ? sha256(packedTags(scope.tags)) : null;
  return house.workspace.read.purges().filter(({ time, state, plan: bytes }) => {
    if (time < since || state === 'void') return false;
    const planned = readPurgePlan(bytes).scope;
    if (scope.kind === 'deal') return planned.kind === 'deal' && planned.deal === scope.deal;
    return planned.kind === 'subjects' && planned.tags === tags;
  });
}

/** Tags, as text, of those who were erased by some purges. */
export function erasedBy(house: House, purges: readonly StoredPurge[]): ReadonlySet<string> {
  const erased = new Set<string>();
  for (const { id } of purges)
    for (const page of house.workspace.read.erased(id))
      for (let i = 0; i < page.tags.length / TAG_BYTES; i++) erased.add(tagText(page.tags, i));
  return erased;
}

/** What a purge of these persons would do with each of them who is there: whatever keeps one record keeps the person. */
export function fatesOfSubjects(
  house: House,
  tags: ReadonlySet<string>,
): ReadonlyMap<string, { readonly fate: Fate; readonly records: number }> {
  const found = new Map<string, { fate: Fate; records: number }>();
  const asking: Asking = { ...NOBODY, tags, alsoDue: false };
  for (const page of pagesOf(house, asking)) {
    for (let i = 0; i < page.records; i++) {
      const tag = tagText(page.tags, i);
      if (!tags.has(tag)) continue;
      const fate = FATES[page.fates[i] ?? 0] ?? 'stays';
      const before = found.get(tag);
      const worst =
        before !== undefined && FATES.indexOf(before.fate) > FATES.indexOf(fate) ? before.fate : fate;
      found.set(tag, { fate: worst, records: (before?.records ?? 0) + 1 });
    }
  }
  return found;
}

/** How many records of some datasets a purge of all of them would end, and how many it would leave. */
export function fatesOfDatasets(house: House, datasets: ReadonlySet<string>): Readonly<Record<Fate, number>> {
  const counts: Record<Fate, number> = { stays: 0, purge: 0, frozen: 0, held: 0 };
  for (const page of pagesOf(house, { ...NOBODY, datasets, alsoDue: false }, datasets))
    for (const fate of page.fates) counts[FATES[fate] ?? 'stays']++;
  return counts;
}

function* pagesOf(house: House, asking: Asking, only: ReadonlySet<string> | null = null) {
  const { read } = house.workspace;
  const today: CalendarDate = dayOf(house.now);
  for (const dataset of read.datasets())
    if (dataset.state === 'kept' && (only === null || only.has(dataset.id)))
      yield* fates(read, dataset, asking, today);
}

/** Tags as text, from bytes. */
export function tagTexts(tags: readonly Uint8Array[]): ReadonlySet<string> {
  return new Set(tags.map((tag) => tagText(tag)));
}
