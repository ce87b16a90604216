import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Duration, Instant } from '../../src/base/time.js';
import { leavingFields, type Terms, type TermsField } from '../../src/deal/terms.js';
import type { ExplainStep } from '../../src/messages/reasons.js';
import { CONSENT_METHODS, CONSENT_STATES, type ConsentEvent } from '../../src/policy/consent.js';
import { explain } from '../../src/policy/explain.js';
import { compileJudge } from '../../src/policy/judge.js';
import { policyOf, ruleOf } from '../../src/policy/pack.js';
import { reasonSet } from '../../src/policy/reasons.js';
import { staysWith } from '../../src/policy/stays.js';
import { checkedRecord, verdictCode, verdictOf } from '../../src/policy/verdict.js';
import { sampleTerms } from '../deal/terms-sample.js';
import { BUYER, type Cells, COLUMNS, CONTRACT, event, GOOD, GUARDIAN, NOW, recordOf } from './setup.js';

const times = fc.constantFrom(
  '',
  '2026-10-19T15:59:59Z',
  '2026-10-21T02:00:00Z',
  '2026-11-01T02:00:00Z',
  '2026-11-01T02:00:01Z',
  '2026-11-20T00:00:00Z',
  '2027-01-01T00:00:00Z',
);
const recipients = fc.constantFrom(
  BUYER,
  '上海乙家政',
  '上海丙家政服务有限公司',
  '',
  '第三方',
  sampleTerms().buyer.card,
);
const purposes = fc.constantFrom('service', '继续提供家政服务', 'care', 'service、care', '营销', '', '全部');
const evidence = fc.constantFrom('', 'DX-1', 'DX-2');

const events: fc.Arbitrary<ConsentEvent> = fc.record(
  {
    state: fc.constantFrom(...CONSENT_STATES),
    at: times.map((t) => t as Instant | ''),
    recipient: recipients,
    purpose: purposes,
    method: fc.constantFrom('', ...CONSENT_METHODS),
    evidence,
    notice: fc.constantFrom(sampleTerms().notice.sha256, sampleTerms().assessment.sha256),
  },
  { requiredKeys: ['state', 'at', 'recipient', 'purpose', 'method', 'evidence'] },
);

/** Mostly in order, so that every rule is reached. */
const records = fc
  .record(
    {
      customer_no: fc.constantFrom('C1', ''),
      birth_date: fc.constantFrom('', '2012-11-20', '2012-11-21', '1990-01-01'),
      id_no: fc.constantFrom('', '310101201801010017', '310101199001010017'),
      age: fc.constantFrom('', '13', '14'),
      remaining_sessions: fc.constantFrom('', '0', '3'),
      last_service_at: fc.constantFrom('', '2023-11-22', '2023-11-23', '2026-09-01'),
      retain_until: fc.constantFrom('', '2026-11-22', '2026-11-23'),
      erasure_requested_at: fc.constantFrom('', '2026-01-01T00:00:00Z'),
      consent_status: fc.constantFrom('', ...CONSENT_STATES),
      consent_recipient: recipients,
      consent_purpose: purposes,
      consent_at: times,
      consent_method: fc.constantFrom('', ...CONSENT_METHODS),
      consent_evidence: evidence,
      consent_valid_until: fc.constantFrom('', '2026-11-22', '2026-11-23'),
      notice_delivered_at: times,
      objection_at: times,
      guardian_consent: fc.constantFrom('', 'given', 'refused', 'withdrawn'),
      guardian_name: fc.constantFrom('', '张父'),
      guardian_relation: fc.constantFrom('', '父亲'),
      guardian_consent_at: times,
      guardian_consent_evidence: evidence,
      contract_consent: fc.constantFrom('', 'given', 'refused'),
      contract_consent_at: times,
      contract_consent_evidence: evidence,
    },
    { requiredKeys: [] },
  )
  .map((cells) => ({ ...GOOD, ...cells }));

const deals = fc
  .record({
    kind: fc.constantFrom(
      'asset-sale' as const,
      'merger' as const,
      'operator-change' as const,
      'bankruptcy' as const,
    ),
    opinion: fc.boolean(),
    objection: fc.constantFrom(undefined, 'P15D', 'P33D', 'P2M'),
    valid: fc.constantFrom(undefined, 'P22D', 'P21D', 'P1Y'),
    two: fc.boolean(),
  })
  .map(({ kind, opinion, objection, valid, two }) =>
    sampleTerms((t) => {
      t.kind = kind;
      if (opinion) t.opinion = { sha256: t.notice.sha256, author: 'A', date: t.notice.sent };
      if (objection !== undefined) t.notice.objection = objection as Duration;
      t.notice.consent_valid = valid as Duration | undefined;
      if (!two) return;
      t.purposes.push({ id: 'care', zh: '健康照护', en: 'care' });
      for (const field of t.resources[0]?.fields ?? [])
        if (field.name === 'frequency') field.purpose = 'care';
    }),
  );

describe('explain', () => {
  test('the set is all reasons of the chain together, for any record, ledger and deal', () => {
    fc.assert(
      fc.property(deals, records, fc.array(events, { maxLength: 4 }), (terms, cells, ledger) => {
        const setup = { terms, columns: COLUMNS, now: NOW };
        const record = recordOf(cells);
        const { reasonSet: set, reasons, stays, steps, verdict } = explain(setup, record, ledger);
        const questions = steps.slice(0, -1);
        const judged = compileJudge(setup)(record, ledger);
        expect(judged.reasonSet).toBe(reasonSet(...questions.flatMap((s) => s.reasons)));
        expect(judged).toMatchObject({ reasonSet: set, stays });
        expect(steps.at(-1)?.reasons).toEqual(reasons.map((r) => r.code));
        expect(verdict).toBe(verdictOf(set));
        for (const { outcome, reasons: found, decidedBy } of questions) {
          expect(outcome === 'failed').toBe(found.length > 0);
          if (outcome === 'not-asked') expect(decidedBy).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each<[Terms['kind'], Cells, readonly ExplainStep[]]>([
    ['asset-sale', GOOD, ['notice', 'guardian', 'sensitive', 'care', 'contract']],
    [
      'asset-sale',
      { ...GOOD, ...CONTRACT, remaining_sessions: '3' },
      ['notice', 'guardian', 'sensitive', 'care'],
    ],
    ['asset-sale', { ...GOOD, ...GUARDIAN, age: '13' }, ['notice', 'sensitive', 'care', 'contract']],
    [
      'merger',
      { ...GOOD, remaining_sessions: '3' },
      ['consent', 'guardian', 'sensitive', 'care', 'contract'],
    ],
    ['operator-change', GOOD, ['notice', 'guardian', 'sensitive', 'care', 'contract']],
  ])('under %s it does not ask what there is no occasion for (%#)', (kind, cells, expected) => {
    const terms = sampleTerms((t) => Object.assign(t, { kind }));
    const { steps, reasonSet: set } = explain(
      { terms, columns: COLUMNS, now: NOW },
      recordOf(cells),
      undefined,
    );
    expect(steps.filter((s) => s.outcome === 'not-asked').map((s) => s.step)).toEqual(expected);
    expect(set).toBe(0);
  });

  test('tells what is wrong with a consent in the order of law.md 1.3, purpose by purpose', () => {
    const terms = sampleTerms((t) => {
      t.purposes.push({ id: 'care', zh: '健康照护', en: 'care' });
      for (const field of t.resources[0]?.fields ?? [])
        if (field.name === 'frequency') field.purpose = 'care';
    });
    const poor = {
      ...GOOD,
      consent_recipient: '北京丙家政',
      consent_evidence: '',
      consent_method: 'default',
    };
    const { steps } = explain({ terms, columns: COLUMNS, now: NOW }, recordOf(poor), undefined);
    expect(steps.find((s) => s.step === 'consent')).toMatchObject({
      reasons: ['CONSENT_OTHER_RECIPIENT', 'CONSENT_NOT_EXPLICIT', 'CONSENT_NO_EVIDENCE'],
      stays: [
        {
          code: 'PURPOSE_NOT_AGREED',
          reasons: [
            'CONSENT_OTHER_RECIPIENT',
            'CONSENT_OTHER_PURPOSE',
            'CONSENT_NOT_EXPLICIT',
            'CONSENT_NO_EVIDENCE',
          ],
        },
      ],
      decidedBy: [
        { source: 'column', entry: 'consent_status', at: GOOD.consent_at, purpose: 'service' },
        { source: 'column', entry: 'consent_status', at: GOOD.consent_at, purpose: 'care' },
      ],
    });
  });

  test('a no without time decides and has none', () => {
    const setup = { terms: sampleTerms(), columns: COLUMNS, now: NOW };
    const { steps } = explain(setup, recordOf(GOOD), [event({ state: 'withdrawn', at: '' })]);
    expect(steps.find((s) => s.step === 'refusal')?.decidedBy).toEqual([
      { source: 'ledger', entry: '1', at: '', purpose: 'service' },
    ]);
  });

  describe('of what was said several times', () => {
    const blank = { ...GOOD, consent_status: '', consent_at: '', consent_method: '', consent_evidence: '' };
    const at = (day: string) => `2026-11-${day}T00:00:00Z` as Instant;
    const told = (asked: ExplainStep, ...said: readonly Parameters<typeof event>[0][]) => {
      const setup = { terms: sampleTerms(), columns: COLUMNS, now: NOW };
      const found = explain(setup, recordOf(blank), said.map(event)).steps.find((s) => s.step === asked);
      return [found?.reasons, found?.decidedBy.map(({ entry }) => entry)];
    };

    test.each<[string, readonly Parameters<typeof event>[0][], readonly string[], readonly string[]]>([
      [
        'the later no decides',
        [
          { state: 'withdrawn', at: at('12') },
          { state: 'refused', at: at('05') },
        ],
        ['CONSENT_WITHDRAWN'],
        ['1'],
      ],
      [
        'two of one moment do both',
        [
          { state: 'refused', at: at('12') },
          { state: 'withdrawn', at: at('12') },
        ],
        ['CONSENT_REFUSED', 'CONSENT_WITHDRAWN'],
        ['1', '2'],
      ],
    ])('%s', (_, said, reasons, entries) => {
      expect(told('refusal', ...said)).toEqual([reasons, entries]);
    });

    test.each<[string, readonly Parameters<typeof event>[0][], readonly string[], readonly string[]]>([
      [
        'what the later of two yeses lacks',
        [
          { evidence: '', at: at('05') },
          { method: 'default', at: at('10') },
        ],
        ['CONSENT_NOT_EXPLICIT'],
        ['2'],
      ],
      ['each of two good yeses', [{ at: at('05') }, { at: at('10') }], [], ['1', '2']],
      [
        'what the only yes lacks',
        [{ recipient: '北京丙家政', at: at('10') }],
        ['CONSENT_OTHER_RECIPIENT'],
        ['1'],
      ],
    ])('%s decides', (_, said, reasons, entries) => {
      expect(told('consent', ...said)).toEqual([reasons, entries]);
    });
  });

  test('names the column that decided, with its time', () => {
    const cells = { ...GOOD, erasure_requested_at: '2026-11-01T00:00:00Z' };
    const { steps } = explain(
      { terms: sampleTerms(), columns: COLUMNS, now: NOW },
      recordOf(cells),
      undefined,
    );
    expect(steps.find((s) => s.step === 'erasure')).toMatchObject({
      reasons: ['ERASURE_REQUESTED'],
      decidedBy: [{ source: 'column', entry: 'erasure_requested_at', at: '2026-11-01T00:00:00Z' }],
    });
  });

  test('walks the questions of law.md in their order', () => {
    const { steps, verdict } = explain(
      { terms: sampleTerms(), columns: COLUMNS, now: NOW },
      recordOf(GOOD),
      undefined,
    );
    expect(steps.map((s) => [s.step, s.notAsked ?? s.outcome])).toEqual([
      ['subject', 'passed'],
      ['retention', 'passed'],
      ['erasure', 'passed'],
      ['refusal', 'passed'],
      ['rule', 'passed'],
      ['notice', 'kind'],
      ['consent', 'passed'],
      ['guardian', 'person'],
      ['sensitive', 'deal'],
      ['care', 'person'],
      ['contract', 'person'],
      ['verdict', 'passed'],
    ]);
    expect(verdict).toBe('transfer');
    for (const s of steps) expect(s.laws.length).toBeGreaterThan(0);
  });

  test('names the entry that decided, and none of its words', () => {
    const ledger = [
      event({ evidence: '' }),
      event({ state: 'withdrawn', at: '2026-11-12T00:00:00Z' as Instant }),
    ];
    const explained = explain({ terms: sampleTerms(), columns: COLUMNS, now: NOW }, recordOf(GOOD), ledger);
    expect(explained.reasonSet).toBe(reasonSet('CONSENT_WITHDRAWN'));
    expect(explained.steps.find((s) => s.step === 'refusal')).toMatchObject({
      step: 'refusal',
      outcome: 'failed',
      reasons: ['CONSENT_WITHDRAWN'],
      stays: [],
      laws: ['PIPL-15', 'NDSR-22'],
      decidedBy: [{ source: 'ledger', entry: '2', at: '2026-11-12T00:00:00Z', purpose: 'service' }],
      lost: [
        {
          source: 'column',
          entry: 'consent_status',
          facts: { buyer: 'this', purpose: true, method: 'sms', evidence: true },
        },
        { source: 'ledger', entry: '1', facts: { evidence: false } },
      ],
    });
    expect(JSON.stringify(explained)).not.toMatch(/张三|C0001|DX-1|APP-9/);
  });
});

describe('the judgement, for any record', () => {
  const setup = { terms: sampleTerms(), columns: COLUMNS, now: NOW };
  const judge = compileJudge(setup);
  const order = (set: number) => verdictCode(set);
  const ASK = verdictCode(reasonSet('CONSENT_UNKNOWN'));

  test('does not depend on the order of the ledger', () => {
    fc.assert(
      fc.property(
        records,
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        fc.array(events, { minLength: 4, maxLength: 4 }),
        (cells, turn, ledger) => {
          const turned = turn.flatMap((i) => ledger[i] ?? []);
          expect({ ...judge(recordOf(cells), turned) }).toEqual({ ...judge(recordOf(cells), ledger) });
        },
      ),
    );
  });

  test('a no more never helps, a yes more never harms', () => {
    fc.assert(
      fc.property(records, fc.array(events, { maxLength: 3 }), events, (cells, ledger, more) => {
        const before = order(judge(recordOf(cells), ledger).reasonSet);
        const after = order(judge(recordOf(cells), [...ledger, more]).reasonSet);
        if (['refused', 'withdrawn', 'objected', 'erasure-asked'].includes(more.state))
          expect(after).toBeGreaterThanOrEqual(before);
        // Words that nobody knows never help; at worst the person is asked.
        else if (more.state === 'unknown') expect(after === before || after === ASK).toBe(true);
        else if (more.state !== 'expired') expect(after).toBeLessThanOrEqual(before);
      }),
      { numRuns: 1000 },
    );
  });

  test('a no more, a hold or a yes less never widens what leaves, under any deal', () => {
    fc.assert(
      fc.property(
        deals,
        records,
        fc.array(events, { maxLength: 3 }),
        events,
        (terms, cells, ledger, more) => {
          const of = compileJudge({ terms, columns: COLUMNS, now: NOW });
          const leaves = (events: readonly ConsentEvent[], changed: Cells = cells) => {
            const { reasonSet: set, stays } = of(recordOf(changed), events);
            return set === 0
              ? leavingFields(terms).filter((field) => (staysWith(field, terms) & stays) === 0)
              : [];
          };
          const before = leaves(ledger);
          const isWithin = (after: readonly TermsField[]) => after.every((field) => before.includes(field));
          if (['refused', 'withdrawn', 'objected', 'erasure-asked'].includes(more.state))
            expect(isWithin(leaves([...ledger, more]))).toBe(true);
          for (let i = 0; i < ledger.length; i++)
            if (['given', 'renewed', 'verbal', 'implied'].includes(ledger[i]?.state ?? ''))
              expect(isWithin(leaves(ledger.toSpliced(i, 1)))).toBe(true);
          for (const name of [
            'contract_consent',
            'sensitive_consent',
            'guardian_consent',
            'care_consent',
          ] as const)
            for (const said of ['', 'refused', 'withdrawn']) {
              // An empty cell in the place of a no is a no less.
              if (said === '' && ['refused', 'withdrawn'].includes(cells[name] ?? '')) continue;
              const changed = { ...cells, [name]: said };
              expect(isWithin(leaves(ledger, changed)), `${name} ${said}`).toBe(true);
            }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a cell of consent less, a freeze or a sensitive class more never widens what leaves', () => {
    fc.assert(
      fc.property(deals, records, fc.array(events, { maxLength: 2 }), (terms, cells, ledger) => {
        const leaves = (under: Terms, changed: Cells) => {
          const { reasonSet: set, stays } = compileJudge({ terms: under, columns: COLUMNS, now: NOW })(
            recordOf(changed),
            ledger,
          );
          // A freeze and a hold are further reasons beside those of the record.
          expect(checkedRecord(recordOf(changed), (set | reasonSet('FROZEN')) >>> 0)).toBeNull();
          return set === 0
            ? leavingFields(under).flatMap((field) => (staysWith(field, under) & stays ? [] : [field.name]))
            : [];
        };
        const before = leaves(terms, cells);
        const isYes = ['given', 'renewed', 'verbal', 'implied'].includes(cells.consent_status ?? '');
        const said = isYes ? ['', 'refused', 'withdrawn'] : ['refused'];
        for (const consent_status of said)
          expect(before).toEqual(expect.arrayContaining([...leaves(terms, { ...cells, consent_status })]));
        for (const [i] of leavingFields(terms).entries()) {
          const stricter = structuredClone(terms);
          Object.assign(leavingFields(stricter)[i] ?? {}, { class: 'sensitive', necessity: '上门服务要用' });
          expect(before).toEqual(expect.arrayContaining([...leaves(stricter, cells)]));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('nothing leaves for a purpose to which nobody agreed', () => {
    fc.assert(
      fc.property(deals, records, fc.array(events, { maxLength: 3 }), (terms, cells, ledger) => {
        if (ruleOf(policyOf(terms), terms).consent === 'none') return;
        const { reasonSet: set, stays } = compileJudge({ terms, columns: COLUMNS, now: NOW })(
          recordOf(cells),
          ledger,
        );
        if (set !== 0) return;
        const said = [
          ...(['given', 'renewed', 'verbal'].includes(cells.consent_status ?? '')
            ? [cells.consent_purpose ?? '']
            : []),
          ...ledger
            .filter(({ state }) => ['given', 'renewed', 'verbal'].includes(state))
            .map(({ purpose }) => purpose),
        ].join('、');
        for (const field of leavingFields(terms)) {
          if ((staysWith(field, terms) & stays) !== 0) continue;
          const purpose = terms.purposes.find(({ id }) => id === field.purpose);
          expect(
            [purpose?.id, purpose?.zh, purpose?.en].some((name) => name !== undefined && said.includes(name)),
          ).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('has no memory', () => {
    fc.assert(
      fc.property(records, records, fc.array(events, { maxLength: 3 }), (a, b, ledger) => {
        const fresh = { ...compileJudge(setup)(recordOf(a), ledger) };
        judge(recordOf(b), undefined);
        expect({ ...judge(recordOf(a), ledger) }).toEqual(fresh);
      }),
      { numRuns: 100 },
    );
  });
});
