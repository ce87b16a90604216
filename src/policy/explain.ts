import type { CalendarDate, Instant } from '../base/time.js';
import type { ImportedRecord } from '../dataset/page.js';
import type { ExplainStep, ReasonCode } from '../messages/reasons.js';
import { basisOf, type JudgeSetup } from './basis.js';
import type { ConsentEvent, ToldEntry } from './consent.js';
import { type Entry, type EntrySource, FAULT_CODES } from './entries.js';
import { compileWalk } from './judge.js';
import type { PolicyPack } from './pack.js';
import type { Sink } from './question.js';
import { reasonSet, type ReasonDefinition, type ReasonSet, reasonsOf, type Verdict } from './reasons.js';
import { verdictOf } from './verdict.js';

/** The answer to one question of law.md §5.1 about one record. */
export interface ExplainedStep {
  readonly step: ExplainStep;
  readonly outcome: 'passed' | 'failed' | 'not-asked';
  readonly reasons: readonly ReasonCode[];
  readonly laws: readonly string[];
  /** What decided, without the person's values: where it stands and when. Times are no more than the evidence's own. */
  readonly decidedBy: readonly Decisive[];
}

/** An entry that decided: a column of the file, or the n-th event of the ledger about this person, counted from 1. */
export interface Decisive {
  readonly source: EntrySource;
  /** The canonical column, the event's number, what the store knows ({@link KnownEntry}, {@link ToldEntry}), or the other file's dataset. */
  readonly entry: string;
  /** RFC 3339 instant or date of the entry; '' if it has none. */
  readonly at: string;
  /** The purpose of the deal that it decided, where it is about one. */
  readonly purpose?: string;
}

/** One person's chain of reasons. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly mask: ReasonSet;
  readonly reasons: readonly ReasonDefinition[];
  readonly steps: readonly ExplainedStep[];
}

/** What the store knows about a person besides the record and what the person said: a request to be erased, a freeze, an erasure. */
export type KnownEntry = 'erasure' | 'freeze' | 'erased';

/** A reason that comes from the store and not from the record. */
export interface KnownReason {
  readonly code: ReasonCode;
  readonly entry: KnownEntry;
  /** When it was recorded; of a freeze, the last day. */
  readonly at: Instant | CalendarDate;
}

/** Which question a reason from the store answers. */
const KNOWN_STEPS: Readonly<Record<KnownEntry, ExplainStep>> = {
  erasure: 'erasure',
  erased: 'erasure',
  freeze: 'retention',
};

/**
 * The judgement of {@link compileJudge} in long form, for one record: every question in the order of law.md §5.1 with its answer and its laws.
 *
 * @param pack the rules; those that the terms name, unless others are handed in
 * @throws HandoverError POLICY_PACK_UNKNOWN, DEAL_KIND_NO_BUNDLE
 */
export function explain(
  setup: JudgeSetup,
  record: ImportedRecord,
  ledger: readonly ConsentEvent[] | undefined,
  pack?: PolicyPack,
): Explanation {
  const basis = basisOf(setup, pack);
  const chain = new Chain();
  compileWalk(basis)(record, ledger, chain);
  return concluded(chain.steps, basis.rule.laws);
}

/** Keeps every question with its answer. */
class Chain implements Sink {
  readonly #answers: {
    readonly name: ExplainStep;
    readonly laws: readonly string[];
    isAsked: boolean;
    readonly reasons: ReasonCode[];
    readonly decidedBy: Decisive[];
  }[] = [];

  turnTo(name: ExplainStep, laws: readonly string[]): void {
    this.#answers.push({ name, laws, isAsked: true, reasons: [], decidedBy: [] });
  }

  skip(): void {
    const answer = this.#answers.at(-1);
    if (answer !== undefined) answer.isAsked = false;
  }

  against(reasons: ReasonSet): void {
    this.#answers.at(-1)?.reasons.push(...told(reasons));
  }

  column(name: string, at: string): void {
    this.#answers.at(-1)?.decidedBy.push({ source: 'column', entry: name, at });
  }

  entry({ source, origin, at }: Entry, purpose: string): void {
    this.#answers.at(-1)?.decidedBy.push({ source, entry: String(origin), at, purpose });
  }

  get steps(): readonly ExplainedStep[] {
    return this.#answers.map(({ name, laws, isAsked, reasons, decidedBy }) =>
      isAsked
        ? step(name, reasons, laws, decidedBy)
        : { step: name, outcome: 'not-asked', reasons: [], laws, decidedBy: [] },
    );
  }
}

/** Reasons as they are told: what is wrong with a consent in the order of law.md §1.3. */
function told(reasons: ReasonSet): readonly ReasonCode[] {
  const order = (code: ReasonCode) => FAULT_CODES.indexOf(code);
  return reasonsOf(reasons)
    .map(({ code }) => code)
    .sort((a, b) => order(a) - order(b));
}

/** An explanation with what the store knows besides: each reason stands under its question, and the verdict takes all into account. */
export function withKnown(explanation: Explanation, known: readonly KnownReason[]): Explanation {
  if (known.length === 0) return explanation;
  const steps = explanation.steps.map((given): ExplainedStep => {
    const found = known.filter(({ entry }) => KNOWN_STEPS[entry] === given.step);
    if (found.length === 0) return given;
    const by = found.map(({ entry, at }): Decisive => ({ source: 'store', entry, at }));
    const codes = [...given.reasons, ...found.map(({ code }) => code)];
    return step(given.step, codes, given.laws, given.reasons.length === 0 ? by : [...given.decidedBy, ...by]);
  });
  const verdict = steps.at(-1);
  return concluded(steps.slice(0, -1), verdict?.laws ?? []);
}

function concluded(steps: readonly ExplainedStep[], laws: readonly string[]): Explanation {
  const mask = reasonSet(...steps.flatMap((s) => s.reasons));
  const reasons = reasonsOf(mask);
  return {
    verdict: verdictOf(mask),
    mask,
    reasons,
    steps: [
      ...steps,
      step(
        'verdict',
        reasons.map((r) => r.code),
        laws,
        [],
      ),
    ],
  };
}

function step(
  name: ExplainStep,
  reasons: readonly ReasonCode[],
  laws: readonly string[],
  decidedBy: readonly Decisive[],
): ExplainedStep {
  const distinct = [...new Set(reasons)];
  return {
    step: name,
    outcome: distinct.length === 0 ? 'passed' : 'failed',
    reasons: distinct,
    laws,
    decidedBy,
  };
}
