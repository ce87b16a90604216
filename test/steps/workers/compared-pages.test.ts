import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/base/crypto.js';
import { TAG_BYTES } from '../../../src/base/tagger.js';
import { tagRoot } from '../../../src/bundle/tags.js';
import { ComparedPages } from '../../../src/steps/workers/compared-pages.js';
import { openPool } from '../../../src/steps/workers/pool.js';
import { TagTree } from '../../../src/steps/workers/tag-tree.js';
import { Overflow } from '../../../src/store/overflow.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-compared-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ROWS = 1700;

/** A judged page whose prints tell its number. */
const judged = (number: number) => ({
  number,
  reasonSets: new Uint32Array(ROWS).fill(number),
  stays: null,
  scan: { fields: [], counts: new Uint32Array() },
  fingerprints: Float64Array.from({ length: 2 * ROWS }, (_, i) => number * 1e6 + i + 0.5),
  spellings: Float64Array.from({ length: number % 2 === 0 ? ROWS : 0 }, (_, i) => -number * 1e6 - i),
});

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

describe('pages that are compared', () => {
  it('have what they are compared by, whether it overflowed or not, until it is given up', () => {
    const compared = new ComparedPages(new Overflow(folder, systemRandom));
    for (let number = 0; number < 200; number++) compared.add(judged(number));
    expect(readdirSync(folder)).toHaveLength(1);
    for (const [number, page] of [...compared.pages.entries(), ...[...compared.pages.entries()].reverse()]) {
      const expected = judged(number);
      expect(bytesOf(page.reasonSets.words()).equals(bytesOf(expected.reasonSets)), `sets of ${number}`).toBe(
        true,
      );
      for (const what of ['fingerprints', 'spellings'] as const)
        expect(bytesOf(page[what]).equals(bytesOf(expected[what])), `${what} of ${number}`).toBe(true);
    }
    compared.giveUp();
    expect(readdirSync(folder)).toEqual([]);
    expect(compared.pages[199]?.fingerprints).toHaveLength(0);
    expect(compared.pages[199]?.reasonSets.at(0)).toBe(199);
  });
});

describe('the tags of a resource', () => {
  it.each([0, 1, 5000, 300_000])('have the root of all of them at once: %i tags', async (count) => {
    const tags = systemRandom(count * TAG_BYTES);
    const overflow = new Overflow(folder, systemRandom);
    const tree = new TagTree('customers', overflow);
    for (let at = 0; at < tags.length; at += 777 * TAG_BYTES)
      tree.add(tags.subarray(at, at + 777 * TAG_BYTES));
    expect(readdirSync(folder)).toHaveLength(count > 200_000 ? 1 : 0);
    const pool = openPool(0, 'tags');
    expect(await tree.root(pool)).toBe(tagRoot(tags, 'customers'));
    await pool.close();
    overflow.close();
  });
});
