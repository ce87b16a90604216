import type { ImportedRecord } from '../dataset/page.js';
import { basisOf, type JudgeBasis, type JudgeSetup } from './basis.js';
import type { ConsentEvent } from './consent.js';
import { willQuestions } from './consent-questions.js';
import { compileEntries } from './entries.js';
import type { PolicyPack } from './rules.js';
import type { Sink } from './question.js';
import type { ReasonSet } from './reasons.js';
import { care, contract, sensitive } from './further-questions.js';
import {
  erasure,
  guardian,
  kindOfDeal,
  noticeDelivered,
  withinRetention,
  subject,
} from './record-questions.js';
import { routed } from './routes.js';
import type { StaySet } from './stays.js';

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
  const askRetention = withinRetention(basis);
  const askErasure = erasure(basis);
  const will = willQuestions(basis);
  const askRefusal = will.refusal;
  const askKind = kindOfDeal(basis);
  const askNotice = noticeDelivered(basis);
  const askConsent = routed(basis, will.consent);
  const askGuardian = guardian(basis);
  const askSensitive = sensitive(basis);
  const askCare = care(basis);
  const askContract = contract(basis);
  return (record, ledger, sink) => {
    const entries = entriesOf(record, ledger);
    askSubject(record, sink);
    askRetention(record, sink);
    askErasure(record, sink);
    askRefusal(entries, sink);
    askKind(record, sink);
    askNotice(entries, sink);
    askConsent(record, entries, sink);
    askGuardian(record, sink);
    askSensitive(record, sink);
    askCare(record, sink);
    askContract(record, entries, sink);
  };
}

/** What a judgement gives: the reasons against the record, and what stays of the person if there are none. */
export interface Judgement {
  readonly reasonSet: ReasonSet;
  /** 0 where there are reasons: then everything stays. */
  readonly stays: StaySet;
}

/** Judges one record, with the person's ledger events if there are any. The judgement holds until the next record is judged. */
export type Judge = (record: ImportedRecord, ledger: readonly ConsentEvent[] | undefined) => Judgement;

/**
 * The judgement in its quick form: a set of all reasons, and what stays. {@link explain} is the long form of the same walk.
 *
 * @param pack the rules; those that the terms name, unless others are handed in
 * @throws HandoverError POLICY_PACK_UNKNOWN, DEAL_KIND_NO_BUNDLE
 */
export function compileJudge(setup: JudgeSetup, pack?: PolicyPack): Judge {
  const walk = compileWalk(basisOf(setup, pack));
  const sink = new MaskSink();
  return (record, ledger) => {
    sink.reasonSet = 0;
    sink.stays = 0;
    walk(record, ledger, sink);
    sink.reasonSet >>>= 0;
    if (sink.reasonSet !== 0) sink.stays = 0;
    return sink;
  };
}

/** Keeps the reasons and what stays, and nothing else. */
class MaskSink implements Sink, Judgement {
  reasonSet: ReasonSet = 0;
  stays: StaySet = 0;
  against(reasons: ReasonSet): void {
    this.reasonSet |= reasons;
  }
  stay(bits: StaySet): void {
    this.stays |= bits;
  }
  turnTo(): void {}
  skip(): void {}
  column(): void {}
  entry(): void {}
  lost(): void {}
}
