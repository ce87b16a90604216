import { openWhole } from '../../src/store/files.js';

/** Writes part of a file and waits to be killed. */
export default async function halfWritten(path: string): Promise<void> {
  const file = await openWhole(path);
  await file.write(Buffer.alloc(100_000, 'x'));
  process.stdout.write('ready\n');
  setInterval(() => undefined, 1000);
}
