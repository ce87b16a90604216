import type { Sha256 } from '../base/crypto.js';
import { type CalendarDate, dayOf, type Instant } from '../base/time.js';
import type { Terms } from '../deal/terms.js';
import type { Card } from '../identity/card.js';
import { regionOf } from '../identity/region.js';
import type { DatedPaper, GateProblem } from '../messages/problems/gates.js';

/** What has to be so before a bundle is sealed, in the order of law.md §5.2. */
export const GATES = [
  'confidentiality',
  'assessment',
  'notice',
  'opinion',
  'papers',
  'enterprise',
  'region',
] as const;
export type Gate = (typeof GATES)[number];

/** One gate and what is in it; nothing does if it is open. */
export interface Light {
  readonly gate: Gate;
  readonly problem: GateProblem | null;
}

/** What the gates look at. */
export interface GateSetting {
  readonly terms: Terms;
  readonly seller: Card;
  readonly buyer: Card;
  readonly now: Instant;
}

/** Every gate, open or not. What was agreed in advance for a later day is not there before that day. */
export function lightsOf(setting: GateSetting): readonly Light[] {
  return GATES.map((gate) => ({ gate, problem: QUESTIONS[gate](setting) }));
}

const QUESTIONS: Readonly<Record<Gate, (setting: GateSetting) => GateProblem | null>> = {
  confidentiality: ({ terms, now }) => later('confidentiality', terms.confidentiality.signed, now),
  assessment: ({ terms, now }) => later('assessment', terms.assessment.date, now),
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
