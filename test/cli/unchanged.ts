import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { OpenDatabase } from '../kit/sqlite.js';

/** Exit numbers of a command that did nothing. The others end well, in part, or with findings that are kept. */
export const REFUSALS: readonly number[] = [2, 4, 5, 6, 7, 9, 10, 75];

/** What is kept below a folder: each file, and each table of a database, with a digest of what it holds. */
export type Kept = ReadonlyMap<string, string>;

export function keptIn(folder: string): Kept {
  const kept = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (!entry.isFile() || isKeyFile(name)) continue;
    if (entry.name === 'handover.db')
      for (const [table, digest] of tablesIn(path)) kept.set(`${name} ${table}`, digest);
    else kept.set(name, digestOf(readFileSync(path)));
  }
  return kept;
}

/** What came, went or changed. */
export function changesBetween(before: Kept, after: Kept): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}

/** Sealed anew whenever a key is made, and a key that nothing was sealed with changes nothing. */
function isKeyFile(name: string): boolean {
  return name.endsWith('vault.keys');
}

/** From a copy: to open a database leaves files beside it. */
function tablesIn(path: string): readonly (readonly [string, string])[] {
  const folder = mkdtempSync(join(tmpdir(), 'handover-kept-'));
  try {
    const copy = join(folder, 'copy.db');
    copyFileSync(path, copy);
    const db = new OpenDatabase(copy);
    try {
      const names = db.column(`SELECT name FROM sqlite_schema WHERE type = 'table'`).map(String);
      return names.map((name) => {
        const rows = db.rows(`SELECT * FROM "${name}"`);
        return [name, digestOf(JSON.stringify(rows))] as const;
      });
    } finally {
      db.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
