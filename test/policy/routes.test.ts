import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEAL_KINDS } from '../../src/messages/deal-kinds.js';
import type { FieldName } from '../../src/dataset/fields.js';
import type { Terms } from '../../src/deal/terms.js';
import { explain } from '../../src/policy/explain.js';
import { compileJudge } from '../../src/policy/judge.js';
import { POLICY_PACKS } from '../../src/policy/packs.js';
import { reasonsOf } from '../../src/policy/reasons.js';
import { routeOf, unknownRoutes } from '../../src/policy/routes.js';
import { reviewScope } from '../../src/policy/scope.js';
import { stayings } from '../../src/policy/stays.js';
import { sampleTerms } from '../deal/terms-sample.js';
import { type Cells, COLUMNS, CONTRACT, event, GOOD, GUARDIAN, NOW, recordOf } from './setup.js';

/* Routes besides consent and notice: PIPL-13, CC-551, CC-555. */

const columns: readonly FieldName[] = [...COLUMNS, 'contract_ends', 'contract_status', 'notes'];

const named = (change: (terms: Terms) => void = () => undefined): Terms =>
  sampleTerms((terms) => {
    Object.assign(terms.policy, { pack: 'cn-pipl', version: '2026-12' });
    Object.assign(terms, { routes: [{ basis: 'contract', reason: '买方接着上门，要知道去哪里、做什么' }] });
    change(terms);
  });

const UNASKED: Cells = Object.fromEntries(
  Object.entries(GOOD).filter(([name]) => !name.startsWith('consent_')),
);
/** Nothing was said of the data; the contract runs, and may move. */
const RUNNING: Cells = { ...UNASKED, ...CONTRACT, remaining_sessions: '3' };

function judgedUnder(terms: Terms, cells: Cells, ledger?: readonly ReturnType<typeof event>[]) {
  const judge = compileJudge({ terms, columns, now: NOW });
  const { reasonSet: set, stays } = judge(recordOf(cells, columns), ledger);
  return { reasons: reasonsOf(set).map(({ code }) => code), stays: stayings(stays, terms) };
}

describe('the performance of a contract', () => {
  test('lets somebody go with what it needs, if the deal names it', () => {
    expect(judgedUnder(named(), RUNNING)).toEqual({ reasons: [], stays: ['beyond-contract'] });
    const strict = named((terms) => Object.assign(terms, { routes: undefined }));
    expect(judgedUnder(strict, RUNNING).reasons).toEqual(['CONSENT_MISSING']);
    // Who agreed to everything goes with everything.
    expect(judgedUnder(named(), { ...GOOD, ...CONTRACT, remaining_sessions: '3' }).stays).toEqual([]);
  });

  test.each<[string, Cells, readonly string[]]>([
    ['the contract ends today', { contract_ends: '2026-11-23', remaining_sessions: '' }, []],
    ['it ended yesterday', { contract_ends: '2026-11-22' }, ['CONSENT_MISSING']],
    ['nobody knows of a contract', { remaining_sessions: '' }, ['CONSENT_MISSING']],
    ['nothing is left of it', { remaining_sessions: '0' }, ['CONSENT_MISSING']],
    ['the file calls it ended', { contract_status: '已退款' }, ['CONSENT_MISSING']],
    ['silence about the contract', { contract_consent: '' }, ['CONSENT_MISSING']],
    ['no to the contract', { contract_consent: 'refused' }, ['CONSENT_MISSING']],
    ['a yes to the contract without evidence', { contract_consent_evidence: '' }, ['CONSENT_MISSING']],
    ['told nobody knows when', { notice_delivered_at: '' }, ['CONSENT_MISSING']],
    [
      'no to the data',
      { consent_status: 'refused', consent_at: '2026-11-02T00:00:00Z' },
      ['CONSENT_REFUSED'],
    ],
    ['withdrawn', { withdrawn_at: '2026-11-02T00:00:00Z' }, ['CONSENT_WITHDRAWN']],
    ['sixteen years old', { birth_date: '2010-05-01' }, ['CONSENT_MISSING']],
    ['sixteen, and a guardian agreed', { birth_date: '2010-05-01', ...GUARDIAN }, []],
    ['the person cared for', { subject_role: '服务对象' }, ['CONSENT_MISSING']],
    ['a yes to another buyer is none', { ...GOOD, consent_recipient: '丙公司' }, []],
    ['a remark that may be a no', { notes: '客户说不要把资料给别人' }, ['CONSENT_MISSING']],
    ['words that nobody understands', { consent_status: 'unknown' }, ['CONSENT_UNKNOWN']],
  ])('%s', (_, change, reasons) => {
    expect(judgedUnder(named(), { ...RUNNING, ...change }).reasons).toEqual(reasons);
  });

  test('sensitive data need their own consent as ever', () => {
    const terms = named((t) => {
      t.resources[0]?.fields.push({
        name: 'id_no',
        class: 'sensitive',
        purpose: 'service',
        action: 'keep',
        necessity: '劳务合同备案要登记身份证号',
      });
    });
    expect(judgedUnder(terms, { ...RUNNING, id_no: '11010519491231002X' }).stays).toContain('identity');
  });

  test('another purpose than that of the customer number needs its own consent', () => {
    const terms = named((t) => {
      t.purposes.push({ id: 'ads', zh: '推荐贷款和保险', en: 'to recommend loans and insurance' });
      for (const field of t.resources[0]?.fields ?? []) if (field.name === 'service') field.purpose = 'ads';
    });
    expect(judgedUnder(terms, RUNNING).stays).toEqual(['purpose:ads', 'beyond-contract']);
  });

  test('is told with its articles', () => {
    const told = explain({ terms: named(), columns, now: NOW }, recordOf(RUNNING, columns), undefined);
    const step = told.steps.find(({ step: name }) => name === 'consent');
    expect(step?.outcome).toBe('partly');
    expect(step?.laws).toEqual(expect.arrayContaining(['PIPL-13', 'CC-551', 'CC-555']));
    expect(step?.stays.map(({ code, reasons }) => [code, reasons])).toEqual([
      ['BY_CONTRACT', ['CONSENT_MISSING']],
    ]);
  });

  test('a deal may name it where each customer is asked, and where its pack has it', () => {
    for (const kind of DEAL_KINDS) {
      const terms = named((t) => Object.assign(t, { kind }));
      const isOpen = kind === 'asset-sale' || kind === 'operator-change';
      expect(routeOf(terms) !== null, kind).toBe(isOpen);
      expect(unknownRoutes(terms)).toEqual(isOpen ? [] : ['contract']);
    }
    const older = named((t) => Object.assign(t.policy, { version: '2026-11' }));
    expect(judgedUnder(older, RUNNING).reasons).toEqual(['CONSENT_MISSING']);
    expect(reviewScope(older).problems).toEqual([
      { code: 'POLICY_ROUTE_NONE', basis: 'contract', kind: 'asset-sale' },
    ]);
  });

  test('no pack has a route by which something sensitive leaves, or by a statute', () => {
    for (const pack of POLICY_PACKS)
      for (const { basis, fields } of pack.routes ?? []) {
        expect(basis).toBe('contract');
        for (const field of ['id_no', 'health', 'notes', 'access', 'children', 'bank_account'])
          expect(fields).not.toContain(field);
      }
  });

  test('whoever takes a consent away, or adds a no, lets nobody go', () => {
    const words = fc.constantFrom('', 'given', 'refused', 'withdrawn', 'unknown', 'implied');
    const cells = fc.record({
      consent_status: words,
      consent_recipient: fc.constantFrom('', GOOD.consent_recipient ?? '', '丙公司'),
      consent_evidence: fc.constantFrom('', 'DX-1'),
      consent_method: fc.constantFrom('', 'sms', 'default'),
      contract_consent: words,
      contract_ends: fc.constantFrom('', '2026-11-22', '2027-01-01'),
      remaining_sessions: fc.constantFrom('', '0', '3'),
      notice_delivered_at: fc.constantFrom('', '2026-10-21T02:00:00Z'),
    });
    fc.assert(
      fc.property(cells, (some) => {
        const full = { ...GOOD, ...CONTRACT, ...some };
        const goes = (changed: Cells, ledger?: readonly ReturnType<typeof event>[]): boolean =>
          judgedUnder(named(), { ...full, ...changed }, ledger).reasons.length === 0;
        if (goes({})) return;
        if (some.consent_status === 'given') expect(goes({ consent_status: '' })).toBe(false);
        if (some.contract_consent === 'given') expect(goes({ contract_consent: '' })).toBe(false);
        expect(goes({}, [event({ state: 'refused' })])).toBe(false);
      }),
      { numRuns: 400 },
    );
  });
});
