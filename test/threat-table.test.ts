import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { attackTable } from './kit/attacks.js';

/** `npm run docs:attacks` draws the table anew. */
const path = fileURLToPath(new URL('../docs/threat-model.md', import.meta.url));
const BETWEEN =
  /(<!-- attacks: drawn by `npm run docs:attacks` -->\n\n)[\s\S]*?(\n\n<!-- end of attacks -->)/;

test('the table of attacks in the threat model is that of the tests', () => {
  const before = readFileSync(path, 'utf8');
  expect(before).toMatch(BETWEEN);
  const now = before.replace(BETWEEN, (_, begin: string, end: string) => `${begin}${attackTable()}${end}`);
  if (process.env['UPDATE_FIXTURES'] === '1') writeFileSync(path, now);
  expect(readFileSync(path, 'utf8')).toBe(now);
});
