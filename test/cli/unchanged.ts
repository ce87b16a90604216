import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { OpenDatabase } from '../kit/sqlite.js';

/** Exit numbers of a command that did nothing. The others end well, in part, or with findings that are kept. */
export const REFUSALS: readonly number[] = [2, 4, 5, 6, 7, 9, 10, 75];

/** What is kept below a folder: each file with what it holds. */
export type Kept = ReadonlyMap<string, Buffer>;

export function keptIn(folder: string): Kept {
  const kept = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (entry.isFile() && !isKeyFile(name)) kept.set(name, readFileSync(path));
  }
  return kept;
}

/** What came, went or changed: files, and the tables of a database. */
export function changesBetween(before: Kept, after: Kept): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was !== undefined && is !== undefined && was.equals(is)) return [];
    if (basename(name) !== 'handover.db') return [name];
    const [tables, now] = [tablesIn(was), tablesIn(is)];
    return [...new Set([...tables.keys(), ...now.keys()])]
      .filter((table) => tables.get(table) !== now.get(table))
      .map((table) => `${name} ${table}`);
  });
}

/** Sealed anew whenever a key is made, and a key that nothing was sealed with changes nothing. */
function isKeyFile(name: string): boolean {
  return name.endsWith('vault.keys');
}

/** A digest of what each table of a database holds; of none, no tables. */
function tablesIn(database: Buffer | undefined): ReadonlyMap<string, string> {
  if (database === undefined) return new Map();
  const folder = mkdtempSync(join(tmpdir(), 'handover-kept-'));
  try {
    const copy = join(folder, 'copy.db');
    writeFileSync(copy, database);
    const db = new OpenDatabase(copy);
    try {
      const names = db.column(`SELECT name FROM sqlite_schema WHERE type = 'table'`).map(String);
      return new Map(
        names.map((name) => [name, digestOf(JSON.stringify(db.rows(`SELECT * FROM "${name}"`)))] as const),
      );
    } finally {
      db.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
