import { existsSync, readFileSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../dist/steps/workers/pool.js';
import { TAG_BYTES } from '../../../src/base/tagger.js';
import { HandoverError } from '../../../src/messages/error.js';
import { openPool as openHere } from '../../../src/steps/workers/pool.js';

/** Enough to be worth threads; a pool of none runs here, as it does for small files. */
const LARGE = 1 << 30;
const SMALL = 0;

/** Shares of subject tags; the first byte tells them apart. */
function shares(count: number, size: number) {
  return Array.from({ length: count }, (_, share) => {
    const tags = Buffer.alloc(size * TAG_BYTES);
    for (let i = 0; i < size; i++) {
      tags.writeUInt32BE(share, i * TAG_BYTES);
      tags.writeUInt32BE(Math.imul(i + 1, 0x9e3779b1) >>> 0, i * TAG_BYTES + 4);
    }
    return new Uint8Array(tags);
  });
}

/** What both builds of the pool have in common here. */
interface TagPool {
  map(
    stage: 'tags',
    setup: { readonly resource: string },
    inputs: ReturnType<typeof shares>,
    where?: 'everywhere' | 'elsewhere',
  ): AsyncGenerator<Uint8Array, void, undefined>;
}

async function all(pool: TagPool, inputs: ReturnType<typeof shares>): Promise<Uint8Array[]> {
  const out: Uint8Array[] = [];
  for await (const sorted of pool.map('tags', { resource: 'customers' }, inputs)) out.push(sorted);
  return out;
}

describe('a pool of threads', () => {
  beforeAll(() => {
    // Threads run what was built: `npm test` builds first.
    expect(existsSync(new URL('../../../dist/steps/workers/worker.js', import.meta.url))).toBe(true);
  });

  it('loads no more than its stages need', () => {
    const folder = new URL('../../../dist/program/', import.meta.url);
    const seen = new Set<string>();
    const left = ['worker.js'];
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      const source = readFileSync(new URL(name, folder), 'utf8');
      left.push(...[...source.matchAll(/(?:from |import\()"\.\/([^"]+)"/g)].map(([, file = '']) => file));
    }
    // All stages together; the file that the commands share is larger than that alone.
    const size = [...seen].reduce((sum, name) => sum + statSync(new URL(name, folder)).size, 0);
    expect(seen.size).toBeGreaterThan(5);
    expect(size).toBeLessThan(1_000_000);
    expect([...seen].every((name) => name.startsWith('worker'))).toBe(true);
  });

  it('whose threads do not load says so, whether it is asked before or after', async () => {
    // Beside the sources there is no worker to load.
    for (const wait of [0, 300]) {
      const pool = openHere(LARGE, 'tags');
      await new Promise((resolve) => setTimeout(resolve, wait));
      await expect(all(pool, shares(20, 50))).rejects.toMatchObject({ problem: { code: 'WORKER_LOST' } });
      await pool.close();
    }
  });

  it('answers what one thread answers, in the order of the inputs, run after run', async () => {
    const here = await all(openHere(SMALL, 'tags'), shares(20, 500));
    const pool = openPool(LARGE, 'tags');
    try {
      for (let run = 0; run < 2; run++) {
        const there = await all(pool, shares(20, 500));
        expect(there.map((tags) => Buffer.from(tags).toString('hex'))).toEqual(
          here.map((tags) => Buffer.from(tags).toString('hex')),
        );
      }
    } finally {
      await pool.close();
    }
  });

  it('answers the same where this thread has something else to do, which goes on meanwhile', async () => {
    const here = await all(openHere(SMALL, 'tags'), shares(20, 500));
    const pool = openPool(LARGE, 'tags');
    try {
      const there: Uint8Array[] = [];
      let isOver = false;
      const sorting = (async () => {
        for await (const tags of pool.map('tags', { resource: 'customers' }, shares(20, 500), 'elsewhere'))
          there.push(tags);
        isOver = true;
      })();
      const meanwhile = await all(pool, shares(3, 500));
      expect(isOver).toBe(false);
      await sorting;
      const text = (tags: Uint8Array): string => Buffer.from(tags).toString('hex');
      expect(there.map(text)).toEqual(here.map(text));
      expect(meanwhile.map(text)).toEqual(here.slice(0, 3).map(text));
    } finally {
      await pool.close();
    }
  });

  it('passes a problem on with its code, wherever it arose, and can be used again', async () => {
    const pool = openPool(LARGE, 'tags');
    try {
      for (let bad = 0; bad < 6; bad++) {
        const inputs = shares(6, 100);
        // The same tag twice.
        inputs[bad]?.copyWithin(TAG_BYTES, 0, TAG_BYTES);
        const error: unknown = await all(pool, inputs).catch((e: unknown) => e);
        expect(error).toMatchObject({ problem: { code: 'BUNDLE_TAG_REPEATED', resource: 'customers' } });
      }
      expect(await all(pool, shares(6, 100))).toHaveLength(6);
    } finally {
      await pool.close();
    }
  });

  it('says a fault without what the fault says: it may hold a value', async () => {
    const pool = openPool(LARGE, 'tags');
    try {
      const inputs = shares(6, 10).map((tags) => tags.slice(1));
      const error: unknown = await all(pool, inputs).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(HandoverError);
    } finally {
      await pool.close();
    }
  });

  it('stops where its reader stops', async () => {
    const pool = openPool(LARGE, 'tags');
    let given = 0;
    function* inputs() {
      for (const input of shares(50, 100)) {
        given++;
        yield input;
      }
    }
    try {
      for await (const _ of pool.map('tags', { resource: 'customers' }, inputs())) break;
      expect(given).toBeLessThan(20);
    } finally {
      await pool.close();
    }
  });
});
