import { TAG_BYTES } from '../base/tagger.js';

/**
 * How many persons are in lists of packed tags, each once however often the tag is there: the one count behind every figure of persons.
 * The first eight bytes of a tag are as good as random, so two of a million persons share them once in tens of millions of counts.
 *
 * @param lists gives the same packed tags each time it is called
 */
export function countPersons(lists: () => Iterable<Uint8Array>): number {
  let size = 0;
  for (const tags of lists()) size += tags.length / TAG_BYTES;
  const heads = new BigUint64Array(size);
  let at = 0;
  for (const tags of lists()) {
    const view = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES) heads[at++] = view.getBigUint64(offset);
  }
  heads.sort();
  let persons = 0;
  for (let i = 0; i < heads.length; i++) if (i === 0 || heads[i] !== heads[i - 1]) persons += 1;
  return persons;
}
