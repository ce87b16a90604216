import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CUSTOMERS, isHeaderOf } from '../../../src/dataset/profile.js';
import { openSource, SourceReading } from '../../../src/steps/import/source-file.js';

const folder = mkdtempSync(join(tmpdir(), 'handover-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = '客户编号,备注\n';

async function readingOf(text: string): Promise<SourceReading> {
  const path = join(folder, 'c.csv');
  writeFileSync(path, text);
  return new SourceReading(await openSource(path, {}, isHeaderOf(CUSTOMERS)));
}

describe('the pages of a file', () => {
  it('hold every byte of it in order, each page within one piece of memory that goes round', async () => {
    const text =
      HEADER +
      Array.from({ length: 60_000 }, (_, i) => `C${i},于${i % 97}\n`)
        .join('')
        .repeat(2);
    const reading = await readingOf(text);
    const rooms = new Set<ArrayBufferLike>();
    const read: Buffer[] = [];
    let pages = 0;
    for await (const { number, room, chunks } of reading.pages()) {
      expect(number).toBe(pages++);
      for (const { bytes } of chunks) {
        expect(bytes.buffer).toBe(room.buffer);
        read.push(Buffer.from(bytes));
      }
      rooms.add(room.buffer);
      // What is in it is read: the next reader may write over it.
      room.fill(0);
      reading.giveBack(room);
    }
    expect(Buffer.concat(read).toString()).toBe(text);
    expect(pages).toBeGreaterThan(3);
    expect(rooms.size).toBeLessThan(pages);
  });

  it('keep a record that is longer than a page in a page of its own', async () => {
    const long = `C1,"${'长'.repeat(250_000)}"\n`;
    const reading = await readingOf(`${HEADER}C0,a\n${long}C2,b\n`);
    const read: string[] = [];
    for await (const { room, chunks } of reading.pages()) {
      read.push(Buffer.concat(chunks.map(({ bytes }) => bytes)).toString());
      reading.giveBack(room);
    }
    expect(read).toEqual([`${HEADER}C0,a\n`, long, 'C2,b\n']);
  });
});
