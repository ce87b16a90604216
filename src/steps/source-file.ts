import { createHash } from 'node:crypto';
import { basename, dirname, join, parse } from 'node:path';
import type { Sha256 } from '../base/crypto.js';
import { type Chunk, Chunker } from '../dataset/chunks.js';
import type { Encoding } from '../dataset/encoding.js';
import { type Opening, readOpening } from '../dataset/header.js';
import { readBlocks } from '../store/files.js';
import { openFile } from '../store/random-access.js';
import { digestOf } from '../store/whole-file.js';

/** Enough of a file to tell what all of it is. */
const HEAD = 1024 * 1024;

/** A CSV file on disk whose encoding, dialect and header have been read. */
export interface SourceFile {
  readonly path: string;
  /** Base name. */
  readonly name: string;
  readonly bytes: number;
  readonly opening: Opening;
}

/** @throws HandoverError FILE_…, CSV_… */
export async function openSource(path: string, named: Encoding | undefined): Promise<SourceFile> {
  const file = await openFile(path);
  try {
    const head = await file.read(0, Math.min(HEAD, file.size));
    const opening = readOpening(head, head.length === file.size, named);
    return { path, name: basename(path), bytes: file.size, opening };
  } finally {
    await file.close();
  }
}

/** A reading of the whole file, once: its chunks, and at the end its digest. */
export class SourceReading {
  readonly #source: SourceFile;
  readonly #chunker: Chunker;
  readonly #digest = createHash('sha256');
  /** Encoding of the bytes in the chunks. */
  readonly encoding: Encoding;

  constructor(source: SourceFile) {
    const { encoding, bom, delimiter } = source.opening;
    this.#source = source;
    this.#chunker = new Chunker({ encoding, bom, delimiter });
    this.encoding = this.#chunker.encoding;
  }

  /** @throws HandoverError CSV_QUOTE_OPEN, CSV_RECORD_TOO_LONG, CSV_BAD_BYTES, FILE_… */
  async *chunks(): AsyncGenerator<Chunk, void, undefined> {
    for await (const block of readBlocks(this.#source.path)) {
      this.#digest.update(block);
      yield* this.#chunker.push(block);
    }
    yield* this.#chunker.end();
  }

  /** SHA-256 of the file; once all chunks were read. */
  sha256(): Sha256 {
    return digestOf(this.#digest);
  }
}

/** `客户资料.csv` and `退回.csv` give the path of `客户资料.退回.csv` in the same folder. */
export function besideSource(path: string, suffix: string): string {
  return join(dirname(path), `${parse(path).name}.${suffix}`);
}
