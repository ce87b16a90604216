import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageSets } from '../../src/policy/page-sets.js';

const bits = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('the sets of a page', () => {
  it('are what was put, as an array of words would have it', () => {
    fc.assert(
      fc.property(
        fc.array(bits, { minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(39), bits, fc.boolean()), { maxLength: 60 }),
        (first, changes) => {
          const words = Uint32Array.from(first);
          const sets = PageSets.of(words);
          for (const [at, set, isAdded] of changes) {
            const record = at % words.length;
            words[record] = isAdded ? (words[record] ?? 0) | set : set;
            if (isAdded) sets.add(record, set);
            else sets.put(record, set);
            expect(sets.at(record)).toBe(words[record]);
          }
          expect(sets.words()).toEqual(words);
        },
      ),
    );
  });

  it.each([255, 256, 257, 65_536, 65_537])('hold %i different ones', (count) => {
    const words = Uint32Array.from({ length: count }, (_, i) => (i * 65_537) >>> 0);
    const sets = PageSets.of(words);
    expect(sets.words()).toEqual(words);
    sets.put(0, 7);
    sets.add(count - 1, 0x8000_0000);
    expect([sets.at(0), sets.at(1), sets.at(count - 1)]).toEqual([
      7,
      words[1],
      ((words[count - 1] ?? 0) | 0x8000_0000) >>> 0,
    ]);
  });

  it('know of no record beyond the page', () => {
    expect(PageSets.of([1, 2]).at(2)).toBeUndefined();
    expect(PageSets.of([]).length).toBe(0);
  });
});
