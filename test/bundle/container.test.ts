import { describe, expect, it } from 'vitest';
import { CREATED, memory } from '../../fixtures/vectors/make/kit.js';
import { instant } from '../../fixtures/vectors/make/world.js';
import { Container, openContainer } from '../../src/bundle/container.js';
import { type NewEntry, writeContainer } from '../../src/bundle/container-writing.js';
import { partName } from '../../src/bundle/entry-names.js';
import { rejectionOf } from '../identity/problem-of.js';

const part = partName('customers', 1);

async function* blocks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

const entries: readonly NewEntry[] = [
  { name: part, size: 6, content: () => blocks('abc', 'def') },
  { name: 'manifest.json', content: Buffer.from('{}') },
  { name: 'README.txt', content: Buffer.from('读我') },
];

async function written(list: readonly NewEntry[], created = CREATED): Promise<Buffer> {
  const out: Uint8Array[] = [];
  for await (const block of writeContainer(list, created)) out.push(block);
  return Buffer.concat(out);
}

describe('a container', () => {
  it('gives back what was written, in the order of the format', async () => {
    const container = await openContainer(memory(await written(entries)));
    expect(container).toBeInstanceOf(Container);
    expect(container.names).toEqual(['README.txt', 'manifest.json', part]);
    expect((await container.read('README.txt')).toString()).toBe('读我');
    const read: Buffer[] = [];
    for await (const block of container.blocks(part)) read.push(Buffer.from(block));
    expect(Buffer.concat(read).toString()).toBe('abcdef');
    expect(container.sizeOf(part)).toBe(6);
    expect(container.sizeOf('deal.json')).toBeUndefined();
    expect((await rejectionOf(container.read('deal.json'))).code).toBe('BUNDLE_ENTRY_MISSING');
  });

  it('does not depend on the order given, nor on the zone of the computer', async () => {
    const zone = process.env['TZ'];
    const files: string[] = [];
    for (const tz of ['Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
      process.env['TZ'] = tz;
      const created = instant('2026-03-08T18:30:00Z');
      files.push((await written([...entries].reverse(), created)).toString('hex'));
    }
    process.env['TZ'] = zone;
    expect(new Set(files).size).toBe(1);
  });

  it('fails to write if a part breaks off or has another length', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('abc');
      throw new Error('disk');
    }
    const one = (content: () => AsyncIterable<Uint8Array>): NewEntry[] => [{ name: part, size: 6, content }];
    await expect(written(one(broken))).rejects.toThrow('disk');
    await expect(written(one(() => blocks('abc')))).rejects.toThrow();
    await expect(written([{ name: '../x', content: Buffer.from('') }])).rejects.toThrow();
  });

  it.each<readonly [string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'BUNDLE_NOT_ZIP'],
    ['text', Buffer.from('客户编号,姓名\nC0001,王\n'), 'BUNDLE_NOT_ZIP'],
    ['an empty ZIP file', Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'), 'BUNDLE_BYTES_OUTSIDE'],
    ['the beginning of one', Buffer.from('504b0304', 'hex'), 'BUNDLE_TRUNCATED'],
  ])('is not %s', async (_, bytes, code) => {
    expect((await rejectionOf(openContainer(memory(bytes)))).code).toBe(code);
  });

  it('is not a file larger than the plain ZIP format', async () => {
    const huge = { size: 2 ** 32 - 1, read: async () => new Uint8Array() };
    expect((await rejectionOf(openContainer(huge))).code).toBe('BUNDLE_TOO_LARGE');
    const largest = { size: 2 ** 32 - 2, read: async (_: number, bytes: number) => new Uint8Array(bytes) };
    expect((await rejectionOf(openContainer(largest))).code).toBe('BUNDLE_NOT_ZIP');
  });

  it('that was cut off within its last record says so, wherever', async () => {
    const file = await written(entries);
    for (const bytes of [1, 10, 18])
      expect((await rejectionOf(openContainer(memory(file.subarray(0, -bytes))))).code).toBe(
        'BUNDLE_TRUNCATED',
      );
  });

  it('names where bytes begin that belong to nothing', async () => {
    const file = await written(entries);
    const end = file.length - 22;
    const more = Buffer.from('more');
    for (const [bytes, offset] of [
      [Buffer.concat([file.subarray(0, end), more, file.subarray(end)]), end],
      [Buffer.concat([file, more]), file.length],
      [Buffer.concat([Buffer.from('X'), file.subarray(1)]), 0],
    ] as const)
      expect(await rejectionOf(openContainer(memory(bytes)))).toEqual({
        code: 'BUNDLE_BYTES_OUTSIDE',
        offset,
      });
  });

  it('that ends before its length says so', async () => {
    const file = await written(entries);
    const short = { size: file.length + 100, read: memory(file).read };
    expect((await rejectionOf(openContainer(short))).code).toBe('BUNDLE_TRUNCATED');
  });
});
