import { importFileWords } from '../../messages/import-files.js';
import type { Lang } from '../../messages/lang.js';
import { type DatasetKind, isFurtherTable } from '../../messages/tables.js';
import { createHash } from 'node:crypto';
import { basename, dirname, join, parse } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import type { Encoding } from '../../dataset/encoding.js';
import { type Opening, readOpening } from '../../dataset/header.js';
import { readBlocks } from '../../store/files.js';
import { fileKindOf } from '../../dataset/magic.js';
import { openFile } from '../../store/random-access.js';
import { digestOf } from '../../store/whole-file.js';
import { type CutSizes, PageCutter } from './page-cutter.js';
import { openMarkup, openSheet, type SheetSource } from './sheet-source.js';
import type { SourcePage } from '../workers/stages/import.js';

/** Enough of a file to tell what all of it is. */
const HEAD = 1024 * 1024;

/** A file on disk, delimited text or a workbook, whose encoding, dialect and header have been read. */
export interface SourceFile {
  readonly path: string;
  /** Base name. */
  readonly name: string;
  readonly bytes: number;
  readonly opening: Opening;
  /** The sheet, if it is a workbook. */
  readonly sheet: SheetSource | null;
}

/** What a person said of a file, because it does not show it. */
export interface SourceOptions {
  readonly encoding?: Encoding | undefined;
  /** Name of the sheet of a workbook. */
  readonly sheet?: string | undefined;
  /** What the file is taken for: it tells which of several sheets is meant. */
  readonly kind?: DatasetKind | undefined;
}

/** @param isKnown whether a cell is the heading of a column that is looked for. @throws HandoverError FILE_…, CSV_…, WORKBOOK_… */
export async function openSource(
  path: string,
  { encoding, sheet, kind: meant }: SourceOptions,
  isKnown: (cell: string) => boolean,
): Promise<SourceFile> {
  const file = await openFile(path);
  try {
    const head = await file.read(0, Math.min(HEAD, file.size));
    const about = { path, name: basename(path), bytes: file.size };
    const kind = fileKindOf(head);
    if (kind === 'xlsx') return { ...about, ...(await openSheet(file, { sheet, kind: meant }, isKnown)) };
    if (kind === 'html' || kind === 'xml')
      return { ...about, ...(await openMarkup(file, head, kind, { sheet, encoding, kind: meant }, isKnown)) };
    const opening = readOpening(head, head.length === file.size, encoding, isKnown);
    return { ...about, opening, sheet: null };
  } finally {
    await file.close();
  }
}

/** The length of a file in bytes. @throws HandoverError FILE_… */
export async function lengthOf(path: string): Promise<number> {
  const file = await openFile(path);
  await file.close();
  return file.size;
}

/** A reading of the whole file, once: its pages, and at the end its digest. */
export class SourceReading {
  readonly #source: SourceFile;
  readonly #cutter: PageCutter;
  readonly #digest = createHash('sha256');
  /** Encoding of the bytes in the chunks. */
  readonly encoding: Encoding;

  constructor(source: SourceFile, sizes?: CutSizes) {
    const { encoding, bom, delimiter, isSheet } = source.opening;
    this.#source = source;
    this.#cutter = new PageCutter({ encoding, bom, delimiter, isSheet }, sizes);
    this.encoding = this.#cutter.encoding;
  }

  /** @throws HandoverError CSV_QUOTE_OPEN, CSV_RECORD_TOO_LONG, CSV_BAD_BYTES, FILE_… */
  pages(): AsyncGenerator<SourcePage, void, undefined> {
    return this.#cutter.pages(this.#text());
  }

  /** Takes the memory of a page back, once nothing in it is needed. */
  giveBack(room: Uint8Array): void {
    this.#cutter.giveBack(room);
  }

  /** The text of the file. A workbook is read once for its digest, because its parts are read in an order of their own. */
  async *#text(): AsyncGenerator<Uint8Array, void, undefined> {
    const { path, sheet } = this.#source;
    for await (const block of readBlocks(path)) {
      this.#digest.update(block);
      if (sheet === null) yield block;
    }
    if (sheet === null) return;
    const file = await openFile(path);
    try {
      yield* sheet.text(file);
    } finally {
      await file.close();
    }
  }

  /** SHA-256 of the file; once all pages were read. */
  sha256(): Sha256 {
    return digestOf(this.#digest);
  }
}

/** Whether a file may hold customers as well as a ledger, each in a sheet of its own. */
const BOOK = /\.(?:xlsx|xlsm|xls|et|xml|html?)$/i;

/**
 * The path of a file that import writes beside its source; those of a table beside the customer list have its name in theirs, and so have
 * those of a ledger in a workbook.
 */
export function besideAs(path: string, kind: DatasetKind, lang: Lang, what: 'rejects' | 'mapping'): string {
  const words = importFileWords[lang];
  if (kind === 'consents' && BOOK.test(path)) return besideSource(path, `${words.ledger}.${words[what]}`);
  if (kind === 'archive') return besideSource(path, `${words.archive}.${words[what]}`);
  return besideSource(path, isFurtherTable(kind) ? `${words.tables[kind]}.${words[what]}` : words[what]);
}

/** `客户资料.csv` and `退回.csv` give the path of `客户资料.退回.csv` in the same folder. */
export function besideSource(path: string, suffix: string): string {
  return join(dirname(path), `${parse(path).name}.${suffix}`);
}
