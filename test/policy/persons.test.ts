import { expect, test } from 'vitest';
import { TAG_BYTES } from '../../src/base/tagger.js';
import { countPersons } from '../../src/policy/persons.js';

/** Packed tags: each begins with its number, in the bytes that are given. */
function packed(numbers: readonly number[], at = 7): Uint8Array {
  const tags = new Uint8Array(numbers.length * TAG_BYTES);
  for (const [i, number] of numbers.entries()) tags[i * TAG_BYTES + at] = number;
  return tags;
}

test.each([
  ['no lists', [], 0],
  ['an empty list', [[]], 0],
  ['one person', [[1]], 1],
  ['the lowest tag there is', [[0]], 1],
  ['one person twice in a list', [[1, 1]], 1],
  ['one person in two lists', [[1], [1]], 1],
  ['several, each in another order', [[3, 1, 2], [2, 3, 1], [1]], 3],
  ['two whose tags are neighbours', [[1, 2]], 2],
] as const)('%s', (_, lists, persons) => {
  expect(countPersons(() => lists.map((numbers) => packed(numbers)))).toBe(persons);
});

test('persons are told apart by the first eight bytes of their tags, whichever of these differs', () => {
  for (let at = 0; at < 8; at += 1) expect(countPersons(() => [packed([1, 2, 1], at)])).toBe(2);
});

test('a list may be a piece of something longer', () => {
  const whole = new Uint8Array([...packed([9]), ...packed([1, 2]), ...packed([8])]);
  expect(countPersons(() => [whole.subarray(TAG_BYTES, 3 * TAG_BYTES)])).toBe(2);
});
