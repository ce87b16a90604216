import type { Sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { standingWording, versionsOf } from '../deal/versions.js';
import { fail } from '../messages/error.js';
import { BUNDLE_ROW, type HandedOverTags, type StoredBundle, type StoredReceipt } from './bundle-rows.js';
import { CampaignReader } from './campaign-reader.js';
import {
  CHECK_ROW,
  type CheckPage,
  type StoredApproval,
  type StoredCheck,
  type StoredTotals,
} from './check-rows.js';
import { numberRow } from './columns.js';
import type { Database } from './database.js';
import {
  type CorrectedCount,
  type Dataset,
  DATASET_ROW,
  type PageTags,
  type RememberedFile,
  type StoredPage,
  takenIn,
} from './dataset-rows.js';
import { DEAL_ROW, type DealEnd, type StoredDeal } from './deal-rows.js';
import { HouseReader } from './house-reader.js';
import { INCIDENT_ROW, type IncidentNote, type StoredIncident } from './incident-rows.js';
import { LogReader } from './log-reader.js';
import { PARTY_ROW, type PinnedCard } from './party-rows.js';
import { PersonsReader } from './persons-reader.js';
import { Query } from './query.js';
import { RetentionReader } from './retention-reader.js';
import type { LargeTables } from './sealed-tables.js';

const DATASET = `SELECT id, iif(archive_basis IS NULL, coalesce(further, kind), 'archive') AS kind, content, resource, bundle, file, sha256, bytes, encoding, delimiter, columns, key AS keyId, counts,
  imported, mapping, state, relation, relates_to AS relatesTo, archive_basis AS archiveBasis, archive_since AS archiveSince,
  archive_until AS archiveUntil FROM dataset`;
const CHECK = `SELECT id, datasets, deal, time, pack, ledgers, counts, plan_digest AS planDigest, plan FROM check_run`;
const BUNDLE = `SELECT id, direction, deal, number, manifest_digest AS manifestDigest, manifest, path, sha256, state, time,
  check_run AS 'check', manifest_signature AS manifestSignature FROM bundle`;
const CARD = 'SELECT digest, bytes, signature, compared, state FROM card';
const DEAL = 'SELECT id, digest, bytes, amends FROM deal';

/** Of rejected rows: those that may hold a no and that nobody brought back. */
const UNREAD_NO = 'unread_no = 1 AND corrected_by IS NULL';

/**
 * The half of the store that only looks. Inside a recording it sees what has been written so far. What is iterated is fetched by position,
 * a little at a time, so the store may be changed between two steps. Rows that are not what the writer wrote give WORKSPACE_DAMAGED.
 *
 * What belongs to one matter alone has a reader of its own; here are cards, deals, datasets, checks, bundles and incidents, which every
 * matter asks for.
 */
export class Reader {
  readonly log: LogReader;
  readonly house: HouseReader;
  readonly campaign: CampaignReader;
  readonly persons: PersonsReader;
  readonly retention: RetentionReader;
  readonly #query: Query;
  readonly #large: LargeTables;
  /** Datasets of which no row was missing when they were first read. */
  readonly #whole = new Set<string>();

  /** Only Workspace makes one. */
  constructor(db: Database, large: LargeTables) {
    const query = new Query(db);
    this.#query = query;
    this.#large = large;
    this.log = new LogReader(query, db);
    this.house = new HouseReader(query);
    this.campaign = new CampaignReader(query, large);
    this.persons = new PersonsReader(query);
    this.retention = new RetentionReader(query, large);
  }

  /** Pinned cards, oldest first, those that are trusted no longer included. */
  cards(): PinnedCard[] {
    return this.#query.all(PARTY_ROW.card, `${CARD} ORDER BY ordinal`);
  }

  card(digest: string): PinnedCard | undefined {
    return this.#query.one(PARTY_ROW.card, `${CARD} WHERE digest = ?`, digest);
  }

  /** A deal by its id, in the wording that counts ({@link standingWording}), or by the digest of a wording. */
  deal(idOrDigest: string): StoredDeal | undefined {
    const found = this.#query.one(DEAL_ROW.deal, `${DEAL} WHERE digest = ?`, idOrDigest);
    return found === undefined ? standingWording(this.wordings(idOrDigest)) : this.#withSignatures(found);
  }

  /** Every wording that a deal ever had here, oldest first. */
  wordings(id: string): StoredDeal[] {
    return this.#query
      .all(DEAL_ROW.deal, `${DEAL} WHERE id = ? ORDER BY ordinal`, id)
      .map((deal) => this.#withSignatures(deal));
  }

  /** The versions of a deal under which something is or was done: what took effect, in order, or the newest text while nothing has. */
  versions(id: string): StoredDeal[] {
    const wordings = this.wordings(id);
    const versions = versionsOf(wordings);
    return versions.length > 0 ? [...versions] : wordings.slice(-1);
  }

  /** Every deal in the wording that counts, oldest first. */
  deals(): StoredDeal[] {
    const ids = this.#query.all(DEAL_ROW.id, 'SELECT id FROM deal GROUP BY id ORDER BY min(ordinal)');
    return ids.flatMap(({ id }) => standingWording(this.wordings(id)) ?? []);
  }

  /** Oldest first. */
  datasets(): Dataset[] {
    return this.#query.all(DATASET_ROW.dataset, `${DATASET} ORDER BY ordinal`);
  }

  dataset(id: string): Dataset | undefined {
    return this.#query.one(DATASET_ROW.dataset, `${DATASET} WHERE id = ?`, id);
  }

  /** The newest dataset made from a file of this digest. */
  datasetByDigest(sha256: Sha256): Dataset | undefined {
    return this.#query.one(
      DATASET_ROW.dataset,
      `${DATASET} WHERE sha256 = ? ORDER BY ordinal DESC LIMIT 1`,
      sha256,
    );
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
    const { pages, columns, records } = this.#query.sole(DATASET_ROW.pageCount, sql, id, id);
    return pages === columns && records === takenIn(counts) - Number(counts['purged'] ?? 0);
  }

  /** The pages of a dataset in order, one in memory at a time. */
  *pages(dataset: string): Generator<StoredPage, void, undefined> {
    this.requireRows(dataset);
    yield* this.#query.following(
      DATASET_ROW.page,
      `SELECT number, records, sealed, tags FROM page JOIN page_columns USING (dataset, number)
       WHERE dataset = ? AND number > ? ORDER BY number LIMIT 1`,
      dataset,
    );
  }

  /** One page, for looking at one record. */
  page(dataset: string, number: number): StoredPage | undefined {
    this.requireRows(dataset);
    return this.#query.one(
      DATASET_ROW.page,
      'SELECT number, records, sealed, tags FROM page JOIN page_columns USING (dataset, number) WHERE dataset = ? AND number = ?',
      dataset,
      number,
    );
  }

  /** The packed tags of a dataset in order. Does not touch the sealed pages. */
  *pageTags(dataset: string): Generator<PageTags, void, undefined> {
    this.requireRows(dataset);
    yield* this.#query.following(
      DATASET_ROW.pageTags,
      'SELECT number, records, tags FROM page_columns WHERE dataset = ? AND number > ? ORDER BY number LIMIT 1',
      dataset,
    );
  }

  /** The packed tags of one page. */
  pageTagsAt(dataset: string, number: number): Uint8Array {
    this.requireRows(dataset);
    const sql = 'SELECT tags FROM page_columns WHERE dataset = ? AND number = ?';
    return this.#query.one(DATASET_ROW.tags, sql, dataset, number)?.tags ?? new Uint8Array(0);
  }

  check(id: string): StoredCheck | undefined {
    return this.#query.one(CHECK_ROW.check, `${CHECK} WHERE id = ?`, id);
  }

  /**
   * The newest check of exactly these datasets.
   *
   * @param deal digest of the deal's wording
   */
  latestCheck(deal: Sha256, datasets: readonly string[]): StoredCheck | undefined {
    const sql = `${CHECK} WHERE deal = ? AND datasets = ? ORDER BY ordinal DESC LIMIT 1`;
    return this.#query.one(CHECK_ROW.check, sql, deal, canonicalJson(datasets));
  }

  /** Every run of the check, oldest first. */
  checks(): StoredCheck[] {
    return this.#query.all(CHECK_ROW.check, `${CHECK} ORDER BY ordinal`);
  }

  /** The reasons of one dataset's pages, in order. */
  *checkPages(check: string, dataset: string): Generator<CheckPage, void, undefined> {
    this.#large.require('check_page');
    yield* this.#query.following(
      CHECK_ROW.checkPage,
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
    return this.#query.one(DATASET_ROW.rows, sql, dataset, canonicalJson(lines))?.rows ?? 0;
  }

  /** In how many rejected rows of a file somebody may say no whom they do not name, as far as no other file brought them back. */
  countUnreadNoes(dataset: string): number {
    this.#large.require('rejected_row');
    const sql = `SELECT count(*) AS rows FROM rejected_row WHERE dataset = ? AND ${UNREAD_NO}`;
    return this.#query.one(DATASET_ROW.rows, sql, dataset)?.rows ?? 0;
  }

  /** The lines of the first of them, in order. */
  unreadNoes(dataset: string, limit: number): readonly number[] {
    this.#large.require('rejected_row');
    const sql = `SELECT line AS number FROM rejected_row WHERE dataset = ? AND ${UNREAD_NO} ORDER BY line LIMIT ?`;
    return this.#query.all(numberRow, sql, dataset, limit).map(({ number }) => number);
  }

  /** How many rejected rows of a customer file others brought back, by the code of the first error. */
  correctedRows(dataset: string, others: readonly string[]): CorrectedCount[] {
    this.#large.require('rejected_row');
    return this.#query.all(
      DATASET_ROW.correctedCount,
      `SELECT code, count(*) AS corrected FROM rejected_row
       WHERE dataset = ? AND corrected_by IN (SELECT value FROM json_each(?)) GROUP BY code ORDER BY code`,
      dataset,
      canonicalJson(others),
    );
  }

  /** In the order in which they were given. */
  approvals(planDigest: Sha256): StoredApproval[] {
    return this.#query.all(
      CHECK_ROW.approval,
      `SELECT plan_digest AS planDigest, approver, bytes, signature FROM approval WHERE plan_digest = ? ORDER BY ordinal`,
      planDigest,
    );
  }

  /** Oldest first. */
  bundles(): StoredBundle[] {
    return this.#query.all(BUNDLE_ROW.bundle, `${BUNDLE} ORDER BY ordinal`);
  }

  bundle(id: string): StoredBundle | undefined {
    return this.#query.one(BUNDLE_ROW.bundle, `${BUNDLE} WHERE id = ?`, id);
  }

  receipt(bundle: string): StoredReceipt | undefined {
    const sql = 'SELECT bundle, bytes, signature, direction, time FROM receipt WHERE bundle = ?';
    return this.#query.one(BUNDLE_ROW.receipt, sql, bundle);
  }

  /** Remembered files, oldest first. */
  files(): RememberedFile[] {
    return this.#query.all(
      DATASET_ROW.file,
      'SELECT path, sha256, bytes, kind, time, dataset, gone FROM file ORDER BY ordinal',
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
    return this.#query.one(CHECK_ROW.checkPage, sql, check, dataset, number);
  }

  /** Who went in a bundle, a piece of the tags at a time. */
  *handedOver(bundle: string): Generator<HandedOverTags, void, undefined> {
    this.#large.require('handed_over');
    yield* this.#query.following(
      BUNDLE_ROW.handedOver,
      'SELECT number, tags FROM handed_over WHERE bundle = ? AND number > ? ORDER BY number LIMIT 1',
      bundle,
    );
  }

  /** What firms were shown of the list, oldest first. */
  shownTotals(): StoredTotals[] {
    return this.#query.all(
      CHECK_ROW.shownTotals,
      'SELECT digest, shown_to AS shownTo, totals, time FROM shown_totals ORDER BY ordinal',
    );
  }

  /** Whether a deal was ended, whatever its version was then. @param deal digest of a wording */
  dealEnd(deal: Sha256): DealEnd | undefined {
    const sql = `SELECT deal, kind, reason, notice, time FROM deal_end
      WHERE deal IN (SELECT digest FROM deal WHERE id = (SELECT id FROM deal WHERE digest = ?)) LIMIT 1`;
    return this.#query.one(DEAL_ROW.dealEnd, sql, deal);
  }

  /** Oldest first. */
  incidents(): StoredIncident[] {
    return this.#query.all(
      INCIDENT_ROW.incident,
      'SELECT id, facts, opened, closed FROM incident ORDER BY ordinal',
    );
  }

  /** What was noted on an incident, oldest first. */
  incidentNotes(incident: string): IncidentNote[] {
    const sql = 'SELECT incident, facts, person, time FROM incident_note WHERE incident = ? ORDER BY ordinal';
    return this.#query.all(INCIDENT_ROW.incidentNote, sql, incident);
  }

  #withSignatures(deal: Omit<StoredDeal, 'signatures'>): StoredDeal {
    const sql = 'SELECT role, signature, card FROM deal_signature WHERE deal = ? ORDER BY role DESC';
    return { ...deal, signatures: this.#query.all(DEAL_ROW.dealSignature, sql, deal.digest) };
  }
}
