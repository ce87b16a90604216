import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { openWorkspace } from '../src/store/workspace.js';
import { endOf, Firms, shown } from './kit/firms.js';
import { emptyIndex, openDatabase } from './kit/forgeries.js';
import { OpenDatabase } from './kit/sqlite.js';
import { signTables, unsignTables } from './kit/signed-tables.js';
import { EDITS, FORGED_TABLES, TABLES_EDITED, tableEdits } from './kit/table-edits.js';
import { stamp } from './store/session.js';

/*
 * Somebody who has the disk and no key changes what the tables hold: any value of any row, a row less, a row twice. The log stays as it was.
 */

let firms: Firms;
const jia = ['--workspace', 'jia'] as const;
const yi = ['--workspace', 'yi'] as const;

/** A workspace with something in nearly every table. */
beforeAll(async () => {
  firms = await Firms.withDeal({ approvals: 0 });
  await writeCustomers({ rows: 40, seed: 1, mess: true, out: firms.post('c.csv') });
  await firms.run('import', 'post/c.csv', ...jia);
  const head = '客户编号,姓名,同意状态,同意的接收方,同意的用途,同意时间\n';
  writeFileSync(
    firms.post('r.csv'),
    `${head}C008,郑�,已撤回,,,2026-11-19\nC900,方二,,,,\n,方三,不同意,,,2026-11-19\n`,
  );
  await firms.run('import', 'post/r.csv', '--as', 'addition', ...jia);
  await firms.run('check', '--unmatched', 'nobody', ...jia);
  await firms.run('export', ...jia);
  await firms.done('receive', firms.path('jia', 'exchange', 'D-1-1.handover.zip'), ...yi);
  await firms.done('receipt', 'accept', firms.path('yi', 'exchange', 'D-1-1.receipt.json'), ...jia);
  const who = ['--requester', 'self', '--verified', 'callback', '--yes'];
  await firms.done('subject', 'withdraw', numberOf(0), ...who, ...jia);
  await firms.done(
    'hold',
    'add',
    '--case',
    'X-1',
    '--reason',
    'a court asks',
    '--subject',
    numberOf(1),
    ...jia,
  );
  await firms.done('people', 'add', 'Wang Fang', '--role', 'lead', '--contact', '021-5550100', ...jia);
  writeFileSync(firms.post('nda.txt'), 'nothing of this leaves the house\n');
  await firms.done('papers', 'add', 'post/nda.txt', '--as', 'nda', ...jia);
  const lost = [
    '--what',
    'lost-device',
    '--summary',
    'front desk laptop lost',
    '--discovered',
    '2026-11-20 10:30',
  ];
  await firms.run('incident', 'open', ...lost, ...jia);
  await firms.run('incident', 'update', 'I-1', '--cause', 'a bag left on a train', ...jia);
  await firms.done('findings', 'collect', ...jia);
  await firms.run('followup', 'set', ...jia);
  await firms.run('audit', 'totals', '--for-buyer', 'Yi Home Services', ...jia);
  await firms.run('subject', 'decide', numberOf(2), numberOf(3), '--as', 'two', ...jia);
  await firms.run('purge', 'attest', 'paper', '--state', 'cleared', ...jia);
  await firms.settle('bing', 'buyer', '上海丙家政服务有限公司');
  await firms.acquaint('jia', 'bing');
  await firms.done('trust', 'remove', '上海丙家政服务有限公司', '--yes', ...jia);
  await firms.run('check', '--unmatched', 'nobody', ...jia);
});
afterAll(() => firms.remove());

/** A customer of the file. */
function numberOf(n: number): string {
  const rows = readFileSync(firms.post('c.csv'), 'utf8').split('\n').slice(1);
  return rows.flatMap((row) => /(?:^|,)(C\d+),/.exec(row)?.[1] ?? [])[n] ?? '';
}

/** What `forge` does to a copy, seen by `look`. */
async function forged<T>(
  forge: (db: OpenDatabase, at: Firms) => void,
  look: (at: Firms) => Promise<T>,
): Promise<T> {
  const at = firms.copy();
  try {
    const db = openDatabase(at);
    db.exec('PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF');
    forge(db, at);
    db.close();
    return await look(at);
  } finally {
    at.remove();
  }
}

test('every value of every table is held by what was signed', async () => {
  const db = new OpenDatabase(firms.path('jia', 'handover.db'));
  const edits = tableEdits(db);
  db.close();
  const tables = new Set(edits.map(({ table }) => table));
  expect(tables.size).toBeGreaterThanOrEqual(TABLES_EDITED);
  expect(edits.length).toBeGreaterThanOrEqual(EDITS);
  const unseen: string[] = [];
  for (const { what, sql } of edits) {
    const end = await forged(
      (copy) => copy.exec(sql),
      async (at) => endOf(await at.run('audit', 'verify', ...jia)),
    );
    // An own card that does not verify stops whoever would verify anything else by it.
    if (!/^6|^5 CARD_SIGNATURE/.test(end)) unseen.push(`${what}: ${end}`);
  }
  expect(unseen).toEqual([]);
});

describe('signs nothing over a table that was changed', () => {
  test.each(FORGED_TABLES)('%s', async (_, sql, command) => {
    await forged(
      (db) => db.exec(sql),
      async (at) => {
        const doctor = await at.run('doctor', ...jia);
        expect(doctor.exit, shown(doctor)).toBe(6);
        const said = await at.run(...command, ...jia);
        expect(endOf(said), shown(said)).toBe('6 TABLES_CHANGED');
      },
    );
  });
});

test('a trigger that would change what is written is named', async () => {
  const trigger = 'CREATE TRIGGER soft AFTER INSERT ON subject_mark BEGIN DELETE FROM subject_mark; END';
  const said = await forged(
    (db) => db.exec(trigger),
    (at) => at.run('audit', 'verify', ...jia),
  );
  expect(said.exit).toBe(6);
  expect(said.stdout).toContain('soft');
});

test.each([
  ['subject_mark_tag', 'subject_mark (tag)', /subject_mark/],
  ['deal_id', 'deal (id)', /deal/],
  ['somebodys', 'subject_mark (kind, tag, purpose, request, dataset, time)', /somebodys/],
])('an index that no longer finds what its table holds is seen: %s', async (name, columns, named) => {
  const at = firms.copy();
  emptyIndex(at.path('jia', 'handover.db'), name, columns);
  const verified = await at.run('audit', 'verify', ...jia);
  expect(verified.exit, shown(verified)).toBe(6);
  expect(verified.stdout).toMatch(named);
  expect(endOf(await at.run('people', 'add', 'Li Mei', '--role', 'clerk', ...jia))).toBe('6 TABLES_CHANGED');
  at.remove();
});

test('what was signed of the tables before does not come back', async () => {
  const before = new OpenDatabase(firms.path('jia', 'handover.db'));
  const [seal] = before.rows('SELECT note, digests FROM tables_seal');
  before.close();
  const at = firms.copy();
  const who = ['--requester', 'self', '--verified', 'callback', '--yes'];
  await at.done('subject', 'withdraw', numberOf(5), ...who, ...jia);
  const db = openDatabase(at);
  db.run('UPDATE tables_seal SET note = ?, digests = ?', String(seal?.['note']), String(seal?.['digests']));
  db.close();
  expect((await at.run('audit', 'verify', ...jia)).exit).toBe(6);
  at.remove();
});

test('a workspace in which nothing was signed of the tables yet is sound, and signs them with its next event', async () => {
  const at = firms.copy();
  await unsignTables(at.path('jia'));
  expect(endOf(await at.run('audit', 'verify', ...jia))).toBe('0');
  await at.done('card', 'export', ...jia);
  await at.done('people', 'add', 'Li Mei', '--role', 'clerk', ...jia);
  expect(endOf(await at.run('audit', 'verify', ...jia))).toBe('0');
  const db = openDatabase(at);
  expect(db.value('SELECT count(*) FROM tables_seal')).toBe(1);
  db.exec('DELETE FROM tables_seal');
  db.close();
  expect(endOf(await at.run('check', ...jia))).toBe('6 TABLES_CHANGED');
  at.remove();
});

test('what a second person and whoever lost the passphrase wrote is no forgery', async () => {
  const at = firms.copy();
  const lost = ['--what', 'lost-device', '--summary', 'a tablet lost', '--discovered', '2026-11-20 11:30'];
  await at.runWith(
    { env: { HANDOVER_PASSPHRASE: 'not the passphrase' } },
    'incident',
    'open',
    ...lost,
    ...jia,
  );
  expect(endOf(await at.run('audit', 'verify', ...jia))).toBe('0');
  await signTables(at.path('jia'));
  expect(endOf(await at.run('audit', 'verify', ...jia))).toBe('0');
  at.remove();
});

test('a large table that was changed is not signed after an event of whoever lost the passphrase', async () => {
  const at = firms.copy();
  const workspace = openWorkspace(at.path('jia'));
  const actor = { card: workspace.info.cardDigest, operator: 'clerk' };
  workspace.record(
    { ...stamp, actor },
    { action: 'evidence-packed', objects: {}, details: {} },
    () => undefined,
  );
  workspace.close();
  const db = openDatabase(at);
  db.exec('UPDATE rejected_row SET unread_no = 0');
  db.close();
  await at.run('card', 'export', ...jia);
  await at.run('people', 'add', 'Li Mei', '--role', 'clerk', ...jia);
  expect(endOf(await at.run('audit', 'verify', ...jia))).toBe('6');
  at.remove();
});

test.each([
  ['a folder', (note: string) => mkdirSync(note)],
  ['a pipe', (note: string) => execFileSync('mkfifo', [note])],
  ['a name that is none', (note: string) => writeFileSync(note, 'a\0b')],
])('a note of a draft that is %s stops no command', async (_, put) => {
  const at = firms.copy();
  mkdirSync(at.path('jia', 'drafts'), { recursive: true });
  put(at.path('jia', 'drafts', '0123456789abcdef'));
  expect(endOf(await at.run('audit', 'verify', ...jia))).toBe('0');
  at.remove();
});
