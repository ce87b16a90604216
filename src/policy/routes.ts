import type { ImportedRecord } from '../dataset/page.js';
import type { Terms } from '../deal/terms.js';
import { cell, columnOf, type JudgeBasis } from './basis.js';
import type { Entries, Entry } from './entries.js';
import { contractAnswer } from './further-questions.js';
import { isHolding } from './limits.js';
import { findPolicy, ruleOf } from './pack.js';
import type { Ask, Sink } from './question.js';
import { REASONS, reasonSet, type ReasonSet } from './reasons.js';
import type { PolicyPack, Route } from './rules.js';
import { BY_CONTRACT, type StaySet } from './stays.js';

/*
 * Routes other than consent and notice (PIPL-13). Whether article 23 wants separate consent where the basis is not consent is not settled
 * (law.md §7), so none is open unless both parties sign it, with a reason, and the pack of rules has it for the kind of deal.
 */

/** The route that a deal names and its pack has; null for none, which is the rule. */
export function routeOf(terms: Terms, pack: PolicyPack | undefined = findPolicy(terms)): Route | null {
  if (pack === undefined || ruleOf(pack, terms).consent !== 'separate') return null;
  const named = terms.routes?.map(({ basis }) => basis) ?? [];
  return pack.routes?.find(({ basis, kinds }) => named.includes(basis) && kinds.includes(terms.kind)) ?? null;
}

/** The bases that a deal names although its pack has no such route for its kind. */
export function unknownRoutes(terms: Terms): readonly string[] {
  const open = routeOf(terms);
  return (terms.routes ?? []).flatMap(({ basis }) => (basis === open?.basis ? [] : [basis]));
}

/** The question about consent, put to somebody whose contract may be a route as well. */
export type RoutedAsk = (record: ImportedRecord, entries: Entries, sink: Sink) => void;

/**
 * Lets those go whose contract the buyer is to perform, with what the performance needs and nothing else, where they did not answer about
 * their data (PIPL-13(2)): the contract runs, the customer agreed that the buyer takes it over (CC-551, CC-555), and was told (PIPL-17).
 * A no, and words that nobody understands, weigh what they always weigh; whatever a yes lacks is as if nobody had answered, so that no
 * consent that is taken away lets anybody go.
 *
 * @param ask the question about consent
 */
export function routed(basis: JudgeBasis, ask: Ask<Entries>): RoutedAsk {
  const route = routeOf(basis.terms, basis.pack);
  if (route === null) return (_, entries, sink) => ask(entries, sink);
  const isOpen = openContract(basis);
  const through = new RouteSink(route.laws);
  return (record, entries, sink) => {
    if (!isOpen(record, entries)) return ask(entries, sink);
    through.sink = sink;
    ask(entries, through);
  };
}

/** Contracts that a file calls ended, whatever else it says of them. */
const ENDED =
  /终止|结束|到期|过期|解除|退款|退卡|取消|作废|注销|完成|end|expired|cancel|terminat|refund|closed/iu;

/** Whether the contract of a record runs, the customer agreed that it changes hands, and was told. */
function openContract(basis: JudgeBasis): (record: ImportedRecord, entries: Entries) => boolean {
  const { limits } = basis;
  const answer = contractAnswer(basis);
  const ends = columnOf(basis, 'contract_ends');
  const status = columnOf(basis, 'contract_status');
  const left = (['prepaid_balance', 'prepaid_bonus', 'remaining_sessions'] as const).map((name) =>
    columnOf(basis, name),
  );
  // Both parties signed that everybody was told on the day of the notice, and the file says nothing of it.
  const isAssumed =
    basis.terms.notice.taken_as_delivered !== undefined && columnOf(basis, 'notice_delivered_at') < 0;
  return (record, { told, contract, doubt }) => {
    // Words that may be a no, in any column: a person has to ask.
    if (doubt !== null) return false;
    if (told === '' ? !isAssumed : told > limits.now || told < limits.noticeSent) return false;
    const end = cell(record, ends).slice(0, 10);
    const isOwed = left.some((column) => isHolding(cell(record, column)));
    if (end === '' ? !isOwed : end < limits.today) return false;
    if (ENDED.test(cell(record, status))) return false;
    return answer.of(record, contract) === 'good';
  };
}

/** What an answer may lack, or that there is none. */
const EXCUSED: ReasonSet = reasonSet(
  ...REASONS.flatMap(({ code, verdict }) =>
    code.startsWith('CONSENT_') && verdict === 'ask' && code !== 'CONSENT_UNKNOWN' ? [code] : [],
  ),
  'NOTICE_MISSING',
);

/** Makes of what speaks against a record for want of consent that what the contract does not need stays. */
class RouteSink implements Sink {
  sink: Sink | null = null;
  readonly #laws: readonly string[];

  constructor(laws: readonly string[]) {
    this.#laws = laws;
  }

  against(reasons: ReasonSet): void {
    if (reasons === 0 || (reasons & ~EXCUSED) !== 0) this.sink?.against(reasons);
    else this.sink?.stay(BY_CONTRACT, 'BY_CONTRACT', reasons);
  }
  stay(bits: StaySet, code: Parameters<Sink['stay']>[1], reasons: ReasonSet): void {
    this.sink?.stay(bits, code, reasons);
  }
  turnTo(step: Parameters<Sink['turnTo']>[0], laws: readonly string[]): void {
    this.sink?.turnTo(step, [...laws, ...this.#laws]);
  }
  skip(why: Parameters<Sink['skip']>[0]): void {
    this.sink?.skip(why);
  }
  column(name: string, at: string): void {
    this.sink?.column(name, at);
  }
  entry(entry: Entry, purpose: string): void {
    this.sink?.entry(entry, purpose);
  }
  lost(entry: Entry, purpose: string): void {
    this.sink?.lost(entry, purpose);
  }
}
