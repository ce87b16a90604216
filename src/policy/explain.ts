import type { CalendarDate, Instant } from '../base/time.js';
import { requireBundleKind } from '../deal/cross-checks.js';
import { leavingPurposes } from '../deal/terms.js';
import type { ImportedRecord } from '../dataset/page.js';
import type { ExplainStep, ReasonCode } from '../messages/reasons.js';
import { type ConsentEvent, type ConsentState, consentState, type ToldEntry } from './consent.js';
import type { JudgeSetup } from './judge.js';
import { isHolding, isWithin, type Limits, limitsOf, movingHoldings } from './limits.js';
import { consentMatcher } from './match.js';
import { packOf, ruleOf } from './pack.js';
import { maskOf, type ReasonDefinition, type ReasonMask, reasonsOf, type Verdict } from './reasons.js';
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
  readonly source: 'column' | 'ledger' | 'store';
  /** The canonical column, the event's number, or what the store knows ({@link KnownEntry}, {@link ToldEntry}). */
  readonly entry: string;
  /** RFC 3339 instant or date of the entry; '' if it has none. */
  readonly at: string;
  /** The purpose of the deal that it decided, where it is about one. */
  readonly purpose?: string;
}

/** One person's chain of reasons. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly mask: ReasonMask;
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

/** An entry about consent, in the long form. */
interface Entry {
  readonly state: ConsentState;
  readonly at: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly method: string;
  readonly evidence: string;
  readonly notice: string | undefined;
  readonly validUntil: string;
  readonly source: Decisive['source'];
  readonly entry: string | ToldEntry;
}

/**
 * The judgement of {@link compileJudge} in long form, for one record: every question in the order of law.md §5.1 with its answer and its laws.
 * It is written a second time, plainly, and a property test holds the two together.
 *
 * @throws HandoverError DEAL_KIND_NO_BUNDLE, POLICY_PACK_UNKNOWN
 */
export function explain(
  setup: JudgeSetup,
  record: ImportedRecord,
  ledger: readonly ConsentEvent[] | undefined,
): Explanation {
  const { terms } = setup;
  requireBundleKind(terms);
  const rule = ruleOf(packOf(terms), terms);
  const limits = limitsOf(terms, setup.now);
  const names: readonly string[] = setup.columns;
  const value = (name: string) => record[names.indexOf(name)] ?? '';
  const entries = entriesOf(value, ledger);
  const consents = leavingPurposes(terms).map((purpose) => ({
    purpose: purpose.id,
    ...explainPurpose(setup, limits, entries, purpose.id, value('notice_delivered_at')),
  }));
  const isNo = (code: ReasonCode) => NOS.includes(code);

  const steps: ExplainedStep[] = [
    step(
      'subject',
      value('customer_no') === '' ? ['SUBJECT_MISSING'] : [],
      ['PIPL-8'],
      [column('customer_no')],
    ),
    explainRetention(setup, limits, value),
    step(
      'erasure',
      value('erasure_requested_at') !== '' ? ['ERASURE_REQUESTED'] : [],
      ['PIPL-47'],
      [column('erasure_requested_at', value('erasure_requested_at'))],
    ),
    step(
      'refusal',
      consents.flatMap((c) => c.codes.filter(isNo)),
      ['PIPL-15', 'NDSR-22'],
      consents.filter((c) => c.codes.some(isNo)).flatMap((c) => decisive(c.by, c.purpose)),
    ),
    step('rule', [], rule.laws, []),
    rule.notice === 'delivered'
      ? explainNotice(limits, value('notice_delivered_at'))
      : skipped('notice', ['PIPL-17']),
    rule.consent === 'separate'
      ? step(
          'consent',
          consents.flatMap((c) => c.codes.filter((code) => !isNo(code))),
          ['PIPL-14', 'PIPL-23', 'NDSR-62-7'],
          consents.filter((c) => !c.codes.some(isNo)).flatMap((c) => decisive(c.by, c.purpose)),
        )
      : skipped('consent', rule.laws),
    explainGuardian(setup, limits, value),
    explainContract(setup, value, rule.contract),
  ];
  return concluded(steps, rule.laws);
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
  const mask = maskOf(...steps.flatMap((s) => s.reasons));
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

const NOS: readonly ReasonCode[] = ['CONSENT_REFUSED', 'CONSENT_WITHDRAWN', 'OBJECTION'];

/** What claims to be a yes; whether it is a good one is asked of each. */
const YESES: readonly Entry['state'][] = ['given', 'renewed', 'verbal', 'implied'];
const PENDING: readonly Entry['state'][] = ['no-reply', 'requested', 'deferred'];

type Value = (name: string) => string;

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

function skipped(name: ExplainStep, laws: readonly string[]): ExplainedStep {
  return { step: name, outcome: 'not-asked', reasons: [], laws, decidedBy: [] };
}

function column(name: string, at = ''): Decisive {
  return { source: 'column', entry: name, at };
}

function decisive(entries: readonly Entry[], purpose: string): readonly Decisive[] {
  return entries.map(({ source, entry, at }) => ({ source, entry, at, purpose }));
}

function explainRetention({ terms }: JudgeSetup, limits: Limits, value: Value): ExplainedStep {
  const reasons: ReasonCode[] = [];
  const by: Decisive[] = [];
  const until = value('retain_until').slice(0, 10);
  if (until !== '') by.push(column('retain_until', until));
  if (until !== '' && until < limits.today) reasons.push('RETENTION_OVER');
  const { activity } = terms.retention;
  if (activity !== undefined) {
    const last = value(activity.field);
    by.push(column(activity.field, last));
    if (last === '') reasons.push('ACTIVITY_UNKNOWN');
    else if (isWithin(last, limits.inactive)) reasons.push('RETENTION_OVER');
  }
  return step('retention', reasons, ['PIPL-19', 'PIPL-47'], by);
}

function explainNotice(limits: Limits, delivered: string): ExplainedStep {
  const by = [column('notice_delivered_at', delivered)];
  const answer = (reasons: readonly ReasonCode[]) => step('notice', reasons, ['PIPL-22', 'NDSR-14'], by);
  if (delivered === '') return answer(['NOTICE_MISSING']);
  if (delivered > limits.now) return answer(['NOTICE_IN_FUTURE']);
  if (delivered < limits.noticeSent) return answer(['NOTICE_OTHER']);
  const over = limits.objectionOver;
  return answer(over === undefined || isWithin(delivered, over) ? [] : ['OBJECTION_PERIOD_OPEN']);
}

function explainGuardian({ terms }: JudgeSetup, limits: Limits, value: Value): ExplainedStep {
  const { guardianLaws } = packOf(terms);
  const born = value('birth_date').slice(0, 10);
  const id = value('id_no');
  const age = value('age');
  const minor =
    born > limits.bornBy ||
    (id.length === 18 && id.slice(6, 14) > limits.bornByDigits) ||
    (age !== '' && Number(age) < limits.ownYears);
  if (!minor) return skipped('guardian', guardianLaws);
  const reasons = furtherConsent(value('guardian_consent'), 'GUARDIAN_MISSING');
  return step('guardian', reasons, guardianLaws, [column('guardian_consent')]);
}

function explainContract({ terms, columns }: JudgeSetup, value: Value, asked: boolean): ExplainedStep {
  const laws = ['CC-551', 'CC-555'];
  const holds = movingHoldings(terms).filter((name) => isHolding(value(name)));
  if (!asked || holds.length === 0 || !columns.some((c) => c === 'contract_consent'))
    return skipped('contract', laws);
  const reasons = furtherConsent(value('contract_consent'), 'CONTRACT_CONSENT_MISSING');
  return step('contract', reasons, laws, [column('contract_consent')]);
}

function furtherConsent(status: string, otherwise: ReasonCode): readonly ReasonCode[] {
  if (status === 'given' || status === 'renewed') return [];
  if (status === 'refused') return ['CONSENT_REFUSED'];
  return status === 'withdrawn' ? ['CONSENT_WITHDRAWN'] : [otherwise];
}

/** Everything on record about the person's will: the file's columns, then the ledger. */
function entriesOf(value: Value, ledger: readonly ConsentEvent[] | undefined): readonly Entry[] {
  const entries: Entry[] = [];
  const status = value('consent_status');
  const [at, evidence, method] = [value('consent_at'), value('consent_evidence'), value('consent_method')];
  if ([status, at, evidence, method].some((cell) => cell !== ''))
    entries.push({
      state: consentState(status),
      at,
      recipient: value('consent_recipient'),
      purpose: value('consent_purpose'),
      method,
      evidence,
      notice: undefined,
      validUntil: value('consent_valid_until').slice(0, 10),
      source: 'column',
      entry: 'consent_status',
    });
  const objection = value('objection_at');
  if (objection !== '')
    entries.push({
      state: 'objected',
      at: objection,
      recipient: '',
      purpose: '',
      method: '',
      evidence: '',
      notice: undefined,
      validUntil: '',
      source: 'column',
      entry: 'objection_at',
    });
  for (const [i, event] of (ledger ?? []).entries())
    entries.push({
      ...event,
      state: consentState(event.state),
      notice: event.notice,
      validUntil: '',
      source: event.told === undefined ? 'ledger' : 'store',
      entry: event.told ?? String(i + 1),
    });
  return entries;
}

interface Decision {
  readonly codes: readonly ReasonCode[];
  readonly by: readonly Entry[];
}

/** Rules 1 to 3 of {@link compileJudge} for one purpose. */
function explainPurpose(
  setup: JudgeSetup,
  limits: Limits,
  entries: readonly Entry[],
  purpose: string,
  delivered: string,
): Decision {
  const { terms } = setup;
  const pack = packOf(terms);
  const matcher = consentMatcher(terms);
  const bit = 1 << leavingPurposes(terms).findIndex((p) => p.id === purpose);
  const touches = (e: Entry) => matcher.touchesBuyer(e.recipient) && (matcher.denied(e.purpose) & bit) !== 0;
  const isYes = (e: Entry) => YESES.includes(e.state);
  const timeOfNo = (e: Entry) => (e.at === '' ? '\uffff' : e.at);
  const latest = (list: readonly Entry[], time: (e: Entry) => string) => list.map(time).sort().at(-1) ?? '';

  const faultsOf = (e: Entry): readonly ReasonCode[] => {
    const faults: ReasonCode[] = [];
    const silent = pack.silentMethods.some((m) => m === e.method);
    const spoken = e.state === 'verbal' || pack.recordedMethods.some((m) => m === e.method);
    if (!matcher.namesBuyer(e.recipient)) faults.push('CONSENT_OTHER_RECIPIENT');
    if ((matcher.granted(e.purpose) & bit) === 0) faults.push('CONSENT_OTHER_PURPOSE');
    if (e.state === 'implied' || silent || (spoken && e.evidence === '')) faults.push('CONSENT_NOT_EXPLICIT');
    if (e.evidence === '') faults.push('CONSENT_NO_EVIDENCE');
    if (e.notice !== undefined && e.notice !== terms.notice.sha256) faults.push('CONSENT_OTHER_NOTICE');
    if (e.at === '') faults.push('CONSENT_UNDATED');
    else if (e.at > limits.now) faults.push('CONSENT_IN_FUTURE');
    else if (e.at < limits.noticeSent || e.at < delivered) faults.push('CONSENT_BEFORE_NOTICE');
    return faults;
  };

  const nos = entries.filter((e) =>
    e.state === 'objected'
      ? (matcher.denied(e.purpose) & bit) !== 0
      : (e.state === 'refused' || e.state === 'withdrawn') && touches(e),
  );
  const lastNo = latest(nos, timeOfNo);
  const good = entries.filter((e) => isYes(e) && faultsOf(e).length === 0 && e.at > lastNo);
  if (nos.length > 0 && good.length === 0) {
    const by = nos.filter((e) => timeOfNo(e) === lastNo);
    return { codes: by.map(codeOfNo), by };
  }
  if (ruleOf(pack, terms).consent === 'none') return { codes: [], by: [] };

  const ends = entries.filter((e) => e.state === 'expired' && touches(e));
  const lastEnd = latest(ends, timeOfNo);
  const current = good.filter(
    (e) =>
      e.at > lastEnd &&
      !isWithin(e.at, limits.lapsed) &&
      !(e.validUntil !== '' && e.validUntil < limits.today),
  );
  if (current.length > 0) return { codes: [], by: current };
  if (good.length > 0) return { codes: ['CONSENT_EXPIRED'], by: good };

  const yeses = entries.filter(isYes).map((entry) => ({ entry, faults: faultsOf(entry) }));
  const near = yeses.filter(
    ({ faults }) => !faults.includes('CONSENT_OTHER_RECIPIENT') && !faults.includes('CONSENT_OTHER_PURPOSE'),
  );
  const candidates = near.length > 0 ? near : yeses;
  const last = latest(
    candidates.map((c) => c.entry),
    (e) => e.at,
  );
  const nearest = candidates.filter((c) => c.entry.at === last && c.faults.length > 0);
  if (nearest.length > 0) return { codes: nearest.flatMap((c) => c.faults), by: nearest.map((c) => c.entry) };
  if (ends.length > 0) return { codes: ['CONSENT_EXPIRED'], by: ends };
  const pending = entries.filter((e) => PENDING.includes(e.state));
  if (pending.length > 0) return { codes: ['CONSENT_PENDING'], by: pending };
  const unclear = entries.filter((e) => e.state === 'unknown');
  return { codes: [unclear.length > 0 ? 'CONSENT_UNKNOWN' : 'CONSENT_MISSING'], by: unclear };
}

function codeOfNo(entry: Entry): ReasonCode {
  if (entry.state === 'objected') return 'OBJECTION';
  return entry.state === 'refused' ? 'CONSENT_REFUSED' : 'CONSENT_WITHDRAWN';
}
