import { closeSync, fsyncSync, lstatSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import { errnoOf, translateErrno } from './errno.js';
import { isWindows } from './platform.js';

/** Whether anything has this name, a broken link included. */
export function isTaken(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Makes names in a folder durable. Where folders cannot be synced (Windows, some network disks) the system does it in its own time. */
export function syncFolder(folder: string): void {
  if (isWindows()) return;
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const reason = errnoOf(error) ?? '';
    if (!NOT_FOR_FOLDERS.includes(reason)) throw translateErrno(error, basename(folder));
  }
}

const NOT_FOR_FOLDERS = ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF'];
