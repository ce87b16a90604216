import { describe, expect, it } from 'vitest';
import { noFacts } from '../../src/dataset/workbook/sheet.js';
import { openWorkbook, SheetReader } from '../../src/dataset/workbook/workbook.js';
import { tableBytes, tableFormatOf } from '../../src/report/table-file.js';
import { writeWorkbook } from '../../src/report/workbook.js';

async function* inBatches(...batches: readonly (readonly (readonly (string | null)[])[])[]) {
  yield* batches;
}

async function bytesOf(blocks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const block of blocks) all.push(block);
  return Buffer.concat(all);
}

async function textOf(bytes: Buffer): Promise<string> {
  const file = {
    size: bytes.length,
    read: async (at: number, length: number) => bytes.subarray(at, at + length),
  };
  const workbook = await openWorkbook(file);
  const [sheet] = workbook.sheets;
  if (sheet === undefined) throw new Error('no sheet');
  return (await bytesOf(new SheetReader(workbook).text(sheet, noFacts()))).toString('utf8');
}

describe('a workbook of texts', () => {
  it('is read back as it was written', async () => {
    const columns = [
      { heading: '手机号', width: 14 },
      { heading: 'why', width: 20 },
    ];
    const rows = [
      ['013800138000', 'a < b & "c"'],
      ['', null],
      ['123456789012345678', '同意\u0001'],
    ];
    const text = await textOf(await bytesOf(writeWorkbook('名单<1>', columns, inBatches(rows))));
    expect(text).toContain('手机号,why');
    expect(text).toContain('013800138000,"a < b & ""c"""');
    expect(text).toContain('123456789012345678,同意');
  });

  it('holds many rows in blocks that follow one another', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => [`C${i}`, '征求客户同意']);
    const columns = [
      { heading: 'a', width: 9 },
      { heading: 'b', width: 9 },
    ];
    const bytes = await bytesOf(
      writeWorkbook('s', columns, inBatches(rows.slice(0, 9_000), rows.slice(9_000))),
    );
    const lines = (await textOf(bytes)).trim().split(/\r?\n/);
    expect(lines).toHaveLength(20_001);
    expect(lines.at(-1)).toBe('C19999,征求客户同意');
  });

  it('is asked for by the name of the file', async () => {
    expect(['a.CSV', 'b.xlsx', 'c.pdf', 'csv'].map(tableFormatOf)).toEqual(['csv', 'xlsx', null, null]);
    const csv = await bytesOf(tableBytes('csv', 's', [{ heading: 'a', width: 9 }], inBatches([['=1+1']])));
    expect(csv.toString('utf8')).toBe("\ufeffa\r\n'=1+1\r\n");
  });
});
