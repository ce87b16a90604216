import { existsSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { utf8 } from '../../base/bytes.js';
import { fail } from '../../messages/error.js';
import { openWhole } from '../../store/files.js';
import { WholeFolder } from '../../store/whole-folder.js';
import type { JobKey } from './job-key.js';

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
  for (const path of [folder, key]) if (existsSync(path)) fail({ code: 'LOTS_TAKEN', name: basename(path) });
}

/**
 * Writes a job for other machines: its folder appears whole, and last, beside its key. If anything fails, neither is there.
 *
 * @param write writes what belongs in the folder, below the path that it is given
 */
export async function handOut<T>(
  { folder: path, key: keyPath }: JobPlaces,
  { identity }: JobKey,
  signal: AbortSignal,
  write: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = new WholeFolder(path);
  try {
    const result = await write(folder.path);
    const key = await openWhole(keyPath);
    try {
      await key.write(utf8(`${identity}\n`));
      signal.throwIfAborted();
      await key.commit();
      folder.commit();
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
