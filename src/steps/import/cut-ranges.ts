import type { Sha256 } from '../../base/crypto.js';
import type { Range } from '../../bundle/ranges.js';
import type { Encoding } from '../../dataset/encoding.js';
import type { Progress } from '../../report/progress.js';
import { readBlocks } from '../../store/files.js';
import type { SourcePage } from '../workers/stages/import.js';
import type { CutSizes } from './page-cutter.js';
import { pageDigest, rangeDigest } from './range-digest.js';
import { type SourceFile, SourceReading } from './source-file.js';

/** A file in ranges. */
export interface CutFile {
  readonly ranges: readonly Range[];
  readonly sha256: Sha256;
}

/** A page is half a MiB of the file: so many make some seconds of work. */
const PAGES_OF_RANGE = 32;
/** What came of a range is in memory whole. */
const PAGES_AT_MOST = 256;
/** Fewer than there may be. */
const RANGES_BEFORE_LONGER = 8000;

interface CutPage {
  /** Bytes of its text, and line ends in it. */
  readonly bytes: number;
  readonly ends: number;
  readonly line: number;
  readonly chunk: number;
  readonly sha256: Sha256;
}

/** How a file is cut. */
export interface CutOrder {
  /** About how many ranges; null for as many as make a good size. */
  readonly ranges: number | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly sizes?: CutSizes;
}

/**
 * Cuts a file into ranges of whole pages. Where records end shows only to whoever reads all quotes from the begin, so the file is gone through
 * once; nothing of it is made sense of.
 *
 * @throws HandoverError CSV_QUOTE_OPEN, CSV_RECORD_TOO_LONG, FILE_…
 */
export async function cutRanges(source: SourceFile, order: CutOrder): Promise<CutFile> {
  const { progress, signal, sizes } = order;
  const reading = new SourceReading(source, sizes);
  const isTurned = reading.encoding !== source.opening.encoding;
  const pages: CutPage[] = [];
  progress.start('read', source.bytes);
  try {
    for await (const page of reading.pages()) {
      signal.throwIfAborted();
      const cut = cutPage(page, isTurned);
      pages.push(cut);
      reading.giveBack(page.room);
      progress.advance(cut.bytes);
    }
  } finally {
    progress.end();
  }
  const size = sizeOf(pages.length, order.ranges);
  const groups = Array.from({ length: Math.ceil(pages.length / size) }, (_, i) =>
    pages.slice(i * size, (i + 1) * size),
  );
  const begins = await beginsOf(source, groups, isTurned);
  const ranges = groups.map((group, i): Range => {
    const from = begins[i] ?? 0;
    const [first] = group;
    return {
      from,
      bytes: (begins[i + 1] ?? source.bytes) - from,
      line: first?.line ?? 1,
      chunk: first?.chunk ?? 0,
      page: i * size,
      pages: group.length,
      sha256: rangeDigest(group.map((page) => page.sha256)),
    };
  });
  return { ranges, sha256: reading.sha256() };
}

/** How many pages a range has. */
function sizeOf(pages: number, wanted: number | null): number {
  const least = Math.ceil(pages / RANGES_BEFORE_LONGER);
  const asked = wanted === null ? PAGES_OF_RANGE : Math.ceil(pages / wanted);
  return Math.min(PAGES_AT_MOST, Math.max(least, asked, 1));
}

function cutPage({ chunks }: SourcePage, isTurned: boolean): CutPage {
  const [first] = chunks;
  return {
    bytes: chunks.reduce((sum, { bytes }) => sum + bytes.length, 0),
    ends: isTurned ? chunks.reduce((sum, { bytes }) => sum + countEnds(bytes), 0) : 0,
    line: first?.firstLine ?? 1,
    chunk: first?.index ?? 0,
    sha256: pageDigest({ chunks }),
  };
}

/** Where each range begins in the file. */
async function beginsOf(
  { path, opening: { encoding, bom } }: SourceFile,
  groups: readonly (readonly CutPage[])[],
  isTurned: boolean,
): Promise<readonly number[]> {
  const sums = (each: (page: CutPage) => number): readonly number[] => {
    let sum = 0;
    return groups.map((group) => {
      const before = sum;
      for (const page of group) sum += each(page);
      return before;
    });
  };
  if (!isTurned) return sums(({ bytes }) => bytes).map((before) => bom + before);
  return placesBehind(
    { path, encoding, bom },
    sums(({ ends }) => ends),
  );
}

const LF = 0x0a;
const CR = 0x0d;

function countEnds(bytes: Uint8Array): number {
  let ends = 0;
  for (const byte of bytes) if (byte === LF || byte === CR) ends++;
  return ends;
}

/**
 * The places in a file that is turned into UTF-8 to be cut: a page ends behind a line end, of which there are as many in the file as in the
 * text.
 *
 * @param wanted behind so many line ends each, in ascending order
 */
async function placesBehind(
  { path, encoding, bom }: { readonly path: string; readonly encoding: Encoding; readonly bom: number },
  wanted: readonly number[],
): Promise<readonly number[]> {
  const places: number[] = [];
  const step = encoding.startsWith('utf-16') ? 2 : 1;
  const [low, high] = encoding === 'utf-16be' ? [1, 0] : [0, 1];
  let ends = 0;
  let base = 0;
  const note = (place: number): void => {
    while (places.length < wanted.length && wanted[places.length] === ends) places.push(place);
  };
  note(bom);
  for await (const block of readBlocks(path)) {
    for (let at = 0; at + step <= block.length && places.length < wanted.length; at += step) {
      const unit = block[at + (step === 2 ? low : 0)];
      if ((unit !== LF && unit !== CR) || (step === 2 && block[at + high] !== 0)) continue;
      ends++;
      note(base + at + step);
    }
    base += block.length;
  }
  return places;
}
