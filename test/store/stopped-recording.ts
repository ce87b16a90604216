import { openWorkspace } from '../../src/store/workspace.js';
import { imported, someDataset, somePage, stamp } from './session.js';

/** Writes many pages into a recording and waits to be killed before its event. */
export default async function stoppedRecording(dir: string, kind: string): Promise<void> {
  const workspace = openWorkspace(dir);
  await workspace.recording(stamp, kind === 'adding' ? 'adding' : 'replacing', async (write) => {
    write.addDataset(someDataset('killed'));
    // More than the cache holds, so that the pages of the unfinished change are on disk.
    for (let number = 0; number < 60; number++) write.addPage(somePage('killed', number, 2, 300_000));
    process.stdout.write('ready\n');
    await new Promise(() => setInterval(() => undefined, 1000));
    return { event: imported, result: undefined };
  });
}
