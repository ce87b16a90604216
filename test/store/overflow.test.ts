import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/base/crypto.js';
import { Overflow } from '../../src/store/overflow.js';
import { sweepLeftovers } from '../../src/store/files.js';
import { codeOf } from './folders.js';

const MIB = 1024 * 1024;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-overflow-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Pieces that can be told apart, with a mark that a reader of the disk would find. */
const piece = (number: number, bytes = 100_000): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(bytes).fill(number);
  whole.set(Buffer.from('13800138000'));
  return whole;
};

describe('an overflow', () => {
  it('gives every piece back, in any order, whether it stayed in memory or went to disk', () => {
    const overflow = new Overflow(folder, systemRandom);
    const kept = Array.from({ length: 60 }, (_, i) => overflow.keep(piece(i, 100_000 + i)));
    for (const [i, each] of [...kept.entries()].reverse())
      expect(Buffer.compare(overflow.read(each), piece(i, 100_000 + i)), String(i)).toBe(0);
    overflow.close();
  });

  it('touches no disk while the pieces are few', () => {
    const overflow = new Overflow(folder, systemRandom);
    for (let i = 0; i < 20; i++) overflow.keep(piece(i));
    expect(readdirSync(folder)).toEqual([]);
    overflow.close();
  });

  it('writes one file of its owner that holds nothing in the clear, and removes it', () => {
    const overflow = new Overflow(folder, systemRandom);
    for (let i = 0; i < 60; i++) overflow.keep(piece(i));
    const [name = '', ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    const path = join(folder, name);
    expect(statSync(path).size).toBeGreaterThan(3 * MIB);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path).includes('13800138000')).toBe(false);
    overflow.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has a name that the next run sweeps, once its process is over', () => {
    const overflow = new Overflow(folder, systemRandom);
    for (let i = 0; i < 60; i++) overflow.keep(piece(i));
    const [name = ''] = readdirSync(folder);
    const dead = name.replace(String(process.pid), '999999999');
    renameSync(join(folder, name), join(folder, dead));
    expect(sweepLeftovers(folder)).toEqual([dead]);
    overflow.close();
  });

  it('says what the disk said', async () => {
    const overflow = new Overflow(join(folder, 'gone'), systemRandom);
    const fill = () => {
      for (let i = 0; i < 60; i++) overflow.keep(piece(i));
    };
    expect(await codeOf(async () => fill())).toBe('FILE_NOT_FOUND');
  });

  it('finds a changed file', () => {
    const overflow = new Overflow(folder, systemRandom);
    const kept = Array.from({ length: 60 }, (_, i) => overflow.keep(piece(i)));
    const last = kept.at(-1);
    const other = kept.at(-2);
    if (
      last === undefined ||
      other === undefined ||
      last instanceof Uint8Array ||
      other instanceof Uint8Array
    )
      throw new Error('they are on disk');
    expect(() => overflow.read({ offset: other.offset + 1, bytes: last.bytes })).toThrow('changed');
    overflow.close();
  });
});
