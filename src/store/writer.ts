import type { Sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import type { Instant } from '../base/time.js';
import { isFurtherTable } from '../messages/tables.js';
import type { BundleState, HandedOverTags, StoredBundle, StoredReceipt } from './bundle-rows.js';
import { CampaignWriter } from './campaign-writer.js';
import type { CheckPage, StoredApproval, StoredCheck, StoredTotals } from './check-rows.js';
import type { Counts } from './columns.js';
import type { Database, Value } from './database.js';
import type { Dataset, RememberedFile, StoredPage } from './dataset-rows.js';
import type { DealEnd, StoredDeal } from './deal-rows.js';
import { HouseWriter } from './house-writer.js';
import type { IncidentNote, StoredIncident } from './incident-rows.js';
import { LogWriter } from './log-writer.js';
import type { CardState } from './party-rows.js';
import { PersonsWriter } from './persons-writer.js';
import { RetentionWriter } from './retention-writer.js';
import { tableChangedBy } from './sealed-tables.js';

/** What {@link Writer.addDataset} is given: an import names no bundle, and only a customer file relates to others. */
export type NewDataset = Omit<Dataset, 'state' | OptionalOfDataset> &
  Partial<Pick<Dataset, OptionalOfDataset>>;
type OptionalOfDataset =
  | 'bundle'
  | 'relation'
  | 'relatesTo'
  | 'archiveBasis'
  | 'archiveSince'
  | 'archiveUntil';

/** What {@link Writer.rememberFile} is given. */
export type NewFile = Omit<RememberedFile, 'dataset' | 'gone'> & { readonly dataset?: string | null };

/** What {@link Writer.addBundle} is given: a bundle that came in carries out no check of ours. */
export type NewBundle = Omit<StoredBundle, 'check' | 'manifestSignature'> &
  Partial<Pick<StoredBundle, 'check' | 'manifestSignature'>>;

/** A row of a file that was rejected. */
export interface RejectedLine {
  /** On which it begins. */
  readonly line: number;
  /** Of its first error. */
  readonly code: string;
  /** Whether it may hold a no of somebody whom it does not name. */
  readonly isUnreadNo: boolean;
}

/**
 * The half of the store that changes it. It exists only inside Workspace.record and Workspace.recording, where the change is named by an
 * event and is kept with that event or not at all. Kept for later it refuses.
 */
export class Writer {
  readonly #db: Database;
  /** Told of each table before it is changed, and of whose rows there if that is said. */
  readonly #changes: (table: string, owner: string | null) => void;
  /** The table of each statement. */
  readonly #tables = new Map<string, string | null>();
  #state: 'open' | 'failed' | 'closed' = 'open';
  readonly campaign: CampaignWriter;
  readonly house: HouseWriter;
  readonly persons: PersonsWriter;
  readonly retention: RetentionWriter;
  readonly log: LogWriter;

  /** Only Workspace makes one. */
  constructor(db: Database, changes: (table: string, owner: string | null) => void) {
    this.#db = db;
    this.#changes = changes;
    const door = {
      run: (sql: string, ...values: Value[]) => this.#run(sql, ...values),
      runOf: (owner: string, sql: string, ...values: Value[]) => this.#runOf(owner, sql, ...values),
      changeOne: (sql: string, ...values: Value[]) => this.#changeOne(sql, ...values),
    };
    this.campaign = new CampaignWriter(door);
    this.house = new HouseWriter(door);
    this.persons = new PersonsWriter(door);
    this.retention = new RetentionWriter(door);
    this.log = new LogWriter(door);
  }

  /** Whether everything that was asked for was written. */
  get isSound(): boolean {
    return this.#state === 'open' && this.#db.inTransaction;
  }

  /** Ends the writer's life. Only Workspace calls it. */
  close(): void {
    this.#state = 'closed';
  }

  /** Pins another party's card. @param compared when its fingerprint was compared */
  putCard(digest: Sha256, bytes: Uint8Array, signature: string, compared: Instant): void {
    this.#run(
      `INSERT INTO card (digest, bytes, signature, compared) VALUES (?, ?, ?, ?)
       ON CONFLICT (digest) DO UPDATE SET signature = excluded.signature, compared = excluded.compared, state = 'trusted'`,
      digest,
      bytes,
      signature,
      compared,
    );
  }

  /** Says that a pinned card is trusted no longer. */
  setCardState(digest: Sha256, state: Exclude<CardState, 'trusted'>): void {
    this.#run('UPDATE card SET state = ? WHERE digest = ?', state, digest);
  }

  /** Keeps a wording of a deal, as the newest of its id. */
  putDeal({ id, digest, bytes, amends }: Omit<StoredDeal, 'signatures'>): void {
    this.#run(
      `INSERT INTO deal (ordinal, digest, id, bytes, amends) SELECT coalesce(max(ordinal), 0) + 1, ?, ?, ?, ? FROM deal WHERE true
       ON CONFLICT (digest) DO UPDATE SET ordinal = excluded.ordinal`,
      digest,
      id,
      bytes,
      amends,
    );
  }

  /** Keeps a party's signature under a wording; a party that signs it again replaces its own. */
  addDealSignature(deal: Sha256, role: 'seller' | 'buyer', signature: string, card: Sha256): void {
    this.#run(
      `INSERT INTO deal_signature (deal, role, signature, card) VALUES (?, ?, ?, ?)
       ON CONFLICT (deal, role) DO UPDATE SET signature = excluded.signature, card = excluded.card`,
      deal,
      role,
      signature,
      card,
    );
  }

  /** Its pages may come before it, in the same transaction. */
  addDataset(dataset: NewDataset): void {
    this.#run(
      `INSERT INTO dataset (id, kind, content, resource, bundle, file, sha256, bytes, encoding, delimiter, columns, key, counts, imported,
       mapping, relation, relates_to, further, archive_basis, archive_since, archive_until)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      dataset.id,
      // The column knows the two kinds of the first schema; what came later has a column of its own.
      dataset.kind === 'consents' ? 'consents' : 'customers',
      dataset.content,
      dataset.resource,
      dataset.bundle ?? null,
      dataset.file,
      dataset.sha256,
      dataset.bytes,
      dataset.encoding,
      dataset.delimiter,
      canonicalJson(dataset.columns),
      dataset.keyId,
      canonicalJson(dataset.counts),
      dataset.imported,
      dataset.mapping,
      dataset.relation ?? null,
      dataset.relatesTo ?? null,
      isFurtherTable(dataset.kind) ? dataset.kind : null,
      dataset.archiveBasis ?? null,
      dataset.archiveSince ?? null,
      dataset.archiveUntil ?? null,
    );
  }

  /** Keeps a sealed page. The bytes are copied: the caller may use its buffers again. */
  addPage(page: StoredPage & { readonly dataset: string }): void {
    const { dataset, number, records, sealed, tags } = page;
    this.#run('INSERT INTO page (dataset, number, sealed) VALUES (?, ?, ?)', dataset, number, sealed);
    this.#run(
      'INSERT INTO page_columns (dataset, number, records, tags) VALUES (?, ?, ?, ?)',
      dataset,
      number,
      records,
      tags,
    );
  }

  /** Keeps that rows of a file were rejected. */
  addRejectedRows(dataset: string, rows: readonly RejectedLine[]): void {
    // Those that are alike at once: a file whose every row is wrong would cost more here than anywhere else.
    const alike = new Map<string, { readonly row: RejectedLine; readonly lines: number[] }>();
    for (const row of rows) {
      const name = `${row.code} ${row.isUnreadNo}`;
      const same = alike.get(name);
      if (same === undefined) alike.set(name, { row, lines: [row.line] });
      else same.lines.push(row.line);
    }
    for (const { row, lines } of alike.values())
      this.#runOf(
        dataset,
        'INSERT INTO rejected_row (dataset, line, code, unread_no) SELECT ?, value, ?, ? FROM json_each(?)',
        dataset,
        row.code,
        row.isUnreadNo ? 1 : 0,
        canonicalJson(lines),
      );
  }

  /** Says that a dataset brought a rejected row back. A line that was not rejected, or came back before, changes nothing. */
  setRowCorrected(dataset: string, line: number, correctedBy: string): void {
    this.#runOf(
      dataset,
      'UPDATE rejected_row SET corrected_by = ? WHERE dataset = ? AND line = ? AND corrected_by IS NULL',
      correctedBy,
      dataset,
      line,
    );
  }

  addCheck(check: StoredCheck): void {
    this.#run(
      `INSERT INTO check_run (id, datasets, deal, time, pack, ledgers, counts, plan_digest, plan) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      check.id,
      canonicalJson(check.datasets),
      check.deal,
      check.time,
      check.pack,
      canonicalJson(check.ledgers),
      canonicalJson(check.counts),
      check.planDigest,
      check.plan,
    );
  }

  /** @param page of one of the check's datasets, and four bytes of reasons for each of its records, and of what stays */
  addCheckPage(page: CheckPage & { readonly check: string }): void {
    this.#runOf(
      page.check,
      'INSERT INTO check_page (check_run, dataset, number, reason_sets, stays) VALUES (?, ?, ?, ?, ?)',
      page.check,
      page.dataset,
      page.number,
      page.reasonSets,
      page.stays,
    );
  }

  /** Keeps an approval. @returns false, and the first one stays, if this approver already approved the plan */
  addApproval(
    planDigest: Sha256,
    bytes: Uint8Array,
    signature: string,
    approver: StoredApproval['approver'],
  ): boolean {
    return (
      this.#run(
        `INSERT INTO approval (plan_digest, approver, bytes, signature) VALUES (?, ?, ?, ?)
         ON CONFLICT (plan_digest, approver) DO NOTHING`,
        planDigest,
        approver,
        bytes,
        signature,
      ) === 1
    );
  }

  addBundle(bundle: NewBundle): void {
    this.#run(
      `INSERT INTO bundle (id, direction, deal, number, manifest_digest, manifest, path, sha256, state, time, check_run,
       manifest_signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      bundle.id,
      bundle.direction,
      bundle.deal,
      bundle.number,
      bundle.manifestDigest,
      bundle.manifest,
      bundle.path,
      bundle.sha256,
      bundle.state,
      bundle.time,
      bundle.check ?? null,
      bundle.manifestSignature ?? null,
    );
  }

  /** Moves a bundle on; what is known of it by then is told with it. */
  setBundleState(
    id: string,
    state: BundleState,
    known: Partial<Pick<StoredBundle, 'sha256' | 'manifestDigest' | 'manifest' | 'manifestSignature'>> = {},
  ): void {
    const changed = this.#run(
      `UPDATE bundle SET state = ?, sha256 = coalesce(?, sha256), manifest_digest = coalesce(?, manifest_digest),
       manifest = coalesce(?, manifest), manifest_signature = coalesce(?, manifest_signature) WHERE id = ?`,
      state,
      known.sha256 ?? null,
      known.manifestDigest ?? null,
      known.manifest ?? null,
      known.manifestSignature ?? null,
      id,
    );
    if (changed !== 1) throw new Error('there is no such bundle');
  }

  addReceipt(receipt: StoredReceipt): void {
    this.#run(
      'INSERT INTO receipt (bundle, bytes, signature, direction, time) VALUES (?, ?, ?, ?, ?)',
      receipt.bundle,
      receipt.bytes,
      receipt.signature,
      receipt.direction,
      receipt.time,
    );
  }

  /** Remembers a file outside the database that may hold personal data. */
  rememberFile(file: NewFile): void {
    this.#run(
      'INSERT INTO file (path, sha256, bytes, kind, time, dataset) VALUES (?, ?, ?, ?, ?, ?)',
      file.path,
      file.sha256,
      file.bytes,
      file.kind,
      file.time,
      file.dataset ?? null,
    );
  }

  /**
   * Replaces a page by what stays of it, sealed under a fresh key, together with the verdicts of every check of its dataset; a page of which
   * nothing stays is removed.
   */
  replacePage(
    page: StoredPage & { readonly dataset: string },
    verdicts: readonly (Pick<CheckPage, 'reasonSets' | 'stays'> & { readonly check: string })[],
  ): void {
    const { dataset, number, records } = page;
    this.#run('DELETE FROM page WHERE dataset = ? AND number = ?', dataset, number);
    if (records > 0) this.addPage(page);
    for (const { check, reasonSets, stays } of verdicts) {
      if (reasonSets.length > 0)
        this.#runOf(
          check,
          'UPDATE check_page SET reason_sets = ?, stays = ? WHERE check_run = ? AND dataset = ? AND number = ?',
          reasonSets,
          stays,
          check,
          dataset,
          number,
        );
      else
        this.#runOf(
          check,
          'DELETE FROM check_page WHERE check_run = ? AND dataset = ? AND number = ?',
          check,
          dataset,
          number,
        );
    }
  }

  /** Names the key under which a dataset's pages are sealed from now on, and whether records are left. */
  setDatasetKey(dataset: string, keyId: string, state: Dataset['state']): void {
    this.#changeOne('UPDATE dataset SET key = ?, state = ? WHERE id = ?', keyId, state, dataset);
  }

  /** Says anew what is counted of a dataset: its import's counts, with what was purged since. */
  setDatasetCounts(dataset: string, counts: Counts): void {
    this.#changeOne('UPDATE dataset SET counts = ? WHERE id = ?', canonicalJson(counts), dataset);
  }

  /** Says that a remembered file was shredded. */
  setFileGone(path: string, sha256: Sha256, gone: Instant): void {
    this.#run('UPDATE file SET gone = ? WHERE path = ? AND sha256 = ? AND gone IS NULL', gone, path, sha256);
  }

  /** Keeps who goes in a bundle. */
  addHandedOver(bundle: string, { number, tags }: HandedOverTags): void {
    const sql = 'INSERT INTO handed_over (bundle, number, tags) VALUES (?, ?, ?)';
    this.#runOf(bundle, sql, bundle, number, tags);
  }

  /** Forgets who was to go in a bundle that nobody got. */
  removeHandedOver(bundle: string): void {
    this.#runOf(bundle, 'DELETE FROM handed_over WHERE bundle = ?', bundle);
  }

  addShownTotals({ digest, shownTo, totals, time }: StoredTotals): void {
    this.#run(
      'INSERT INTO shown_totals (digest, shown_to, totals, time) VALUES (?, ?, ?, ?)',
      digest,
      shownTo,
      canonicalJson(totals),
      time,
    );
  }

  addDealEnd({ deal, kind, reason, notice, time }: DealEnd): void {
    this.#run(
      'INSERT INTO deal_end (deal, kind, reason, notice, time) VALUES (?, ?, ?, ?, ?)',
      deal,
      kind,
      reason,
      notice,
      time,
    );
  }

  addIncident({ id, facts, opened }: Omit<StoredIncident, 'closed'>): void {
    this.#run('INSERT INTO incident (id, facts, opened) VALUES (?, ?, ?)', id, canonicalJson(facts), opened);
  }

  addIncidentNote({ incident, facts, person, time }: IncidentNote): void {
    this.#run(
      'INSERT INTO incident_note (incident, facts, person, time) VALUES (?, ?, ?, ?)',
      incident,
      canonicalJson(facts),
      person,
      time,
    );
  }

  closeIncident(id: string, closed: Instant): void {
    this.#changeOne('UPDATE incident SET closed = ? WHERE id = ? AND closed IS NULL', closed, id);
  }

  #changeOne(sql: string, ...values: Value[]): void {
    this.#guarded(sql, () => {
      if (this.#db.run(sql, ...values) !== 1) throw new Error('there is no such row');
    });
  }

  #run(sql: string, ...values: Value[]): number {
    return this.#guarded(sql, () => this.#db.run(sql, ...values));
  }

  /** As #run, for rows of one owner in a table that grows with the list. */
  #runOf(owner: string, sql: string, ...values: Value[]): number {
    return this.#guarded(sql, () => this.#db.run(sql, ...values), owner);
  }

  #note(sql: string, owner: string | null): void {
    const known = this.#tables.get(sql);
    const table = known === undefined ? tableChangedBy(sql) : known;
    this.#tables.set(sql, table);
    if (table !== null) this.#changes(table, owner);
  }

  /** After a failure nothing more is written: a change of which a part failed is not kept, even if its maker looks away. */
  #guarded<T>(sql: string, write: () => T, owner: string | null = null): T {
    if (!this.isSound) throw new Error('the store is written only inside record or recording');
    this.#note(sql, owner);
    try {
      return write();
    } catch (error) {
      this.#state = 'failed';
      throw error;
    }
  }
}
