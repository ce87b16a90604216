import type { Random } from '../../base/crypto.js';

/**
 * The pure stages by name, so that a worker can be told which to run. Each is in a file of its own below stages/, loaded where it is
 * run: a command needs one or two of them, and half of what starting a thread costs is loading.
 */
const TASKS = {
  import: async () => (await import('./stages/import.js')).importStage,
  print: async () => (await import('./stages/print.js')).printStage,
  check: async () => (await import('./stages/check.js')).checkStage,
  lines: async () => (await import('./stages/lines.js')).linesStage,
  seal: async () => (await import('./stages/seal.js')).sealStage,
  open: async () => (await import('./stages/open.js')).openStage,
  tags: async () => (await import('./stages/tags.js')).tagStage,
  reseal: async () => (await import('./stages/reseal.js')).resealStage,
  commit: async () => (await import('./stages/commit.js')).commitStage,
  recommit: async () => (await import('./stages/commit.js')).recommitStage,
};

export type TaskName = keyof typeof TASKS;
type StageOf<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]>>;
export type TaskSetup<Name extends TaskName> = Parameters<StageOf<Name>>[0];
export type TaskInput<Name extends TaskName> = Parameters<ReturnType<StageOf<Name>>>[0];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<ReturnType<StageOf<Name>>>>;

/**
 * The same stages for code that only passes data through. Between threads nothing is typed; pool.ts, the only sender, is typed by
 * {@link TaskSetup} and {@link TaskInput}.
 */
export const STAGE_TABLE = TASKS as unknown as Readonly<
  Record<TaskName, () => Promise<(setup: unknown, random: Random) => (input: unknown) => unknown>>
>;
