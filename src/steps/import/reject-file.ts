import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { textOf, utf8 } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import type { Mapping } from '../../dataset/mapping.js';
import { MOST_IN_WORKBOOK, rejectCells, rejectHeader } from '../../dataset/rejects.js';
import { fail } from '../../messages/error.js';
import { importFileWords } from '../../messages/import-files.js';
import type { Lang } from '../../messages/lang.js';
import { writeWorkbook } from '../../report/workbook.js';
import { fileDigest, openWhole, type WholeFile } from '../../store/files.js';
import { digestOf } from '../../store/whole-file.js';
import type { NewFile } from '../../store/writer.js';

/** Characters that a column of the workbook of rejected rows is wide. */
const COLUMN_WIDTH = 16;
/** Rows that are written at once. */
const BATCH = 1000;

/** The reject file of one import, and the same rows as a workbook where they are few enough to be corrected by hand. */
export class RejectFile {
  readonly path: string;
  readonly #isForced: boolean;
  readonly #mapping: Mapping;
  readonly #lang: Lang;
  /** Rejected rows so far. */
  #count = 0;
  /** Null until the first rejected row. */
  #file: WholeFile | null = null;
  /** The rows as text while they are few enough for a workbook. */
  #rows: string | null = '';
  #book: WholeFile | null = null;
  /** Of what was written, where there was a file before. */
  readonly #digest = createHash('sha256');
  /** Digest of a reject file that was there before. */
  #standing: Sha256 | null = null;

  /**
   * @param path absolute
   * @param isForced whether an existing file is replaced
   */
  constructor(path: string, isForced: boolean, mapping: Mapping, lang: Lang) {
    this.path = path;
    this.#isForced = isForced;
    this.#mapping = mapping;
    this.#lang = lang;
  }

  /** Counts rejected rows that need not be written: nothing is while a file is only looked at. */
  count(rejected: number): void {
    this.#count += rejected;
  }

  /**
   * Adds rows that were counted.
   *
   * @param rows CSV text in UTF-8, with line ends
   * @throws HandoverError DISK_FULL and the other problems of writing a file
   */
  async add(rows: Uint8Array): Promise<void> {
    if (this.#file === null) {
      this.#standing = !this.#isForced && existsSync(this.path) ? (await fileDigest(this.path)).sha256 : null;
      this.#file = await openWhole(this.path, { force: this.#isForced || this.#standing !== null });
      await this.#write(this.#file, utf8(`\ufeff${rejectHeader(this.#mapping, this.#lang)}`));
    }
    await this.#write(this.#file, rows);
    if (this.#count > MOST_IN_WORKBOOK) this.#rows = null;
    else if (this.#rows !== null) this.#rows += textOf(rows);
  }

  async #write(file: WholeFile, bytes: Uint8Array): Promise<void> {
    if (this.#standing !== null) this.#digest.update(bytes);
    await file.write(bytes);
  }

  /** Where the rejected rows are as a workbook; null where there are none, or more than anybody corrects by hand. */
  get bookPath(): string | null {
    if (this.#count === 0 || this.#count > MOST_IN_WORKBOOK || this.#rows === null) return null;
    return `${this.path.replace(/\.csv$/i, '')}.xlsx`;
  }

  /**
   * Gives the files their names.
   *
   * @returns what there is to be remembered of each; none where no row was rejected
   * @throws HandoverError FILE_EXISTS where a file with other rows has the name, and the problems of writing a file
   */
  async commit(): Promise<Pick<NewFile, 'path' | 'sha256' | 'bytes'>[]> {
    if (this.#file === null) return [];
    // A reject file with these very rows is what a killed import left: it got its name, and then the import did not happen.
    if (this.#standing !== null && this.#standing !== digestOf(this.#digest))
      fail({ code: 'FILE_EXISTS', name: basename(this.path) });
    const rejects = { ...(await this.#file.commit()), path: this.path };
    const path = this.bookPath;
    return path === null ? [rejects] : [rejects, { ...(await this.#commitBook(path)), path }];
  }

  async #commitBook(path: string): ReturnType<WholeFile['commit']> {
    const book = await openWhole(path, { force: this.#isForced || this.#standing !== null });
    this.#book = book;
    const [headings = [], ...rows] = rejectCells(this.#mapping, this.#rows ?? '', this.#lang);
    const columns = headings.map((heading) => ({ heading, width: COLUMN_WIDTH }));
    const sheet = importFileWords[this.#lang].rejects.replace(/\.csv$/, '');
    for await (const block of writeWorkbook(sheet, columns, batchesOf(rows))) await book.write(block);
    return book.commit();
  }

  /** @param isKept whether the import counts; the reject file of one that does not would speak of nothing */
  async close(isKept: boolean): Promise<void> {
    for (const file of [this.#file, this.#book]) {
      await file?.abandon();
      if (!isKept) await file?.withdraw();
    }
  }
}

async function* batchesOf<T>(rows: readonly T[]): AsyncGenerator<readonly T[], void, undefined> {
  for (let at = 0; at < rows.length; at += BATCH) yield rows.slice(at, at + BATCH);
}
