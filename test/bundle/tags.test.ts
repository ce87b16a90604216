import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortTags, TagRoot, tagRoot } from '../../src/bundle/tags.js';
import { problemOf } from '../identity/problem-of.js';

const tag = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes));
/** Tags that somebody chose to share their beginning, so that all fall into one bucket. */
const crowded = fc
  .uint8Array({ minLength: 2, maxLength: 2 })
  .map((end) => Buffer.concat([Buffer.alloc(14, 7), end]));

/** Tags that differ in one byte of any of their words, or in two. */
const alike = fc
  .tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2))
  .map((last) => Buffer.concat(last.map((byte) => Buffer.of(7, 7, 7, byte))));

describe('sorting tags', () => {
  it.each([
    ['random', tag, 400],
    ['few that begin alike', alike, 12],
    ['chosen', crowded, 900],
  ])('orders %s tags by their bytes', (_, arbitrary, maxLength) => {
    const tags = fc.uniqueArray(arbitrary, { maxLength, selector: (t) => t.toString('hex') });
    fc.assert(
      fc.property(tags, (all) => {
        const sorted = sortTags(Buffer.concat(all), 'customers').toString('hex');
        expect(sorted).toBe(
          [...all]
            .sort(Buffer.compare)
            .map((t) => t.toString('hex'))
            .join(''),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('leaves its argument as it was', () => {
    const tags = Buffer.concat([Buffer.alloc(16, 2), Buffer.alloc(16, 1)]);
    sortTags(tags, 'customers');
    expect(tags[0]).toBe(2);
  });

  it('refuses a tag that stands twice', () => {
    const twice = Buffer.concat([Buffer.alloc(16, 1), Buffer.alloc(16, 2), Buffer.alloc(16, 1)]);
    expect(problemOf(() => sortTags(twice, 'customers'))).toEqual({
      code: 'BUNDLE_TAG_REPEATED',
      resource: 'customers',
    });
    const many = Buffer.alloc(16 * 1000, 9);
    expect(problemOf(() => sortTags(many, 'customers')).code).toBe('BUNDLE_TAG_REPEATED');
  });
});

describe('the tag root', () => {
  it('is the RFC 6962 root over the sorted tags, 64 in a leaf', () => {
    const tags = Array.from({ length: 150 }, (_, i) => Buffer.alloc(16, i + 1));
    const hash = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
    const leaf = (from: number) => hash(Buffer.from([0]), ...tags.slice(from, from + 64));
    const node = (left: Buffer, right: Buffer) => hash(Buffer.from([1]), left, right);
    expect(tagRoot(Buffer.concat([...tags].reverse()), 'customers')).toBe(
      node(node(leaf(0), leaf(64)), leaf(128)).toString('hex'),
    );
    expect(tagRoot(Buffer.alloc(0), 'customers')).toBe(createHash('sha256').digest('hex'));
  });

  it('can be computed piece by piece', () => {
    const tags = Buffer.concat(
      Array.from({ length: 20_000 }, (_, i) => createHash('md5').update(String(i)).digest()),
    );
    const sorted = sortTags(tags, 'customers');
    const whole = new TagRoot();
    const cuts = [0, 1, 63, 64, 65, 8_500, 20_000].map((tag) => 16 * tag);
    for (const [i, cut] of cuts.entries()) whole.add(sorted.subarray(cuts[i - 1] ?? 0, cut));
    expect(whole.end()).toBe(tagRoot(tags, 'customers'));
  });
});
