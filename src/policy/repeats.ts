import { TAG_BYTES } from '../base/crypto.js';

/** Records of one share of the tag space are looked at together, in a table of 12 MB that a processor cache can hold in part. */
const SHARE = 1 << 18;

/**
 * Finds subjects that stand in a dataset more than once. Works in shares of the tag space, each of about 262,000 records, so that
 * memory stays the same however many records there are; the packed tags are read once a share.
 *
 * @param count records of the dataset
 * @param pages the packed tags page by page, as often as asked
 * @yields for each subject that repeats, the positions of its records, in order, in the whole dataset
 */
export function* repeatedSubjects(
  count: number,
  pages: () => Iterable<Uint8Array>,
): Generator<readonly number[]> {
  const shares = Math.max(1, Math.ceil(count / SHARE));
  for (let share = 0; share < shares; share++) yield* repeatsOfShare(share, shares, count, pages);
}

function* repeatsOfShare(
  share: number,
  shares: number,
  count: number,
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
      if (high % shares !== share) continue;
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
