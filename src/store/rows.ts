import { z } from 'zod';
import { WITNESSES, type Witness } from '../messages/problems/audit.js';
import { isSha256, type Sha256 } from '../base/crypto.js';
import type { Json } from '../base/json.js';
import { type CalendarDate, type Instant, readDate, readInstant } from '../base/time.js';
import { howToRead } from '../base/shape.js';
import { TEACHABLE, type TeachableMeaning } from '../messages/answer-words.js';
import { TEXT_KINDS, type TextKind } from '../messages/campaign-text.js';
import { CHANNELS, type Channel } from '../messages/channels.js';
import { fail } from '../messages/error.js';
import { LANGS, type Lang } from '../messages/lang.js';
import { RELATIONS, type Relation } from '../messages/relations.js';
import { DATASET_KINDS, type DatasetKind } from '../messages/tables.js';
import { type DecidedPair, PAIR_DECISIONS } from '../policy/decided-pairs.js';

/** What a workspace is: written once, when it is made. */
export interface WorkspaceInfo {
  readonly id: string;
  readonly role: 'seller' | 'buyer';
  readonly environment: 'production' | 'test';
  readonly created: Instant;
  readonly lang: Lang;
  /** The party's own card: digest of the canonical document, the document, its minisign signature. */
  readonly cardDigest: Sha256;
  readonly card: Uint8Array;
  readonly cardSignature: string;
}

/** Another party's card, pinned after its fingerprint was compared. */
export interface PinnedCard {
  readonly digest: Sha256;
  readonly bytes: Uint8Array;
  readonly signature: string;
  /** When the fingerprint was compared. */
  readonly compared: Instant;
  /** `replaced` by its successor, or `removed`: it is good for nothing new, and what was signed with it can still be verified. */
  readonly state: CardState;
}

export const CARD_STATES = ['trusted', 'replaced', 'removed'] as const;
export type CardState = (typeof CARD_STATES)[number];

/** One signature under a deal, as minisign text, with the card of whoever made it. */
interface DealSignature {
  readonly role: 'seller' | 'buyer';
  readonly signature: string;
  readonly card: Sha256;
}

/** One wording of a deal. Another wording has another digest and needs signatures of its own. */
export interface StoredDeal {
  readonly id: string;
  readonly digest: Sha256;
  readonly bytes: Uint8Array;
  /** Digest of the version that it amends; null for a first version. */
  readonly amends: Sha256 | null;
  readonly signatures: readonly DealSignature[];
}

/** Counts and other findings of a step, without personal data. */
export type Counts = { readonly [key: string]: Json };

/** One import of one file, or one resource of a received bundle. Its records are in pages. */
export interface Dataset {
  readonly id: string;
  readonly kind: DatasetKind;
  /** What a page holds once opened: cells joined by U+001F and U+001E (sealed-pages.ts), or gzip of NDJSON as it came in a bundle. */
  readonly content: 'cells' | 'ndjson-gz';
  readonly resource: string;
  /** The bundle that it came in, or null for an import. */
  readonly bundle: string | null;
  /** Base name of the file. */
  readonly file: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly encoding: string;
  readonly delimiter: string;
  /** Order of the cells of a record. */
  readonly columns: readonly string[];
  /** The data key in the vault. */
  readonly keyId: string;
  readonly counts: Counts;
  readonly imported: Instant;
  /** The mapping of the header, in its editable form. */
  readonly mapping: string;
  /** `purged`: its records are gone, this line stays. */
  readonly state: 'kept' | 'purged';
  /** How an imported customer file relates to those before it; null for a ledger and for what came in a bundle. */
  readonly relation: Relation | null;
  /** The dataset to which it relates; null for a list without one before it. */
  readonly relatesTo: string | null;
  /** The statute that keeps an archive, the day on which its period begins, and the last day of it; null for any other dataset. */
  readonly archiveBasis: string | null;
  readonly archiveSince: CalendarDate | null;
  readonly archiveUntil: CalendarDate | null;
}

/** The resource of what proves the consents of purged records. */
export const PROOFS = 'proofs';

/** Whether a dataset speaks of people of whom nothing else may be left: proof of a consent, or what only a statute keeps. */
export function isKeptApart({ kind, resource }: Pick<Dataset, 'kind' | 'resource'>): boolean {
  return resource === PROOFS || kind === 'archive';
}

/** What the answers of a campaign are called among the ledgers: their persons were found when they were taken in. */
export const ANSWERED = 'answers';

/** Whether a dataset is a ledger that is heard when verdicts are given; proofs of what is over let nobody go again. */
export function isLedger({ kind, resource }: Pick<Dataset, 'kind' | 'resource'>): boolean {
  return kind === 'consents' && resource !== PROOFS;
}

/** How many rejected rows of a customer file with the same first error came back corrected. */
export interface CorrectedCount {
  readonly code: string;
  readonly corrected: number;
}

/** The records of half a MiB of an imported file, or of a page of a bundle: sealed, with what may be queried without opening it. */
export interface StoredPage {
  readonly number: number;
  readonly records: number;
  readonly sealed: Uint8Array;
  /** 16 bytes a record. */
  readonly tags: Uint8Array;
}

/** The packed subject tags of a page. */
export type PageTags = Omit<StoredPage, 'sealed'>;

/** One run of the consent check over customer files under a deal. */
export interface StoredCheck {
  readonly id: string;
  /** Ids of the datasets that were judged together, in order. */
  readonly datasets: readonly string[];
  /** Digest of the deal. */
  readonly deal: Sha256;
  readonly time: Instant;
  /** Digest of the policy pack. */
  readonly pack: Sha256;
  /** The consent ledgers that were heard: ids of datasets. */
  readonly ledgers: readonly string[];
  readonly counts: Counts;
  readonly planDigest: Sha256;
  /** The plan, canonical JSON: what approvers sign. */
  readonly plan: Uint8Array;
}

/** Masks of reasons for one page of a dataset, and of what stays of whoever goes: four bytes a record each, or none of the latter. */
export interface CheckPage {
  readonly dataset: string;
  readonly number: number;
  readonly reasonSets: Uint8Array;
  readonly stays: Uint8Array;
}

/** An approver's signature over a plan. */
export interface StoredApproval {
  readonly planDigest: Sha256;
  /** The approver: digest of a card, or another name that is one person's. */
  readonly approver: string;
  readonly bytes: Uint8Array;
  readonly signature: string;
}

/**
 * The state of a bundle. Out: `began` (being written), `abandoned` (a killed export that was never sent), `exported`, `accepted` (the
 * receipt came), `refused` (a receipt of refusal came), `aborted` (the deal was ended afterwards).
 * In: `received`, `refused`.
 */
const BUNDLE_STATES = [
  'began',
  'abandoned',
  'exported',
  'accepted',
  'refused',
  'received',
  'aborted',
] as const;
export type BundleState = (typeof BUNDLE_STATES)[number];

/** A bundle that was sent or received. */
export interface StoredBundle {
  readonly id: string;
  readonly direction: 'out' | 'in';
  /** Digest of the deal. */
  readonly deal: Sha256;
  /** Counts the bundles of a deal. */
  readonly number: number;
  readonly manifestDigest: Sha256;
  readonly manifest: Uint8Array;
  readonly path: string;
  /** Digest of the file; empty while it is being written. */
  readonly sha256: Sha256 | '';
  readonly state: BundleState;
  readonly time: Instant;
  /** The check whose verdicts it carries out; null for a bundle that came in. */
  readonly check: string | null;
  /** The seller's signature over the manifest; null while it is being written, and for bundles of before it was kept. */
  readonly manifestSignature: string | null;
}

/** A receipt for a bundle: given by the buyer (`out`) or heard by the seller (`in`). */
export interface StoredReceipt {
  readonly bundle: string;
  readonly bytes: Uint8Array;
  readonly signature: string;
  readonly direction: 'out' | 'in';
  readonly time: Instant;
}

/** A file outside the database that may hold personal data, remembered so that a purge can name it. */
export interface RememberedFile {
  readonly path: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly kind: 'source' | 'reject' | 'extract' | 'bundle' | 'mapping' | 'report';
  readonly time: Instant;
  readonly dataset: string | null;
  /** When it was shredded; null while it may still be there. */
  readonly gone: Instant | null;
}

/** A signed note over the log at some size. */
export interface StoredCheckpoint {
  /** Counts them from 1. */
  readonly ordinal: number;
  readonly size: number;
  readonly note: string;
}

/** What keeps records from being purged: a hold (a case, until released) or a freeze (a statutory period, until its date). */
export interface Restraint {
  readonly id: string;
  readonly kind: 'hold' | 'freeze';
  readonly scope: 'all' | 'dataset' | 'subjects';
  /** For the scope `dataset`. */
  readonly dataset: string | null;
  /** For a freeze: the statutory basis, and the last day of its period. */
  readonly basis: string | null;
  readonly until: CalendarDate | null;
  /** The name of the case of a hold, without personal data. */
  readonly title: string | null;
  /** The day on which the period of a freeze begins. */
  readonly since: CalendarDate | null;
  /** For the scope `subjects`: how many persons it names. Each may have several tags. */
  readonly persons: number | null;
  /** Words of whoever placed it, without personal data. */
  readonly reason: string;
  readonly opened: Instant;
  readonly openedBy: string;
  readonly released: Instant | null;
  readonly releasedBy: string | null;
  readonly releaseReason: string | null;
}

/** `planned` → `began` (nothing is gone yet) → `erased` (rewritten, keys destroyed) → `done` (certified). `void`: never to be run. */
const PURGE_STATES = ['planned', 'began', 'erased', 'done', 'void'] as const;
export type PurgeState = (typeof PURGE_STATES)[number];

/** How a purge ended (docs/formats.md, "Certificate"). */
const PURGE_OUTCOMES = ['erased', 'erased-with-limits', 'failed'] as const;
type PurgeOutcome = (typeof PURGE_OUTCOMES)[number];

export interface StoredPurge {
  readonly id: string;
  readonly state: PurgeState;
  readonly planDigest: Sha256;
  /** Canonical JSON: what approvers sign. */
  readonly plan: Uint8Array;
  /** Key ids by dataset, for what stays. */
  readonly freshKeys: Readonly<Record<string, string>>;
  readonly certificate: Uint8Array | null;
  readonly certificateSignature: string | null;
  readonly outcome: PurgeOutcome | null;
  readonly time: Instant;
}

/** Tags of persons who went in a bundle, 16 bytes each. */
export interface HandedOverTags {
  readonly number: number;
  readonly tags: Uint8Array;
}

/** Sorted tags of erased persons, 16 bytes each. */
export interface ErasedTags {
  readonly number: number;
  readonly tags: Uint8Array;
}

/** A purge whose persons are in the erasure ledger, and when it was planned. */
export interface Erasure {
  readonly purge: string;
  readonly time: Instant;
}

/** What somebody says of a place that no program reaches (law.md §5.5). Attested, not verified. */
export interface Attestation {
  readonly place: string;
  readonly state: 'cleared' | 'never-there' | 'remains';
  readonly person: string;
  readonly time: Instant;
}

/** Counts that stay of purged records. */
export interface Statistic {
  readonly purge: string;
  readonly dataset: string;
  readonly counts: Counts;
}

/** What a mark on a person can say. */
const MARK_KINDS = ['refused', 'withdrawn', 'objection', 'erasure', 'corrected'] as const;

/** What is known about a person beside the records: heard by the next check, whatever is imported later. */
export interface SubjectMark {
  readonly tag: Uint8Array;
  readonly kind: (typeof MARK_KINDS)[number];
  /** Id of the purpose to which a withdrawal is limited; null for all of them. */
  readonly purpose: string | null;
  readonly request: string | null;
  /** The file that told it, where that holds it no more: in a row that was rejected, or purged since. Null for what came with no file. */
  readonly dataset?: string | null;
  readonly time: Instant;
}

/** What somebody found out about two persons who look like one. */
/** How a person's number is spelled, sealed under the key of the tags. */
export interface Spelling {
  readonly tag: Uint8Array;
  readonly sealed: Uint8Array;
}

export interface StoredPair extends DecidedPair {
  readonly person: string;
  readonly time: Instant;
}

/** Totals of the customer list that a firm was shown. */
export interface StoredTotals {
  readonly digest: Sha256;
  readonly shownTo: string;
  readonly totals: Counts;
  readonly time: Instant;
}

/** What customers were shown, and the wording of the deal under which it was drafted. */
export interface StoredText {
  readonly digest: Sha256;
  readonly deal: Sha256;
  readonly kind: TextKind;
  readonly bytes: Uint8Array;
  readonly time: Instant;
}

/** A text that was sent to persons by a channel. */
export interface StoredBatch {
  readonly id: string;
  /** Digest of the deal. */
  readonly deal: Sha256;
  /** Digest of the text. */
  readonly text: Sha256;
  readonly channel: Channel;
  readonly persons: number;
  readonly time: Instant;
}

/** Tags of persons who were sent a text, 16 bytes each. */
export interface AskedTags {
  readonly number: number;
  readonly tags: Uint8Array;
}

/** A word that this firm added to the vocabulary of answers. */
export interface AnswerWord {
  readonly word: string;
  readonly meaning: TeachableMeaning;
  readonly person: string;
  readonly time: Instant;
}

/** One request of a person, in the register (PIPL-50). Nothing of it names the person. */
export interface StoredRequest {
  readonly id: string;
  readonly tag: Uint8Array;
  readonly kind: string;
  /** Role of who asks: self, guardian … */
  readonly requester: string;
  /** How the identity was verified. */
  readonly verified: string;
  readonly received: Instant;
  readonly due: CalendarDate;
  readonly closed: Instant | null;
  readonly outcome: 'done' | 'refused' | 'passed-on' | null;
  readonly reason: string | null;
  readonly notice: string | null;
}

/** A no of a person who was handed over, learned afterwards. */
export interface LateWord {
  /** Digest of the deal. */
  readonly deal: Sha256;
  /** The person's tag under the deal, in hex, as notices name persons. */
  readonly subject: string;
  readonly kind: 'withdrawal' | 'objection' | 'erasure';
  readonly found: Instant;
}

/** A signed message about persons after the handover, and its completion. */
export interface StoredBuyerNotice {
  readonly id: string;
  readonly direction: 'out' | 'in';
  /** Digest of the deal. */
  readonly deal: Sha256;
  readonly kind: string;
  readonly bytes: Uint8Array;
  readonly signature: string;
  readonly due: CalendarDate;
  readonly time: Instant;
  readonly completion: Uint8Array | null;
  readonly completionSignature: string | null;
  readonly completed: Instant | null;
}

/** A deal that will not be carried out. */
export interface DealEnd {
  readonly deal: Sha256;
  readonly kind: 'aborted';
  readonly reason: string;
  readonly notice: string | null;
  readonly time: Instant;
}

/** A security incident; facts are without personal data. */
export interface StoredIncident {
  readonly id: string;
  readonly facts: Counts;
  readonly opened: Instant;
  readonly closed: Instant | null;
}

export interface IncidentNote {
  readonly incident: string;
  readonly facts: Counts;
  readonly person: string;
  readonly time: Instant;
}

/** An RFC 3161 request for a checkpoint, and the answer once it came. */
export interface StoredTimestamp {
  readonly ordinal: number;
  /** Size of the log that the note signs. */
  readonly size: number;
  readonly note: string;
  readonly request: Uint8Array;
  readonly response: Uint8Array | null;
  /** The time that the authority says. */
  readonly stamped: Instant | null;
  readonly authority: string | null;
  readonly time: Instant;
}

/** Something that has both a row and an event. */
export interface HeldWitness {
  readonly what: Witness;
  /** By which its event names it. */
  readonly id: string;
  /** Since when it is there, null where the row does not say. */
  readonly time: string | null;
  /** Whether an event of its own tells of it. */
  readonly told: boolean;
  /** Whether it is over, of which another event tells; null where nothing of that kind is logged. */
  readonly ended: boolean | null;
}

/** How many records a dataset had when it was taken in. */
export function takenIn(counts: Counts): number {
  return Number(counts['records'] ?? counts['received'] ?? 0);
}

/** A pruned beginning of the log: its compact range replaces the events below `upto`. */
export interface LogSegment {
  readonly upto: number;
  readonly range: Uint8Array;
  /** The checkpoint that covers it. */
  readonly note: string;
  readonly time: Instant;
}

const digest = z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v));
const instant = z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null);
const date = z.custom<CalendarDate>((v) => typeof v === 'string' && readDate(v) !== null);
const blob = z.instanceof(Uint8Array);
const count = z.int().nonnegative();
const flag = z.union([z.literal(0), z.literal(1)]).transform((v) => v === 1);
const role = z.enum(['seller', 'buyer']);
const direction = z.enum(['out', 'in']);
const columnName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

/** JSON text of a column as what `inner` describes. */
function json<T>(inner: z.ZodType<T>) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(inner);
}

const counts = json(z.custom<Counts>((v) => typeof v === 'object' && v !== null && !Array.isArray(v)));

/** What each table gives back. The database is a file that somebody may have changed: its rows are read like any other input. */
export const ROW = {
  workspace: z.object({
    id: z.string(),
    role,
    environment: z.enum(['production', 'test']),
    created: instant,
    lang: z.enum(LANGS),
    cardDigest: digest,
    card: blob,
    cardSignature: z.string(),
  }),
  card: z.object({
    digest,
    bytes: blob,
    signature: z.string(),
    compared: instant,
    state: z.enum(CARD_STATES),
  }),
  deal: z.object({ id: z.string(), digest, bytes: blob, amends: digest.nullable() }),
  id: z.object({ id: z.string() }),
  lateWord: z.object({
    deal: digest,
    subject: z.string(),
    kind: z.enum(['withdrawal', 'objection', 'erasure']),
    found: instant,
  }),
  dealSignature: z.object({ role, signature: z.string(), card: digest }),
  dataset: z.object({
    id: z.string(),
    kind: z.enum(DATASET_KINDS),
    content: z.enum(['cells', 'ndjson-gz']),
    resource: z.string(),
    bundle: z.string().nullable(),
    file: z.string(),
    sha256: digest,
    bytes: count,
    encoding: z.string(),
    delimiter: z.string(),
    columns: json(z.array(columnName)),
    keyId: z.string(),
    counts,
    imported: instant,
    mapping: z.string(),
    state: z.enum(['kept', 'purged']),
    relation: z.enum(RELATIONS).nullable(),
    relatesTo: z.string().nullable(),
    archiveBasis: z.string().nullable(),
    archiveSince: date.nullable(),
    archiveUntil: date.nullable(),
  }),
  rows: z.object({ rows: count }),
  correctedCount: z.object({ code: z.string(), corrected: count }),
  page: z.object({ number: count, records: count, sealed: blob, tags: blob }),
  pageCount: z.object({ pages: count, columns: count, records: count }),
  number: z.object({ number: count }),
  approved: z.object({ bytes: blob }),
  told: z.object({ bytes: blob, time: instant }),
  witness: z.object({
    what: z.enum(WITNESSES),
    id: z.string(),
    time: z.string().nullable(),
    told: flag,
    ended: flag.nullable(),
  }),
  pageTags: z.object({ number: count, records: count, tags: blob }),
  check: z.object({
    id: z.string(),
    datasets: json(z.array(z.string())),
    deal: digest,
    time: instant,
    pack: digest,
    ledgers: json(z.array(z.string())),
    counts,
    planDigest: digest,
    plan: blob,
  }),
  checkPage: z.object({ dataset: z.string(), number: count, reasonSets: blob, stays: blob }),
  approval: z.object({ planDigest: digest, approver: z.string(), bytes: blob, signature: z.string() }),
  bundle: z.object({
    id: z.string(),
    direction,
    deal: digest,
    number: count,
    manifestDigest: digest,
    manifest: blob,
    path: z.string(),
    sha256: z.union([digest, z.literal('')]),
    state: z.enum(BUNDLE_STATES),
    time: instant,
    check: z.string().nullable(),
    manifestSignature: z.string().nullable(),
  }),
  receipt: z.object({ bundle: z.string(), bytes: blob, signature: z.string(), direction, time: instant }),
  file: z.object({
    path: z.string(),
    sha256: digest,
    bytes: count,
    kind: z.enum(['source', 'reject', 'extract', 'bundle', 'mapping', 'report']),
    time: instant,
    dataset: z.string().nullable(),
    gone: instant.nullable(),
  }),
  checkpoint: z.object({ ordinal: z.int(), size: count, note: z.string() }),
  restraint: z.object({
    id: z.string(),
    kind: z.enum(['hold', 'freeze']),
    scope: z.enum(['all', 'dataset', 'subjects']),
    dataset: z.string().nullable(),
    basis: z.string().nullable(),
    until: date.nullable(),
    title: z.string().nullable(),
    since: date.nullable(),
    persons: count.nullable(),
    reason: z.string(),
    opened: instant,
    openedBy: z.string(),
    released: instant.nullable(),
    releasedBy: z.string().nullable(),
    releaseReason: z.string().nullable(),
  }),
  tag: z.object({ tag: blob }),
  purge: z.object({
    id: z.string(),
    state: z.enum(PURGE_STATES),
    planDigest: digest,
    plan: blob,
    freshKeys: json(z.record(z.string(), z.string())),
    certificate: blob.nullable(),
    certificateSignature: z.string().nullable(),
    outcome: z.enum(PURGE_OUTCOMES).nullable(),
    time: instant,
  }),
  purgeSubjects: z.object({ tags: blob }),
  tags: z.object({ tags: blob }),
  erased: z.object({ number: count, tags: blob }),
  handedOver: z.object({ number: count, tags: blob }),
  erasure: z.object({ purge: z.string(), time: instant }),
  attestation: z.object({
    place: z.string(),
    state: z.enum(['cleared', 'never-there', 'remains']),
    person: z.string(),
    time: instant,
  }),
  statistic: z.object({ purge: z.string(), dataset: z.string(), counts }),
  shownTotals: z.object({ digest, shownTo: z.string(), totals: counts, time: instant }),
  subjectMark: z.object({
    tag: blob,
    kind: z.enum(MARK_KINDS),
    purpose: z.string().nullable(),
    request: z.string().nullable(),
    dataset: z.string().nullable(),
    time: instant,
  }),
  spelling: z.object({ tag: blob, sealed: blob }),
  decidedPair: z.object({
    first: blob,
    second: blob,
    decision: z.enum(PAIR_DECISIONS),
    person: z.string(),
    time: instant,
  }),
  text: z.object({ digest, deal: digest, kind: z.enum(TEXT_KINDS), bytes: blob, time: instant }),
  batch: z.object({
    id: z.string(),
    deal: digest,
    text: digest,
    channel: z.enum(CHANNELS),
    persons: count,
    time: instant,
  }),
  asked: z.object({ number: count, tags: blob }),
  answerWord: z.object({ word: z.string(), meaning: z.enum(TEACHABLE), person: z.string(), time: instant }),
  request: z.object({
    id: z.string(),
    tag: blob,
    kind: z.string(),
    requester: z.string(),
    verified: z.string(),
    received: instant,
    due: date,
    closed: instant.nullable(),
    outcome: z.enum(['done', 'refused', 'passed-on']).nullable(),
    reason: z.string().nullable(),
    notice: z.string().nullable(),
  }),
  notice: z.object({
    id: z.string(),
    direction,
    deal: digest,
    kind: z.string(),
    bytes: blob,
    signature: z.string(),
    due: date,
    time: instant,
    completion: blob.nullable(),
    completionSignature: z.string().nullable(),
    completed: instant.nullable(),
  }),
  dealEnd: z.object({
    deal: digest,
    kind: z.literal('aborted'),
    reason: z.string(),
    notice: z.string().nullable(),
    time: instant,
  }),
  incident: z.object({ id: z.string(), facts: counts, opened: instant, closed: instant.nullable() }),
  incidentNote: z.object({ incident: z.string(), facts: counts, person: z.string(), time: instant }),
  timestamp: z.object({
    ordinal: count,
    size: count,
    note: z.string(),
    request: blob,
    response: blob.nullable(),
    stamped: instant.nullable(),
    authority: z.string().nullable(),
    time: instant,
  }),
  segment: z.object({ upto: count, range: blob, note: z.string(), time: instant }),
} as const;

/**
 * Reads a row.
 *
 * @throws HandoverError WORKSPACE_DAMAGED if it is not what the writer wrote
 */
export function readRow<T>(schema: z.ZodType<T>, row: unknown): T {
  try {
    return schema.parse(row, howToRead());
  } catch {
    return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  }
}
