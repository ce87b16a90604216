import { type AST, parseRegExpLiteral } from '@eslint-community/regexpp';
import { describe, expect, test } from 'vitest';
import { SCAN_PATTERNS } from '../../src/policy/scan-patterns.js';

/*
 * A text without a sign of a pattern is not searched for it. That loses nothing if no match can do without a sign, which is shown on the
 * patterns themselves, not on examples.
 */

/** The code units that a character of a pattern matches, with those that its flags fold to it. */
function folded(codePoint: number, flags: string): readonly string[] {
  const char = String.fromCodePoint(codePoint);
  if (!flags.includes('i') || !/\p{L}/u.test(char)) return [char];
  const same = new RegExp(`^${char}$`, 'iu');
  const all: string[] = [];
  for (let unit = 0; unit < 0x3000; unit++)
    if (same.test(String.fromCharCode(unit))) all.push(String.fromCharCode(unit));
  return all.length === 0 ? [char] : all;
}

/** Whether everything that a part of a pattern matches holds a sign. */
function holds(node: AST.Element | AST.Alternative, signs: string, flags: string): boolean {
  const isSign = (codePoint: number) => folded(codePoint, flags).every((char) => signs.includes(char));
  switch (node.type) {
    case 'Alternative':
      return node.elements.some((element) => holds(element, signs, flags));
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.every((alternative) => holds(alternative, signs, flags));
    case 'Quantifier':
      return node.min > 0 && holds(node.element, signs, flags);
    case 'Character':
      return isSign(node.value);
    case 'CharacterClass':
      return (
        !node.negate &&
        node.elements.every((element) => element.type === 'Character' && isSign(element.value))
      );
    default:
      return false;
  }
}

function needsSign(pattern: RegExp, signs: string): boolean {
  const { alternatives } = parseRegExpLiteral(pattern).pattern;
  return alternatives.every((alternative) => holds(alternative, signs, pattern.flags));
}

describe('signs of the scan', () => {
  test.each(SCAN_PATTERNS.map(([category, signs, pattern], i) => [i, category, signs, pattern] as const))(
    'no match of pattern %i (%s) does without one',
    (_, __, signs, pattern) => {
      expect(needsSign(pattern, signs)).toBe(true);
    },
  );

  test('are told from those that a match does without', () => {
    expect(needsSign(/门|锁\d/u, '锁')).toBe(false);
    expect(needsSign(/(?:门)?锁/u, '门')).toBe(false);
    expect(needsSign(/[锁钥]/u, '锁')).toBe(false);
    expect(needsSign(/door/iu, 'd')).toBe(false);
    // U+212A, the sign of the unit kelvin, is a K to a pattern that takes capitals for small letters.
    expect(needsSign(/key/iu, 'kK')).toBe(false);
    expect(needsSign(/key/iu, 'yY')).toBe(true);
  });
});
