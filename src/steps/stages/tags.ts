import { sortTags } from '../../bundle/tags.js';
import { owned, type Stage } from '../stage.js';

export interface TagSetup {
  readonly resource: string;
}

/** Sorts one share of the subject tags: all those with certain leading bits. */
export const tagStage: Stage<TagSetup, Uint8Array, Uint8Array> =
  ({ resource }) =>
  (tags) =>
    owned(sortTags(tags, resource));
