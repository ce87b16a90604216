import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Firms } from '../../kit/firms.js';

/*
 * Whoever has no name is told so before the work, not after it: a bundle of a million customers is verified for a second, and a file read
 * for several, before anything is logged.
 */

let firms: Firms;

beforeAll(async () => {
  firms = await Firms.withDeal();
  writeFileSync(firms.post('customers.csv'), '客户编号,姓名\nC1,王小一\n');
});

afterAll(() => firms.remove());

const nameless = (...argv: readonly string[]) =>
  firms.runWith({ env: { HANDOVER_OPERATOR: '' } }, ...argv, '--json');

test.each([
  // None of these files is there, or is what it should be: that would be told next.
  [['receive', 'missing.handover.zip', '--workspace', 'yi']],
  [['import', 'missing.csv', '--workspace', 'jia']],
  [['check', '--deal', 'D-1', '--workspace', 'jia']],
  [['export', 'post/customers.csv', '--deal', 'D-1', '--workspace', 'jia']],
])('%j without an operator stops at once', async (argv) => {
  const { exit, stderr, stdout } = await nameless(...argv);
  expect(`${stdout}${stderr}`).toContain('CLI_OPERATOR_UNKNOWN');
  expect(exit).toBe(2);
});

test('a rehearsal needs no name', async () => {
  const { exit } = await nameless('import', 'post/customers.csv', '--workspace', 'jia', '--dry-run');
  expect(exit).toBe(0);
});
