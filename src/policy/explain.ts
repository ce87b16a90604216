import type { CalendarDate, Instant } from '../base/time.js';
import type { ImportedRecord } from '../dataset/page.js';
import { leavingPurposes, type Terms } from '../deal/terms.js';
import type { ExplainStep, NotAsked, ReasonCode } from '../messages/reasons.js';
import type { StayCode } from '../messages/stays.js';
import { basisOf, type JudgeSetup } from './basis.js';
import type { ConsentEvent, ToldEntry } from './consent.js';
import type { Entry, EntrySource } from './entries.js';
import { FAULT_CODES } from './consent-faults.js';
import { compileWalk } from './judge.js';
import { objectionUntil } from './limits.js';
import type { PolicyPack } from './rules.js';
import type { Sink } from './question.js';
import { reasonSet, type ReasonDefinition, type ReasonSet, reasonsOf, type Verdict } from './reasons.js';
import { purposeBit, type StaySet } from './stays.js';
import { verdictOf } from './verdict.js';

/** Something that stays although the person goes, and why; of a consent, also what it lacks. */
interface ExplainedStay {
  readonly bits: StaySet;
  readonly code: StayCode;
  readonly reasons: readonly ReasonCode[];
}

/** The answer to one question of law.md §5.1 about one record. `partly`: the person goes, and something stays. */
export interface ExplainedStep {
  readonly step: ExplainStep;
  readonly outcome: 'passed' | 'partly' | 'failed' | 'not-asked';
  /** Of a question that was not asked: why. */
  readonly notAsked: NotAsked | null;
  readonly stays: readonly ExplainedStay[];
  readonly reasons: readonly ReasonCode[];
  readonly laws: readonly string[];
  /** What decided, without the person's values: where it is and when. Times are no more than the evidence's own. */
  readonly decidedBy: readonly Decisive[];
  /** What was said as well and was outweighed. */
  readonly lost: readonly Decisive[];
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
  /** Of a yes: what it was weighed by. */
  readonly facts?: ConsentFacts;
}

/** What a yes was weighed by, in words that no customer wrote. */
export interface ConsentFacts {
  /** Whether it names this buyer, another one, or nobody. */
  readonly buyer: 'this' | 'other' | 'none';
  /** Whether it names this purpose. */
  readonly purpose: boolean;
  /** As import reads it; '' if nothing is stated. */
  readonly method: string;
  readonly evidence: boolean;
  /** When the notice had arrived; '' if nobody knows. */
  readonly told: string;
}

/** One person's chain of reasons. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly reasonSet: ReasonSet;
  /** What stays of a person who goes. */
  readonly stays: StaySet;
  readonly reasons: readonly ReasonDefinition[];
  readonly steps: readonly ExplainedStep[];
  /** Of a person who was told, where nobody has to be asked: the last day on which this one may object; else null. */
  readonly objectionUntil: CalendarDate | null;
}

/**
 * What the store knows about a person besides the record and what the person said: a request to be erased, a freeze, an erasure, a no under
 * another customer number.
 */
export type KnownEntry = 'erasure' | 'freeze' | 'erased' | 'twin' | 'spelling';

/** A reason that comes from the store and not from the record. */
export interface KnownReason {
  readonly code: ReasonCode;
  readonly entry: KnownEntry;
  /** When it was recorded; of a freeze, the last day. */
  readonly at: Instant | CalendarDate | '';
}

/** Which question a reason from the store answers. */
const KNOWN_STEPS: Readonly<Record<KnownEntry, ExplainStep>> = {
  erasure: 'erasure',
  erased: 'erasure',
  freeze: 'retention',
  twin: 'refusal',
  spelling: 'refusal',
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
  const chain = new Chain(leavingPurposes(setup.terms).map(({ id }) => id));
  compileWalk(basis)(record, ledger, chain);
  const { steps } = chain;
  return { ...concluded(steps, basis.rule.laws), objectionUntil: objectionIn(steps, setup.terms) };
}

/** The end of the time to object, counted from what answered whether the notice had arrived. */
function objectionIn(steps: readonly ExplainedStep[], terms: Terms): CalendarDate | null {
  const notice = steps.find(({ step }) => step === 'notice');
  if (notice === undefined || notice.outcome === 'not-asked') return null;
  if (notice.reasons.some((code) => code !== 'OBJECTION_PERIOD_OPEN')) return null;
  return objectionUntil(terms, notice.decidedBy[0]?.at ?? '');
}

/** Keeps every question with its answer. */
class Chain implements Sink {
  /** Ids of the leaving purposes, in order. */
  readonly #purposes: readonly string[];

  constructor(purposes: readonly string[]) {
    this.#purposes = purposes;
  }

  readonly #answers: {
    readonly name: ExplainStep;
    readonly laws: readonly string[];
    notAsked: NotAsked | null;
    readonly reasons: ReasonCode[];
    readonly stays: ExplainedStay[];
    readonly decidedBy: Decisive[];
    readonly lost: Decisive[];
  }[] = [];

  turnTo(name: ExplainStep, laws: readonly string[]): void {
    this.#answers.push({ name, laws, notAsked: null, reasons: [], stays: [], decidedBy: [], lost: [] });
  }

  skip(why: NotAsked): void {
    const answer = this.#answers.at(-1);
    if (answer !== undefined) answer.notAsked = why;
  }

  against(reasons: ReasonSet): void {
    this.#answers.at(-1)?.reasons.push(...told(reasons));
  }

  stay(bits: StaySet, code: StayCode, reasons: ReasonSet): void {
    this.#answers.at(-1)?.stays.push({ bits, code, reasons: told(reasons) });
  }

  column(name: string, at: string): void {
    this.#answers.at(-1)?.decidedBy.push({ source: 'column', entry: name, at });
  }

  entry(entry: Entry, purpose: string): void {
    this.#answers.at(-1)?.decidedBy.push(this.#decisive(entry, purpose));
  }

  lost(entry: Entry, purpose: string): void {
    this.#answers.at(-1)?.lost.push(this.#decisive(entry, purpose));
  }

  #decisive(entry: Entry, purpose: string): Decisive {
    const { source, origin, at, meaning } = entry;
    const index = this.#purposes.indexOf(purpose);
    const facts = meaning === 'yes' ? { facts: factsOf(entry, index) } : {};
    // What is said of the contract is for no purpose in particular.
    const about = purpose === '' ? {} : { purpose };
    return { source, entry: String(origin), at, ...about, ...facts };
  }

  get steps(): readonly ExplainedStep[] {
    return this.#answers.map(({ name, laws, notAsked, reasons, stays, decidedBy, lost }) =>
      notAsked === null
        ? { ...step(name, reasons, laws, decidedBy, stays), lost }
        : { ...step(name, [], laws, [], []), outcome: 'not-asked', notAsked },
    );
  }
}

const OTHER_RECIPIENT = reasonSet('CONSENT_OTHER_RECIPIENT');
const NO_RECIPIENT = reasonSet('CONSENT_NO_RECIPIENT');
const NO_EVIDENCE = reasonSet('CONSENT_NO_EVIDENCE');

function factsOf({ reasons, purposes, method, told: notice }: Entry, index: number): ConsentFacts {
  const buyer =
    (reasons & OTHER_RECIPIENT) !== 0 ? 'other' : (reasons & NO_RECIPIENT) !== 0 ? 'none' : 'this';
  return {
    buyer,
    purpose: index >= 0 && (purposes & purposeBit(index)) !== 0,
    method,
    evidence: (reasons & NO_EVIDENCE) === 0,
    told: notice,
  };
}

/** Reasons as they are told: what is wrong with a consent in the order of law.md §1.3. */
function told(reasons: ReasonSet): readonly ReasonCode[] {
  const order = (code: ReasonCode) => FAULT_CODES.indexOf(code);
  return reasonsOf(reasons)
    .map(({ code }) => code)
    .sort((a, b) => order(a) - order(b));
}

/** An explanation with what the store knows besides: each reason is under its question, and the verdict takes all into account. */
export function withKnown(explanation: Explanation, known: readonly KnownReason[]): Explanation {
  if (known.length === 0) return explanation;
  const steps = explanation.steps.map((given): ExplainedStep => {
    const found = known.filter(({ entry }) => KNOWN_STEPS[entry] === given.step);
    if (found.length === 0) return given;
    const by = found.map(({ entry, at }): Decisive => ({ source: 'store', entry, at }));
    const codes = [...given.reasons, ...found.map(({ code }) => code)];
    const decidedBy = given.reasons.length === 0 ? by : [...given.decidedBy, ...by];
    return { ...step(given.step, codes, given.laws, decidedBy, given.stays), lost: given.lost };
  });
  const verdict = steps.at(-1);
  const { objectionUntil } = explanation;
  return { ...concluded(steps.slice(0, -1), verdict?.laws ?? []), objectionUntil };
}

function concluded(
  steps: readonly ExplainedStep[],
  laws: readonly string[],
): Omit<Explanation, 'objectionUntil'> {
  const set = reasonSet(...steps.flatMap((s) => s.reasons));
  const reasons = reasonsOf(set);
  return {
    verdict: verdictOf(set),
    reasonSet: set,
    stays: set === 0 ? steps.flatMap((s) => s.stays).reduce((all, { bits }) => all | bits, 0) : 0,
    reasons,
    steps: [
      ...steps,
      step(
        'verdict',
        reasons.map((r) => r.code),
        laws,
        [],
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
  stays: readonly ExplainedStay[],
): ExplainedStep {
  const distinct = [...new Set(reasons)];
  return {
    step: name,
    outcome: distinct.length > 0 ? 'failed' : stays.length > 0 ? 'partly' : 'passed',
    notAsked: null,
    reasons: distinct,
    stays,
    laws,
    decidedBy,
    lost: [],
  };
}
