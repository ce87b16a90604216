import type { Instant } from '../../src/base/time.js';
import type { FieldName } from '../../src/dataset/fields.js';
import type { ImportedRecord } from '../../src/dataset/page.js';
import type { Terms } from '../../src/deal/terms.js';
import type { ReasonCode } from '../../src/messages/reasons.js';
import type { ConsentEvent } from '../../src/policy/consent.js';
import { compileJudge } from '../../src/policy/judge.js';
import { reasonsOf } from '../../src/policy/reasons.js';
import { sampleTerms } from '../deal/terms-sample.js';

/** A moment after the example deals' notice (2026-10-20) and effective date (2026-11-20). */
export const NOW = '2026-11-23T04:00:00Z' as Instant;

export const BUYER = '上海乙家政服务有限公司';

export type Cells = Readonly<Partial<Record<FieldName, string>>>;

/** A customer of whom everything is in order for the asset sale. */
export const GOOD: Cells = {
  customer_no: 'C0001',
  name: '张三',
  last_service_at: '2026-09-01',
  consent_status: 'given',
  consent_recipient: BUYER,
  consent_purpose: '继续提供家政服务',
  consent_at: '2026-11-01T02:00:00Z',
  consent_method: 'sms',
  consent_evidence: 'DX-1',
  notice_delivered_at: '2026-10-21T02:00:00Z',
};

/** Every column that the judgement looks at, so that a case can fill any. */
export const COLUMNS: readonly FieldName[] = [
  'customer_no',
  'name',
  'subject_role',
  'birth_date',
  'id_no',
  'age',
  'remaining_sessions',
  'prepaid_balance',
  'last_service_at',
  'retain_until',
  'erasure_requested_at',
  'consent_status',
  'consent_recipient',
  'consent_purpose',
  'consent_at',
  'consent_method',
  'consent_evidence',
  'consent_valid_until',
  'notice_delivered_at',
  'objection_at',
  'withdrawn_at',
  'cancelled_at',
  'guardian_consent',
  'guardian_name',
  'guardian_relation',
  'guardian_consent_at',
  'guardian_consent_evidence',
  'contract_consent',
  'contract_consent_at',
  'contract_consent_evidence',
  'sensitive_consent',
  'sensitive_consent_for',
  'sensitive_consent_at',
  'sensitive_consent_evidence',
  'care_consent',
  'care_consent_at',
  'care_consent_evidence',
  'consent_notice',
  'contract_status',
  'notes',
];

/** A guardian's consent with everything that it has to say. */
export const GUARDIAN: Cells = {
  guardian_consent: 'given',
  guardian_name: '张父',
  guardian_relation: '父亲',
  guardian_consent_at: '2026-11-01T02:00:00Z',
  guardian_consent_evidence: 'JH-1',
};

/** A consent to let the contract move. */
export const CONTRACT: Cells = {
  contract_consent: 'given',
  contract_consent_at: '2026-11-01T02:00:00Z',
  contract_consent_evidence: 'HT-1',
};

export function recordOf(cells: Cells, columns: readonly FieldName[] = COLUMNS): ImportedRecord {
  return columns.map((name) => cells[name] ?? '') as readonly string[] as ImportedRecord;
}

export function event(change: Partial<ConsentEvent>): ConsentEvent {
  return {
    state: 'given',
    at: '2026-11-10T00:00:00Z' as Instant,
    recipient: BUYER,
    purpose: 'service',
    method: 'app',
    evidence: 'APP-9',
    ...change,
  };
}

/** The reasons of one record under the example deal, edited by `change`. */
export function judged(
  cells: Cells,
  ledger?: readonly ConsentEvent[],
  change?: (terms: Terms) => void,
): readonly ReasonCode[] {
  const judge = compileJudge({ terms: sampleTerms(change), columns: COLUMNS, now: NOW });
  return reasonsOf(judge(recordOf(cells), ledger).reasonSet).map((reason) => reason.code);
}
