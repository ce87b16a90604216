import { basename } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import { concat, utf8 } from '../../base/bytes.js';
import type { Json } from '../../base/json.js';
import type { CalendarDate, Instant } from '../../base/time.js';
import { textKindOf } from '../../campaign/facts.js';
import { Vocabulary } from '../../campaign/vocabulary.js';
import {
  type AnswerColumnName,
  answerColumns,
  channelShown,
  isAnswerHeading,
} from '../../dataset/answer-columns.js';
import type { Encoding } from '../../dataset/encoding.js';
import { compileDecode } from '../../dataset/encoding.js';
import { csvLine } from '../../dataset/csv-line.js';
import { safeHeader } from '../../dataset/header.js';
import { lineColumnIn } from '../../dataset/mapping.js';
import { forEachRow } from '../../dataset/rows.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { rowProblemWords, type RowProblem } from '../../messages/answer-rows.js';
import type { AnswerChannel } from '../../messages/channels.js';
import { fail } from '../../messages/error.js';
import { rejectHeadings } from '../../messages/findings.js';
import { importFileWords } from '../../messages/import-files.js';
import { fileDigest, writeWhole, type Written } from '../../store/files.js';
import type { RejectedLine } from '../../store/writer.js';
import type { Writer } from '../../store/workspace.js';
import { rejectsOf } from '../import/import.js';
import { besideSource, openSource, type SourceFile, SourceReading } from '../import/source-file.js';
import { heardAt } from '../session/clock.js';
import { isOwnUnchanged } from '../session/own-file.js';
import type { Session } from '../session/session.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { AnswerPages } from './answer-pages.js';
import { type AnswerEvent, compileAnswers, type ReadRow } from './answer-reading.js';
import { ANSWERS } from './answer-record.js';
import { AskedBook } from './book.js';
import { People } from './people.js';

export interface AnswersInput {
  readonly terms: Terms;
  readonly path: string;
  /** How the answers came; null where the headings show it. */
  readonly channel: AnswerChannel | null;
  readonly encoding?: Encoding | undefined;
  readonly sheet?: string | undefined;
  /** The day on which answers without a time were received. */
  readonly received: CalendarDate | null;
  readonly dryRun: boolean;
}

/** Where every row went: rows = agreed + refused + contract + reported + later + known + blank + those not taken. */
interface AnswerCounts {
  rows: number;
  /** Rows that say yes, or no, to the data. */
  agreed: number;
  refused: number;
  /** Of the refused, those that are a no only in doubt. */
  doubtful: number;
  /** Rows that speak of the contract alone. */
  contract: number;
  contractYes: number;
  contractNo: number;
  delivered: number;
  unreached: number;
  later: number;
  known: number;
  blank: number;
  notTaken: number;
  /** Of those not taken, the rows that say no and name nobody: somebody has to look at each. */
  unreadNoes: number;
}

export interface AnswersResult {
  /** null where nothing was new. */
  readonly dataset: string | null;
  readonly file: string;
  readonly sha256: Sha256;
  readonly channel: AnswerChannel;
  /** Which column is what, by its heading. */
  readonly columns: readonly (readonly [AnswerColumnName, string])[];
  readonly counts: AnswerCounts;
  readonly problems: Readonly<Partial<Record<RowProblem, number>>>;
  readonly rejects: string | null;
}

/**
 * Takes in what customers answered, as a platform, a questionnaire or a clerk wrote it. Each answer becomes an event of the consent ledger, with
 * the text that the person had been sent; what is on record already is counted and not taken twice. What nobody understands is no answer.
 *
 * @throws HandoverError ANSWERS_COLUMNS, ANSWERS_CHANNEL, and those of reading a file
 */
export async function importAnswers(session: Session, input: AnswersInput): Promise<AnswersResult> {
  if (session.workspace.info.role !== 'seller') fail({ code: 'CAMPAIGN_ROLE' });
  if (!input.dryRun) session.requireOperator();
  requireNoPurge(session);
  const source = await openSource(input.path, input, isAnswerHeading);
  const { header } = source.opening;
  const columns = answerColumns(header);
  const isWho = columns.has('code') || columns.has('phone') || columns.has('subject');
  const isWhat = columns.has('answer') || columns.has('contract') || columns.has('status');
  if (!isWho || !isWhat) fail({ code: 'ANSWERS_COLUMNS', found: columns.size });
  const channel = input.channel ?? channelShown(header) ?? fail({ code: 'ANSWERS_CHANNEL' });
  const written = await fileDigest(input.path);
  // Before anything is held: what the derivation takes is free again by then.
  await session.keys();
  const book = await AskedBook.of(session, input.terms.id);
  const read = compileAnswers({
    columns,
    channel,
    kind: textKindOf(input.terms),
    seller: input.terms.seller.name,
    vocabulary: new Vocabulary(session.workspace.read.campaign.answerWords()),
    book,
    people: await People.of(session, book, new Set(columns.keys())),
    now: heardAt(session),
    received: input.received,
    file: written.sha256,
  });
  const { vault } = await session.keys();
  const pages = input.dryRun ? null : new AnswerPages(session, vault, input.terms);
  let isKept = false;
  try {
    const taking = new Taking(session, book, pages);
    await taking.read(source, read);
    const result = resultOf(input, { written, channel, columns, header, taking });
    if (pages === null || pages.count + taking.rejected + taking.broughtBack.length === 0) return result;
    await pages.nameUnnamed();
    const rejects = await keep(session, input, source, { written, channel, taking, pages });
    isKept = true;
    return { ...result, dataset: pages.id, rejects };
  } finally {
    if (!isKept) pages?.discard();
  }
}

/** What was read of a file, before anything is kept. */
function resultOf(
  input: AnswersInput,
  found: {
    readonly written: Written;
    readonly channel: AnswerChannel;
    readonly columns: ReadonlyMap<AnswerColumnName, number>;
    readonly header: readonly string[];
    readonly taking: Taking;
  },
): AnswersResult {
  const { written, channel, columns, header, taking } = found;
  return {
    dataset: null,
    rejects: null,
    file: basename(input.path),
    sha256: written.sha256,
    channel,
    columns: [...columns].map(([name, at]) => [name, safeHeader(header[at] ?? '', at + 1)] as const),
    counts: taking.counts,
    problems: taking.problems,
  };
}

/** Why a row that says no is kept as one of nobody known. */
const NAMES_NOBODY = 'ANSWER_NOBODY';

/** Characters of rejected rows that are held as text. */
const BLOCK = 1 << 16;

/** Goes through the rows of a file, and keeps what is new. */
class Taking {
  readonly #session: Session;
  /** What each person says in this file, as numbers of {@link #sayings}. */
  readonly #known = new Map<string, readonly number[]>();
  readonly #sayings = new Map<string, number>();
  readonly #book: AskedBook;
  readonly #pages: AnswerPages | null;
  #rejectLines = '';
  readonly #rejects: Uint8Array[] = [];
  rejected = 0;
  /** Rows that may be a no of somebody whom they do not name. */
  readonly unread: RejectedLine[] = [];
  /** Lines of a file of rows that were not taken, which this file brings back. */
  readonly broughtBack: number[] = [];
  readonly problems: Partial<Record<RowProblem, number>> = {};
  readonly counts: AnswerCounts = {
    rows: 0,
    agreed: 0,
    refused: 0,
    doubtful: 0,
    contract: 0,
    contractYes: 0,
    contractNo: 0,
    delivered: 0,
    unreached: 0,
    later: 0,
    known: 0,
    blank: 0,
    notTaken: 0,
    unreadNoes: 0,
  };

  /** @param pages where what is new goes; null where it is only counted */
  constructor(session: Session, book: AskedBook, pages: AnswerPages | null) {
    this.#pages = pages;
    this.#session = session;
    this.#book = book;
  }

  async read(source: SourceFile, read: (cells: readonly string[], line: number) => ReadRow): Promise<void> {
    const reading = new SourceReading(source);
    const { delimiter, isSheet, dataLine, header } = source.opening;
    const lineAt = lineColumnIn(header);
    const decode = compileDecode(reading.encoding);
    for await (const { chunks, room } of reading.pages()) {
      this.#session.runtime.signal.throwIfAborted();
      for (const { bytes, firstLine, kind } of chunks) {
        const text = decode(bytes, { firstLine, delimiter });
        forEachRow(text, { delimiter, kind, firstLine, isSheet }, (cells, line) => {
          if (line < dataLine) return;
          const back = lineAt === null ? '' : (cells[lineAt] ?? '').trim();
          if (/^\d{1,9}$/.test(back)) this.broughtBack.push(Number(back));
          this.#take(read(cells, line), cells, line);
        });
      }
      reading.giveBack(room);
    }
  }

  #take({ events, problem, kind, isUnreadNo }: ReadRow, cells: readonly string[], line: number): void {
    const { counts } = this;
    counts.rows++;
    if (isUnreadNo) {
      counts.unreadNoes++;
      this.unread.push({ line, code: NAMES_NOBODY, isUnreadNo });
    }
    if (problem !== null) this.#reject(problem, cells, line);
    if (events.length === 0) {
      if (problem !== null) counts.notTaken++;
      else if (kind === 'later') counts.later++;
      else counts.blank++;
      return;
    }
    const fresh = events.filter((event) => this.#isNew(event));
    if (fresh.length === 0) {
      counts.known++;
      return;
    }
    this.#pages?.add(fresh);
    this.#count(fresh, problem);
  }

  #count(fresh: readonly AnswerEvent[], problem: RowProblem | null): void {
    const { counts } = this;
    const said = (matter: string) => fresh.find((event) => event.matter === matter)?.what;
    const [data, contract] = [said('data'), said('contract')];
    if (contract === 'yes') counts.contractYes++;
    if (contract === 'no') counts.contractNo++;
    if (data === 'yes') counts.agreed++;
    else if (data === 'no') counts.refused++;
    else if (data === 'delivered') counts.delivered++;
    else if (data === 'unreached') counts.unreached++;
    else counts.contract++;
    if (problem === 'doubtful-no') counts.doubtful++;
  }

  #isNew({ tag, what, matter, at }: AnswerEvent): boolean {
    const name = `${what} ${matter} ${at}`;
    const saying = this.#sayings.get(name) ?? this.#sayings.size;
    this.#sayings.set(name, saying);
    const known = this.#known.get(tag) ?? [];
    if (known.includes(saying)) return false;
    this.#known.set(tag, [...known, saying]);
    return !this.#book
      .at(tag)
      .heard.some((heard) => heard.what === what && heard.matter === matter && heard.at === at);
  }

  #reject(problem: RowProblem, cells: readonly string[], line: number): void {
    this.problems[problem] = (this.problems[problem] ?? 0) + 1;
    const [what, fix] = rowProblemWords[this.#session.runtime.lang][problem];
    this.rejected++;
    this.#rejectLines += csvLine([...cells, `${line}`, what, fix]);
    // In memory of its own: as pieces of the file's text they would keep all of it.
    if (this.#rejectLines.length > BLOCK) this.#flush();
  }

  #flush(): void {
    this.#rejects.push(utf8(this.#rejectLines));
    this.#rejectLines = '';
  }

  /** The rows that were not taken, as lines of a file. */
  rejects(): readonly Uint8Array[] {
    this.#flush();
    return this.#rejects;
  }
}

/** Stores the events with the log's, and writes the rows that were not taken beside the file. @returns its path; null for none */
async function keep(
  session: Session,
  input: AnswersInput,
  source: SourceFile,
  found: {
    readonly written: Written;
    readonly channel: AnswerChannel;
    readonly taking: Taking;
    readonly pages: AnswerPages;
  },
): Promise<string | null> {
  const { lang } = session.runtime;
  const { written, channel, taking, pages } = found;
  const rejects = taking.rejected === 0 ? null : besideSource(input.path, importFileWords[lang].notTaken);
  const answered = session.workspace.read.datasets().filter(({ resource }) => resource === ANSWERS.resource);
  const back = rejectsOf(session, input.path, answered, taking.broughtBack);
  const isOurs = rejects !== null && (await isOwnUnchanged(session, rejects));
  await session.recording('adding', async (write) => {
    const time = session.now;
    const about = { id: pages.id, keyId: pages.write(write), time, events: pages.count };
    addDataset(write, { input, source, written, ...about });
    write.addRejectedRows(pages.id, taking.unread);
    if (back !== null) for (const line of taking.broughtBack) write.setRowCorrected(back.id, line, pages.id);
    // The same file once more says nothing more.
    for (const { id, sha256 } of answered)
      if (sha256 === written.sha256)
        for (const { line } of taking.unread) write.setRowCorrected(id, line, pages.id);
    if (rejects !== null) {
      const head = utf8(`\ufeff${csvLine([...source.opening.header, ...rejectHeadings[lang]])}`);
      const file = await writeWhole(rejects, concat(head, ...taking.rejects()), { force: isOurs });
      write.rememberFile({ ...file, path: rejects, kind: 'reject', time, dataset: pages.id });
    }
    const details: Json = { channel, counts: { ...taking.counts }, problems: { ...taking.problems } };
    const objects = { deal: dealDigest(input.terms), dataset: pages.id, file: written.sha256 };
    return { event: { action: 'answers-imported', objects, details }, result: undefined };
  });
  return rejects;
}

function addDataset(
  write: Writer,
  about: {
    readonly input: AnswersInput;
    readonly source: SourceFile;
    readonly written: Written;
    readonly id: string;
    readonly keyId: string;
    readonly time: Instant;
    readonly events: number;
  },
): void {
  const { input, source, written, id, keyId, time, events } = about;
  const { encoding, delimiter } = source.opening;
  write.addDataset({
    id,
    kind: 'consents',
    content: 'cells',
    resource: ANSWERS.resource,
    file: source.name,
    ...written,
    encoding,
    delimiter,
    columns: ANSWERS.columns,
    keyId,
    counts: { rows: events, records: events, rejected: 0, blank: 0, rejectedBy: {} },
    imported: time,
    mapping: '',
  });
  write.rememberFile({ ...written, path: input.path, kind: 'source', time, dataset: id });
}
