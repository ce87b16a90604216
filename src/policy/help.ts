import { type Help, HELPS } from '../messages/helps.js';
import type { ReasonCode } from '../messages/reasons.js';
import { REASONS, type ReasonSet, reasonSet, reasonsOf } from './reasons.js';

/** What would do away with each reason. */
const HELP_FOR: Readonly<Record<ReasonCode, Help>> = {
  SUBJECT_MISSING: 'correct',
  SUBJECT_REPEATED: 'correct',
  SUBJECT_DUPLICATE: 'nothing',
  RETENTION_OVER: 'nothing',
  ACTIVITY_UNKNOWN: 'correct',
  ERASURE_REQUESTED: 'nothing',
  CONSENT_REFUSED: 'nothing',
  CONSENT_WITHDRAWN: 'nothing',
  OBJECTION: 'nothing',
  NOTICE_MISSING: 'tell',
  NOTICE_OTHER: 'tell',
  NOTICE_IN_FUTURE: 'correct',
  OBJECTION_PERIOD_OPEN: 'wait',
  CONSENT_MISSING: 'ask',
  CONSENT_UNKNOWN: 'ask',
  CONSENT_PENDING: 'ask',
  CONSENT_NOT_EXPLICIT: 'ask',
  CONSENT_OTHER_RECIPIENT: 'ask',
  CONSENT_OTHER_PURPOSE: 'ask',
  CONSENT_OTHER_NOTICE: 'ask',
  CONSENT_UNDATED: 'prove',
  CONSENT_IN_FUTURE: 'correct',
  CONSENT_BEFORE_NOTICE: 'ask',
  CONSENT_EXPIRED: 'ask',
  CONSENT_NO_EVIDENCE: 'prove',
  GUARDIAN_MISSING: 'guardian',
  FROZEN: 'nothing',
  ERASED_BEFORE: 'nothing',
  CONSENT_NO_RECIPIENT: 'ask',
  SAME_PERSON_REFUSED: 'settle',
};

/** What would let a record go that these reasons hold back, each once; of one that stays for good nothing does. */
export function helpsFor(reasons: ReasonSet): readonly Help[] {
  const found = new Set(reasonsOf(reasons).map(({ code }) => HELP_FOR[code]));
  if (found.has('nothing')) return ['nothing'];
  return HELPS.filter((help) => found.has(help));
}
/** The reasons that a message to the customer, and the answer to it, can do away with. */
export const ANSWERABLE: ReasonSet = reasonSet(
  ...REASONS.map(({ code }) => code).filter((code) => ['ask', 'tell', 'prove'].includes(HELP_FOR[code])),
);
