import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memory } from '../fixtures/vectors/make/kit.js';
import { type Entry, pack } from '../fixtures/vectors/make/tamper.js';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { openContainer } from '../src/bundle/container.js';
import { processorSeconds } from './kit/effort.js';
import { endOf, Firms, shown } from './kit/firms.js';
import { HOSTILE_JSON as HOSTILE, JSON_READERS as READERS } from './kit/hostile-json.js';
import { Served } from './kit/served.js';
import { stockOf } from './kit/stock.js';

/*
 * JSON that is made to hurt, in every command that reads some from outside: each ends with a code and the number of a damaged file, in two
 * seconds and 256 MB, whatever the file holds up to its size limit.
 */

const MIB = 1024 * 1024;

let firms: Firms;
beforeAll(async () => {
  firms = await Firms.withDeal();
});
afterAll(() => firms.remove());

describe.each(HOSTILE)('%s', (_, make) => {
  const file = 'post/hostile.json';
  beforeAll(() => {
    mkdirSync(firms.post(), { recursive: true });
    writeFileSync(firms.path(file), make());
    const signature = firms.cardOf('jia');
    writeFileSync(firms.path(`${file}.minisig`), readFileSync(`${signature}.minisig`));
  });

  test.each(READERS.map((argv) => [argv.slice(0, 2).join(' '), argv] as const))('%s', async (name, argv) => {
    const words = argv.map((word) => (word === 'FILE' ? file : word === 'CARD' ? firms.cardOf('jia') : word));
    const seconds = await processorSeconds(async () => {
      const said = await firms.run(...words);
      expect(endOf(said), `${name} ${shown(said)}`).toMatch(
        /^(6 (JSON_|FORMAT_|DOCUMENT_TOO_LARGE)|5 SIGNATURE_)/,
      );
    });
    expect(seconds).toBeLessThan(2);
  });
});

describe('a bundle whose manifest is made to hurt', () => {
  let entries: Entry[];
  let served: Served;
  beforeAll(async () => {
    served = new Served();
    const list = firms.post('c.csv');
    await writeCustomers({ rows: 20, seed: 1, mess: false, out: list });
    const sent = await firms.done('export', list, '--deal', 'D-1', '--workspace', 'jia');
    const container = await openContainer(memory(readFileSync(sent.text('bundle.path'))));
    entries = [];
    for (const name of container.names) {
      const blocks: Uint8Array[] = [];
      for await (const block of container.blocks(name)) blocks.push(Uint8Array.from(block));
      entries.push({ name, data: Buffer.concat(blocks), modified: container.modified });
    }
  });

  afterAll(() => served.stop());

  const events = (): number => Object.values(stockOf(firms.path('yi')).events).reduce((sum, n) => sum + n, 0);

  test.each(HOSTILE)('%s', async (_, make) => {
    const bad = entries.map((entry) =>
      entry.name === 'manifest.json' ? { ...entry, data: Buffer.from(make()) } : entry,
    );
    writeFileSync(firms.post('bad.zip'), pack(bad));
    const logged = events();
    for (const words of [
      ['verify', 'post/bad.zip', '--card', firms.cardOf('jia')],
      ['receive', 'post/bad.zip', '--workspace', 'yi'],
    ]) {
      const ended = await served.run(words, firms.folder);
      expect(endOf(ended), ended.stderr).toMatch(/^(5 SIGNATURE_INVALID|6 [A-Z_]+)$/);
      expect(ended.peak).toBeLessThan(256 * MIB);
    }
    const after = events();
    expect(after).toBe(logged + 1);
  });
});
