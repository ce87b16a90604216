import { concat } from '../base/bytes.js';
import { fail } from '../messages/error.js';

/** A page in a lot: packed records of a stored page, with their verdicts. */
export interface LotPage {
  /** Number of the page in its dataset. */
  readonly number: number;
  /** PageSets of reasons, 4 bytes a record, little-endian. */
  readonly reasonSets: Uint8Array;
  /** What stays of each, likewise; empty if nothing does of any. */
  readonly stays: Uint8Array;
  /** The records, packed as in the store. */
  readonly packed: Uint8Array;
}

/** Before each page: its number and the lengths of what follows, 4 bytes each, little-endian. */
const HEAD = 16;

/** The bytes of a page in a lot. */
export function lotPageBytes({ number, reasonSets, stays, packed }: LotPage): Uint8Array {
  const head = new DataView(new ArrayBuffer(HEAD));
  for (const [i, value] of [number, reasonSets.length, stays.length, packed.length].entries())
    head.setUint32(4 * i, value, true);
  return concat(new Uint8Array(head.buffer), reasonSets, stays, packed);
}

/**
 * The pages of an opened lot, whose bytes were found to be those of lots.json.
 *
 * @param name of the lot's file, for the problem
 * @throws HandoverError LOTS_CHANGED for lengths that do not add up
 */
export function* lotPages(lot: Uint8Array, name: string): Generator<LotPage, void, undefined> {
  const view = new DataView(lot.buffer, lot.byteOffset, lot.byteLength);
  for (let at = 0; at < lot.length; ) {
    if (at + HEAD > lot.length) fail({ code: 'LOTS_CHANGED', name });
    const [number = 0, reasons = 0, staying = 0, packed = 0] = [0, 4, 8, 12].map((field) =>
      view.getUint32(at + field, true),
    );
    const end = at + HEAD + reasons + staying + packed;
    const isWhole = reasons % 4 === 0 && (staying === 0 || staying === reasons);
    if (end > lot.length || !isWhole) fail({ code: 'LOTS_CHANGED', name });
    // Copies, because words begin at a multiple of four bytes.
    const take = (from: number, length: number): Uint8Array =>
      new Uint8Array(lot.subarray(from, from + length));
    yield {
      number,
      reasonSets: take(at + HEAD, reasons),
      stays: take(at + HEAD + reasons, staying),
      packed: lot.subarray(end - packed, end),
    };
    at = end;
  }
}
