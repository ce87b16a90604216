import type { OpenDatabase } from './sqlite.js';

/** What somebody with the disk may do to one table. */
export interface TableEdit {
  readonly table: string;
  readonly what: string;
  readonly sql: string;
}

/** Tables and columns that something else holds; see src/store/sealed-tables.ts. */
const NOT_SEALED: readonly string[] = ['event', 'checkpoint', 'page', 'page_columns'];
const COLUMNS_NOT_SEALED: readonly string[] = ['paper.sealed', 'file.path'];

/** Another value of the same kind. */
function other(column: string, isBlob: boolean): string {
  const some = isBlob ? "x'31'" : "'1'";
  return `CASE typeof(${column}) WHEN 'null' THEN ${some} WHEN 'integer' THEN ${column} + 1
    WHEN 'blob' THEN CAST(${column} || x'00' AS BLOB) ELSE ${column} || '1' END`;
}

/** For each table with a row: each column of its last row changed, the row gone, and all rows gone. */
export function tableEdits(db: OpenDatabase): readonly TableEdit[] {
  const tables = db
    .column(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`)
    .map(String)
    .filter((table) => !NOT_SEALED.includes(table) && Number(db.value(`SELECT count(*) FROM ${table}`)) > 0);
  return tables.flatMap((table) => {
    const key = db
      .column(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0`)
      .map(String)
      .join(', ');
    const last = `WHERE (${key}) = (SELECT ${key} FROM ${table} ORDER BY ${key} DESC LIMIT 1)`;
    const columns = db
      .rows(`SELECT name, type FROM pragma_table_info('${table}')`)
      .map(({ name, type }) => ({ name: String(name), isBlob: type === 'BLOB' }))
      .filter(({ name }) => !COLUMNS_NOT_SEALED.includes(`${table}.${name}`));
    return [
      ...columns.map(({ name, isBlob }) => ({
        table,
        what: `${table}.${name} of one row changed`,
        sql: `UPDATE ${table} SET ${name} = ${other(name, isBlob)} ${last}`,
      })),
      { table, what: `a row of ${table} gone`, sql: `DELETE FROM ${table} ${last}` },
    ];
  });
}

/** At least so many edits of so many tables are made of the workspace of test/forged-tables.test.ts. */
export const EDITS = 230;
export const TABLES_EDITED = 28;

/** What would profit somebody, and the command that would make it true. */
export const FORGED_TABLES: readonly (readonly [what: string, sql: string, command: readonly string[]])[] = [
  [
    'a withdrawal of one purpose alone',
    `UPDATE subject_mark SET purpose = 'other' WHERE request IS NOT NULL`,
    ['check'],
  ],
  ['a withdrawal before the consent', `UPDATE subject_mark SET time = '2020-01-01T00:00:00Z'`, ['check']],
  ['a withdrawal that is a correction', `UPDATE subject_mark SET kind = 'corrected'`, ['check']],
  [
    'a word from a rejected row that is somebody else’s',
    `UPDATE subject_mark SET tag = x'00000000000000000000000000000000' WHERE dataset IS NOT NULL`,
    ['check'],
  ],
  [
    'a column that is another',
    `UPDATE dataset SET columns = replace(columns, '"mobile"', '"landline"')`,
    ['check'],
  ],
  ['two customers decided to be one', `UPDATE decided_pair SET decision = 'one'`, ['check']],
  [
    'a word of an answer that means yes',
    `INSERT INTO answer_word (word, meaning, person, time) VALUES ('再说', 'granted', '李店长', '2026-11-20T04:00:00Z')`,
    ['check'],
  ],
  ['a card that is trusted again', `UPDATE card SET state = 'trusted'`, ['card', 'export']],
  [
    'a place that somebody says is empty',
    `INSERT INTO attestation (place, state, person, time) VALUES ('paper', 'cleared', '李店长', '2026-11-20T04:00:00Z')`,
    ['purge', 'plan'],
  ],
  ['a copy in the clear that nobody remembers', 'DELETE FROM file', ['purge', 'plan']],
  ['a request with a later deadline', `UPDATE request SET due = '2036-01-01T00:00:00Z'`, ['check']],
  [
    'totals that nobody was shown',
    'DELETE FROM shown_totals',
    ['audit', 'totals', '--for-buyer', 'Yi Home Services'],
  ],
  ['how numbers are spelled of those who said no', 'DELETE FROM spelling', ['check']],
  ['a finding that is closed', `UPDATE finding SET closed = found, how = 'done'`, ['findings', 'collect']],
  [
    'rejected rows that say nothing',
    'UPDATE rejected_row SET unread_no = 0',
    ['check', '--unmatched', 'nobody'],
  ],
  [
    'verdicts of others',
    `UPDATE check_page SET reason_sets = zeroblob(length(reason_sets))`,
    ['export', '--again'],
  ],
  ['nobody who was handed over', 'DELETE FROM handed_over', ['check']],
  ['a rehearsal that is none', `UPDATE workspace SET environment = 'test'`, ['card', 'export']],
];
