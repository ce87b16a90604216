import { describe, expect, test } from 'vitest';
import type { CalendarDate, Duration } from '../../src/base/time.js';
import { addDuration } from '../../src/base/time.js';
import { DEAL_KINDS, OPINION_KINDS } from '../../src/messages/deal-kinds.js';
import { HandoverError } from '../../src/messages/error.js';
import { lastDayBefore } from '../../src/policy/limits.js';
import { comparable, consentMatcher } from '../../src/policy/match.js';
import { CURRENT_POLICY, POLICY_PACKS, policyDigest, policyOf, ruleOf } from '../../src/policy/pack.js';
import { sampleTerms } from '../deal/terms-sample.js';

describe('policy packs', () => {
  test('the kinds ask what law.md 1.1 says', () => {
    const asked = Object.entries(CURRENT_POLICY.kinds).map(([kind, { bundle, consent, notice }]) => [
      kind,
      bundle,
      consent,
      notice,
    ]);
    expect(asked).toEqual([
      ['asset-sale', true, 'separate', 'before-consent'],
      ['merger', true, 'none', 'delivered'],
      ['division', true, 'none', 'delivered'],
      ['dissolution', true, 'none', 'delivered'],
      ['bankruptcy', true, 'none', 'delivered'],
      ['operator-change', true, 'separate', 'before-consent'],
      ['equity', false, 'none', 'none'],
    ]);
  });

  test('an opinion opens what the pack says and nothing else', () => {
    const opinion = { sha256: sampleTerms().notice.sha256, author: 'A', date: sampleTerms().effective };
    for (const kind of DEAL_KINDS) {
      const expected = OPINION_KINDS.includes(kind) ? 'merger' : kind;
      expect(ruleOf(CURRENT_POLICY, { kind, opinion })).toEqual(ruleOf(CURRENT_POLICY, { kind: expected }));
    }
  });

  test('a deal may carry an opinion exactly where one changes its rule', () => {
    const open = DEAL_KINDS.filter((kind) => CURRENT_POLICY.kinds[kind]?.withOpinion !== undefined);
    expect(OPINION_KINDS).toEqual(open);
  });

  /** What deals were signed over. A new version is added here once it is published. */
  const PUBLISHED = {
    'cn-pipl 2026-09': '4f7e21f573c2da9ed36defb8f22178e291dc1818e9454026bb864a2ae7648535',
  };

  test('a published version never changes', () => {
    const digests = Object.fromEntries(
      POLICY_PACKS.map((pack) => [`${pack.id} ${pack.version}`, policyDigest(pack)]),
    );
    expect(digests).toMatchObject(PUBLISHED);
  });

  test('an unknown version is refused', () => {
    try {
      policyOf(sampleTerms((t) => Object.assign(t.policy, { version: '2031-01' })));
      expect.unreachable();
    } catch (error) {
      expect(error instanceof HandoverError && error.problem.code).toBe('POLICY_PACK_UNKNOWN');
    }
  });
});

describe('limits by the calendar', () => {
  test.each([
    ['2026-11-23', 'P3Y', 'open', '2023-11-22'],
    ['2026-11-23', 'P3Y', 'closed', '2023-11-23'],
    ['2025-02-28', 'P1Y', 'closed', '2024-02-29'],
    ['2025-03-01', 'P1Y', 'open', '2024-02-29'],
    ['2024-02-29', 'P1Y', 'closed', '2023-02-28'],
    ['2026-03-31', 'P1M', 'closed', '2026-02-28'],
    ['2026-03-31', 'P1M', 'open', '2026-02-28'],
    ['2026-11-23', 'P15D', 'open', '2026-11-07'],
  ])('the last day before %s by %s (%s) is %s', (day, duration, kind, expected) => {
    const found = lastDayBefore(day as CalendarDate, duration as Duration, kind as 'open' | 'closed');
    expect(found).toBe(expected);
    const next = addDuration(found, 'P1D' as Duration);
    const end = addDuration(next, duration as Duration);
    expect(kind === 'open' ? end >= day : end > day).toBe(true);
  });
});

describe('free text about consent', () => {
  const matcher = consentMatcher(sampleTerms());

  test('compares without width, spaces and case', () => {
    expect(comparable('ABC\u3000服务(上海)\u200b')).toBe(comparable('abc服务\uff08上海\uff09'));
  });

  test('a yes is read narrowly and a no widely', () => {
    for (const cell of ['上海乙家政', '', '所有第三方', '买方', '上海丙家政服务有限公司'])
      expect(matcher.namesBuyer(cell)).toBe(false);
    for (const cell of ['上海乙家政', '', '所有第三方', '买方', '上海乙家政服务有限公司(新店)'])
      expect(matcher.touchesBuyer(cell)).toBe(true);
    expect(matcher.touchesBuyer('上海丙家政服务有限公司')).toBe(false);
    expect(matcher.granted('无关')).toBe(0);
    expect(matcher.denied('无关')).toBe(matcher.required);
  });

  test('a no to a purpose for which nothing leaves is no reason', () => {
    const two = consentMatcher(
      sampleTerms((t) => void t.purposes.push({ id: 'ads', zh: '短信营销', en: 'advertising' })),
    );
    expect(two.denied('短信营销')).toBe(0);
    expect(two.denied('短信营销、service')).toBe(1);
    expect(two.denied('短信营销、其他')).toBe(1);
  });

  test('an endless column of different cells is compared all the same', () => {
    for (let i = 0; i < 10_000; i++) expect(matcher.namesBuyer(`公司${i}`)).toBe(false);
    expect(matcher.namesBuyer('上海乙家政服务有限公司')).toBe(true);
  });
});
