import type { Problem } from './problem.js';

/**
 * Thrown when a step cannot go on. It carries one problem and nothing else: the message is the code, there is no cause,
 * because the errors of libraries may hold a customer's values (architecture.md, "Problems and errors").
 */
export class HandoverError extends Error {
  override readonly name = 'HandoverError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Throws `problem` as a {@link HandoverError}. For use in expressions. */
export function fail(problem: Problem): never {
  throw new HandoverError(problem);
}
