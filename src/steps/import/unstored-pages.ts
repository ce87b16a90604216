import { TAG_BYTES } from '../../base/tagger.js';
import type { Overflow, OverflowPiece } from '../../store/overflow.js';

/** Bytes of a row: its tag, the print of the whole row, and that of what is the customer's own in it. */
const EACH = TAG_BYTES + 4 + 4;

/** What is held of the pages of a file that is read and not stored: who is in it, and by what rows are compared. It overflows where it is much. */
export class UnstoredPages {
  readonly #pieces: OverflowPiece[] = [];
  readonly #overflow: Overflow;

  /** @param overflow closed with the pages */
  constructor(overflow: Overflow) {
    this.#overflow = overflow;
  }

  /**
   * @param tags packed, of a page
   * @param rows a print of each row
   * @param persons a print of what is the customer's own in each row
   * @throws HandoverError DISK_FULL and the other problems of writing
   */
  add(tags: Uint8Array, rows: Uint32Array, persons: Uint32Array): void {
    const bytes = new Uint8Array(rows.length * EACH);
    const [atRows, atPersons] = borders(rows.length);
    new Uint32Array(bytes.buffer, 0, rows.length).set(rows);
    new Uint32Array(bytes.buffer, atRows, rows.length).set(persons);
    bytes.set(tags, atPersons);
    this.#pieces.push(this.#overflow.keep(bytes));
  }

  /** The packed tags of one page after another, each until the next. */
  *tags(): Generator<Uint8Array> {
    for (const piece of this.#pieces) {
      const bytes = this.#overflow.read(piece);
      yield bytes.subarray(borders(bytes.length / EACH)[1]);
    }
  }

  /** The prints of one page after another. */
  *prints(): Generator<{ readonly rows: Uint32Array; readonly persons: Uint32Array }> {
    for (const piece of this.#pieces) {
      const { buffer, byteOffset, length } = this.#overflow.read(piece);
      const rows = length / EACH;
      const [atRows] = borders(rows);
      yield {
        rows: new Uint32Array(buffer, byteOffset, rows),
        persons: new Uint32Array(buffer, byteOffset + atRows, rows),
      };
    }
  }

  /** Gives them up. Never throws. */
  close(): void {
    this.#pieces.length = 0;
    this.#overflow.close();
  }
}

/** Where the prints of rows end, and those of persons. */
function borders(rows: number): readonly [rows: number, persons: number] {
  return [4 * rows, 8 * rows];
}
