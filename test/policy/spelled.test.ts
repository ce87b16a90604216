import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TAG_BYTES } from '../../src/base/tagger.js';
import { PageSets } from '../../src/policy/page-sets.js';
import { HANDED_OVER, reasonSet, REPLACED } from '../../src/policy/reasons.js';
import { type Alike, RefuserList, spelledAlike } from '../../src/policy/spelled.js';

const REFUSED = reasonSet('CONSENT_REFUSED');

/** A fingerprint of a number, spread over all bits as they are; 0 for none. */
const printOf = (n: number): number => (n === 0 ? 0 : n * 41 * 2 ** 32 + n * 977);

/** The tag of the person of a number in one spelling. */
function tagOf(number: number, spelling: number): Uint8Array {
  return Buffer.alloc(TAG_BYTES, 16 * number + spelling);
}

type Row = readonly [number: number, spelling: number, set: number];

function pageOf(rows: readonly Row[]) {
  return {
    reasonSets: PageSets.of(rows.map(([, , set]) => set)),
    spellings: Float64Array.from(rows.map(([number]) => printOf(number))),
    tags: () => Buffer.concat(rows.map(([number, spelling]) => tagOf(number, spelling))),
  };
}

const found = (alike: readonly Alike[]) =>
  alike.map(({ tag, others }) => `${tag} ${[...others].sort().join(' ')}`).sort();

const set = fc.constantFrom(0, 0, REFUSED, REPLACED, HANDED_OVER);
const row = fc.tuple(fc.nat(12), fc.nat(3), set);

describe('numbers that differ only in spelling', () => {
  it('ask nothing of whom the same number refuses, says no, went, or was replaced', () => {
    const outside = new RefuserList();
    outside.add(printOf(3), tagOf(3, 0));
    const page = pageOf([
      [1, 0, REFUSED],
      [1, 1, 0],
      [1, 0, 0],
      [1, 2, HANDED_OVER],
      [1, 3, REPLACED],
      [2, 0, 0],
      [3, 0, 0],
      [3, 1, 0],
    ]);
    expect(spelledAlike([page], outside).map(({ at }) => at)).toEqual([1, 7]);
  });

  it('are the same share by share as at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(row, { maxLength: 25 }), { maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(12), fc.nat(3)), { maxLength: 8 }),
        fc.nat(9),
        (lists, beside, atOnce) => {
          const outside = new RefuserList();
          for (const [number, spelling] of beside) outside.add(printOf(number), tagOf(number, spelling));
          const pages = lists.map(pageOf);
          expect(found(spelledAlike(pages, outside, atOnce + 1))).toEqual(
            found(spelledAlike(pages, outside)),
          );
        },
      ),
    );
  });
});
