import type { ReasonCode } from '../messages/reasons.js';
import { columnOf, type JudgeBasis } from './basis.js';
import { isEvidence } from './evidence.js';
import { comparable, remembered } from './match.js';
import { type ReasonSet, reasonSet } from './reasons.js';

// What can be wrong with a yes (law.md §1.3), a question each.

/** What an entry says, in the words of its source. */
export interface Statement {
  readonly state: string;
  readonly at: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly method: string;
  readonly evidence: string;
  /** The notice that the person had been shown, where that is recorded; or ''. */
  readonly notice: string;
  /** '' if it is good until further notice. */
  readonly validUntil: string;
}

/** Something that can be wrong with a yes: the set is empty if it is not. */
type Fault = (said: Statement, told: string) => ReasonSet;

/** The codes of what can be wrong with a yes, in the order in which they are told. */
export const FAULT_CODES: readonly ReasonCode[] = [
  'CONSENT_NO_RECIPIENT',
  'CONSENT_OTHER_RECIPIENT',
  'CONSENT_OTHER_PURPOSE',
  'CONSENT_NOT_EXPLICIT',
  'CONSENT_NO_EVIDENCE',
  'CONSENT_OTHER_NOTICE',
  'NOTICE_MISSING',
  'CONSENT_UNDATED',
  'CONSENT_IN_FUTURE',
  'CONSENT_BEFORE_NOTICE',
  'GUARDIAN_MISSING',
];

/** Compiles the question which consent counts (law.md §1.3), its purposes aside: those differ from purpose to purpose. */
export function compileFaults(basis: JudgeBasis): Fault {
  const recipient = otherRecipient(basis);
  const manner = notExplicit(basis);
  const evidence = noEvidence();
  const text = otherNotice(basis);
  const date = badDate(basis);
  const delivery = notDelivered(basis);
  return (said, told) =>
    recipient(said, told) |
    manner(said, told) |
    evidence(said, told) |
    text(said, told) |
    delivery(said, told) |
    date(said, told);
}

/**
 * A blank says that nobody knows when this customer was told, unless the consent itself names the text. Where the file has no such column at
 * all, the pack says whether it rests on the notice that both parties signed, with the day on which it was sent; or both parties signed, with
 * a reason, that everybody was told on that day (law.md §1.2).
 */
function notDelivered(basis: JudgeBasis): Fault {
  const { pack, terms } = basis;
  const isAssumed = pack.delivery !== 'each' || terms.notice.taken_as_delivered !== undefined;
  if (isAssumed && columnOf(basis, 'notice_delivered_at') < 0) return () => 0;
  const missing = reasonSet('NOTICE_MISSING');
  return ({ notice }, told) => (told === '' && notice === '' ? missing : 0);
}

function otherRecipient({ matcher }: JudgeBasis): Fault {
  const none = reasonSet('CONSENT_NO_RECIPIENT');
  const other = reasonSet('CONSENT_OTHER_RECIPIENT');
  return ({ recipient }) => {
    if (matcher.namesBuyer(recipient)) return 0;
    return recipient.trim() === '' ? none : other;
  };
}

/**
 * Silence is no consent whatever evidence there is, and neither is a yes of which nobody knows how it was said (CPR-23); what was only
 * spoken is one if there is evidence of what was said.
 */
function notExplicit({ pack }: JudgeBasis): Fault {
  const silentMethods: readonly string[] = pack.silentMethods;
  const recordedMethods: readonly string[] = pack.recordedMethods;
  const silent = reasonSet('CONSENT_NOT_EXPLICIT');
  return ({ state, method, evidence }) => {
    if (state === 'implied' || silentMethods.includes(method)) return silent;
    const isSpoken = state === 'verbal' || recordedMethods.includes(method);
    if (isSpoken) return isEvidence(evidence) ? 0 : silent;
    return method === '' ? silent : 0;
  };
}

function noEvidence(): Fault {
  const none = reasonSet('CONSENT_NO_EVIDENCE');
  return ({ evidence }) => (isEvidence(evidence) ? 0 : none);
}

function otherNotice({ terms }: JudgeBasis): Fault {
  const other = reasonSet('CONSENT_OTHER_NOTICE');
  const { sha256, sent } = terms.notice;
  const isOther = remembered((text) => !isNamed(comparable(text), sha256, sent));
  return ({ notice }) => (notice !== '' && isOther(notice) ? other : 0);
}

/** Whether a cell names the notice of the deal: by its digest, by the beginning of it, or by the day on which it was sent. */
function isNamed(text: string, digest: string, sent: string): boolean {
  if (/^[0-9a-f]{8,64}$/.test(text) && digest.startsWith(text)) return true;
  return text.replaceAll(/\D+/g, '-').replace(/^-|-$/g, '') === sent;
}

function badDate({ limits }: JudgeBasis): Fault {
  const undated = reasonSet('CONSENT_UNDATED');
  const future = reasonSet('CONSENT_IN_FUTURE');
  const before = reasonSet('CONSENT_BEFORE_NOTICE');
  return ({ at }, told) => {
    if (at === '') return undated;
    if (at > limits.now) return future;
    return at < limits.noticeSent || at < told ? before : 0;
  };
}
