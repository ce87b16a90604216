import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { kill, pid } from 'node:process';
import { hex } from '../base/bytes.js';
import { systemRandom } from '../base/crypto.js';
import { errnoOf, translateErrno } from './errno.js';
import { isTaken, syncFolder } from './folder-names.js';

// Files that are not whole yet, under temporary names beside the ones that they will have, and what killed runs left of them.

/** Temporary names in use by this process, so that a sweep leaves them alone. */
const underWay = new Set<string>();

/** Where drafts that lie outside the workspace are noted while they are there; null while no workspace is open. */
let notes: string | null = null;

/**
 * From now on each draft outside the workspace is noted in this folder before it is made, and until it is gone: what a killed command leaves
 * beside a file of the user's may hold customers in clear, and nothing else would ever look for it there. Null ends it.
 */
export function noteDraftsIn(folder: string | null): void {
  notes = folder;
}

/** Notes a draft, durably. @returns the note, or null where the draft lies in the workspace, which is swept anyway */
function noteDraft(draft: string): string | null {
  if (notes === null || draft.startsWith(`${dirname(notes)}${sep}`)) return null;
  mkdirSync(notes, { recursive: true, mode: 0o700 });
  const note = join(notes, hex(systemRandom(8)));
  const file = openSync(note, 'wx', 0o600);
  try {
    writeSync(file, draft);
    fsyncSync(file);
  } catch (error) {
    // Half a note names no draft, and there is none yet.
    rmSync(note, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  syncFolder(notes);
  return note;
}

/** A draft that is still there keeps its note, for the next command. */
function endNote(note: string | null, draft: string): void {
  if (note === null || isTaken(draft)) return;
  try {
    rmSync(note, { force: true });
    rmdirSync(dirname(note));
  } catch (error) {
    // Other notes are in the folder, or the disk fails: a note of a draft that is gone harms nobody.
    if (errnoOf(error) === null) throw error;
  }
}

/**
 * Removes the drafts that killed commands left outside the workspace.
 *
 * @returns those that could not be removed
 */
export function sweepDrafts(folder: string): readonly string[] {
  const left: string[] = [];
  for (const name of namesIn(folder)) {
    const note = join(folder, name);
    const draft = noted(note);
    if (draft === null) continue;
    try {
      if (isTaken(draft) && isLeftover(dirname(draft), basename(draft))) removeLeftover(draft);
    } catch (error) {
      if (errnoOf(error) === null) throw error;
    }
    if (isTaken(draft)) left.push(draft);
    else endNote(note, draft);
  }
  return left;
}

/** The draft of a note; null for what is none, which somebody else put there. A pipe is not waited for. */
function noted(note: string): string | null {
  try {
    if (!lstatSync(note).isFile()) return null;
    const draft = readFileSync(note, 'utf8');
    return draft.includes('\0') ? null : draft;
  } catch (error) {
    throw translateErrno(error, basename(note));
  }
}

/** The name of a note, as {@link noteDraft} gives it. */
const NOTE = /^[0-9a-f]{16}$/;

function namesIn(folder: string): readonly string[] {
  try {
    // People may have a folder of that name here, with files of their own.
    return readdirSync(folder).filter((name) => NOTE.test(name));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw translateErrno(error, basename(folder));
  }
}

/** Whether a temporary name is in use by this process. */
export function isUnderWay(temporary: string): boolean {
  return underWay.has(temporary);
}

/** A temporary name that is in use. */
export interface Temporary {
  readonly path: string;
  /** Once nothing of that name is left. */
  release(): void;
}

/** `.<name>.<process>-<random>.part` beside a file: what it is called, or the folder in which it is made, until it is whole. */
export function temporaryBeside(path: string): Temporary {
  const unique = `${pid}-${hex(systemRandom(8))}`;
  const temporary = join(dirname(path), `${temporaryStart(basename(path))}${unique}.part`);
  underWay.add(temporary);
  const note = noteDraft(temporary);
  return {
    path: temporary,
    release: () => {
      underWay.delete(temporary);
      endNote(note, temporary);
    },
  };
}

/** The name is cut so that the whole stays within the 255 bytes of common file systems. */
function temporaryStart(name: string): string {
  let kept = name;
  while (Buffer.byteLength(kept) > 200) kept = [...kept].slice(0, -1).join('');
  return `.${kept}.`;
}

/**
 * Removes what killed runs left of a file that is to be written again. In a folder of the user's it may hold customers in clear, and
 * nothing else would ever look for it there. Only of this one name: on a shared disk the process may be one of another computer, and what
 * it writes under another name is not ours to judge.
 */
export function sweepLeftoversOf(path: string): void {
  const folder = dirname(path);
  const start = temporaryStart(basename(path));
  try {
    for (const name of readdirSync(folder))
      if (TEMPORARY.exec(name)?.[1] === start && isLeftover(folder, name)) removeLeftover(join(folder, name));
  } catch (error) {
    // No such folder, or one that may be written but not read: what is wrong with it is said where the file is made.
    if (errnoOf(error) === null) throw error;
  }
}

/** A leftover is a file, or a folder with one. */
export function removeLeftover(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

const TEMPORARY = /^(\..+\.)(\d{1,10})-[0-9a-f]{16}\.part$/su;

/** Whether a name is a temporary one of a run that is over. */
export function isLeftover(folder: string, name: string): boolean {
  const process = TEMPORARY.exec(name)?.[2];
  if (process === undefined) return false;
  // The numbers of processes come round again, in a container soon: this one's own files are known by name.
  return Number(process) === pid ? !underWay.has(join(folder, name)) : !isRunning(Number(process));
}

function isRunning(process: number): boolean {
  try {
    kill(process, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}
