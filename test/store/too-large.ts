import { HandoverError } from '../../src/messages/error.js';
import { writeWhole } from '../../src/store/files.js';

/** Writes more than the process may, and prints the code of the problem. */
export default async function tooLarge(path: string): Promise<void> {
  try {
    await writeWhole(path, Buffer.alloc(4 * 1024 * 1024));
  } catch (error) {
    process.stdout.write(error instanceof HandoverError ? error.problem.code : String(error));
  }
}
