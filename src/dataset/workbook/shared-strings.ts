import { fail } from '../../messages/error.js';
import { walkXml } from './xml.js';

/** No more text of cells is held in memory. */
const MAX_TEXT = 128 * 1024 * 1024;
/** Excel allows as many characters in a cell; two of them may make up one. */
const MAX_CELL = 4 * 32_767;

/** The texts that cells name by number. They are held as UTF-8, because half a million strings take several times as much. */
export class SharedStrings {
  #bytes = Buffer.alloc(0);
  #used = 0;
  #ends = new Uint32Array(0);
  #count = 0;

  /** @throws HandoverError WORKBOOK_DAMAGED where there is none of this number */
  at(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) fail({ code: 'WORKBOOK_DAMAGED' });
    const start = index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
    return this.#bytes.toString('utf8', start, this.#ends[index]);
  }

  /** @throws HandoverError WORKBOOK_TOO_LARGE */
  add(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.#used + length > MAX_TEXT) fail({ code: 'WORKBOOK_TOO_LARGE', limit: MAX_TEXT });
    if (this.#used + length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(MAX_TEXT, 2 * (this.#used + length) + 4096));
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    this.#bytes.write(text, this.#used);
    this.#used += length;
    if (this.#count === this.#ends.length) {
      const larger = new Uint32Array(2 * this.#count + 1024);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#ends[this.#count++] = this.#used;
  }
}

/** @throws HandoverError WORKBOOK_DAMAGED, WORKBOOK_TOO_LARGE */
export async function readSharedStrings(blocks: AsyncIterable<Uint8Array>): Promise<SharedStrings> {
  const strings = new SharedStrings();
  const text = new RichText();
  await walkXml(blocks, {
    open: (name) => text.open(name),
    close: (name) => {
      text.close(name);
      if (name === 'si') strings.add(text.take());
    },
    text: (piece) => text.add(piece),
  });
  return strings;
}

/** The text of a string that may consist of runs (`r`), without what tells how it is pronounced (`rPh`). */
export class RichText {
  #text = '';
  #inText = false;
  #phonetic = false;

  open(name: string): void {
    if (name === 't') this.#inText = !this.#phonetic;
    else if (name === 'rPh') this.#phonetic = true;
  }

  close(name: string): void {
    if (name === 't') this.#inText = false;
    else if (name === 'rPh') this.#phonetic = false;
  }

  /** @throws HandoverError WORKBOOK_DAMAGED where a cell is longer than any cell can be */
  add(piece: string): void {
    if (!this.#inText) return;
    this.#text += piece;
    if (this.#text.length > MAX_CELL) fail({ code: 'WORKBOOK_DAMAGED' });
  }

  take(): string {
    const text = unescaped(this.#text);
    this.#text = '';
    return text;
  }
}

/** `_x000D_` means a character that XML cannot hold, `_x005F_` an underscore before what would look like one (ECMA-376, ST_Xstring). */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;
}
