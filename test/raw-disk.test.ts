import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TODAY, writeCustomers } from '../fixtures/customers/generate.js';
import { mobile } from '../fixtures/customers/numbers.js';
import { Canary } from './kit/canary.js';
import { Firms } from './kit/firms.js';

/*
 * A disk of its own, an ext4 image that is mounted, and everything that a seller does on it up to the purge; then the disk is taken out and
 * its every block searched, free ones and the journal's included. Where nothing may be mounted the test says so and passes over it.
 */

const folder = mkdtempSync(join(tmpdir(), 'handover-disk-'));
const image = join(folder, 'disk.img');
const mounted = join(folder, 'disk');

function canMount(): string | null {
  mkdirSync(mounted);
  writeFileSync(image, '');
  truncateSync(image, 96 * 1024 * 1024);
  const made = spawnSync('mkfs.ext4', ['-q', '-F', image], { encoding: 'utf8' });
  if (made.error !== undefined || made.status !== 0) return 'there is no mkfs.ext4';
  const mount = spawnSync('mount', ['-o', 'loop,discard=off', image, mounted], { encoding: 'utf8' });
  const again =
    mount.status === 0 ? mount : spawnSync('mount', ['-o', 'loop', image, mounted], { encoding: 'utf8' });
  return again.error === undefined && again.status === 0
    ? null
    : `nothing may be mounted here: ${again.stderr.trim()}`;
}

const reason = canMount();

/** Every block of the image, with an overlap. */
function searchImage(search: (block: Buffer) => readonly unknown[]): readonly unknown[] {
  const file = openSync(image, 'r');
  const found: unknown[] = [];
  try {
    const block = Buffer.alloc(4 * 1024 * 1024 + 4096);
    for (let at = 0; ; at += 4 * 1024 * 1024) {
      const read = readSync(file, block, 0, block.length, at);
      if (read === 0) return found;
      found.push(...search(block.subarray(0, read)));
    }
  } finally {
    closeSync(file);
  }
}

describe.skipIf(reason !== null)(
  `the blocks of the disk${reason === null ? '' : ` (passed over: ${reason})`}`,
  () => {
    let firms: Firms;
    const canary = new Canary(Array.from({ length: 40 }, (_, i) => mobile(i + 1)));
    const customers = (block: Buffer) => canary.search('the disk', block);

    beforeAll(async () => {
      firms = await Firms.withDeal();
    });
    afterAll(() => {
      firms.remove();
    });

    test('hold nothing of a customer once the records are purged and the files shredded', async () => {
      const disk = join(mounted, 'jia');
      execFileSync('cp', ['-a', firms.path('jia'), disk]);
      const file = join(mounted, 'c.csv');
      const inDisk = ['--workspace', disk];
      await writeCustomers({ rows: 400, seed: 7, today: TODAY, out: file });
      await firms.done('import', file, ...inDisk);
      await firms.done('check', ...inDisk);
      // What the search can find is found while it is there.
      execFileSync('sync');
      expect(searchImage(customers).length).toBeGreaterThan(10);
      const keyFile = readFileSync(join(disk, 'keys', 'vault.keys')).subarray(0, 64);
      expect(
        searchImage((block) => (block.includes(keyFile) ? ['the key file'] : [])).length,
      ).toBeGreaterThan(0);
      await firms.done('purge', 'plan', '--dataset', 'c.csv', ...inDisk);
      await firms.done('purge', 'run', '--shred', '--yes', ...inDisk);
      execFileSync('umount', [mounted]);
      expect(searchImage(customers)).toEqual([]);
      // The key file as it was, with the key that sealed the records, is overwritten as well.
      expect(searchImage((block) => (block.includes(keyFile) ? ['the key file'] : []))).toEqual([]);
    }, 240_000);
  },
);

afterAll(() => {
  spawnSync('umount', [mounted]);
  rmSync(folder, { recursive: true, force: true });
});
