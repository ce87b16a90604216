import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtLog } from '../../../src/steps/session/own-log.js';
import { openWorkspace } from '../../../src/store/workspace.js';
import { endOf, Firms, shown } from '../../kit/firms.js';
import { openDatabase } from '../../kit/forgeries.js';
import { stamp } from '../../store/session.js';

/* The log is looked at while the key is derived, and what was found is told when the keys are there. */

let firms: Firms;
const passphrase = ['--passphrase-file', 'post/passphrase.txt'] as const;

beforeAll(async () => {
  firms = await Firms.empty();
  writeFileSync(firms.post('passphrase.txt'), 'three blue cups\n');
  writeFileSync(firms.post('other.txt'), 'four blue cups\n');
  const who = ['--role', 'seller', '--name', '甲家政', '--phone', '021-55550100'];
  await firms.done('init', 'jia', ...who, ...passphrase);
  await firms.done('init', 'ding', ...who, '--unprotected');
});
afterAll(() => firms.remove());

test('what is wrong is told to whoever has the passphrase', async () => {
  const db = openDatabase(firms);
  db.exec(`UPDATE workspace SET environment = 'test'`);
  db.close();
  const command = ['people', 'add', 'Li Mei', '--role', 'clerk', '--workspace', 'jia'] as const;
  const stranger = await firms.run(...command, '--passphrase-file', 'post/other.txt');
  expect(endOf(stranger), shown(stranger)).toBe('7 KEY_PASSPHRASE');
  const owner = await firms.run(...command, ...passphrase);
  expect(endOf(owner), shown(owner)).toBe('6 TABLES_CHANGED');
});

test('what was written while the key was derived is looked at as well', () => {
  const workspace = openWorkspace(firms.path('ding'));
  try {
    const requireSound = lookAtLog(workspace);
    expect(requireSound).not.toThrow();
    workspace.record(stamp, { action: 'imported', objects: {}, details: {} }, () => undefined);
    expect(requireSound).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'LOG_UNSIGNED' }) }),
    );
  } finally {
    workspace.close();
  }
});
