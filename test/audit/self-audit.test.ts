import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers, type Assessment, POINTS } from '../../src/audit/self-audit.js';
import {
  type BundleFact,
  type DealFact,
  personsOf,
  type SelfAuditFacts,
} from '../../src/audit/self-audit-facts.js';
import type { Sha256 } from '../../src/base/crypto.js';
import { type CalendarDate, readDate } from '../../src/base/time.js';
import { pointWords, type RemarkCode, remarkText } from '../../src/messages/self-audit.js';
import { ruleOf } from '../../src/policy/pack.js';
import { CURRENT_POLICY } from '../../src/policy/packs.js';

/* Each point's rule as a table of cases: a workspace in which something is so, and what the program then proposes. */

const day = (text: string): CalendarDate => {
  const read = readDate(text);
  if (read === null) throw new Error('not a date');
  return read;
};
const digest = (mark: string): Sha256 => mark.repeat(64).slice(0, 64) as Sha256;
const nowhere = { events: [], documents: [] };
const none = { count: 0, ...nowhere };

/** A workspace of which nothing is known but that its log is intact. */
const nothing: SelfAuditFacts = {
  today: day('2026-11-20'),
  role: 'seller',
  environment: 'production',
  deals: [],
  accounts: [],
  bundles: [],
  ledgers: none,
  marks: 0,
  tellsAge: null,
  approvals: none,
  purges: [],
  overdue: { records: 0, ended: null },
  nextEnd: null,
  holds: none,
  freezes: none,
  places: { cleared: 0, never: 0, remains: 0 },
  requests: [],
  requestEvents: [],
  notices: [],
  noticeEvents: [],
  incidents: { total: 0, open: 0, ...nowhere },
  papers: [],
  people: [],
  peopleEvents: [],
  datasets: 0,
  clearCopies: 0,
  keyInClear: false,
  log: { events: 1, isIntact: true },
  persons: [],
  others: null,
};

const opinion = { sha256: digest('4'), date: day('2026-07-01') };

const deal: DealFact = {
  id: 'D-1',
  rule: ruleOf(CURRENT_POLICY, { kind: 'asset-sale' }),
  isSigned: true,
  isAborted: false,
  purposes: 1,
  fields: 7,
  sensitive: [],
  judgement: [],
  notice: { sha256: digest('1'), sent: day('2026-08-10') },
  assessment: { sha256: digest('2'), date: day('2026-08-01'), keep: day('2029-08-01') },
  confidentiality: { sha256: digest('3'), signed: day('2026-07-20') },
  opinion: null,
  escrow: 0,
  events: [3],
  documents: [digest('a')],
};

const sent: BundleFact = {
  deal: 'D-1',
  number: 1,
  direction: 'out',
  rows: 197,
  day: day('2026-11-01'),
  receipt: null,
  events: [9],
  documents: [digest('b')],
};

const account = { deal: 'D-1', read: 300, transfer: 197, reasons: {}, events: [7], documents: [digest('c')] };
const request = { due: day('2026-11-10'), closed: null, refused: false, hasReason: false };
const purge = { state: 'done', outcome: 'erased', day: day('2026-11-02'), ...nowhere } as const;

const person = (
  role: 'clerk' | 'lead' | 'incident-lead' | 'entrusted',
  facts: { readonly promised?: string; readonly trained?: string } = {},
) => ({
  name: '王芳',
  role,
  gone: null,
  facts: {
    promised: facts.promised === undefined ? null : day(facts.promised),
    trained: facts.trained === undefined ? [] : [{ date: day(facts.trained), topic: '' }],
  },
});
const paper = (kind: 'emergency-plan' | 'drill' | 'training' | 'entrusted', signed: string) => ({
  id: `${kind}-1`,
  kind,
  signed: day(signed),
  sha256: digest('5'),
  events: [4],
});

interface Case {
  readonly point: number;
  readonly so: string;
  readonly facts: Partial<SelfAuditFacts>;
  readonly finding: Assessment;
  readonly codes: readonly RemarkCode[];
}

const signed = { deals: [deal] };
const CASES: readonly Case[] = [
  {
    point: 5,
    so: 'an entrusted party has a contract, another none',
    facts: { people: [person('entrusted', { promised: '2026-01-05' }), person('entrusted')] },
    finding: 'fault',
    codes: ['BOUND', 'UNBOUND'],
  },
  {
    point: 5,
    so: 'a record of an entrusted party was signed',
    facts: { papers: [paper('entrusted', '2026-01-05')] },
    finding: 'evidence',
    codes: ['PAPER'],
  },
  { point: 20, so: 'nobody is listed', facts: {}, finding: 'none', codes: [] },
  {
    point: 20,
    so: 'everybody was trained within a year',
    facts: { people: [person('clerk', { trained: '2025-11-20' })] },
    finding: 'evidence',
    codes: ['TRAINED'],
  },
  {
    point: 20,
    so: 'the last training was a year and a day ago',
    facts: { people: [person('clerk', { trained: '2025-11-19' })] },
    finding: 'fault',
    codes: ['UNTRAINED'],
  },
  {
    point: 20,
    so: 'whoever was not trained has left',
    facts: {
      people: [{ ...person('clerk'), gone: day('2026-11-01') }, person('lead', { trained: '2026-11-01' })],
    },
    finding: 'evidence',
    codes: ['TRAINED'],
  },
  {
    point: 20,
    so: 'an entrusted party is bound by contract and not trained here',
    facts: { people: [person('entrusted')] },
    finding: 'none',
    codes: [],
  },
  {
    point: 20,
    so: 'a training sheet was signed',
    facts: { papers: [paper('training', '2026-03-01')] },
    finding: 'evidence',
    codes: ['PAPER'],
  },
  { point: 23, so: 'there is no plan', facts: {}, finding: 'none', codes: [] },
  {
    point: 23,
    so: 'a plan was signed and tried out within a year',
    facts: { papers: [paper('emergency-plan', '2024-01-01'), paper('drill', '2025-11-20')] },
    finding: 'evidence',
    codes: ['PAPER', 'PAPER'],
  },
  {
    point: 23,
    so: 'the last drill was more than a year ago',
    facts: { papers: [paper('emergency-plan', '2024-01-01'), paper('drill', '2025-11-19')] },
    finding: 'fault',
    codes: ['PAPER', 'PAPER', 'DRILL_OLD'],
  },
  {
    point: 23,
    so: 'a newer drill follows an old one',
    facts: { papers: [paper('drill', '2026-02-01'), { ...paper('drill', '2024-02-01'), id: 'drill-2' }] },
    finding: 'evidence',
    codes: ['PAPER'],
  },
  {
    point: 23,
    so: 'somebody is to lead in an incident',
    facts: { people: [person('incident-lead')] },
    finding: 'evidence',
    codes: ['INCIDENT_LEAD'],
  },
  {
    point: 24,
    so: 'there was no incident, and somebody would lead',
    facts: { people: [person('incident-lead')] },
    finding: 'evidence',
    codes: ['INCIDENTS_NONE', 'INCIDENT_LEAD'],
  },
  { point: 1, so: 'no file was checked', facts: {}, finding: 'none', codes: [] },
  {
    point: 1,
    so: 'records were judged',
    facts: { accounts: [account] },
    finding: 'evidence',
    codes: ['CHECKED'],
  },
  {
    point: 1,
    so: 'some had no consent, and some withdrew',
    facts: { accounts: [{ ...account, reasons: { CONSENT_MISSING: 4, SUBJECT_MISSING: 1 } }], marks: 2 },
    finding: 'evidence',
    codes: ['CHECKED', 'CONSENT_KEPT_BACK', 'WITHDRAWN'],
  },
  {
    point: 1,
    so: 'a ledger came',
    facts: { ledgers: { ...none, count: 1 } },
    finding: 'evidence',
    codes: ['LEDGERS'],
  },
  { point: 2, so: 'a deal is signed', facts: signed, finding: 'evidence', codes: ['DEAL_RULES'] },
  {
    point: 2,
    so: 'a deal waits for a signature',
    facts: { deals: [{ ...deal, isSigned: false }] },
    finding: 'none',
    codes: ['DEAL_OPEN'],
  },
  {
    point: 2,
    so: 'a deal was aborted',
    facts: { deals: [{ ...deal, isAborted: true }] },
    finding: 'evidence',
    codes: ['DEAL_RULES', 'DEAL_ABORTED'],
  },
  { point: 3, so: 'a deal names the notice', facts: signed, finding: 'evidence', codes: ['NOTICE_TEXT'] },
  {
    point: 3,
    so: 'notices did not arrive',
    facts: { ...signed, accounts: [{ ...account, reasons: { NOTICE_MISSING: 3 } }] },
    finding: 'evidence',
    codes: ['NOTICE_TEXT', 'NOTICE_KEPT_BACK'],
  },
  { point: 4, so: 'whatever is so', facts: signed, finding: 'not-applicable', codes: [] },
  { point: 5, so: 'nobody was entrusted', facts: signed, finding: 'none', codes: [] },
  {
    point: 5,
    so: 'a deal names an escrow holder',
    facts: { deals: [{ ...deal, escrow: 1 }] },
    finding: 'none',
    codes: ['ESCROW'],
  },
  {
    point: 6,
    so: 'assets were sold',
    facts: { ...signed, bundles: [sent] },
    finding: 'not-applicable',
    codes: [],
  },
  {
    point: 6,
    so: 'the firm was merged',
    facts: { deals: [{ ...deal, rule: ruleOf(CURRENT_POLICY, { kind: 'merger' }) }], bundles: [sent] },
    finding: 'evidence',
    codes: ['DEAL_SIGNED', 'SENT', 'RECEIPT_MISSING'],
  },
  {
    point: 6,
    so: 'an operator changed, with an opinion',
    facts: {
      deals: [
        {
          ...deal,
          rule: ruleOf(CURRENT_POLICY, { kind: 'operator-change', opinion }),
          opinion,
        },
      ],
    },
    finding: 'evidence',
    codes: ['DEAL_SIGNED', 'OPINION'],
  },
  {
    point: 6,
    so: 'shares were sold',
    facts: { deals: [{ ...deal, rule: ruleOf(CURRENT_POLICY, { kind: 'equity' }) }] },
    finding: 'not-applicable',
    codes: [],
  },
  {
    point: 6,
    so: 'the rules do not name the kind',
    facts: { deals: [{ ...deal, rule: ruleOf(CURRENT_POLICY, { kind: 'franchise' }) }] },
    finding: 'not-applicable',
    codes: [],
  },
  {
    point: 7,
    so: 'the rules do not name the kind',
    facts: { deals: [{ ...deal, rule: ruleOf(CURRENT_POLICY, { kind: 'franchise' }) }] },
    finding: 'evidence',
    codes: ['DEAL_SIGNED', 'ASSESSED'],
  },
  {
    point: 7,
    so: 'shares were sold',
    facts: { deals: [{ ...deal, rule: ruleOf(CURRENT_POLICY, { kind: 'equity' }) }] },
    finding: 'none',
    codes: [],
  },
  {
    point: 7,
    so: 'assets were sold and the receipt came',
    facts: { ...signed, bundles: [{ ...sent, receipt: nowhere }] },
    finding: 'evidence',
    codes: ['DEAL_SIGNED', 'ASSESSED', 'SENT', 'RECEIPTED'],
  },
  {
    point: 7,
    so: 'an operator changed, without an opinion',
    facts: { deals: [{ ...deal, rule: ruleOf(CURRENT_POLICY, { kind: 'operator-change' }) }] },
    finding: 'evidence',
    codes: ['DEAL_SIGNED', 'ASSESSED'],
  },
  {
    point: 7,
    so: 'the firm was merged',
    facts: { deals: [{ ...deal, rule: ruleOf(CURRENT_POLICY, { kind: 'merger' }) }] },
    finding: 'none',
    codes: [],
  },
  {
    point: 7,
    so: 'the assessment came after the handover',
    facts: { ...signed, bundles: [{ ...sent, day: day('2026-07-31') }] },
    finding: 'fault',
    codes: ['DEAL_SIGNED', 'ASSESSED_LATE', 'SENT', 'RECEIPT_MISSING'],
  },
  { point: 8, so: 'no labels leave', facts: signed, finding: 'not-applicable', codes: ['JUDGEMENT_STAYS'] },
  {
    point: 8,
    so: 'labels leave',
    facts: { deals: [{ ...deal, judgement: ['label'] }] },
    finding: 'evidence',
    codes: ['JUDGEMENT_LEAVES'],
  },
  { point: 9, so: 'whatever is so', facts: signed, finding: 'not-applicable', codes: [] },
  { point: 10, so: 'whatever is so', facts: signed, finding: 'not-applicable', codes: [] },
  { point: 11, so: 'whatever is so', facts: signed, finding: 'not-applicable', codes: [] },
  { point: 12, so: 'nothing was agreed', facts: {}, finding: 'none', codes: [] },
  {
    point: 12,
    so: 'nothing sensitive leaves',
    facts: signed,
    finding: 'evidence',
    codes: ['SENSITIVE_STAYS'],
  },
  {
    point: 12,
    so: 'identity numbers leave',
    facts: { deals: [{ ...deal, sensitive: ['id_no'] }] },
    finding: 'evidence',
    codes: ['SENSITIVE_LEAVES'],
  },
  { point: 13, so: 'nothing was imported', facts: {}, finding: 'none', codes: [] },
  {
    point: 13,
    so: 'no column tells an age',
    facts: { tellsAge: false },
    finding: 'none',
    codes: ['AGE_UNKNOWN'],
  },
  { point: 13, so: 'nobody was judged yet', facts: { tellsAge: true }, finding: 'none', codes: [] },
  {
    point: 13,
    so: 'ages were looked at',
    facts: { tellsAge: true, accounts: [account] },
    finding: 'evidence',
    codes: ['AGE_KNOWN'],
  },
  {
    point: 13,
    so: 'children were kept back',
    facts: { tellsAge: true, accounts: [{ ...account, reasons: { GUARDIAN_MISSING: 2 } }] },
    finding: 'evidence',
    codes: ['GUARDIAN_KEPT_BACK'],
  },
  {
    point: 14,
    so: 'a deal stays in the country',
    facts: signed,
    finding: 'not-applicable',
    codes: ['DOMESTIC'],
  },
  {
    point: 15,
    so: 'nothing is due',
    facts: { nextEnd: day('2026-12-01') },
    finding: 'none',
    codes: ['NOT_DUE'],
  },
  {
    point: 15,
    so: 'records are past their retention',
    facts: { overdue: { records: 12, ended: day('2026-11-01') }, purges: [purge] },
    finding: 'fault',
    codes: ['OVERDUE', 'PURGED'],
  },
  {
    point: 15,
    so: 'a purge was certified',
    facts: { purges: [purge] },
    finding: 'evidence',
    codes: ['PURGED'],
  },
  {
    point: 15,
    so: 'a purge had limits, and people attested places',
    facts: {
      purges: [{ ...purge, outcome: 'erased-with-limits' }],
      places: { cleared: 3, never: 1, remains: 0 },
    },
    finding: 'evidence',
    codes: ['PURGED_WITH_LIMITS', 'PLACES'],
  },
  {
    point: 15,
    so: 'a purge failed',
    facts: { purges: [{ ...purge, outcome: 'failed' }] },
    finding: 'fault',
    codes: ['PURGE_FAILED'],
  },
  {
    point: 15,
    so: 'a purge was killed',
    facts: { purges: [{ ...purge, state: 'erased', outcome: null }] },
    finding: 'fault',
    codes: ['PURGE_UNFINISHED'],
  },
  {
    point: 15,
    so: 'a purge is planned, another void, and a hold and a freeze are in force',
    facts: {
      purges: [
        { ...purge, state: 'planned', outcome: null },
        { ...purge, state: 'void', outcome: null },
      ],
      holds: { ...none, count: 1 },
      freezes: { ...none, count: 2 },
    },
    finding: 'none',
    codes: ['HELD', 'FROZEN'],
  },
  { point: 16, so: 'nobody asked', facts: {}, finding: 'none', codes: ['REQUESTS_NONE'] },
  {
    point: 16,
    so: 'a request is open on its last day',
    facts: { requests: [{ ...request, due: nothing.today }] },
    finding: 'evidence',
    codes: ['REQUESTS'],
  },
  {
    point: 16,
    so: 'a request is past due',
    facts: { requests: [request] },
    finding: 'fault',
    codes: ['REQUESTS', 'REQUESTS_OVERDUE'],
  },
  {
    point: 16,
    so: 'a request was closed late, another refused without a reason',
    facts: {
      requests: [
        { ...request, closed: day('2026-11-11') },
        { ...request, closed: day('2026-11-10'), refused: true },
      ],
    },
    finding: 'fault',
    codes: ['REQUESTS', 'REQUESTS_LATE', 'REFUSED_UNREASONED'],
  },
  {
    point: 16,
    so: 'the buyer left a notice open',
    facts: { role: 'buyer', notices: [{ due: day('2026-11-01'), isOpen: true }] },
    finding: 'fault',
    codes: ['REQUESTS_NONE', 'NOTICES', 'NOTICES_OVERDUE'],
  },
  {
    point: 16,
    so: 'the seller told, and the buyer left it open',
    facts: { notices: [{ due: day('2026-11-01'), isOpen: true }] },
    finding: 'evidence',
    codes: ['REQUESTS_NONE', 'NOTICES', 'NOTICES_OVERDUE'],
  },
  { point: 17, so: 'a deal names whom to ask', facts: signed, finding: 'evidence', codes: ['CHANNEL'] },
  { point: 18, so: 'nothing was agreed', facts: {}, finding: 'none', codes: [] },
  {
    point: 18,
    so: 'a deal was signed and approved',
    facts: { ...signed, approvals: { ...none, count: 1 } },
    finding: 'evidence',
    codes: ['CLASSIFIED', 'CONFIDENTIAL', 'APPROVED'],
  },
  { point: 19, so: 'the log is intact', facts: {}, finding: 'evidence', codes: ['LOG_INTACT'] },
  {
    point: 19,
    so: 'the log was changed',
    facts: { log: { events: 9, isIntact: false } },
    finding: 'fault',
    codes: ['LOG_BROKEN'],
  },
  {
    point: 19,
    so: 'the key lies in the clear, and so do files',
    facts: { keyInClear: true, clearCopies: 2, datasets: 1, bundles: [sent] },
    finding: 'fault',
    codes: ['LOG_INTACT', 'SEALED', 'ENCRYPTED', 'KEY_IN_CLEAR', 'CLEAR_COPIES'],
  },
  { point: 20, so: 'whatever is so', facts: signed, finding: 'none', codes: [] },
  { point: 21, so: 'few persons are here', facts: {}, finding: 'not-applicable', codes: ['BELOW_OFFICER'] },
  {
    point: 21,
    so: 'a million persons are here',
    facts: {
      persons: [{ source: 'imported', deal: null, datasets: 1, records: 1_000_000, persons: 1_000_000 }],
    },
    finding: 'not-applicable',
    codes: [],
  },
  { point: 22, so: 'a deal has its assessment', facts: signed, finding: 'evidence', codes: ['ASSESSED'] },
  {
    point: 22,
    so: 'the assessment is of the day of the handover',
    facts: { ...signed, bundles: [{ ...sent, day: deal.assessment.date }] },
    finding: 'evidence',
    codes: ['ASSESSED'],
  },
  {
    point: 22,
    so: 'the first of two handovers came before it',
    facts: { ...signed, bundles: [sent, { ...sent, number: 2, day: day('2026-07-01') }] },
    finding: 'fault',
    codes: ['ASSESSED_LATE'],
  },
  { point: 23, so: 'whatever is so', facts: signed, finding: 'none', codes: [] },
  { point: 24, so: 'no incident is on record', facts: {}, finding: 'none', codes: ['INCIDENTS_NONE'] },
  {
    point: 24,
    so: 'incidents are on record',
    facts: { incidents: { total: 2, open: 1, ...nowhere } },
    finding: 'evidence',
    codes: ['INCIDENTS'],
  },
];

describe('the 24 points', () => {
  it.each(CASES)('$point: $so → $finding', ({ point, facts, finding, codes }) => {
    const answer = answers({ ...nothing, ...facts })[point - 1];
    expect(answer?.evidence.map(({ remark }) => remark.code)).toEqual(codes);
    expect(answer?.finding).toBe(finding);
  });

  it('are 24, with words in both languages, and every one has a case', () => {
    expect(POINTS).toHaveLength(24);
    for (const lang of ['zh', 'en'] as const) expect(pointWords[lang]).toHaveLength(24);
    expect(new Set(CASES.map(({ point }) => point)).size).toBe(24);
  });

  it('only dates in signed documents and the log tick, and only against', () => {
    const proved = CASES.filter(
      ({ facts, point }) => answers({ ...nothing, ...facts })[point - 1]?.tick === 'not-compliant',
    );
    expect([...new Set(proved.map(({ point }) => point))]).toEqual([7, 15, 16, 22]);
    // A changed log and a key in the clear are for a person to judge.
    expect(proved.every(({ finding }) => finding === 'fault')).toBe(true);
  });

  const facts = fc
    .array(fc.constantFrom(...CASES), { maxLength: 12 })
    .map((cases): SelfAuditFacts => Object.assign({ ...nothing }, ...cases.map((each) => each.facts)));

  it('whatever the facts: no point is ever found compliant, and a tick has evidence', () => {
    fc.assert(
      fc.property(facts, (all) => {
        for (const { tick, finding, evidence } of answers(all)) {
          if (tick !== null) expect(finding).toBe('fault');
          expect([null, 'not-compliant']).toContain(tick);
          if (finding === 'fault' || finding === 'evidence') expect(evidence.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('every remark has a sentence in both languages that names no code', () => {
    for (const { facts: some } of CASES)
      for (const { evidence } of answers({ ...nothing, ...some }))
        for (const { remark } of evidence)
          for (const lang of ['zh', 'en'] as const) {
            const text = remarkText(remark, lang, (field) => field);
            expect(text).not.toMatch(/undefined|\[object|[A-Z]{3,}_/);
            expect(/\p{Script=Han}/u.test(text)).toBe(lang === 'zh');
          }
  });
});

describe('the handovers under a deal', () => {
  const bundles: readonly BundleFact[] = [
    sent,
    { ...sent, number: 2, direction: 'in', receipt: { events: [12], documents: [digest('d')] } },
    { ...sent, number: 3, deal: 'D-2' },
  ];

  it('are shown with where to look, their receipts, and what is missing', () => {
    const all = answers({ ...nothing, deals: [deal, { ...deal, id: 'D-2', isSigned: false }], bundles });
    expect(all.map(({ number }) => number)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    const [, , , , , , seventh] = all;
    const shown = seventh?.evidence.filter(({ remark }) => 'number' in remark);
    const about = { deal: 'D-1', rows: 197 };
    const log = 'handover audit log --action';
    expect(shown).toEqual([
      {
        weight: 'for',
        remark: { code: 'SENT', number: 1, ...about },
        events: [9],
        documents: [digest('b')],
        look: `${log} exported`,
      },
      {
        weight: 'note',
        remark: { code: 'RECEIPT_MISSING', number: 1, ...about },
        events: [],
        documents: [],
        look: null,
      },
      {
        weight: 'for',
        remark: { code: 'RECEIVED', number: 2, ...about },
        events: [9],
        documents: [digest('b')],
        look: `${log} received`,
      },
      {
        weight: 'for',
        remark: { code: 'RECEIPTED', number: 2, ...about },
        events: [12],
        documents: [digest('d')],
        look: null,
      },
    ]);
    expect(seventh?.evidence[0]).toMatchObject({
      remark: { code: 'DEAL_SIGNED', deal: 'D-1' },
      look: 'handover deal show D-1',
    });
  });
});

describe('how many persons', () => {
  it('adds the groups, which cannot be compared', () => {
    const group = { source: 'received', deal: 'D-1', datasets: 1, records: 5, persons: 4 } as const;
    expect(personsOf({ persons: [group, { ...group, deal: 'D-2', persons: 3 }] })).toBe(7);
    expect(personsOf({ persons: [] })).toBe(0);
  });
});
