import { transcode } from 'node:buffer';
import type { Brand } from '../base/brand.js';

/**
 * One customer as imported: normalised cells in the order of the import's columns, '' where there is none. Only import makes them, and
 * reading a page back.
 */
export type ImportedRecord = Brand<readonly string[], 'ImportedRecord'>;

/** Between cells, and behind each record, of a page. Import refuses control characters, so that no cell holds one. */
export const CELL_END = '\u001f';
export const RECORD_END = '\u001e';

/** Splits the text of a page, as {@link pageText} wrote it. */
export function readPage(text: string): ImportedRecord[] {
  return splitRecords(text).map(recordOf);
}

/** The records of a page as they stand in it, for a reader that wants only some of them: {@link recordOf} reads one. */
export function splitRecords(text: string): string[] {
  const records = text.split(RECORD_END);
  records.pop();
  return records;
}

/** One record from its text in a page. */
export function recordOf(text: string): ImportedRecord {
  return text.split(CELL_END) as readonly string[] as ImportedRecord;
}

/** The text of a page from its records, each already joined by {@link CELL_END}. */
export function pageText(records: readonly string[]): string {
  return records.length === 0 ? '' : records.join(RECORD_END) + RECORD_END;
}

/** The text of a page from its bytes. They come out of a seal, so they are the UTF-8 that was sealed. */
export function textOfPage(page: Uint8Array): string {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.byteLength);
  // By way of UTF-16 it takes a third of the time of toString('utf8').
  return transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
}

/** The records of a page from its bytes. */
export function recordsOf(page: Uint8Array): ImportedRecord[] {
  return readPage(textOfPage(page));
}
