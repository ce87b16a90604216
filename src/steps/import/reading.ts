import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { EventDraft } from '../../audit/event.js';
import type { SecretKey, Sha256 } from '../../base/crypto.js';
import { uuidv7 } from '../../base/crypto.js';
import type { Json } from '../../base/json.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { readInstant } from '../../base/time.js';
import { isFurtherTable } from '../../messages/tables.js';
import type { Encoding } from '../../dataset/encoding.js';
import { type FieldName, fieldOf } from '../../dataset/fields.js';
import type { Finding } from '../../dataset/finding.js';
import type { Opening } from '../../dataset/header.js';
import {
  mappedFields,
  type DerivedColumn,
  lineColumnOf,
  type MappedColumn,
  type Mapping,
} from '../../dataset/mapping.js';
import { writeMapping } from '../../dataset/mapping-file.js';
import type { ImportSetup } from '../../dataset/import-setup.js';
import type { LeftOut } from '../../dataset/imported.js';
import { MOST_IN_WORKBOOK, rejectCells, rejectHeader } from '../../dataset/rejects.js';
import { FIX_CLASSES, type FixClass, MENDED } from '../../dataset/repair.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { FindingCode } from '../../messages/findings.js';
import { importFileWords } from '../../messages/import-files.js';
import type { Relation } from '../../messages/relations.js';
import type { DatasetKind } from '../../messages/tables.js';
import { withoutSpellings } from '../../policy/examine.js';
import { repeatedSubjects, SubjectSieve } from '../../policy/repeats.js';
import type { TagReasons } from '../../policy/tag-reasons.js';
import { writeWorkbook } from '../../report/workbook.js';
import { fileDigest, openWhole, type WholeFile } from '../../store/files.js';
import type { Counts } from '../../store/rows.js';
import { digestOf } from '../../store/whole-file.js';
import type { Writer } from '../../store/workspace.js';
import type { Session } from '../session/session.js';
import { countErased, everErased, markKind } from '../session/known.js';
import { mayBeSpelledAlike } from '../session/spelled.js';
import { release } from '../workers/stage.js';
import type { CheckedPage } from '../workers/stages/check.js';
import type { Refused, SealedChunks } from '../workers/stages/import.js';
import { type Archive, archiveOf, freezeOf, OtherCabinet, requireOwnCabinet } from './cabinets.js';
import type { ImportCounts } from './counts.js';
import type { Comparison, Difference } from './difference.js';
import type { OpenedImport } from './head.js';
import { type Newcomers, newcomers } from './newcomers.js';
import type { ChosenMapping, ImportInput } from './input.js';
import { joinOrders } from './orders.js';
import type { PageFeed } from './page-feed.js';
import type { Preparation } from './preparation.js';
import type { Standing } from './relation.js';
import { countRepeats, findRepeats, type RepeatedSubject } from './repeats.js';
import type { SheetSource } from './sheet-source.js';
import { TableCount, type TableCounted } from './table-count.js';
import { type FileHead, settledSetup } from './settled.js';
import { besideAs, type SourceFile } from './source-file.js';

/** What was read of a workbook, and what it holds besides. */
export type ImportedSheet = Pick<
  SheetSource,
  'form' | 'name' | 'others' | 'hidden' | 'tables' | 'hasLinks' | 'facts'
>;

export interface ImportResult {
  readonly dataset: string;
  readonly kind: DatasetKind;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: Sha256;
  readonly opening: Pick<Opening, 'encoding' | 'bom' | 'evidence' | 'delimiter'>;
  /** The sheet of a workbook; null for another file. */
  readonly sheet: ImportedSheet | null;
  readonly columns: readonly Pick<MappedColumn, 'index' | 'shown' | 'field' | 'also'>[];
  /** Fields that are made of other columns. */
  readonly derived: readonly DerivedColumn[];
  /** First records, masked, in the order of the fields that were mapped. */
  readonly samples: readonly (readonly string[])[];
  readonly sampleFields: readonly string[];
  readonly counts: ImportCounts;
  /** Of a table beside the customer list: what its rows add up to. */
  readonly sums: TableCounted | null;
  /** Of an archive, the statute that keeps it and until when; null for another file. */
  readonly archive: Archive | null;
  /** Persons who are in the other cabinet as well: of an archive in the customer list, of customers in the archive. */
  readonly otherCabinet: number;
  /** How a customer file relates to the list; null for a ledger. */
  readonly relation: Relation | null;
  /** The file to which it relates; null where there was no list. */
  readonly relatesTo: string | null;
  /** How its persons differ from those of the list before it; null where there was none. */
  readonly difference: Difference | null;
  /** All findings by code. */
  readonly findingCounts: Readonly<Partial<Record<FindingCode, number>>>;
  /** The first of them, in order. */
  readonly findings: readonly Finding[];
  /** Cells that were left out while their row stayed, by column and code. */
  readonly leftOut: readonly LeftOut[];
  /** Cells and rows that could be mended, by class. */
  readonly mendable: Readonly<Partial<Record<FixClass, number>>>;
  /** Lines that are no rows of data: titles, totals, signatures, repeated headers. */
  readonly aside: number;
  /** `workbook`: the same rows as a workbook; null where they are too many for one. */
  readonly rejects: { readonly path: string; readonly rows: number; readonly workbook: string | null } | null;
  /** Events of a ledger whose time cannot be read: a no among them holds the person until it is cleared. */
  readonly undated: number;
  /** Rejected rows that may hold a no of somebody whom they do not name: nobody leaves until somebody looked at them. */
  readonly unreadNoes: number;
  /** Whether so many rows were rejected that the file deserves a look first. */
  readonly isManyRejected: boolean;
  /** `findings` when so many rows were rejected that the file deserves a look first, or a no in it is undated or nobody's. */
  readonly outcome: 'ok' | 'findings';
  /** Records of persons who were erased before (the erasure ledger knows their tags). */
  readonly erasedBefore: number;
  /** Customers whose numbers differ only in spelling from those of persons who said no. */
  readonly spelledAlike: number;
  /** The mapping file that was used or written. */
  readonly mapping: Pick<ChosenMapping, 'path' | 'used' | 'like'>;
}

/** The deal under which records are judged while they are at hand, and where the rows of its bundle go, if they are made as well. */
export interface Judging {
  readonly terms: Terms;
  readonly preparation: Preparation | null;
}

/** More rejected rows than this share, and the file deserves a look before anything is built on it: exit 3. */
const MANY_REJECTED = 0.1;

/** A row of a customer file has about as many bytes. */
const BYTES_EACH = 200;

/** What a file meets as it comes in. */
export interface ReadingAround {
  readonly judging: Judging | null;
  /** Compares it with the list; null where there is none. */
  readonly comparison: Comparison | null;
  /** Of a table beside the customer list: the tags of the customers of the list. */
  readonly customers: Uint8Array | null;
}

/** What a reading knows once the file is in its place. */
export interface Placed extends Standing {
  /** The name of the file to which it relates; null where there was no list. */
  readonly relatesToFile: string | null;
}

/** Findings that are shown one by one; all are counted. */
const SHOWN = 200;

/** One file on its way into the store. */
export class Reading {
  readonly #session: Session;
  readonly #input: ImportInput;
  readonly #source: SourceFile;
  readonly #mapping: Mapping;
  readonly #terms: Terms | null;
  readonly #preparation: Preparation | null;
  readonly examined: CheckedPage[] = [];
  /** Whether the spellings of the numbers are kept with them; null before the first page. */
  #isCompared: boolean | null = null;
  /** Fed with the tags of all pages. */
  readonly #sieve: SubjectSieve;
  /** Whom the file names more than once; once it was read. */
  repeats: readonly RepeatedSubject[] = [];
  readonly #comparison: Comparison | null;
  /** The lines of another file that rows of this one bring back. */
  readonly #broughtBack: number[] = [];
  /** Tags and prints of a file that is read and not stored. */
  readonly #unstored: UnstoredPage[] = [];
  /** Of a table beside the customer list. */
  readonly #table: TableCount | null;
  /** What its rows add up to, once it was read. */
  #sums: TableCounted | null = null;
  readonly #customers: Uint8Array | null;
  readonly #archive: Archive | null;
  readonly #other: OtherCabinet | null;
  #placed: Placed | null = null;
  readonly #id: string;
  readonly #rejectPath: string;
  readonly #findings: Finding[] = [];
  readonly #findingCounts: Partial<Record<FindingCode, number>> = {};
  readonly #rejectedBy: Record<string, number> = {};
  readonly #head: FileHead;
  /** In how many ranges the file was read elsewhere; null where it was read here. */
  readonly #ranges: number | null;
  readonly #leftOut = new Map<string, LeftOut>();
  readonly #mendable: Partial<Record<FixClass, number>> = {};
  #aside: number;
  #counts = { rows: 0, records: 0, rejected: 0, blank: 0 };
  #samples: readonly (readonly string[])[] = [];
  /** Whom purges ended. */
  readonly #erased: TagReasons;
  #erasedBefore = 0;
  /** Compares the numbers of a customer file with those of persons who said no; null where nobody did. */
  #newcomers: Newcomers | null = null;
  #spelledAlike = 0;
  /** No's in rejected rows. */
  #refusals = 0;
  /** Rejected rows that may hold a no of somebody whom they do not name. */
  #unreadNoes = 0;
  /** The ledger whose rejected rows this one brings back. */
  #ledger: string | null = null;
  #rejects: WholeFile | null = null;
  /** The rejected rows as text while they are few enough for a workbook. */
  #rejectRows: string | null = '';
  #rejectBook: WholeFile | null = null;
  readonly #rejectsDigest = createHash('sha256');
  /** Digest of a reject file that was there before. */
  #standing: Sha256 | null = null;
  #sha256: Sha256 | null = null;

  constructor(session: Session, input: ImportInput, opened: OpenedImport, around: ReadingAround) {
    const { source, mapping, head } = opened;
    const { judging, comparison, customers } = around;
    this.#customers = customers;
    this.#table = isFurtherTable(input.kind)
      ? new TableCount(input.kind, mappedFields(mapping.mapping))
      : null;
    this.#archive = archiveOf(session, input);
    this.#other = OtherCabinet.beside(session.workspace.read, input);
    this.#comparison = comparison;
    this.#terms = judging?.terms ?? null;
    this.#preparation = judging?.preparation ?? null;
    this.#erased = everErased(session.workspace.read);
    this.#sieve = new SubjectSieve(input.kind === 'customers' ? source.bytes / BYTES_EACH : 0);
    this.#session = session;
    this.#input = input;
    this.#source = source;
    this.#mapping = mapping.mapping;
    this.#head = head;
    this.#id = opened.dataset ?? uuidv7(Date.parse(session.now), session.runtime.random);
    this.#ranges = opened.ranges ?? null;
    this.#rejectPath = input.rejects ?? besideAs(input.path, input.kind, head.lang, 'rejects');
    this.#aside = source.opening.titles.length;
    this.#findings.push(...head.findings);
    for (const { code } of head.findings) this.#findingCounts[code] = (this.#findingCounts[code] ?? 0) + 1;
  }

  /** Reads the whole file. Without a writer nothing is stored. */
  async run(feed: PageFeed, tagKey: SecretKey, key: SecretKey, write: Writer | null): Promise<void> {
    const { progress, signal } = this.#session.runtime;
    if (this.#isList && this.#archive === null) this.#newcomers = await newcomers(this.#session);
    const setup = {
      reading: this.#setup(feed.encoding, tagKey),
      dataset: this.#id,
      key,
      judging: this.#terms && {
        terms: this.#terms,
        columns: fieldsOf(this.#mapping),
        now: this.#session.now,
      },
      preparing: this.#preparation?.preparing ?? null,
      printing: this.#comparison !== null || (write === null && this.#isList),
      printingPersons: write === null && this.#isList,
      spelling: this.#newcomers !== null,
    };
    // How long the text of a sheet is shows at its end.
    progress.start('read', this.#source.sheet === null ? this.#source.bytes : undefined);
    try {
      for await (const page of feed.pages(setup)) {
        const { number, imported, sealed, room, bytes, examined, prepared, refused } = page;
        signal.throwIfAborted();
        feed.giveBack(room);
        this.#count(imported);
        if (imported.rejects !== '' && write !== null) await this.#reject(imported.rejects);
        this.#noteRejected(page, write);
        if (this.#isList) this.#meet(page, write);
        if (page.table !== null) this.#table?.add(imported.tags, page.table);
        this.#recognise(page);
        if (imported.records > 0) {
          const { records, tags } = imported;
          write?.addPage({ dataset: this.#id, number, records, sealed, tags });
        }
        if (refused !== null && write !== null) this.#mark(refused, write);
        if (examined !== null) this.examined.push(this.#keptOf({ number, ...examined }));
        if (prepared !== null) await this.#preparation?.add(number, prepared);
        release(sealed, imported.tags);
        progress.advance(bytes, imported.rows);
      }
    } finally {
      progress.end();
    }
    this.#sha256 = feed.sha256();
    this.#spelledAlike = this.#newcomers?.count() ?? 0;
    if (this.#counts.rows === this.#counts.blank) fail({ code: 'CSV_NO_ROWS' });
    this.#requireOwnCabinet();
    this.#sums = this.#table?.end() ?? null;
    if (!this.#isList) return;
    this.repeats =
      write === null
        ? repeatsIn(this.#sieve, this.#unstored)
        : this.#joined(findRepeats(this.#session.workspace.read, this.#id, key, this.#sieve), key, write);
  }

  /** @throws HandoverError CABINET_OTHER, IMPORT_ARCHIVED */
  #requireOwnCabinet(): void {
    const { workspace } = this.#session;
    requireOwnCabinet(workspace.read, this.#input.kind, this.#source, this.#digest());
    const persons = this.#other?.persons ?? 0;
    if (this.#isList && persons > 0 && this.#input.returned !== true)
      fail({ code: 'IMPORT_ARCHIVED', persons });
  }

  #keptOf(page: CheckedPage): CheckedPage {
    this.#isCompared ??= this.#mayBeCompared();
    return this.#isCompared ? page : withoutSpellings(page);
  }

  #mayBeCompared(): boolean {
    return mayBeSpelledAlike(this.#session.workspace.read, [this.#id]);
  }

  /** Whether the pages lack what a rejected row of this very file would have to be compared with. */
  get lacksSpellings(): boolean {
    return this.#isCompared === false && this.#mayBeCompared();
  }

  /** Compares the persons of a page with those whom the store knows. */
  #recognise({ imported: { tags }, spellings }: SealedChunks): void {
    // Of whom only a statute keeps records, the customer's may well be gone.
    if (this.#archive === null) this.#erasedBefore += countErased(this.#erased, tags);
    this.#other?.add(tags);
    if (spellings !== null) this.#newcomers?.add(spellings, tags);
  }

  /** Whether rows were changed after they were judged, because they are orders of one customer. */
  get isJoined(): boolean {
    return this.repeats.some(({ isOrders }) => isOrders === true);
  }

  #joined(repeats: readonly RepeatedSubject[], key: SecretKey, write: Writer): readonly RepeatedSubject[] {
    if (repeats.every(({ same }) => same)) return repeats;
    const { workspace, runtime } = this.#session;
    const comparison = this.#comparison;
    const incoming = { dataset: this.#id, key, columns: mappedFields(this.#mapping), comparison };
    return joinOrders(workspace.read, write, incoming, repeats, runtime.random);
  }

  /** What a thread has to know to read the rows. */
  #setup(encoding: Encoding, tagKey: SecretKey): ImportSetup {
    return {
      ...settledSetup(this.#source.opening, this.#mapping, this.#head, encoding),
      tagKey,
      ...(this.#customers === null ? {} : { customers: this.#customers }),
    };
  }

  /** How the file differs from the list before it; null where there was none. Once it was read. */
  get difference(): Difference | null {
    return this.#comparison?.end() ?? null;
  }

  /** The lines of another file that rows of this one bring back; null where it is no reject file, by its columns. */
  get broughtBack(): readonly number[] | null {
    return lineColumnOf(this.#mapping) === null ? null : this.#broughtBack;
  }

  /** Says whose rejected rows a ledger brings back; null for nobody's. */
  bringBack(ledger: string | null): void {
    this.#ledger = ledger;
  }

  /** Says how the file relates to the list. */
  place(placed: Placed): void {
    this.#placed = placed;
  }

  /** Stores the dataset that the pages belong to, and gives the reject file its name. */
  async keep(write: Writer, keyId: string): Promise<void> {
    const { opening, name, bytes } = this.#source;
    const { kind } = this.#input;
    const time = this.#session.now;
    write.addDataset({
      id: this.#id,
      kind,
      content: 'cells',
      resource: kind,
      file: name,
      sha256: this.#digest(),
      bytes,
      encoding: opening.encoding,
      delimiter: opening.delimiter,
      columns: mappedFields(this.#mapping),
      keyId,
      counts: this.#countsJson(),
      imported: time,
      mapping: writeMapping(this.#mapping),
      relation: this.#placed?.relation ?? null,
      relatesTo: this.#placed?.relatesTo ?? null,
      archiveBasis: this.#archive?.basis ?? null,
      archiveSince: this.#archive?.since ?? null,
      archiveUntil: this.#archive?.until ?? null,
    });
    if (this.#archive !== null) write.addRestraint(freezeOf(this.#session, this.#id, this.#archive), []);
    this.#keepCorrected(write);
    write.rememberFile({
      path: this.#input.path,
      sha256: this.#digest(),
      bytes,
      kind: 'source',
      time,
      dataset: this.#id,
    });
    if (this.#rejects === null) return;
    // A reject file with these very rows is what a killed import left: it got its name, and then the import did not happen.
    if (this.#standing !== null && this.#standing !== digestOf(this.#rejectsDigest)) {
      fail({ code: 'FILE_EXISTS', name: basename(this.#rejectPath) });
    }
    const rejects = await this.#rejects.commit();
    write.rememberFile({ ...rejects, path: this.#rejectPath, kind: 'reject', time, dataset: this.#id });
    const path = this.rejectBookPath;
    if (path === null) return;
    this.#rejectBook = await openWhole(path, { force: this.#input.force || this.#standing !== null });
    const { lang } = this.#head;
    const [headings = [], ...rows] = rejectCells(this.#mapping, this.#rejectRows ?? '', lang);
    const columns = headings.map((heading) => ({ heading, width: COLUMN_WIDTH }));
    const sheet = importFileWords[lang].rejects.replace(/\.csv$/, '');
    for await (const block of writeWorkbook(sheet, columns, batchesOf(rows)))
      await this.#rejectBook.write(block);
    const book = await this.#rejectBook.commit();
    write.rememberFile({ ...book, path, kind: 'reject', time, dataset: this.#id });
  }

  #keepCorrected(write: Writer): void {
    const corrected = this.#placed?.bringsBack === true ? this.#placed.relatesTo : this.#ledger;
    if (corrected === null) return;
    for (const line of this.#broughtBack) write.setRowCorrected(corrected, line, this.#id);
  }

  /** Where the rejected rows are as a workbook; null where there are none, or more than anybody corrects by hand. */
  get rejectBookPath(): string | null {
    const { rejected } = this.#counts;
    if (rejected === 0 || rejected > MOST_IN_WORKBOOK || this.#rejectRows === null) return null;
    return `${this.#rejectPath.replace(/\.csv$/i, '')}.xlsx`;
  }

  event(): EventDraft {
    const { encoding, evidence, delimiter } = this.#source.opening;
    const { sheet } = this.#source;
    const evidenceJson: Json = JSON.parse(JSON.stringify(evidence));
    return {
      action: this.#input.kind === 'consents' ? 'consents-imported' : 'imported',
      objects: {
        dataset: this.#id,
        file: this.#digest(),
        ...(this.#archive === null ? {} : { freeze: this.#archive.freeze }),
      },
      details: {
        encoding,
        evidence: evidenceJson,
        delimiter,
        ...(isFurtherTable(this.#input.kind) ? { table: this.#input.kind } : {}),
        ...this.#cabinetJson(),
        ...(sheet === null ? {} : { sheet: { ...sheet.facts } }),
        fields: [...mappedFields(this.#mapping)],
        counts: this.#countsJson(),
        ...(this.#ranges === null ? {} : { ranges: this.#ranges }),
        ...(this.#placed === null ? {} : { relation: this.#placed.relation }),
        ...(this.#refusals === 0 ? {} : { refusals: this.#refusals }),
        ...(this.#unreadNoes === 0 ? {} : { unread: this.#unreadNoes }),
        ...(this.#aside === 0 ? {} : { aside: this.#aside }),
        ...this.#mended(),
        ...(this.#leftOut.size === 0 ? {} : { leftOut: leftOutJson(this.#leftOut.values()) }),
      },
    };
  }

  /** For the log: by which statute an archive is kept, and how many persons are in the other cabinet too. */
  #cabinetJson(): Readonly<Record<string, Json>> {
    const persons = this.#other?.persons ?? 0;
    if (this.#archive === null) return persons === 0 ? {} : { returned: persons };
    const { basis, since, until } = this.#archive;
    return { archive: { basis, since, until, customers: persons } };
  }

  /** What was mended, by class, for the log. */
  #mended(): { readonly mended?: Json } {
    const counts = Object.fromEntries(
      FIX_CLASSES.flatMap((fix) => {
        const cells = this.#findingCounts[MENDED[fix]];
        return cells === undefined ? [] : [[fix, cells] as const];
      }),
    );
    return Object.keys(counts).length === 0 ? {} : { mended: counts };
  }

  result(): Omit<ImportResult, 'mapping'> {
    const { name, bytes, opening, sheet } = this.#source;
    const { rejected, rows } = this.#counts;
    return {
      dataset: this.#id,
      kind: this.#input.kind,
      file: name,
      bytes,
      sha256: this.#digest(),
      opening,
      sheet,
      columns: this.#mapping.columns,
      derived: this.#mapping.derived,
      samples: this.#samples,
      sampleFields: mappedFields(this.#mapping),
      counts: this.#importCounts(),
      sums: this.#sums,
      archive: this.#archive,
      otherCabinet: this.#other?.persons ?? 0,
      relation: this.#placed?.relation ?? null,
      relatesTo: this.#placed?.relatesToFile ?? null,
      difference: this.difference,
      findingCounts: this.#findingCounts,
      findings: this.#findings,
      leftOut: [...this.#leftOut.values()],
      mendable: this.#mendable,
      aside: this.#aside,
      rejects:
        rejected === 0 ? null : { path: this.#rejectPath, rows: rejected, workbook: this.rejectBookPath },
      erasedBefore: this.#erasedBefore,
      spelledAlike: this.#spelledAlike,
      unreadNoes: this.#unreadNoes,
      isManyRejected: rejected > rows * MANY_REJECTED,
      outcome:
        rejected > rows * MANY_REJECTED || this.#undated + this.#unreadNoes + this.#noWords > 0
          ? 'findings'
          : 'ok',
      undated: this.#undated,
    };
  }

  /** Columns without a field in which customers seem to say no. */
  get #noWords(): number {
    return this.#findingCounts.HEADER_NO_WORDS ?? 0;
  }

  /** Events of a ledger whose time cannot be read. */
  get #undated(): number {
    if (this.#input.kind !== 'consents') return 0;
    return [...this.#leftOut.values()].reduce(
      (sum, { field, cells }) => sum + (field === 'time' ? cells : 0),
      0,
    );
  }

  /** @param isKept whether the import counts; the reject file of one that does not would speak of nothing */
  async close(isKept: boolean): Promise<void> {
    for (const file of [this.#rejects, this.#rejectBook]) {
      await file?.abandon();
      if (!isKept) await file?.withdraw();
    }
  }

  get #isList(): boolean {
    return this.#input.kind === 'customers';
  }

  /** Takes note of who is in a page of a customer file. */
  #meet({ imported: { tags }, prints, persons }: SealedChunks, write: Writer | null): void {
    this.#sieve.add(tags);
    if (prints === null) return;
    this.#comparison?.add(tags, prints);
    if (write === null && persons !== null) this.#unstored.push({ tags: tags.slice(), prints, persons });
  }

  /** Takes note of the rows of a page that were rejected, and of those that it brings back. */
  #noteRejected({ imported: { rejectedRows, broughtBack } }: SealedChunks, write: Writer | null): void {
    this.#broughtBack.push(...broughtBack);
    if (rejectedRows.length > 0) write?.addRejectedRows(this.#id, rejectedRows);
    for (const { isUnreadNo } of rejectedRows) if (isUnreadNo) this.#unreadNoes++;
  }

  #count(imported: SealedChunks['imported']): void {
    const { rows, records, rejected, blank } = this.#counts;
    this.#counts = {
      rows: rows + imported.rows,
      records: records + imported.records,
      rejected: rejected + imported.rejected,
      blank: blank + imported.blank,
    };
    addTo(this.#rejectedBy, imported.rejectedBy);
    addTo(this.#findingCounts, imported.counts);
    addTo(this.#mendable, imported.mendable);
    this.#aside += imported.aside;
    for (const found of imported.leftOut) {
      const key = `${found.code} ${found.column}`;
      this.#leftOut.set(key, { ...found, cells: found.cells + (this.#leftOut.get(key)?.cells ?? 0) });
    }
    this.#findings.push(...imported.findings.slice(0, Math.max(0, SHOWN - this.#findings.length)));
    if (imported.samples.length > 0) this.#samples = imported.samples;
  }

  /** A rejected row is no record, but what the person said in it is not to be forgotten with it. */
  #mark({ tags, spellings, events }: Refused, write: Writer): void {
    write.addSpellings(tags, spellings);
    for (const [i, { state, at }] of events.entries()) {
      const kind = markKind(state);
      if (kind === null) continue;
      const tag = tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES);
      const time = readInstant(at) ?? this.#session.now;
      write.addSubjectMark({ tag, kind, purpose: null, request: null, dataset: this.#id, time });
      this.#refusals++;
    }
  }

  async #reject(rows: string): Promise<void> {
    if (this.#rejects === null) {
      const { force } = this.#input;
      this.#standing =
        !force && existsSync(this.#rejectPath) ? (await fileDigest(this.#rejectPath)).sha256 : null;
      this.#rejects = await openWhole(this.#rejectPath, { force: force || this.#standing !== null });
      await this.#writeRejects(`\ufeff${rejectHeader(this.#mapping, this.#head.lang)}`);
    }
    await this.#writeRejects(rows);
    if (this.#counts.rejected > MOST_IN_WORKBOOK) this.#rejectRows = null;
    else if (this.#rejectRows !== null) this.#rejectRows += rows;
  }

  async #writeRejects(text: string): Promise<void> {
    const bytes = Buffer.from(text, 'utf8');
    this.#rejectsDigest.update(bytes);
    await this.#rejects?.write(bytes);
  }

  #importCounts(): ImportCounts {
    const counts = { ...this.#counts, rejectedBy: this.#rejectedBy };
    return this.#isList
      ? { ...counts, repeats: countRepeats(this.repeats), difference: this.difference }
      : counts;
  }

  #countsJson(): Counts {
    const undated = this.#undated === 0 ? {} : { undated: this.#undated };
    const sums = this.#sums;
    const added = sums === null ? {} : { sums: sums.records, rejectedSums: sums.rejected };
    const counts: Counts = JSON.parse(JSON.stringify({ ...this.#importCounts(), ...undated, ...added }));
    return counts;
  }

  #digest(): Sha256 {
    if (this.#sha256 === null) throw new Error('the file has not been read to its end');
    return this.#sha256;
  }
}

/** What is held of a page that is read and not stored. */
interface UnstoredPage {
  readonly tags: Uint8Array;
  readonly prints: Uint32Array;
  /** Prints of what is the customer's own in each row. */
  readonly persons: Uint32Array;
}

/** Characters that a column of the workbook of rejected rows is wide. */
const COLUMN_WIDTH = 16;
/** Rows that are written at once. */
const BATCH = 1000;

async function* batchesOf<T>(rows: readonly T[]): AsyncGenerator<readonly T[], void, undefined> {
  for (let at = 0; at < rows.length; at += BATCH) yield rows.slice(at, at + BATCH);
}

/** Whom a file that is not stored names more than once. */
function repeatsIn(sieve: SubjectSieve, pages: readonly UnstoredPage[]): readonly RepeatedSubject[] {
  const groups = repeatedSubjects(
    sieve,
    pages.map(({ tags }) => tags),
  );
  const printAt = (kind: 'prints' | 'persons', at: number): number | undefined => {
    let from = 0;
    for (const page of pages) {
      if (at < from + page.prints.length) return page[kind][at - from];
      from += page.prints.length;
    }
    return undefined;
  };
  const isOne = (kind: 'prints' | 'persons', positions: readonly number[]): boolean =>
    new Set(positions.map((at) => printAt(kind, at))).size === 1;
  return Array.from(groups, (positions) => {
    if (isOne('prints', positions)) return { positions, same: true };
    return isOne('persons', positions)
      ? { positions, same: true, isOrders: true }
      : { positions, same: false };
  });
}

/** The canonical fields of a customer file's mapping. */
function fieldsOf(mapping: Mapping): readonly FieldName[] {
  return mappedFields(mapping).flatMap((name) => fieldOf(name)?.name ?? []);
}

/** How many cells of each field stayed out, as the log keeps it. */
function leftOutJson(found: Iterable<LeftOut>): Json {
  const cells: Record<string, number> = {};
  for (const { field, cells: more } of found) cells[field] = (cells[field] ?? 0) + more;
  return cells;
}

function addTo<Key extends string>(
  total: Partial<Record<Key, number>>,
  more: Readonly<Partial<Record<Key, number>>>,
): void {
  for (const key in more) total[key] = (total[key] ?? 0) + (more[key] ?? 0);
}
