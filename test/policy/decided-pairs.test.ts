import { expect, test } from 'vitest';
import { PageSets } from '../../src/policy/page-sets.js';
import { DecidedPairs, type PairDecision, settleApart, spreadNoes } from '../../src/policy/decided-pairs.js';
import { HANDED_OVER, REPLACED, reasonSet } from '../../src/policy/reasons.js';
import { markTwins } from '../../src/policy/twins.js';

const tag = (n: number) => new Uint8Array(16).fill(n);
const text = (n: number) => Buffer.from(tag(n)).toString('hex');
const pairs = (...decided: readonly (readonly [number, number, PairDecision])[]) =>
  new DecidedPairs(decided.map(([a, b, decision]) => ({ first: tag(a), second: tag(b), decision })));

/** Judged records: whose they are, what they share, and what is held against them. */
function page(...records: readonly (readonly [person: number, number: number, set: number])[]) {
  return {
    tags: Buffer.concat(records.map(([person]) => tag(person))),
    fingerprints: Float64Array.from(records.flatMap(([, number]) => [number, 0])),
    reasonSets: PageSets.of(records.map(([, , set]) => set)),
  };
}

const WITHDRAWN = reasonSet('CONSENT_WITHDRAWN');
const REFUSED = reasonSet('CONSENT_REFUSED');
const SAME = reasonSet('SAME_PERSON_REFUSED');
const ASK = reasonSet('CONSENT_MISSING');

test('the last word on a pair counts, whichever of the two is named first', () => {
  expect(pairs([1, 2, 'one'], [2, 1, 'two']).of(text(1), text(2))).toBe('two');
  expect(pairs([1, 2, 'two'], [2, 1, 'one']).of(text(1), text(2))).toBe('one');
  expect(pairs([1, 2, 'one']).of(text(1), text(3))).toBeNull();
});

test('being one person passes on, and so does being another', () => {
  const known = pairs([1, 2, 'one'], [2, 3, 'one'], [3, 4, 'two']);
  expect(known.of(text(1), text(3))).toBe('one');
  expect(known.of(text(1), text(4))).toBe('two');
  expect([...known.othersOf(text(1))].sort()).toEqual([text(2), text(3)]);
  expect(known.othersOf(text(4))).toEqual([]);
});

test('of one person every no counts under every number', () => {
  const one = page([1, 0, WITHDRAWN], [2, 0, ASK], [3, 0, 0], [9, 0, 0]);
  spreadNoes([one], pairs([1, 2, 'one'], [2, 3, 'one']));
  expect([...one.reasonSets.words()]).toEqual([WITHDRAWN, (ASK | WITHDRAWN) >>> 0, WITHDRAWN, 0]);
});

test('a record that another one replaced is neither heard nor changed, and who went and says no by now is no more one who may go', () => {
  const one = page([1, 0, REPLACED], [2, 0, 0], [3, 0, REFUSED], [4, 0, HANDED_OVER]);
  spreadNoes([one], pairs([1, 2, 'one'], [3, 4, 'one']));
  expect([...one.reasonSets.words()]).toEqual([REPLACED, 0, REFUSED, REFUSED]);
});

test.each([
  ['nothing was decided', [], SAME],
  ['they are two', [[1, 2, 'two']], 0],
  [
    'they are two, and somebody else with the number said no as well',
    [
      [1, 2, 'two'],
      [2, 5, 'two'],
    ],
    0,
    5,
  ],
  ['they are two, and nobody knows of somebody else with the number who said no', [[1, 2, 'two']], SAME, 5],
] as const)('a shared number where %s', (_, decided, expected, third?: number) => {
  const one = page([1, 77, REFUSED], [2, 77, 0], [third ?? 6, third === undefined ? 88 : 77, REFUSED]);
  const known = pairs(...decided);
  spreadNoes([one], known);
  markTwins([one]);
  settleApart([one], known);
  expect(one.reasonSets.at(1)).toBe(expected);
});
