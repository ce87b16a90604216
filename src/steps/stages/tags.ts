import { rangeOfTags, sortTags } from '../../bundle/tags.js';
import { owned, type Stage } from '../stage.js';

export interface TagSetup {
  readonly resource: string;
}

/** The tags within one share of all leading bytes, unsorted, and how many tags come before that share. */
export interface TagInput {
  readonly tags: Uint8Array;
  readonly start: number;
}

/** Sorts one share of the subject tags and hashes it to its range of the tag tree. */
export const tagStage: Stage<TagSetup, TagInput, Uint8Array> =
  ({ resource }) =>
  ({ tags, start }) =>
    owned(rangeOfTags(sortTags(tags, resource), start).toBytes());
