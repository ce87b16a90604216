import type { HandoverError } from '../../messages/error.js';
import { EXIT } from '../../messages/exit.js';
import { exitOf } from '../../messages/problem.js';
import { fileDigest } from '../../store/files.js';
import type { Session } from './session.js';

/** Whether a refusal speaks about what came from outside and not about this computer, and so belongs in the log. */
export function isAlarm({ problem }: HandoverError): boolean {
  const exit = exitOf(problem.code);
  return exit === EXIT.authenticity || exit === EXIT.integrity;
}

/** Logs that a file of the other party was refused, and why. */
export async function logRefusal(session: Session, path: string, error: HandoverError): Promise<void> {
  const { sha256: file } = await fileDigest(path);
  await session.keys();
  session.record(
    { action: 'refused', objects: { file }, details: { code: error.problem.code } },
    () => undefined,
  );
  await session.checkpoint();
}
