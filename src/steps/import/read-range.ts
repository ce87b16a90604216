// Reading one range: the only part of an import that many machines do. No workspace, no signing key and no network here, and nothing that would need one.

import { basename } from 'node:path';
import { concat } from '../../base/bytes.js';
import { derivedRandom, type Sha256, sha256 } from '../../base/crypto.js';
import { type RangePage, rangePageBytes } from '../../bundle/range-pages.js';
import {
  claimedDataset,
  RANGE_JOB_LIMIT,
  RANGES_LIMIT,
  RANGES_NAME,
  type Range,
  type RangeJob,
  type Ranges,
  READ_RANGE_FORMAT,
  readRangeBytes,
  readRangeJob,
  readRanges,
} from '../../bundle/ranges.js';
import { recipientOf } from '../../base/age-keys.js';
import { fail } from '../../messages/error.js';
import { makeFolder, readBlocks, readPlain, writeWhole } from '../../store/files.js';
import { packRecords } from '../../store/sealed-pages.js';
import { openTold, sealForJob } from '../workers/job-key.js';
import { compileReading } from '../workers/stages/import.js';
import { type CutSizes, PageCutter } from './page-cutter.js';
import { RangeFolder } from './range-folder.js';
import { rangeBlocks } from './range-blocks.js';
import { pageDigest, rangeDigest } from './range-digest.js';
import { settledSetup } from './settled.js';

export interface ReadRangeInput {
  /** Folder of the ranges, absolute. */
  readonly folder: string;
  /** From 1. */
  readonly range: number;
  /** File with the key of the job, absolute. It may be a descriptor: `/dev/fd/3`. */
  readonly key: string;
  /** Where the customer file lies here, absolute; null for where it was planned. */
  readonly file: string | null;
  /** A file of nothing but the bytes of this range, absolute; it may be `/dev/stdin`. Null to take them out of the customer file. */
  readonly rows: string | null;
  readonly signal: AbortSignal;
}

/** What became of a range. */
export interface ReadRangeResult {
  readonly dataset: string;
  readonly range: number;
  readonly of: number;
  readonly rows: number;
  readonly records: number;
  readonly rejected: number;
  readonly blank: number;
  readonly bytes: number;
}

/**
 * Reads the rows of one range as import does, and leaves what became of them, sealed. It may be done again, on this machine or another: the same
 * range gives the same bytes.
 *
 * @throws HandoverError LOTS_KEY, LOTS_NUMBER, LOTS_PROGRAM, READING_CHANGED, READING_OTHER, READING_ROWS and the problems of files
 */
export async function readRange(input: ReadRangeInput): Promise<ReadRangeResult> {
  const folder = new RangeFolder(input.folder);
  const { identity, told } = await openTold(folder, input.key, RANGE_JOB_LIMIT, 'READING_CHANGED');
  const job = readRangeJob(told);
  const text = readPlain(folder.ranges, RANGES_LIMIT, RANGES_NAME);
  if (claimedDataset(text) !== job.dataset) fail({ code: 'READING_OTHER', name: RANGES_NAME });
  const ranges = readRanges(text, job.macKey);
  const { pages, counts } = await pagesOf(job, ranges, input);
  const plain = concat(...pages);
  // What is chance elsewhere follows from all that is sealed with it, so that no key and nonce ever meet another text.
  const chance = derivedRandom(job.sealKey, `handover ranges ${input.range} ${sha256(plain)}`);
  const recipient = recipientOf(identity) ?? fail({ code: 'LOTS_KEY' });
  makeFolder(folder.outputs);
  const sealed = await sealForJob(plain, { identity, recipient }, chance);
  const written = await writeWhole(folder.pages(input.range), sealed, { force: true });
  const said = {
    format: READ_RANGE_FORMAT,
    ranges: sha256(text),
    range: input.range,
    ...counts,
    ...written,
  } as const;
  await writeWhole(folder.said(input.range), readRangeBytes(said, job.macKey), { force: true });
  const { bytes } = written;
  return { dataset: job.dataset, range: input.range, of: ranges.ranges.length, ...counts, bytes };
}

type Counts = Pick<ReadRangeResult, 'rows' | 'records' | 'rejected' | 'blank'>;

/** The pages of a range as they go home, and where its rows went. @throws HandoverError LOTS_NUMBER, READING_ROWS */
async function pagesOf(
  job: RangeJob,
  { ranges }: Ranges,
  { range: number, file, rows, signal }: ReadRangeInput,
): Promise<{ readonly pages: readonly Uint8Array[]; readonly counts: Counts }> {
  const range = ranges[number - 1] ?? fail({ code: 'LOTS_NUMBER', lot: number, lots: ranges.length });
  const path = file ?? job.path;
  const blocks = rows === null ? rangeBlocks(path, range) : readBlocks(rows);
  const isLast = number === ranges.length;
  const counts = { rows: 0, records: 0, rejected: 0, blank: 0 };
  const pages: Uint8Array[] = [];
  const digests = [];
  for await (const { page, sha256: digest } of readPages(job, range, isLast, blocks)) {
    signal.throwIfAborted();
    digests.push(digest);
    for (const count of COUNTS) counts[count] += page.imported[count];
    pages.push(rangePageBytes(page));
  }
  if (digests.length !== range.pages || rangeDigest(digests) !== range.sha256)
    fail({ code: 'READING_ROWS', name: basename(rows ?? path), range: number });
  return { pages, counts };
}

const COUNTS = ['rows', 'records', 'rejected', 'blank'] as const;

/** Findings that anybody sees of a page; all are counted. */
const SHOWN = 200;

/** Reads the pages of a range one after another. */
export async function* readPages(
  job: RangeJob,
  range: Range,
  isLast: boolean,
  blocks: AsyncIterable<Uint8Array>,
  sizes?: CutSizes,
): AsyncGenerator<{ readonly page: RangePage; readonly sha256: Sha256 }, void, undefined> {
  const cutter = rangeCutter(job, range, isLast, sizes);
  const isList = job.kind === 'customers';
  const read = compileReading({
    reading: {
      ...settledSetup({ ...job.opening, isSheet: false }, job.mapping, job, cutter.encoding),
      tagKey: job.tagKey,
    },
    ...{ judging: null, preparing: null },
    ...{ printing: isList, printingPersons: isList, spelling: isList },
  });
  for await (const source of cutter.pages(blocks)) {
    const digest = pageDigest(source);
    const { page, imported, prints, persons, spellings, refused, bytes, number } = read(source);
    const { cellCounts: _, findings, ...counted } = imported;
    yield {
      sha256: digest,
      page: {
        ...{ number, bytes, refused },
        imported: { ...counted, findings: findings.slice(0, SHOWN) },
        packed: imported.records === 0 ? new Uint8Array(0) : packRecords(page),
        prints: prints ?? new Uint32Array(0),
        persons: persons ?? new Uint32Array(0),
        spellings: spellings ?? new Float64Array(0),
      },
    };
    cutter.giveBack(source.room);
  }
}

/** What cuts a range into the pages that it has in its file. */
function rangeCutter(
  { opening }: RangeJob,
  { chunk, line, page }: Range,
  isLast: boolean,
  sizes?: CutSizes,
): PageCutter {
  const { encoding, delimiter } = opening;
  const begin = { index: chunk, line };
  return new PageCutter({ encoding, bom: 0, delimiter, begin, isPiece: !isLast, page }, sizes);
}
