// Purge: what ended is destroyed, searched for and certified. Beside: the plan before it, its approval, and whoever comes back afterwards.

import { dirname } from 'node:path';
import { utf8 } from '../../base/bytes.js';
import { type Sha256, sha256, uuidv7 } from '../../base/crypto.js';
import { dayOf } from '../../base/time.js';
import { checkApprovals } from '../../bundle/approval.js';
import { publicKeyText } from '../../identity/minisign.js';
import { fail } from '../../messages/error.js';
import type { FileLeft } from '../../messages/limits.js';
import type { CertificateFile, VerifiedCertificate } from '../../retention/certificate.js';
import { readApprovalOf } from '../../retention/purge-approval.js';
import { type PurgePlan, planTotals, purgePlanDigest } from '../../retention/purge-plan.js';
import { isFileThere, overwriteFile, removeOverwritten } from '../../store/erase.js';
import type { Sighting } from '../../store/remnants.js';
import type { RememberedFile } from '../../store/dataset-rows.js';
import type { StoredPurge } from '../../store/retention-rows.js';
import { requireSoundClock } from '../session/clock.js';
import type { Session, Keys } from '../session/session.js';
import { unusedDataKeys } from '../session/unused-keys.js';
import { type CertificatePaths, certify, giveAgain, pathsOf } from './certificate.js';
import { knownCopies, type Marks, NO_MARKS, patternsOf, takeMarks } from './marks.js';
import { findPurge, isRestrained, type PurgeView, redrawPlan, viewPurge } from './plan.js';
import { proofsIn } from './kept-proofs.js';
import { needsFreshKey, rewriteStore } from './rewrite.js';

export interface PurgeRunInput {
  /** Id of a purge, or null for the newest. */
  readonly purge: string | null;
  /** What becomes of the files in clear: overwritten and removed, kept, or not yet said. */
  readonly shred: boolean | null;
  /** Whether the person states that the clock is right, although it looks wrong. */
  readonly clockIsRight?: boolean;
  readonly dryRun: boolean;
}

export interface PurgeResult {
  readonly view: PurgeView;
  /** Null for a rehearsal. */
  readonly certificate: VerifiedCertificate | null;
  readonly digest: Sha256 | null;
  /** Where the certificate was put: the document, its signature, and a page for people. */
  readonly paths: CertificatePaths;
  /** Files of the workspace in which something was found; for the screen only. */
  readonly sightings: readonly Sighting[];
  /** Whether it had been done before. */
  readonly again: boolean;
}

/**
 * Carries a plan out: the records are taken out of the database and their keys destroyed, the files that the person chose are overwritten,
 * every file of the workspace is searched for remnants, and the result is signed. Killed at any point it goes on when it is run again, and
 * nothing is called purged before it is.
 *
 * @throws HandoverError PURGE_NONE, PURGE_UNKNOWN, PURGE_STATE, PURGE_STALE, PURGE_FILES_UNDECIDED, CLOCK_BACK, CLOCK_AHEAD,
 *   APPROVAL_TOO_FEW and the other approval problems
 */
export async function runPurge(session: Session, input: PurgeRunInput): Promise<PurgeResult> {
  const stored = findPurge(session, input.purge);
  const view = viewPurge(session, stored);
  const paths = pathsOf(session, stored.id);
  if (stored.state === 'void') fail({ code: 'PURGE_STATE', purge: stored.id });
  if (stored.state === 'done') return { ...(await giveAgain(session, stored)), view, paths, again: true };
  const keys = await session.keys();
  // What has begun is ended whatever the clock says: its records are gone already.
  if (stored.state !== 'erased')
    requireSoundClock(session, { isRight: input.clockIsRight === true, dryRun: input.dryRun });
  if (stored.state !== 'erased') requireStanding(session, stored, view.plan, keys);
  const shred = decided(session, view.plan, input.shred);
  if (input.dryRun) return { view, certificate: null, digest: null, paths, sightings: [], again: false };
  const bytesBefore = session.workspace.bytes;
  const marks = stored.state === 'erased' ? NO_MARKS : await rewrite(session, stored, view.plan, keys);
  const doomed = unusedDataKeys(session, keys.vault);
  const patterns = patternsOf(
    marks,
    doomed.map((id) => keys.vault.get(id)),
  );
  keys.vault.destroyKeys(doomed);
  session.workspace.compact();
  const files = endFiles(session, view.plan, shred);
  const { progress } = session.runtime;
  progress.start('search', session.workspace.bytes);
  const scan = session.workspace.scan(patterns, knownCopies(session), (bytes) => progress.advance(bytes, 0));
  progress.end();
  const { certificate, digest } = await certify(session, view.plan, keys, {
    marks,
    files,
    folders: filesOf(session, view.plan).map(({ file }) => dirname(file.path)),
    scan,
    bytesBefore,
    resumed: stored.state === 'erased',
  });
  return { view, certificate, digest, paths, sightings: scan.sightings, again: false };
}

/** What has to hold before anything is destroyed: nothing changed since the plan, and enough persons signed it. */
function requireStanding(session: Session, stored: StoredPurge, plan: PurgePlan, { identity }: Keys): void {
  const { id, planDigest } = stored;
  const now = redrawPlan(session, stored);
  if (purgePlanDigest(now) !== planDigest || dayOf(session.now) < plan.day)
    fail({ code: 'PURGE_STALE', purge: id });
  const approvals = session.workspace.read
    .approvals(planDigest)
    .map((approval) => readApprovalOf(approval, plan, 'approval.json'));
  if (approvals.some(({ approver }) => approver.name === session.runtime.operator))
    fail({ code: 'APPROVAL_SAME_PERSON', person: session.runtime.operator });
  checkApprovals(approvals, plan.approvals, publicKeyText(identity.signer.publicKey));
}

/** What becomes of the files in clear. @throws HandoverError PURGE_FILES_UNDECIDED if there are any and nobody has said */
function decided(session: Session, plan: PurgePlan, shred: boolean | null): boolean {
  if (shred !== null) return shred;
  const there = filesOf(session, plan).filter(
    ({ file, restrained }) => file.gone === null && !restrained && isFileThere(file.path),
  );
  return there.length > 0 ? fail({ code: 'PURGE_FILES_UNDECIDED', files: there.length }) : false;
}

/** Makes fresh keys, says that it begins, and takes the records out of the database. */
async function rewrite(
  session: Session,
  stored: StoredPurge,
  plan: PurgePlan,
  { vault }: Keys,
): Promise<Marks> {
  const marks = await takeMarks(session, plan);
  const { id, planDigest } = stored;
  let { freshKeys } = stored;
  if (stored.state === 'planned') {
    // On disk before anything is sealed under them, and named before the first destructive act.
    const proofs = proofsIn(plan, (dataset) => session.workspace.read.dataset(dataset));
    const fresh = [
      ...plan.datasets.filter(needsFreshKey).map(({ dataset }) => dataset),
      ...(proofs === 0 ? [] : [uuidv7(Date.parse(session.now), session.runtime.random)]),
    ];
    freshKeys = Object.fromEntries(fresh.map((dataset) => [dataset, vault.newKey('data').id]));
    session.record(
      { action: 'purge-began', objects: { purge: id, plan: planDigest }, details: { ...planTotals(plan) } },
      (write) => write.retention.setPurgeState(id, 'began', { freshKeys }),
    );
  }
  await rewriteStore(session, plan, freshKeys);
  return marks;
}

interface ClearFile {
  readonly kind: CertificateFile['kind'];
  readonly file: RememberedFile;
  /** Whether records of its dataset are held or frozen. */
  readonly restrained: boolean;
}

/** The files in clear that a plan names. */
function filesOf(session: Session, plan: PurgePlan): readonly ClearFile[] {
  const files = session.workspace.read.files();
  return plan.files.flatMap(({ kind, sha256: digest, path }) => {
    const file = files.find((each) => each.sha256 === digest && sha256(utf8(each.path)) === path);
    if (file === undefined) return [];
    return [{ kind, file, restrained: isRestrained(session.workspace, plan, file) }];
  });
}

/** Overwrites and removes the files in clear, if that was chosen, and says what became of each. */
function endFiles(session: Session, plan: PurgePlan, shred: boolean): readonly CertificateFile[] {
  const { progress } = session.runtime;
  const doomed = filesOf(session, plan);
  progress.start(
    'overwrite',
    doomed.reduce((sum, { file }) => sum + file.bytes, 0),
  );
  const ended = doomed.map(({ kind, file, restrained }) => {
    const { path, sha256: digest, bytes } = file;
    const result =
      file.gone !== null
        ? 'overwritten'
        : restrained || !shred
          ? left(path, restrained)
          : overwriteFile({ path, sha256: digest }, (done) => progress.advance(done, 0));
    if (result === 'overwritten' && file.gone === null) {
      // Logged while its name is still there: a killed run finds either the one or the other.
      session.record(
        { action: 'file-shredded', objects: { purge: plan.purge, file: digest }, details: { kind } },
        (write) => write.setFileGone(path, digest, session.now),
      );
    }
    if (result !== 'overwritten') return { kind, sha256: digest, bytes, result };
    const isGone = removeOverwritten({ path, sha256: digest });
    return { kind, sha256: digest, bytes, result: isGone ? ('shredded' as const) : ('not-removed' as const) };
  });
  progress.end();
  return ended;
}

function left(path: string, restrained: boolean): 'missing' | FileLeft {
  if (!isFileThere(path)) return 'missing';
  return restrained ? 'restrained' : 'kept';
}
