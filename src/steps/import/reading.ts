import type { EventDraft } from '../../audit/event.js';
import type { SecretKey, Sha256 } from '../../base/crypto.js';
import { uuidv7 } from '../../base/crypto.js';
import type { Json } from '../../base/json.js';
import { isFurtherTable } from '../../messages/tables.js';
import type { Encoding } from '../../dataset/encoding.js';
import { type FieldName, fieldOf } from '../../dataset/fields.js';
import { mappedFields, lineColumnOf, type Mapping } from '../../dataset/mapping.js';
import { writeMapping } from '../../dataset/mapping-file.js';
import type { ImportSetup } from '../../dataset/import-setup.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { withoutSpellings } from '../../policy/examine.js';
import { SubjectSieve } from '../../policy/repeats.js';
import type { TagReasons } from '../../policy/tag-reasons.js';
import type { Counts } from '../../store/columns.js';
import { Overflow } from '../../store/overflow.js';
import type { Writer } from '../../store/workspace.js';
import type { Session } from '../session/session.js';
import { countErased, everErased } from '../session/known.js';
import { mayBeSpelledAlike } from '../session/spelled.js';
import type { ComparedPages } from '../workers/compared-pages.js';
import { release } from '../../base/transfer.js';
import type { CheckedPage } from '../workers/stages/check.js';
import type { SealedChunks } from '../workers/stages/import.js';
import { type Archive, archiveOf, freezeOf, OtherCabinet, requireOwnCabinet } from './cabinets.js';
import type { ImportCounts } from './counts.js';
import type { Comparison, Difference } from './difference.js';
import type { OpenedImport } from './head.js';
import { type Newcomers, newcomers } from './newcomers.js';
import type { ImportInput } from './input.js';
import { joinOrders } from './orders.js';
import type { PageFeed } from './page-feed.js';
import type { Preparation } from './preparation.js';
import type { Standing } from './relation.js';
import { RejectFile } from './reject-file.js';
import { RejectedRows } from './rejected-rows.js';
import { countRepeats, findRepeats, type RepeatedSubject, repeatsIn } from './repeats.js';
import { UnstoredPages } from './unstored-pages.js';
import type { ImportResult } from './result.js';
import { RowCount } from './row-count.js';
import { TableCount, type TableCounted } from './table-count.js';
import { type FileHead, settledSetup } from './settled.js';
import { besideAs, type SourceFile } from './source-file.js';

/** The deal under which records are judged while they are at hand, and where the rows of its bundle go, if they are made as well. */
export interface Judging {
  readonly terms: Terms;
  readonly preparation: Preparation | null;
  /** Takes the verdicts. */
  readonly compared: ComparedPages;
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

/** One file on its way into the store. */
export class Reading {
  readonly #session: Session;
  readonly #input: ImportInput;
  readonly #source: SourceFile;
  readonly #mapping: Mapping;
  readonly #terms: Terms | null;
  readonly #preparation: Preparation | null;
  /** The verdicts of each page; null where no deal was given. */
  readonly #compared: ComparedPages | null;
  /** Whether the spellings of the numbers are kept with them; null before the first page. */
  #isCompared: boolean | null = null;
  /** Fed with the tags of all pages. */
  readonly #sieve: SubjectSieve;
  /** Whom the file names more than once; once it was read. */
  repeats: readonly RepeatedSubject[] = [];
  readonly #comparison: Comparison | null;
  /** Tags and prints of a file that is read and not stored. */
  readonly #unstored: UnstoredPages;
  /** Of a table beside the customer list. */
  readonly #table: TableCount | null;
  /** What its rows add up to, once it was read. */
  #sums: TableCounted | null = null;
  readonly #customers: Uint8Array | null;
  readonly #archive: Archive | null;
  readonly #other: OtherCabinet | null;
  #placed: Placed | null = null;
  readonly #id: string;
  readonly #head: FileHead;
  /** In how many ranges the file was read elsewhere; null where it was read here. */
  readonly #ranges: number | null;
  readonly #rows: RowCount;
  readonly #rejectFile: RejectFile;
  readonly #rejected: RejectedRows;
  /** Whom purges ended. */
  readonly #erased: TagReasons;
  #erasedBefore = 0;
  /** Compares the numbers of a customer file with those of persons who said no; null where nobody did. */
  #newcomers: Newcomers | null = null;
  #spelledAlike = 0;
  /** The ledger whose rejected rows this one brings back. */
  #ledger: string | null = null;
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
    this.#compared = judging?.compared ?? null;
    this.#erased = everErased(session.workspace.read);
    this.#sieve = new SubjectSieve(input.kind === 'customers' ? source.bytes / BYTES_EACH : 0);
    this.#session = session;
    this.#unstored = new UnstoredPages(new Overflow(session.path('exchange'), session.runtime.random));
    this.#input = input;
    this.#source = source;
    this.#mapping = mapping.mapping;
    this.#head = head;
    this.#id = opened.dataset ?? uuidv7(Date.parse(session.now), session.runtime.random);
    this.#ranges = opened.ranges ?? null;
    const rejects = input.rejects ?? besideAs(input.path, input.kind, head.lang, 'rejects');
    this.#rejectFile = new RejectFile(rejects, input.force, mapping.mapping, head.lang);
    this.#rejected = new RejectedRows(session, this.#id, this.#rejectFile);
    this.#rows = new RowCount(head.findings, source.opening.titles.length);
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
        this.#rows.add(imported);
        await this.#rejected.add(imported, write);
        if (this.#isList) this.#meet(page, write);
        if (page.table !== null) this.#table?.add(imported.tags, page.table);
        this.#recognise(page);
        if (imported.records > 0) {
          const { records, tags } = imported;
          write?.addPage({ dataset: this.#id, number, records, sealed, tags });
        }
        if (refused !== null && write !== null) this.#rejected.hear(refused, write);
        if (examined !== null) this.#compared?.add(this.#keptOf({ number, ...examined }));
        if (prepared !== null) await this.#preparation?.add(number, prepared);
        release(sealed, imported.tags, imported.rejects);
        progress.advance(bytes, imported.rows);
      }
    } finally {
      progress.end();
    }
    this.#sha256 = feed.sha256();
    this.#spelledAlike = this.#newcomers?.count() ?? 0;
    const { rows, blank } = this.#rows.counts;
    if (rows === blank) fail({ code: 'CSV_NO_ROWS' });
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
    return lineColumnOf(this.#mapping) === null ? null : this.#rejected.broughtBack;
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
    if (this.#archive !== null)
      write.retention.addRestraint(freezeOf(this.#session, this.#id, this.#archive), []);
    this.#keepCorrected(write);
    write.rememberFile({
      path: this.#input.path,
      sha256: this.#digest(),
      bytes,
      kind: 'source',
      time,
      dataset: this.#id,
    });
    for (const file of await this.#rejectFile.commit())
      write.rememberFile({ ...file, kind: 'reject', time, dataset: this.#id });
  }

  #keepCorrected(write: Writer): void {
    const corrected = this.#placed?.bringsBack === true ? this.#placed.relatesTo : this.#ledger;
    if (corrected === null) return;
    for (const line of this.#rejected.broughtBack) write.setRowCorrected(corrected, line, this.#id);
  }

  event(): EventDraft {
    const { encoding, evidence, delimiter } = this.#source.opening;
    const { sheet } = this.#source;
    const { aside } = this.#rows;
    const mended = this.#rows.mendedByClass();
    const leftOut = this.#rows.leftOutByField();
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
        ...(this.#rejected.refusals === 0 ? {} : { refusals: this.#rejected.refusals }),
        ...(this.#rejected.unreadNoes === 0 ? {} : { unread: this.#rejected.unreadNoes }),
        ...(aside === 0 ? {} : { aside }),
        ...(mended === null ? {} : { mended }),
        ...(leftOut === null ? {} : { leftOut }),
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

  result(): Omit<ImportResult, 'mapping'> {
    const { name, bytes, opening, sheet } = this.#source;
    const { rejected, rows } = this.#rows.counts;
    const isManyRejected = rejected > rows * MANY_REJECTED;
    const { path, bookPath } = this.#rejectFile;
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
      sampleFields: mappedFields(this.#mapping),
      counts: this.#importCounts(),
      sums: this.#sums,
      archive: this.#archive,
      otherCabinet: this.#other?.persons ?? 0,
      relation: this.#placed?.relation ?? null,
      relatesTo: this.#placed?.relatesToFile ?? null,
      difference: this.difference,
      ...this.#rows.shown,
      rejects: rejected === 0 ? null : { path, rows: rejected, workbook: bookPath },
      erasedBefore: this.#erasedBefore,
      spelledAlike: this.#spelledAlike,
      unreadNoes: this.#rejected.unreadNoes,
      isManyRejected,
      outcome:
        isManyRejected || this.#undated + this.#rejected.unreadNoes + this.#rows.noWords > 0
          ? 'findings'
          : 'ok',
      undated: this.#undated,
    };
  }

  /** Events of a ledger whose time cannot be read. */
  get #undated(): number {
    return this.#input.kind === 'consents' ? this.#rows.leftOutOf('time') : 0;
  }

  /** @param isKept whether the import counts */
  close(isKept: boolean): Promise<void> {
    this.#unstored.close();
    return this.#rejectFile.close(isKept);
  }

  get #isList(): boolean {
    return this.#input.kind === 'customers';
  }

  /** Takes note of who is in a page of a customer file. */
  #meet({ imported: { tags }, prints, persons }: SealedChunks, write: Writer | null): void {
    this.#sieve.add(tags);
    if (prints === null) return;
    this.#comparison?.add(tags, prints);
    if (write === null && persons !== null) this.#unstored.add(tags, prints, persons);
  }

  #importCounts(): ImportCounts {
    const { counts } = this.#rows;
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

/** The canonical fields of a customer file's mapping. */
function fieldsOf(mapping: Mapping): readonly FieldName[] {
  return mappedFields(mapping).flatMap((name) => fieldOf(name)?.name ?? []);
}
