import { TextDecoder } from 'node:util';
import type { RandomAccess } from '../../base/random-access.js';
import { fail } from '../../messages/error.js';
import { HtmlTables } from './html.js';
import { recordLine } from './record-text.js';
import { xmlPieces } from './xml.js';
import { XmlSpreadsheet } from './xml-spreadsheet.js';

/** A table in markup: a web page, or an XML spreadsheet of Excel 2003. Both are often named .xls. */
export interface MarkupFile {
  readonly file: RandomAccess;
  readonly kind: 'html' | 'xml';
  /** Of a page; an XML spreadsheet is in UTF-8, or is refused. */
  readonly encoding: string;
  /** Bytes of the byte order mark. */
  readonly bom: number;
}

/** One of its tables. */
export interface MarkupTable {
  readonly name: string;
  /** The first rows as comma-separated text. */
  readonly head: string;
  /** Whether that is all of them. */
  readonly isWhole: boolean;
}

const BLOCK = 256 * 1024;
/** More tables than this are a page that is laid out with them. */
const MAX_TABLES = 255;

/** The tables of a file with their first rows, in one walk. @throws HandoverError WORKBOOK_DAMAGED */
export async function markupTables(from: MarkupFile, headLength: number): Promise<readonly MarkupTable[]> {
  const tables: { name: string; head: string; isWhole: boolean }[] = [];
  const visitor = {
    table: (name: string) => {
      if (tables.length === MAX_TABLES) fail({ code: 'WORKBOOK_DAMAGED' });
      tables.push({ name: name === '' ? `${tables.length + 1}` : name, head: '', isWhole: true });
    },
    row: (at: number, cells: readonly string[]) => {
      const table = tables[at];
      if (table === undefined) return;
      if (table.head.length > headLength) table.isWhole = false;
      else table.head += recordLine(cells);
    },
    merged: () => {},
  };
  for await (const _ of walk(from, visitor)) void _;
  return tables;
}

/**
 * One table as comma-separated text in UTF-8. Each row has the cells that it has: a row that is longer or shorter than the header was
 * shifted, as in any other file.
 *
 * @param wanted - its place among the tables, from 0
 * @param facts - merged cells are counted
 */
export async function* tableText(
  from: MarkupFile,
  wanted: number,
  facts: { mergedCells: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  let text = '';
  let current = -1;
  const visitor = {
    table: () => {
      current++;
    },
    row: (at: number, cells: readonly string[]) => {
      if (at === wanted) text += recordLine(cells);
    },
    merged: () => {
      if (current === wanted) facts.mergedCells++;
    },
  };
  for await (const _ of walk(from, visitor)) {
    if (text !== '') yield Buffer.from(text);
    text = '';
  }
}

async function* walk(
  from: MarkupFile,
  visitor: ConstructorParameters<typeof HtmlTables>[0],
): AsyncGenerator<void, void, undefined> {
  if (from.kind === 'xml') {
    yield* xmlPieces(blocksOf(from), new XmlSpreadsheet(visitor));
    return;
  }
  const tables = new HtmlTables(visitor);
  const decoder = new TextDecoder(from.encoding, { ignoreBOM: true });
  for await (const block of blocksOf(from)) {
    tables.write(decoder.decode(block, { stream: true }));
    yield;
  }
  tables.write(decoder.decode());
  tables.end();
  yield;
}

async function* blocksOf({ file, bom }: MarkupFile): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = bom; at < file.size; at += BLOCK) yield await file.read(at, Math.min(BLOCK, file.size - at));
}
