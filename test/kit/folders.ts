import { createHash } from 'node:crypto';
import { chmodSync, cpSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** All files below a folder, as paths relative to it, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Bytes of the files below a folder, by relative path. */
export function contentsBelow(folder: string): Map<string, Buffer> {
  return new Map(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path))]));
}

/** Files and folders with the names that unfinished work has. */
export function leftoversBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) =>
      /\.part$|\.spool|\.next$|\.former$|\.handover-init|-journal$|draft\.db|-shm$|\.handover-shred/.test(
        path,
      ),
    )
    .filter((path) => lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined)
    .sort();
}

/** Copies a file, or a folder with all that is in it, with the modes of the folders, which newer versions of Node leave to the umask. */
export function copyWhole(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  const { mode } = lstatSync(from);
  chmodSync(to, mode);
  if (!lstatSync(from).isDirectory()) return;
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const inside = join(relative(from, entry.parentPath), entry.name);
    chmodSync(join(to, inside), lstatSync(join(from, inside)).mode);
  }
}

/** SHA-256 of the files below a folder, by relative path: quick to compare, and brief where they differ. */
export function digestsBelow(folder: string): Record<string, string> {
  const digests = [...contentsBelow(folder)].map(
    ([path, bytes]) => [path, createHash('sha256').update(bytes).digest('hex')] as const,
  );
  return Object.fromEntries(digests);
}
