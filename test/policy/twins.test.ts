import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PageSets } from '../../src/policy/page-sets.js';
import { reasonSet, REPLACED } from '../../src/policy/reasons.js';
import { compileFingerprints, FINGERPRINTS, markTwins, MOST_SHARED } from '../../src/policy/twins.js';

const REFUSED = reasonSet('CONSENT_REFUSED');
const SAME = reasonSet('SAME_PERSON_REFUSED');

/** Marks records with a mobile and an identity number, and gives the masks. */
function marked(rows: readonly (readonly [mobile: string, id: string, set: number])[]): readonly number[] {
  const print = compileFingerprints(['customer_no', 'mobile', 'id_no']);
  const page = {
    reasonSets: PageSets.of(rows.map(([, , set]) => set)),
    fingerprints: new Float64Array(rows.length * FINGERPRINTS),
  };
  for (const [i, [mobile, id]] of rows.entries())
    print([`C${i}`, mobile, id], page.fingerprints, i * FINGERPRINTS);
  markTwins([page]);
  return [...page.reasonSets.words()];
}

describe('one person under two customer numbers', () => {
  test('share by share the same are marked as at once', () => {
    const row = fc.tuple(fc.nat(12), fc.nat(12), fc.constantFrom(0, REFUSED, SAME, REPLACED));
    fc.assert(
      fc.property(
        fc.array(fc.array(row, { maxLength: 25 }), { maxLength: 4 }),
        fc.nat(9),
        (lists, atOnce) => {
          // Spread over all bits, as fingerprints are.
          const print = (n: number) => (n === 0 ? 0 : n * 41 * 2 ** 32 + n * 977);
          const pages = () =>
            lists.map((rows) => ({
              reasonSets: PageSets.of(rows.map(([, , set]) => set)),
              fingerprints: Float64Array.from(rows.flatMap(([one, two]) => [print(one), print(two)])),
            }));
          const [together, apart] = [pages(), pages()];
          markTwins(together.slice(1), together.slice(0, 1));
          markTwins(apart.slice(1), apart.slice(0, 1), atOnce + 1);
          expect(apart.map(({ reasonSets }) => reasonSets.words())).toEqual(
            together.map(({ reasonSets }) => reasonSets.words()),
          );
        },
      ),
    );
  });

  test('a second mobile number tells as well as the first, and a number twice in one record counts once', () => {
    const print = compileFingerprints(['customer_no', 'mobile', 'mobile_2', 'id_no']);
    const rows = [
      ['C0', '13900000001', '13900000002 / 13900000003', REFUSED],
      ['C1', '13900000002', '13900000002', 0],
      ['C2', '13900000009', '13900000001', 0],
      ['C3', '13900000003', '', 0],
    ] as const;
    const page = {
      reasonSets: PageSets.of(rows.map(([, , , set]) => set)),
      fingerprints: new Float64Array(rows.length * FINGERPRINTS),
    };
    for (const [i, [number, mobile, second]] of rows.entries())
      print([number, mobile, second, ''], page.fingerprints, i * FINGERPRINTS);
    expect(page.fingerprints[FINGERPRINTS + 1]).toBe(0);
    markTwins([page]);
    expect([...page.reasonSets.words()]).toEqual([REFUSED, SAME, SAME, 0]);
  });

  test('who shares a mobile or an identity number with a no is asked', () => {
    expect(
      marked([
        ['1', '', REFUSED],
        ['1', '', 0],
        ['2', '', 0],
      ]),
    ).toEqual([REFUSED, SAME, 0]);
    expect(
      marked([
        ['1', '11010519491231002X', REFUSED],
        ['2', '110105491231002', 0],
      ]),
    ).toEqual([REFUSED, SAME]);
  });

  test('nobody is asked for want of a number, by another yes, or by a row that was replaced', () => {
    expect(
      marked([
        ['', '', REFUSED],
        ['', '', 0],
      ]),
    ).toEqual([REFUSED, 0]);
    expect(
      marked([
        ['1', '', 0],
        ['1', '', 0],
      ]),
    ).toEqual([0, 0]);
    expect(
      marked([
        ['1', '', REPLACED],
        ['1', '', 0],
      ]),
    ).toEqual([REPLACED, 0]);
    expect(
      marked([
        ['1', '', REFUSED],
        ['1', '', REPLACED],
      ]),
    ).toEqual([REFUSED, REPLACED]);
  });

  test('a number of many is nobody’s own', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, i): readonly [string, string, number] => [
        '1',
        '',
        i === 0 ? REFUSED : 0,
      ]);
    expect(marked(rows(MOST_SHARED)).filter((set) => set === SAME)).toHaveLength(MOST_SHARED - 1);
    expect(marked(rows(MOST_SHARED + 1)).filter((set) => set === SAME)).toHaveLength(0);
  });
});
