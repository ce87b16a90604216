import { describe, expect, it } from 'vitest';
import { EMPTY_LINE, edited, type EditedLine, type Key } from '../../src/cli/line-edit.js';

/** Types keys: names in angle brackets, `^x` with control, everything else as it is. */
function typed(...keys: readonly string[]): EditedLine {
  return keys.reduce((line, key) => edited(line, keyOf(key)), EMPTY_LINE);
}

function keyOf(key: string): Key {
  const [, named] = /^<(.*)>$/.exec(key) ?? [];
  if (named !== undefined) return { name: named, sequence: named === 'left' ? '\u001b[D' : '' };
  return key.startsWith('^') ? { name: key.slice(1), ctrl: true } : { sequence: key };
}

describe('a line that is typed', () => {
  it.each<readonly [readonly string[], string, number]>([
    [['张三家政'], '张三家政', 4],
    [['张三家政', '<left>', '<left>', '北京'], '张三北京家政', 4],
    [['a', 'b', '<backspace>', 'c'], 'ac', 2],
    [['abc', '<home>', 'x', '<end>', 'y'], 'xabcy', 5],
    [['abc', '<left>', '<delete>'], 'ab', 2],
    [['abc', '<left>', '^u'], 'c', 0],
    [['abc', '<home>', '^k'], '', 0],
    [['👨‍👩‍👧', 'x', '<left>', '<backspace>'], 'x', 0],
    [['a\tb\u0007c'], 'abc', 3],
    [['\u001b[5~'], '', 0],
    [['<left>', '<backspace>', '<delete>'], '', 0],
  ])('%j is %s', (keys, text, at) => {
    expect(typed(...keys)).toEqual({ text, at });
  });

  it('takes no file that was pasted', () => {
    expect(typed('x'.repeat(5000)).text).toHaveLength(1000);
  });
});
