import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail } from '../../messages/error.js';
import type { Problem } from '../../messages/problem.js';
import { translateErrno } from '../../store/errno.js';
import { readPlain } from '../../store/files.js';
import type { JobFolder } from './job-folder.js';

/** How what workers say of one kind of job is read, and what is wrong with it called. */
export interface WordsOf<T> {
  /** The most bytes of a word on one part. */
  readonly limit: number;
  /** @param name of its file, for problems @throws HandoverError if nobody with the key of this job wrote it */
  readonly read: (bytes: Uint8Array, name: string) => T;
  /** The number of the part that it is about, from 1. */
  readonly part: (said: T) => number;
  readonly missing: (parts: readonly number[]) => Problem;
  readonly twice: (part: number) => Problem;
  readonly changed: (name: string) => Problem;
}

/**
 * What the workers said of the parts of a job, in their order: of each part once, and in the file that has its number.
 *
 * @param count of the parts
 * @throws HandoverError `missing`, `twice`, `changed`, and the problems of `read`
 */
export function wordsHome<T>(folder: JobFolder, count: number, words: WordsOf<T>): readonly T[] {
  const found = new Map<number, T>();
  const names = namesIn(folder.outputs);
  for (const name of names) {
    const said = words.read(readPlain(join(folder.outputs, name), words.limit, name), name);
    const part = words.part(said);
    if (found.has(part)) fail(words.twice(part));
    found.set(part, said);
  }
  // A file under another number's name was moved there.
  const named = new Set([...found.keys()].map((part) => basename(folder.said(part))));
  for (const name of names) if (!named.has(name)) fail(words.changed(name));
  const inOrder: T[] = [];
  const missing: number[] = [];
  for (let part = 1; part <= count; part++) {
    const said = found.get(part);
    if (said === undefined) missing.push(part);
    else inOrder.push(said);
  }
  if (missing.length > 0) fail(words.missing(missing));
  return inOrder;
}

/** The names of what workers said, sorted. Temporary files begin with a dot. */
function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort();
  } catch (error) {
    throw translateErrno(error, basename(folder));
  }
}
