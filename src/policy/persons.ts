import { TAG_BYTES } from '../base/tagger.js';

/** Tags that are compared together, where they are spread evenly: eight mebibytes of their heads. */
const AT_ONCE = 2 ** 20;

/**
 * How many persons are in lists of packed tags, each once however often the tag is there: the one count behind every figure of persons.
 * The first eight bytes of a tag are as good as random, so two of a million persons share them once in tens of millions of counts.
 * Of many tags one share after another is compared, so that the count takes no more memory of ten million than of one.
 *
 * @param lists gives the same packed tags each time it is called
 * @param atOnce how many tags are compared together
 */
export function countPersons(lists: () => Iterable<Uint8Array>, atOnce = AT_ONCE): number {
  let size = 0;
  for (const tags of lists()) size += tags.length / TAG_BYTES;
  const shares = 2 ** Math.max(0, Math.ceil(Math.log2(size / atOnce)));
  let persons = 0;
  for (let share = 0; share < shares; share++) persons += countShare(lists(), share, shares, size);
  return persons;
}

/** Those of one share: their tags begin in the same part of all that there can be. */
function countShare(lists: Iterable<Uint8Array>, share: number, shares: number, size: number): number {
  const width = 2 ** 32 / shares;
  let heads = new BigUint64Array(shares === 1 ? size : Math.ceil((1.01 * size) / shares));
  let filled = 0;
  for (const tags of lists) {
    const view = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES) {
      if (shares > 1 && Math.floor(view.getUint32(offset) / width) !== share) continue;
      if (filled === heads.length) heads = doubled(heads);
      heads[filled++] = view.getBigUint64(offset);
    }
  }
  const found = heads.subarray(0, filled).sort();
  let persons = 0;
  for (let i = 0; i < found.length; i++) if (i === 0 || found[i] !== found[i - 1]) persons += 1;
  return persons;
}

function doubled(heads: BigUint64Array): BigUint64Array<ArrayBuffer> {
  const larger = new BigUint64Array(2 * heads.length);
  larger.set(heads);
  return larger;
}
