import { z } from 'zod';
import { EVENT_ACTIONS, FIRST_SEQ, type LoggedEvent } from '../audit/event.js';
import type { StoredEvent } from '../audit/log.js';
import { CompactRange, readPruned } from '../audit/merkle.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson, type Json } from '../base/json.js';
import { type Instant, readInstant } from '../base/time.js';
import { standingWording, versionsOf } from '../deal/versions.js';
import { fail } from '../messages/error.js';
import type { Witness } from '../messages/problems/audit.js';
import type { Database, Value } from './database.js';
import {
  type AuditRound,
  HOUSE_ROW,
  type StoredFeedback,
  type StoredFinding,
  type StoredFollowup,
  type StoredPaper,
  type StoredPerson,
} from './house-rows.js';
import { eventCount } from './log.js';
import {
  changedTables,
  type LargeTables,
  readSeal,
  strangeSchema,
  type TableDigests,
  type TablesSeal,
} from './sealed-tables.js';
import {
  type AnswerWord,
  type AskedTags,
  type Attestation,
  type CheckPage,
  type CorrectedCount,
  type Dataset,
  type DealEnd,
  type ErasedTags,
  type HeldWitness,
  type Erasure,
  type HandedOverTags,
  type IncidentNote,
  type LateWord,
  type LogSegment,
  type PageTags,
  type PinnedCard,
  type RememberedFile,
  type Restraint,
  ROW,
  readRow,
  takenIn,
  type Statistic,
  type StoredApproval,
  type StoredBatch,
  type StoredBundle,
  type StoredBuyerNotice,
  type StoredCheck,
  type StoredCheckpoint,
  type StoredDeal,
  type StoredIncident,
  type StoredPage,
  type Spelling,
  type StoredPair,
  type StoredPurge,
  type StoredReceipt,
  type StoredRequest,
  type StoredText,
  type StoredTimestamp,
  type StoredTotals,
  type SubjectMark,
} from './rows.js';

const DATASET = `SELECT id, iif(archive_basis IS NULL, coalesce(further, kind), 'archive') AS kind, content, resource, bundle, file, sha256, bytes, encoding, delimiter, columns, key AS keyId, counts,
  imported, mapping, state, relation, relates_to AS relatesTo, archive_basis AS archiveBasis, archive_since AS archiveSince,
  archive_until AS archiveUntil FROM dataset`;
const CHECK = `SELECT id, datasets, deal, time, pack, ledgers, counts, plan_digest AS planDigest, plan FROM check_run`;
const BUNDLE = `SELECT id, direction, deal, number, manifest_digest AS manifestDigest, manifest, path, sha256, state, time,
  check_run AS 'check', manifest_signature AS manifestSignature FROM bundle`;
const CARD = 'SELECT digest, bytes, signature, compared, state FROM card';
const DEAL = 'SELECT id, digest, bytes, amends FROM deal';
const RESTRAINT = `SELECT id, kind, scope, dataset, basis, until, title, since, persons, reason, opened, opened_by AS openedBy, released,
  released_by AS releasedBy, release_reason AS releaseReason FROM restraint`;
const PURGE = `SELECT id, state, plan_digest AS planDigest, plan, fresh_keys AS freshKeys, certificate,
  certificate_signature AS certificateSignature, outcome, time FROM purge`;
const REQUEST = `SELECT id, tag, kind, requester, verified, received, due, closed, outcome, reason, notice FROM request`;
const NOTICE = `SELECT id, direction, deal, kind, bytes, signature, due, time, completion,
  completion_signature AS completionSignature, completed FROM notice`;
const MARK = 'SELECT tag, kind, purpose, request, dataset, time FROM subject_mark';
const RELEASED = 'ordinal IN (SELECT mark FROM released_word WHERE mark IS NOT NULL)';
const PAPER = 'SELECT id, kind, file, sha256, bytes, signed, signer, deal, time FROM paper';
const TIMESTAMP = 'SELECT ordinal, size, note, request, response, stamped, authority, time FROM timestamp';

/** Events are fetched so many at a time. */
const BATCH = 1000;

/**
 * The half of the store that only looks. Inside a recording it sees what has been written so far. What is iterated is fetched by position,
 * a little at a time, so the store may be changed between two steps. Rows that are not what the writer wrote give WORKSPACE_DAMAGED.
 */
/** Of rejected rows: those that may hold a no and that nobody brought back. */
const UNREAD_NO = 'unread_no = 1 AND corrected_by IS NULL';

/** Everything that has both a row and an event, but for what the event names by a digest of its bytes. */
const WITNESS_ROWS = [
  `SELECT 'card' AS what, digest AS id, compared AS time, 1 AS told, NULL AS ended FROM card`,
  `SELECT 'signature', deal || ' ' || role, NULL, 1, NULL FROM deal_signature`,
  // What came in a bundle is told with it, and proofs of consent with the purge.
  `SELECT 'dataset', id, imported, bundle IS NULL AND resource <> 'proofs', NULL FROM dataset`,
  `SELECT 'check', id, time, 1, NULL FROM check_run`,
  `SELECT 'bundle', id, time, 1, CASE direction WHEN 'out' THEN state NOT IN ('began', 'abandoned') END FROM bundle`,
  `SELECT 'receipt', bundle, time, 1, NULL FROM receipt`,
  `SELECT 'purge', id, time, 1, state = 'done' FROM purge`,
  // That an archive is frozen is told with its import.
  `SELECT 'restraint', id, opened, kind = 'hold' OR dataset IS NULL OR dataset NOT IN
   (SELECT id FROM dataset WHERE archive_basis IS NOT NULL), released IS NOT NULL FROM restraint`,
  `SELECT 'request', id, received, 1, closed IS NOT NULL FROM request`,
  // Whose it is, is told with it.
  `SELECT 'request', id || ' ' || lower(hex(tag)), NULL, 0, NULL FROM request`,
  // A request is told; a word about a person without one came from a file or a notice.
  `SELECT DISTINCT 'mark', request || ' ' || lower(hex(tag)), NULL, 0, NULL FROM subject_mark WHERE request IS NOT NULL`,
  // With the other party it is told with its notice.
  `SELECT 'abort', deal, time, notice IS NULL, NULL FROM deal_end`,
  `SELECT 'incident', id, opened, 1, closed IS NOT NULL FROM incident`,
  `SELECT 'erased', purge || ' ' || (sum(length(tags)) / 16), NULL, 1, NULL FROM erased GROUP BY purge`,
  `SELECT 'pair', lower(hex(first)) || ' ' || lower(hex(second)), time, 1, NULL FROM decided_pair`,
  `SELECT 'batch', id, time, 1, NULL FROM batch`,
  `SELECT 'paper', id, NULL, 1, NULL FROM paper`,
  `SELECT 'people', id, NULL, 1, NULL FROM people`,
].join(' UNION ALL ');

function witness(what: Witness, id: string, time: string | null): HeldWitness {
  return { what, id, time, told: true, ended: null };
}

export class Reader {
  readonly #db: Database;
  /** Datasets of which no row was missing when they were first read. */
  readonly #whole = new Set<string>();
  readonly #large: LargeTables;

  /** Only Workspace makes one. */
  constructor(db: Database, large: LargeTables) {
    this.#db = db;
    this.#large = large;
  }

  /** Pinned cards, oldest first, those that are trusted no longer included. */
  cards(): PinnedCard[] {
    return this.#all(ROW.card, `${CARD} ORDER BY ordinal`);
  }

  card(digest: string): PinnedCard | undefined {
    return this.#one(ROW.card, `${CARD} WHERE digest = ?`, digest);
  }

  /** A deal by its id, in the wording that counts ({@link standingWording}), or by the digest of a wording. */
  deal(idOrDigest: string): StoredDeal | undefined {
    const found = this.#one(ROW.deal, `${DEAL} WHERE digest = ?`, idOrDigest);
    return found === undefined ? standingWording(this.wordings(idOrDigest)) : this.#withSignatures(found);
  }

  /** Every wording that a deal ever had here, oldest first. */
  wordings(id: string): StoredDeal[] {
    return this.#all(ROW.deal, `${DEAL} WHERE id = ? ORDER BY ordinal`, id).map((deal) =>
      this.#withSignatures(deal),
    );
  }

  /** The versions of a deal under which something is or was done: what took effect, in order, or the newest text while nothing has. */
  versions(id: string): StoredDeal[] {
    const wordings = this.wordings(id);
    const versions = versionsOf(wordings);
    return versions.length > 0 ? [...versions] : wordings.slice(-1);
  }

  /** Every deal in the wording that counts, oldest first. */
  deals(): StoredDeal[] {
    const ids = this.#all(ROW.id, 'SELECT id FROM deal GROUP BY id ORDER BY min(ordinal)');
    return ids.flatMap(({ id }) => standingWording(this.wordings(id)) ?? []);
  }

  /** Oldest first. */
  datasets(): Dataset[] {
    return this.#all(ROW.dataset, `${DATASET} ORDER BY ordinal`);
  }

  dataset(id: string): Dataset | undefined {
    return this.#one(ROW.dataset, `${DATASET} WHERE id = ?`, id);
  }

  /** The newest dataset made from a file of this digest. */
  datasetByDigest(sha256: Sha256): Dataset | undefined {
    return this.#one(ROW.dataset, `${DATASET} WHERE sha256 = ? ORDER BY ordinal DESC LIMIT 1`, sha256);
  }

  /**
   * Whether as many records lie in the pages of every dataset as its counts say, and every page has what lies beside it.
   *
   * @returns the first dataset where it is otherwise
   */
  datasetWithoutRows(): Dataset | null {
    return this.datasets().find((dataset) => !this.#hasRows(dataset)) ?? null;
  }

  /** As {@link requireRows} for all of them, where counts are told without reading any row. @throws HandoverError ROWS_MISSING */
  requireAllRows(): void {
    const dataset = this.datasetWithoutRows();
    if (dataset !== null) fail({ code: 'ROWS_MISSING', dataset: dataset.id });
  }

  /** Pages that are gone are no empty dataset: nothing is read of one that lacks some. @throws HandoverError ROWS_MISSING */
  requireRows(id: string): void {
    if (this.#whole.has(id)) return;
    const dataset = this.dataset(id);
    // While it is imported its counts are not known yet.
    if (dataset === undefined) return;
    if (!this.#hasRows(dataset)) fail({ code: 'ROWS_MISSING', dataset: id });
    this.#whole.add(id);
  }

  #hasRows({ id, counts }: Dataset): boolean {
    const sql = `SELECT (SELECT count(*) FROM page WHERE dataset = ?) AS pages, count(*) AS columns,
       coalesce(sum(records), 0) AS records FROM page_columns WHERE dataset = ?`;
    const { pages, columns, records } = readRow(ROW.pageCount, this.#db.get(sql, id, id));
    return pages === columns && records === takenIn(counts) - Number(counts['purged'] ?? 0);
  }

  /** Everything that has both a row and an event. */
  witnesses(): HeldWitness[] {
    const approvals = this.#all(ROW.approved, 'SELECT bytes FROM approval');
    const notices = this.#all(ROW.told, 'SELECT bytes, time FROM notice');
    return [
      ...this.#all(ROW.witness, WITNESS_ROWS),
      ...approvals.map(({ bytes }) => witness('approval', sha256(bytes), null)),
      ...notices.map(({ bytes, time }) => witness('notice', sha256(bytes), time)),
    ];
  }

  /** What was signed last of the tables. */
  tablesSeal(): TablesSeal | null {
    return readSeal(this.#db);
  }

  /** The tables that are not as these digests say, but for some of them. */
  changedTables(digests: TableDigests, except: readonly string[]): readonly string[] {
    return changedTables(this.#db, digests, except);
  }

  /** Triggers and views that this program did not write. */
  strangeSchema(): readonly string[] {
    return strangeSchema(this.#db);
  }

  /** How many words about persons were learned from notices. */
  noticedMarks(): number {
    const sql = 'SELECT count(*) AS number FROM subject_mark WHERE request IS NULL AND dataset IS NULL';
    return readRow(ROW.number, this.#db.get(sql)).number;
  }

  /** How many words about persons were learned from files: from rows that were rejected, and from what was purged since. */
  fileMarks(): number {
    const sql = 'SELECT count(*) AS number FROM subject_mark WHERE dataset IS NOT NULL';
    return readRow(ROW.number, this.#db.get(sql)).number;
  }

  /** The pages of a dataset in order, one in memory at a time. */
  *pages(dataset: string): Generator<StoredPage, void, undefined> {
    this.requireRows(dataset);
    yield* this.#following(
      ROW.page,
      `SELECT number, records, sealed, tags FROM page JOIN page_columns USING (dataset, number)
       WHERE dataset = ? AND number > ? ORDER BY number LIMIT 1`,
      dataset,
    );
  }

  /** One page, for looking at one record. */
  page(dataset: string, number: number): StoredPage | undefined {
    this.requireRows(dataset);
    return this.#one(
      ROW.page,
      'SELECT number, records, sealed, tags FROM page JOIN page_columns USING (dataset, number) WHERE dataset = ? AND number = ?',
      dataset,
      number,
    );
  }

  /** The packed tags of a dataset in order. Does not touch the sealed pages. */
  *pageTags(dataset: string): Generator<PageTags, void, undefined> {
    this.requireRows(dataset);
    yield* this.#following(
      ROW.pageTags,
      'SELECT number, records, tags FROM page_columns WHERE dataset = ? AND number > ? ORDER BY number LIMIT 1',
      dataset,
    );
  }

  /** The packed tags of one page. */
  pageTagsAt(dataset: string, number: number): Uint8Array {
    this.requireRows(dataset);
    const sql = 'SELECT tags FROM page_columns WHERE dataset = ? AND number = ?';
    return this.#one(ROW.tags, sql, dataset, number)?.tags ?? new Uint8Array(0);
  }

  check(id: string): StoredCheck | undefined {
    return this.#one(ROW.check, `${CHECK} WHERE id = ?`, id);
  }

  /**
   * The newest check of exactly these datasets.
   *
   * @param deal digest of the deal's wording
   */
  latestCheck(deal: Sha256, datasets: readonly string[]): StoredCheck | undefined {
    const sql = `${CHECK} WHERE deal = ? AND datasets = ? ORDER BY ordinal DESC LIMIT 1`;
    return this.#one(ROW.check, sql, deal, canonicalJson(datasets));
  }

  /** Every run of the check, oldest first. */
  checks(): StoredCheck[] {
    return this.#all(ROW.check, `${CHECK} ORDER BY ordinal`);
  }

  /** The reasons of one dataset's pages, in order. */
  *checkPages(check: string, dataset: string): Generator<CheckPage, void, undefined> {
    this.#large.require('check_page');
    yield* this.#following(
      ROW.checkPage,
      `SELECT dataset, number, reason_sets AS reasonSets, stays FROM check_page WHERE check_run = ? AND dataset = ? AND number > ? ORDER BY number LIMIT 1`,
      check,
      dataset,
    );
  }

  /** In how many of these lines of a customer file a row was rejected. */
  countRejected(dataset: string, lines: readonly number[]): number {
    this.#large.require('rejected_row');
    const sql =
      'SELECT count(*) AS rows FROM rejected_row WHERE dataset = ? AND line IN (SELECT value FROM json_each(?))';
    return this.#one(ROW.rows, sql, dataset, canonicalJson(lines))?.rows ?? 0;
  }

  /** In how many rejected rows of a file somebody may say no whom they do not name, as far as no other file brought them back. */
  countUnreadNoes(dataset: string): number {
    this.#large.require('rejected_row');
    const sql = `SELECT count(*) AS rows FROM rejected_row WHERE dataset = ? AND ${UNREAD_NO}`;
    return this.#one(ROW.rows, sql, dataset)?.rows ?? 0;
  }

  /** The lines of the first of them, in order. */
  unreadNoes(dataset: string, limit: number): readonly number[] {
    this.#large.require('rejected_row');
    const sql = `SELECT line AS number FROM rejected_row WHERE dataset = ? AND ${UNREAD_NO} ORDER BY line LIMIT ?`;
    return this.#all(ROW.number, sql, dataset, limit).map(({ number }) => number);
  }

  /** How many rejected rows of a customer file others brought back, by the code of the first error. */
  correctedRows(dataset: string, others: readonly string[]): CorrectedCount[] {
    this.#large.require('rejected_row');
    return this.#all(
      ROW.correctedCount,
      `SELECT code, count(*) AS corrected FROM rejected_row
       WHERE dataset = ? AND corrected_by IN (SELECT value FROM json_each(?)) GROUP BY code ORDER BY code`,
      dataset,
      canonicalJson(others),
    );
  }

  /** In the order in which they were given. */
  approvals(planDigest: Sha256): StoredApproval[] {
    return this.#all(
      ROW.approval,
      `SELECT plan_digest AS planDigest, approver, bytes, signature FROM approval WHERE plan_digest = ? ORDER BY ordinal`,
      planDigest,
    );
  }

  /** Oldest first. */
  bundles(): StoredBundle[] {
    return this.#all(ROW.bundle, `${BUNDLE} ORDER BY ordinal`);
  }

  bundle(id: string): StoredBundle | undefined {
    return this.#one(ROW.bundle, `${BUNDLE} WHERE id = ?`, id);
  }

  receipt(bundle: string): StoredReceipt | undefined {
    const sql = 'SELECT bundle, bytes, signature, direction, time FROM receipt WHERE bundle = ?';
    return this.#one(ROW.receipt, sql, bundle);
  }

  /** Remembered files, oldest first. */
  files(): RememberedFile[] {
    return this.#all(
      ROW.file,
      'SELECT path, sha256, bytes, kind, time, dataset, gone FROM file ORDER BY ordinal',
    );
  }

  /** The log from an event on, or from where it begins once its beginning was pruned. */
  *events(from: number = FIRST_SEQ): Generator<LoggedEvent, void, undefined> {
    for (const { event } of this.storedEvents(from)) yield event;
  }

  /** The log with the leaf hashes that were stored when it was written, for verifyLog() to compute again. */
  *storedEvents(from: number = FIRST_SEQ): Generator<Required<Omit<StoredEvent, 'bytes'>>, void, undefined> {
    for (const row of this.#log('seq, time, card, operator, action, objects, details, leaf', from)) {
      const { card, operator, leaf, ...rest } = readRow(eventRow, row);
      yield { event: { ...rest, actor: { card, operator } }, leaf };
    }
  }

  /** Number of events that were ever logged, pruned ones included: the size of the log's tree. */
  eventCount(): number {
    return eventCount(this.#db);
  }

  /**
   * What replaces the pruned beginning of the log in its tree; an empty range where nothing was pruned. Events, leaves and proofs go on
   * from its end.
   */
  pruned(): CompactRange {
    const last = this.segments().at(-1);
    if (last === undefined) return CompactRange.of(0);
    const range = readPruned(last.range);
    if (range?.end !== last.upto - FIRST_SEQ) return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    return range;
  }

  /** The leaf hashes as they were stored, 32 bytes each: what a checkpoint is made from, with {@link pruned} before them. */
  *leaves(from: number = FIRST_SEQ): Generator<Uint8Array, void, undefined> {
    for (const row of this.#log('seq, leaf', from)) yield readRow(leafRow, row).leaf;
  }

  /** Signed notes, oldest first. */
  checkpoints(): StoredCheckpoint[] {
    return this.#all(ROW.checkpoint, 'SELECT ordinal, size, note FROM checkpoint ORDER BY ordinal');
  }

  /** The last signed note. */
  lastCheckpoint(): StoredCheckpoint | undefined {
    return this.#one(
      ROW.checkpoint,
      'SELECT ordinal, size, note FROM checkpoint ORDER BY ordinal DESC LIMIT 1',
    );
  }

  /** Every run of the check over a dataset, alone or with others, oldest first. */
  checksOf(dataset: string): StoredCheck[] {
    return this.checks().filter(({ datasets, counts }) => {
      const { tables } = counts;
      return datasets.includes(dataset) || (Array.isArray(tables) && tables.includes(dataset));
    });
  }

  /** The reasons of one page of a dataset in a check. */
  checkPage(check: string, dataset: string, number: number): CheckPage | undefined {
    this.#large.require('check_page');
    const sql =
      'SELECT dataset, number, reason_sets AS reasonSets, stays FROM check_page WHERE check_run = ? AND dataset = ? AND number = ?';
    return this.#one(ROW.checkPage, sql, check, dataset, number);
  }

  /** Holds and freezes, released ones included, oldest first. */
  restraints(): Restraint[] {
    return this.#all(ROW.restraint, `${RESTRAINT} ORDER BY ordinal`);
  }

  restraint(id: string): Restraint | undefined {
    return this.#one(ROW.restraint, `${RESTRAINT} WHERE id = ?`, id);
  }

  /** Tags of the persons that a restraint of the scope `subjects` covers. */
  restraintTags(id: string): Uint8Array[] {
    const sql = 'SELECT tag FROM restraint_subject WHERE restraint = ? ORDER BY tag';
    return this.#all(ROW.tag, sql, id).map((row) => row.tag);
  }

  /** Oldest first. */
  purges(): StoredPurge[] {
    return this.#all(ROW.purge, `${PURGE} ORDER BY ordinal`);
  }

  purge(id: string): StoredPurge | undefined {
    return this.#one(ROW.purge, `${PURGE} WHERE id = ?`, id);
  }

  /** The sorted tags for which a purge was planned; none where it is not about persons, or is done. */
  purgeSubjects(purge: string): Uint8Array {
    const row = this.#one(ROW.purgeSubjects, 'SELECT tags FROM purge_subject WHERE purge = ?', purge);
    return row?.tags ?? new Uint8Array(0);
  }

  /** Every purge of the erasure ledger, oldest first: our own, and those that are known by their ledger file only. */
  erasures(): Erasure[] {
    return this.#all(
      ROW.erasure,
      `SELECT id AS purge, time FROM purge WHERE id IN (SELECT purge FROM erased)
       UNION SELECT purge, planned AS time FROM erased_ledger ORDER BY time, purge`,
    );
  }

  /** The erasure ledger of one purge, a page of sorted tags at a time. */
  *erased(purge: string): Generator<ErasedTags, void, undefined> {
    this.#large.require('erased');
    yield* this.#following(
      ROW.erased,
      'SELECT number, tags FROM erased WHERE purge = ? AND number > ? ORDER BY number LIMIT 1',
      purge,
    );
  }

  /** Who went in a bundle, a piece of the tags at a time. */
  *handedOver(bundle: string): Generator<HandedOverTags, void, undefined> {
    this.#large.require('handed_over');
    yield* this.#following(
      ROW.handedOver,
      'SELECT number, tags FROM handed_over WHERE bundle = ? AND number > ? ORDER BY number LIMIT 1',
      bundle,
    );
  }

  /** Oldest first. */
  attestations(): Attestation[] {
    return this.#all(ROW.attestation, 'SELECT place, state, person, time FROM attestation ORDER BY ordinal');
  }

  /** What firms were shown of the list, oldest first. */
  shownTotals(): StoredTotals[] {
    return this.#all(
      ROW.shownTotals,
      'SELECT digest, shown_to AS shownTo, totals, time FROM shown_totals ORDER BY ordinal',
    );
  }

  statistics(): Statistic[] {
    return this.#all(ROW.statistic, 'SELECT purge, dataset, counts FROM statistic ORDER BY purge, dataset');
  }

  /** Oldest first, without those that turned out to be about somebody else. */
  lateWords(): LateWord[] {
    return this.#all(
      ROW.lateWord,
      `SELECT deal, subject, kind, found FROM late_word
       WHERE ordinal NOT IN (SELECT late FROM released_word WHERE late IS NOT NULL) ORDER BY ordinal`,
    );
  }

  /** Oldest first, without those that turned out to be about somebody else. */
  subjectMarks(): SubjectMark[] {
    return this.#all(ROW.subjectMark, `${MARK} WHERE NOT ${RELEASED} ORDER BY ordinal`);
  }

  /** Those that turned out to be about somebody else, oldest first. */
  releasedMarks(): SubjectMark[] {
    return this.#all(ROW.subjectMark, `${MARK} WHERE ${RELEASED} ORDER BY ordinal`);
  }

  /** How the numbers are spelled of those who said no or asked to be erased. */
  spellings(): Spelling[] {
    return this.#all(ROW.spelling, 'SELECT tag, sealed FROM spelling ORDER BY tag');
  }

  /** Every decision on two persons who look like one, oldest first. */
  decidedPairs(): StoredPair[] {
    return this.#all(
      ROW.decidedPair,
      'SELECT first, second, decision, person, time FROM decided_pair ORDER BY ordinal',
    );
  }

  /** A text to customers by its digest. */
  text(digest: string): StoredText | undefined {
    return this.#one(ROW.text, 'SELECT digest, deal, kind, bytes, time FROM text WHERE digest = ?', digest);
  }

  /** Every text to customers, oldest first. */
  texts(): StoredText[] {
    return this.#all(ROW.text, 'SELECT digest, deal, kind, bytes, time FROM text ORDER BY time, digest');
  }

  /** What was sent to customers under whatever version of a deal, oldest first. @param deal id */
  batches(deal: string): StoredBatch[] {
    return this.#all(
      ROW.batch,
      `SELECT id, deal, text, channel, persons, time FROM batch
       WHERE deal IN (SELECT digest FROM deal WHERE id = ?) ORDER BY ordinal`,
      deal,
    );
  }

  /** Who was sent a text in a batch. */
  *asked(batch: string): Generator<AskedTags, void, undefined> {
    this.#large.require('asked');
    yield* this.#following(
      ROW.asked,
      'SELECT number, tags FROM asked WHERE batch = ? AND number > ? ORDER BY number LIMIT 1',
      batch,
    );
  }

  /** Words that were added to the vocabulary of answers, oldest first. */
  answerWords(): AnswerWord[] {
    return this.#all(ROW.answerWord, 'SELECT word, meaning, person, time FROM answer_word ORDER BY ordinal');
  }

  /** Oldest first. */
  requests(): StoredRequest[] {
    return this.#all(ROW.request, `${REQUEST} ORDER BY ordinal`);
  }

  request(id: string): StoredRequest | undefined {
    return this.#one(ROW.request, `${REQUEST} WHERE id = ?`, id);
  }

  /** Oldest first. */
  notices(): StoredBuyerNotice[] {
    return this.#all(ROW.notice, `${NOTICE} ORDER BY ordinal`);
  }

  notice(id: string): StoredBuyerNotice | undefined {
    return this.#one(ROW.notice, `${NOTICE} WHERE id = ?`, id);
  }

  /** Whether a deal was ended, whatever its version was then. @param deal digest of a wording */
  dealEnd(deal: Sha256): DealEnd | undefined {
    const sql = `SELECT deal, kind, reason, notice, time FROM deal_end
      WHERE deal IN (SELECT digest FROM deal WHERE id = (SELECT id FROM deal WHERE digest = ?)) LIMIT 1`;
    return this.#one(ROW.dealEnd, sql, deal);
  }

  /** Oldest first. */
  incidents(): StoredIncident[] {
    return this.#all(ROW.incident, 'SELECT id, facts, opened, closed FROM incident ORDER BY ordinal');
  }

  /** What was noted on an incident, oldest first. */
  incidentNotes(incident: string): IncidentNote[] {
    const sql = 'SELECT incident, facts, person, time FROM incident_note WHERE incident = ? ORDER BY ordinal';
    return this.#all(ROW.incidentNote, sql, incident);
  }

  /** Signed papers without their bytes, oldest first. */
  papers(): StoredPaper[] {
    return this.#all(HOUSE_ROW.paper, `${PAPER} ORDER BY ordinal`);
  }

  /** The sealed bytes of a paper. */
  sealedPaper(id: string): Uint8Array | undefined {
    return this.#one(HOUSE_ROW.sealed, 'SELECT sealed FROM paper WHERE id = ?', id)?.sealed;
  }

  /** Oldest first, those who left included. */
  people(): StoredPerson[] {
    return this.#all(
      HOUSE_ROW.people,
      'SELECT id, name, role, facts, since, gone FROM people ORDER BY ordinal',
    );
  }

  /** Oldest first. */
  feedback(): StoredFeedback[] {
    return this.#all(
      HOUSE_ROW.feedback,
      'SELECT id, kind, file, sha256, counts, time FROM feedback ORDER BY ordinal',
    );
  }

  /** By the day on which they are due. */
  followups(): StoredFollowup[] {
    return this.#all(
      HOUSE_ROW.followup,
      'SELECT id, deal, kind, counts, owner, due, done, note FROM followup ORDER BY due, ordinal',
    );
  }

  /** Oldest first. */
  auditRounds(): AuditRound[] {
    return this.#all(HOUSE_ROW.round, 'SELECT time, counts FROM audit_round ORDER BY ordinal');
  }

  /** Oldest first, closed ones included. */
  findings(): StoredFinding[] {
    return this.#all(
      HOUSE_ROW.finding,
      'SELECT id, source, about, owner, due, found, seen, closed, how FROM finding ORDER BY ordinal',
    );
  }

  /** Oldest first. */
  timestamps(): StoredTimestamp[] {
    return this.#all(ROW.timestamp, `${TIMESTAMP} ORDER BY ordinal`);
  }

  /** Pruned beginnings of the log, oldest first; the last one is in force. */
  segments(): LogSegment[] {
    return this.#all(ROW.segment, 'SELECT upto, range, note, time FROM log_segment ORDER BY ordinal');
  }

  *#log(columns: string, from: number): Generator<unknown, void, undefined> {
    const sql = `SELECT ${columns} FROM event WHERE seq >= ? ORDER BY seq LIMIT ${BATCH}`;
    for (let next = from; ; ) {
      const rows = this.#db.all(sql, next);
      yield* rows;
      if (rows.length < BATCH) return;
      next = readRow(seqRow, rows.at(-1)).seq + 1;
    }
  }

  *#following<T extends { readonly number: number }>(
    schema: z.ZodType<T>,
    sql: string,
    ...owner: readonly string[]
  ): Generator<T, void, undefined> {
    for (let last = -1; ; ) {
      const row = this.#one(schema, sql, ...owner, last);
      if (row === undefined) return;
      yield row;
      last = row.number;
    }
  }

  #withSignatures(deal: Omit<StoredDeal, 'signatures'>): StoredDeal {
    const sql = 'SELECT role, signature, card FROM deal_signature WHERE deal = ? ORDER BY role DESC';
    return { ...deal, signatures: this.#all(ROW.dealSignature, sql, deal.digest) };
  }

  #one<T>(schema: z.ZodType<T>, sql: string, ...values: Value[]): T | undefined {
    const row = this.#db.get(sql, ...values);
    return row === undefined ? undefined : readRow(schema, row);
  }

  #all<T>(schema: z.ZodType<T>, sql: string, ...values: Value[]): T[] {
    return this.#db.all(sql, ...values).map((row) => readRow(schema, row));
  }
}

const objects = z.record(z.string(), z.string());
const parsed = z.string().transform((text): Json => JSON.parse(text));
const seqRow = z.object({ seq: z.int() });
const leafRow = z.object({ leaf: z.instanceof(Uint8Array) });
const eventRow = z.object({
  seq: z.int(),
  time: z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null),
  card: z.string(),
  operator: z.string(),
  action: z.enum(EVENT_ACTIONS),
  objects: parsed.pipe(objects),
  details: parsed,
  leaf: z.instanceof(Uint8Array),
});
