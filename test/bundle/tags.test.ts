import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompactRange } from '../../src/audit/merkle.js';
import { rangeOfTags, sortTags, tagRoot } from '../../src/bundle/tags.js';
import { problemOf } from '../identity/problem-of.js';

const tag = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes));
/** Tags that somebody chose to share their beginning, so that all fall into one bucket. */
const crowded = fc
  .uint8Array({ minLength: 2, maxLength: 2 })
  .map((end) => Buffer.concat([Buffer.alloc(14, 7), end]));

describe('sorting tags', () => {
  it.each([
    ['random', tag, 400],
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
  it('is the RFC 6962 root over the sorted tags', () => {
    const a = Buffer.alloc(16, 1);
    const b = Buffer.alloc(16, 2);
    const hash = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
    const leaf = (t: Buffer) => hash(Buffer.from([0]), t);
    expect(tagRoot(Buffer.concat([b, a]), 'customers')).toBe(
      hash(Buffer.from([1]), leaf(a), leaf(b)).toString('hex'),
    );
    expect(tagRoot(Buffer.alloc(0), 'customers')).toBe(createHash('sha256').digest('hex'));
  });

  it('can be computed share by share', () => {
    const tags = Buffer.concat(
      Array.from({ length: 20_000 }, (_, i) => createHash('md5').update(String(i)).digest()),
    );
    const sorted = sortTags(tags, 'customers');
    const whole = CompactRange.of(0);
    const cut = 16 * 8_500;
    whole.merge(rangeOfTags(sorted.subarray(0, cut), 0));
    whole.merge(rangeOfTags(sorted.subarray(cut), 8_500));
    expect(whole.root()).toBe(tagRoot(tags, 'customers'));
  });
});
