import { describe, expect, test } from 'vitest';
import { bar, minutesAndSeconds, fileSize, grouped, percent } from '../../src/report/numbers.js';

describe('numbers', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [2317, '2,317'],
    [1234567, '1,234,567'],
  ])('%d is %s', (count, text) => expect(grouped(count)).toBe(text));

  test.each([
    [1503, 2241, '67.1%'],
    [0, 10, '0.0%'],
    [10, 10, '100.0%'],
    [1, 100_000, '<0.1%'],
    [99_999, 100_000, '>99.9%'],
    [0, 0, '–'],
  ])('%d of %d is %s', (part, whole, text) => expect(percent(part, whole)).toBe(text));

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 KB'],
    [412_300, '412 KB'],
    [999_400, '999 KB'],
    [999_600, '1.0 MB'],
    [188_000_000, '188 MB'],
  ])('%d bytes are %s', (bytes, text) => expect(fileSize(bytes)).toBe(text));

  test.each([
    [7, '0:07'],
    [750, '12:30'],
    [3723, '1:02:03'],
    [-1, '0:00'],
  ])('%d s are %s', (seconds, text) => expect(minutesAndSeconds(seconds)).toBe(text));

  test.each([
    [0, ''],
    [1, '████████'],
    [0.5, '████'],
    [0.671, '█████▍'],
    [0.0001, '▏'],
    [2, '████████'],
  ])('a bar of %d', (share, drawn) => expect(bar(share, 8, false)).toBe(drawn));

  test('in plain characters', () => {
    expect(bar(0.5, 8, true)).toBe('####');
    expect(bar(0.001, 8, true)).toBe('#');
    expect(bar(0, 8, true)).toBe('');
  });
});
