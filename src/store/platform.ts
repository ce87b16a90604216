import { renameSync, unlinkSync } from 'node:fs';
import { rename, unlink } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, win32 } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HandoverError } from '../messages/error.js';
import { errnoOf } from './errno.js';

/*
 * What Windows and macOS do differently with files, in one place. docs/platforms.md says of each what was simulated, and what nobody has run.
 */

/** Whether this is Windows: access lists instead of modes, no syncing of folders, files that others hold open, names of devices. */
export function isWindows(): boolean {
  return platform() === 'win32';
}

/** Where file systems cannot be asked for their type: the one that the platform has. */
export function usualFileSystem(): string | null {
  if (platform() === 'darwin') return 'apfs';
  return isWindows() ? 'ntfs' : null;
}

/** How Windows refuses a file that a spreadsheet, a virus scanner or an indexer has open. The last two let go within a moment. */
const HELD: readonly string[] = ['EPERM', 'EBUSY', 'EACCES'];

/** Waits between attempts, in milliseconds: a second and a quarter together. Longer waits are for people to decide. */
export const WAITS: readonly number[] = [10, 20, 40, 80, 160, 320, 640];

/** What is left to throw once no wait is left: that another program has the file. Elsewhere than on Windows the refusal itself. */
function heldBy(error: unknown, path: string): unknown {
  if (!isHeld(error)) return error;
  return new HandoverError({ code: 'FILE_BUSY', name: basename(path) });
}

function isHeld(error: unknown): boolean {
  return isWindows() && HELD.includes(errnoOf(error) ?? '');
}

/** Does it again where the file is held; commands that write a small file wait without letting anything else happen. */
function patiently(path: string, act: () => void): void {
  for (const wait of WAITS) {
    try {
      act();
      return;
    } catch (error) {
      if (!isHeld(error)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
    }
  }
  try {
    act();
  } catch (error) {
    throw heldBy(error, path);
  }
}

async function patientlyLater(path: string, act: () => Promise<void>): Promise<void> {
  for (const wait of WAITS) {
    try {
      return await act();
    } catch (error) {
      if (!isHeld(error)) throw error;
      await delay(wait);
    }
  }
  try {
    await act();
  } catch (error) {
    throw heldBy(error, path);
  }
}

/**
 * Renames, replacing what has the name, and tries again for a moment while another program holds one of the two.
 *
 * @throws HandoverError FILE_BUSY on Windows once it has been tried long enough; else the error of the system
 */
export function renameHeld(from: string, to: string): void {
  patiently(to, () => renameSync(from, to));
}

/** {@link renameHeld}, while other work goes on. */
export function renameHeldLater(from: string, to: string): Promise<void> {
  return patientlyLater(to, () => rename(from, to));
}

/** Removes a file as {@link renameHeld} renames one. */
export function unlinkHeld(path: string): void {
  patiently(path, () => unlinkSync(path));
}

/** {@link unlinkHeld}, while other work goes on. */
export function unlinkHeldLater(path: string): Promise<void> {
  return patientlyLater(path, () => unlink(path));
}

/** Names of devices, which Windows opens instead of a file, with any ending ("Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)/i;

/**
 * Whether Windows has no file of this name, or another one: devices, characters that mean something in paths, a dot or space at the end, which it
 * drops.
 */
export function isReservedName(name: string): boolean {
  return DEVICE.test(name) || /[<>:"|?*\\/\u0000-\u001f]/.test(name) || /[. ]$/.test(name);
}

/** Beyond this many characters Windows refuses a path that is not marked as long; a folder has to leave room for a name of 8.3 within MAX_PATH. */
const LONG = 240;

/**
 * A path as programs other than Node have to be given it: Node marks long paths on Windows itself, SQLite does not.
 *
 * @param path absolute
 */
export function longPath(path: string): string {
  return isWindows() && path.length > LONG ? win32.toNamespacedPath(path) : path;
}

/** Where the person's settings for programs are: `%APPDATA%` on Windows, elsewhere as freedesktop.org has it. Null where nothing is said. */
export function settingsFolder(env: Readonly<Record<string, string | undefined>>): {
  readonly folder: string;
  readonly under: readonly string[];
} | null {
  const { APPDATA, XDG_CONFIG_HOME, HOME } = env;
  if (APPDATA) return { folder: APPDATA, under: ['handover'] };
  if (XDG_CONFIG_HOME) return { folder: XDG_CONFIG_HOME, under: ['handover'] };
  return HOME ? { folder: HOME, under: ['.config', 'handover'] } : null;
}
