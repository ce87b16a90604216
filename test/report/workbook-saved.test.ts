import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWorkbook, SheetReader } from '../../src/dataset/workbook/workbook.js';
import { writeWorkbook } from '../../src/report/workbook.js';
import { convert } from '../kit/office.js';

const ROWS = [
  ['客户编号', '余额', '备注'],
  ['007', '1,280.50', '=1+2'],
  ['202207251234592000', '2026-05-01', '第一行\n第二行'],
  ['1.2E+5', 'TRUE', 'O\'Brien <a> & "b" _x0041_'],
  ['+8613800138000', '@sum', '👨‍👩‍👦'],
];
const TEXT = ROWS.map((row) => row.map(quoted).join(',')).join('\n');

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

async function workbookBytes(name: string, rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const [headings = [], ...others] = rows;
  const columns = headings.map((heading) => ({ heading, width: 16 }));
  const blocks: Uint8Array[] = [];
  async function* batches() {
    yield others;
  }
  for await (const block of writeWorkbook(name, columns, batches())) blocks.push(block);
  return Buffer.concat(blocks);
}

async function textOf(bytes: Uint8Array): Promise<string> {
  const file = {
    size: bytes.length,
    read: (offset: number, length: number) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
  const workbook = await openWorkbook(file);
  const [sheet] = workbook.sheets;
  if (sheet === undefined) throw new Error('no sheet');
  const blocks: Uint8Array[] = [];
  for await (const block of new SheetReader(workbook).text(sheet)) blocks.push(block);
  return Buffer.concat(blocks).toString().trimEnd();
}

describe('a workbook that is written here', () => {
  it('is read back cell by cell', async () => {
    expect(await textOf(await workbookBytes('退回', ROWS))).toBe(TEXT);
  });

  it('keeps characters that XML cannot hold', async () => {
    expect(await textOf(await workbookBytes('a', [['x\u001fy\rz']]))).toBe('"x\u001fy\rz"');
  });

  it('is the same after an office program has saved it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'handover-book-'));
    try {
      const path = join(folder, 'a.xlsx');
      writeFileSync(path, await workbookBytes('退回', ROWS));
      const out = join(folder, 'out');
      convert([path], { to: 'xlsx', out });
      expect(await textOf(readFileSync(join(out, 'a.xlsx')))).toBe(TEXT);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 240_000);
});
