import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Database, type Value } from '../../src/store/database.js';
import { digestOfShares, sharesOf } from '../../src/store/large-tables.js';
import { rowDigest } from '../../src/store/row-digest.js';

let folder: string;
let db: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rows-'));
  db = Database.create(join(folder, 'handover.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

/** A table of these rows, without a rule: whoever edits the file knows none. */
function tableOf(...rows: readonly (readonly [number, Value, Value])[]): void {
  db.run('DROP TABLE IF EXISTS some');
  db.run('CREATE TABLE some (n INTEGER PRIMARY KEY, a ANY, b ANY) STRICT');
  for (const row of rows) db.run('INSERT INTO some VALUES (?, ?, ?)', ...row);
}

const both = { table: 'some', columns: ['n', 'a', 'b'], key: ['n'], atOnce: 3 };
const digits = () => rowDigest(db, both);
const bytes = () => rowDigest(db, { ...both, bytes: ['a', 'b'] });

const hex = (value: Value): string => {
  if (value === null) return 'null';
  if (typeof value === 'number') return `integer${Buffer.from(String(value)).toString('hex').toUpperCase()}`;
  const kind = typeof value === 'string' ? 'text' : 'blob';
  return `${kind}${Buffer.from(value).toString('hex').toUpperCase()}`;
};
const raw = (value: Value): Buffer => {
  if (value === null) return Buffer.from('null:');
  const kind = typeof value === 'number' ? 'integer' : typeof value === 'string' ? 'text' : 'blob';
  const content = Buffer.from(typeof value === 'number' ? String(value) : value);
  return Buffer.concat([Buffer.from(`${kind}${content.length}:`), content]);
};

test.each([0, 1, 2, 3, 4, 6, 7])(
  '%i rows are digested as written here, however many are read at once',
  (count) => {
    const rows = Array.from(
      { length: count },
      (_, n) =>
        [
          n,
          n % 2 === 0 ? `张\0三,\n${n}` : null,
          n % 3 === 0 ? Buffer.from([0, 255, n, 0x2c, 0x0a]) : n,
        ] as const,
    );
    tableOf(...rows);
    const inDigits = createHash('sha256');
    const inBytes = createHash('sha256');
    for (const [n, a, b] of rows) {
      inDigits.update(`${hex(n)},${hex(a)},${hex(b)}\n`);
      inBytes.update(
        Buffer.concat([Buffer.from(`${hex(n)},`), raw(a), Buffer.from(','), raw(b), Buffer.from('\n')]),
      );
    }
    expect(digits()).toBe(inDigits.digest('hex'));
    expect(bytes()).toBe(inBytes.digest('hex'));
  },
);

describe('no two contents read the same', () => {
  const contents: readonly (readonly [string, readonly (readonly [number, Value, Value])[]])[] = [
    ['nothing', []],
    ['nothing in it', [[1, null, null]]],
    ['empty texts', [[1, '', '']]],
    ['empty bytes', [[1, Buffer.alloc(0), Buffer.alloc(0)]]],
    ['a number', [[1, 1, null]]],
    ['the same as text', [[1, '1', null]]],
    ['the same as bytes', [[1, Buffer.from('1'), null]]],
    ['it in the other column', [[1, null, 1]]],
    ['a text', [[1, 'ab', 'c']]],
    ['its border elsewhere', [[1, 'a', 'bc']]],
    ['its border in the text', [[1, 'ab,text1:c', '']]],
    ['a text that is cut at a NUL', [[1, 'ab\0', 'c']]],
    ['another behind the NUL', [[1, 'ab\0d', 'c']]],
    ['bytes', [[1, Buffer.from('ab'), Buffer.from('c')]]],
    ['bytes with their border elsewhere', [[1, Buffer.from('a'), Buffer.from('bc')]]],
    [
      'two rows',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
      ],
    ],
    ['two rows in one', [[1, 'a', 'b\ninteger32,text63,text64']]],
    [
      'two rows in the other order',
      [
        [1, 'c', 'd'],
        [2, 'a', 'b'],
      ],
    ],
  ];

  test.each([
    ['in digits', digits],
    ['as bytes', bytes],
  ] as const)('%s', (_, digest) => {
    const seen = new Map<string, string>();
    for (const [what, rows] of contents) {
      tableOf(...rows);
      const same = seen.get(digest());
      expect(same, `${what} reads like ${same}`).toBeUndefined();
      seen.set(digest(), what);
    }
  });

  test.each([
    ['in digits', digits],
    ['as bytes', bytes],
  ] as const)('%s: texts that are no UTF-8', (_, digest) => {
    const seen = new Set<string>();
    for (const bad of ["x'ff'", "x'fe'", "x'c3'", "x'efbfbd'"]) {
      tableOf();
      db.run(`INSERT INTO some VALUES (1, CAST(${bad} AS TEXT), NULL)`);
      seen.add(digest());
    }
    expect(seen.size).toBe(4);
  });
});

describe('a table that is divided by owners', () => {
  const columns = ['dataset', 'line', 'code', 'corrected_by', 'unread_no'];
  const digest = () => digestOfShares(sharesOf(db, 'rejected_row', columns));

  test('has another digest where a row is another’s', () => {
    db.run('PRAGMA foreign_keys = OFF');
    db.run("INSERT INTO rejected_row (dataset, line, code) VALUES ('a', 1, 'x'), ('b', 2, 'x')");
    const before = digest();
    db.run("UPDATE rejected_row SET dataset = 'a'");
    expect(digest()).not.toBe(before);
    db.run("UPDATE rejected_row SET dataset = 'b'");
    expect(digest()).not.toBe(before);
  });

  test('hides no row behind one of the same key, where somebody took the rule away that forbids it', () => {
    db.run('PRAGMA foreign_keys = OFF');
    db.run('DROP TABLE rejected_row');
    db.run('CREATE TABLE rejected_row (dataset, line, code, corrected_by, unread_no)');
    for (let line = 1; line <= 1000; line++)
      db.run("INSERT INTO rejected_row VALUES ('a', ?, 'x', NULL, 0)", line);
    const before = digest();
    db.run("INSERT INTO rejected_row VALUES ('a', 1000, 'y', 'b', 0)");
    expect(digest()).not.toBe(before);
  });

  test('is not read again where nothing changed', () => {
    db.run('PRAGMA foreign_keys = OFF');
    db.run("INSERT INTO rejected_row (dataset, line, code) VALUES ('a', 1, 'x'), ('b', 2, 'x')");
    const before = sharesOf(db, 'rejected_row', columns);
    db.run("UPDATE rejected_row SET code = 'y'");
    const after = sharesOf(db, 'rejected_row', columns, (name) =>
      name === 'text61' ? before.get(name) : undefined,
    );
    expect(after.get('text61')).toBe(before.get('text61'));
    expect(after.get('text62')).not.toEqual(before.get('text62'));
  });
});
