/** The stages that may take longer than a second. Each has a word in both languages (messages/screens/progress.ts). */
const PHASES = [
  'read',
  'check',
  'seal',
  'verify',
  'store',
  'extract',
  'audit',
  'prove',
  'key',
  'purge',
  'overwrite',
  'search',
] as const;
export type Phase = (typeof PHASES)[number];

/**
 * What a step tells about its progress, without knowing who listens. Stages follow one another; they do not nest.
 * Calls are cheap: a listener only counts and draws at most a few times a second.
 */
export interface Progress {
  /** A stage begins. `total` is in the unit of `advance`'s `done` (bytes of a file, rows of a table); absent when nobody knows it. */
  start(stage: Phase, total?: number): void;
  /** `done` more units of the total are done, in which `rows` rows were handled. `rows` defaults to `done`. */
  advance(done: number, rows?: number): void;
  /** The stage is over, whether it went well or not. Harmless without a stage. */
  end(): void;
}

/** Nobody listens. */
export const noProgress: Progress = { start() {}, advance() {}, end() {} };
