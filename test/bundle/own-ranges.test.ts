import { expect, test } from 'vitest';
import { utf8 } from '../../src/base/bytes.js';
import { type SecretKey, sha256 } from '../../src/base/crypto.js';
import {
  rangeKeys,
  RANGES_FORMAT,
  type Ranges,
  rangesBytes,
  readOwnRanges,
  readRanges,
} from '../../src/bundle/ranges.js';
import { problemOf } from '../identity/problem-of.js';

const digest = sha256(utf8('anything'));
const ranges: Ranges = {
  format: RANGES_FORMAT,
  dataset: '01900000-0000-7000-8000-000000000000',
  file: { bytes: 200, sha256: digest },
  ranges: [{ from: 0, bytes: 200, line: 1, chunk: 0, page: 0, pages: 1, sha256: digest }],
  job: digest,
};
const keysOf = (byte: number) => rangeKeys(new Uint8Array(32).fill(byte) as SecretKey);
const [ours, others] = [keysOf(1), keysOf(2)];
const changedFor = { code: 'READING_CHANGED', name: 'ranges.json' };

test('a plan is read as it was written, by a worker and where it was written', () => {
  const bytes = rangesBytes(ranges, ours);
  expect(readRanges(bytes, ours.macKey)).toEqual(ranges);
  expect(readOwnRanges(bytes, ours.homeKey)).toEqual(ranges);
});

test('what a worker wrote is not what was written here: it has the one key and not the other', () => {
  const bytes = rangesBytes(ranges, { macKey: ours.macKey, homeKey: others.homeKey });
  expect(readRanges(bytes, ours.macKey)).toEqual(ranges);
  expect(problemOf(() => readOwnRanges(bytes, ours.homeKey))).toEqual(changedFor);
});

test('a plan under another key is nothing to a worker', () => {
  const bytes = rangesBytes(ranges, { macKey: others.macKey, homeKey: ours.homeKey });
  expect(problemOf(() => readRanges(bytes, ours.macKey))).toEqual(changedFor);
  expect(readOwnRanges(bytes, ours.homeKey)).toEqual(ranges);
});

test('a key of one kind does not do for the other', () => {
  const bytes = rangesBytes(ranges, ours);
  expect(problemOf(() => readOwnRanges(bytes, ours.macKey))).toEqual(changedFor);
  expect(problemOf(() => readRanges(bytes, ours.homeKey))).toEqual(changedFor);
});
