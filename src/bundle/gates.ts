import type { Sha256 } from '../base/crypto.js';
import { type CalendarDate, dayOf, type Instant } from '../base/time.js';
import { SMALL_HANDLER_LIMIT } from '../audit/self-audit.js';
import { leavingFields, type Terms } from '../deal/terms.js';
import type { Card } from '../identity/card.js';
import { regionOf } from '../identity/region.js';
import type { DatedPaper, GateProblem } from '../messages/problems/gates.js';

/** What has to be so before a bundle is sealed, in the order of law.md §5.2. */
export const GATES = [
  'confidentiality',
  'assessment',
  'assessment-scope',
  'notice',
  'opinion',
  'papers',
  'enterprise',
  'region',
] as const;
export type Gate = (typeof GATES)[number];

/** What law.md §5.2 asks for besides, and a person has to see to: shown beside the gates, and nothing is stopped by it here. */
export const REMINDERS = [
  'assessment-named',
  'recipient',
  'responsible',
  'scope',
  'findings',
  'size',
  'compared',
] as const;
type Reminder = (typeof REMINDERS)[number];

/** One gate and what is in it; nothing does if it is open. */
export interface Light {
  readonly gate: Gate | Reminder;
  readonly problem: GateProblem | null;
}

/** What the reminders look at; null where nothing of it is known yet. */
export interface ReminderFacts {
  readonly terms: Terms;
  readonly buyer: Card;
  /** Whether the other party's card is one whose fingerprint was compared and in which trust was not withdrawn since. */
  readonly isCompared: boolean;
  /** Whether somebody is registered who answers for the handover. */
  readonly hasLead: boolean;
  /** Whether the plan was drawn from everything that is known now; null before there is one. */
  readonly isPlanFresh: boolean | null;
  /** Rows that were rejected and have not come back; null before there is a list. */
  readonly rejected: number | null;
  /** Persons here, and how many there are besides by the firm's own word. */
  readonly persons: { readonly here: number; readonly others: number | null };
}

/** Every reminder that can be looked up by now, settled or not. */
export function remindersOf(facts: ReminderFacts): readonly Light[] {
  const { terms, buyer, isCompared, hasLead, isPlanFresh, rejected, persons } = facts;
  const total = persons.here + (persons.others ?? 0);
  const problems: Readonly<Record<Reminder, GateProblem | null>> = {
    'assessment-named':
      terms.assessment.buyer === undefined || terms.assessment.classes === undefined
        ? { code: 'GATE_ASSESSMENT_UNSAID' }
        : null,
    recipient:
      buyer.uscc !== undefined && buyer.contact.address !== undefined
        ? null
        : { code: 'GATE_RECIPIENT_INCOMPLETE', party: buyer.name },
    responsible: hasLead ? null : { code: 'GATE_RESPONSIBLE_NONE' },
    scope: isPlanFresh === false ? { code: 'GATE_SCOPE_STALE' } : null,
    findings: rejected === null || rejected === 0 ? null : { code: 'GATE_FINDINGS_OPEN', rows: rejected },
    size:
      total >= SMALL_HANDLER_LIMIT
        ? { code: 'GATE_SIZE_LARGE', persons: total }
        : persons.others === null
          ? { code: 'GATE_SIZE_UNSAID', here: persons.here }
          : null,
    compared: isCompared ? null : { code: 'GATE_FINGERPRINT_UNCOMPARED' },
  };
  // Of what is not known yet nothing is said.
  const unknown: Readonly<Partial<Record<Reminder, boolean>>> = {
    scope: isPlanFresh === null,
    findings: rejected === null,
  };
  return REMINDERS.filter((gate) => unknown[gate] !== true).map((gate) => ({
    gate,
    problem: problems[gate],
  }));
}

/** What the gates look at. */
export interface GateSetting {
  readonly terms: Terms;
  readonly seller: Card;
  readonly buyer: Card;
  readonly now: Instant;
}

/**
 * Every gate that there is under the deal, open or not: one without an opinion waits for none. What was agreed in advance for a later day is
 * not there before that day.
 */
export function lightsOf(setting: GateSetting): readonly Light[] {
  const gates = GATES.filter((gate) => gate !== 'opinion' || setting.terms.opinion !== undefined);
  return gates.map((gate) => ({ gate, problem: QUESTIONS[gate](setting) }));
}

const QUESTIONS: Readonly<Record<Gate, (setting: GateSetting) => GateProblem | null>> = {
  confidentiality: ({ terms, now }) => later('confidentiality', terms.confidentiality.signed, now),
  assessment: ({ terms, now }) => later('assessment', terms.assessment.date, now),
  'assessment-scope': ({ terms }) => assessmentScope(terms),
  notice: ({ terms, now }) => later('notice', terms.notice.sent, now),
  opinion: ({ terms, now }) =>
    terms.opinion === undefined ? null : later('opinion', terms.opinion.date, now),
  papers: ({ terms }) => papersProblem(terms),
  enterprise: ({ seller, buyer }) => oneEnterprise(seller, buyer),
  region: ({ buyer }) => abroad(buyer),
};

const LATER = {
  confidentiality: 'GATE_CONFIDENTIALITY_LATER',
  assessment: 'GATE_ASSESSMENT_LATER',
  notice: 'GATE_NOTICE_LATER',
  opinion: 'GATE_OPINION_LATER',
} as const satisfies Record<DatedPaper, GateProblem['code']>;

function later(paper: DatedPaper, date: CalendarDate, now: Instant): GateProblem | null {
  const today = dayOf(now);
  return date > today ? { code: LATER[paper], date, today } : null;
}

/** Whether the assessment, where the deal says what it is about, names this buyer and every class that leaves (PIPL-55). */
export function assessmentScope(terms: Terms): GateProblem | null {
  const { buyer: recipient, classes } = terms.assessment;
  if (recipient !== undefined && plain(recipient) !== plain(terms.buyer.name))
    return { code: 'GATE_ASSESSMENT_RECIPIENT', recipient, party: terms.buyer.name };
  const named = classes;
  if (named === undefined) return null;
  const missing = [...new Set(leavingFields(terms).map((field) => field.class))].filter(
    (one) => !named.includes(one),
  );
  return missing.length === 0 ? null : { code: 'GATE_ASSESSMENT_CLASSES', classes: missing };
}

/** SHA-256 of nothing. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Whether the digests of the papers can be those of different papers that exist. */
export function papersProblem({ confidentiality, assessment, notice, opinion }: Terms): GateProblem | null {
  const digests: readonly Sha256[] = [
    confidentiality.sha256,
    assessment.sha256,
    notice.sha256,
    ...(opinion === undefined ? [] : [opinion.sha256]),
  ];
  if (digests.some((digest) => digest === EMPTY || new Set(digest).size < 6))
    return { code: 'GATE_PAPER_EMPTY' };
  return new Set(digests).size < digests.length ? { code: 'GATE_PAPERS_SAME' } : null;
}

function oneEnterprise(seller: Card, buyer: Card): GateProblem | null {
  if (seller.uscc !== undefined && seller.uscc === buyer.uscc)
    return { code: 'GATE_ONE_ENTERPRISE', by: 'uscc' };
  return plain(seller.name) === plain(buyer.name) ? { code: 'GATE_ONE_ENTERPRISE', by: 'name' } : null;
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s（）()]/gu, '')
    .toLowerCase();
}

function abroad(buyer: Card): GateProblem | null {
  const { place, sign } = regionOf(buyer);
  if (place === 'mainland') return null;
  const code = place === 'abroad' ? 'GATE_BUYER_ABROAD' : 'GATE_BUYER_UNCLEAR';
  return { code, party: buyer.name, sign };
}
