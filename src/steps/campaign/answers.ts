import { basename } from 'node:path';
import { type Sha256, uuidv7 } from '../../base/crypto.js';
import { utf8 } from '../../base/bytes.js';
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
import { recordText } from '../../dataset/page.js';
import { forEachRow } from '../../dataset/rows.js';
import { dealDigest } from '../../deal/signed-deal.js';
import { leavingPurposes, type Terms } from '../../deal/terms.js';
import { rowProblemWords, type RowProblem } from '../../messages/answer-rows.js';
import type { AnswerChannel } from '../../messages/channels.js';
import { fail } from '../../messages/error.js';
import { rejectHeadings } from '../../messages/findings.js';
import { importFileWords } from '../../messages/import-files.js';
import { fileDigest, writeWhole, type Written } from '../../store/files.js';
import { sealPage } from '../../store/sealed-pages.js';
import type { Writer } from '../../store/workspace.js';
import { besideSource, openSource, type SourceFile, SourceReading } from '../import/source-file.js';
import type { Session } from '../session/session.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
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
  await session.keys();
  const book = await AskedBook.of(session, input.terms.id);
  const read = compileAnswers({
    columns,
    channel,
    kind: textKindOf(input.terms),
    seller: input.terms.seller.name,
    vocabulary: new Vocabulary(session.workspace.read.answerWords()),
    book,
    people: await People.of(session, book),
    now: session.now,
    received: input.received,
    file: written.sha256,
  });
  const taking = new Taking(session, book);
  await taking.read(source, read);
  const facts = {
    file: basename(input.path),
    sha256: written.sha256,
    channel,
    columns: [...columns].map(([name, at]) => [name, safeHeader(header[at] ?? '', at + 1)] as const),
    counts: taking.counts,
    problems: taking.problems,
  };
  const isNothing = taking.events.length + taking.rejects.length === 0;
  if (input.dryRun || isNothing) return { ...facts, dataset: null, rejects: null };
  return { ...facts, ...(await keep(session, input, source, { written, channel, taking })) };
}

/** Goes through the rows of a file, and keeps what is new. */
class Taking {
  readonly #session: Session;
  readonly #known = new Set<string>();
  readonly #book: AskedBook;
  readonly events: AnswerEvent[] = [];
  readonly rejects: string[] = [];
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
  };

  constructor(session: Session, book: AskedBook) {
    this.#session = session;
    this.#book = book;
  }

  async read(source: SourceFile, read: (cells: readonly string[], line: number) => ReadRow): Promise<void> {
    const reading = new SourceReading(source);
    const { delimiter, isSheet, dataLine } = source.opening;
    const decode = compileDecode(reading.encoding);
    for await (const { chunks, room } of reading.pages()) {
      this.#session.runtime.signal.throwIfAborted();
      for (const { bytes, firstLine, kind } of chunks) {
        const text = decode(bytes, { firstLine, delimiter });
        forEachRow(text, { delimiter, kind, firstLine, isSheet }, (cells, line) => {
          if (line >= dataLine) this.#take(read(cells, line), cells, line);
        });
      }
      reading.giveBack(room);
    }
  }

  #take({ events, problem, kind }: ReadRow, cells: readonly string[], line: number): void {
    const { counts } = this;
    counts.rows++;
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
    this.events.push(...fresh);
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
    const key = `${Buffer.from(tag).toString('latin1')} ${what} ${matter} ${at}`;
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    return !this.#book
      .of(tag)
      .heard.some((heard) => heard.what === what && heard.matter === matter && heard.at === at);
  }

  #reject(problem: RowProblem, cells: readonly string[], line: number): void {
    this.problems[problem] = (this.problems[problem] ?? 0) + 1;
    const [what, fix] = rowProblemWords[this.#session.runtime.lang][problem];
    this.rejects.push(csvLine([...cells, `${line}`, what, fix]));
  }
}

/** Stores the events, sealed, with the log's event, and writes the rows that were not taken beside the file. */
async function keep(
  session: Session,
  input: AnswersInput,
  source: SourceFile,
  {
    written,
    channel,
    taking,
  }: { readonly written: Written; readonly channel: AnswerChannel; readonly taking: Taking },
): Promise<Pick<AnswersResult, 'dataset' | 'rejects'>> {
  const { lang, random } = session.runtime;
  const rejects =
    taking.rejects.length === 0 ? null : besideSource(input.path, importFileWords[lang].notTaken);
  const isOurs = rejects !== null && (await isUnchanged(session, rejects));
  const { vault } = await session.keys();
  const key = vault.newKey('data');
  const id = uuidv7(Date.parse(session.now), random);
  let isKept = false;
  try {
    await session.recording('adding', async (write) => {
      const time = session.now;
      addPages(session, write, { id, key: key.key, events: taking.events, terms: input.terms });
      addDataset(write, { input, source, written, id, keyId: key.id, time, counts: taking });
      if (rejects !== null) {
        const head = `\ufeff${csvLine([...source.opening.header, ...rejectHeadings[lang]])}`;
        const file = await writeWhole(rejects, utf8(head + taking.rejects.join('')), { force: isOurs });
        write.rememberFile({ ...file, path: rejects, kind: 'reject', time, dataset: id });
      }
      const details: Json = { channel, counts: { ...taking.counts }, problems: { ...taking.problems } };
      const objects = { deal: dealDigest(input.terms), dataset: id, file: written.sha256 };
      return { event: { action: 'answers-imported', objects, details }, result: undefined };
    });
    isKept = true;
  } finally {
    if (!isKept) vault.destroyKey(key.id);
  }
  return { dataset: id, rejects };
}

/** Whether a file is one that an import wrote here and nobody changed since: then it may be written anew. */
async function isUnchanged(session: Session, path: string): Promise<boolean> {
  const known = session.workspace.read.files().filter((file) => file.kind === 'reject' && file.path === path);
  if (known.length === 0) return false;
  const { sha256 } = await fileDigest(path);
  return known.some((file) => file.sha256 === sha256);
}

/** Records that are sealed together. */
const PAGE = 4096;

function addPages(
  session: Session,
  write: Writer,
  {
    id,
    key,
    events,
    terms,
  }: { id: string; key: Parameters<typeof sealPage>[2]; events: readonly AnswerEvent[]; terms: Terms },
): void {
  const purposes = leavingPurposes(terms)
    .map((purpose) => purpose.id)
    .join('|');
  for (let from = 0, number = 0; from < events.length; from += PAGE, number++) {
    const some = events.slice(from, from + PAGE);
    const tags = Buffer.concat(some.map(({ tag }) => tag));
    const text = some.map(({ state, at, method, evidence, text: notice, matter }) =>
      recordText(['', state, at, terms.buyer.name, purposes, method, evidence, notice, matter]),
    );
    const place = { dataset: id, number, tags };
    const sealed = sealPage(utf8(text.join('')), place, key, session.runtime.random);
    write.addPage({ dataset: id, number, records: some.length, sealed, tags });
  }
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
    readonly counts: Taking;
  },
): void {
  const { input, source, written, id, keyId, time, counts } = about;
  const { encoding, delimiter } = source.opening;
  const events = counts.events.length;
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
