import { expect, test } from 'vitest';
import { z } from 'zod';
import { howToRead, shaped } from '../../src/base/shape.js';
import { MANIFEST_FORMAT, readManifest } from '../../src/bundle/manifest.js';
import { problemOf } from '../dataset/problem-of.js';

const schema = z.strictObject({ list: z.array(z.strictObject({ a: z.int(), b: z.int() })) });

test('a value is held against a schema', () => {
  const many = { list: Array.from({ length: 150_000 }, () => ({})) };
  expect(shaped(schema, many).success).toBe(false);
  expect(shaped(schema, { list: [{ a: 1, b: 2 }] })).toMatchObject({ success: true });
  expect(shaped(schema, { list: [{ a: 1 }] })).toMatchObject({
    success: false,
    error: { issues: [{ path: ['list', 0, 'b'] }] },
  });
});

test('the five hundredth value is read as the first was', () => {
  const wrong = { list: [{ a: 1 }] };
  const right = { list: [{ a: 1, b: 2 }] };
  const [first, said] = [shaped(schema, right), shaped(schema, wrong)];
  while (howToRead().jitless) shaped(schema, right);
  expect(shaped(schema, right)).toEqual(first);
  expect(JSON.stringify(shaped(schema, wrong))).toBe(JSON.stringify(said));
});

test.each([
  ['numbers', 190_000, 0],
  ['pages of nothing', 66_000, { bytes: 0, rows: 0 }],
])('a manifest of too many mistakes is refused, and no fault of the program: %s', (_, count, page) => {
  const pages = Array.from({ length: count }, () => page);
  const manifest = { format: MANIFEST_FORMAT, resources: [{ parts: [{ pages }] }] };
  expect(problemOf(() => readManifest(Buffer.from(JSON.stringify(manifest))))?.code).toBe('FORMAT_SHAPE');
});
