import type { Sums } from '../../../bundle/accounting.js';
import { fenOf, hundredthsOf, TableSums } from '../../../bundle/sums.js';
import { SUMS } from '../../../deal/tables.js';
import { isFurtherTable } from '../../../messages/tables.js';
import type { SecretKey } from '../../../base/crypto.js';
import { sealNumbers, TagBlocks } from '../../../base/tagger.js';
import {
  type BundlePage,
  compileBundlePageWriter,
  type BundlePageWriter,
} from '../../../bundle/page-writing.js';
import type { Chunk } from '../../../dataset/chunks.js';
import { compileImport } from '../../../dataset/import-chunk.js';
import type { ImportSetup } from '../../../dataset/import-setup.js';
import type { ImportedChunks, RejectedCells } from '../../../dataset/imported.js';
import { mappedFields } from '../../../dataset/mapping.js';
import { isPersonField } from '../../../dataset/orders.js';
import { type ImportedRecord, recordText } from '../../../dataset/page.js';
import { compileRowName } from '../../../dataset/row-names.js';
import type { ConsentState } from '../../../policy/consent.js';
import { compilePrint, type Print } from '../../../dataset/print.js';
import { looseFingerprint } from '../../../policy/near.js';
import { compileExamination, type Examination, type ExaminedPage } from '../../../policy/examine.js';
import type { JudgeSetup } from '../../../policy/judge.js';
import { compileRefusals, compileUnreadNo } from '../../../policy/refusals.js';
import { shortHash } from '../../../policy/twins.js';
import { checkedRecord } from '../../../policy/verdict.js';
import { sealPage } from '../../../store/sealed-pages.js';
import { type PreparedPage, type Preparing, sealPrepared } from '../prepared-page.js';
import { owned } from '../../../base/transfer.js';
import type { Task } from '../stage.js';

export interface ImportStageSetup {
  readonly reading: ImportSetup;
  readonly dataset: string;
  readonly key: SecretKey;
  /** The deal under which the records are judged while they are at hand; null where that comes later. */
  readonly judging: JudgeSetup | null;
  /** Whether the records are to be compared with others. */
  readonly printing: boolean;
  /** Whether what is the customer's own in them is to be compared as well. */
  readonly printingPersons: boolean;
  /** Whether it is to be known how the records' numbers are spelled. */
  readonly spelling: boolean;
  /** What it takes to make the rows of the bundle as well; null where that comes later. Only with `judging`. */
  readonly preparing: Preparing | null;
}

/** The chunks of one page of the store. */
export interface SourcePage {
  /** 0, 1, 2 … */
  readonly number: number;
  /** The memory in which the chunks lie, for {@link SourceReading.giveBack} once they were read. */
  readonly room: Uint8Array;
  readonly chunks: readonly Chunk[];
}

/** A page as imported and sealed: the readable text never leaves the thread that made it. */
export interface SealedChunks {
  readonly number: number;
  readonly imported: Omit<ImportedChunks, 'page'>;
  readonly sealed: Uint8Array;
  /** The memory of the chunks, which are read. */
  readonly room: Uint8Array;
  /** Length of the chunks in the file, for showing how far it is. */
  readonly bytes: number;
  readonly examined: ExaminedPage | null;
  /** What tells the records apart, if that was asked for. */
  readonly prints: Uint32Array | null;
  /** The same of what is the customer's own, if that was asked for. */
  readonly persons: Uint32Array | null;
  /** The fingerprints of the numbers however they are spelled, if that was asked for. */
  readonly spellings: Float64Array | null;
  /** The rows of the bundle, if any go. */
  readonly prepared: PreparedPage | null;
  readonly refused: Refused | null;
  /** What rows of a table beside the customer list say is owed. */
  readonly table: TablePage | null;
}

/** What rows of a table beside the customer list say is owed. */
export interface TablePage {
  /** {@link ROW_FIGURES} for each record: fingerprints of its name and of all that it says, fen, hundredths of a session. */
  readonly rows: Float64Array;
  /** What the rejected rows add up to, as far as they could be read. */
  readonly rejected: Sums;
}

/** How many numbers describe a row of a table. */
export const ROW_FIGURES = 4;

/** Who said no in a row that was rejected: it counts all the same. */
export interface Refused {
  /** One tag for each of `events`. */
  readonly tags: Uint8Array;
  /** How the numbers are spelled, sealed under the key of the tags. */
  readonly spellings: Uint8Array;
  readonly events: readonly { readonly state: ConsentState; readonly at: string }[];
}

/** Bytes of the file → checked and normalised records → a sealed page with its tags, findings and, if asked, verdicts and rows of the bundle. */
export const importStage: Task<ImportStageSetup, SourcePage, SealedChunks> = (setup, random) => {
  const { dataset, key, preparing } = setup;
  const read = compileReading(setup);
  return (source) => {
    const { page, bundle, ...told } = read(source);
    const { number } = source;
    const { tags } = told.imported;
    return {
      ...told,
      imported: { ...told.imported, tags: owned(tags), rejects: owned(told.imported.rejects) },
      sealed: owned(sealPage(page, { dataset, number, tags }, key, random)),
      prepared:
        bundle === null || preparing === null ? null : sealPrepared(bundle, number, preparing.key, random),
    };
  };
};

/** A page as it was read, in memory that the next one uses again. */
interface ReadChunks extends Omit<SealedChunks, 'sealed' | 'prepared'> {
  /** The records as text. */
  readonly page: Uint8Array;
  /** The rows of the bundle, if any go. */
  readonly bundle: BundlePage | null;
}

/** Reads the chunks of a page: all of {@link importStage} but for the seals. */
export function compileReading(
  setup: Omit<ImportStageSetup, 'dataset' | 'key'>,
): (source: SourcePage) => ReadChunks {
  const { judging, preparing } = setup;
  const importChunks = compileImport(setup.reading);
  const examination = judging === null ? null : compileExamination(judging);
  const writing =
    judging === null || preparing === null
      ? null
      : compileBundlePageWriter({ ...judging, ...preparing.keys });
  const comparing = new Comparing(setup);
  const adding = adderOf(setup.reading);
  const onRecord =
    adding === null
      ? listener(examination, writing, comparing.listen)
      : (record: ImportedRecord) => adding.add(record);
  const refusals = new RejectedRefusals(setup.reading);
  const onReject =
    adding === null
      ? refusals.listen
      : ({ cells, subject }: RejectedCells) => {
          if (cells !== null && subject !== '') adding.addRejected(cells);
          return false;
        };
  return ({ number, room, chunks }) => {
    examination?.clear();
    writing?.clear();
    const { page, ...imported } = importChunks(chunks, onRecord, onReject);
    const examined = examination?.end() ?? null;
    const goes = examined?.reasonSets.includes(0) ?? false;
    return {
      number,
      imported,
      page,
      room,
      bytes: chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0),
      examined,
      ...comparing.take(),
      bundle: writing === null || !goes ? null : writing.end(),
      refused: refusals.take(),
      table: adding?.take() ?? null,
    };
  };
}

/** Takes down what records are compared by, page by page. */
class Comparing {
  readonly #print: ReturnType<typeof compilePrint> | null;
  readonly #printPerson: ReturnType<typeof compilePrint> | null;
  readonly #isSpelling: boolean;
  readonly #number: number;
  #prints: Print[] = [];
  #persons: Print[] = [];
  #spellings: number[] = [];
  /** Null where nothing is compared. */
  readonly listen: ((record: ImportedRecord) => void) | null;

  constructor({ reading, printing, printingPersons, spelling }: Omit<ImportStageSetup, 'dataset' | 'key'>) {
    const columns = mappedFields(reading.mapping);
    this.#print = printing ? compilePrint(columns) : null;
    this.#printPerson = printingPersons ? compilePrint(columns, isPersonField) : null;
    this.#isSpelling = spelling;
    this.#number = columns.indexOf('customer_no');
    this.listen = printing || printingPersons || spelling ? (record) => this.#take(record) : null;
  }

  #take(record: ImportedRecord): void {
    if (this.#print !== null) this.#prints.push(this.#print(record));
    if (this.#printPerson !== null) this.#persons.push(this.#printPerson(record));
    if (this.#isSpelling) this.#spellings.push(looseFingerprint(record[this.#number] ?? ''));
  }

  /** What was taken down since the last time. */
  take(): Pick<SealedChunks, 'prints' | 'persons' | 'spellings'> {
    const taken = {
      prints: this.#print === null ? null : Uint32Array.from(this.#prints),
      persons: this.#printPerson === null ? null : Uint32Array.from(this.#persons),
      spellings: this.#isSpelling ? Float64Array.from(this.#spellings) : null,
    };
    this.#prints = [];
    this.#persons = [];
    this.#spellings = [];
    return taken;
  }
}

/** Takes down what the rows of a table say is owed, page by page. */
interface Adder {
  add(record: readonly string[]): void;
  addRejected(record: readonly string[]): void;
  /** What was taken down since the last time. */
  take(): TablePage;
}

/** Null for what is no table beside the customer list. */
function adderOf({ mapping }: ImportSetup): Adder | null {
  const table = mapping.profile.id;
  if (!isFurtherTable(table)) return null;
  const columns = mappedFields(mapping);
  const nameOf = compileRowName(table, columns);
  const at = (field: string | null): number => (field === null ? -1 : columns.indexOf(field));
  const [subject, fen, sessions] = [at('customer_no'), at(SUMS[table].fen), at(SUMS[table].sessions)];
  let rows: number[] = [];
  let rejected = new TableSums(table, columns);
  return {
    add: (record) => {
      rows.push(shortHash(nameOf(record)), shortHash(recordText(record)));
      rows.push(fenOf(record[fen] ?? ''), hundredthsOf(record[sessions] ?? ''));
    },
    addRejected: (record) => rejected.add(record[subject] ?? '', record[fen] ?? '', record[sessions] ?? ''),
    take: () => {
      const taken = { rows: Float64Array.from(rows), rejected: rejected.end() };
      rows = [];
      rejected = new TableSums(table, columns);
      return taken;
    },
  };
}

/** Gathers the no's of the rejected rows of a page. */
class RejectedRefusals {
  readonly #tagKey: SecretKey;
  readonly #refusalsOf: ReturnType<typeof compileRefusals>;
  readonly #isUnreadNo: ReturnType<typeof compileUnreadNo>;
  readonly #blocks = new TagBlocks();
  #spellings: number[] = [];
  #events: { readonly state: ConsentState; readonly at: string }[] = [];

  constructor({ mapping, tagKey, now }: ImportSetup) {
    this.#tagKey = tagKey;
    this.#refusalsOf = compileRefusals(mapping.profile.id, mappedFields(mapping), now);
    this.#isUnreadNo = compileUnreadNo(mapping.profile.id, mappedFields(mapping), now);
  }

  readonly listen = (row: RejectedCells): boolean => {
    const { cells, subject } = row;
    if (cells === null || subject === '') return this.#isUnreadNo(row);
    for (const { state, at } of this.#refusalsOf(cells)) {
      this.#blocks.add(subject);
      this.#spellings.push(looseFingerprint(subject));
      this.#events.push({ state, at });
    }
    return false;
  };

  /** What was gathered since the last time, or null for nothing. */
  take(): Refused | null {
    if (this.#events.length === 0) return null;
    const refused = {
      tags: owned(this.#blocks.tags(this.#tagKey)),
      spellings: owned(sealNumbers(this.#tagKey, this.#spellings)),
      events: this.#events,
    };
    this.#blocks.clear();
    this.#spellings = [];
    this.#events = [];
    return refused;
  }
}

/** Judges each record while it is at hand, and takes those that may go into the page of the bundle. */
function listener(
  examination: Examination | null,
  writing: BundlePageWriter | null,
  print: ((record: ImportedRecord) => void) | null,
): ((record: ImportedRecord, blocks: TagBlocks) => void) | undefined {
  if (examination === null) return print ?? undefined;
  return (record, blocks) => {
    const { reasonSet, stays } = examination.add(record, undefined);
    const checked = checkedRecord(record, reasonSet);
    if (checked !== null) writing?.add(checked, stays, blocks);
    print?.(record);
  };
}
