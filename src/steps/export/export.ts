// Export: what the plan lets go leaves in a signed bundle.

import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Sha256, uuidv7 } from '../../base/crypto.js';
import { dayOf } from '../../base/time.js';
import type { Accounting } from '../../bundle/accounting.js';
import type { SignedApproval } from '../../bundle/approval.js';
import { writeContainer } from '../../bundle/container-writing.js';
import type { SignedDocument } from '../../bundle/document.js';
import { readManifest } from '../../bundle/manifest.js';
import { bundleFileName, type SealedBundle, type SealedResource, sealBundle } from '../../bundle/seal.js';
import { sealSecrets } from '../../bundle/secrets.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { type ClaimedCard, requireCurrent } from '../../identity/card.js';
import type { Identity } from '../../identity/identity.js';
import { fail } from '../../messages/error.js';
import { requireWritable, writeWhole } from '../../store/files.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { Overflow } from '../../store/overflow.js';
import { Spool } from '../../store/spool.js';
import {
  judgedDatasets,
  requireApprovals,
  requireMatched,
  type StandingPlan,
  standingPlan,
} from '../check/approve.js';
import { check } from '../check/check.js';
import { undatedOf, unmatchedOf } from '../check/consent-ledger.js';
import { sentUnder } from '../check/handed-over.js';
import { dealSignatures } from '../deal/deal.js';
import { requireGates } from '../deal/gates.js';
import { requireSigned, takeWaiting } from '../deal/signing.js';
import { type Coverage, coverageOf } from '../import/coverage.js';
import type { Preparation } from '../import/preparation.js';
import { ownCard, pinnedCard } from '../session/cards.js';
import { lastKnownChange } from '../session/known.js';
import { loggingRefusal } from '../session/refusal.js';
import type { Session } from '../session/session.js';
import { dealKeys, leafPurpose } from '../session/tag-keys.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { openPool, type Pool } from '../workers/pool.js';
import { finishExport, settleExports } from './end.js';
import { type BundleKeys, sealResources } from './sealing.js';
import { begin, type Begun } from './begin.js';

export interface ExportInput {
  readonly terms: Terms;
  /** Folder for the bundle, absolute; null for the workspace's exchange folder. */
  readonly out: string | null;
  /** Whether a plan that was carried out already is carried out once more. */
  readonly again: boolean;
  readonly dryRun: boolean;
}

export interface ExportResult {
  readonly bundle: string;
  readonly number: number;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: Sha256;
  readonly manifestDigest: Sha256;
  readonly coverage: Coverage;
  readonly accounting: Accounting;
  /** The tables beside the customer list. */
  readonly tables: readonly Accounting[];
  readonly fields: readonly string[];
  readonly approvers: number;
  readonly seller: string;
  readonly buyer: string;
  readonly deal: string;
  /** File name of the seller's card, which whoever verifies needs. */
  readonly card: string;
  /** No's of ledgers whose time cannot be read: those who said them are held. */
  readonly undated: number;
}

/** What has to hold before anything is sealed; all of it is checked before anything is written. */
export interface Cleared {
  readonly standing: StandingPlan;
  /** The customer list, in order. */
  readonly datasets: readonly Dataset[];
  readonly accounting: Accounting;
  readonly identity: Identity;
  readonly approvals: readonly SignedApproval[];
  readonly seller: ClaimedCard;
  readonly buyer: ClaimedCard;
}

/** What is known of a bundle before it is made. */
export type Outline = Omit<ExportResult, 'bundle' | 'bytes' | 'sha256' | 'manifestDigest'>;

/**
 * Seals what may go into a signed bundle for the buyer.
 *
 * @throws HandoverError DEAL_UNSIGNED, the GATE_ problems, PLAN_NONE, PLAN_STALE, NOES_UNREAD, NOES_UNDATED, LEDGER_UNMATCHED, APPROVAL_TOO_FEW,
 *   EXPORT_NOBODY, EXPORT_SAME
 */
export function exportBundle(session: Session, input: ExportInput): Promise<ExportResult> {
  return loggingRefusal(session, { path: null, dryRun: input.dryRun }, () =>
    exportWith(session, input, null, null),
  );
}

/**
 * As {@link exportBundle}, for a command that logs its own refusals.
 *
 * @param preparation pages that import made already; those that no longer hold are made again
 */
export async function exportWith(
  session: Session,
  input: ExportInput,
  shared: Pool | null,
  preparation: Preparation | null,
): Promise<ExportResult> {
  const { terms } = input;
  const { cleared, outline } = await readyToExport(session, input, shared);
  if (input.dryRun)
    return { ...outline, bundle: '', bytes: 0, sha256: '' as Sha256, manifestDigest: '' as Sha256 };

  await session.keys();
  takeWaiting(session, terms);
  const id = uuidv7(Date.parse(session.now), session.runtime.random);
  const begun = begin(session, terms, outline, cleared, id);
  const prepared = preparation?.check === cleared.standing.check.id ? preparation : null;
  const leafKey = await session.keyFor(leafPurpose(begun.id), prepared?.preparing.keys.leafKey);
  const keys = { ...(await dealKeys(session, terms)), leafKey };
  const spool = await Spool.open(session.path('exchange'));
  const overflow = new Overflow(session.path('exchange'), session.runtime.random);
  const work = cleared.datasets.reduce((sum, { bytes }) => sum + bytes, 0);
  const pool = shared ?? openPool(work, 'seal');
  try {
    const resources = await sealResources(session, pool, spool, cleared, {
      terms,
      keys,
      prepared,
      overflow,
    });
    // Nothing is left to do for the threads, and the file takes their memory's place.
    return await finishBundle(session, begun, { cleared, outline, keys, resources }, () => pool.close());
  } finally {
    overflow.close();
    await spool.close();
    if (shared === null) await pool.close();
  }
}

/**
 * What may go and how the bundle will look, before anything of it is made.
 *
 * @throws HandoverError as exportBundle, and FILE_EXISTS
 */
export async function readyToExport(
  session: Session,
  input: ExportInput,
  shared: Pool | null,
): Promise<{ readonly cleared: Cleared; readonly outline: Outline }> {
  const { terms } = input;
  requireNoPurge(session);
  requireSigned(session, terms);
  requireCurrent(pinnedCard(session, terms.buyer.card), session.now);
  requireGates(session, terms);
  await settleExports(session);
  const cleared = await clear(session, input, shared);
  const outline = outlineOf(session, input, cleared);
  requireWritable(outline.path);
  return { cleared, outline };
}

/** What a bundle is made of once its rows are sealed. */
interface Rows {
  readonly cleared: Cleared;
  readonly outline: Outline;
  readonly keys: Pick<BundleKeys, 'leafKey' | 'tagKey'>;
  readonly resources: readonly SealedResource[];
}

/** Signs the manifest, writes the file and logs it. @param signed called once the manifest is signed */
export async function finishBundle(
  session: Session,
  begun: Begun,
  { cleared, outline, keys, resources }: Rows,
  signed: () => Promise<void> = async () => undefined,
): Promise<ExportResult> {
  const sealed = await sealAround(session, begun, cleared, keys, resources);
  await signed();
  const written = await writeWhole(outline.path, writeContainer(sealed.entries, begun.created));
  const manifest = { bytes: sealed.manifestBytes, signature: sealed.manifestSignature };
  logExported(session, begun.id, manifest, written.sha256, outline.path);
  return { ...outline, bundle: begun.id, ...written, manifestDigest: sealed.manifestDigest };
}

/**
 * The plan to carry out, with its approvals. Consents and periods end at midnight, so on another day than the check's the check is made again, and so it is
 * if the store has learned something about a person since; if the plan comes out the same, its approvals still hold.
 */
async function clear(session: Session, input: ExportInput, shared: Pool | null): Promise<Cleared> {
  const { terms } = input;
  const before = standingPlan(session, terms);
  const changed = lastKnownChange(session.workspace.read);
  const isStale = changed !== null && changed >= before.check.time;
  const isOther =
    isStale || dayOf(before.check.time) !== dayOf(session.now) || !isPlanFor(session, input, before);
  const fresh = isOther
    ? await check(
        session,
        {
          ...input,
          dataset: null,
          accept: (found, undated) => requireSomebody(session, terms, found, undated),
        },
        shared,
      )
    : null;
  const standing = standingPlan(session, terms);
  // In a rehearsal the fresh check is kept nowhere, and says what the standing plan would be.
  const rehearsed = input.dryRun ? fresh : null;
  requireMatched(rehearsed?.unmatched ?? unmatchedOf(standing.check.counts), terms);
  const planned = standing.plan.accounting[0] ?? fail({ code: 'EXPORT_NOBODY', deal: terms.id });
  const accounting = rehearsed?.accounting ?? planned;
  const undated = rehearsed?.undated.length ?? undatedOf(standing.check.counts);
  requireSomebody(session, terms, accounting, undated);
  const same = sentUnder(session.workspace.read, terms.id).find((b) => planIn(b) === standing.digest);
  const datasets = judgedDatasets(session, standing.check);
  if (same !== undefined && fresh === null && !input.again)
    fail({ code: 'EXPORT_SAME', bundle: basename(same.path) });
  const { identity } = await session.keys();
  const isOtherPlan = rehearsed !== null && rehearsed.planDigest !== standing.digest;
  if (isOtherPlan && terms.approvals > 0)
    fail({ code: 'APPROVAL_TOO_FEW', needed: terms.approvals, found: 0 });
  const approvals = requireApprovals(session, terms, standing.plan, standing.digest, identity);
  const seller = ownCard(session.workspace.info);
  const buyer = pinnedCard(session, terms.buyer.card);
  return { standing, datasets, accounting, identity, approvals, seller, buyer };
}

/**
 * @param undated  noes that hold their person because nobody can read their time
 * @throws HandoverError EXPORT_SAME if whoever may go is with the buyer already, EXPORT_NOBODY if there is nobody at all, NOES_UNDATED if nobody is
 *   left because a ledger has to be mended first
 */
function requireSomebody(
  session: Session,
  terms: Terms,
  { transfer, handed_over: before }: Accounting,
  undated: number,
): void {
  if (transfer > 0) return;
  const last = before > 0 ? sentUnder(session.workspace.read, terms.id).at(-1) : undefined;
  if (last !== undefined) fail({ code: 'EXPORT_SAME', bundle: basename(last.path) });
  if (undated > 0) fail({ code: 'NOES_UNDATED', noes: undated, deal: terms.id });
  fail({ code: 'EXPORT_NOBODY', deal: terms.id });
}

/**
 * Whether a plan is the one that is asked for: for those who are new or changed since the last bundle, or for everybody once more. One that was
 * carried out counts, so that it is found to be the same.
 */
function isPlanFor(
  session: Session,
  { terms, again }: ExportInput,
  { check: { id, counts } }: StandingPlan,
): boolean {
  const sent = sentUnder(session.workspace.read, terms.id);
  const before = counts['sent'] ?? 0;
  if (again) return before === 0 || sent.length === 0;
  return before === sent.length || sent.some((bundle) => bundle.check === id);
}

function outlineOf(session: Session, { terms, out }: ExportInput, cleared: Cleared): Outline {
  const number = 1 + lastNumber(leftUnder(session, terms));
  return {
    number,
    path: join(out ?? session.path('exchange'), bundleFileName(terms.id, number)),
    coverage: coverageOf(session.workspace.read, cleared.datasets),
    accounting: cleared.accounting,
    tables: cleared.standing.plan.accounting.slice(1),
    fields: cleared.standing.plan.resources[0]?.fields.map((field) => field.name) ?? [],
    approvers: cleared.approvals.length,
    seller: cleared.seller.card.name,
    buyer: cleared.buyer.card.name,
    deal: terms.id,
    card: `${basename(session.workspace.dir)}.card.json`,
    undated: undatedOf(cleared.standing.check.counts),
  };
}

/** Bundles of a deal, whatever its wording was when they were made. */
function bundlesOf(session: Session, terms: Terms): readonly StoredBundle[] {
  const { read } = session.workspace;
  return read.bundles().filter((b) => b.direction === 'out' && read.deal(b.deal)?.id === terms.id);
}

function planIn(bundle: StoredBundle): Sha256 {
  return readManifest(bundle.manifest).plan;
}

/** Bundles that left the house, whatever became of them: one that was given up never had its name, so its number is free. */
function leftUnder(session: Session, terms: Terms): readonly StoredBundle[] {
  return bundlesOf(session, terms).filter(({ state }) => state !== 'began' && state !== 'abandoned');
}

function lastNumber(bundles: readonly StoredBundle[]): number {
  return bundles.reduce((most, { number }) => Math.max(most, number), 0);
}

/** The manifest that a further bundle of the deal adds to: that of the number before. */
function previousOf(session: Session, terms: Terms): Sha256 | null {
  const left = leftUnder(session, terms);
  return left.find(({ number }) => number === lastNumber(left))?.manifestDigest ?? null;
}

/** Seals what the buyer needs beside the rows, and signs the manifest over everything. @throws HandoverError PLAN_STALE */
async function sealAround(
  session: Session,
  { id, number, created, terms }: Begun,
  { standing, identity, approvals, seller, buyer }: Cleared,
  { leafKey, tagKey }: Rows['keys'],
  resources: readonly SealedResource[],
): Promise<SealedBundle> {
  const { plan, digest } = standing;
  const sealed = sealBundle(
    {
      id,
      number,
      created,
      terms,
      dealSignatures: dealSignatures(session, dealDigest(terms)),
      seller,
      buyer,
      policyDigest: plan.policy.digest,
      datasets: plan.datasets,
      accounting: plan.accounting,
      previous: previousOf(session, terms),
      approvals,
      checkpoint: await session.checkpoint(),
      secrets: await sealSecrets({ leafKey, tagKey }, buyer.card.recipient, session.runtime.random),
      resources,
    },
    identity.signer,
  );
  if (sealed.manifest.plan !== digest) fail({ code: 'PLAN_STALE', deal: terms.id });
  return sealed;
}

/** Logs the bundle. If that fails, nobody may have it: no log knows that it left. */
function logExported(session: Session, id: string, signed: SignedDocument, file: Sha256, path: string): void {
  try {
    finishExport(session, id, signed, file);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}
