import type { ImportedRecord } from '../dataset/page.js';
import { cell, columnOf, type JudgeBasis } from './basis.js';
import { isHolding, isWithin, movingHoldings } from './limits.js';
import { type Ask, notAsked, type Sink } from './question.js';
import { reasonSet, type ReasonSet } from './reasons.js';

/** The questions of law.md §5.1 that the cells of a record answer, each with its laws. */

const R = {
  subject: reasonSet('SUBJECT_MISSING'),
  retention: reasonSet('RETENTION_OVER'),
  activity: reasonSet('ACTIVITY_UNKNOWN'),
  erasure: reasonSet('ERASURE_REQUESTED'),
  refused: reasonSet('CONSENT_REFUSED'),
  withdrawn: reasonSet('CONSENT_WITHDRAWN'),
  noticeMissing: reasonSet('NOTICE_MISSING'),
  noticeOther: reasonSet('NOTICE_OTHER'),
  noticeFuture: reasonSet('NOTICE_IN_FUTURE'),
  objectionOpen: reasonSet('OBJECTION_PERIOD_OPEN'),
  guardian: reasonSet('GUARDIAN_MISSING'),
  contract: reasonSet('CONTRACT_CONSENT_MISSING'),
} as const;

/** Can the row be tied to a customer? That it is to one only, the whole dataset tells. */
export function subject(basis: JudgeBasis): Ask<ImportedRecord> {
  const laws = ['PIPL-8'];
  const number = columnOf(basis, 'customer_no');
  return (record, sink) => {
    sink.turnTo('subject', laws);
    sink.column('customer_no', '');
    if (cell(record, number) === '') sink.against(R.subject);
  };
}

/** Is it within its retention? */
export function retention(basis: JudgeBasis): Ask<ImportedRecord> {
  const laws = ['PIPL-19', 'PIPL-47'];
  const { limits, terms } = basis;
  const retainUntil = columnOf(basis, 'retain_until');
  const activity = terms.retention.activity?.field;
  const lastActive = activity === undefined ? -1 : columnOf(basis, activity);
  return (record, sink) => {
    sink.turnTo('retention', laws);
    const until = cell(record, retainUntil).slice(0, 10);
    if (until !== '') {
      sink.column('retain_until', until);
      if (until < limits.today) sink.against(R.retention);
    }
    if (activity === undefined) return;
    const last = cell(record, lastActive);
    sink.column(activity, last);
    if (last === '') sink.against(R.activity);
    else if (isWithin(last, limits.inactive)) sink.against(R.retention);
  };
}

/** Was no erasure asked for? */
export function erasure(basis: JudgeBasis): Ask<ImportedRecord> {
  const laws = ['PIPL-47'];
  const requested = columnOf(basis, 'erasure_requested_at');
  return (record, sink) => {
    sink.turnTo('erasure', laws);
    const at = cell(record, requested);
    sink.column('erasure_requested_at', at);
    if (at !== '') sink.against(R.erasure);
  };
}

/** What does the kind of deal demand? The same of every record: only its laws are told. */
export function kindOfDeal({ rule }: JudgeBasis): Ask<ImportedRecord> {
  return (_, sink) => sink.turnTo('rule', rule.laws);
}

/** If it is a notice: delivered, and the time to object over? */
export function notice(basis: JudgeBasis): Ask<ImportedRecord> {
  const { limits, rule } = basis;
  if (rule.notice !== 'delivered') return notAsked('notice', ['PIPL-17']);
  const laws = ['PIPL-22', 'NDSR-14'];
  const delivered = columnOf(basis, 'notice_delivered_at');
  return (record, sink) => {
    sink.turnTo('notice', laws);
    const at = cell(record, delivered);
    sink.column('notice_delivered_at', at);
    if (at === '') sink.against(R.noticeMissing);
    else if (at > limits.now) sink.against(R.noticeFuture);
    else if (at < limits.noticeSent) sink.against(R.noticeOther);
    else if (limits.objectionOver !== undefined && !isWithin(at, limits.objectionOver))
      sink.against(R.objectionOpen);
  };
}

/** Too young to agree alone: has a guardian agreed? */
export function guardian(basis: JudgeBasis): Ask<ImportedRecord> {
  const laws = basis.pack.guardianLaws;
  const agreed = columnOf(basis, 'guardian_consent');
  const isMinor = compileMinor(basis);
  return (record, sink) => {
    sink.turnTo('guardian', laws);
    if (!isMinor(record)) return sink.skip();
    sink.column('guardian_consent', '');
    furtherConsent(cell(record, agreed), R.guardian, sink);
  };
}

/** Whether a person is too young, at the effective date, to agree alone (PIPL-31), by whichever column tells. */
function compileMinor(basis: JudgeBasis): (record: ImportedRecord) => boolean {
  const { bornBy, bornByDigits, ownYears } = basis.limits;
  const birth = columnOf(basis, 'birth_date');
  const id = columnOf(basis, 'id_no');
  const age = columnOf(basis, 'age');
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

/** Does something prepaid move: was that agreed separately? Asked where the file has a column for the answer. */
export function contract(basis: JudgeBasis): Ask<ImportedRecord> {
  const laws = ['CC-551', 'CC-555'];
  const agreed = columnOf(basis, 'contract_consent');
  if (!basis.rule.contract || agreed < 0) return notAsked('contract', laws);
  const holdings = movingHoldings(basis.terms).map((name) => columnOf(basis, name));
  return (record, sink) => {
    sink.turnTo('contract', laws);
    for (const holding of holdings) {
      if (!isHolding(cell(record, holding))) continue;
      sink.column('contract_consent', '');
      return furtherConsent(cell(record, agreed), R.contract, sink);
    }
    sink.skip();
  };
}

/** A further consent that stands in one column: a no withholds, a yes is no reason, all else is `otherwise`. */
function furtherConsent(status: string, otherwise: ReasonSet, sink: Sink): void {
  if (status === 'given' || status === 'renewed') return;
  if (status === 'refused') sink.against(R.refused);
  else sink.against(status === 'withdrawn' ? R.withdrawn : otherwise);
}
