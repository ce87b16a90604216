import { linkSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hex, utf8 } from '../base/bytes.js';
import { newSecretKey, type Random, type SecretKey, seal, secretFromHex, unseal } from '../base/crypto.js';
import { canonicalJson, readJson } from '../base/json.js';
import { howToRead } from '../base/shape.js';
import { fail, HandoverError } from '../messages/error.js';
import { lacksLinks, translateErrno } from './errno.js';
import { renameHeld, unlinkHeld } from './platform.js';
import { eraseFile, readOwn, syncFolder, writeNew } from './files.js';

const FORMAT = 'handover.vault/1';
const CONTEXT = 'handover vault';
const LIMIT = 16 * 1024 * 1024;
const NAME = 'vault.keys';

const vaultSchema = z.strictObject({
  format: z.literal(FORMAT),
  keys: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});

/** A data key and the name under which the vault finds it again. */
export interface DataKey {
  readonly id: string;
  readonly key: SecretKey;
}

/** The vault of a new workspace, as it goes to disk. */
export function emptyVault(workspaceKey: SecretKey, random: Random): Uint8Array {
  return sealed(new Map(), workspaceKey, random);
}

/**
 * The data keys, apart from the database that holds what they seal: destroying a key erases every copy of the records at once, whatever
 * happened to their blocks on disk. That is true only while no old version of this file survives, so each rewrite overwrites its
 * predecessor. The holder of the vault holds the workspace's lock.
 */
export class Vault {
  readonly #dir: string;
  readonly #workspaceKey: SecretKey;
  readonly #random: Random;
  readonly #keys: Map<string, SecretKey>;

  private constructor(dir: string, workspaceKey: SecretKey, random: Random, keys: Map<string, SecretKey>) {
    this.#dir = dir;
    this.#workspaceKey = workspaceKey;
    this.#random = random;
    this.#keys = keys;
  }

  /**
   * @param dir the workspace folder
   * @throws HandoverError VAULT_DAMAGED if the file is missing, damaged, or sealed under another key
   */
  static open(dir: string, workspaceKey: SecretKey, random: Random): Vault {
    const keysDir = join(dir, 'keys');
    finishRewrite(keysDir);
    return new Vault(keysDir, workspaceKey, random, opened(join(keysDir, NAME), workspaceKey));
  }

  /**
   * Makes a data key. It is on disk when this returns, so nothing is ever sealed under a key that a crash could lose.
   *
   * @param purpose what it is for: lower-case letters, digits and hyphens; the key's id is `<purpose>-<16 hexadecimal digits>`
   * @param key one that was made already
   */
  newKey(purpose: string, key: SecretKey = newSecretKey(this.#random)): DataKey {
    return this.#add(purpose, key);
  }

  /**
   * Keeps a key that somebody else made, under a purpose as {@link newKey} names it. A key that is kept already is not kept twice.
   *
   * @returns `isNew`: whether it is kept since now
   */
  keep(purpose: string, key: SecretKey): DataKey & { readonly isNew: boolean } {
    for (const [id, known] of this.#keys)
      if (id.startsWith(`${purpose}-`) && Buffer.compare(known, key) === 0)
        return { id, key: known, isNew: false };
    return { ...this.#add(purpose, key), isNew: true };
  }

  /** @throws HandoverError VAULT_KEY_GONE if there is no such key, or no longer */
  get(id: string): SecretKey {
    return this.#keys.get(id) ?? fail({ code: 'VAULT_KEY_GONE', key: id });
  }

  has(id: string): boolean {
    return this.#keys.has(id);
  }

  /** Names of all keys. */
  ids(): string[] {
    return [...this.#keys.keys()];
  }

  /**
   * Destroys a key: it is neither in the file nor, as far as the file system lets a program reach, in the blocks that the file had.
   *
   * @throws HandoverError VAULT_KEY_GONE
   */
  destroyKey(id: string): void {
    this.get(id);
    this.destroyKeys([id]);
  }

  /** As {@link destroyKey}, several at once; what is gone already is passed over, so that a killed run can be made again. */
  destroyKeys(ids: readonly string[]): void {
    const doomed = new Set(ids.filter((id) => this.#keys.has(id)));
    if (doomed.size === 0) return;
    this.#rewrite(new Map([...this.#keys].filter(([id]) => !doomed.has(id))));
    for (const id of doomed) {
      this.#keys.get(id)?.fill(0);
      this.#keys.delete(id);
    }
  }

  #add(purpose: string, key: SecretKey): DataKey {
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(purpose)) throw new Error('not a purpose of a data key');
    const id = `${purpose}-${hex(this.#random(8))}`;
    this.#rewrite(new Map([...this.#keys, [id, key]]));
    this.#keys.set(id, key);
    return { id, key };
  }

  /**
   * The old file keeps another name until its blocks are overwritten, so that a crash at any point leaves the vault whole and the old
   * blocks findable: {@link finishRewrite} ends what was begun.
   */
  #rewrite(keys: ReadonlyMap<string, SecretKey>): void {
    const current = join(this.#dir, NAME);
    const next = join(this.#dir, NEXT);
    const former = join(this.#dir, FORMER);
    finishRewrite(this.#dir);
    try {
      writeNew(next, sealed(keys, this.#workspaceKey, this.#random));
      keepFormer(current, former);
      syncFolder(this.#dir);
      renameHeld(next, current);
      syncFolder(this.#dir);
      eraseFile(former);
      syncFolder(this.#dir);
    } catch (error) {
      giveUpRewrite(this.#dir);
      throw translateErrno(error, NAME);
    }
  }
}

const NEXT = `.${NAME}.next`;
const FORMER = `.${NAME}.former`;

/**
 * Gives the current file its second name. A file system without links (exFAT, some network disks) moves it there: until the next file has
 * its name, {@link finishRewrite} moves it back.
 */
function keepFormer(current: string, former: string): void {
  try {
    linkSync(current, former);
  } catch (error) {
    if (!lacksLinks(error)) throw error;
    renameHeld(current, former);
  }
}

/** Ends a rewrite that a crash cut short: a next file without its name never counted, a former one still has blocks to overwrite. */
function finishRewrite(dir: string): void {
  try {
    const current = inode(join(dir, NAME));
    const former = inode(join(dir, FORMER));
    if (inode(join(dir, NEXT)) !== null) eraseFile(join(dir, NEXT));
    if (former === null) return;
    if (former === current) unlinkHeld(join(dir, FORMER));
    // Without a current file the former is the vault: it was moved aside where there are no links.
    else if (current === null) renameHeld(join(dir, FORMER), join(dir, NAME));
    else eraseFile(join(dir, FORMER));
    syncFolder(dir);
  } catch (error) {
    throw translateErrno(error, NAME);
  }
}

/** Takes a rewrite back as far as the disk lets it be; the next opening does the rest. */
function giveUpRewrite(dir: string): void {
  try {
    finishRewrite(dir);
  } catch {}
}

function inode(path: string): bigint | null {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}

function sealed(keys: ReadonlyMap<string, SecretKey>, workspaceKey: SecretKey, random: Random): Uint8Array {
  const content = { format: FORMAT, keys: Object.fromEntries([...keys].map(([id, key]) => [id, hex(key)])) };
  return seal(utf8(canonicalJson(content)), CONTEXT, workspaceKey, random);
}

function opened(path: string, workspaceKey: SecretKey): Map<string, SecretKey> {
  const plain = unseal(readVault(path), CONTEXT, workspaceKey);
  if (plain === null) fail({ code: 'VAULT_DAMAGED' });
  const content = vaultSchema.safeParse(readJson(plain, { document: NAME }), howToRead());
  if (!content.success) fail({ code: 'VAULT_DAMAGED' });
  const keys = new Map<string, SecretKey>();
  for (const [id, text] of Object.entries(content.data.keys)) {
    keys.set(id, secretFromHex(text) ?? fail({ code: 'VAULT_DAMAGED' }));
  }
  return keys;
}

function readVault(path: string): Uint8Array {
  try {
    return readOwn(path, LIMIT, NAME);
  } catch (error) {
    if (error instanceof HandoverError && error.problem.code === 'FILE_NOT_FOUND')
      fail({ code: 'VAULT_DAMAGED' });
    throw error;
  }
}
