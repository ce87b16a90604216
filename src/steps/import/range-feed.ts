import { basename } from 'node:path';
import { type Random, sha256 } from '../../base/crypto.js';
import { type RangePage, rangePages } from '../../bundle/range-pages.js';
import type { RangeJob, Ranges, ReadRange } from '../../bundle/ranges.js';
import { mappedFields } from '../../dataset/mapping.js';
import { CELL_END, RECORD_END } from '../../dataset/page.js';
import { fail } from '../../messages/error.js';
import { openFile } from '../../store/random-access.js';
import { sealBytes, unpackPage } from '../../store/sealed-pages.js';
import { openJob } from '../workers/job-key.js';
import type { ImportStageSetup, SealedChunks } from '../workers/stages/import.js';
import type { PageFeed } from './page-feed.js';
import type { RangeFolder } from './range-folder.js';

/** What came home, and what opens it. */
export interface HomeRanges {
  readonly folder: RangeFolder;
  readonly ranges: Ranges;
  /** What each worker said, in the order of the ranges. */
  readonly said: readonly ReadRange[];
  readonly job: RangeJob;
  readonly identity: string;
}

/** The pages of a file that other machines read, in its order. @throws HandoverError READING_CHANGED, from the pages */
export function rangeFeed(home: HomeRanges, random: Random): PageFeed {
  return {
    encoding: home.job.opening.encoding,
    pages: (setup) => pagesHome(home, setup, random),
    giveBack: () => undefined,
    sha256: () => home.ranges.file.sha256,
  };
}

async function* pagesHome(
  { folder, ranges, said, job, identity }: HomeRanges,
  setup: ImportStageSetup,
  random: Random,
): AsyncGenerator<SealedChunks, void, undefined> {
  const columns = mappedFields(job.mapping).length;
  for (const [i, range] of ranges.ranges.entries()) {
    const read = said[i] ?? fail({ code: 'READING_MISSING', ranges: [i + 1] });
    const name = basename(folder.pages(i + 1));
    const sealed = await sealedPages(folder.pages(i + 1), read);
    const left = { rows: read.rows, records: read.records, rejected: read.rejected, blank: read.blank };
    let number = range.page;
    for (const page of rangePages(await openJob(sealed, identity, name, 'READING_CHANGED'), name)) {
      if (page.number !== number++ || !isWhole(page, setup, columns)) fail({ code: 'READING_CHANGED', name });
      for (const count of COUNTS) left[count] -= page.imported[count];
      yield sealedPage(page, setup, random);
    }
    if (number !== range.page + range.pages || COUNTS.some((count) => left[count] !== 0))
      fail({ code: 'READING_CHANGED', name });
  }
}

/** What a worker sealed, which is read only if it is as long as it said. @throws HandoverError READING_CHANGED, FILE_… */
async function sealedPages(path: string, read: ReadRange): Promise<Uint8Array> {
  const file = await openFile(path);
  try {
    const sealed = file.size === read.bytes ? await file.read(0, file.size) : null;
    if (sealed === null || sha256(sealed) !== read.sha256)
      return fail({ code: 'READING_CHANGED', name: basename(path) });
    return sealed;
  } finally {
    await file.close();
  }
}

const COUNTS = ['rows', 'records', 'rejected', 'blank'] as const;

/** Whether a page holds as many records of as many cells as it says, and all that is asked of each. */
function isWhole(page: RangePage, setup: ImportStageSetup, columns: number): boolean {
  const { records } = page.imported;
  if (setup.printing && page.prints.length !== records) return false;
  if (setup.printingPersons && page.persons.length !== records) return false;
  if (setup.spelling && page.spellings.length !== records) return false;
  if (records === 0) return true;
  const text = unpackPage(page.packed, { dataset: setup.dataset, number: page.number });
  let ended = 0;
  let cells = 0;
  for (const byte of text) {
    if (byte === RECORD) ended++;
    else if (byte === CELL) cells++;
  }
  return ended === records && cells === records * (columns - 1) && text[text.length - 1] === RECORD;
}

const RECORD = RECORD_END.charCodeAt(0);
const CELL = CELL_END.charCodeAt(0);

/** A page under the key of its dataset. */
function sealedPage(page: RangePage, setup: ImportStageSetup, random: Random): SealedChunks {
  const { number, bytes, imported, packed, prints, persons, spellings, refused } = page;
  const tags = new Uint8Array(imported.tags);
  return {
    ...{ number, bytes, refused },
    imported: { ...imported, tags, cellCounts: [] },
    sealed: new Uint8Array(sealBytes(packed, { dataset: setup.dataset, number, tags }, setup.key, random)),
    room: NO_ROOM,
    ...{ examined: null, prepared: null, table: null },
    prints: setup.printing ? prints : null,
    persons: setup.printingPersons ? persons : null,
    spellings: setup.spelling ? spellings : null,
  };
}

/** The memory of the chunks is elsewhere. */
const NO_ROOM = new Uint8Array(0);
