import { checkStage } from './stages/check.js';
import { importStage } from './stages/import.js';
import { openStage } from './stages/open.js';
import { resealStage } from './stages/reseal.js';
import { sealStage } from './stages/seal.js';
import { tagStage } from './stages/tags.js';

/** The pure stages by name, so that a worker can be told which to run. Each stands in a file of its own below stages/. */
export const STAGES = {
  import: importStage,
  check: checkStage,
  seal: sealStage,
  open: openStage,
  tags: tagStage,
  reseal: resealStage,
};

export type StageName = keyof typeof STAGES;
export type SetupOf<Name extends StageName> = Parameters<(typeof STAGES)[Name]>[0];
export type InputOf<Name extends StageName> = Parameters<ReturnType<(typeof STAGES)[Name]>>[0];
export type OutputOf<Name extends StageName> = Awaited<ReturnType<ReturnType<(typeof STAGES)[Name]>>>;

/**
 * The same stages for code that only passes data through. Between threads nothing is typed; pool.ts, the only sender, is typed by
 * {@link SetupOf} and {@link InputOf}.
 */
export const STAGE_TABLE = STAGES as unknown as Readonly<
  Record<StageName, (setup: unknown) => (input: unknown) => unknown>
>;
