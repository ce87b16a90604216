import { fail } from '../messages/error.js';
import type { Encoding } from './encoding.js';
import { lineBreaks } from './rows.js';

/**
 * Turns a file into UTF-8 line by line, for the encodings whose bytes cannot be cut as they are. Holds at most one line, and never more
 * than `limit` bytes of it. Bytes that do not belong become U+FFFD, which costs the rows that hold it.
 */
export class Transcoder {
  readonly #decode: (bytes: Uint8Array) => string;
  readonly #encoding: Encoding;
  readonly #limit: number;
  #parts: Uint8Array[] = [];
  #length = 0;
  #line = 1;

  constructor(encoding: Encoding, limit: number) {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    this.#decode = (bytes) => decoder.decode(bytes);
    this.#encoding = encoding;
    this.#limit = limit;
  }

  /** @throws HandoverError CSV_RECORD_TOO_LONG */
  push(block: Uint8Array): Uint8Array {
    this.#parts.push(new Uint8Array(block));
    this.#length += block.length;
    // Without a byte of a line end there is nothing to convert yet.
    if (!mayEndLine(block) && this.#length <= this.#limit) return new Uint8Array(0);
    const all = Buffer.concat(this.#parts);
    const cut = this.#lastLineEnd(all);
    this.#hold(all.subarray(cut));
    if (this.#length > this.#limit) this.#tooLong();
    return this.#convert(all.subarray(0, cut));
  }

  end(): Uint8Array {
    const rest = Buffer.concat(this.#parts);
    this.#hold(rest.subarray(rest.length));
    return this.#convert(rest);
  }

  #hold(rest: Uint8Array): void {
    this.#parts = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
  }

  #tooLong(): never {
    return fail({ code: 'CSV_RECORD_TOO_LONG', line: this.#line, limit: Math.floor(this.#limit / 2) });
  }

  #convert(bytes: Uint8Array): Uint8Array {
    if (bytes.length === 0) return bytes;
    const text = this.#decode(bytes);
    this.#line += lineBreaks(text);
    return Buffer.from(text, 'utf8');
  }

  /** Behind the last line feed; in a file without any, behind the last CR that is known not to be half of a CRLF. */
  #lastLineEnd(bytes: Buffer): number {
    return (
      this.#lastUnit(bytes, 0x0a, bytes.length) || this.#lastUnit(bytes, 0x0d, bytes.length - this.#width)
    );
  }

  get #width(): 1 | 2 {
    return this.#encoding.startsWith('utf-16') ? 2 : 1;
  }

  #lastUnit(bytes: Buffer, unit: number, end: number): number {
    if (this.#width === 1) return end > 0 ? bytes.lastIndexOf(unit, end - 1) + 1 : 0;
    const [low, high] = this.#encoding === 'utf-16le' ? [unit, 0] : [0, unit];
    for (let at = end - (end % 2) - 2; at >= 0; at -= 2)
      if (bytes[at] === low && bytes[at + 1] === high) return at + 2;
    return 0;
  }
}

function mayEndLine(bytes: Uint8Array): boolean {
  return bytes.includes(0x0a) || bytes.includes(0x0d);
}
