import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referenceText } from '../../src/cli/reference.js';
import { PROBLEM_CODES } from '../../src/messages/problem.js';

test('docs/cli.md is what the command tree says: run npm run docs:cli', () => {
  const written = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'cli.md'), 'utf8');
  expect(written).toBe(referenceText());
});

test('it lists every problem code with its exit number', () => {
  const text = referenceText();
  for (const code of PROBLEM_CODES) expect(text).toMatch(new RegExp(`^\\| \`${code}\` \\| \\d+ \\|$`, 'm'));
});
