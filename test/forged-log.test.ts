import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { CompactRange } from '../src/audit/merkle.js';
import { openWorkspace } from '../src/store/workspace.js';
import { endOf, Firms, shown } from './kit/firms.js';
import { FORGERIES, openDatabase } from './kit/forgeries.js';

/*
 * Somebody who has the disk and no key. Whatever is done to the log, audit verify and doctor raise the alarm, and the next command does not
 * sign over it.
 */

let firms: Firms;
beforeAll(async () => {
  firms = await Firms.withDeal();
  await writeCustomers({ rows: 20, seed: 1, mess: false, out: firms.post('c.csv') });
  await firms.done('import', 'post/c.csv', '--workspace', 'jia');
  await firms.done('check', '--workspace', 'jia');
  await firms.done('export', '--workspace', 'jia');
});
afterAll(() => firms.remove());

describe('a log forged without a key', () => {
  test.each(FORGERIES)('%s', async (_, forge) => {
    const at = firms.copy();
    try {
      const db = openDatabase(at);
      forge(db, at);
      db.close();
      const verified = await at.run('audit', 'verify', '--workspace', 'jia');
      expect(verified.exit, shown(verified)).toBe(6);
      expect(verified.stdout).not.toMatch(/is intact/);
      const looked = await at.run('doctor', '--workspace', 'jia', '--lang', 'zh');
      expect(looked.exit, shown(looked)).toBe(6);
      expect(looked.stdout).toContain('有内容被改动过');
      const before = readFileSync(at.path('jia', 'handover.db'));
      for (const argv of [['check'], ['card', 'export'], ['audit', 'report', '--html', 'r.html']]) {
        const next = await at.run(...argv, '--workspace', 'jia');
        expect(endOf(next), shown(next)).toMatch(/^6 LOG_/);
      }
      expect(readFileSync(at.path('jia', 'handover.db')).equals(before)).toBe(true);
    } finally {
      at.remove();
    }
  });

  test('and none of it where nothing was touched', async () => {
    const at = firms.copy();
    openDatabase(at).close();
    expect(endOf(await at.run('audit', 'verify', '--workspace', 'jia'))).toBe('0');
    expect(endOf(await at.run('check', '--workspace', 'jia'))).toBe('0');
    at.remove();
  });
});

test('every event of commands that ended well is under a signed checkpoint, and the tip covers it', async () => {
  for (const name of ['jia', 'yi']) {
    const verified = await firms.done('audit', 'verify', '--workspace', name);
    expect(verified.number('unsigned')).toBe(0);
    const workspace = openWorkspace(firms.path(name));
    const tree = CompactRange.of(0);
    for (const leaf of workspace.read.log.leaves()) tree.append(leaf);
    expect(workspace.tip).toContain(`/tip\n${tree.end}\n`);
    expect(workspace.read.log.checkpoints()).toHaveLength(tree.end);
    workspace.close();
  }
});
