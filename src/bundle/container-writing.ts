import type { Instant } from '../base/time.js';
import { byPlace, isEntryName } from './entry-names.js';
import { type NewEntry, writeZip } from './zip-writing.js';

export type { NewEntry } from './zip-writing.js';

/**
 * The bytes of a bundle as a stream: a ZIP file of stored entries in the order of the format. The same entries and date give the same
 * bytes. Parts are read one after another, none is held in memory.
 *
 * The stream fails if a part does, or if one has another length than was said.
 */
export function writeContainer(entries: readonly NewEntry[], created: Instant): AsyncIterable<Uint8Array> {
  const placed = [...entries].sort((a, b) => byPlace(a.name, b.name));
  if (!placed.every((entry) => isEntryName(entry.name))) throw new Error('not a name of the format');
  return writeZip(placed, created);
}
