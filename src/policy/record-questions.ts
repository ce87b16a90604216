import type { ImportedRecord } from '../dataset/page.js';
import type { NotAsked } from '../messages/reasons.js';
import { cell, columnOf, type JudgeBasis } from './basis.js';
import type { Entries } from './entries.js';
import { compileDependence, guardianConsent } from './further-consent.js';
import { isWithin } from './limits.js';
import { type Ask, notAsked } from './question.js';
import { reasonSet } from './reasons.js';

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
export function withinRetention(basis: JudgeBasis): Ask<ImportedRecord> {
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
    if (lastActive >= 0) sink.column(activity, last);
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
    if (requested >= 0) sink.column('erasure_requested_at', at);
    if (at !== '') sink.against(R.erasure);
  };
}

/** What does the kind of deal demand? The same of every record: only its laws are told. */
export function kindOfDeal({ rule }: JudgeBasis): Ask<ImportedRecord> {
  return (_, sink) => sink.turnTo('rule', rule.laws);
}

/** If it is a notice: delivered, and the time to object over? */
export function noticeDelivered({ limits, rule }: JudgeBasis): Ask<Entries> {
  if (rule.notice !== 'delivered') return notAsked('notice', ['PIPL-17'], 'kind');
  const laws = ['PIPL-22', 'NDSR-14'];
  return ({ told: at }, sink) => {
    sink.turnTo('notice', laws);
    sink.column('notice_delivered_at', at);
    if (at === '') sink.against(R.noticeMissing);
    else if (at > limits.now) sink.against(R.noticeFuture);
    else if (at < limits.noticeSent) sink.against(R.noticeOther);
    else if (limits.objectionOver !== undefined && !isWithin(at, limits.objectionOver))
      sink.against(R.objectionOpen);
  };
}

/** Columns that tell an age; words for a child are looked for in others. */
const AGES = ['birth_date', 'id_no', 'age'];

/**
 * Too young to agree alone, or represented by somebody: has a guardian agreed, and is it known who, when and by what? Whoever was too young
 * when agreeing, and is not today, has a yes that is not good by itself.
 */
export function guardian(basis: JudgeBasis): Ask<ImportedRecord> {
  const laws = basis.pack.guardianLaws;
  const ofData = compileDependence(basis, basis.pack.guardianUnder);
  const ofContract = compileDependence(basis, basis.pack.contractUnder);
  const consent = guardianConsent(basis);
  const who = columnOf(basis, 'guardian_name');
  const adult: NotAsked = AGES.some((name) => columnOf(basis, name) >= 0) ? 'person' : 'file';
  return (record, sink) => {
    sink.turnTo('guardian', laws);
    const found = consent.of(record);
    if (!ofData.today(record)) {
      // A guardian who is named and says no is there for a reason; between fourteen and eighteen that reason is the contract.
      const isNo = found === 'refused' || found === 'withdrawn';
      if (!isNo || cell(record, who) === '' || ofContract.today(record)) return sink.skip(adult);
    }
    sink.column('guardian_consent', consent.at(record));
    if (found === 'refused') sink.against(R.refused);
    else if (found === 'withdrawn') sink.against(R.withdrawn);
    else if (found !== 'good') sink.against(R.guardian);
  };
}
