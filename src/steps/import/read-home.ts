// Taking in a file that other machines read: each range is held against what was planned, and only then is anything stored.

import { basename } from 'node:path';
import { type SecretKey, type Sha256, sha256 } from '../../base/crypto.js';
import { dayOf } from '../../base/time.js';
import { sameBytes } from '../../base/bytes.js';
import {
  claimedDataset,
  RANGE_JOB_LIMIT,
  RANGES_LIMIT,
  RANGES_NAME,
  type RangeJob,
  type Ranges,
  rangeKeys,
  READ_RANGE_LIMIT,
  type ReadRange,
  readRangeJob,
  readOwnRanges,
  readReadRange,
} from '../../bundle/ranges.js';
import { JOB_NAME } from '../../bundle/job.js';
import { fail } from '../../messages/error.js';
import { readPlain } from '../../store/files.js';
import { endJob, jobSecret } from '../session/job-secret.js';
import { loggingRefusal } from '../session/refusal.js';
import type { Session } from '../session/session.js';
import { rangesPurpose } from '../session/tag-keys.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { jobKey, openJob } from '../workers/job-key.js';
import { type WordsOf, wordsHome } from '../workers/words-home.js';
import { neededTexts, type OpenedImport } from './head.js';
import { takeInFile } from './import.js';
import { isMappingThere } from './mapping-choice.js';
import type { ImportInput } from './input.js';
import { RangeFolder } from './range-folder.js';
import { rangeFeed } from './range-feed.js';
import type { ImportResult } from './result.js';

/** What is said when the ranges come home; all else was said when they were planned. */
export interface ReadHomeInput
  extends Pick<ImportInput, 'rejects' | 'again' | 'force' | 'returned' | 'relation' | 'ask' | 'dryRun'> {
  /** Folder of the ranges, absolute. */
  readonly folder: string;
}

/** What was imported, and from where. */
export interface ReadHome {
  readonly imported: ImportResult;
  /** The file, absolute, on the machine that planned. */
  readonly path: string;
  readonly ranges: number;
}

/**
 * Stores a file that was read in ranges, as importing it would. Nothing is stored unless every range is there once, of this plan and unchanged.
 *
 * @throws HandoverError the READING_ problems, and as importFile
 */
export function importRead(session: Session, input: ReadHomeInput): Promise<ReadHome> {
  return loggingRefusal(session, { path: null, dryRun: input.dryRun }, () => takenHome(session, input));
}

async function takenHome(session: Session, input: ReadHomeInput): Promise<ReadHome> {
  if (!input.dryRun) session.requireOperator();
  requireNoPurge(session);
  const folder = new RangeFolder(input.folder);
  // Ends what a run left that was killed while it ended the secret: by then the folder is gone.
  await session.keys();
  const text = readPlain(folder.ranges, RANGES_LIMIT, RANGES_NAME);
  const seed = await jobSecret(session, rangesPurpose(claimedDataset(text)), 'READING_UNKNOWN');
  const end = () => endJob(session, seed, [folder.outputs, folder.job, folder.ranges]);
  if (session.workspace.read.dataset(claimedDataset(text)) !== undefined) {
    // A run was killed at its end.
    if (!input.dryRun) await end();
    fail({ code: 'READING_UNKNOWN' });
  }
  const { macKey, homeKey } = rangeKeys(seed.key);
  const ranges = readOwnRanges(text, homeKey);
  const { identity } = jobKey(seed.key, 'ranges');
  const sealed = readPlain(folder.job, RANGE_JOB_LIMIT, JOB_NAME);
  if (sha256(sealed) !== ranges.job) fail({ code: 'READING_CHANGED', name: JOB_NAME });
  const job = readRangeJob(await openJob(sealed, identity, JOB_NAME, 'READING_CHANGED'));
  await requireSame(session, job);
  const file = inputOf(input, job);
  requireNew(session, file, ranges);
  const said = wordsHome(folder, ranges.ranges.length, wordsOf(macKey, sha256(text)));
  const feedOf = () => rangeFeed({ folder, ranges, said, job, identity }, session.runtime.random);
  const taking = { feedOf, judging: null, shared: null };
  const { imported } = await takeInFile(session, file, openedOf(session, job, ranges), taking);
  if (!input.dryRun) await end();
  return { imported, path: job.path, ranges: ranges.ranges.length };
}

/** Rows that were read for other deals, or tagged under another key, are not what importing the file would give. @throws HandoverError READING_STALE */
async function requireSame(session: Session, job: RangeJob): Promise<void> {
  const tagKey = await session.keyFor('subject-tags');
  const isSame = sameBytes(tagKey, job.tagKey) && neededTexts(session).join('\n') === job.needed.join('\n');
  if (!isSame) fail({ code: 'READING_STALE' });
}

/** @throws HandoverError DATASET_KNOWN for a file that was imported before, unless that was asked for */
function requireNew(session: Session, { kind, again, path }: ImportInput, { file }: Ranges): void {
  const known = again ? undefined : session.workspace.read.datasetByDigest(file.sha256);
  if (known !== undefined && known.kind === kind)
    fail({ code: 'DATASET_KNOWN', file: basename(path), imported: dayOf(known.imported) });
}

/** The file as it was planned, and what is said of it today. */
function inputOf({ folder: _, ...said }: ReadHomeInput, job: RangeJob): ImportInput {
  const { path, kind, archive } = job;
  return {
    ...said,
    ...{ path, kind, mapping: null, again: said.again || job.again },
    ...(archive === null ? {} : { archive }),
  };
}

/**
 * What was decided for all rows of the file when it was planned.
 *
 * @throws HandoverError READING_MAPPING where the mapping beside the file is not the one by which it was read
 */
function openedOf(session: Session, job: RangeJob, { file, ranges, dataset }: Ranges): OpenedImport {
  const { path, opening, mappingFile } = job;
  const mapping = { mapping: job.mapping, ...mappingFile };
  const isThere = isMappingThere(mapping, session);
  if (isThere === false) fail({ code: 'READING_MAPPING', name: basename(mapping.path) });
  return {
    source: {
      ...{ path, name: basename(path), bytes: file.bytes, sheet: null },
      opening: { ...opening, isSheet: false, sample: [] },
    },
    mapping: { ...mapping, used: isThere !== null },
    head: job,
    dataset,
    ranges: ranges.length,
  };
}

/** How what is said of a range is read. @param ranges digest of ranges.json */
function wordsOf(macKey: SecretKey, ranges: Sha256): WordsOf<ReadRange> {
  return {
    limit: READ_RANGE_LIMIT,
    read: (bytes, name) => readReadRange(bytes, macKey, ranges, name),
    part: ({ range }) => range,
    missing: (parts) => ({ code: 'READING_MISSING', ranges: parts }),
    twice: (range) => ({ code: 'READING_TWICE', range }),
    changed: (name) => ({ code: 'READING_CHANGED', name }),
  };
}
