import { describe, expect, test } from 'vitest';
import { HandoverError } from '../../src/messages/error.js';
import type { ReasonCode } from '../../src/messages/reasons.js';
import { explain } from '../../src/policy/explain.js';
import { compileJudge } from '../../src/policy/judge.js';
import { policyDigest, ruleOf } from '../../src/policy/pack.js';
import { CURRENT_POLICY } from '../../src/policy/packs.js';
import type { KindRule, PolicyPack } from '../../src/policy/rules.js';
import { reasonsOf } from '../../src/policy/reasons.js';
import { sampleTerms } from '../deal/terms-sample.js';
import { type Cells, COLUMNS, GOOD, NOW, recordOf } from './setup.js';

/* A kind of deal that does not exist: a franchise is handed back. It is added as data alone, to a new version of the pack. */

const KIND = 'franchise-return';
const TOLD: KindRule = {
  bundle: true,
  consent: 'none',
  notice: 'delivered',
  contract: false,
  laws: ['PIPL-22'],
};

/** The pack of which a deal of the new kind is judged, as a next version would have it. */
function packWith(rule?: KindRule): PolicyPack {
  const kinds = rule === undefined ? CURRENT_POLICY.kinds : { ...CURRENT_POLICY.kinds, [KIND]: rule };
  return { ...CURRENT_POLICY, version: '2031-01', kinds };
}

const setup = (kind: string, opinion = false) => ({
  terms: sampleTerms((t) => {
    Object.assign(t, { kind });
    if (opinion) t.opinion = { sha256: t.notice.sha256, author: 'A', date: t.notice.sent };
  }),
  columns: COLUMNS,
  now: NOW,
});
const judged = (cells: Cells, pack: PolicyPack, kind = KIND, opinion = false): readonly ReasonCode[] => {
  const { reasonSet: set } = compileJudge(setup(kind, opinion), pack)(recordOf(cells), undefined);
  return reasonsOf(set).map(({ code }) => code);
};

/** Who was told and said nothing. */
const SILENT: Cells = {
  customer_no: 'C1',
  last_service_at: '2026-09-01',
  notice_delivered_at: '2026-10-21T02:00:00Z',
};

describe('a new kind of deal', () => {
  test('whose rule no pack states: every customer must be asked', () => {
    expect(judged(SILENT, packWith())).toEqual(['CONSENT_MISSING']);
    expect(judged(SILENT, packWith(), KIND, true)).toEqual(['CONSENT_MISSING']);
    expect(judged(GOOD, packWith())).toEqual([]);
    expect(judged({ ...GOOD, remaining_sessions: '3' }, packWith())).toEqual([]);
    const { steps } = explain(setup(KIND), recordOf(SILENT), undefined, packWith());
    expect(steps.find(({ step }) => step === 'consent')).toMatchObject({
      outcome: 'failed',
      laws: ['PIPL-14', 'PIPL-23', 'NDSR-62-7'],
    });
  });

  test('nor has a name by which objects have properties any other rule', () => {
    for (const kind of ['constructor', 'toString', '__proto__', ''])
      expect(judged(SILENT, packWith(), kind)).toEqual(['CONSENT_MISSING']);
  });

  test('is told only, if its data says so', () => {
    expect(judged(SILENT, packWith(TOLD))).toEqual([]);
    expect(judged({ ...SILENT, notice_delivered_at: '' }, packWith(TOLD))).toEqual(['NOTICE_MISSING']);
  });

  test('has an opinion heard, if its data says so', () => {
    const asked = ruleOf(CURRENT_POLICY, { kind: 'asset-sale' });
    const pack = packWith({ ...asked, withOpinion: 'merger' });
    expect(judged(SILENT, pack)).toEqual(['CONSENT_MISSING']);
    expect(judged(SILENT, pack, KIND, true)).toEqual([]);
  });

  test('makes no bundle, if its data says so', () => {
    const pack = packWith({ ...TOLD, bundle: false });
    for (const judge of [
      compileJudge,
      (s: ReturnType<typeof setup>, p: PolicyPack) => explain(s, recordOf(GOOD), undefined, p),
    ])
      try {
        judge(setup(KIND), pack);
        expect.unreachable();
      } catch (error) {
        expect(error instanceof HandoverError && error.problem.code).toBe('DEAL_KIND_NO_BUNDLE');
      }
  });

  test('changes the digest of its own version and of no other', () => {
    expect(policyDigest(packWith(TOLD))).not.toBe(policyDigest(packWith()));
    expect(Object.keys(CURRENT_POLICY.kinds)).not.toContain(KIND);
  });
});
