import { type Chunk, Chunker, type ChunkSetup } from '../../dataset/chunks.js';
import type { Encoding } from '../../dataset/encoding.js';
import type { SourcePage } from '../workers/stages/import.js';

/** How long pages and chunks are. */
export interface CutSizes {
  /** Bytes of the file that become one page of the store. */
  readonly page: number;
  /** Bytes of a chunk at most, but for a longer record. */
  readonly chunk?: number;
}

/** Few enough bytes for several pages to be at work, many enough for a seal each. */
const CUT_SIZES: CutSizes = { page: 512 * 1024 };

/** What is cut: a file, or a piece of it that begins with a page and ends with one. */
export type Cutting = Pick<ChunkSetup, 'encoding' | 'bom' | 'delimiter' | 'isSheet' | 'begin' | 'isPiece'> & {
  /** Number of the first page. Default 0. */
  readonly page?: number;
};

/** Cuts the bytes of a file into pages of chunks. The same file always gives the same pages, and a piece of it those that it has in the file. */
export class PageCutter {
  readonly #chunker: Chunker;
  readonly #size: number;
  /** Encoding of the bytes in the chunks. */
  readonly encoding: Encoding;
  /** Memory of pages that were read: a file is much longer than all pages that are under way. */
  readonly #free: Uint8Array<ArrayBuffer>[] = [];
  #number: number;
  /** Memory of the page at hand, and how much of it is taken. */
  #room = new Uint8Array(0);
  #taken = 0;

  constructor({ page = 0, ...setup }: Cutting, { page: size, chunk }: CutSizes = CUT_SIZES) {
    this.#size = size;
    this.#number = page;
    this.#chunker = new Chunker({
      ...setup,
      ...(chunk === undefined ? {} : { target: chunk }),
      room: (length) => this.#take(length),
    });
    this.encoding = this.#chunker.encoding;
  }

  /** @throws HandoverError CSV_QUOTE_OPEN, CSV_RECORD_TOO_LONG, and those of the blocks */
  async *pages(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<SourcePage, void, undefined> {
    let chunks: Chunk[] = [];
    let room: Uint8Array = this.#room;
    for await (const chunk of this.#chunks(blocks)) {
      if (chunk.bytes.buffer !== room.buffer) {
        if (chunks.length > 0) yield { number: this.#number++, room, chunks };
        chunks = [];
        room = new Uint8Array(chunk.bytes.buffer);
      }
      chunks.push(chunk);
    }
    if (chunks.length > 0) yield { number: this.#number++, room, chunks };
  }

  /** Takes the memory of a page back, once nothing in it is needed. */
  giveBack({ buffer, byteLength }: Uint8Array): void {
    if (buffer instanceof ArrayBuffer && byteLength === this.#size) this.#free.push(new Uint8Array(buffer));
  }

  /** A page is full when the next chunk does not fit; a longer chunk is a page of its own. */
  #take(length: number): Uint8Array {
    if (this.#taken + length > this.#room.length) {
      const size = this.#size;
      this.#room = length > size ? new Uint8Array(length) : (this.#free.pop() ?? new Uint8Array(size));
      this.#taken = 0;
    }
    this.#taken += length;
    return this.#room.subarray(this.#taken - length, this.#taken);
  }

  async *#chunks(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Chunk, void, undefined> {
    for await (const block of blocks) yield* this.#chunker.push(block);
    yield* this.#chunker.end();
  }
}
