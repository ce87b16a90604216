import type { Random } from '../../base/crypto.js';

/**
 * The pure stages by name, so that a worker can be told which to run. Each stands in a file of its own below stages/, loaded where it is
 * run: a command needs one or two of them, and half of what starting a thread costs is loading.
 */
const STAGES = {
  import: async () => (await import('./stages/import.js')).importStage,
  check: async () => (await import('./stages/check.js')).checkStage,
  seal: async () => (await import('./stages/seal.js')).sealStage,
  open: async () => (await import('./stages/open.js')).openStage,
  tags: async () => (await import('./stages/tags.js')).tagStage,
  reseal: async () => (await import('./stages/reseal.js')).resealStage,
  commit: async () => (await import('./stages/commit.js')).commitStage,
  recommit: async () => (await import('./stages/commit.js')).recommitStage,
};

export type StageName = keyof typeof STAGES;
type StageOf<Name extends StageName> = Awaited<ReturnType<(typeof STAGES)[Name]>>;
export type SetupOf<Name extends StageName> = Parameters<StageOf<Name>>[0];
export type InputOf<Name extends StageName> = Parameters<ReturnType<StageOf<Name>>>[0];
export type OutputOf<Name extends StageName> = Awaited<ReturnType<ReturnType<StageOf<Name>>>>;

/**
 * The same stages for code that only passes data through. Between threads nothing is typed; pool.ts, the only sender, is typed by
 * {@link SetupOf} and {@link InputOf}.
 */
export const STAGE_TABLE = STAGES as unknown as Readonly<
  Record<StageName, () => Promise<(setup: unknown, random: Random) => (input: unknown) => unknown>>
>;
