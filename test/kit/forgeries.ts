import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { eventBytes } from '../../src/audit/event.js';
import { CompactRange, leafHash } from '../../src/audit/merkle.js';
import { openWorkspace } from '../../src/store/workspace.js';
import type { Firms } from './firms.js';
import { OpenDatabase } from './sqlite.js';

export type Forge = (db: OpenDatabase, at: Firms) => void;

/** The triggers stop accidents, and whoever can write the file can drop them. */
export function openDatabase(at: Firms): OpenDatabase {
  const db = new OpenDatabase(at.path('jia', 'handover.db'));
  const triggers = db.column(`SELECT name FROM sqlite_master WHERE type = 'trigger'`);
  for (const name of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  return db;
}

/** Makes the stored leaves those of the events as they stand now: no key is needed for that. */
function recomputeLeaves(db: OpenDatabase, at: Firms): void {
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const workspace = openWorkspace(at.path('jia'));
  const leaves = [...workspace.read.log.events()].map((event) => leafHash(eventBytes(event)));
  workspace.close();
  const again = new OpenDatabase(at.path('jia', 'handover.db'));
  for (const [seq, leaf] of leaves.entries()) again.run('UPDATE event SET leaf = ? WHERE seq = ?', leaf, seq);
  again.close();
}

const last = (db: OpenDatabase): number => Number(db.value('SELECT max(seq) FROM event'));
const edited = `UPDATE event SET operator = '别人' WHERE seq = 2`;

/** Puts a compact range and an old note in the place of the first events. Its hashes are those of the log: only that it was pruned is made up. */
function pruneBehind(db: OpenDatabase, upto: number, withCheckpoints: boolean): void {
  const range = CompactRange.of(0);
  for (const leaf of db.column('SELECT leaf FROM event WHERE seq < ? ORDER BY seq', upto))
    if (leaf instanceof Uint8Array) range.append(leaf);
  const note = String(db.value('SELECT note FROM checkpoint WHERE size >= ? ORDER BY size', upto));
  const time = String(db.value('SELECT max(time) FROM event'));
  db.run(
    'INSERT INTO log_segment (upto, range, note, time) VALUES (?, ?, ?, ?)',
    upto,
    range.toBytes(),
    note,
    time,
  );
  db.exec(`DELETE FROM event WHERE seq < ${upto}`);
  if (withCheckpoints) db.exec(`DELETE FROM checkpoint WHERE size < ${upto}`);
}

/** What somebody with the disk and no key may do to a log. */
export const FORGERIES: readonly (readonly [string, Forge])[] = [
  ['an event edited', (db) => db.exec(edited)],
  [
    'an event edited, its leaf recomputed',
    (db, at) => {
      db.exec(edited);
      recomputeLeaves(db, at);
    },
  ],
  [
    'an event edited, leaves recomputed, all checkpoints deleted',
    (db, at) => {
      db.exec(edited);
      db.exec('DELETE FROM checkpoint');
      recomputeLeaves(db, at);
    },
  ],
  [
    'an event edited, leaves recomputed, checkpoints from there on deleted',
    (db, at) => {
      db.exec(edited);
      db.exec('DELETE FROM checkpoint WHERE size > 2');
      recomputeLeaves(db, at);
    },
  ],
  [
    'the end cut off with its checkpoints',
    (db) => {
      const end = last(db);
      db.exec(`DELETE FROM event WHERE seq > ${end - 2}; DELETE FROM checkpoint WHERE size > ${end - 1}`);
    },
  ],
  [
    'the end cut off with its checkpoints, the last one put in the place of the tip',
    (db, at) => {
      const end = last(db);
      db.exec(`DELETE FROM event WHERE seq > ${end - 2}; DELETE FROM checkpoint WHERE size > ${end - 1}`);
      const note = String(db.value('SELECT note FROM checkpoint ORDER BY ordinal DESC LIMIT 1'));
      writeFileSync(at.path('jia', 'log.tip'), note);
    },
  ],
  [
    'one event cut off',
    (db) => {
      const end = last(db);
      db.exec(`DELETE FROM event WHERE seq = ${end}; DELETE FROM checkpoint WHERE size > ${end}`);
    },
  ],
  ['the tip removed', (_, at) => rmSync(at.path('jia', 'log.tip'))],
  ['the tip emptied', (_, at) => writeFileSync(at.path('jia', 'log.tip'), '')],
  [
    'the tip of another workspace',
    (_, at) => writeFileSync(at.path('jia', 'log.tip'), readFileSync(at.path('yi', 'log.tip'))),
  ],
  [
    'the last checkpoint deleted',
    (db) => db.exec('DELETE FROM checkpoint WHERE ordinal = (SELECT max(ordinal) FROM checkpoint)'),
  ],
  ['the first checkpoint deleted', (db) => db.exec('DELETE FROM checkpoint WHERE ordinal = 1')],
  ['a checkpoint in the middle deleted', (db) => db.exec('DELETE FROM checkpoint WHERE ordinal = 3')],
  [
    'a checkpoint in the middle deleted, the others renumbered',
    (db) =>
      db.exec(
        'DELETE FROM checkpoint WHERE ordinal = 3; UPDATE checkpoint SET ordinal = ordinal - 1 WHERE ordinal > 3',
      ),
  ],
  ['a size edited', (db) => db.exec('UPDATE checkpoint SET size = size + 1 WHERE ordinal = 3')],
  [
    'an ordinal edited',
    (db) =>
      db.exec('UPDATE checkpoint SET ordinal = 99 WHERE ordinal = (SELECT max(ordinal) FROM checkpoint)'),
  ],
  [
    'a note edited',
    (db) =>
      db.exec(`UPDATE checkpoint SET note = replace(note, 'handover/', 'handover/x') WHERE ordinal = 3`),
  ],
  ['a note emptied', (db) => db.exec(`UPDATE checkpoint SET note = '' WHERE ordinal = 2`)],
  [
    'the note of another row',
    (db) =>
      db.exec(
        'UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE ordinal = 2) WHERE ordinal = 3',
      ),
  ],
  [
    'a forged last note',
    (db) =>
      db.exec(
        `UPDATE checkpoint SET note = note || 'x' WHERE ordinal = (SELECT max(ordinal) FROM checkpoint)`,
      ),
  ],
  [
    'a row twice',
    (db) =>
      db.exec(
        'INSERT INTO checkpoint SELECT ordinal + 1, size, note FROM checkpoint ORDER BY ordinal DESC LIMIT 1',
      ),
  ],
  ...['imported', 'approved', 'export-abandoned'].map((action): readonly [string, Forge] => [
    `an event added: ${action}`,
    (db, at) => {
      db.exec(
        `INSERT INTO event SELECT seq + 1, time, card, operator, '${action}', objects, details, leaf FROM event ORDER BY seq DESC LIMIT 1`,
      );
      recomputeLeaves(db, at);
    },
  ]),
  ...[0, 1, 2, 4, 5, 'all'].flatMap((count): (readonly [string, Forge])[] =>
    [false, true].map((withCheckpoints) => [
      `the first ${count} events pruned without a word${withCheckpoints ? ', with their checkpoints' : ''}`,
      (db) => pruneBehind(db, count === 'all' ? last(db) + 1 : Number(count), withCheckpoints),
    ]),
  ),
  ['all events gone', (db) => db.exec('DELETE FROM event; DELETE FROM checkpoint')],
];

/**
 * Empties an index, so that what is asked for by it is not found: it is made of no row, and then said to be of all.
 *
 * @param path of the database
 * @param columns table and columns as they stand in the schema: `subject_mark (tag)`
 */
export function emptyIndex(path: string, name: string, columns: string): void {
  const none = ' WHERE 1 < 0';
  const database = new OpenDatabase(path);
  database.exec(`DROP INDEX IF EXISTS ${name}`);
  database.exec(`CREATE INDEX ${name} ON ${columns}${none}`);
  database.close();
  const bytes = readFileSync(path);
  const at = bytes.indexOf(`ON ${columns}${none}`);
  if (at < 0) throw new Error(`${name} was not made`);
  writeFileSync(path, bytes.fill(' ', at + `ON ${columns}`.length, at + `ON ${columns}${none}`.length));
}
