import type { Range } from '../../bundle/ranges.js';
import { openFile } from '../../store/random-access.js';

const BLOCK = 1024 * 1024;

/** The bytes of a range out of its file, or as many as there are. A block holds until the next one is asked for. @throws HandoverError FILE_… */
export async function* rangeBlocks(
  path: string,
  { from, bytes }: Pick<Range, 'from' | 'bytes'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await openFile(path);
  const room = new Uint8Array(Math.min(BLOCK, bytes));
  try {
    for (let done = 0; done < bytes; done += BLOCK) {
      const block = await file.read(from + done, Math.min(BLOCK, bytes - done), room);
      if (block.length === 0) return;
      yield block;
    }
  } finally {
    await file.close();
  }
}
