import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goodBundle, pageOf } from '../../fixtures/vectors/make/kit.js';
import { secret } from '../../fixtures/vectors/make/world.js';
import {
  blindsOf,
  commitmentOf,
  commitmentsBeside,
  leavesOfPage,
  rowLeafCount,
  rowLeafOf,
} from '../../src/bundle/row-tree.js';
import { lineEnds } from '../../src/bundle/rows.js';

const KEY = secret('test leaf key');

describe('row commitments', () => {
  it('take their blinds from AES of the tag', () => {
    const tag = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
    const stock = execFileSync(
      'openssl',
      ['enc', '-aes-256-ecb', '-nopad', '-K', Buffer.from(KEY).toString('hex')],
      {
        input: Buffer.concat([tag, Buffer.from('000102030405060708090a0b0c0d0e0e', 'hex')]),
      },
    );
    expect(blindsOf(KEY, tag).toString('hex')).toBe(stock.toString('hex'));
  });

  it('are SHA-256(0x02 ‖ blind ‖ line), and a leaf is SHA-256(0x00 ‖ 64 of them)', () => {
    const line = fc.stringMatching(/^[^\n\ud800-\udfff]{0,60}$/u);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 150 }), fc.nat(1000), (lines, seed) => {
        const tags = tagsOf(lines.length, seed);
        const blinds = blindsOf(KEY, tags);
        const expected = lines.map((text, i) =>
          sha256(Buffer.of(2), blinds.subarray(32 * i, 32 * i + 32), Buffer.from(text)),
        );
        const page = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const rows = { rows: lines.length, tags, ends: lineEnds(page, lines.length) };
        const last = lines.length - 1;
        expect(commitmentsBeside(last, page, rows, KEY)).toEqual(
          Buffer.concat(expected.slice(last - (last % 64))),
        );
        const leaves = [];
        for (let i = 0; i < expected.length; i += 64)
          leaves.push(sha256(Buffer.of(0), ...expected.slice(i, i + 64)));
        expect(leavesOfPage(page, rows, KEY)).toEqual(Buffer.concat(leaves));
        expect(commitmentOf(blinds.subarray(0, 32), Buffer.from(lines[0] ?? ''))).toEqual(expected[0]);
      }),
    );
  });
});

describe('the row tree of a resource', () => {
  it('knows the leaf of every row, however the rows are cut into pages and parts', async () => {
    const sizes = [[1], [64, 65], [130, 3]];
    let made = 0;
    const pages = sizes.map((part) =>
      part.map((rows) =>
        pageOf(Array.from({ length: rows }, () => [`C${made++}`, '孙小五', null, null] as const)),
      ),
    );
    const { manifest } = await goodBundle({ pages });
    const [resource] = manifest.resources;
    if (resource === undefined) throw new Error('no resource');
    const leaves = sizes.flat().flatMap((rows) => {
      const full = Array.from({ length: Math.floor(rows / 64) }, () => 64);
      return rows % 64 === 0 ? full : [...full, rows % 64];
    });
    const expected = leaves.flatMap((held, leaf) =>
      Array.from({ length: held }, (_, position) => ({ leaf, position, held })),
    );
    expect(rowLeafCount(resource)).toBe(leaves.length);
    expect(expected.map((_, index) => rowLeafOf(resource, index))).toEqual(expected);
    expect(rowLeafOf(resource, expected.length)).toBeNull();
  });
});

function tagsOf(count: number, seed: number): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, i) => createHash('md5').update(`${seed} ${i}`).digest()),
  );
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
}
