import { sortInPlace } from '../../../bundle/tags.js';
import type { Task } from '../stage.js';

export interface TagSetup {
  readonly resource: string;
}

/** Sorts one share of the subject tags: all those with certain leading bits. */
export const tagStage: Task<TagSetup, Uint8Array, Uint8Array> =
  ({ resource }) =>
  (tags) => {
    // They were handed over, and are handed back: no second copy lies about.
    sortInPlace(tags, resource);
    return tags;
  };
