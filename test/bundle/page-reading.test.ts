import { describe, expect, test } from 'vitest';
import { gzipBundlePage } from '../../src/bundle/member.js';
import { isUnder } from '../../src/bundle/page-reading.js';
import { HandoverError } from '../../src/messages/error.js';

const A = 'aa'.repeat(16);
const B = '0b'.repeat(16);
const C = 'c0'.repeat(16);

/** A packed page with a line under each of these tags; the values are of different lengths, so that lines begin anywhere. */
function pageOf(...tags: readonly string[]) {
  const lines = tags.map((tag, i) => `{"_tag":"${tag}","name":"${'x'.repeat(7 * i)}"}\n`).join('');
  return { part: 'p', member: gzipBundlePage(Buffer.from(lines)), rows: tags.length, inPart: 0 };
}

const packed = (...tags: readonly string[]) => Buffer.from(tags.join(''), 'hex');

describe('the lines of a page', () => {
  test.each([
    ['one line', [A], [A], true],
    ['three lines', [A, B, C], [A, B, C], true],
    ['another tag on the first line', [A, B], [C, B], false],
    ['another tag on the last line', [A, B, C], [A, B, B], false],
    ['the tags in another order', [A, B], [B, A], false],
    ['a tag too few', [A, B], [A], false],
    ['a tag too many', [A, B], [A, B, C], false],
    ['no tags', [A], [], false],
  ] as const)('are under tags: %s', (_, lines, tags, isIt) => {
    expect(isUnder(pageOf(...lines), packed(...tags))).toBe(isIt);
  });

  test('are under tags that are a piece of something longer', () => {
    expect(isUnder(pageOf(A, B), packed(C, A, B, C).subarray(16, 48))).toBe(true);
  });

  test('are as many as the page is said to have', () => {
    const page = { ...pageOf(A, B), rows: 3 };
    expect(() => isUnder(page, packed(A, B, C))).toThrow(HandoverError);
    expect(() => isUnder({ ...page, member: Buffer.from('no page') }, packed(A, B, C))).toThrow(
      HandoverError,
    );
  });
});
