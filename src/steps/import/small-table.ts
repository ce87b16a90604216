import type { Sha256 } from '../../base/crypto.js';
import { compileDecode } from '../../dataset/encoding.js';
import { fieldOfHeader, type Headers, isHeaderOf } from '../../dataset/profile.js';
import { forEachRow } from '../../dataset/rows.js';
import { fail } from '../../messages/error.js';
import { openSource, SourceReading } from './source-file.js';

/** A table that is small enough to be held: its known columns by name, row by row. */
export interface SmallTable {
  readonly name: string;
  readonly sha256: Sha256;
  /** Names of the known columns that it has. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cell: (column: string) => string }[];
}

/** More rows than anybody types; a longer file is another kind of file. */
const MOST_ROWS = 200_000;

/**
 * Reads a delimited file or a workbook of a kind that is not stored.
 *
 * @throws HandoverError FILE_…, CSV_…, WORKBOOK_…, CSV_COLUMNS_UNKNOWN if it has none of the columns, FILE_TOO_LARGE
 */
export async function readSmallTable(path: string, known: Headers): Promise<SmallTable> {
  const source = await openSource(path, {}, isHeaderOf(known));
  const { header, delimiter, dataLine, isSheet } = source.opening;
  const places = new Map<string, number>();
  for (const [i, cell] of header.entries()) {
    const name = fieldOfHeader(known, cell)?.name;
    if (name !== undefined && !places.has(name)) places.set(name, i);
  }
  const rows: SmallTable['rows'][number][] = [];
  const reading = new SourceReading(source);
  const decode = compileDecode(reading.encoding);
  for await (const { chunks, room } of reading.pages()) {
    for (const { bytes, kind, firstLine } of chunks) {
      const text = decode(bytes, { firstLine, delimiter });
      forEachRow(text, { delimiter, kind, firstLine, isSheet }, (cells, line, stray) => {
        if (line < dataLine || stray !== 0 || cells.every((cell) => cell.trim() === '')) return;
        const kept = [...cells];
        rows.push({ line, cell: (column) => kept[places.get(column) ?? -1]?.trim() ?? '' });
      });
      if (rows.length > MOST_ROWS) fail({ code: 'FILE_TOO_LARGE', name: source.name, limit: MOST_ROWS });
    }
    reading.giveBack(room);
  }
  return { name: source.name, sha256: reading.sha256(), columns: [...places.keys()], rows };
}
