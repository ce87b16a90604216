import type { Instant } from '../base/time.js';
import type { FieldName } from '../dataset/fields.js';
import type { ImportedRecord } from '../dataset/page.js';
import { requireBundleKind } from '../deal/cross-checks.js';
import type { Terms } from '../deal/terms.js';
import { type ConsentEvent, consentState } from './consent.js';
import { isHolding, isWithin, limitsOf, movingHoldings } from './limits.js';
import { consentMatcher } from './match.js';
import { type KindRule, type PolicyPack, packOf, ruleOf } from './pack.js';
import { maskOf, type ReasonMask } from './reasons.js';

export type { ConsentEvent } from './consent.js';

/** What a judgement rests on: the signed terms, the order of the record's cells, the moment. */
export interface JudgeSetup {
  readonly terms: Terms;
  readonly columns: readonly FieldName[];
  readonly now: Instant;
}

/** Judges one record, with the person's ledger events if there are any. The mask is empty if the record may go. */
export type Judge = (record: ImportedRecord, ledger: readonly ConsentEvent[] | undefined) => ReasonMask;

const YES = 1;
const NO = 2;
const END = 3;
const PENDING = 4;
const UNKNOWN = 5;

/** Later than every instant: when a no has no time, nothing shows that a yes came after it. */
const ALWAYS = '\uffff';

const R = {
  subject: maskOf('SUBJECT_MISSING'),
  retention: maskOf('RETENTION_OVER'),
  activity: maskOf('ACTIVITY_UNKNOWN'),
  erasure: maskOf('ERASURE_REQUESTED'),
  refused: maskOf('CONSENT_REFUSED'),
  withdrawn: maskOf('CONSENT_WITHDRAWN'),
  objection: maskOf('OBJECTION'),
  noticeMissing: maskOf('NOTICE_MISSING'),
  noticeOther: maskOf('NOTICE_OTHER'),
  noticeFuture: maskOf('NOTICE_IN_FUTURE'),
  objectionOpen: maskOf('OBJECTION_PERIOD_OPEN'),
  missing: maskOf('CONSENT_MISSING'),
  unknown: maskOf('CONSENT_UNKNOWN'),
  pending: maskOf('CONSENT_PENDING'),
  notExplicit: maskOf('CONSENT_NOT_EXPLICIT'),
  otherRecipient: maskOf('CONSENT_OTHER_RECIPIENT'),
  otherPurpose: maskOf('CONSENT_OTHER_PURPOSE'),
  otherNotice: maskOf('CONSENT_OTHER_NOTICE'),
  undated: maskOf('CONSENT_UNDATED'),
  future: maskOf('CONSENT_IN_FUTURE'),
  beforeNotice: maskOf('CONSENT_BEFORE_NOTICE'),
  expired: maskOf('CONSENT_EXPIRED'),
  noEvidence: maskOf('CONSENT_NO_EVIDENCE'),
  guardian: maskOf('GUARDIAN_MISSING'),
  contract: maskOf('CONTRACT_CONSENT_MISSING'),
} as const;

/**
 * Compiles the judgement of law.md §5.1 for a deal and a file. The returned function is pure but for its scratch memory, allocates
 * nothing per record, and compares text only.
 *
 * Consent is decided for each purpose for which something leaves, over the file's columns and the ledger together:
 * 1. a no (refusal, withdrawal, objection) counts even if its recipient or purpose is vague, and is undone only by a later yes that is good
 *    by itself; at the same time the no wins (PIPL-15, NDSR-22);
 * 2. a yes is good if it is explicit, evidenced, dated, not before the notice, and names this buyer and this purpose (law.md §1.3);
 * 3. silence, reminders and unclear entries never undo anything.
 *
 * So an added yes never makes a verdict worse and an added no never makes it better. Cells are attacker-controlled text.
 *
 * @throws HandoverError DEAL_KIND_NO_BUNDLE, POLICY_PACK_UNKNOWN
 */
export function compileJudge(setup: JudgeSetup): Judge {
  const { terms, columns, now } = setup;
  requireBundleKind(terms);
  const pack = packOf(terms);
  const rule = ruleOf(pack, terms);
  const limits = limitsOf(terms, now);
  const names: readonly string[] = columns;
  const column = (name: string): number => names.indexOf(name);

  const subject = column('customer_no');
  const retainUntil = column('retain_until');
  const activity = terms.retention.activity === undefined ? -2 : column(terms.retention.activity.field);
  const erasure = column('erasure_requested_at');
  const delivered = column('notice_delivered_at');
  const guardian = column('guardian_consent');
  const contract = column('contract_consent');
  const holdings =
    rule.contract && contract >= 0
      ? movingHoldings(terms)
          .map(column)
          .filter((c) => c >= 0)
      : [];
  const isMinor = minorTest(column('birth_date'), column('id_no'), column('age'), limits);
  const consent = compileConsent(setup, pack, rule);

  return (record, ledger) => {
    let mask = 0;
    if (cell(record, subject) === '') mask |= R.subject;
    const until = cell(record, retainUntil);
    if (until !== '' && until.slice(0, 10) < limits.today) mask |= R.retention;
    if (activity !== -2) {
      const last = cell(record, activity);
      if (last === '') mask |= R.activity;
      else if (isWithin(last, limits.inactive)) mask |= R.retention;
    }
    if (cell(record, erasure) !== '') mask |= R.erasure;
    if (rule.notice === 'delivered') {
      const at = cell(record, delivered);
      if (at === '') mask |= R.noticeMissing;
      else if (at > limits.now) mask |= R.noticeFuture;
      else if (at < limits.noticeSent) mask |= R.noticeOther;
      else if (limits.objectionOver !== undefined && !isWithin(at, limits.objectionOver))
        mask |= R.objectionOpen;
    }
    mask |= consent(record, ledger);
    if (isMinor(record)) mask |= answer(cell(record, guardian), R.guardian);
    for (const holding of holdings) {
      if (!isHolding(cell(record, holding))) continue;
      mask |= answer(cell(record, contract), R.contract);
      break;
    }
    return mask >>> 0;
  };
}

/** A cell, or '' where the file has no such column (index -1). */
function cell(record: readonly string[], column: number): string {
  return column < 0 ? '' : (record[column] ?? '');
}

/** A further consent that stands in one column: a no withholds, a yes is no reason, all else is `otherwise`. */
function answer(status: string, otherwise: ReasonMask): ReasonMask {
  switch (status) {
    case 'given':
    case 'renewed':
      return 0;
    case 'refused':
      return R.refused;
    case 'withdrawn':
      return R.withdrawn;
    default:
      return otherwise;
  }
}

/** Whether a person is too young, at the effective date, to agree alone (PIPL-31), by whichever column tells. */
function minorTest(
  birth: number,
  id: number,
  age: number,
  limits: ReturnType<typeof limitsOf>,
): (record: readonly string[]) => boolean {
  const { bornBy, bornByDigits, ownYears } = limits;
  return (record) => {
    const born = cell(record, birth);
    if (born !== '' && born.slice(0, 10) > bornBy) return true;
    // An 18-digit ID number holds the day of birth; a 15-digit one was last issued in 1999.
    const number = cell(record, id);
    if (number.length === 18 && number.slice(6, 14) > bornByDigits) return true;
    const years = cell(record, age);
    return years !== '' && Number(years) < ownYears;
  };
}

/** The judgement of consent: {@link compileJudge}, rules 1 to 3. */
function compileConsent(setup: JudgeSetup, pack: PolicyPack, rule: KindRule): Judge {
  const { terms, columns, now } = setup;
  const limits = limitsOf(terms, now);
  const matcher = consentMatcher(terms);
  const { required } = matcher;
  const silent = new Set<string>(pack.silentMethods);
  const recorded = new Set<string>(pack.recordedMethods);
  const separate = rule.consent === 'separate';
  const names: readonly string[] = columns;
  const column = (name: string): number => names.indexOf(name);
  const status = column('consent_status');
  const recipient = column('consent_recipient');
  const purpose = column('consent_purpose');
  const at = column('consent_at');
  const method = column('consent_method');
  const evidence = column('consent_evidence');
  const validUntil = column('consent_valid_until');
  const objection = column('objection_at');
  const delivered = column('notice_delivered_at');

  // One entry for each event of the record at hand.
  let count = 0;
  const kinds: number[] = [];
  const times: string[] = [];
  const purposes: number[] = [];
  /** Of a yes: what is wrong with it, purposes aside. Of a no: the reason that it gives. */
  const faults: number[] = [];
  /** Of a yes: 1 if it has lapsed. */
  const lapsed: number[] = [];

  const note = (kind: number, time: string, forPurposes: number, fault: number, lapse: number) => {
    kinds[count] = kind;
    times[count] = time;
    purposes[count] = forPurposes;
    faults[count] = fault;
    lapsed[count] = lapse;
    count++;
  };

  const take = (
    state: string,
    time: string,
    who: string,
    what: string,
    how: string,
    proof: string,
    notice: string | undefined,
    told: string,
    until: string,
  ) => {
    switch (state) {
      case 'given':
      case 'renewed':
      case 'verbal':
      case 'implied': {
        let fault = 0;
        if (!matcher.namesBuyer(who)) fault |= R.otherRecipient;
        const spoken = state === 'verbal' || recorded.has(how);
        if (state === 'implied' || silent.has(how) || (spoken && proof === '')) fault |= R.notExplicit;
        if (proof === '') fault |= R.noEvidence;
        if (notice !== undefined && notice !== terms.notice.sha256) fault |= R.otherNotice;
        if (time === '') fault |= R.undated;
        else if (time > limits.now) fault |= R.future;
        else if (time < limits.noticeSent || time < told) fault |= R.beforeNotice;
        const lapse =
          isWithin(time, limits.lapsed) || (until !== '' && until.slice(0, 10) < limits.today) ? 1 : 0;
        note(YES, time, matcher.granted(what), fault, lapse);
        break;
      }
      case 'refused':
      case 'withdrawn':
      case 'expired':
        if (!matcher.touchesBuyer(who)) break;
        note(
          state === 'expired' ? END : NO,
          time === '' ? ALWAYS : time,
          matcher.denied(what),
          state === 'refused' ? R.refused : R.withdrawn,
          0,
        );
        break;
      case 'objected':
        note(NO, time === '' ? ALWAYS : time, matcher.denied(what), R.objection, 0);
        break;
      case 'no-reply':
      case 'requested':
      case 'deferred':
        note(PENDING, time, required, 0, 0);
        break;
      default:
        note(UNKNOWN, time, required, 0, 0);
    }
  };

  /** The reasons about one purpose. */
  const decide = (bit: number): ReasonMask => {
    let lastNo = '';
    let noReason = 0;
    let lastEnd = '';
    for (let i = 0; i < count; i++) {
      if (((purposes[i] ?? 0) & bit) === 0) continue;
      const time = times[i] ?? '';
      if (kinds[i] === NO) {
        if (time > lastNo) noReason = 0;
        if (time >= lastNo) {
          noReason |= faults[i] ?? 0;
          lastNo = time;
        }
      } else if (kinds[i] === END && time > lastEnd) lastEnd = time;
    }
    let good = false;
    let current = false;
    for (let i = 0; i < count; i++) {
      if (kinds[i] !== YES || faults[i] !== 0 || ((purposes[i] ?? 0) & bit) === 0) continue;
      const time = times[i] ?? '';
      if (time <= lastNo) continue;
      good = true;
      if (time > lastEnd && lapsed[i] === 0) current = true;
    }
    if (noReason !== 0 && !good) return noReason;
    if (!separate || current) return 0;
    return good ? R.expired : lacking(bit, lastEnd !== '');
  };

  /** Without a good yes: what the nearest one lacks, or what there is instead. */
  const lacking = (bit: number, ended: boolean): ReasonMask => {
    let best = '';
    let nearest = -1;
    let reason = 0;
    let seen = 0;
    for (let i = 0; i < count; i++) {
      seen |= 1 << (kinds[i] ?? 0);
      if (kinds[i] !== YES) continue;
      const fault = (faults[i] ?? 0) | (((purposes[i] ?? 0) & bit) === 0 ? R.otherPurpose : 0);
      const near = (fault & (R.otherRecipient | R.otherPurpose)) === 0 ? 1 : 0;
      const time = times[i] ?? '';
      if (near < nearest || (near === nearest && time < best)) continue;
      reason = near === nearest && time === best ? reason | fault : fault;
      nearest = near;
      best = time;
    }
    if (reason !== 0) return reason;
    if (ended) return R.expired;
    if ((seen & (1 << PENDING)) !== 0) return R.pending;
    return (seen & (1 << UNKNOWN)) !== 0 ? R.unknown : R.missing;
  };

  return (record, ledger) => {
    count = 0;
    const told = cell(record, delivered);
    const stated = cell(record, status);
    const time = cell(record, at);
    const proof = cell(record, evidence);
    const how = cell(record, method);
    if (stated !== '' || time !== '' || proof !== '' || how !== '')
      take(
        stated === '' ? 'unknown' : stated,
        time,
        cell(record, recipient),
        cell(record, purpose),
        how,
        proof,
        undefined,
        told,
        cell(record, validUntil),
      );
    const objected = cell(record, objection);
    if (objected !== '') note(NO, objected, required, R.objection, 0);
    if (ledger !== undefined)
      for (const e of ledger)
        take(consentState(e.state), e.at, e.recipient, e.purpose, e.method, e.evidence, e.notice, told, '');
    let mask = 0;
    for (let rest = required; rest !== 0; rest &= rest - 1) mask |= decide(rest & -rest);
    return mask;
  };
}
