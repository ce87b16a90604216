import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LOG_TIP } from '../audit/own-log.js';
import { utf8 } from '../base/bytes.js';
import { HandoverError } from '../messages/error.js';
import { errnoOf } from './errno.js';
import { renameHeld } from './platform.js';
import { readOwn, syncFolder } from './files.js';
import { removeLeftover, temporaryBeside } from './drafts.js';

/** A checkpoint is some hundred bytes. */
const LIMIT = 4096;

/** The tip of the log in a workspace's folder, or null if there is none that could be read. */
export function readLogTip(dir: string): string | null {
  try {
    return Buffer.from(readOwn(join(dir, LOG_TIP), LIMIT, LOG_TIP)).toString('utf8');
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  }
}

/**
 * Replaces the tip. Where a disk is full or fails, the one before stays: it speaks of a beginning of the same log, and the next command
 * writes another.
 */
export function replaceLogTip(dir: string, note: string): void {
  const path = join(dir, LOG_TIP);
  const temporary = temporaryBeside(path);
  try {
    const file = openSync(temporary.path, 'wx', 0o600);
    try {
      const bytes = utf8(note);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameHeld(temporary.path, path);
    syncFolder(dir);
  } catch (error) {
    removeLeftover(temporary.path);
    if (errnoOf(error) === null && !(error instanceof HandoverError)) throw error;
  } finally {
    temporary.release();
  }
}
