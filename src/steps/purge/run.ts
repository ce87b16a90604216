// Purge: what ended is destroyed, searched for and certified. Beside: the plan before it, its approval, and whoever comes back afterwards.

import { dirname } from 'node:path';
import { utf8 } from '../../base/bytes.js';
import { type Sha256, sha256 } from '../../base/crypto.js';
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
import type { RememberedFile, StoredPurge } from '../../store/rows.js';
import { requireSoundClock } from '../session/clock.js';
import type { House, Keys } from '../session/house.js';
import { unusedDataKeys } from '../session/unused-keys.js';
import { type CertificatePaths, certify, giveAgain, pathsOf } from './certificate.js';
import { type Marks, NO_MARKS, patternsOf, takeMarks } from './marks.js';
import { findPurge, isRestrained, type PurgeView, redrawPlan, viewPurge } from './plan.js';
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
export async function runPurge(house: House, input: PurgeRunInput): Promise<PurgeResult> {
  const stored = findPurge(house, input.purge);
  const view = viewPurge(house, stored);
  const paths = pathsOf(house, stored.id);
  if (stored.state === 'void') fail({ code: 'PURGE_STATE', purge: stored.id });
  if (stored.state === 'done') return { ...(await giveAgain(house, stored)), view, paths, again: true };
  const keys = await house.keys();
  // What has begun is ended whatever the clock says: its records are gone already.
  if (stored.state !== 'erased')
    requireSoundClock(house, { isRight: input.clockIsRight === true, dryRun: input.dryRun });
  if (stored.state !== 'erased') requireStanding(house, stored, view.plan, keys);
  const shred = decided(house, view.plan, input.shred);
  if (input.dryRun) return { view, certificate: null, digest: null, paths, sightings: [], again: false };
  const bytesBefore = house.workspace.bytes;
  const marks = stored.state === 'erased' ? NO_MARKS : await rewrite(house, stored, view.plan, keys);
  const doomed = unusedDataKeys(house, keys.vault);
  const patterns = patternsOf(
    marks,
    doomed.map((id) => keys.vault.get(id)),
  );
  keys.vault.destroyKeys(doomed);
  house.workspace.compact();
  const files = endFiles(house, view.plan, shred);
  const { progress } = house.around;
  progress.start('search', house.workspace.bytes);
  const scan = house.workspace.scan(patterns, new Set(knownCopies(house)), (bytes) =>
    progress.advance(bytes, 0),
  );
  progress.end();
  const { certificate, digest } = await certify(house, view.plan, keys, {
    marks,
    files,
    folders: filesOf(house, view.plan).map(({ file }) => dirname(file.path)),
    scan,
    bytesBefore,
    resumed: stored.state === 'erased',
  });
  return { view, certificate, digest, paths, sightings: scan.sightings, again: false };
}

/** What has to hold before anything is destroyed: nothing changed since the plan, and enough persons signed it. */
function requireStanding(house: House, stored: StoredPurge, plan: PurgePlan, { identity }: Keys): void {
  const { id, planDigest } = stored;
  const now = redrawPlan(house, stored);
  if (purgePlanDigest(now) !== planDigest || dayOf(house.now) < plan.day)
    fail({ code: 'PURGE_STALE', purge: id });
  const approvals = house.workspace.read
    .approvals(planDigest)
    .map((approval) => readApprovalOf(approval, plan, 'approval.json'));
  if (approvals.some(({ approver }) => approver.name === house.around.operator))
    fail({ code: 'APPROVAL_SAME_PERSON', person: house.around.operator });
  checkApprovals(approvals, plan.approvals, publicKeyText(identity.signer.publicKey));
}

/** What becomes of the files in clear. @throws HandoverError PURGE_FILES_UNDECIDED if there are any and nobody has said */
function decided(house: House, plan: PurgePlan, shred: boolean | null): boolean {
  if (shred !== null) return shred;
  const there = filesOf(house, plan).filter(
    ({ file, restrained }) => file.gone === null && !restrained && isFileThere(file.path),
  );
  return there.length > 0 ? fail({ code: 'PURGE_FILES_UNDECIDED', files: there.length }) : false;
}

/** Makes fresh keys, says that it begins, and takes the records out of the database. */
async function rewrite(house: House, stored: StoredPurge, plan: PurgePlan, { vault }: Keys): Promise<Marks> {
  const marks = await takeMarks(house, plan);
  const { id, planDigest } = stored;
  let { freshKeys } = stored;
  if (stored.state === 'planned') {
    // On disk before anything is sealed under them, and named before the first destructive act.
    freshKeys = Object.fromEntries(
      plan.datasets.filter(needsFreshKey).map(({ dataset }) => [dataset, vault.newKey('data').id]),
    );
    house.record(
      { action: 'purge-began', objects: { purge: id, plan: planDigest }, details: { ...planTotals(plan) } },
      (write) => write.setPurgeState(id, 'began', { freshKeys }),
    );
  }
  await rewriteStore(house, plan, freshKeys);
  return marks;
}

interface ClearFile {
  readonly kind: CertificateFile['kind'];
  readonly file: RememberedFile;
  /** Whether records of its dataset are held or frozen. */
  readonly restrained: boolean;
}

/** The files in clear that a plan names. */
function filesOf(house: House, plan: PurgePlan): readonly ClearFile[] {
  const files = house.workspace.read.files();
  return plan.files.flatMap(({ kind, sha256: digest, path }) => {
    const file = files.find((each) => each.sha256 === digest && sha256(utf8(each.path)) === path);
    if (file === undefined) return [];
    return [{ kind, file, restrained: isRestrained(house.workspace, plan, file) }];
  });
}

/** Overwrites and removes the files in clear, if that was chosen, and says what became of each. */
function endFiles(house: House, plan: PurgePlan, shred: boolean): readonly CertificateFile[] {
  const { progress } = house.around;
  const doomed = filesOf(house, plan);
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
      house.record(
        { action: 'file-shredded', objects: { purge: plan.purge, file: digest }, details: { kind } },
        (write) => write.setFileGone(path, digest, house.now),
      );
    }
    if (result === 'overwritten') removeOverwritten({ path, sha256: digest });
    return { kind, sha256: digest, bytes, result: result === 'overwritten' ? ('shredded' as const) : result };
  });
  progress.end();
  return ended;
}

function left(path: string, restrained: boolean): 'missing' | FileLeft {
  if (!isFileThere(path)) return 'missing';
  return restrained ? 'restrained' : 'kept';
}

/** Files in clear of which the store knows that they are there: the certificate names them, so they are no remnants. */
function knownCopies(house: House): readonly string[] {
  return house.workspace.read
    .files()
    .filter(({ gone }) => gone === null)
    .map(({ path }) => path);
}
