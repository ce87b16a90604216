import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Database } from '../../src/store/database.js';
import { rowDigest } from '../../src/store/row-digest.js';
import { rootOfTables } from '../../src/store/sealed-tables.js';
import { openWorkspace, type Workspace, type Writer } from '../../src/store/workspace.js';
import { emptyIndex } from '../kit/forgeries.js';
import { OpenDatabase } from '../kit/sqlite.js';
import {
  digestOf,
  imported,
  noon,
  openSession,
  signer,
  someBundle,
  someDataset,
  somePage,
  stamp,
} from './session.js';

/*
 * Of a table that grows with the list only what changed is read again for a seal. Whatever was changed, and how often, all of the tables read
 * anew give what was signed.
 */

let folder: string;
let workspace: Workspace;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-'));
  workspace = openSession(folder);
  workspace.signWith(signer);
});
afterEach(() => {
  workspace.close();
  rmSync(folder, { recursive: true });
});

const change = (run: (write: Writer) => void) => workspace.record(stamp, imported, run);

function unsigned(): readonly string[] {
  const seal = workspace.read.log.tablesSeal();
  if (seal === null) throw new Error('there is no seal');
  return workspace.read.log.changedTables(seal.digests, []);
}

const rejectedRows = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ line: from + i, code: 'ROW_CELLS', isUnreadNo: i % 7 === 0 }));

function addCheck(write: Writer, check: string, dataset: string, pages: number): void {
  write.addCheck({
    id: check,
    datasets: [dataset],
    deal: digestOf('deal'),
    time: noon,
    pack: digestOf('pack'),
    ledgers: [],
    counts: {},
    planDigest: digestOf('plan'),
    plan: Buffer.from('{}'),
  });
  for (let number = 0; number < pages; number++)
    write.addCheckPage({
      check,
      dataset,
      number,
      reasonSets: Buffer.alloc(8, number),
      stays: Buffer.alloc(0),
    });
}

/** Rows of several owners in all tables that grow with the list. */
function fill(): void {
  change((write) => {
    write.addDataset(someDataset('d1'));
    for (const number of [0, 1]) write.addPage(somePage('d1', number, 2));
    write.addRejectedRows('d1', rejectedRows(10, 2500));
  });
  change((write) => {
    write.addDataset(someDataset('d0'));
    write.addRejectedRows('d0', rejectedRows(3, 5));
  });
  change((write) => addCheck(write, 'c2', 'd1', 45));
  change((write) => addCheck(write, 'c1', 'd1', 2));
  for (const bundle of ['b1', 'b0'])
    change((write) => {
      write.addBundle(someBundle(bundle));
      for (const number of [0, 1]) write.addHandedOver(bundle, { number, tags: Buffer.alloc(32, number) });
    });
  for (const purge of ['p1', 'p0'])
    change((write) => write.retention.addErased(purge, { number: 0, tags: Buffer.alloc(16, 1) }));
  change((write) => {
    write.campaign.putText({
      digest: digestOf('text'),
      deal: digestOf('deal'),
      kind: 'ask',
      bytes: Buffer.from('?'),
      time: noon,
    });
    for (const id of ['a1', 'a0']) {
      write.campaign.addBatch({
        id,
        deal: digestOf('deal'),
        text: digestOf('text'),
        channel: 'sms',
        persons: 1,
        time: noon,
      });
      write.campaign.addAsked(id, { number: 0, tags: Buffer.alloc(16, 2) });
    }
  });
}

test('everything that is added is signed', () => {
  fill();
  expect(unsigned()).toEqual([]);
});

const CHANGES: readonly (readonly [string, (write: Writer) => void])[] = [
  ['a row that was brought back', (write) => write.setRowCorrected('d1', 2000, 'd0')],
  ['more rows of the same file', (write) => write.addRejectedRows('d0', rejectedRows(100, 3))],
  [
    'a page that is replaced, with the verdicts on it',
    (write) =>
      write.replacePage(somePage('d1', 1, 1), [
        { check: 'c1', reasonSets: Buffer.alloc(4, 9), stays: Buffer.alloc(0) },
        { check: 'c2', reasonSets: Buffer.alloc(4, 8), stays: Buffer.alloc(0) },
      ]),
  ],
  [
    'a page of which nothing stays',
    (write) =>
      write.replacePage(somePage('d1', 1, 0), [
        { check: 'c2', reasonSets: Buffer.alloc(0), stays: Buffer.alloc(0) },
      ]),
  ],
  ['a bundle that nobody got', (write) => write.removeHandedOver('b0')],
  [
    'one more page of the ledger',
    (write) => write.retention.addErased('p0', { number: 1, tags: Buffer.alloc(16, 3) }),
  ],
];

test.each(CHANGES)('%s', (_, run) => {
  fill();
  change(run);
  expect(unsigned()).toEqual([]);
  // By the next command as well, which has read nothing yet.
  workspace.close();
  workspace = openWorkspace(workspace.dir);
  workspace.signWith(signer);
  change((write) => write.addRejectedRows('d0', rejectedRows(200, 2)));
  expect(unsigned()).toEqual([]);
});

test('one change after another, and one that was undone in between', () => {
  fill();
  for (const [, run] of CHANGES) {
    expect(() =>
      change((write) => {
        run(write);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(unsigned()).toEqual([]);
    change(run);
    expect(unsigned()).toEqual([]);
  }
});

/** Signs rejected rows as one digest over all of them, without owners. */
function signWhole(): void {
  const seal = workspace.read.log.tablesSeal();
  const signed = seal?.digests['rejected_row'];
  if (seal === null || signed === undefined) throw new Error('there is no seal');
  const size = workspace.read.log.eventCount();
  workspace.close();
  const db = Database.open(join(workspace.dir, 'handover.db'));
  const { columns } = signed;
  const whole = rowDigest(db, { table: 'rejected_row', columns, key: ['dataset', 'line'], atOnce: 200 });
  const digests = { ...seal.digests, rejected_row: { columns, sha256: whole } };
  const note = signer.tables(size, rootOfTables(digests));
  db.run('UPDATE tables_seal SET note = ?, digests = ?', note, JSON.stringify(digests));
  db.close();
  workspace = openWorkspace(workspace.dir);
}

test('a seal over a large table as a whole holds until the table changes', () => {
  fill();
  signWhole();
  expect(unsigned()).toEqual([]);
  workspace.signWith(signer);
  expect(workspace.read.countUnreadNoes('d0')).toBe(1);
  change(() => undefined);
  expect(unsigned()).toEqual([]);
  change((write) => write.setRowCorrected('d1', 2000, 'd0'));
  expect(unsigned()).toEqual([]);
  expect(workspace.read.log.tablesSeal()?.digests['rejected_row']?.by).toBe('dataset');
});

test('a seal over a large table as a whole does not hold where the table was changed', () => {
  fill();
  signWhole();
  workspace.close();
  const db = Database.open(join(workspace.dir, 'handover.db'));
  db.run('UPDATE rejected_row SET unread_no = 0');
  db.close();
  workspace = openWorkspace(workspace.dir);
  expect(unsigned()).toEqual(['rejected_row']);
  expect(() => workspace.read.countUnreadNoes('d0')).toThrow(
    expect.objectContaining({ problem: { code: 'TABLES_CHANGED', table: 'rejected_row' } }),
  );
});

test.each(['check_page', 'handed_over', 'erased', 'rejected_row'])(
  '%s is refused before it is changed',
  (table) => {
    fill();
    workspace.close();
    const db = Database.open(join(workspace.dir, 'handover.db'));
    db.run(`DELETE FROM ${table} WHERE ${table === 'rejected_row' ? 'line = 10' : 'number = 0'}`);
    db.close();
    workspace = openWorkspace(workspace.dir);
    workspace.signWith(signer);
    const changes: Readonly<Record<string, (write: Writer) => void>> = {
      check_page: (write) => addCheck(write, 'c9', 'd1', 1),
      handed_over: (write) => write.removeHandedOver('b1'),
      erased: (write) => write.retention.addErased('p9', { number: 0, tags: Buffer.alloc(16) }),
      rejected_row: (write) => write.setRowCorrected('d1', 2000, 'd0'),
    };
    expect(() => change((write) => changes[table]?.(write))).toThrow(
      expect.objectContaining({ problem: { code: 'TABLES_CHANGED', table } }),
    );
    expect(unsigned()).toEqual([table]);
  },
);

test('a row in a table that was empty is seen, though an index says that there is none', () => {
  change(() => undefined);
  workspace.close();
  const path = join(workspace.dir, 'handover.db');
  const database = new OpenDatabase(path);
  database.exec('PRAGMA foreign_keys = OFF');
  database.exec("INSERT INTO rejected_row (dataset, line, code) VALUES ('d9', 7, 'ROW_CELLS')");
  database.close();
  emptyIndex(path, 'every_line', 'rejected_row (line)');
  workspace = openWorkspace(workspace.dir);
  expect(unsigned()).toEqual(['rejected_row']);
  expect(workspace.read.log.strangeSchema()).toEqual(['every_line']);
});

test('a withdrawal that an index no longer finds is missed', () => {
  const tag = Buffer.alloc(16, 5);
  change((write) =>
    write.persons.addSubjectMark({
      tag,
      kind: 'withdrawn',
      purpose: null,
      request: null,
      dataset: null,
      time: noon,
    }),
  );
  workspace.close();
  const path = join(workspace.dir, 'handover.db');
  emptyIndex(path, 'subject_mark_tag', 'subject_mark (tag)');
  workspace = openWorkspace(workspace.dir);
  expect(unsigned()).toEqual(['subject_mark']);
  expect(workspace.read.log.strangeSchema()).toEqual([]);
});
