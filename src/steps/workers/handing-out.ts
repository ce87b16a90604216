import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { basename, sep } from 'node:path';
import type { SecretKey } from '../../base/crypto.js';
import { fail } from '../../messages/error.js';
import { openWhole, removeWhole, writeWhole } from '../../store/files.js';
import type { Vault } from '../../store/vault.js';
import { WholeFolder } from '../../store/whole-folder.js';
import { type JobKey, jobKey } from './job-key.js';

/** Where a job for other machines is written, and where its key. */
export interface JobPlaces {
  /** Folder for the job, absolute; it must not be there yet. */
  readonly folder: string;
  /** File for its key, absolute; it must not be there yet, and does not lie in the folder. */
  readonly key: string;
}

/** @throws HandoverError LOTS_KEY_PLACE, LOTS_TAKEN */
export function requirePlaces({ folder, key }: JobPlaces): void {
  if (key.startsWith(folder + sep)) fail({ code: 'LOTS_KEY_PLACE', folder: basename(folder) });
  if (existsSync(folder)) fail({ code: 'LOTS_TAKEN', name: basename(folder) });
  if (existsSync(key) && !isUnfinished(key)) fail({ code: 'LOTS_TAKEN', name: basename(key) });
}

/**
 * Stands behind a key until the folder of its job is there. Two names cannot be given in one act: a key with this line is of a run that was killed
 * before, opens nothing that anybody has, and gives way to the next.
 */
const UNFINISHED = '# unfinished';

function isUnfinished(key: string): boolean {
  const there = lstatSync(key);
  return (
    there.isFile() && there.size < UNFINISHED_LIMIT && readFileSync(key, 'utf8').endsWith(`\n${UNFINISHED}\n`)
  );
}

const UNFINISHED_LIMIT = 1024;

/** What a job is written with. */
export interface HandingOut {
  /** Below which its files are written. */
  readonly folder: string;
  /** The secret from which all keys of the job follow. */
  readonly seed: SecretKey;
  readonly job: JobKey;
}

/**
 * Hands out a job for other machines under a new secret, which the vault keeps if the job is there in the end.
 *
 * @param purpose under which the vault keeps the secret
 * @param write writes what belongs in the folder
 */
export async function handOut<T>(
  places: JobPlaces,
  vault: Vault,
  { purpose, what, signal }: { purpose: string; what: 'lots' | 'opening' | 'ranges'; signal: AbortSignal },
  write: (handing: HandingOut) => Promise<T>,
): Promise<T> {
  const seed = vault.newKey(purpose);
  let isKept = false;
  try {
    const job = jobKey(seed.key, what);
    const made = await written(places, job, signal, (folder) => write({ folder, seed: seed.key, job }));
    isKept = true;
    return made;
  } finally {
    // Nobody has what was made.
    if (!isKept) vault.destroyKey(seed.id);
  }
}

/** Writes a job: its folder appears whole, beside its key. If anything fails, neither is there. */
async function written<T>(
  { folder: path, key: keyPath }: JobPlaces,
  { identity }: JobKey,
  signal: AbortSignal,
  write: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = new WholeFolder(path);
  try {
    const result = await write(folder.path);
    if (existsSync(keyPath) && isUnfinished(keyPath)) removeWhole(keyPath);
    const key = await openWhole(keyPath);
    try {
      await key.write(Buffer.from(`${identity}\n${UNFINISHED}\n`));
      signal.throwIfAborted();
      await key.commit();
      folder.commit();
      await writeWhole(keyPath, `${identity}\n`, { force: true });
    } catch (error) {
      folder.withdraw();
      await key.withdraw();
      throw error;
    } finally {
      await key.abandon();
    }
    return result;
  } finally {
    folder.abandon();
  }
}
