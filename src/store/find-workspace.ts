import { lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errnoOf } from './errno.js';

/*
 * Where a workspace is, apart from what it holds: found before the code that opens it is loaded.
 */

/** Name of the database in a workspace folder, and in problems. A folder without it is no workspace. */
export const DATABASE_NAME = 'handover.db';

/** Whether a folder itself is a workspace. */
export function isWorkspace(dir: string): boolean {
  return isThere(join(dir, DATABASE_NAME));
}

/** `start` or the nearest folder above it that holds a workspace, or null. */
export function findWorkspace(start: string): string | null {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (isWorkspace(folder)) return folder;
    if (folder === dirname(folder)) return null;
  }
}

/** Whether there is anything at the path. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (errnoOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}
