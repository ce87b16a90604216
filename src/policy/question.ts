import type { ExplainStep, NotAsked } from '../messages/reasons.js';
import type { Entry } from './entries.js';
import type { StayCode } from '../messages/stays.js';
import type { ReasonSet } from './reasons.js';
import type { StaySet } from './stays.js';

/** Puts one question of law.md §5.1 to a record, or to what is on record about consent. It allocates nothing. */
export type Ask<Asked> = (asked: Asked, sink: Sink) => void;

/** Where the answers go: into a reason set, or into a chain of steps to be read. */
export interface Sink {
  /** What follows is about this question. It counts as asked, unless skipped. */
  turnTo(step: ExplainStep, laws: readonly string[]): void;
  /** There is no occasion to ask it. */
  skip(why: NotAsked): void;
  /** Reasons against the record. */
  against(reasons: ReasonSet): void;
  /** Something stays, although this is no reason against the record. @param reasons what is wrong with a consent, where it is one */
  stay(bits: StaySet, code: StayCode, reasons: ReasonSet): void;
  /** A column that decides, with its time or ''. */
  column(name: string, at: string): void;
  /** An entry about consent that decides about a purpose. */
  entry(entry: Entry, purpose: string): void;
  /** An entry about consent that another one outweighs. */
  lost(entry: Entry, purpose: string): void;
}

/** A question for which this deal or file gives no occasion. */
export function notAsked(step: ExplainStep, laws: readonly string[], why: NotAsked): Ask<unknown> {
  return (_, sink) => {
    sink.turnTo(step, laws);
    sink.skip(why);
  };
}
