import type { Random } from '../../base/crypto.js';

/**
 * A stage is a pure piece of the flow that can run in any thread: compiled once from a setup, then fed inputs. Setup, inputs and outputs
 * are plain data and byte arrays, because they cross threads; byte arrays are handed over, not copied. Randomness crosses none, so each
 * thread has its own.
 */
export type Task<Setup, Input, Output> = (
  setup: Setup,
  random: Random,
) => (input: Input) => Output | Promise<Output>;
