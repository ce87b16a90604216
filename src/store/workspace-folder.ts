import { chmodSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { EventDraft } from '../audit/event.js';
import { CompactRange } from '../audit/merkle.js';
import { LOG_TIP, type LogSigner } from '../audit/own-log.js';
import { utf8 } from '../base/bytes.js';
import type { Sha256 } from '../base/crypto.js';
import { fail, HandoverError } from '../messages/error.js';
import { Database } from './database.js';
import { errnoOf, translateErrno } from './errno.js';
import { isWindows, renameHeld } from './platform.js';
import { DATABASE_NAME, isThere } from './find-workspace.js';
import { sweepLeftovers, syncFolder, writeNew } from './files.js';
import { appendCheckpoint, appendEvent, type Stamp } from './log.js';
import { sweepDrafts } from './drafts.js';
import type { WorkspaceInfo } from './party-rows.js';
import { LargeTables, sealTables } from './sealed-tables.js';

/** Everything a new workspace begins with, its first event included. */
export interface NewWorkspace {
  readonly info: WorkspaceInfo;
  /** The secret identity as it goes to disk. */
  readonly identityFile: Uint8Array;
  /** `identity.age` (the default) for a stock age file, `identity.txt` for one that is not encrypted. */
  readonly identityName?: 'identity.age' | 'identity.txt';
  /** Name of the party's card in the exchange folder, `jia.card.json`; none is written without it. */
  readonly cardName?: string;
  /** What emptyVault() of vault.ts makes. */
  readonly vaultFile: Uint8Array;
  readonly stamp: Stamp;
  readonly event: EventDraft;
  /** Signs that event. */
  readonly signer: LogSigner;
}

/** In the folder while it is being made, and only then. */
const BUILDING = '.handover-init';

/**
 * Makes a workspace that is there whole or not at all. A folder that does not exist is built beside its place and renamed; an empty one is
 * filled so that its database, without which it is no workspace, comes last: it may be the folder that somebody's shell is in.
 *
 * @throws HandoverError WORKSPACE_EXISTS for a folder that is not empty, WORKSPACE_NO_MODES, and the problems of writing
 */
export function createWorkspace(dir: string, made: NewWorkspace): void {
  const folder = resolve(dir);
  const name = basename(folder);
  try {
    if (!isThere(folder)) {
      mkdirSync(dirname(folder), { recursive: true });
      const building = join(dirname(folder), `.${name}.handover-init`);
      rmSync(building, { recursive: true, force: true });
      build(building, made);
      renameHeld(building, folder);
      syncFolder(dirname(folder));
    } else {
      fill(realpathSync(folder), made, name);
    }
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error) ?? ''))
      fail({ code: 'WORKSPACE_EXISTS', folder: name });
    throw translateErrno(error, name);
  }
}

function fill(folder: string, made: NewWorkspace, name: string): void {
  const building = join(folder, BUILDING);
  const there = readdirSync(folder);
  // A creation that was killed while it moved its parts: what lies here without a database is its own.
  if (there.includes(BUILDING) && !there.includes(DATABASE_NAME)) {
    for (const part of ['keys', 'exchange', LOG_TIP, BUILDING])
      rmSync(join(folder, part), { recursive: true, force: true });
  }
  if (readdirSync(folder).length > 0) fail({ code: 'WORKSPACE_EXISTS', folder: name });
  chmodSync(folder, 0o700);
  build(building, made);
  for (const part of ['keys', 'exchange', LOG_TIP, DATABASE_NAME])
    renameHeld(join(building, part), join(folder, part));
  syncFolder(folder);
  rmSync(building, { recursive: true });
}

/** Builds a workspace whole, or takes back what there is of it, the secret key first of all. */
function build(folder: string, made: NewWorkspace): void {
  try {
    buildParts(folder, made);
    requireModes(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function buildParts(folder: string, made: NewWorkspace): void {
  mkdirSync(folder, { mode: 0o700 });
  for (const part of ['keys', 'exchange']) mkdirSync(join(folder, part), { mode: 0o700 });
  writeNew(join(folder, 'keys', made.identityName ?? 'identity.age'), made.identityFile);
  writeNew(join(folder, 'keys', 'vault.keys'), made.vaultFile);
  syncFolder(join(folder, 'keys'));
  if (made.cardName !== undefined) {
    const card = join(folder, 'exchange', made.cardName);
    writeNew(card, made.info.card);
    writeNew(`${card}.minisig`, utf8(made.info.cardSignature));
    syncFolder(join(folder, 'exchange'));
  }
  // SQLite gives its log the mode of the database, so the database must have the right one before it is filled.
  writeNew(join(folder, DATABASE_NAME), new Uint8Array(0));
  const db = Database.create(join(folder, DATABASE_NAME));
  try {
    db.run('BEGIN IMMEDIATE');
    insertInfo(db, made.info);
    const tree = CompactRange.of(0);
    tree.append(appendEvent(db, made.stamp, made.event));
    appendCheckpoint(db, tree.end, made.signer.checkpoint(tree.end, tree.root()));
    const sign = (root: Sha256): string => made.signer.tables(tree.end, root);
    sealTables(db, { known: null, changed: new Set(), large: new LargeTables(db), sign });
    db.run('COMMIT');
    writeNew(join(folder, LOG_TIP), utf8(made.signer.tip(tree.end, tree.root())));
  } finally {
    db.close();
  }
  syncFolder(folder);
}

/**
 * Refuses a file system on which others could read what was just made for one person alone: exFAT, FAT, some network disks. There every
 * later command would refuse the workspace.
 *
 * @throws HandoverError WORKSPACE_NO_MODES
 */
function requireModes(folder: string): void {
  try {
    inspectFolder(folder);
  } catch (error) {
    if (error instanceof HandoverError && error.problem.code === 'WORKSPACE_OPEN_TO_OTHERS')
      fail({ code: 'WORKSPACE_NO_MODES' });
    throw error;
  }
}

function insertInfo(db: Database, info: WorkspaceInfo): void {
  db.run(
    `INSERT INTO workspace (one, id, role, environment, created, lang, card_digest, card, card_signature)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)`,
    info.id,
    info.role,
    info.environment,
    info.created,
    info.lang,
    info.cardDigest,
    info.card,
    info.cardSignature,
  );
}

/**
 * Refuses a workspace of which others on the computer can read or change anything that matters. The folder itself is enough to keep them
 * out; the files are looked at as well because folders get opened up by hand, and copies lose their folder.
 *
 * @throws HandoverError WORKSPACE_NOT_FOUND, WORKSPACE_OPEN_TO_OTHERS
 */
export function inspectFolder(dir: string): void {
  try {
    if (!isThere(join(dir, DATABASE_NAME)))
      fail({ code: 'WORKSPACE_NOT_FOUND', folder: basename(resolve(dir)) });
    // Windows has no such bits; there a user's folder is the user's by default.
    if (isWindows()) return;
    const keys = readdirSync(join(dir, 'keys')).map((name) => join('keys', name));
    for (const name of [
      '.',
      DATABASE_NAME,
      `${DATABASE_NAME}-wal`,
      `${DATABASE_NAME}-journal`,
      'keys',
      ...keys,
    ]) {
      const about = statSync(join(dir, name), { throwIfNoEntry: false });
      if (about !== undefined && (about.mode & 0o077) !== 0)
        fail({ code: 'WORKSPACE_OPEN_TO_OTHERS', name: name === '.' ? basename(resolve(dir)) : name });
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') fail({ code: 'WORKSPACE_DAMAGED', name: 'keys' });
    throw translateErrno(error, basename(resolve(dir)));
  }
}

/** Notes of drafts that lie outside the workspace. */
export const DRAFTS = 'drafts';

/** Clears what killed commands left in the workspace, and beside the files that they wrote elsewhere. Only its holder, who has the lock, may. */
export function tidyFolder(dir: string): void {
  sweepLeftovers(dir);
  sweepLeftovers(join(dir, 'exchange'));
  sweepDrafts(join(dir, DRAFTS));
  rmSync(join(dir, BUILDING), { recursive: true, force: true });
}
