import { closeSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { claimedCheckpoint } from '../audit/checkpoint.js';
import type { EventDraft } from '../audit/event.js';
import type { CompactRange } from '../audit/merkle.js';
import type { LogSigner } from '../audit/own-log.js';
import type { Sha256 } from '../base/crypto.js';
import { fail } from '../messages/error.js';
import { Database } from './database.js';
import { DATABASE_NAME } from './find-workspace.js';
import { appendCheckpoint, appendEvent, eventCount, type Stamp } from './log.js';
import { readLogTip, replaceLogTip } from './log-tip.js';
import { Reader } from './reader.js';
import { type Patterns, type ScanResult, scanFolder } from './remnants.js';
import { readRow } from './columns.js';
import { PARTY_ROW, type WorkspaceInfo } from './party-rows.js';
import { digestsOfLarge, LargeTables, readSeal, sealTables, type TableDigests } from './sealed-tables.js';
import { noteDraftsIn, sweepDrafts } from './drafts.js';
import { DRAFTS, inspectFolder, tidyFolder } from './workspace-folder.js';
import { Writer } from './writer.js';

export type { Stamp } from './log.js';
export type { Reader } from './reader.js';
export type { WorkspaceInfo } from './party-rows.js';
export { findWorkspace, isWorkspace } from './find-workspace.js';
export { createWorkspace, type NewWorkspace } from './workspace-folder.js';
export type { Writer } from './writer.js';

/**
 * Opens the workspace at `dir` and keeps it for this process until it is closed.
 *
 * @throws HandoverError WORKSPACE_NOT_FOUND, WORKSPACE_OPEN_TO_OTHERS, WORKSPACE_LOCKED, WORKSPACE_VERSION, WORKSPACE_DAMAGED
 */
export function openWorkspace(dir: string): Workspace {
  inspectFolder(dir);
  const db = Database.open(join(dir, DATABASE_NAME));
  try {
    tidyFolder(dir);
    const row = db.get(
      `SELECT id, role, environment, created, lang, card_digest AS cardDigest, card, card_signature AS cardSignature FROM workspace`,
    );
    if (row === undefined) fail({ code: 'WORKSPACE_DAMAGED', name: DATABASE_NAME });
    noteDraftsIn(join(realpathSync(dir), DRAFTS));
    return new Workspace(dir, readRow(PARTY_ROW.workspace, row), db);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What a large change does: see {@link Workspace.recording}. */
export type RecordingKind = 'adding' | 'replacing';

/** An open workspace. Everybody may look; whoever changes it says which event that is. */
export class Workspace {
  readonly dir: string;
  readonly info: WorkspaceInfo;
  readonly read: Reader;
  readonly #db: Database;
  #writer: Writer | null = null;
  readonly #held: number[] = [];
  #signer: LogSigner | null = null;
  /** The tree over the log as it is, once something was signed. */
  #tree: CompactRange | null = null;
  #isTipOld = false;
  /** Digests of the tables as they are, but for those in `#changed`; null where all have to be read. */
  #digests: TableDigests | null = null;
  readonly #changed = new Set<string>();
  readonly #large: LargeTables;

  /** Use openWorkspace(). */
  constructor(dir: string, info: WorkspaceInfo, db: Database) {
    this.dir = dir;
    this.info = info;
    this.#large = new LargeTables(db);
    this.read = new Reader(db, this.#large);
    this.#db = db;
  }

  /**
   * Makes a change and logs it, both or neither. The change must be done when it returns: one that goes on over time needs
   * {@link recording}.
   */
  record<T>(stamp: Stamp, event: EventDraft, change: (write: Writer) => T): T {
    const writer = this.#begin();
    try {
      const result = change(writer);
      if (isPromise(result)) throw new Error('a recorded change must not be asynchronous: use recording');
      this.#commit(writer, stamp, event);
      return result;
    } catch (error) {
      this.#undo(writer);
      throw error;
    }
  }

  /**
   * As {@link record}, for a change that arrives over time and knows its event at the end. One at a time. It stays only if `run` ends with
   * an event; on any failure nothing of it does, and memory does not grow with it.
   *
   * @param kind `adding` where almost all of it is new: it is then written to disk once instead of twice. Not for what replaces or deletes,
   *   of which a copy would be made that nothing overwrites.
   */
  async recording<T>(
    stamp: Stamp,
    kind: RecordingKind,
    run: (write: Writer) => Promise<{ readonly event: EventDraft; readonly result: T }>,
  ): Promise<T> {
    if (kind === 'replacing') return this.#recording(stamp, run);
    if (this.#writer !== null) throw new Error('a recording is under way');
    this.#db.writeInPlace();
    try {
      return await this.#recording(stamp, run);
    } finally {
      this.#logAgain();
    }
  }

  async #recording<T>(
    stamp: Stamp,
    run: (write: Writer) => Promise<{ readonly event: EventDraft; readonly result: T }>,
  ): Promise<T> {
    const writer = this.#begin();
    try {
      const { event, result } = await run(writer);
      this.#commit(writer, stamp, event);
      return result;
    } catch (error) {
      this.#undo(writer);
      throw error;
    }
  }

  /** From now on each event is signed in the transaction that writes it. */
  signWith(signer: LogSigner): void {
    this.#signer = signer;
    this.#digests = this.#signedDigests();
  }

  /** Whether events are signed. */
  get isSigning(): boolean {
    return this.#signer !== null;
  }

  /** Drafts in clear that a killed command left outside the workspace and that cannot be removed. */
  get draftsLeft(): readonly string[] {
    return sweepDrafts(join(this.dir, DRAFTS));
  }

  /** The tip of the log, for verifyOwnLog(). */
  get tip(): string | null {
    return readLogTip(this.dir);
  }

  /** Signs the log as it is, unless its last checkpoint already says so. @returns the note */
  checkpoint(): string {
    if (this.#writer !== null) throw new Error('a recording is under way');
    const last = this.read.log.lastCheckpoint();
    if (last?.size === this.read.log.eventCount()) return last.note;
    return this.#sign() ?? '';
  }

  /** Writes the database anew, so that its file holds nothing of what was deleted. Changes nothing that can be read. */
  compact(): void {
    if (this.#writer !== null) throw new Error('a recording is under way');
    this.#db.compact();
  }

  /**
   * Searches every file of the workspace for remnants. The database's own file is read through descriptors that stay open until it is
   * closed: to close one earlier would give up its lock.
   *
   * @param advance told how many more bytes were searched
   */
  scan(patterns: Patterns, skip: ReadonlySet<string>, advance: (bytes: number) => void): ScanResult {
    return scanFolder(this.dir, patterns, { skip, hold: (file) => this.#held.push(file), advance });
  }

  /** Length of the database and of its log, in bytes. */
  get bytes(): number {
    return ['', '-wal'].reduce((sum, end) => {
      const about = statSync(join(this.dir, `${DATABASE_NAME}${end}`), { throwIfNoEntry: false });
      return sum + (about?.size ?? 0);
    }, 0);
  }

  /** Gives the workspace up. A recording under way is undone. */
  close(): void {
    noteDraftsIn(null);
    this.#writer?.close();
    this.#writer = null;
    this.#replaceTip();
    this.#db.close();
    for (const file of this.#held.splice(0)) closeSync(file);
  }

  #begin(): Writer {
    if (this.#writer !== null) throw new Error('a recording is under way');
    this.#db.run('BEGIN IMMEDIATE');
    this.#writer = new Writer(this.#db, (table, owner) => {
      this.#large.changing(table, owner);
      this.#changed.add(table);
    });
    return this.#writer;
  }

  /** A disk that is full may forbid it. The journal then stays for this process, and what was recorded is recorded all the same. */
  #logAgain(): void {
    try {
      this.#db.writeByLog();
    } catch {}
  }

  #commit(writer: Writer, stamp: Stamp, event: EventDraft): void {
    if (this.#writer !== writer || !writer.isSound)
      throw new Error('a change of which a part failed is not kept');
    writer.close();
    const tree = this.#tree;
    const leaf = appendEvent(this.#db, stamp, event);
    // The tree is read from the store once, this event included.
    tree?.append(leaf);
    this.#sign();
    this.#db.run('COMMIT');
    this.#writer = null;
  }

  #sign(): string | null {
    const signer = this.#signer;
    if (signer === null) {
      this.#tree = null;
      return null;
    }
    const tree = this.#treeNow();
    const note = signer.checkpoint(tree.end, tree.root());
    appendCheckpoint(this.#db, tree.end, note);
    const sign = (root: Sha256): string => signer.tables(tree.end, root);
    this.#digests = sealTables(this.#db, {
      known: this.#digests,
      changed: this.#changed,
      large: this.#large,
      sign,
    });
    this.#changed.clear();
    this.#isTipOld = true;
    return note;
  }

  /** What was signed of the tables: after an event without the keys, which may change small ones, that of the large ones alone. */
  #signedDigests(): TableDigests | null {
    const seal = readSeal(this.#db);
    if (seal === null) return null;
    const isLast = claimedCheckpoint(seal.note)?.size === eventCount(this.#db);
    return isLast ? seal.digests : digestsOfLarge(seal.digests);
  }

  #treeNow(): CompactRange {
    if (this.#tree !== null) return this.#tree;
    const tree = this.read.log.pruned();
    for (const leaf of this.read.log.leaves()) tree.append(leaf);
    this.#tree = tree;
    return tree;
  }

  /** After a transaction that was undone, the tip is that of the log as it was before. */
  #replaceTip(): void {
    if (this.#signer === null || !this.#isTipOld) return;
    const tree = this.#treeNow();
    replaceLogTip(this.dir, this.#signer.tip(tree.end, tree.root()));
    this.#isTipOld = false;
  }

  #undo(writer: Writer): void {
    writer.close();
    if (this.#writer !== writer) return;
    this.#writer = null;
    this.#tree = null;
    if (this.#db.inTransaction) this.#db.run('ROLLBACK');
    this.#changed.clear();
    this.#large.forget();
    this.#digests = this.#signer === null ? null : this.#signedDigests();
  }
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
