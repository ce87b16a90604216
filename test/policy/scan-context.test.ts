import { describe, expect, it } from 'vitest';
import { scanContexts } from '../../src/policy/scan-context.js';

const shown = (text: string) =>
  scanContexts(text).map(({ category, before, after }) => `${before}|${category}|${after}`);

describe('what is around a hit', () => {
  it.each<[text: string, places: readonly string[]]>([
    ['老客户，电话13800138000，周二来', ['老客户，电话|mobile|，周二来']],
    ['没有什么', []],
    ['张三的钥匙在地垫下面，记得锁门，别忘了', ['张三的|key-place|，记得锁门，别忘']],
  ])('%s', (text, places) => {
    for (const [i, place] of shown(text).entries())
      expect(place.split('|')[1]).toBe(places[i]?.split('|')[1]);
    expect(shown(text).length).toBe(places.length);
  });

  it('shows no digit, no letter and no other hit', () => {
    for (const text of [
      '门禁密码1234#，电话13800138000',
      '微信 wxid_abc123，支付宝 a@b.example，车牌京A12345',
    ])
      for (const { before, after } of scanContexts(text)) expect(before + after).not.toMatch(/[0-9A-Za-z@]/);
  });
});
