import { DATASET_KINDS } from '../messages/tables.js';
import { z } from 'zod';
import { readCheckpoint } from '../audit/checkpoint.js';
import type { Brand } from '../base/brand.js';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { type CalendarDate, dayOf, type Instant } from '../base/time.js';
import type { Signer } from '../base/signing.js';
import { checkApprovals, type SignedApproval } from '../bundle/approval.js';
import {
  calendarDateSchema,
  checkSignature,
  countSchema,
  dealReferenceSchema,
  digestSchema,
  environmentSchema,
  instantSchema,
  jsonOf,
  lineSchema,
  readDocument,
  signDocument,
  type SignedDocument,
  signingKeySchema,
  uuidSchema,
  versionSchema,
} from '../bundle/document.js';
import { readPublicKeyText } from '../identity/minisign.js';
import { fail } from '../messages/error.js';
import { CLEAR_KINDS, FILE_LEFT, GENERAL_LIMITS, type PurgeLimit } from '../messages/limits.js';
import { SHARES } from './disposition.js';
import { keptUntil } from './kept-records.js';
import { PLACE_STATES, PLACES } from '../messages/places.js';
import { type PurgeApproval, readPurgeApproval } from './purge-approval.js';
import {
  type DispositionCounts,
  dispositionCountsSchema,
  lawId,
  planRestraintSchema,
  planShareSchema,
  sumDispositions,
} from './purge-plan.js';

export const CERTIFICATE_FORMAT = 'handover.certificate/1';

/** The name under which a certificate is in problems. */
const DOCUMENT = 'certificate.json';

export const CERTIFICATE_OUTCOMES = ['erased', 'erased-with-limits', 'failed'] as const;
export type CertificateOutcome = (typeof CERTIFICATE_OUTCOMES)[number];

/** The standard whose certificate fields are filled in as far as they apply. */
const SANITISATION_STANDARD = 'NIST SP 800-88 Rev. 2';

const place = z.enum(PLACES);

/** {@link PurgeLimit} as a schema. */
export const limitSchema = z.discriminatedUnion('code', [
  z.strictObject({
    code: z.literal('FILE_NOT_SHREDDED'),
    kind: z.enum(CLEAR_KINDS),
    sha256: digestSchema,
    why: z.enum(FILE_LEFT),
  }),
  z.strictObject({ code: z.literal('COPY_KNOWN'), kind: z.enum(CLEAR_KINDS), sha256: digestSchema }),
  z.strictObject({ code: z.literal('FILESYSTEM'), type: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
  z.strictObject({ code: z.literal('SYNC_FOLDER'), service: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
  z.strictObject({ code: z.literal('VALUES_IN_CLEAR'), count: z.int().min(1) }),
  z.strictObject({ code: z.literal('CIPHERTEXT_LEFT'), count: z.int().min(1) }),
  z.strictObject({ code: z.literal('SCAN_PARTIAL') }),
  z.strictObject({ code: z.literal('PLACES_OPEN'), places: z.array(place).min(1).max(PLACES.length) }),
  z.strictObject({ code: z.literal('PLACES_REMAIN'), places: z.array(place).min(1).max(PLACES.length) }),
  z.strictObject({ code: z.literal('DRAFTS_LEFT'), count: z.int().min(1) }),
  z.strictObject({ code: z.literal('PROOF_KEPT'), records: z.int().min(1), until: calendarDateSchema }),
  z.strictObject({ code: z.literal('SSD') }),
  z.strictObject({ code: z.literal('BACKUPS') }),
]);

const datasetSchema = z.strictObject({
  dataset: uuidSchema,
  kind: z.enum(DATASET_KINDS),
  /** Digest of the file that was imported, or of the bundle that was received. */
  file: digestSchema,
  bundle: uuidSchema.nullable(),
  shares: z.array(planShareSchema).min(1).max(SHARES.length),
});

const fileSchema = z.strictObject({
  kind: z.enum(CLEAR_KINDS),
  sha256: digestSchema,
  bytes: countSchema,
  /** `shredded`, `missing`, or why it is still there. */
  result: z.enum(['shredded', 'missing', ...FILE_LEFT]),
});

export const certificateSchema = z.strictObject({
  format: z.literal(CERTIFICATE_FORMAT),
  purge: uuidSchema,
  /** Digest of the plan that was carried out. */
  plan: digestSchema,
  environment: environmentSchema,
  issuer: z.strictObject({
    card: digestSchema,
    name: lineSchema,
    role: z.enum(['seller', 'buyer']),
    signing_key: signingKeySchema,
  }),
  scope: z.enum(['due', 'handed-over', 'kept-back', 'dataset', 'subjects', 'deal', 'replay']),
  /** Words of the planner. */
  reason: lineSchema.nullable(),
  /** Records whose receipt had not come, purged all the same. */
  override: z
    .strictObject({ kind: z.literal('no-receipt'), reason: lineSchema, records: z.int().min(1) })
    .nullable(),
  deals: z.array(dealReferenceSchema).max(100),
  datasets: z.array(datasetSchema).min(1).max(10_000),
  totals: dispositionCountsSchema,
  /** Persons of whom nothing is left in the workspace: the length of the erasure ledger's entry. */
  persons: countSchema,
  /** What kept records back that would else have been purged. */
  restraints: z.array(planRestraintSchema).max(10_000),
  /** The approvals as they were signed: canonical JSON as text, and its minisign signature. */
  approvals: z
    .array(z.strictObject({ document: z.string().max(64 * 1024), signature: z.string().max(12_000) }))
    .max(20),
  /** By storage place, what was done and how it was verified. */
  methods: z.strictObject({
    records: z.strictObject({
      method: z.literal('cryptographic-erase-and-delete'),
      cipher: z.literal('XChaCha20-Poly1305'),
      key_bits: z.literal(256),
      /** The database was rewritten (VACUUM) and its log emptied. */
      verified: z.literal('database-rewritten-and-scanned'),
    }),
    keys: z.strictObject({
      method: z.literal('overwrite-in-place'),
      destroyed: countSchema,
      verified: z.literal('key-file-read-back-and-scanned'),
    }),
    files: z.strictObject({
      method: z.literal('overwrite-in-place-and-remove'),
      shredded: countSchema,
      verified: z.literal('digest-before-and-absence-after'),
    }),
  }),
  files: z.array(fileSchema).max(10_000),
  /** The search of every file of the workspace for what was purged. */
  scan: z.strictObject({
    files: countSchema,
    bytes: countSchema,
    /** Records of which values were searched for. */
    sample: countSchema,
    /** Byte patterns: each value in each encoding, each destroyed key, beginnings of sealed pages. */
    patterns: countSchema,
    hits: z.strictObject({ values: countSchema, keys: countSchema, ciphertext: countSchema }),
  }),
  reclaimed: z.strictObject({ rows: countSchema, bytes_before: countSchema, bytes_after: countSchema }),
  /** Whether anonymous counts of what was purged stay (PIPL-73): none below ten persons. */
  statistics: z.boolean(),
  /** What somebody said of places that no program reaches. Attested, not verified. */
  attestations: z
    .array(z.strictObject({ place, state: z.enum(PLACE_STATES), person: lineSchema, time: instantSchema }))
    .max(PLACES.length),
  limits: z.array(limitSchema).max(10_100),
  outcome: z.enum(CERTIFICATE_OUTCOMES),
  /** Fields of the certificate of sanitisation of NIST SP 800-88 that apply to software. */
  sanitisation: z.strictObject({
    standard: z.literal(SANITISATION_STANDARD),
    /** No category of the standard is claimed for the medium: a program that works on files reaches neither Clear nor Purge of it. */
    category: z.literal('cryptographic-erase-of-records'),
    medium: z.literal('not-sanitised'),
    tool: z.strictObject({
      name: z.literal('handover'),
      version: versionSchema,
    }),
    verification: z.literal('full-scan-of-workspace'),
    performed_by: lineSchema,
  }),
  laws: z.array(lawId).max(100),
  began: instantSchema,
  finished: instantSchema,
  /** The issuer's log when it signed (C2SP tlog-checkpoint). */
  checkpoint: z.string().min(1).max(4096),
  /** To be kept at least until then. */
  retain_until: calendarDateSchema,
});

export type Certificate = Readonly<z.infer<typeof certificateSchema>>;
export type CertificateFile = Certificate['files'][number];
export type CertificateLimit = Certificate['limits'][number];

/** A certificate whose signature, approvals and sums have been verified. Only {@link verifyCertificate} makes one. */
export type VerifiedCertificate = Brand<Certificate, 'VerifiedCertificate'>;

/** A certificate with its signature file. */
export type SignedCertificate = SignedDocument;

/** What the issuer states; what follows from it is computed. */
export type CertificateFacts = Omit<
  Certificate,
  'format' | 'totals' | 'outcome' | 'sanitisation' | 'laws' | 'retain_until' | 'methods'
> & {
  readonly keysDestroyed: number;
  readonly version: string;
  readonly performedBy: string;
};

/** Signs the result of a purge. The same facts give the same bytes. */
export function signCertificate(facts: CertificateFacts, signer: Signer): SignedCertificate {
  const { keysDestroyed, version, performedBy, ...stated } = facts;
  const certificate: Certificate = {
    ...stated,
    format: CERTIFICATE_FORMAT,
    totals: totalsOf(stated.datasets),
    methods: {
      records: {
        method: 'cryptographic-erase-and-delete',
        cipher: 'XChaCha20-Poly1305',
        key_bits: 256,
        verified: 'database-rewritten-and-scanned',
      },
      keys: {
        method: 'overwrite-in-place',
        destroyed: keysDestroyed,
        verified: 'key-file-read-back-and-scanned',
      },
      files: {
        method: 'overwrite-in-place-and-remove',
        shredded: stated.files.filter(({ result }) => result === 'shredded').length,
        verified: 'digest-before-and-absence-after',
      },
    },
    outcome: outcomeOf(stated),
    sanitisation: {
      standard: SANITISATION_STANDARD,
      category: 'cryptographic-erase-of-records',
      medium: 'not-sanitised',
      tool: { name: 'handover', version },
      verification: 'full-scan-of-workspace',
      performed_by: performedBy,
    },
    laws: lawsOf(stated.datasets),
    retain_until: retainUntil(stated.finished),
  };
  return signDocument(certificate, certificateComment(certificate), signer);
}

/** The trusted comment of a certificate's signature. */
export function certificateComment(certificate: Pick<Certificate, 'purge'>): string {
  return `${CERTIFICATE_FORMAT} ${certificate.purge}`;
}

/** Reads a certificate strictly, before its signature is verified. @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE */
export function readCertificate(bytes: Uint8Array): Certificate {
  return readDocument(bytes, {
    document: DOCUMENT,
    format: CERTIFICATE_FORMAT,
    schema: certificateSchema,
    limit: 16 * 1024 * 1024,
  });
}

/** Who is believed to have issued a certificate: from a card whose fingerprint was compared, or one's own. */
export interface ExpectedIssuer {
  readonly card: Sha256;
  /** minisign public key text. */
  readonly signingKey: string;
}

/**
 * Verifies a certificate in the order of docs/formats.md, "Verifying a certificate".
 *
 * @throws HandoverError those of {@link readCertificate}, CERTIFICATE_ISSUER, the SIGNATURE_ and CHECKPOINT_ codes, CERTIFICATE_COUNTS,
 *   CERTIFICATE_APPROVALS, those of checkApprovals, CERTIFICATE_FILES, CERTIFICATE_OUTCOME, CERTIFICATE_TIMES
 */
export function verifyCertificate(signed: SignedCertificate, issuer: ExpectedIssuer): VerifiedCertificate {
  // 1. Document.
  const certificate = readCertificate(signed.bytes);
  // 2. Issuer and signature.
  if (certificate.issuer.card !== issuer.card || certificate.issuer.signing_key !== issuer.signingKey) {
    fail({ code: 'CERTIFICATE_ISSUER' });
  }
  const key = readPublicKeyText(issuer.signingKey);
  if (key === null) return fail({ code: 'FORMAT_SHAPE', document: DOCUMENT, path: 'issuer.signing_key' });
  checkSignature(signed, { publicKey: key, comment: certificateComment(certificate), document: DOCUMENT });
  // 3. Checkpoint.
  readCheckpoint(certificate.checkpoint, { publicKey: key, document: DOCUMENT });
  // 4. Counts.
  checkCounts(certificate);
  // 5. Approvals.
  checkSigned(certificate);
  // 6. Files and limits.
  checkFiles(certificate);
  // 7. Outcome.
  if (certificate.outcome !== outcomeOf(certificate)) fail({ code: 'CERTIFICATE_OUTCOME' });
  // 8. Times.
  const { began, finished } = certificate;
  if (began > finished || certificate.retain_until !== retainUntil(finished))
    fail({ code: 'CERTIFICATE_TIMES' });
  return certificate as VerifiedCertificate;
}

/** The approvals of a certificate, each with its signature verified by the key that it names. */
export function approvalsOf(certificate: Pick<Certificate, 'approvals'>): readonly PurgeApproval[] {
  return certificate.approvals.map((approval) =>
    readPurgeApproval(signedApproval(approval), 'approval.json'),
  );
}

function signedApproval({ document, signature }: Certificate['approvals'][number]): SignedApproval {
  return { bytes: utf8(document), signature };
}

function checkCounts(certificate: Certificate): void {
  const { datasets, totals, restraints, override, persons, reclaimed, laws } = certificate;
  const ids = datasets.map(({ dataset }) => dataset);
  const shares = datasets.every(
    ({ shares }) => new Set(shares.map(({ share }) => share)).size === shares.length,
  );
  // A record may be held by several restraints, and is kept back by at least one.
  const keptBack = (kind: 'hold' | 'freeze'): number =>
    restraints.filter((restraint) => restraint.kind === kind).reduce((sum, { records }) => sum + records, 0);
  const consistent =
    new Set(ids).size === ids.length &&
    shares &&
    same(totals, totalsOf(datasets)) &&
    same(laws, lawsOf(datasets)) &&
    keptBack('hold') >= totals.held &&
    keptBack('freeze') >= totals.frozen &&
    reclaimed.rows === totals.purge &&
    persons <= totals.purge &&
    (override?.records ?? 0) <= totals.purge;
  if (!consistent) fail({ code: 'CERTIFICATE_COUNTS' });
}

function checkSigned(certificate: Certificate): void {
  const approvals = approvalsOf(certificate);
  const { purge, plan, totals, override, issuer, finished } = certificate;
  const forThis = approvals.every(
    (approval) =>
      approval.purge === purge &&
      approval.plan === plan &&
      approval.override === (override !== null) &&
      approval.approved <= finished &&
      same(approval.counts, totals),
  );
  if (!forThis) fail({ code: 'CERTIFICATE_APPROVALS' });
  checkApprovals(approvals, override === null ? 0 : 1, issuer.signing_key);
}

function checkFiles({ files, limits, methods }: Certificate): void {
  const named = new Set(
    limits.flatMap((limit) =>
      limit.code === 'FILE_NOT_SHREDDED'
        ? [`${limit.why} ${limit.kind} ${limit.sha256}`]
        : limit.code === 'COPY_KNOWN'
          ? [`missing ${limit.kind} ${limit.sha256}`]
          : [],
    ),
  );
  const left = files.filter(({ result }) => result !== 'shredded');
  const consistent =
    left.every(({ result, kind, sha256: file }) => named.has(`${result} ${kind} ${file}`)) &&
    named.size === new Set(left.map(({ result, kind, sha256: file }) => `${result} ${kind} ${file}`)).size &&
    methods.files.shredded === files.length - left.length &&
    GENERAL_LIMITS.every((code) => limits.some((limit) => limit.code === code));
  if (!consistent) fail({ code: 'CERTIFICATE_FILES' });
}

/**
 * `failed` if a value or a destroyed key was found in the clear; `erased` if nothing is known that was not reached, besides what holds for
 * every purge; else `erased-with-limits`.
 */
function outcomeOf({ scan, limits }: Pick<Certificate, 'scan' | 'limits'>): CertificateOutcome {
  if (scan.hits.values > 0 || scan.hits.keys > 0) return 'failed';
  return limits.every((limit) => GENERAL_LIMITS.includes(limit.code)) ? 'erased' : 'erased-with-limits';
}

function totalsOf(datasets: Certificate['datasets']): DispositionCounts {
  return sumDispositions(datasets.flatMap(({ shares }) => shares));
}

/** The requirements behind what was purged. */
function lawsOf(datasets: Certificate['datasets']): string[] {
  const used = datasets.flatMap(({ shares }) => shares).filter((share) => share.purge > 0);
  return [...new Set(used.flatMap(({ laws }) => laws))].sort();
}

function retainUntil(finished: Instant): CalendarDate {
  return keptUntil('certificate', dayOf(finished));
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(jsonOf(a)) === canonicalJson(jsonOf(b));
}

/** Digest of a certificate: its name in the log. */
export function certificateDigest(signed: SignedCertificate): Sha256 {
  return sha256(signed.bytes);
}
