import type { ImportedRecord } from '../dataset/page.js';
import { basisOf, type JudgeBasis, type JudgeSetup } from './basis.js';
import type { ConsentEvent } from './consent.js';
import { willQuestions } from './consent-questions.js';
import { compileEntries } from './entries.js';
import type { PolicyPack } from './pack.js';
import type { Sink } from './question.js';
import type { ReasonSet } from './reasons.js';
import { contract, erasure, guardian, kindOfDeal, notice, retention, subject } from './record-questions.js';

export type { JudgeSetup } from './basis.js';
export type { ConsentEvent } from './consent.js';

/** Puts every question to one record, with the person's ledger events if there are any. */
export type Walk = (record: ImportedRecord, ledger: readonly ConsentEvent[] | undefined, sink: Sink) => void;

/**
 * Compiles the judgement of law.md §5.1 for a deal and a file: the questions in their order, each a function with its laws. A new one is such
 * a function and its two lines here. Written out and not as a loop, because the calls are then inlined, and there are millions of records.
 */
export function compileWalk(basis: JudgeBasis): Walk {
  const entriesOf = compileEntries(basis);
  const askSubject = subject(basis);
  const askRetention = retention(basis);
  const askErasure = erasure(basis);
  const will = willQuestions(basis);
  const askRefusal = will.refusal;
  const askKind = kindOfDeal(basis);
  const askNotice = notice(basis);
  const askConsent = will.consent;
  const askGuardian = guardian(basis);
  const askContract = contract(basis);
  return (record, ledger, sink) => {
    const entries = entriesOf(record, ledger);
    askSubject(record, sink);
    askRetention(record, sink);
    askErasure(record, sink);
    askRefusal(entries, sink);
    askKind(record, sink);
    askNotice(record, sink);
    askConsent(entries, sink);
    askGuardian(record, sink);
    askContract(record, sink);
  };
}

/** Judges one record, with the person's ledger events if there are any. The mask is empty if the record may go. */
export type Judge = (record: ImportedRecord, ledger: readonly ConsentEvent[] | undefined) => ReasonSet;

/**
 * The judgement in its quick form: a mask of all reasons. {@link explain} is the long form of the same walk.
 *
 * @param pack the rules; those that the terms name, unless others are handed in
 * @throws HandoverError POLICY_PACK_UNKNOWN, DEAL_KIND_NO_BUNDLE
 */
export function compileJudge(setup: JudgeSetup, pack?: PolicyPack): Judge {
  const walk = compileWalk(basisOf(setup, pack));
  const sink = new MaskSink();
  return (record, ledger) => {
    sink.mask = 0;
    walk(record, ledger, sink);
    return sink.mask >>> 0;
  };
}

/** Keeps the reasons and nothing else. */
class MaskSink implements Sink {
  mask: ReasonSet = 0;
  against(reasons: ReasonSet): void {
    this.mask |= reasons;
  }
  turnTo(): void {}
  skip(): void {}
  column(): void {}
  entry(): void {}
}
