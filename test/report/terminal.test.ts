import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean, displayWidth, padEnd, padStart, shorten, wrap, wrapList } from '../../src/report/terminal.js';

describe('clean', () => {
  test.each([
    ['escape sequence', '\u001b[2J', '\ufffd[2J'],
    ['C1 control', 'a\u009bm', 'a\ufffdm'],
    ['bidirectional override', 'fdp.\u202egpj', 'fdp.\ufffdgpj'],
    ['isolate', 'a\u2066b', 'a\ufffdb'],
    ['line separator', 'a\u2028b', 'a\ufffdb'],
    ['tag', 'a\u{e0041}b', 'a\ufffdb'],
    ['no character', 'a\uffffb', 'a\ufffdb'],
    ['newline', 'a\nb', 'a\ufffdb'],
    ['Chinese stays', '上海甲家政', '上海甲家政'],
  ])('%s', (_, given, wanted) => expect(clean(given)).toBe(wanted));
});

describe('width', () => {
  test.each([
    ['abc', 3],
    ['客户', 4],
    ['姓名：', 6],
    ['\u001b[31m红\u001b[39m', 2],
    ['e\u0301', 1],
    ['全角！', 6],
    ['👍', 2],
    ['龥\ua000', 4],
    ['', 0],
  ])('%s is %d cells', (text, cells) => expect(displayWidth(text)).toBe(cells));

  test('padding counts cells', () => {
    expect(padEnd('客户', 6)).toBe('客户  ');
    expect(padStart('客户', 6)).toBe('  客户');
    expect(padEnd('客户编号', 6)).toBe('客户编号');
  });

  test.each([
    ['客户编号', 8, '客户编号'],
    ['客户编号', 7, '客户编…'],
    ['customers', 5, 'cust…'],
  ])('%s in %d cells', (text, cells, wanted) => expect(shorten(text, cells)).toBe(wanted));
});

describe('wrap', () => {
  test.each([
    ['English at spaces', 'the quick brown fox', 10, ['the quick', 'brown fox']],
    ['Chinese between characters', '把客户资料交给买方', 8, ['把客户资', '料交给买', '方']],
    ['no closing mark at the start of a line', '客户资料。', 8, ['客户资', '料。']],
    ['no opening mark at the end of a line', '客户资（料）', 8, ['客户资', '（料）']],
    ['words in Chinese stay whole', '运行 handover 命令', 12, ['运行', 'handover 命', '令']],
    ['a long word is cut', 'abcdefghijkl', 8, ['abcdefgh', 'ijkl']],
    ['a newline stays', 'a\nb', 10, ['a', 'b']],
    ['a dot stays with the item before it', 'one · two · three', 9, ['one ·', 'two ·', 'three']],
    ['empty', '', 10, ['']],
  ])('%s', (_, text, width, wanted) => expect(wrap(text, width)).toEqual(wanted));

  const text = fc.string({
    unit: fc.constantFrom('a', 'bc', ' ', '客', '户', '，', '。', '（', '）', 'x.y', '·', '1,503'),
    maxLength: 60,
  });

  test('property: no line is wider than asked, and nothing but spaces is lost', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 40 }), (given, width) => {
        const lines = wrap(given, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''));
      }),
    );
  });

  test('a list breaks between items only', () => {
    expect(wrapList(['客户编号', '姓名', '手机号'], '、', 16)).toEqual(['客户编号、姓名、', '手机号']);
    expect(wrapList(['a', 'b'], ', ', 40)).toEqual(['a, b']);
    expect(wrapList([], ', ', 40)).toEqual(['']);
    expect(wrapList(['a very long item indeed', 'b'], ', ', 12)).toEqual([
      'a very long',
      'item indeed,',
      'b',
    ]);
  });
});
