import type { Sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import type { Instant } from '../base/time.js';
import type { Database, Value } from './database.js';
import { appendCheckpoint } from './log.js';
import type {
  BundleState,
  Dataset,
  RememberedFile,
  StoredApproval,
  StoredBundle,
  StoredCheck,
  StoredPage,
  StoredReceipt,
} from './rows.js';

/** What {@link Writer.addDataset} is given: an import names no bundle. */
export type NewDataset = Omit<Dataset, 'bundle'> & { readonly bundle?: string | null };

/** What {@link Writer.rememberFile} is given. */
export type NewFile = Omit<RememberedFile, 'dataset'> & { readonly dataset?: string | null };

/**
 * The half of the store that changes it. It exists only inside Workspace.record and Workspace.recording, where the change is named by an
 * event and is kept with that event or not at all. Kept for later it refuses.
 */
export class Writer {
  readonly #db: Database;
  #state: 'open' | 'failed' | 'closed' = 'open';

  /** Only Workspace makes one. */
  constructor(db: Database) {
    this.#db = db;
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
       ON CONFLICT (digest) DO UPDATE SET signature = excluded.signature, compared = excluded.compared`,
      digest,
      bytes,
      signature,
      compared,
    );
  }

  /** Keeps a wording of a deal and makes it the current one of its id. */
  putDeal(id: string, digest: Sha256, bytes: Uint8Array): void {
    this.#run(
      `INSERT INTO deal (ordinal, digest, id, bytes) SELECT coalesce(max(ordinal), 0) + 1, ?, ?, ? FROM deal WHERE true
       ON CONFLICT (digest) DO UPDATE SET ordinal = excluded.ordinal`,
      digest,
      id,
      bytes,
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
       mapping) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      dataset.id,
      dataset.kind,
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

  addCheck(check: StoredCheck): void {
    this.#run(
      `INSERT INTO check_run (id, dataset, deal, time, pack, ledgers, counts, plan_digest, plan) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      check.id,
      check.dataset,
      check.deal,
      check.time,
      check.pack,
      canonicalJson(check.ledgers),
      canonicalJson(check.counts),
      check.planDigest,
      check.plan,
    );
  }

  /** @param page number of a page of the check's dataset, and four bytes of reasons for each of its records */
  addCheckPage(page: { readonly check: string; readonly number: number; readonly masks: Uint8Array }): void {
    this.#run(
      'INSERT INTO check_page (check_run, number, masks) VALUES (?, ?, ?)',
      page.check,
      page.number,
      page.masks,
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

  addBundle(bundle: StoredBundle): void {
    this.#run(
      `INSERT INTO bundle (id, direction, deal, number, manifest_digest, manifest, path, sha256, state, time)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    );
  }

  /** Moves a bundle on; what is known of it by then is told with it. */
  setBundleState(
    id: string,
    state: BundleState,
    known: Partial<Pick<StoredBundle, 'sha256' | 'manifestDigest' | 'manifest'>> = {},
  ): void {
    const changed = this.#run(
      `UPDATE bundle SET state = ?, sha256 = coalesce(?, sha256), manifest_digest = coalesce(?, manifest_digest),
       manifest = coalesce(?, manifest) WHERE id = ?`,
      state,
      known.sha256 ?? null,
      known.manifestDigest ?? null,
      known.manifest ?? null,
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

  /** Keeps a signed note over the log as it was before this transaction, or an earlier size not below the last note's. */
  addCheckpoint(size: number, note: string): void {
    this.#guarded(() => appendCheckpoint(this.#db, size, note));
  }

  #run(sql: string, ...values: Value[]): number {
    return this.#guarded(() => this.#db.run(sql, ...values));
  }

  /** After a failure nothing more is written: a change of which a part failed is not kept, even if its maker looks away. */
  #guarded<T>(write: () => T): T {
    if (!this.isSound) throw new Error('the store is written only inside record or recording');
    try {
      return write();
    } catch (error) {
      this.#state = 'failed';
      throw error;
    }
  }
}
