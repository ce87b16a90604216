// Opening one part on another machine: no workspace, no key of the party and no network here. What comes out goes home sealed.

import { createHash } from 'node:crypto';
import { isSealedFor, openAge } from '../../base/age.js';
import { concat } from '../../base/bytes.js';
import { derivedRandom, type Random, sha256 } from '../../base/crypto.js';
import { openContainer } from '../../bundle/container.js';
import {
  OPENED_PART_FORMAT,
  openedPartBytes,
  type OpeningJob,
  OPENING_JOB_LIMIT,
  openingPlace,
  readOpeningJob,
} from '../../bundle/opening.js';
import { compileOpenBundlePage } from '../../bundle/page-reading.js';
import { splitPages } from '../../bundle/part.js';
import { fail } from '../../messages/error.js';
import { makeFolder, readPlain, writeWhole } from '../../store/files.js';
import { openFile } from '../../store/random-access.js';
import { sealBytes } from '../../store/sealed-pages.js';
import { openJob, readJobKey } from '../workers/job-key.js';
import { OPENING_JOB_NAME, OpeningFolder } from './opening-folder.js';

export interface OpenPartInput {
  /** Folder that the job is in, absolute. */
  readonly folder: string;
  /** The bundle's file, absolute. */
  readonly bundle: string;
  /** From 1. */
  readonly part: number;
  /** File with the key of the job, absolute. It may be a descriptor: `/dev/fd/3`. */
  readonly key: string;
  readonly signal: AbortSignal;
}

export interface OpenPartResult {
  readonly bundle: string;
  readonly part: number;
  readonly of: number;
  readonly resource: string;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Opens one part of a bundle, checks every row as the recipient does (docs/formats.md, step 14), and leaves the pages sealed for the workspace. It
 * may be done again, here or elsewhere, and gives the same bytes.
 *
 * @throws HandoverError LOTS_KEY, LOTS_NUMBER, LOTS_CHANGED, BUNDLE_…, and the problems of files
 */
export async function openPartFor(input: OpenPartInput): Promise<OpenPartResult> {
  const folder = new OpeningFolder(input.folder);
  const identity = readJobKey(input.key);
  const sealed = readPlain(folder.job, OPENING_JOB_LIMIT, OPENING_JOB_NAME);
  const job = readOpeningJob(await openJob(sealed, identity, OPENING_JOB_NAME));
  const { parts } = job.resource;
  if (parts[input.part - 1] === undefined) fail({ code: 'LOTS_NUMBER', lot: input.part, lots: parts.length });
  const made = await openedPages(job, input);
  makeFolder(folder.outputs);
  const written = await writeWhole(folder.pages(input.part), made.pages, { force: true });
  await writeWhole(folder.index(input.part), made.index, { force: true });
  const said = openedPartBytes(
    {
      format: OPENED_PART_FORMAT,
      manifest: job.manifest,
      part: input.part,
      rows: made.rows,
      pages: written.sha256,
      index: sha256(made.index),
    },
    job.macKey,
  );
  await writeWhole(folder.said(input.part), said, { force: true });
  const { name } = job.resource;
  return {
    bundle: job.bundle,
    part: input.part,
    of: parts.length,
    resource: name,
    rows: made.rows,
    bytes: written.bytes,
  };
}

/** The members of a part. @throws HandoverError BUNDLE_ENTRY_DIGEST, BUNDLE_DECRYPT, BUNDLE_RECIPIENTS, BUNDLE_PAGES and those of a container */
async function membersOf(job: OpeningJob, { bundle, part }: OpenPartInput): Promise<readonly Uint8Array[]> {
  const entry = job.resource.parts[part - 1] ?? fail({ code: 'LOTS_NUMBER', lot: part, lots: 0 });
  const fileKey = job.fileKeys[part - 1] ?? fail({ code: 'LOTS_NUMBER', lot: part, lots: 0 });
  const file = await openFile(bundle);
  try {
    const bytes = await (await openContainer(file)).read(entry.path);
    if (sha256(bytes) !== entry.sha256) fail({ code: 'BUNDLE_ENTRY_DIGEST', entry: entry.path });
    const plain = await openAge(bytes, { unwrap: () => fileKey });
    if (typeof plain === 'string') return fail({ code: 'BUNDLE_DECRYPT', entry: entry.path });
    if (!isSealedFor(bytes, job.recipients)) fail({ code: 'BUNDLE_RECIPIENTS', entry: entry.path });
    return splitPages(plain, entry.pages, entry.path);
  } finally {
    await file.close();
  }
}

/** The pages of a part, every row checked, sealed one by one; and their leaves and tags. */
async function openedPages(
  job: OpeningJob,
  input: OpenPartInput,
): Promise<{ readonly pages: Uint8Array; readonly index: Uint8Array; readonly rows: number }> {
  const members = await membersOf(job, input);
  const { resource, pageKey } = job;
  const open = compileOpenBundlePage(resource, job);
  const before = resource.parts.slice(0, input.part - 1).reduce((sum, { pages }) => sum + pages.length, 0);
  const entry = resource.parts[input.part - 1];
  const random = chanceOf(job, members);
  const sealed: Uint8Array[] = [];
  const leaves: Uint8Array[] = [];
  const tags: Uint8Array[] = [];
  let inPart = 0;
  for (const [i, member] of members.entries()) {
    input.signal.throwIfAborted();
    const rows = entry?.pages[i]?.rows ?? 0;
    const page = open({ part: entry?.path ?? '', member: new Uint8Array(member), rows, inPart });
    const place = { dataset: openingPlace(job.bundle), number: before + i, tags: page.tags };
    const bytes = sealBytes(member, place, pageKey, random);
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, bytes.length, true);
    sealed.push(new Uint8Array(length.buffer), bytes);
    leaves.push(page.leaves);
    tags.push(page.tags);
    inPart += rows;
  }
  return { pages: concat(...sealed), index: concat(...leaves, ...tags), rows: inPart };
}

/** What would be chance follows from all that is sealed with it. */
function chanceOf({ sealKey }: OpeningJob, members: readonly Uint8Array[]): Random {
  const digest = createHash('sha256');
  for (const member of members) digest.update(member);
  return derivedRandom(sealKey, `handover opening part ${digest.digest('hex')}`);
}
