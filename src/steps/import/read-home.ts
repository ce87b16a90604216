// Taking in a file that other machines read: each range is held against what was planned, and only then is anything stored.

import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type SecretKey, type Sha256, sha256 } from '../../base/crypto.js';
import { dayOf } from '../../base/time.js';
import { sameBytes } from '../../base/bytes.js';
import {
  claimedDataset,
  RANGE_JOB_LIMIT,
  RANGE_JOB_NAME,
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
import { fail } from '../../messages/error.js';
import { translateErrno } from '../../store/errno.js';
import { readPlain, removeWhole } from '../../store/files.js';
import { loggingRefusal } from '../session/refusal.js';
import type { Session } from '../session/session.js';
import { rangesPurpose } from '../session/tag-keys.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { jobKey, openJob } from '../workers/job-key.js';
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
  const text = readPlain(folder.ranges, RANGES_LIMIT, RANGES_NAME);
  const seed = await seedOf(session, claimedDataset(text));
  const end = () => endRanges(session, seed.id, folder);
  if (session.workspace.read.dataset(claimedDataset(text)) !== undefined) {
    // A run was killed at its end.
    if (!input.dryRun) await end();
    fail({ code: 'READING_UNKNOWN' });
  }
  const { macKey, homeKey } = rangeKeys(seed.key);
  const ranges = readOwnRanges(text, homeKey);
  const { identity } = jobKey(seed.key, 'ranges');
  const sealed = readPlain(folder.job, RANGE_JOB_LIMIT, RANGE_JOB_NAME);
  if (sha256(sealed) !== ranges.job) fail({ code: 'READING_CHANGED', name: RANGE_JOB_NAME });
  const job = readRangeJob(await openJob(sealed, identity, RANGE_JOB_NAME, 'READING_CHANGED'));
  await requireSame(session, job);
  const file = inputOf(input, job);
  requireNew(session, file, ranges);
  const said = saidOf(folder, ranges, macKey, sha256(text));
  const feedOf = () => rangeFeed({ folder, ranges, said, job, identity }, session.runtime.random);
  const taking = { feedOf, judging: null, shared: null };
  const { imported } = await takeInFile(session, file, openedOf(session, job, ranges), taking);
  if (!input.dryRun) await end();
  return { imported, path: job.path, ranges: ranges.ranges.length };
}

/** The secret of the ranges. @throws HandoverError READING_UNKNOWN for ranges that were planned elsewhere, or whose secret has ended */
async function seedOf(
  session: Session,
  dataset: string,
): Promise<{ readonly id: string; readonly key: SecretKey }> {
  const { vault } = await session.keys();
  const id = vault.ids().find((known) => known.startsWith(`${rangesPurpose(dataset)}-`));
  if (id === undefined) return fail({ code: 'READING_UNKNOWN' });
  return { id, key: vault.get(id) };
}

/** Removes what is in the dataset, copies that nobody needs, and then ends the secret: a run that was killed on the way is ended by the next. */
async function endRanges(session: Session, secret: string, folder: RangeFolder): Promise<void> {
  for (const path of [folder.outputs, folder.job, folder.ranges]) removeWhole(path);
  const { vault } = await session.keys();
  vault.destroyKey(secret);
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
 * @throws HandoverError READING_STALE where a mapping has come beside the file by which it was not read
 */
function openedOf(session: Session, job: RangeJob, { file, ranges, dataset }: Ranges): OpenedImport {
  const { path, opening, mappingFile } = job;
  const mapping = { mapping: job.mapping, ...mappingFile };
  // What a run leaves that was killed before its import counted is the same.
  const isThere = mapping.used ? true : isMappingThere(mapping, session);
  if (isThere === false) fail({ code: 'READING_STALE' });
  return {
    source: {
      ...{ path, name: basename(path), bytes: file.bytes, sheet: null },
      opening: { ...opening, isSheet: false, sample: [] },
    },
    mapping: { ...mapping, used: isThere === true },
    head: job,
    dataset,
    ranges: ranges.length,
  };
}

/**
 * What the workers said, in the order of the ranges.
 *
 * @throws HandoverError READING_MISSING, READING_TWICE, READING_OTHER, READING_CHANGED and those of reading documents
 */
function saidOf(
  folder: RangeFolder,
  { ranges }: Ranges,
  macKey: SecretKey,
  digest: Sha256,
): readonly ReadRange[] {
  const found = new Map<number, ReadRange>();
  const names = namesIn(folder.outputs);
  for (const name of names) {
    const bytes = readPlain(join(folder.outputs, name), READ_RANGE_LIMIT, name);
    const read = readReadRange(bytes, macKey, digest, name);
    if (found.has(read.range)) fail({ code: 'READING_TWICE', range: read.range });
    found.set(read.range, read);
  }
  // A file under another number's name was moved there.
  const named = new Set([...found.keys()].map((range) => basename(folder.said(range))));
  for (const name of names) if (!named.has(name)) fail({ code: 'READING_CHANGED', name });
  const missing = ranges.flatMap((_, i) => (found.has(i + 1) ? [] : [i + 1]));
  if (missing.length > 0) fail({ code: 'READING_MISSING', ranges: missing });
  return ranges.flatMap((_, i) => found.get(i + 1) ?? []);
}

/** The names of what workers said, sorted. Temporary files begin with a dot. */
function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort();
  } catch (error) {
    throw translateErrno(error, basename(folder));
  }
}
