import { expect, test } from 'vitest';
import { namesakes } from '../../src/policy/table-rows.js';

/** Each row is its name and what it says. */
const found = (...rows: readonly (readonly [name: string, text: string])[]) =>
  namesakes(
    rows.length,
    (at) => rows[at]?.[0] ?? '',
    (at) => rows[at]?.[1] ?? '',
  );

test('rows of different names have no namesakes', () => {
  expect(found()).toEqual([]);
  expect(found(['a', 'x'])).toEqual([]);
  expect(found(['a', 'x'], ['b', 'x'])).toEqual([]);
});

test('rows of one name that agree are one row', () => {
  expect(found(['a', 'x'], ['a', 'x'])).toEqual([{ positions: [0, 1], isSame: true }]);
});

test('rows of one name that differ are not, wherever the difference is', () => {
  expect(found(['a', 'x'], ['a', 'y'])).toEqual([{ positions: [0, 1], isSame: false }]);
  expect(found(['a', 'x'], ['a', 'x'], ['a', 'y'])).toEqual([{ positions: [0, 1, 2], isSame: false }]);
  expect(found(['a', 'y'], ['a', 'x'], ['a', 'x'])).toEqual([{ positions: [0, 1, 2], isSame: false }]);
});

test('all places of a name are told in order, and names in the order in which they come back', () => {
  expect(found(['a', 'x'], ['b', 'x'], ['c', 'x'], ['b', 'x'], ['a', 'y'], ['b', 'x'])).toEqual([
    { positions: [1, 3, 5], isSame: true },
    { positions: [0, 4], isSame: false },
  ]);
});
