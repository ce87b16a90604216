import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/base/crypto.js';
import { TAG_BYTES } from '../../../src/base/tagger.js';
import { SubjectSieve } from '../../../src/policy/repeats.js';
import { repeatsIn } from '../../../src/steps/import/repeats.js';
import { UnstoredPages } from '../../../src/steps/import/unstored-pages.js';
import { Overflow } from '../../../src/store/overflow.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-unstored-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a row of a file is: whose it is, and what it says. */
interface Row {
  readonly who: number;
  readonly print: number;
  readonly person: number;
}

/** Reads rows in pages, as the reading of a file does. */
function read(rows: readonly Row[], each: number) {
  const pages = new UnstoredPages(new Overflow(folder, systemRandom));
  const sieve = new SubjectSieve(rows.length);
  for (let at = 0; at < rows.length; at += each) {
    const page = rows.slice(at, at + each);
    const tags = Buffer.alloc(page.length * TAG_BYTES);
    for (const [i, { who }] of page.entries())
      tags.writeUInt32BE(Math.imul(who + 1, 0x9e3779b1) >>> 0, i * TAG_BYTES);
    const prints = page.map(({ print }) => print);
    const persons = page.map(({ person }) => person);
    sieve.add(tags);
    pages.add(tags, Uint32Array.from(prints), Uint32Array.from(persons));
  }
  return { pages, sieve };
}

describe('a file that is read and not stored', () => {
  it.each([700, 150_000])('tells whom it names more than once, of %i rows', (count) => {
    const rows: Row[] = Array.from({ length: count }, (_, i) => ({ who: i, print: i, person: i }));
    const last = count - 1;
    rows[last - 1] = { who: 0, print: 0, person: 0 };
    rows[last - 2] = { who: 1, print: 4, person: 1 };
    rows[last] = { who: 2, print: 5, person: 6 };
    const { pages, sieve } = read(rows, 331);
    expect(readdirSync(folder)).toHaveLength(count > 100_000 ? 1 : 0);
    const found = [...repeatsIn(sieve, pages)].sort((a, b) => (a.positions[0] ?? 0) - (b.positions[0] ?? 0));
    expect(found).toEqual([
      { positions: [0, last - 1], same: true },
      { positions: [1, last - 2], same: true, isOrders: true },
      { positions: [2, last], same: false },
    ]);
    pages.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
