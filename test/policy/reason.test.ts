import { describe, expect, test } from 'vitest';
import { cleanAccount, cleanReason } from '../../src/policy/reason.js';
import { problemOf } from '../dataset/problem-of.js';

describe('cleanReason', () => {
  test.each([
    ['  客户要求保留到诉讼结束 ', '客户要求保留到诉讼结束'],
    ['The deal fell through: no financing', 'The deal fell through: no financing'],
    ['案号 (2026)沪0115民初12345号', '案号 (2026)沪0115民初12345号'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('keeps %j', (given, kept) => expect(cleanReason(given)).toBe(kept));

  test.each([
    ['请打 13800138000', ['mobile']],
    ['身份证 ３１０１０１１９９００１０１００１Ｘ', ['id-number']],
    ['门禁密码 1234', ['access-code']],
    ['客户刚做完手术', ['health']],
  ])('refuses %j', (given, found) => {
    expect(problemOf(() => cleanReason(given))).toEqual({ code: 'REASON_PERSONAL_DATA', found });
  });

  test.each(['', '   ', 'two\nlines', 'turned\u202eround', 'x'.repeat(201)])(
    'refuses the shape of %j',
    (given) => {
      expect(problemOf(() => cleanReason(given))).toEqual({ code: 'REASON_SHAPE', limit: 200 });
    },
  );
});

describe('cleanAccount', () => {
  test('lets the staff travel and lose keys', () => {
    const said = '店长出差途中遗失了电脑和办公室钥匙';
    expect(cleanAccount(said)).toBe(said);
    expect(problemOf(() => cleanReason(said))).toEqual({
      code: 'REASON_PERSONAL_DATA',
      found: ['key', 'absence'],
    });
  });

  test('still refuses what speaks of a customer', () => {
    expect(problemOf(() => cleanAccount('电脑里有客户 13800138000 的资料'))).toEqual({
      code: 'REASON_PERSONAL_DATA',
      found: ['mobile'],
    });
  });
});
