// Sealing one lot: the only part of an export that many machines do. No workspace, no signing key and no network here, and nothing that would need one.

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { CompactRange } from '../../audit/merkle.js';
import { concat } from '../../base/bytes.js';
import { derivedRandom, type Random, sha256 } from '../../base/crypto.js';
import { lotPages } from '../../bundle/lot-pages.js';
import {
  claimedBundle,
  LOT_FORMAT,
  LOTS_LIMIT,
  LOTS_NAME,
  type Lot,
  type LotJob,
  type Lots,
  readLotJob,
  readLots,
  type SealedLot,
  sealedLotBytes,
} from '../../bundle/lots.js';
import type { BundlePage } from '../../bundle/page-writing.js';
import { PART_TARGET_BYTES, PartSealing } from '../../bundle/part.js';
import { sortTags, tagRoot } from '../../bundle/tags.js';
import { fail } from '../../messages/error.js';
import {
  makeFolder,
  openWhole,
  readPlain,
  type WholeFile,
  type Written,
  writeWhole,
} from '../../store/files.js';
import { unpackPage } from '../../store/sealed-pages.js';
import { openJob, openTold } from '../workers/job-key.js';
import { compileSealing } from '../workers/stages/seal.js';
import { LotFolder } from './lot-folder.js';

export interface SealLotInput {
  /** Folder of the lots, absolute. */
  readonly folder: string;
  /** From 1. */
  readonly lot: number;
  /** File with the key of the job, absolute. It may be a descriptor: `/dev/fd/3`. */
  readonly key: string;
  readonly signal: AbortSignal;
}

/** What became of a lot. */
export interface SealedLotResult {
  readonly lot: number;
  readonly of: number;
  readonly bundle: string;
  readonly resource: string;
  readonly rows: number;
  readonly parts: number;
  readonly bytes: number;
}

/**
 * Seals the rows of one lot that may go, and says what it made of them. It may be done again, on this machine or another: the same lot gives the
 * same bytes.
 *
 * @throws HandoverError LOTS_KEY, LOTS_NUMBER, LOTS_PROGRAM, LOTS_CHANGED, LOTS_OTHER, PAGE_DAMAGED and the problems of files
 */
export async function sealLot(input: SealLotInput): Promise<SealedLotResult> {
  const folder = new LotFolder(input.folder);
  const { identity, told } = await openTold(folder, input.key, JOB_LIMIT);
  const job = readLotJob(told);
  const lotsText = readPlain(folder.lots, LOTS_LIMIT, LOTS_NAME);
  if (claimedBundle(lotsText) !== job.bundle) fail({ code: 'LOTS_OTHER', name: LOTS_NAME });
  const lots = readLots(lotsText, job.macKey);
  const lot =
    lots.lots[input.lot - 1] ?? fail({ code: 'LOTS_NUMBER', lot: input.lot, lots: lots.lots.length });
  const name = basename(folder.input(input.lot));
  const bytes = readPlain(folder.input(input.lot), lot.bytes, name);
  if (sha256(bytes) !== lot.sha256) fail({ code: 'LOTS_CHANGED', name });
  const records = await openJob(bytes, identity, name);
  makeFolder(folder.outputs);
  const file = await openWhole(folder.parts(input.lot), { force: true });
  try {
    const made = new LotWriting(job, file);
    for (const page of sealedPages(job, lot, records, name)) {
      input.signal.throwIfAborted();
      await made.add(page);
    }
    await made.end();
    return await keep(folder, input.lot, { lots, lot, job, made, lotsText });
  } finally {
    await file.abandon();
  }
}

const JOB_LIMIT = 4 * 1024 * 1024;

/** The pages of a lot as they are in the bundle. Each has the rows that the plan says. @throws HandoverError LOTS_CHANGED, PAGE_DAMAGED */
function* sealedPages(job: LotJob, lot: Lot, records: Uint8Array, name: string): Generator<BundlePage> {
  const file = job.files[lot.file] ?? fail({ code: 'LOTS_CHANGED', name });
  const { id: dataset, table, columns } = file;
  const { terms, tagKey, tokenKey, leafKey } = job;
  const rowsOf = compileSealing({
    dataset,
    columns,
    terms,
    tagKey,
    tokenKey,
    leafKey,
    ...(table === null ? {} : { table }),
  });
  let pages = 0;
  for (const { number, packed, ...verdicts } of lotPages(records, name)) {
    const page = rowsOf({ number, page: unpackPage(packed, { dataset, number }), ...verdicts });
    if (page.rows !== lot.pages[pages++]) fail({ code: 'LOTS_CHANGED', name });
    yield page;
  }
  if (pages !== lot.pages.length) fail({ code: 'LOTS_CHANGED', name });
}

type SealedPart = SealedLot['parts'][number];

/** Gathers pages to parts, one after another in one file, and what the assembling needs to know of them. */
class LotWriting {
  readonly parts: SealedPart[] = [];
  readonly leaves: Uint8Array[] = [];
  readonly tags: Uint8Array[] = [];
  readonly tree = CompactRange.of(0);
  readonly #file: WholeFile;
  readonly #job: LotJob;
  readonly #sealing: PartSealing;
  #chance: Random | null = null;
  #digest = createHash('sha256');
  #pages: { bytes: number; rows: number }[] = [];

  constructor(job: LotJob, file: WholeFile) {
    this.#job = job;
    this.#file = file;
    this.#sealing = new PartSealing(job.recipients, (length) => {
      if (this.#chance === null) throw new Error('nothing is to be sealed yet');
      return this.#chance(length);
    });
  }

  async add({ member, rows, tags, leaves }: BundlePage): Promise<void> {
    this.#sealing.add(member);
    this.#digest.update(member);
    this.#pages.push({ bytes: member.length, rows });
    this.leaves.push(leaves);
    this.tags.push(tags);
    this.tree.appendMany(leaves);
    if (this.#sealing.bytes >= PART_TARGET_BYTES) await this.end();
  }

  /**
   * Ends the part at hand, if there is one. What would be chance follows from all that is sealed with it, so that no key and nonce ever meet
   * another text.
   */
  async end(): Promise<void> {
    if (this.#pages.length === 0) return;
    this.#chance = derivedRandom(this.#job.sealKey, `handover lots part ${this.#digest.digest('hex')}`);
    const part = await this.#sealing.seal();
    await this.#file.write(part);
    const rows = this.#pages.reduce((sum, page) => sum + page.rows, 0);
    this.parts.push({ bytes: part.length, sha256: sha256(part), rows, pages: this.#pages });
    this.#pages = [];
    this.#digest = createHash('sha256');
  }

  /** Gives the parts their name. */
  commit(): Promise<Written> {
    return this.#file.commit();
  }
}

interface Made {
  readonly lots: Lots;
  readonly lotsText: Uint8Array;
  readonly lot: Lot;
  readonly job: LotJob;
  readonly made: LotWriting;
}

/** Gives the files of a sealed lot their names, what says that it is whole last. */
async function keep(
  folder: LotFolder,
  number: number,
  { lots, lotsText, lot: { resource }, job, made }: Made,
): Promise<SealedLotResult> {
  const { parts } = made;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const tags = sortTags(concat(...made.tags), resource);
  const index = concat(...made.leaves, tags);
  const sealed = sealedLotBytes(
    {
      format: LOT_FORMAT,
      lots: sha256(lotsText),
      lot: number,
      resource,
      rows,
      root: made.tree.root(),
      tag_root: tagRoot(tags, resource),
      parts,
      index: sha256(index),
    },
    job.macKey,
  );
  const written = await made.commit();
  await writeWhole(folder.index(number), index, { force: true });
  await writeWhole(folder.said(number), sealed, { force: true });
  return {
    lot: number,
    of: lots.lots.length,
    bundle: lots.bundle,
    resource,
    rows,
    parts: parts.length,
    bytes: written.bytes,
  };
}
