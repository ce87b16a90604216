import { TAG_BYTES } from '../base/crypto.js';

/* Lists of subject tags: packed, 16 bytes each, ascending, none twice. */

/** Sorts packed tags and leaves each once. A million take about a second. */
export function sortedTags(tags: Uint8Array): Uint8Array {
  const count = tags.length / TAG_BYTES;
  const view = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
  // The leading six bytes decide nearly always, and a number of 48 bits is exact.
  const leads = new Float64Array(count);
  for (let i = 0; i < count; i++)
    leads[i] = view.getUint32(i * TAG_BYTES) * 0x10000 + view.getUint16(i * TAG_BYTES + 4);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  order.sort((a, b) => (leads[a] ?? 0) - (leads[b] ?? 0) || compare(tags, a, tags, b));
  const sorted = new Uint8Array(tags.length);
  let filled = 0;
  for (const at of order) {
    if (filled > 0 && compare(tags, at, sorted, filled - 1) === 0) continue;
    sorted.set(tags.subarray(at * TAG_BYTES, (at + 1) * TAG_BYTES), filled * TAG_BYTES);
    filled++;
  }
  return sorted.slice(0, filled * TAG_BYTES);
}

/** The tags of one sorted list that are not in another. */
export function withoutTags(tags: Uint8Array, others: Uint8Array): Uint8Array {
  const left = new Uint8Array(tags.length);
  let filled = 0;
  let other = 0;
  for (let i = 0; i < tags.length / TAG_BYTES; i++) {
    while (other < others.length / TAG_BYTES && compare(others, other, tags, i) < 0) other++;
    if (other < others.length / TAG_BYTES && compare(others, other, tags, i) === 0) continue;
    left.set(tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES), filled * TAG_BYTES);
    filled++;
  }
  return left.slice(0, filled * TAG_BYTES);
}

/** The n-th tag of one list against the m-th of another, byte by byte. */
function compare(a: Uint8Array, n: number, b: Uint8Array, m: number): number {
  for (let i = 0; i < TAG_BYTES; i++) {
    const difference = (a[n * TAG_BYTES + i] ?? 0) - (b[m * TAG_BYTES + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
