import { HandoverError } from '../../src/messages/error.js';
import type { Problem } from '../../src/messages/problem.js';

/** The problem with which `run` fails; fails the test itself if it does not. */
export function problemOf(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof HandoverError) return error.problem;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The same for a promise. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Problem> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  return problemOf(() => {
    if (outcome !== null) throw outcome;
  });
}
