import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chunker } from '../../src/dataset/chunks.js';
import { type ChunkKind, forEachRow, lineBreaks } from '../../src/dataset/rows.js';

interface SeenRow {
  readonly cells: readonly string[];
  readonly line: number;
  readonly stray: number;
}

function rowsOf(text: string, kind: ChunkKind, delimiter = ',', firstLine = 1): SeenRow[] {
  const rows: SeenRow[] = [];
  forEachRow(text, { delimiter, kind, firstLine }, (cells, line, stray) => {
    rows.push({ cells: [...cells], line, stray });
  });
  return rows;
}

function rowsOfBlocks(blocks: readonly Uint8Array[], delimiter: string, target: number, limit: number) {
  const chunker = new Chunker({ encoding: 'utf-8', bom: 0, delimiter, target, limit });
  const chunks = [...blocks.flatMap((block) => chunker.push(block)), ...chunker.end()];
  const rows = chunks.flatMap((chunk) =>
    rowsOf(Buffer.from(chunk.bytes).toString('utf8'), chunk.kind, delimiter, chunk.firstLine),
  );
  return { chunks, rows };
}

function oracle(text: string, delimiter: string): string[][] {
  return parse(text, { delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true });
}

const delimiterArb = fc.constantFrom(',', '\t', ';', '|');
const lineEndArb = fc.constantFrom('\n', '\r\n', '\r');
const characters = ['a', '朱', '𬱟', '1', ' ', ',', ';', '\t', '|', '"', '\n', '\r\n', '\r', '7'];
const cellArb = fc.array(fc.constantFrom(...characters), { maxLength: 6 }).map((parts) => parts.join(''));
const plainCellArb = fc
  .array(fc.constantFrom('a', '朱', '𬱟', '1', ' '), { maxLength: 5 })
  .map((parts) => parts.join(''));

/** A well-formed file: quoted where it must be, and sometimes where it need not be. */
const fileArb = fc
  .record({
    delimiter: delimiterArb,
    end: lineEndArb,
    last: fc.boolean(),
    rows: fc.array(
      fc.array(fc.tuple(fc.oneof({ weight: 3, arbitrary: plainCellArb }, cellArb), fc.boolean()), {
        minLength: 1,
        maxLength: 5,
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ delimiter, end, last, rows }) => {
    const lines = rows.map((row) =>
      row
        .map(([cell, quote]) =>
          quote || /["\r\n]/.test(cell) || cell.includes(delimiter)
            ? `"${cell.replaceAll('"', '""')}"`
            : cell,
        )
        .join(delimiter),
    );
    return { delimiter, text: lines.join(end) + (last ? end : '') };
  });

function cutAt(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    blocks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return blocks;
}

const sizesArb = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

describe('well-formed files', () => {
  it('are read as csv-parse reads them, however the bytes are split', () => {
    fc.assert(
      fc.property(
        fileArb,
        sizesArb,
        fc.integer({ min: 1, max: 80 }),
        ({ delimiter, text }, sizes, target) => {
          const { chunks, rows } = rowsOfBlocks(cutAt(Buffer.from(text), sizes), delimiter, target, 1000);
          expect(rows.map((row) => row.cells)).toEqual(oracle(text, delimiter));
          expect(rows.every((row) => row.stray === 0)).toBe(true);
          expect(chunks.every((chunk) => chunk.kind !== 'irregular')).toBe(true);
          expect(Buffer.concat(chunks.map((chunk) => chunk.bytes)).toString()).toBe(text);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('give the same rows by each of the three readers', () => {
    fc.assert(
      fc.property(fileArb, ({ delimiter, text }) => {
        const expected = rowsOf(text, 'irregular', delimiter);
        expect(rowsOf(text, 'quoted', delimiter)).toEqual(expected);
        if (!text.includes('"')) expect(rowsOf(text, 'plain', delimiter)).toEqual(expected);
        expect(expected.map((row) => row.cells)).toEqual(oracle(text, delimiter));
      }),
      { numRuns: 1500 },
    );
  });

  it('number each row by the line on which it begins', () => {
    expect(
      rowsOf('a,b\n"x\ny\r\nz",1\n\nlast,"q"\n', 'quoted').map((row) => [row.line, row.cells.length]),
    ).toEqual([
      [1, 2],
      [2, 2],
      [5, 1],
      [6, 2],
    ]);
    expect(lineBreaks('a\r\nb\rc\nd')).toBe(3);
  });
});

describe('any text at all', () => {
  const wildArb = fc
    .array(fc.constantFrom('a', '"', '"', ',', '\n', '\r', '朱', '""', ',"', '",', '\n"', '"\n'), {
      maxLength: 40,
    })
    .map((parts) => parts.join(''));

  it('gives the same chunks and rows however the bytes are split, and every line once', () => {
    fc.assert(
      fc.property(wildArb, sizesArb, fc.integer({ min: 1, max: 60 }), (text, sizes, target) => {
        const bytes = Buffer.from(text);
        const attempt = (blocks: readonly Uint8Array[]) => {
          try {
            return rowsOfBlocks(blocks, ',', target, 200);
          } catch (error) {
            return String(error);
          }
        };
        const whole = attempt([bytes]);
        expect(attempt(cutAt(bytes, sizes))).toEqual(whole);
        if (typeof whole === 'string') {
          expect(whole).toContain('CSV_QUOTE_OPEN');
          return;
        }
        // The readers agree with the cutter on where records end: reading the whole text at once gives the same rows.
        expect(whole.rows).toEqual(rowsOf(text, 'irregular').slice(0, whole.rows.length));
        expect(rowsOf(text, 'irregular')).toHaveLength(whole.rows.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads the records beside a misplaced quote as csv-parse reads them', () => {
    fc.assert(
      fc.property(wildArb, delimiterArb, (text, delimiter) => {
        const lines = text.split(/\r\n?|\n/);
        for (const { cells, line, stray } of rowsOf(text, 'irregular', delimiter)) {
          if (stray > 0) continue;
          const breaks = cells.reduce((sum, cell) => sum + lineBreaks(cell), 0);
          const record = lines.slice(line - 1, line + breaks).join('\n');
          expect([cells.map((cell) => cell.replace(/\r\n?/g, '\n'))]).toEqual(
            oracle(`${record}\n`, delimiter),
          );
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps a quote too many from swallowing the rows below it', () => {
    const text = '1,"3号楼,A\n2,ok,B\n3,"Road, 5",C\n4,5" pipe,D\n5,"a"b,E\n6,x,F\n';
    expect(
      rowsOfBlocks([Buffer.from(text)], ',', 10, 1000).rows.map((row) => [
        row.line,
        row.stray,
        row.cells.length,
      ]),
    ).toEqual([
      [1, 2, 3],
      [2, 0, 3],
      [3, 0, 3],
      [4, 2, 3],
      [5, 2, 3],
      [6, 0, 3],
    ]);
  });
});
