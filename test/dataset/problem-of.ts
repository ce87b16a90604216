import { HandoverError } from '../../src/messages/error.js';
import type { Problem } from '../../src/messages/problem.js';

/** The problem that `run` throws; fails the test where it throws none. */
export function problemOf(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof HandoverError) return error.problem;
    throw error;
  }
  throw new Error('no problem was thrown');
}
