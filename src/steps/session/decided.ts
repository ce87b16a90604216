import { hex, unhex } from '../../base/bytes.js';
import { DecidedPairs } from '../../policy/decided-pairs.js';
import type { Reader } from '../../store/reader.js';

/** What was decided about persons who look like one. */
export function decidedPairs(read: Reader): DecidedPairs {
  return new DecidedPairs(read.persons.decidedPairs());
}

/** The tags of the other numbers of the same person, as somebody decided. @param own under the workspace's key */
export function otherNumbersOf(read: Reader, own: Uint8Array): readonly Uint8Array[] {
  return decidedPairs(read).othersOf(hex(own)).map(unhex);
}
