// Import: a file becomes a dataset of sealed pages. reading.ts has a page’s way, source-file.ts the bytes, row-count.ts and reject-file.ts
// what becomes of each row, preparation.ts what export will want.

import { concat } from '../../base/bytes.js';
import { isFurtherTable } from '../../messages/tables.js';
import { currentTable } from '../session/tables.js';
import { newSecretKey } from '../../base/crypto.js';
import { dayOf } from '../../base/time.js';
import { isHeaderOf } from '../../dataset/profile.js';
import { fail } from '../../messages/error.js';
import { fileDigest, type WholeFile } from '../../store/files.js';
import { type Dataset, isLedger } from '../../store/dataset-rows.js';
import type { Session } from '../session/session.js';
import { customerList } from '../session/list.js';
import { loggingRefusal } from '../session/refusal.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { openPool, type Pool } from '../workers/pool.js';
import { Comparison } from './difference.js';
import { chooseMapping, profileOf, writeMappingFile } from './mapping-choice.js';
import { headOf, type OpenedImport } from './head.js';
import type { ChosenMapping, ImportInput } from './input.js';
import { fileFeed, type PageFeed } from './page-feed.js';
import { type Judging, Reading } from './reading.js';
import { standingOf, standingOfTable } from './relation.js';
import type { RepeatedSubject } from './repeats.js';
import type { ImportResult } from './result.js';
import { openSource, type SourceFile } from './source-file.js';

export type { Difference } from './difference.js';
export type { ImportInput } from './input.js';
export type { ImportResult } from './result.js';

/**
 * Reads a customer file or a consent ledger, checks every row, and stores what is usable, sealed. Every row is accounted for: it became a
 * record, went to the reject file with its reasons, or was blank.
 *
 * @throws HandoverError FILE_…, CSV_…, MAPPING_…, DATASET_KNOWN
 */
export function importFile(
  session: Session,
  input: ImportInput,
  prepared: PreparedImport | null = null,
): Promise<ImportResult> {
  return loggingRefusal(
    session,
    input,
    async () => (await importAndJudge(session, input, null, null, prepared)).imported,
  );
}

/** A file that can be read, and how; nothing of it is stored. */
export interface PreparedImport {
  readonly source: SourceFile;
  readonly mapping?: ChosenMapping;
}

/**
 * Opens a file as {@link importFile} would, so that of two files neither is imported where one is refused.
 *
 * @throws HandoverError FILE_…, CSV_…, MAPPING_…, DATASET_KNOWN
 */
export function prepareImport(session: Session, input: ImportInput): Promise<PreparedImport> {
  return loggingRefusal(session, input, async () => {
    if (!input.dryRun) session.requireOperator();
    requireNoPurge(session);
    const source = await openSource(input.path, input, isHeaderOf(profileOf(input)));
    await requireNew(session, input, source);
    return { source, mapping: await chooseMapping(session, source, input) };
  });
}

/** @throws HandoverError DATASET_KNOWN for a file that was imported before, unless that was asked for */
async function requireNew(session: Session, input: ImportInput, source: SourceFile): Promise<void> {
  const known = input.again ? undefined : await knownDataset(session, source.path, source.bytes);
  // Another sheet of a workbook may be another table.
  if (known !== undefined && known.kind === input.kind)
    fail({ code: 'DATASET_KNOWN', file: source.name, imported: dayOf(known.imported) });
}

export interface ImportedAndJudged {
  readonly imported: ImportResult;
  /** Whom a customer file names more than once. */
  readonly repeats: readonly RepeatedSubject[];
  /** Whether rows were put together after they were judged, so that the verdicts no longer hold. */
  readonly isJoined: boolean;
  /** Whether the pages have to be judged anew, because a rejected row may be another spelling of one of theirs. */
  readonly lacksSpellings: boolean;
}

/**
 * As {@link importFile}; records are judged under a deal while they are at hand, if there is one. Without a consent ledger nothing that
 * comes later could change such a verdict.
 *
 * @param prepared the file, where it was opened before
 */
export async function importAndJudge(
  session: Session,
  input: ImportInput,
  judging: Judging | null,
  shared: Pool | null,
  prepared: PreparedImport | null = null,
): Promise<ImportedAndJudged> {
  const opened = await openImport(session, input, prepared);
  const feedOf = (pool: Pool) => fileFeed(opened.source, pool);
  return takeInFile(session, input, opened, { feedOf, judging, shared });
}

/**
 * Opens a file and decides all that is decided for the whole of it.
 *
 * @throws HandoverError FILE_…, CSV_…, MAPPING_…, DATASET_KNOWN
 */
export async function openImport(
  session: Session,
  input: ImportInput,
  prepared: PreparedImport | null = null,
): Promise<OpenedImport> {
  if (!input.dryRun) session.requireOperator();
  requireNoPurge(session);
  const source = prepared?.source ?? (await openSource(input.path, input, isHeaderOf(profileOf(input))));
  await requireNew(session, input, source);
  const mapping = prepared?.mapping ?? (await chooseMapping(session, source, input));
  return { source, mapping, head: headOf(session, input, source, mapping.mapping) };
}

/** Where the pages of a file come from, and what is done with them besides. */
export interface TakingIn {
  readonly feedOf: (pool: Pool) => PageFeed;
  readonly judging: Judging | null;
  /** A pool that is there already. */
  readonly shared: Pool | null;
}

/** Stores a file page by page as its rows come, and says what became of them. */
export async function takeInFile(
  session: Session,
  input: ImportInput,
  opened: OpenedImport,
  { feedOf, judging, shared }: TakingIn,
): Promise<ImportedAndJudged> {
  const { source, mapping } = opened;
  const { vault } = await session.keys();
  const tagKey = await session.keyFor('subject-tags');
  const dataKey = input.dryRun ? { id: '', key: newSecretKey(session.runtime.random) } : vault.newKey('data');
  const pool = shared ?? openPool(source.bytes, 'import');
  const list = filesBefore(session, input);
  const customers = customersFor(session, input);
  const written: WholeFile[] = [];
  let reading: Reading | null = null;
  let isKept = false;
  try {
    const comparison =
      input.kind !== 'customers' || list.length === 0 ? null : await Comparison.with(session, list, pool);
    reading = new Reading(session, input, opened, { judging, comparison, customers });
    const feed = feedOf(pool);
    if (input.dryRun) {
      await reading.run(feed, tagKey, dataKey.key, null);
      await place(session, reading, input, list);
    } else {
      const begun = reading;
      await session.recording('adding', async (write) => {
        await begun.run(feed, tagKey, dataKey.key, write);
        await place(session, begun, input, list);
        await begun.keep(write, dataKey.id);
        // Before the import counts as done: who was stopped after it would never get the file, because the import is not made again.
        if (!mapping.used) written.push(await writeMappingFile(mapping, session));
        return { event: begun.event(), result: undefined };
      });
      isKept = true;
    }
    const imported = {
      ...reading.result(),
      mapping: { path: mapping.path, used: mapping.used, like: mapping.like },
    };
    const { repeats, isJoined, lacksSpellings } = reading;
    return { imported, repeats, isJoined, lacksSpellings };
  } finally {
    await reading?.close(isKept);
    if (!isKept) for (const file of written) await file.withdraw();
    if (shared === null) await pool.close();
    // A key without its dataset would only lie about.
    if (!isKept && dataKey.id !== '') vault.destroyKey(dataKey.id);
  }
}

/** The files that a new one of its kind comes beside or in the place of. */
function filesBefore(session: Session, { kind }: ImportInput): readonly Dataset[] {
  const { read } = session.workspace;
  if (isFurtherTable(kind)) return currentTable(read, kind);
  return kind === 'customers' ? customerList(read) : [];
}

/**
 * The tags of the customers to whom the rows of a table may belong; null for another file.
 *
 * @throws HandoverError DATASET_NONE where there is no list yet
 */
function customersFor(session: Session, { kind }: ImportInput): Uint8Array | null {
  if (!isFurtherTable(kind)) return null;
  const { read } = session.workspace;
  const list = customerList(read);
  if (list.length === 0) fail({ code: 'DATASET_NONE' });
  const pages = list.flatMap(({ id }) => [...read.pageTags(id)].map(({ tags }) => tags));
  return new Uint8Array(concat(...pages));
}

/** Finds out how a customer file that was read relates to the list. @throws HandoverError DATASET_NONE, IMPORT_UNCLEAR */
async function place(
  session: Session,
  reading: Reading,
  input: ImportInput,
  list: readonly Dataset[],
): Promise<void> {
  if (input.kind === 'archive') return;
  if (input.kind === 'consents') {
    const ledgers = session.workspace.read.datasets().filter(isLedger);
    return reading.bringBack(rejectsOf(session, input.path, ledgers, reading.broughtBack)?.id ?? null);
  }
  const back = rejectsOf(session, input.path, list, reading.broughtBack);
  if (isFurtherTable(input.kind)) {
    const standing = standingOfTable(input.kind, list, input.relation, back);
    const related = list.find(({ id }) => id === standing.relatesTo);
    return reading.place({ ...standing, relatesToFile: related?.file ?? null });
  }
  const standing = await standingOf({
    list,
    said: input.relation,
    rejectsOf: back,
    difference: reading.difference,
    ask: input.ask,
  });
  const related = list.find(({ id }) => id === standing.relatesTo);
  reading.place({ ...standing, relatesToFile: related?.file ?? null });
}

/**
 * The dataset of the list whose rejected rows a reject file brings back: the one whose reject file was written to this path; of a file
 * that was moved, the only one in which these very lines were rejected. Null for any other file.
 */
export function rejectsOf(
  session: Session,
  path: string,
  list: readonly Dataset[],
  lines: readonly number[] | null,
): Dataset | null {
  if (lines === null) return null;
  const { read } = session.workspace;
  const written = read.files().findLast((file) => file.kind === 'reject' && file.path === path);
  if (written !== undefined) return list.find(({ id }) => id === written.dataset) ?? null;
  const wanted = new Set(lines);
  const [only, ...others] = list.filter(
    ({ id }) => wanted.size > 0 && read.countRejected(id, [...wanted]) === wanted.size,
  );
  return only !== undefined && others.length === 0 ? only : null;
}

/**
 * The dataset that was made from this very file, if there is one. A file of a length that is known is hashed before it is read: being
 * told at once is worth a second look at the disk.
 */
export async function knownDataset(
  session: Session,
  path: string,
  bytes: number,
): Promise<Dataset | undefined> {
  const { read } = session.workspace;
  if (!read.datasets().some((dataset) => dataset.bytes === bytes)) return undefined;
  return read.datasetByDigest((await fileDigest(path)).sha256);
}
