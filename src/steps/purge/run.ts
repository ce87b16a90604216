import { dirname } from 'node:path';
import { utf8 } from '../../base/bytes.js';
import { type Sha256, sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { dayOf, type Instant } from '../../base/time.js';
import { VERSION } from '../../base/version.js';
import { checkApprovals } from '../../bundle/approval.js';
import { publicKeyText } from '../../identity/minisign.js';
import { fail } from '../../messages/error.js';
import type { FileLeft } from '../../messages/limits.js';
import { PLACES } from '../../messages/places.js';
import { certificatePage } from '../../report/certificate-page.js';
import {
  type Certificate,
  type CertificateFile,
  type CertificateLimit,
  certificateDigest,
  type SignedCertificate,
  signCertificate,
  type VerifiedCertificate,
  verifyCertificate,
} from '../../retention/certificate.js';
import { readApprovalOf } from '../../retention/purge-approval.js';
import { type PurgePlan, planTotals, purgePlanDigest } from '../../retention/purge-plan.js';
import { isFileThere, overwriteFile, removeOverwritten } from '../../store/erase.js';
import { writeWhole } from '../../store/files.js';
import { mediumOf } from '../../store/medium.js';
import type { ScanResult, Sighting } from '../../store/remnants.js';
import type { RememberedFile, StoredPurge } from '../../store/rows.js';
import { ownCard } from '../session/cards.js';
import { requireSoundClock } from '../session/clock.js';
import type { House, Keys } from '../session/house.js';
import { unusedDataKeys } from '../session/unused-keys.js';
import { writeErasureLedger } from './erasure-ledger.js';
import { type Marks, NO_MARKS, patternsOf, takeMarks } from './marks.js';
import { findPurge, isRestrained, type PurgeView, redrawPlan, viewPurge } from './plan.js';
import { isTouched, needsFreshKey, rewriteStore } from './rewrite.js';

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
  readonly paths: {
    readonly document: string;
    readonly signature: string;
    readonly page: string;
    /** The erasure ledger, with its own signature beside it: for a workspace that is one day restored from an older copy. */
    readonly ledger: string;
  };
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

interface Found {
  readonly marks: Marks;
  readonly files: readonly CertificateFile[];
  readonly scan: ScanResult;
  readonly bytesBefore: number;
  /** Whether the records were gone before this run. */
  readonly resumed: boolean;
}

/** Signs what was done, keeps it with its event, and puts it where it can be sent from. */
async function certify(house: House, plan: PurgePlan, { identity }: Keys, found: Found) {
  const { read, info } = house.workspace;
  const { card } = ownCard(info);
  const { scan, marks, files } = found;
  const folders = filesOf(house, plan).map(({ file }) => dirname(file.path));
  const limits = limitsOf(house, found, folders);
  const signed = signCertificate(
    {
      purge: plan.purge,
      plan: purgePlanDigest(plan),
      environment: plan.environment,
      issuer: {
        card: info.cardDigest,
        name: card.name,
        role: info.role,
        signing_key: publicKeyText(identity.signer.publicKey),
      },
      scope: plan.scope.kind,
      reason: plan.reason,
      override: plan.override,
      deals: [...plan.deals],
      datasets: plan.datasets.map(({ dataset, kind, file, bundle, shares }) => ({
        dataset,
        kind,
        file,
        bundle,
        shares,
      })),
      persons: personsOf(house, plan.purge),
      restraints: [...plan.restraints],
      approvals: read
        .approvals(purgePlanDigest(plan))
        .map(({ bytes, signature }) => ({ document: Buffer.from(bytes).toString('utf8'), signature })),
      files: [...files],
      scan: {
        files: scan.files,
        bytes: scan.bytes,
        sample: marks.sample,
        patterns: scan.patterns,
        hits: { ...scan.hits },
      },
      reclaimed: {
        rows: planTotals(plan).purge,
        bytes_before: found.bytesBefore,
        bytes_after: house.workspace.bytes,
      },
      statistics: plan.statistics === true,
      attestations: latestAttestations(house),
      limits: [...limits],
      began: beganAt(house, plan.purge),
      finished: house.now,
      checkpoint: await house.checkpoint(),
      keysDestroyed: plan.datasets.filter(isTouched).length,
      version: VERSION,
      performedBy: house.around.operator,
    },
    identity.signer,
  );
  const certificate = ownVerified(house, signed);
  const digest = certificateDigest(signed);
  house.record(
    {
      action: 'purged',
      objects: { purge: plan.purge, plan: purgePlanDigest(plan), certificate: digest },
      details: {
        outcome: certificate.outcome,
        ...certificate.totals,
        persons: certificate.persons,
        limits: [...new Set(certificate.limits.map(({ code }) => code))],
        override: certificate.override === null ? null : certificate.override.kind,
      },
    },
    (write) => {
      write.setPurgeState(plan.purge, 'done', {
        certificate: signed.bytes,
        certificateSignature: signed.signature,
        outcome: certificate.outcome,
      });
      write.removePurgeSubjects(plan.purge);
    },
  );
  await writeFiles(house, signed, certificate);
  return { certificate, digest };
}

/** @param folders in which files were overwritten */
function limitsOf(
  house: House,
  { marks, files, scan, resumed }: Found,
  folders: readonly string[],
): readonly CertificateLimit[] {
  const limits: CertificateLimit[] = [];
  for (const { kind, sha256: digest, result } of files) {
    if (result === 'missing') limits.push({ code: 'COPY_KNOWN', kind, sha256: digest });
    else if (result !== 'shredded')
      limits.push({ code: 'FILE_NOT_SHREDDED', kind, sha256: digest, why: result });
  }
  const media = [house.workspace.dir, ...folders].map(mediumOf);
  for (const type of new Set(media.map(({ fileSystem }) => fileSystem)))
    if (type !== null) limits.push({ code: 'FILESYSTEM', type });
  for (const service of new Set(media.flatMap(({ services }) => services)))
    limits.push({ code: 'SYNC_FOLDER', service });
  if (marks.inClear > 0) limits.push({ code: 'VALUES_IN_CLEAR', count: marks.inClear });
  if (scan.hits.ciphertext > 0) limits.push({ code: 'CIPHERTEXT_LEFT', count: scan.hits.ciphertext });
  if (resumed) limits.push({ code: 'SCAN_PARTIAL' });
  const said = new Map(latestAttestations(house).map(({ place, state }) => [place, state]));
  const open = PLACES.filter((place) => !said.has(place));
  const remain = PLACES.filter((place) => said.get(place) === 'remains');
  if (open.length > 0) limits.push({ code: 'PLACES_OPEN', places: open });
  if (remain.length > 0) limits.push({ code: 'PLACES_REMAIN', places: remain });
  return [...limits, { code: 'SSD' }, { code: 'BACKUPS' }];
}

/** The last thing that was said of each place. */
function latestAttestations(house: House): Certificate['attestations'] {
  const said = house.workspace.read.attestations();
  return PLACES.flatMap((place) => {
    const last = said.filter((each) => each.place === place).at(-1);
    return last === undefined ? [] : [{ place, state: last.state, person: last.person, time: last.time }];
  });
}

/** Persons in the erasure ledger's entry of a purge. */
function personsOf(house: House, purge: string): number {
  let persons = 0;
  for (const { tags } of house.workspace.read.erased(purge)) persons += tags.length / TAG_BYTES;
  return persons;
}

/** When the first destructive act was about to come. */
function beganAt(house: House, purge: string): Instant {
  for (const { action, objects, time } of house.workspace.read.events())
    if (action === 'purge-began' && objects['purge'] === purge) return time;
  return house.now;
}

/** One's own certificate, verified like anybody's. */
function ownVerified(house: House, signed: SignedCertificate): VerifiedCertificate {
  const { info } = house.workspace;
  return verifyCertificate(signed, { card: info.cardDigest, signingKey: ownCard(info).card.signing_key });
}

/** The certificate of a purge that is done, verified. @throws HandoverError PURGE_UNFINISHED */
export function storedCertificate(house: House, { id, certificate, certificateSignature }: StoredPurge) {
  if (certificate === null || certificateSignature === null)
    return fail({ code: 'PURGE_UNFINISHED', purge: id });
  const signed = { bytes: certificate, signature: certificateSignature };
  return { certificate: ownVerified(house, signed), digest: certificateDigest(signed), signed };
}

/** Puts the certificate of a purge that is done where it can be sent from, once more. */
async function giveAgain(house: House, stored: StoredPurge) {
  const { certificate, digest, signed } = storedCertificate(house, stored);
  await writeFiles(house, signed, certificate);
  return { certificate, digest, sightings: [] };
}

function pathsOf(house: House, purge: string): PurgeResult['paths'] {
  const document = house.path('exchange', `${purge}.certificate.json`);
  return {
    document,
    signature: `${document}.minisig`,
    page: house.path('exchange', `${purge}.certificate.html`),
    ledger: house.path('exchange', `${purge}.erased.json`),
  };
}

async function writeFiles(
  house: House,
  signed: SignedCertificate,
  certificate: VerifiedCertificate,
): Promise<void> {
  const { document, signature, page } = pathsOf(house, certificate.purge);
  await writeWhole(document, signed.bytes, { force: true });
  await writeWhole(signature, signed.signature, { force: true });
  await writeErasureLedger(house, certificate.purge, house.path('exchange'));
  await writeWhole(page, certificatePage(certificate, certificateDigest(signed), house.around.lang), {
    force: true,
  });
}
