import { TAG_BYTES } from '../../base/tagger.js';
import type { Instant } from '../../base/time.js';
import { VERSION } from '../../base/version.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { publicKeyText } from '../../identity/minisign.js';
import { fail } from '../../messages/error.js';
import { PLACES } from '../../messages/places.js';
import { type CertificateDeal, certificateHtml } from '../../report/certificate-page.js';
import {
  type Certificate,
  type CertificateFacts,
  type CertificateFile,
  type CertificateLimit,
  certificateDigest,
  type SignedCertificate,
  signCertificate,
  type VerifiedCertificate,
  verifyCertificate,
} from '../../retention/certificate.js';
import { type PlanDataset, type PurgePlan, planTotals, purgePlanDigest } from '../../retention/purge-plan.js';
import { writeWhole } from '../../store/files.js';
import { mediumOf } from '../../store/medium.js';
import type { ScanResult } from '../../store/remnants.js';
import { PROOFS } from '../../store/dataset-rows.js';
import type { StoredPurge } from '../../store/retention-rows.js';
import { lastEvidence } from '../retention/dispositions.js';
import { ownCard } from '../session/cards.js';
import type { Session, Keys } from '../session/session.js';
import { writeErasureLedger } from './erasure-ledger.js';
import type { Marks } from './marks.js';
import { isTouched } from './rewrite.js';

/** What a run of a purge has done and seen. */
export interface Found {
  readonly marks: Marks;
  readonly files: readonly CertificateFile[];
  /** In which the files in clear lie or lay. */
  readonly folders: readonly string[];
  readonly scan: ScanResult;
  readonly bytesBefore: number;
  /** Whether the records were gone before this run. */
  readonly resumed: boolean;
}

/** Signs what was done, keeps it with its event, and puts it where it can be sent from. */
export async function certify(session: Session, plan: PurgePlan, keys: Keys, found: Found) {
  const signed = signCertificate(await statement(session, plan, keys, found), keys.identity.signer);
  const certificate = ownVerified(session, signed);
  const digest = certificateDigest(signed);
  session.record(
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
      write.retention.setPurgeState(plan.purge, 'done', {
        certificate: signed.bytes,
        certificateSignature: signed.signature,
        outcome: certificate.outcome,
      });
      write.retention.removePurgeSubjects(plan.purge);
    },
  );
  await writeFiles(session, signed, certificate);
  return { certificate, digest };
}

/** What the certificate says. */
async function statement(
  session: Session,
  plan: PurgePlan,
  { identity }: Keys,
  found: Found,
): Promise<CertificateFacts> {
  const { read, info } = session.workspace;
  const { scan, marks, files } = found;
  const began = beganAt(session, plan.purge);
  return {
    purge: plan.purge,
    plan: purgePlanDigest(plan),
    environment: plan.environment,
    issuer: {
      card: info.cardDigest,
      name: ownCard(info).card.name,
      role: info.role,
      signing_key: publicKeyText(identity.signer.publicKey),
    },
    scope: plan.scope.kind,
    reason: plan.reason,
    override: plan.override,
    deals: [...plan.deals],
    datasets: plan.datasets.map(statedDataset),
    persons: personsOf(session, plan.purge),
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
      bytes_after: session.workspace.bytes,
    },
    statistics: plan.statistics === true,
    attestations: latestAttestations(session),
    limits: [...limitsOf(session, plan, found)],
    began,
    // The clock may have been set back since a run that was ended.
    finished: session.now < began ? began : session.now,
    checkpoint: await session.checkpoint(),
    keysDestroyed: plan.datasets.filter(isTouched).length,
    version: VERSION,
    performedBy: session.runtime.operator,
  };
}

/** A dataset of the plan, without the digest that binds which records were meant. */
function statedDataset({
  dataset,
  kind,
  file,
  bundle,
  shares,
}: PlanDataset): Certificate['datasets'][number] {
  return { dataset, kind, file, bundle, shares };
}

/** How many proofs of consent the purge left sealed apart. */
function proofsOf({ workspace: { read } }: Session, { purge }: PurgePlan): number {
  const kept = read
    .datasets()
    .filter(({ resource, counts }) => resource === PROOFS && counts['proofs'] === purge);
  return kept.reduce((sum, { counts }) => sum + Number(counts['records'] ?? 0), 0);
}

/** What keeps the certificate from saying more. */
function limitsOf(
  session: Session,
  plan: PurgePlan,
  { marks, files, folders, scan, resumed }: Found,
): readonly CertificateLimit[] {
  const limits: CertificateLimit[] = [];
  for (const { kind, sha256: digest, result } of files) {
    if (result === 'missing') limits.push({ code: 'COPY_KNOWN', kind, sha256: digest });
    else if (result !== 'shredded')
      limits.push({ code: 'FILE_NOT_SHREDDED', kind, sha256: digest, why: result });
  }
  const media = [session.workspace.dir, ...folders].map(mediumOf);
  for (const type of new Set(media.map(({ fileSystem }) => fileSystem)))
    if (type !== null) limits.push({ code: 'FILESYSTEM', type });
  for (const service of new Set(media.flatMap(({ services }) => services)))
    limits.push({ code: 'SYNC_FOLDER', service });
  if (marks.inClear > 0) limits.push({ code: 'VALUES_IN_CLEAR', count: marks.inClear });
  if (scan.hits.ciphertext > 0) limits.push({ code: 'CIPHERTEXT_LEFT', count: scan.hits.ciphertext });
  if (resumed) limits.push({ code: 'SCAN_PARTIAL' });
  const until = lastEvidence(session.workspace.read)?.date;
  const proofs = proofsOf(session, plan);
  if (proofs > 0 && until !== undefined) limits.push({ code: 'PROOF_KEPT', records: proofs, until });
  const said = new Map(latestAttestations(session).map(({ place, state }) => [place, state]));
  const open = PLACES.filter((place) => !said.has(place));
  const remain = PLACES.filter((place) => said.get(place) === 'remains');
  if (open.length > 0) limits.push({ code: 'PLACES_OPEN', places: open });
  if (remain.length > 0) limits.push({ code: 'PLACES_REMAIN', places: remain });
  const drafts = session.workspace.draftsLeft.length;
  if (drafts > 0) limits.push({ code: 'DRAFTS_LEFT', count: drafts });
  return [...limits, { code: 'SSD' }, { code: 'BACKUPS' }];
}

/** The last thing that was said of each place. */
function latestAttestations(session: Session): Certificate['attestations'] {
  const said = session.workspace.read.retention.attestations();
  return PLACES.flatMap((place) => {
    const last = said.filter((each) => each.place === place).at(-1);
    return last === undefined ? [] : [{ place, state: last.state, person: last.person, time: last.time }];
  });
}

/** Persons in the erasure ledger's entry of a purge. */
function personsOf(session: Session, purge: string): number {
  let persons = 0;
  for (const { tags } of session.workspace.read.retention.erased(purge)) persons += tags.length / TAG_BYTES;
  return persons;
}

/** When the first destructive act was about to come. */
function beganAt(session: Session, purge: string): Instant {
  for (const { action, objects, time } of session.workspace.read.log.events())
    if (action === 'purge-began' && objects['purge'] === purge) return time;
  return session.now;
}

/** One's own certificate, verified like anybody's. */
function ownVerified(session: Session, signed: SignedCertificate): VerifiedCertificate {
  const { info } = session.workspace;
  return verifyCertificate(signed, { card: info.cardDigest, signingKey: ownCard(info).card.signing_key });
}

/** The certificate of a purge that is done, verified. @throws HandoverError PURGE_UNFINISHED */
export function storedCertificate(session: Session, { id, certificate, certificateSignature }: StoredPurge) {
  if (certificate === null || certificateSignature === null)
    return fail({ code: 'PURGE_UNFINISHED', purge: id });
  const signed = { bytes: certificate, signature: certificateSignature };
  return { certificate: ownVerified(session, signed), digest: certificateDigest(signed), signed };
}

/** Puts the certificate of a purge that is done where it can be sent from, once more. */
export async function giveAgain(session: Session, stored: StoredPurge) {
  const { certificate, digest, signed } = storedCertificate(session, stored);
  await writeFiles(session, signed, certificate);
  return { certificate, digest, sightings: [] };
}

/** Who the parties of its deals are. */
function dealsOf({ workspace }: Session, { deals }: VerifiedCertificate): readonly CertificateDeal[] {
  return deals.flatMap(({ id, digest }) => {
    const stored = workspace.read.deal(digest);
    if (stored === undefined) return [];
    const { seller, buyer } = readDealJson(stored.bytes);
    return [{ id, seller: seller.name, buyer: buyer.name }];
  });
}

/** The files of a certificate: the document, its signature, and a page for people. */
export interface CertificatePaths {
  readonly document: string;
  readonly signature: string;
  readonly page: string;
  /** The erasure ledger, with its own signature beside it: for a workspace that is one day restored from an older copy. */
  readonly ledger: string;
}

/** Where the files of a certificate are put. */
export function pathsOf(session: Session, purge: string): CertificatePaths {
  const document = session.path('exchange', `${purge}.certificate.json`);
  return {
    document,
    signature: `${document}.minisig`,
    page: session.path('exchange', `${purge}.certificate.html`),
    ledger: session.path('exchange', `${purge}.erased.json`),
  };
}

async function writeFiles(
  session: Session,
  signed: SignedCertificate,
  certificate: VerifiedCertificate,
): Promise<void> {
  const { document, signature, page } = pathsOf(session, certificate.purge);
  await writeWhole(document, signed.bytes, { force: true });
  await writeWhole(signature, signed.signature, { force: true });
  await writeErasureLedger(session, certificate.purge, session.path('exchange'));
  const deals = dealsOf(session, certificate);
  await writeWhole(
    page,
    certificateHtml(certificate, certificateDigest(signed), session.runtime.lang, deals),
    {
      force: true,
    },
  );
}
