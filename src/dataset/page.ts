import { transcode } from 'node:buffer';
import type { Brand } from '../base/brand.js';
import { release } from '../base/transfer.js';

/**
 * One customer as imported: normalised cells in the order of the import's columns, '' where there is none. Only import makes them, and
 * reading a page back.
 */
export type ImportedRecord = Brand<readonly string[], 'ImportedRecord'>;

/** Between cells, and behind each record, of a page. Import refuses control characters, so that no cell holds one. */
export const CELL_END = '\u001f';
export const RECORD_END = '\u001e';

/** The text of one record in a page, its end included. */
export function recordText(cells: readonly string[]): string {
  return cells.join(CELL_END) + RECORD_END;
}

/**
 * Visits the records of a page as they are in it, one after another; {@link recordOf} reads one. A list of them would outlive the young
 * generation, and be copied first. The bytes come out of a seal, so they are the UTF-8 that was sealed.
 *
 * @returns how many there are
 */
export function visitRecords(page: Uint8Array, visit: (text: string, position: number) => void): number {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.byteLength);
  let position = 0;
  for (let at = 0, end = 0; at < bytes.length; at = end) {
    end = bytes.indexOf(RECORD_END_BYTE, at + PIECE) + 1 || bytes.length;
    // By way of UTF-16 it takes a third of the time of toString('utf8').
    const piece = transcode(bytes.subarray(at, end), 'utf8', 'utf16le');
    const texts = piece.toString('utf16le').split(RECORD_END);
    release(piece);
    texts.pop();
    for (let i = 0; i < texts.length; i++) visit(texts[i] ?? '', position++);
  }
  return position;
}

/** The records of a page as they are in it, for a reader that wants only some of them. */
export function splitRecords(page: Uint8Array): string[] {
  const records: string[] = [];
  visitRecords(page, (text) => records.push(text));
  return records;
}

const RECORD_END_BYTE = RECORD_END.charCodeAt(0);

/** Bytes that become text together: so few that their string stays in the young generation. */
const PIECE = 32 * 1024;

/** One record from its text in a page. */
export function recordOf(text: string): ImportedRecord {
  return text.split(CELL_END) as readonly string[] as ImportedRecord;
}

/** The records of a page from its bytes. */
export function recordsOf(page: Uint8Array): ImportedRecord[] {
  return splitRecords(page).map(recordOf);
}
