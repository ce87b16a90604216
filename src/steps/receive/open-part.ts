// Opening one part on another machine: no workspace, no key of the party and no network here. What goes home is the word on its rows, and no row.

import { isSealedFor, openAge } from '../../base/age.js';
import { concat } from '../../base/bytes.js';
import { sha256 } from '../../base/crypto.js';
import { openContainer } from '../../bundle/container.js';
import {
  OPENED_PART_FORMAT,
  openedPartBytes,
  type OpeningJob,
  OPENING_JOB_LIMIT,
  readOpeningJob,
} from '../../bundle/opening.js';
import { compileOpenBundlePage } from '../../bundle/page-reading.js';
import { splitPages } from '../../bundle/part.js';
import { fail } from '../../messages/error.js';
import { makeFolder, writeWhole } from '../../store/files.js';
import { openFile } from '../../store/random-access.js';
import { openTold } from '../workers/job-key.js';
import { OpeningFolder } from './opening-folder.js';

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
 * Opens one part of a bundle, checks every row as the recipient does (docs/formats.md, step 14), and leaves the leaves and tags of its pages for the
 * workspace. It may be done again, here or elsewhere, and gives the same bytes.
 *
 * @throws HandoverError LOTS_KEY, LOTS_NUMBER, LOTS_PROGRAM, LOTS_CHANGED, BUNDLE_…, and the problems of files
 */
export async function openPartFor(input: OpenPartInput): Promise<OpenPartResult> {
  const folder = new OpeningFolder(input.folder);
  const { told } = await openTold(folder, input.key, OPENING_JOB_LIMIT);
  const job = readOpeningJob(told);
  const { parts } = job.resource;
  if (parts[input.part - 1] === undefined) fail({ code: 'LOTS_NUMBER', lot: input.part, lots: parts.length });
  const made = await openedPages(job, input);
  makeFolder(folder.outputs);
  const written = await writeWhole(folder.index(input.part), made.index, { force: true });
  const said = openedPartBytes(
    {
      format: OPENED_PART_FORMAT,
      manifest: job.manifest,
      part: input.part,
      rows: made.rows,
      index: written.sha256,
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

/** Every row of a part checked: its leaves, then its tags. */
async function openedPages(
  job: OpeningJob,
  input: OpenPartInput,
): Promise<{ readonly index: Uint8Array; readonly rows: number }> {
  const members = await membersOf(job, input);
  const { resource } = job;
  const open = compileOpenBundlePage(resource, job);
  const entry = resource.parts[input.part - 1];
  const leaves: Uint8Array[] = [];
  const tags: Uint8Array[] = [];
  let inPart = 0;
  for (const [i, member] of members.entries()) {
    input.signal.throwIfAborted();
    const rows = entry?.pages[i]?.rows ?? 0;
    const page = open({ part: entry?.path ?? '', member: new Uint8Array(member), rows, inPart });
    leaves.push(page.leaves);
    tags.push(page.tags);
    inPart += rows;
  }
  return { index: concat(...leaves, ...tags), rows: inPart };
}
