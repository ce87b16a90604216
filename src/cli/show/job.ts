import type { Fact } from '../../report/screen.js';
import type { JobPlaces } from '../../steps/workers/handing-out.js';
import type { CommandContext } from '../context.js';

/** What is said of the places of a job. */
interface PlaceWords {
  readonly folder: string;
  readonly folderNote: string;
  readonly key: string;
  readonly keyNote: string;
}

/** Where a job for other machines lies, and where its key. */
export function jobPlaces(
  context: CommandContext,
  { folder, key }: JobPlaces,
  words: PlaceWords,
): readonly Fact[] {
  return [
    [words.folder, context.shown(folder), words.folderNote],
    [words.key, context.shown(key), words.keyNote],
  ];
}

/** The number of a part as it was typed; 0, of which there is no part, for what is no number. */
export function partNumber(typed: string): number {
  return /^[1-9]\d{0,4}$/.test(typed) ? Number(typed) : 0;
}
