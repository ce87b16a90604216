import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Duration, Instant } from '../../src/base/time.js';
import { CONSENT_METHODS, CONSENT_STATES, type ConsentEvent } from '../../src/policy/consent.js';
import { explain } from '../../src/policy/explain.js';
import { compileJudge } from '../../src/policy/judge.js';
import { maskOf } from '../../src/policy/reasons.js';
import { verdictCode } from '../../src/policy/verdict.js';
import { sampleTerms } from '../deal/terms-sample.js';
import { BUYER, COLUMNS, event, GOOD, NOW, recordOf } from './setup.js';

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
      contract_consent: fc.constantFrom('', 'given', 'refused'),
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
  test('says what the judge says, for any record, ledger and deal', () => {
    fc.assert(
      fc.property(deals, records, fc.array(events, { maxLength: 4 }), (terms, cells, ledger) => {
        const setup = { terms, columns: COLUMNS, now: NOW };
        const record = recordOf(cells);
        const mask = compileJudge(setup)(record, ledger);
        const explained = explain(setup, record, ledger);
        expect(explained.steps.at(-1)?.reasons).toEqual(explained.reasons.map((r) => r.code));
        expect(explained.mask).toBe(mask);
      }),
      { numRuns: 1000 },
    );
  });

  test('walks the questions of law.md in their order', () => {
    const { steps, verdict } = explain(
      { terms: sampleTerms(), columns: COLUMNS, now: NOW },
      recordOf(GOOD),
      undefined,
    );
    expect(steps.map((s) => [s.step, s.outcome])).toEqual([
      ['subject', 'passed'],
      ['retention', 'passed'],
      ['erasure', 'passed'],
      ['refusal', 'passed'],
      ['rule', 'passed'],
      ['notice', 'not-asked'],
      ['consent', 'passed'],
      ['guardian', 'not-asked'],
      ['contract', 'not-asked'],
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
    expect(explained.mask).toBe(maskOf('CONSENT_WITHDRAWN'));
    expect(explained.steps.find((s) => s.step === 'refusal')).toEqual({
      step: 'refusal',
      outcome: 'failed',
      reasons: ['CONSENT_WITHDRAWN'],
      laws: ['PIPL-15', 'NDSR-22'],
      decidedBy: [{ source: 'ledger', entry: '2', at: '2026-11-12T00:00:00Z', purpose: 'service' }],
    });
    expect(JSON.stringify(explained)).not.toMatch(/张三|C0001|DX-1|APP-9/);
  });
});

describe('the judgement, for any record', () => {
  const setup = { terms: sampleTerms(), columns: COLUMNS, now: NOW };
  const judge = compileJudge(setup);
  const order = (mask: number) => verdictCode(mask);

  test('does not depend on the order of the ledger', () => {
    fc.assert(
      fc.property(
        records,
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        fc.array(events, { minLength: 4, maxLength: 4 }),
        (cells, turn, ledger) => {
          const turned = turn.flatMap((i) => ledger[i] ?? []);
          expect(judge(recordOf(cells), turned)).toBe(judge(recordOf(cells), ledger));
        },
      ),
    );
  });

  test('a no more never helps, a yes more never harms', () => {
    fc.assert(
      fc.property(records, fc.array(events, { maxLength: 3 }), events, (cells, ledger, more) => {
        const before = order(judge(recordOf(cells), ledger));
        const after = order(judge(recordOf(cells), [...ledger, more]));
        if (['refused', 'withdrawn', 'objected'].includes(more.state))
          expect(after).toBeGreaterThanOrEqual(before);
        else if (more.state !== 'expired') expect(after).toBeLessThanOrEqual(before);
      }),
      { numRuns: 1000 },
    );
  });

  test('has no memory', () => {
    fc.assert(
      fc.property(records, records, fc.array(events, { maxLength: 3 }), (a, b, ledger) => {
        const fresh = compileJudge(setup)(recordOf(a), ledger);
        judge(recordOf(b), undefined);
        expect(judge(recordOf(a), ledger)).toBe(fresh);
      }),
      { numRuns: 100 },
    );
  });
});
