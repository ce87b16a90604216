import { constants, crc32, deflateRawSync } from 'node:zlib';
import { utf8 } from '../base/bytes.js';

/* A workbook with one sheet of texts, as Excel, WPS and LibreOffice open it (ECMA-376): every cell is text, so that no number loses a digit. */

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The columns of a sheet: heading, and width in characters. */
export interface SheetColumn {
  readonly heading: string;
  readonly width: number;
}

/** The bytes of the workbook. What is held is the compressed sheet. @param name of the sheet */
export async function* writeWorkbook(
  name: string,
  columns: readonly SheetColumn[],
  batches: AsyncIterable<readonly (readonly (string | null)[])[]>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const entries: Packed[] = Object.entries(frame(name)).map(([path, text]) => packed(path, text));
  entries.push(await sheetOf(columns, batches));
  let offset = 0;
  const directory: Uint8Array[] = [];
  for (const entry of entries) {
    const head = localRecord(entry);
    directory.push(centralRecord(entry, offset));
    yield head;
    for (const block of entry.blocks) yield block;
    offset += head.length + entry.packedSize;
  }
  const central = Buffer.concat(directory);
  yield central;
  yield endRecord(entries.length, central.length, offset);
}

/** Everything but the sheet. */
function frame(name: string): Readonly<Record<string, string>> {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const relations = (inside: string): string =>
    `${XML}<Relationships xmlns="${PACKAGE}/relationships">${inside}</Relationships>`;
  const part = (path: string, type: string): string =>
    `<Override PartName="/xl/${path}" ContentType="${OFFICE}.${type}+xml"/>`;
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part('workbook.xml', 'sheet.main')}${part('worksheets/sheet1.xml', 'worksheet')}${part('styles.xml', 'styles')}</Types>`,
    '_rels/.rels': relations(relation('r1', 'officeDocument', 'xl/workbook.xml')),
    'xl/_rels/workbook.xml.rels': relations(
      relation('r1', 'worksheet', 'worksheets/sheet1.xml') + relation('r2', 'styles', 'styles.xml'),
    ),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    // Format 49 is text; the second is the heading's, in bold.
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
  };
}

async function sheetOf(
  columns: readonly SheetColumn[],
  batches: AsyncIterable<readonly (readonly (string | null)[])[]>,
): Promise<Packed> {
  const sheet = new Packing('xl/worksheets/sheet1.xml');
  const widths = columns.map(
    ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" style="${TEXT}" customWidth="1"/>`,
  );
  let number = 1;
  const head = rowText(
    number,
    columns.map(({ heading }) => heading),
    HEADING,
  );
  sheet.add(
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${head}`,
  );
  for await (const rows of batches) sheet.add(rows.map((row) => rowText(++number, row, TEXT)).join(''));
  sheet.add('</sheetData></worksheet>');
  return sheet.done();
}

const TEXT = 1;
const HEADING = 2;

function rowText(number: number, cells: readonly (string | null)[], style: number): string {
  const inside = cells.map((cell, i) =>
    cell === null || cell === ''
      ? ''
      : `<c r="${columnName(i)}${number}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`,
  );
  return `<row r="${number}">${inside.join('')}</row>`;
}

/** 0 is A, 26 is AA. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** Characters that XML cannot hold, or would change, are written as Excel writes them: `_x001F_`. */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(UNFIT, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
const UNFIT =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\r\x7f-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** An entry of the archive, compressed. */
interface Packed {
  readonly path: string;
  readonly crc: number;
  readonly size: number;
  readonly blocks: readonly Uint8Array[];
  readonly packedSize: number;
}

/** Enough text for a block of its own. */
const BLOCK = 256 * 1024;

/** Compresses a text as it comes, in blocks that end on a byte and so can follow one another (RFC 1951, 3.2.3). */
class Packing {
  readonly #path: string;
  readonly #blocks: Uint8Array[] = [];
  #pending = '';
  #crc = 0;
  #size = 0;

  constructor(path: string) {
    this.#path = path;
  }

  add(text: string): void {
    this.#pending += text;
    if (this.#pending.length >= BLOCK) this.#flush(false);
  }

  done(): Packed {
    this.#flush(true);
    return {
      path: this.#path,
      crc: this.#crc,
      size: this.#size,
      blocks: this.#blocks,
      packedSize: this.#blocks.reduce((sum, { length }) => sum + length, 0),
    };
  }

  #flush(isLast: boolean): void {
    const bytes = utf8(this.#pending);
    this.#pending = '';
    this.#crc = crc32(bytes, this.#crc);
    this.#size += bytes.length;
    const finishFlush = isLast ? constants.Z_FINISH : constants.Z_FULL_FLUSH;
    this.#blocks.push(deflateRawSync(bytes, { finishFlush }));
  }
}

function packed(path: string, text: string): Packed {
  const packing = new Packing(path);
  packing.add(text);
  return packing.done();
}

/** The fields that both records of an entry share: version 2.0, UTF-8 names, deflated, no date. */
function common({ path, crc, size, packedSize }: Packed): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x0800, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt16LE((1 << 5) | 1, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packedSize, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(Buffer.byteLength(path), 22);
  return fields;
}

function localRecord(entry: Packed): Uint8Array {
  return Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common(entry), Buffer.from(entry.path)]);
}

function centralRecord(entry: Packed, offset: number): Uint8Array {
  const place = Buffer.alloc(14);
  place.writeUInt32LE(offset, 10);
  const mark = Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1');
  return Buffer.concat([mark, common(entry), place, Buffer.from(entry.path)]);
}

function endRecord(entries: number, directoryBytes: number, directoryOffset: number): Uint8Array {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryOffset, 16);
  return end;
}
