import type { Sha256 } from '../base/crypto.js';
import { addDuration, type Duration } from '../base/time.js';
import type { PaperKind } from '../messages/papers.js';
import type { PeopleRole } from '../messages/people.js';
import type { Remark } from '../messages/self-audit.js';
import { peopleGaps } from './people.js';
import {
  type DealFact,
  type PaperFact,
  personsOf,
  type Pointers,
  type PurgeFact,
  type SelfAuditFacts,
} from './self-audit-facts.js';

/** From so many persons on, a handler is no longer small (SPI-2). */
export const SMALL_HANDLER_LIMIT = 100_000;
/** From so many persons on, a protection officer has to be appointed (PIPL-52). */
const OFFICER_LIMIT = 1_000_000;

/** What one remark does to its point. */
export interface Evidence extends Pointers {
  readonly remark: Remark;
  /** `note` helps a person and decides nothing. */
  readonly weight: 'for' | 'against' | 'note';
  /** The command that shows it, or null. */
  readonly look: string | null;
}

/** What the program proposes for a point; the tick is a person's, unless the store proves it. */
export const ASSESSMENTS = ['evidence', 'fault', 'none', 'not-applicable'] as const;
export type Assessment = (typeof ASSESSMENTS)[number];

export interface PointAnswer {
  readonly number: number;
  readonly laws: readonly string[];
  readonly finding: Assessment;
  /**
   * Proved by the store. That all is well never is: nobody's store shows what happens outside of it. A date that has passed is.
   */
  readonly tick: 'not-compliant' | null;
  readonly evidence: readonly Evidence[];
}

/** One point of the form, as data. */
export interface Point {
  /** Requirement ids of law.md. */
  readonly laws: readonly string[];
  /** Whether a small service company usually has nothing to do with it. */
  readonly usually: 'applicable' | 'not-applicable';
  /** `breach`: what the rule finds against it are dates in signed documents and the log, so the tick needs no person. */
  readonly proves: 'breach' | 'nothing';
  readonly rule: (facts: SelfAuditFacts) => readonly Evidence[];
}

const NOWHERE: Pointers = { events: [], documents: [] };

function evidence(
  weight: Evidence['weight'],
  remark: Remark,
  at: Pointers = NOWHERE,
  look: string | null = null,
): Evidence {
  return { weight, remark, events: at.events, documents: at.documents, look };
}

const showDeal = (deal: DealFact): string => `handover deal show ${deal.id}`;
const signedDeals = (facts: SelfAuditFacts): readonly DealFact[] => facts.deals.filter((d) => d.isSigned);
const document = (sha256: Sha256, events: readonly number[]): Pointers => ({ events, documents: [sha256] });
const logOf = (action: string): string => `handover audit log --action ${action}`;

/** Under article 22: records go, and customers are told and need not be asked. */
function isSuccession({ rule }: DealFact): boolean {
  return rule.bundle && rule.consent === 'none';
}

/** Under article 23: records go, and customers must be asked. */
function isProvision({ rule }: DealFact): boolean {
  return rule.bundle && rule.consent === 'separate';
}

function reasons(facts: SelfAuditFacts, codes: readonly string[]): number {
  return facts.accounts.reduce(
    (sum, account) => sum + codes.reduce((n, code) => n + (account.reasons[code] ?? 0), 0),
    0,
  );
}

const CONSENT_REASONS = [
  'CONSENT_REFUSED',
  'CONSENT_WITHDRAWN',
  'OBJECTION',
  'CONSENT_MISSING',
  'CONSENT_UNKNOWN',
  'CONSENT_PENDING',
  'CONSENT_NOT_EXPLICIT',
  'CONSENT_OTHER_RECIPIENT',
  'CONSENT_OTHER_PURPOSE',
  'CONSENT_OTHER_NOTICE',
  'CONSENT_UNDATED',
  'CONSENT_IN_FUTURE',
  'CONSENT_BEFORE_NOTICE',
  'CONSENT_EXPIRED',
  'CONSENT_NO_EVIDENCE',
  'CONTRACT_CONSENT_MISSING',
];
const NOTICE_REASONS = ['NOTICE_MISSING', 'NOTICE_OTHER', 'NOTICE_IN_FUTURE', 'OBJECTION_PERIOD_OPEN'];

/** Shows a count if there is something to count. */
function noted(remark: Remark & { readonly count: number }, at: Pointers = NOWHERE): readonly Evidence[] {
  return remark.count === 0 ? [] : [evidence('note', remark, at)];
}

function accounts(facts: SelfAuditFacts): readonly Evidence[] {
  return facts.accounts.map((account) => {
    const { deal, read, transfer } = account;
    return evidence(
      'for',
      { code: 'CHECKED', deal, read, transfer, kept: read - transfer },
      account,
      facts.role === 'seller' ? logOf('checked') : null,
    );
  });
}

/** The handovers under some of the deals: bundles, and their receipts. */
function handovers(facts: SelfAuditFacts, deals: readonly DealFact[]): readonly Evidence[] {
  const ids = new Set(deals.map((deal) => deal.id));
  return facts.bundles
    .filter((bundle) => ids.has(bundle.deal))
    .flatMap((bundle) => {
      const { deal, number, rows, direction, receipt } = bundle;
      const about = { deal, number, rows };
      const look = logOf(direction === 'out' ? 'exported' : 'received');
      return [
        evidence('for', { code: direction === 'out' ? 'SENT' : 'RECEIVED', ...about }, bundle, look),
        receipt === null
          ? evidence('note', { code: 'RECEIPT_MISSING', ...about })
          : evidence('for', { code: 'RECEIPTED', ...about }, receipt),
      ];
    });
}

/** The impact assessment of each deal: before its first bundle, or too late (PIPL-55). */
function assessments(facts: SelfAuditFacts, deals: readonly DealFact[]): readonly Evidence[] {
  return deals.map((deal) => {
    const { date, keep, sha256 } = deal.assessment;
    const at = document(sha256, deal.events);
    const [sent] = facts.bundles
      .filter((bundle) => bundle.deal === deal.id)
      .map((bundle) => bundle.day)
      .sort();
    return sent !== undefined && sent < date
      ? evidence('against', { code: 'ASSESSED_LATE', deal: deal.id, date, sent }, at, showDeal(deal))
      : evidence('for', { code: 'ASSESSED', deal: deal.id, date, keep }, at, showDeal(deal));
  });
}

function noticeTexts(facts: SelfAuditFacts): readonly Evidence[] {
  return signedDeals(facts).map((deal) =>
    evidence(
      'for',
      { code: 'NOTICE_TEXT', deal: deal.id, sent: deal.notice.sent },
      document(deal.notice.sha256, deal.events),
      showDeal(deal),
    ),
  );
}

/** Signed papers of some kinds: the newest of each. */
function papersOf(facts: SelfAuditFacts, kinds: readonly PaperKind[]): readonly Evidence[] {
  return kinds.flatMap((kind) => {
    const paper = newestPaper(facts, kind);
    if (paper === undefined) return [];
    const { id, signed, sha256, events } = paper;
    const remark = { code: 'PAPER', kind, paper: id, date: signed } as const;
    return [evidence('for', remark, document(sha256, events), 'handover papers list')];
  });
}

function newestPaper({ papers }: SelfAuditFacts, kind: PaperKind): PaperFact | undefined {
  return papers
    .filter((paper) => paper.kind === kind)
    .reduce<PaperFact | undefined>(
      (newest, paper) => (newest === undefined || paper.signed >= newest.signed ? paper : newest),
      undefined,
    );
}

/** A plan is tried out once a year, as the project reads "regularly". */
function oldDrill(facts: SelfAuditFacts): readonly Evidence[] {
  const drill = newestPaper(facts, 'drill');
  return drill === undefined || addDuration(drill.signed, DRILLED_WITHIN) >= facts.today
    ? []
    : [evidence('against', { code: 'DRILL_OLD', date: drill.signed })];
}

const DRILLED_WITHIN = 'P1Y' as Duration;

const PEOPLE_LIST = 'handover people list';

function trainings(facts: SelfAuditFacts): readonly Evidence[] {
  const { trainees, untrained } = peopleGaps(facts.people, facts.today);
  const count = trainees.length - untrained.length;
  return [
    ...(count === 0 ? [] : [listed(facts, 'for', { code: 'TRAINED', count, of: trainees.length })]),
    ...(untrained.length === 0
      ? []
      : [listed(facts, 'against', { code: 'UNTRAINED', count: untrained.length })]),
  ];
}

function promises(facts: SelfAuditFacts): readonly Evidence[] {
  const { present, unpromised } = peopleGaps(facts.people, facts.today);
  const count = present.length - unpromised.length;
  return [
    ...(count === 0 ? [] : [listed(facts, 'for', { code: 'PROMISED', count, of: present.length })]),
    ...(unpromised.length === 0
      ? []
      : [listed(facts, 'note', { code: 'UNPROMISED', count: unpromised.length })]),
  ];
}

function entrustedParties(facts: SelfAuditFacts): readonly Evidence[] {
  const parties = peopleGaps(facts.people, facts.today).present.filter(({ role }) => role === 'entrusted');
  const bound = parties.filter((party) => party.facts.promised !== null).length;
  const unbound = parties.length - bound;
  return [
    ...(bound === 0 ? [] : [listed(facts, 'for', { code: 'BOUND', count: bound, of: parties.length })]),
    ...(unbound === 0 ? [] : [listed(facts, 'against', { code: 'UNBOUND', count: unbound })]),
  ];
}

function listedAs(
  facts: SelfAuditFacts,
  role: PeopleRole,
  code: 'RESPONSIBLE' | 'INCIDENT_LEAD',
): readonly Evidence[] {
  const count = peopleGaps(facts.people, facts.today).present.filter((person) => person.role === role).length;
  return count === 0 ? [] : [listed(facts, 'for', { code, count })];
}

function listed({ peopleEvents }: SelfAuditFacts, weight: Evidence['weight'], remark: Remark): Evidence {
  return evidence(weight, remark, { events: peopleEvents, documents: [] }, PEOPLE_LIST);
}

/** Points that no record of a handover says anything about. */
const silent = (): readonly Evidence[] => [];

/**
 * The 24 points of the self-audit form for small handlers (SPI-A1), in the order of law.md §2.1. Rules look at facts alone; their words
 * are in messages/self-audit.ts.
 */
export const POINTS: readonly Point[] = [
  {
    // 1. Basis and consent.
    laws: ['PIPL-13', 'PIPL-14', 'PIPL-15', 'PIPL-16'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) => [
      ...accounts(facts),
      ...noted({ code: 'CONSENT_KEPT_BACK', count: reasons(facts, CONSENT_REASONS) }),
      ...(facts.ledgers.count === 0
        ? []
        : [evidence('for', { code: 'LEDGERS', count: facts.ledgers.count }, facts.ledgers)]),
      ...noted({ code: 'WITHDRAWN', count: facts.marks }),
    ],
  },
  {
    // 2. Handling rules.
    laws: ['PIPL-6', 'PIPL-7', 'PIPL-17', 'PIPL-19'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) =>
      facts.deals.flatMap((deal) => {
        const { id, purposes, fields, isSigned, isAborted } = deal;
        return [
          isSigned
            ? evidence('for', { code: 'DEAL_RULES', deal: id, purposes, fields }, deal, showDeal(deal))
            : evidence('note', { code: 'DEAL_OPEN', deal: id }, deal, showDeal(deal)),
          ...(isAborted ? [evidence('note', { code: 'DEAL_ABORTED', deal: id }, deal)] : []),
        ];
      }),
  },
  {
    // 3. Notice beforehand.
    laws: ['PIPL-17'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) => [
      ...noticeTexts(facts),
      ...noted({ code: 'NOTICE_KEPT_BACK', count: reasons(facts, NOTICE_REASONS) }),
    ],
  },
  // 4. Joint handling.
  { laws: ['PIPL-20'], usually: 'not-applicable', proves: 'nothing', rule: silent },
  {
    // 5. Entrusted handling.
    laws: ['PIPL-21', 'PIPL-59'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) => [
      ...entrustedParties(facts),
      ...papersOf(facts, ['entrusted']),
      ...signedDeals(facts)
        .filter((deal) => deal.escrow > 0)
        .map((deal) =>
          evidence('note', { code: 'ESCROW', deal: deal.id, count: deal.escrow }, deal, showDeal(deal)),
        ),
    ],
  },
  {
    // 6. Transfer on merger, restructuring, division, dissolution, bankruptcy.
    laws: ['PIPL-22', 'NDSR-14'],
    usually: 'not-applicable',
    proves: 'nothing',
    rule: (facts) => {
      const deals = signedDeals(facts).filter(isSuccession);
      return [
        ...deals.map((deal) => evidence('for', { code: 'DEAL_SIGNED', deal: deal.id }, deal, showDeal(deal))),
        ...deals.flatMap(({ id, opinion, events }) =>
          opinion === null
            ? []
            : [
                evidence(
                  'note',
                  { code: 'OPINION', deal: id, date: opinion.date },
                  document(opinion.sha256, events),
                ),
              ],
        ),
        ...handovers(facts, deals),
      ];
    },
  },
  {
    // 7. Provision to other handlers.
    laws: ['PIPL-23', 'NDSR-12', 'NDSR-62-7'],
    usually: 'applicable',
    proves: 'breach',
    rule: (facts) => {
      const deals = signedDeals(facts).filter(isProvision);
      return [
        ...deals.map((deal) => evidence('for', { code: 'DEAL_SIGNED', deal: deal.id }, deal, showDeal(deal))),
        ...assessments(facts, deals),
        ...handovers(facts, deals),
      ];
    },
  },
  {
    // 8. Automated decisions.
    laws: ['PIPL-24'],
    usually: 'not-applicable',
    proves: 'nothing',
    rule: (facts) =>
      signedDeals(facts).map((deal) =>
        deal.judgement.length === 0
          ? evidence('note', { code: 'JUDGEMENT_STAYS', deal: deal.id }, deal, showDeal(deal))
          : evidence(
              'for',
              { code: 'JUDGEMENT_LEAVES', deal: deal.id, fields: deal.judgement },
              deal,
              showDeal(deal),
            ),
      ),
  },
  // 9. Public disclosure. 10. Cameras in public places. 11. Data that is already public.
  { laws: ['PIPL-25'], usually: 'not-applicable', proves: 'nothing', rule: silent },
  { laws: ['PIPL-26'], usually: 'not-applicable', proves: 'nothing', rule: silent },
  { laws: ['PIPL-27'], usually: 'not-applicable', proves: 'nothing', rule: silent },
  {
    // 12. Sensitive data.
    laws: ['PIPL-28', 'PIPL-29', 'PIPL-30'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) =>
      signedDeals(facts).map((deal) =>
        deal.sensitive.length === 0
          ? evidence('for', { code: 'SENSITIVE_STAYS', deal: deal.id }, deal, showDeal(deal))
          : evidence(
              'for',
              { code: 'SENSITIVE_LEAVES', deal: deal.id, fields: deal.sensitive },
              deal,
              showDeal(deal),
            ),
      ),
  },
  {
    // 13. Children under fourteen.
    laws: ['PIPL-31'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) => {
      const count = reasons(facts, ['GUARDIAN_MISSING']);
      if (count > 0)
        return [evidence('for', { code: 'GUARDIAN_KEPT_BACK', count }, NOWHERE, logOf('checked'))];
      if (facts.tellsAge === null) return [];
      if (!facts.tellsAge) return [evidence('note', { code: 'AGE_UNKNOWN' })];
      return facts.accounts.length === 0 ? [] : [evidence('for', { code: 'AGE_KNOWN' })];
    },
  },
  {
    // 14. Transfer abroad.
    laws: ['PIPL-38'],
    usually: 'not-applicable',
    proves: 'nothing',
    rule: (facts) =>
      signedDeals(facts).map((deal) =>
        evidence('note', { code: 'DOMESTIC', deal: deal.id }, deal, showDeal(deal)),
      ),
  },
  {
    // 15. Deletion.
    laws: ['PIPL-47', 'PIPL-19'],
    usually: 'applicable',
    proves: 'breach',
    rule: (facts) => {
      const { overdue, nextEnd, places } = facts;
      const { cleared, never, remains } = places;
      return [
        ...(overdue.records === 0 || overdue.ended === null
          ? []
          : [evidence('against', { code: 'OVERDUE', count: overdue.records, since: overdue.ended })]),
        ...facts.purges.flatMap(purged),
        ...noted({ code: 'HELD', count: facts.holds.count }, facts.holds),
        ...noted({ code: 'FROZEN', count: facts.freezes.count }, facts.freezes),
        ...(cleared + never + remains === 0
          ? []
          : [
              evidence('note', { code: 'PLACES', cleared, never, remains }, NOWHERE, logOf('place-attested')),
            ]),
        ...(nextEnd === null ? [] : [evidence('note', { code: 'NOT_DUE', until: nextEnd })]),
      ];
    },
  },
  {
    // 16. Rights of customers.
    laws: ['PIPL-44', 'PIPL-45', 'PIPL-46', 'PIPL-50'],
    usually: 'applicable',
    proves: 'breach',
    rule: (facts) => {
      const { requests, notices, today } = facts;
      const open = requests.filter((request) => request.closed === null);
      const refused = requests.filter((request) => request.refused);
      const counted = (remark: Remark & { readonly count: number }): readonly Evidence[] =>
        remark.count === 0 ? [] : [evidence('against', remark)];
      const total = requests.length;
      const at = { events: facts.requestEvents, documents: [] };
      return [
        total === 0
          ? evidence('note', { code: 'REQUESTS_NONE' })
          : evidence(
              'for',
              { code: 'REQUESTS', total, open: open.length, refused: refused.length },
              at,
              logOf('request-opened'),
            ),
        ...counted({ code: 'REQUESTS_OVERDUE', count: open.filter(({ due }) => due < today).length }),
        ...counted({
          code: 'REQUESTS_LATE',
          count: requests.filter(({ closed, due }) => closed !== null && closed > due).length,
        }),
        ...counted({
          code: 'REFUSED_UNREASONED',
          count: refused.filter((request) => !request.hasReason).length,
        }),
        ...(notices.length === 0
          ? []
          : [
              evidence(
                'for',
                { code: 'NOTICES', total: notices.length, open: notices.filter((n) => n.isOpen).length },
                { events: facts.noticeEvents, documents: [] },
              ),
            ]),
        // The seller has told; what is open then is the buyer's to do.
        ...(facts.role === 'buyer' ? counted : noted)({
          code: 'NOTICES_OVERDUE',
          count: notices.filter((notice) => notice.isOpen && notice.due < today).length,
        }),
      ];
    },
  },
  {
    // 17. Explanation of the rules.
    laws: ['PIPL-48'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) =>
      signedDeals(facts).map((deal) =>
        evidence('for', { code: 'CHANNEL', deal: deal.id }, deal, showDeal(deal)),
      ),
  },
  {
    // 18. Internal rules and procedures.
    laws: ['PIPL-51'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) => [
      ...signedDeals(facts).flatMap((deal) => [
        evidence('for', { code: 'CLASSIFIED', deal: deal.id, fields: deal.fields }, deal, showDeal(deal)),
        evidence(
          'note',
          { code: 'CONFIDENTIAL', deal: deal.id, signed: deal.confidentiality.signed },
          document(deal.confidentiality.sha256, deal.events),
        ),
      ]),
      ...noted({ code: 'APPROVED', count: facts.approvals.count }, facts.approvals),
      ...papersOf(facts, ['handling-rules', 'public-rules', 'backups']),
      ...promises(facts),
    ],
  },
  {
    // 19. Security technology.
    laws: ['PIPL-51', 'PIPL-9'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) => [
      facts.log.isIntact
        ? evidence('for', { code: 'LOG_INTACT', events: facts.log.events }, NOWHERE, 'handover audit verify')
        : evidence('against', { code: 'LOG_BROKEN' }, NOWHERE, 'handover audit verify'),
      ...(facts.datasets === 0 ? [] : [evidence('for', { code: 'SEALED', datasets: facts.datasets })]),
      ...(facts.bundles.length === 0
        ? []
        : [evidence('for', { code: 'ENCRYPTED', bundles: facts.bundles.length })]),
      ...(facts.keyInClear
        ? [evidence('against', { code: 'KEY_IN_CLEAR' }, NOWHERE, 'handover doctor')]
        : []),
      ...noted({ code: 'CLEAR_COPIES', count: facts.clearCopies }),
    ],
  },
  // 20. Training.
  {
    laws: ['PIPL-51'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) => [...trainings(facts), ...papersOf(facts, ['training'])],
  },
  {
    // 21. Protection officer.
    laws: ['PIPL-52'],
    usually: 'not-applicable',
    proves: 'nothing',
    rule: (facts) => {
      const count = personsOf(facts);
      return [
        ...listedAs(facts, 'lead', 'RESPONSIBLE'),
        ...(count < OFFICER_LIMIT ? [evidence('note', { code: 'BELOW_OFFICER', count })] : []),
      ];
    },
  },
  {
    // 22. Impact assessment.
    laws: ['PIPL-55', 'PIPL-56'],
    usually: 'applicable',
    proves: 'breach',
    rule: (facts) => [...assessments(facts, signedDeals(facts)), ...papersOf(facts, ['pia'])],
  },
  {
    // 23. Emergency plan.
    laws: ['PIPL-51'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) => [
      ...papersOf(facts, ['emergency-plan', 'drill']),
      ...oldDrill(facts),
      ...listedAs(facts, 'incident-lead', 'INCIDENT_LEAD'),
    ],
  },
  {
    // 24. Handling of incidents.
    laws: ['PIPL-57'],
    usually: 'applicable',
    proves: 'nothing',
    rule: (facts) => {
      const { incidents } = facts;
      const { total, open } = incidents;
      return [
        total === 0
          ? evidence('note', { code: 'INCIDENTS_NONE' })
          : evidence('for', { code: 'INCIDENTS', total, open }, incidents, logOf('incident-opened')),
        ...listedAs(facts, 'incident-lead', 'INCIDENT_LEAD'),
      ];
    },
  },
];

function purged(purge: PurgeFact): readonly Evidence[] {
  const { state, outcome, day } = purge;
  if (state === 'began' || state === 'erased')
    return [evidence('against', { code: 'PURGE_UNFINISHED', date: day }, purge)];
  if (state !== 'done') return [];
  if (outcome === 'failed') return [evidence('against', { code: 'PURGE_FAILED', date: day }, purge)];
  const code = outcome === 'erased' ? 'PURGED' : 'PURGED_WITH_LIMITS';
  return [evidence('for', { code, date: day }, purge, logOf('purged'))];
}

/** The answers to all points, in order. */
export function answers(facts: SelfAuditFacts): readonly PointAnswer[] {
  return POINTS.map((point, i) => {
    const found = point.rule(facts);
    const finding = assess(point, found);
    return {
      number: i + 1,
      laws: point.laws,
      finding,
      tick: finding === 'fault' && point.proves === 'breach' ? 'not-compliant' : null,
      evidence: found,
    };
  });
}

/** What speaks against a point outweighs what speaks for it. */
function assess(point: Point, found: readonly Evidence[]): Assessment {
  if (found.some(({ weight }) => weight === 'against')) return 'fault';
  if (found.some(({ weight }) => weight === 'for')) return 'evidence';
  return point.usually === 'not-applicable' ? 'not-applicable' : 'none';
}
