import { fail } from '../messages/error.js';
import type { Encoding } from './encoding.js';
import type { ChunkKind } from './rows.js';
import { Transcoder } from './transcoder.js';

/** Whole records of a file, as bytes. */
export interface Chunk {
  /** 0, 1, 2 … */
  readonly index: number;
  /** The line of the file on which the chunk begins. */
  readonly firstLine: number;
  /** In memory that the setup gave. */
  readonly bytes: Uint8Array;
  readonly kind: ChunkKind;
}

export interface ChunkSetup {
  /** Of the file. */
  readonly encoding: Encoding;
  /** Bytes of the byte order mark, which are left off. */
  readonly bom: number;
  readonly delimiter: string;
  /** Whether the bytes are the rows of a sheet: a record is one line, and every quote is in a place where it may be. */
  readonly isSheet?: boolean;
  /** The length that a chunk should have at most; a longer record makes a longer chunk. Default 48 KiB. */
  readonly target?: number;
  /** The length that a record may have at most, in bytes; not less than `target`. Default 1 MiB. */
  readonly limit?: number;
  /** Gives memory for a chunk of this length. Default: memory of its own for each. */
  readonly room?: (length: number) => Uint8Array;
  /** Of a piece of the file: where it begins. Default: at the begin of the file. */
  readonly begin?: ChunkPlace;
  /** Whether the bytes are a piece that ends at the end of a chunk, while the file goes on. */
  readonly isPiece?: boolean;
}

/** Where a chunk stands among those of its file. */
interface ChunkPlace {
  /** Of the chunk, from 0. */
  readonly index: number;
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
}

const MIB = 1024 * 1024;
/** The text of a chunk stays in the young generation: V8 makes strings beyond 128 KiB elsewhere, in memory that the system must hand out. */
const TARGET = 48 * 1024;
const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/**
 * Cuts the bytes of a file into chunks of whole records, however the bytes arrive. The same file always gives the same chunks, and a piece of
 * it that begins and ends with a chunk those that it has in the file. Memory stays within a few times `limit`, whatever the file holds: an attacker may send an endless cell or a quote that is never closed.
 *
 * A quote opens only at the begin of a cell. In UTF-8, GB18030 and Big5 a line end, quote, comma, semicolon or tab byte is never part of
 * another character, so bytes can be cut before they are decoded; UTF-16, and `|` in the two Chinese encodings, become UTF-8 first.
 */
export class Chunker {
  /** The encoding of the bytes in the chunks. */
  readonly encoding: Encoding;
  readonly #delimiter: number;
  readonly #isSheet: boolean;
  readonly #target: number;
  readonly #limit: number;
  readonly #transcoder: Transcoder | null;
  readonly #room: (length: number) => Uint8Array;
  readonly #isPiece: boolean;
  #skip: number;
  /** Bytes that are not cut yet, in memory that is used again. */
  #held = Buffer.alloc(0);
  #length = 0;
  /** Held bytes that make another attempt worth while. */
  #wanted: number;
  #index: number;
  #line: number;

  constructor(setup: ChunkSetup) {
    const { index, line } = setup.begin ?? { index: 0, line: 1 };
    this.#index = index;
    this.#line = line;
    this.#isPiece = setup.isPiece ?? false;
    this.#target = setup.target ?? TARGET;
    this.#limit = Math.max(setup.limit ?? MIB, this.#target);
    this.#delimiter = setup.delimiter.charCodeAt(0);
    this.#isSheet = setup.isSheet ?? false;
    this.#skip = setup.bom;
    this.#room = setup.room ?? ((length) => new Uint8Array(length));
    const wide = setup.encoding === 'utf-16le' || setup.encoding === 'utf-16be';
    const chinese = setup.encoding === 'gb18030' || setup.encoding === 'big5';
    const transcodes = wide || (chinese && setup.delimiter === '|');
    this.#transcoder = transcodes ? new Transcoder(setup.encoding, 2 * this.#limit) : null;
    this.encoding = transcodes ? 'utf-8' : setup.encoding;
    this.#wanted = this.#target + 1;
  }

  /**
   * Takes the next bytes of the file and gives the chunks that are complete.
   *
   * @throws HandoverError CSV_QUOTE_OPEN, CSV_RECORD_TOO_LONG
   */
  push(block: Uint8Array): Chunk[] {
    const rest = this.#withoutMark(block);
    this.#hold(this.#transcoder === null ? rest : this.#transcoder.push(rest));
    return this.#length < this.#wanted ? [] : this.#cut(false);
  }

  /**
   * Gives the remaining chunks.
   *
   * @throws HandoverError CSV_QUOTE_OPEN, CSV_RECORD_TOO_LONG
   */
  end(): Chunk[] {
    if (this.#transcoder !== null) this.#hold(this.#transcoder.end());
    return this.#cut(true);
  }

  /** Takes a copy, because the caller may use its block again. */
  #hold(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#held.length) {
      const larger = Buffer.allocUnsafeSlow(length + this.#target);
      this.#held.copy(larger, 0, 0, this.#length);
      this.#held = larger;
    }
    this.#held.set(bytes, this.#length);
    this.#length = length;
  }

  #withoutMark(block: Uint8Array): Uint8Array {
    if (this.#skip === 0) return block;
    const skipped = Math.min(this.#skip, block.length);
    this.#skip -= skipped;
    return block.subarray(skipped);
  }

  #cut(final: boolean): Chunk[] {
    const held = this.#held.subarray(0, this.#length);
    const chunks: Chunk[] = [];
    let at = 0;
    while (final ? at < held.length : held.length - at > this.#target) {
      // Looks no further than it must: the rest of a long block may hold thousands of records.
      const rest = held.subarray(at);
      const found =
        this.#look(rest, 2 * this.#target, final) ?? this.#look(rest, this.#target + this.#limit + 2, final);
      if (found === null) break;
      const bytes = this.#room(found.cut);
      bytes.set(rest.subarray(0, found.cut));
      chunks.push({ index: this.#index++, firstLine: this.#line, bytes, kind: found.kind });
      this.#line += this.#isSheet ? countRecords(rest, found.cut) : countLines(rest, found.cut);
      at += found.cut;
    }
    held.copyWithin(0, at);
    this.#length -= at;
    this.#wanted = this.#length > this.#target ? this.#length + this.#limit / 16 : this.#target + 1;
    return chunks;
  }

  #look(rest: Buffer, reach: number, final: boolean): { cut: number; kind: ChunkKind } | null {
    return this.#scan(rest.subarray(0, reach), final && reach >= rest.length);
  }

  /** Finds the end of the last record within the target, or else of the first record; null where more bytes are needed. */
  #scan(window: Buffer, final: boolean): { cut: number; kind: ChunkKind } | null {
    // Begin and end, in turn, of the stretches outside quotes.
    const gaps: number[] = [];
    let firstQuote = -1;
    let irregular = -1;
    let from = 0;
    let crossed = false;
    for (let quote = nextQuote(window, 0); quote !== -1; quote = nextQuote(window, from)) {
      if (quote >= this.#target) {
        const cut = crossed
          ? firstEnd(window, from, quote, false)
          : lastEnd(window, [...gaps, from, quote], this.#target, false) ||
            firstEnd(window, Math.max(from, this.#target), quote, false);
        crossed = true;
        if (cut > 0) return this.#kinded(cut, firstQuote, irregular);
      }
      if (firstQuote === -1) firstQuote = quote;
      const before = quote === 0 ? LF : window[quote - 1];
      if (before !== this.#delimiter && before !== LF && before !== CR) {
        if (irregular === -1) irregular = quote;
        gaps.push(from, quote + 1);
        from = quote + 1;
        continue;
      }
      gaps.push(from, quote);
      let close = nextQuote(window, quote + 1);
      while (close !== -1 && window[close + 1] === QUOTE) close = nextQuote(window, close + 2);
      // A piece ends behind a record, so what would close this one is behind its record, and it opens nothing.
      const isBehind = close === -1 && final && this.#isPiece;
      if (isBehind) {
        if (irregular === -1) irregular = quote;
        from = lineEnd(window, quote);
        continue;
      }
      if (close === -1 || close - quote > this.#limit || (close + 1 === window.length && !final)) {
        const start = lastEnd(window, gaps, quote, true);
        const open = close === -1 || close - quote > this.#limit;
        if (open && (final || close !== -1 || window.length - start > this.#limit))
          return this.#quoteOpen(window, start, quote);
        if (window.length - start > this.#limit) return this.#tooLong(window, start);
        return null;
      }
      const after = close + 1 === window.length ? LF : window[close + 1];
      if (after === this.#delimiter || after === LF || after === CR) {
        from = close + 1;
      } else {
        // No closing quote: the opening one is a stray, and its record ends with its line.
        if (irregular === -1) irregular = quote;
        from = lineEnd(window, quote);
      }
    }
    gaps.push(from, window.length);
    if (final && window.length <= this.#target) return this.#kinded(window.length, firstQuote, irregular);
    const cut =
      (crossed ? 0 : lastEnd(window, gaps, this.#target, final)) ||
      firstEnd(window, Math.max(from, this.#target), window.length, final);
    if (cut === 0 && window.length > this.#limit) return this.#tooLong(window, 0);
    return cut === 0 ? null : this.#kinded(cut, firstQuote, irregular);
  }

  #kinded(cut: number, firstQuote: number, irregular: number): { cut: number; kind: ChunkKind } {
    // Only a chunk of a single record can be longer than the target, which the limit is not below.
    if (cut > this.#limit) fail({ code: 'CSV_RECORD_TOO_LONG', line: this.#line, limit: this.#limit });
    if (firstQuote === -1 || firstQuote >= cut) return { cut, kind: 'plain' };
    return { cut, kind: irregular === -1 || irregular >= cut ? 'quoted' : 'irregular' };
  }

  #tooLong(window: Buffer, start: number): never {
    return fail({
      code: 'CSV_RECORD_TOO_LONG',
      line: this.#line + countLines(window, start),
      limit: this.#limit,
    });
  }

  #quoteOpen(window: Buffer, start: number, quote: number): never {
    let column = 1;
    let quoted = false;
    for (let i = start; i < quote; i++) {
      if (window[i] === QUOTE) quoted = !quoted;
      else if (window[i] === this.#delimiter && !quoted) column++;
    }
    return fail({ code: 'CSV_QUOTE_OPEN', line: this.#line + countLines(window, quote), column });
  }
}

/** Cells are short: looking at a few bytes is cheaper than a call into the runtime, and beyond them the call is. */
function nextQuote(window: Buffer, from: number): number {
  const near = Math.min(from + 24, window.length);
  for (let i = from; i < near; i++) if (window[i] === QUOTE) return i;
  return near === window.length ? -1 : window.indexOf(QUOTE, near);
}

/**
 * The end of the last record that ends at or before `target`, or 0. A CR alone counts only where no LF was found, which is how old Mac
 * files are cut.
 */
function lastEnd(window: Buffer, gaps: readonly number[], target: number, final: boolean): number {
  for (const byte of [LF, CR]) {
    for (let g = gaps.length - 2; g >= 0; g -= 2) {
      const begin = gaps[g] ?? 0;
      const stretch = window.subarray(begin, Math.min(gaps[g + 1] ?? 0, target));
      for (
        let at = lastByte(stretch, byte, stretch.length - 1);
        at >= 0;
        at = lastByte(stretch, byte, at - 1)
      )
        if (byte === LF || endsRecord(window, begin + at, final)) return begin + at + 1;
    }
  }
  return 0;
}

function lastByte(stretch: Buffer, byte: number, from: number): number {
  const near = Math.max(from - 24, -1);
  for (let at = from; at > near; at--) if (stretch[at] === byte) return at;
  return near < 0 ? -1 : stretch.lastIndexOf(byte, near);
}

/** The end of the first record that ends between `begin` and `end`, or 0; the end of the file is one too. */
function firstEnd(window: Buffer, begin: number, end: number, final: boolean): number {
  for (let at = begin; at < end; at++) {
    const byte = window[at];
    if (byte === LF || (byte === CR && endsRecord(window, at, final))) return at + 1;
  }
  return final ? window.length : 0;
}

/** Whether the CR at `at` is a line end of its own; one that may be half of a CRLF is not. */
function endsRecord(window: Buffer, at: number, final: boolean): boolean {
  return at + 1 < window.length ? window[at + 1] !== LF : final;
}

function lineEnd(window: Buffer, from: number): number {
  let at = from;
  while (at < window.length && window[at] !== LF && window[at] !== CR) at++;
  return at;
}

/** Records in the first `end` bytes of a sheet: line feeds outside quotes. */
function countRecords(window: Buffer, end: number): number {
  let count = 0;
  let quoted = false;
  for (let at = 0; at < end; at++) {
    if (window[at] === QUOTE) quoted = !quoted;
    else if (window[at] === LF && !quoted) count++;
  }
  return count;
}

/** Line ends in the first `end` bytes: LF, CRLF or CR. */
function countLines(window: Buffer, end: number): number {
  const bytes = window.subarray(0, end);
  let count = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) count++;
  for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1))
    if (bytes[at + 1] !== LF) count++;
  return count;
}
