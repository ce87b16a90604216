import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { CompactRange, HASH_BYTES } from '../../audit/merkle.js';
import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { ROWS_PER_LEAF } from '../../bundle/row-tree.js';
import { TagRoot } from '../../bundle/tags.js';
import { mergeTags, type TagSource } from '../../bundle/tags-merge.js';
import { fail } from '../../messages/error.js';
import { translateErrno } from '../../store/errno.js';
import { digestOf } from '../../store/whole-file.js';
import type { LotFolder, SealedSource } from './lot-folder.js';

/** All pieces of tags together that are in memory at once, and the least of each. */
const PIECES = 32 * 1024 * 1024;
const PIECE_AT_LEAST = 256 * TAG_BYTES;
const PIECE_AT_MOST = 4096 * TAG_BYTES;

/**
 * The roots over all lots of a resource. Row leaves follow one another in the order of the lots; tags are merged, each lot's being sorted, so
 * that whoever is in two lots is found, however many there are.
 *
 * @throws HandoverError LOTS_CHANGED, LOTS_PERSON
 */
export function rootsOf(
  folder: LotFolder,
  resource: string,
  sealed: readonly SealedSource[],
): { readonly root: Sha256; readonly tagRoot: Sha256 } {
  const tree = CompactRange.of(0);
  for (const { number, sealed: lot } of sealed) {
    const path = folder.index(number);
    const name = basename(path);
    const leaves = leafBytes(lot);
    const digest = indexDigest(path, leaves + lot.rows * TAG_BYTES);
    if (digest !== lot.index) fail({ code: 'LOTS_CHANGED', name });
    tree.appendMany(pieceOf(path, 0, leaves));
  }
  const piece = Math.min(
    PIECE_AT_MOST,
    Math.max(PIECE_AT_LEAST, Math.floor(PIECES / sealed.length / TAG_BYTES) * TAG_BYTES),
  );
  const tags = new TagRoot();
  const shared = mergeTags(
    sealed.map((source) => tagsOf(folder, source, piece)),
    (sorted) => tags.add(sorted),
  );
  if (shared !== null) {
    const [first = 0, second = 0] = [shared.first, shared.second].map((i) => sealed[i]?.number);
    fail({ code: 'LOTS_PERSON', resource, first, second });
  }
  return { root: tree.root(), tagRoot: tags.end() };
}

/** Bytes of the row leaves of a lot: each page begins a leaf of its own. */
function leafBytes({ parts }: SealedSource['sealed']): number {
  const pages = parts.flatMap((part) => part.pages);
  return pages.reduce((sum, { rows }) => sum + Math.ceil(rows / ROWS_PER_LEAF), 0) * HASH_BYTES;
}

/** The sorted tags of a lot, piece by piece; no file stays open between two pieces, because there may be thousands. */
function tagsOf(folder: LotFolder, { number, sealed: lot }: SealedSource, piece: number): TagSource {
  const path = folder.index(number);
  let at = leafBytes(lot);
  const end = at + lot.rows * TAG_BYTES;
  return () => {
    if (at >= end) return null;
    const bytes = pieceOf(path, at, Math.min(piece, end - at));
    at += bytes.length;
    return bytes;
  };
}

/** @throws HandoverError LOTS_CHANGED if the file ends before */
function pieceOf(path: string, from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const read = reading(path, (file) => readSync(file, bytes, 0, length, from));
  return read === length ? bytes : fail({ code: 'LOTS_CHANGED', name: basename(path) });
}

/** Digest of an index; null for one of another length, which is not read. */
function indexDigest(path: string, bytes: number): Sha256 | null {
  const digest = createHash('sha256');
  const block = new Uint8Array(BLOCK);
  return reading(path, (file) => {
    if (fstatSync(file).size !== bytes) return null;
    for (let length = readSync(file, block); length > 0; length = readSync(file, block))
      digest.update(block.subarray(0, length));
    return digestOf(digest);
  });
}

const BLOCK = 1024 * 1024;

function reading<T>(path: string, read: (file: number) => T): T {
  let file: number | null = null;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(file).isFile()) fail({ code: 'FILE_NOT_PLAIN', name: basename(path) });
    return read(file);
  } catch (error) {
    throw translateErrno(error, basename(path));
  } finally {
    if (file !== null) closeSync(file);
  }
}
