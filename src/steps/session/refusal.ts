import { HandoverError } from '../../messages/error.js';
import { EXIT } from '../../messages/exit.js';
import { exitOf } from '../../messages/problem.js';
import { fileDigest } from '../../store/files.js';
import type { Session } from './session.js';

/** How a refusal ends that belongs in the log: it speaks of data, documents and policy, not of this computer or of what was typed. */
const LOGGED: readonly number[] = [
  EXIT.findings,
  EXIT.refused,
  EXIT.authenticity,
  EXIT.integrity,
  EXIT.unsupported,
];

/** A purge here that failed is no fault of the notice that asked for it, and has an event of its own. */
const OURS: readonly string[] = ['SUBJECT_PURGE_FAILED'];

/** What was attempted. */
export interface Attempt {
  /** The file that it was about, or null. */
  readonly path: string | null;
  readonly dryRun?: boolean;
}

/**
 * Does what may be refused, and logs a refusal: one event with the digest of the file and the code of the problem, and no data. Whoever looks
 * at the log later sees the import that failed and the bundle that was meant for somebody else.
 *
 * @throws HandoverError whatever `run` throws
 */
export async function loggingRefusal<T>(
  session: Session,
  { path, dryRun = false }: Attempt,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const code = error instanceof HandoverError ? error.problem.code : null;
    if (!dryRun && code !== null && LOGGED.includes(exitOf(code)) && !OURS.includes(code))
      await logRefusal(session, path, code);
    throw error;
  }
}

async function logRefusal(session: Session, path: string | null, code: string): Promise<void> {
  let objects = {};
  try {
    if (path !== null) objects = { file: (await fileDigest(path)).sha256 };
    // Without the passphrase nobody could sign the event: what was refused is said all the same.
    await session.keys();
  } catch (error) {
    if (error instanceof HandoverError) return;
    throw error;
  }
  session.record({ action: 'refused', objects, details: { code } }, () => undefined);
}
