import { TAG_BYTES } from '../base/crypto.js';

/** Records of one share of the tag space are looked at together, in a table of 12 MB that a processor cache can hold in part. */
const SHARE = 1 << 18;

/** Bits of the sieve for each record: one record in so many meets the bit of another by accident. */
const BITS_EACH = 16;

/**
 * Finds subjects that stand in a dataset more than once. Nearly all stand there once, and a sieve of a few bits a record tells so; those
 * whose bit was met twice are compared in shares of the tag space, each of about 262,000 records, so that memory stays the same however
 * many there are, also where somebody chose the tags. The packed tags are read twice, and once more a share.
 *
 * @param count records of the dataset
 * @param pages the packed tags page by page, as often as asked
 * @yields for each subject that repeats, the positions of its records, in order, in the whole dataset
 */
export function* repeatedSubjects(
  count: number,
  pages: () => Iterable<Uint8Array>,
): Generator<readonly number[]> {
  const sieve = new Sieve(count);
  for (const tags of pages()) sieve.add(tags);
  let suspects = 0;
  for (const tags of pages()) suspects += sieve.suspectsIn(tags);
  if (suspects === 0) return;
  const shares = Math.ceil(suspects / SHARE);
  for (let share = 0; share < shares; share++)
    yield* repeatsOfShare({ share, shares, count: suspects, sieve }, pages);
}

/** Which bits of a table of leading bits of tags were met, and which more than once. */
class Sieve {
  readonly #shift: number;
  readonly #met: Uint32Array;
  readonly #again: Uint32Array;

  constructor(count: number) {
    const bits = Math.min(28, Math.max(5, Math.ceil(Math.log2(count * BITS_EACH + 1))));
    this.#shift = 32 - bits;
    this.#met = new Uint32Array(2 ** (bits - 5));
    this.#again = new Uint32Array(2 ** (bits - 5));
  }

  add(tags: Uint8Array): void {
    const words = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES) {
      const place = words.getUint32(offset) >>> this.#shift;
      const bit = 1 << (place & 31);
      const met = this.#met[place >>> 5] ?? 0;
      if ((met & bit) === 0) this.#met[place >>> 5] = met | bit;
      else this.#again[place >>> 5] = (this.#again[place >>> 5] ?? 0) | bit;
    }
  }

  suspectsIn(tags: Uint8Array): number {
    const words = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
    let suspects = 0;
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES)
      if (this.suspects(words.getUint32(offset))) suspects++;
    return suspects;
  }

  /** Whether another tag may begin with the same 32 bits. */
  suspects(high: number): boolean {
    const place = high >>> this.#shift;
    return ((this.#again[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
  }
}

interface ShareOfSuspects {
  readonly share: number;
  readonly shares: number;
  /** Suspects in all shares together. */
  readonly count: number;
  readonly sieve: Sieve;
}

function* repeatsOfShare(
  { share, shares, count, sieve }: ShareOfSuspects,
  pages: () => Iterable<Uint8Array>,
): Generator<readonly number[]> {
  // 64 bits of the tag decide: among a million subjects two share them once in thirty million files, and then a row is kept back.
  const slots = nextPower((Math.min(count, Math.ceil(count / shares) * 1.1) + 16) * 2);
  const owners = new Int32Array(slots).fill(-1);
  const prints = new Uint32Array(slots * 2);
  const again = new Map<number, number[]>();
  let position = 0;
  for (const tags of pages()) {
    const words = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES, position++) {
      const high = words.getUint32(offset);
      if (!sieve.suspects(high) || high % shares !== share) continue;
      const print = words.getUint32(offset + 4);
      let slot = (Math.floor(high / shares) ^ print) & (slots - 1);
      for (;;) {
        const owner = owners[slot] ?? -1;
        if (owner === -1) {
          owners[slot] = position;
          prints[slot * 2] = high;
          prints[slot * 2 + 1] = print;
          break;
        }
        if (prints[slot * 2] === high && prints[slot * 2 + 1] === print) {
          const group = again.get(owner);
          if (group === undefined) again.set(owner, [owner, position]);
          else group.push(position);
          break;
        }
        slot = (slot + 1) & (slots - 1);
      }
    }
  }
  yield* again.values();
}

function nextPower(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}
