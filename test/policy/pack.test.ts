import { describe, expect, test } from 'vitest';
import type { CalendarDate, Duration } from '../../src/base/time.js';
import { addDuration } from '../../src/base/time.js';
import { DEAL_KINDS, OPINION_KINDS } from '../../src/messages/deal-kinds.js';
import { LANGS } from '../../src/messages/lang.js';
import { policyWords } from '../../src/messages/screens/policy.js';
import { HandoverError } from '../../src/messages/error.js';
import { lawOf } from '../../src/policy/laws.js';
import { lastDayBefore } from '../../src/policy/limits.js';
import { comparable, consentMatcher } from '../../src/policy/match.js';
import {
  packDifferences,
  packName,
  packNamed,
  policyDigest,
  policyOf,
  ruleOf,
} from '../../src/policy/pack.js';
import { CURRENT_POLICY, POLICY_PACKS } from '../../src/policy/packs.js';
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
      const expected = OPINION_KINDS.includes(kind) ? 'dissolution' : kind;
      expect(ruleOf(CURRENT_POLICY, { kind, opinion })).toEqual(ruleOf(CURRENT_POLICY, { kind: expected }));
    }
  });

  test('a deal may carry an opinion exactly where one changes its rule', () => {
    const open = DEAL_KINDS.filter((kind) => CURRENT_POLICY.kinds[kind]?.withOpinion !== undefined);
    expect(OPINION_KINDS).toEqual(open);
  });

  /** What deals were signed over. A new version is added here once it is published. */
  const PUBLISHED = {
    'cn-pipl 2026-09': 'ff1feb8bebe924b653f26c701dc619ecaa4ea5fef106d92e88930a6d003c2b63',
    'cn-pipl 2026-11': 'a50fc9185af8565384006d293f74f695d5f2b677032042961636da79f220b1a1',
    'cn-pipl-45574 2026-11': '76fd2d763e5c09c63079c33d121c04656974c906fad43496ada8932636609496',
    'cn-sh 2026-11': '67bccb6ea52297844be17179b94d3b6d4725245f57e83efe01b45286a94626f7',
    'cn-bj 2026-11': '9b1b783787c4d36b7638f188289f0f43f55050e1443b2a54dec65ffbf4abf751',
    'cn-zj 2026-11': 'fb8cbe3e94f72872fc68b9d6252dc0a4c6623e7d4d5e02795e4ceecaf28a77df',
    'cn-sd 2026-11': '48e9c31aed5ff77bdf932c070221f73f15cb7cb6df29e9413af9bece50c846b0',
    'cn-gd 2026-11': 'e037de533f2ca1c479921d3aac4e543fa1e4871f2a2ca854e46405efd6014071',
    'eu-gdpr 2026-11': '99c1ace04acb95472ef0c9bddd380d1595068715123f87c02ec931afb3155150',
    'cn-pipl 2026-12': '02d36d85b15fd89eddd7d8c36a6dc66a0aba45b8c1dfdd114a4e05b07487a473',
    'cn-pipl-45574 2026-12': '3046f039ec248528cb5cccb467870946252ad73c9d3b0ec97c9918626b29bacc',
    'cn-sh 2026-12': 'e878ee3b798c152125b7d529b48cc1e5dbc1ff7112a3d13e2c642d0d3bcd4291',
    'cn-bj 2026-12': '661801d67f3564d6c4cca095e9ce7b46facb22ee7226fb8adea64fe41bd089c7',
    'cn-zj 2026-12': '9ce460b942471f9fa3e5c2455153785ded395e1bf7013fae414b759beb20f8b1',
    'cn-sd 2026-12': 'f66d829840bb9e36e872bf23eb477fcaea3da5b3226fb10fee6d7a8c5532d572',
    'cn-gd 2026-12': 'a8f0dbb6b008a45e49b40cea97482cdb8782043de16c8f769c3c7967b3970a47',
    'eu-gdpr 2026-12': 'b056f6e3af234f56df1be73e2a959a06d2217b463c97eb737b38281782c13356',
  };

  test('a published version never changes', () => {
    const digests = Object.fromEntries(
      POLICY_PACKS.map((pack) => [`${pack.id} ${pack.version}`, policyDigest(pack)]),
    );
    expect(digests).toEqual(PUBLISHED);
  });

  test('every pack is at least as strict as the national rules', () => {
    for (const pack of POLICY_PACKS)
      for (const kind of DEAL_KINDS) {
        const [rule, least] = [ruleOf(pack, { kind }), ruleOf(CURRENT_POLICY, { kind })];
        expect([rule.bundle, rule.consent, rule.notice, rule.contract]).toEqual([
          least.bundle,
          least.consent,
          least.notice,
          least.contract,
        ]);
        expect(rule.laws).toEqual(expect.arrayContaining([...least.laws]));
      }
  });

  test('every law of a pack is in the catalogue, and every pack is called something', () => {
    for (const pack of POLICY_PACKS) {
      const laws = [
        ...Object.values(pack.kinds).flatMap((rule) => rule.laws),
        ...pack.guardianLaws,
        ...(pack.duties ?? []).map(({ law }) => law),
      ];
      expect(laws.filter((id) => lawOf(id) === undefined)).toEqual([]);
      for (const lang of LANGS) expect(policyWords[lang].about).toHaveProperty([pack.id]);
      expect(packNamed(packName(pack))).toBe(pack);
    }
  });

  test('an id alone means its newest version', () => {
    expect(packNamed('cn-pipl')).toBe(CURRENT_POLICY);
    expect(() => packNamed('cn-pipl@2031-01')).toThrow(HandoverError);
  });

  test('what two packs say differently is told rule by rule', () => {
    expect(packDifferences(packNamed('cn-pipl'), packNamed('cn-pipl-45574'))).toEqual([
      { rule: 'profile', before: 'gbt35273', after: 'gbt45574' },
    ]);
    expect(packDifferences(packNamed('cn-pipl'), packNamed('cn-sd'))).toEqual([
      { rule: 'duties.holders SD-CON-30 before effective P30D', before: null, after: 'seller' },
    ]);
    expect(packDifferences(CURRENT_POLICY, CURRENT_POLICY)).toEqual([]);
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
