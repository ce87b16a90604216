import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Masks } from '../../src/policy/masks.js';

const mask = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('masks of a page', () => {
  it('are what was put, as an array of words would have it', () => {
    fc.assert(
      fc.property(
        fc.array(mask, { minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(39), mask, fc.boolean()), { maxLength: 60 }),
        (first, changes) => {
          const words = Uint32Array.from(first);
          const masks = Masks.of(words);
          for (const [at, bits, isAdded] of changes) {
            const record = at % words.length;
            words[record] = isAdded ? (words[record] ?? 0) | bits : bits;
            if (isAdded) masks.add(record, bits);
            else masks.put(record, bits);
            expect(masks.at(record)).toBe(words[record]);
          }
          expect(masks.words()).toEqual(words);
        },
      ),
    );
  });

  it.each([255, 256, 257, 65_536, 65_537])('hold %i different ones', (count) => {
    const words = Uint32Array.from({ length: count }, (_, i) => (i * 65_537) >>> 0);
    const masks = Masks.of(words);
    expect(masks.words()).toEqual(words);
    masks.put(0, 7);
    masks.add(count - 1, 0x8000_0000);
    expect([masks.at(0), masks.at(1), masks.at(count - 1)]).toEqual([
      7,
      words[1],
      ((words[count - 1] ?? 0) | 0x8000_0000) >>> 0,
    ]);
  });

  it('know of no record beyond the page', () => {
    expect(Masks.of([1, 2]).at(2)).toBeUndefined();
    expect(Masks.of([]).length).toBe(0);
  });
});
