import { hex } from '../../base/bytes.js';
import { TAG_BYTES } from '../../base/tagger.js';
import type { Instant } from '../../base/time.js';
import { readNotice } from '../../bundle/notice.js';
import { dealDigest, readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { JudgedPage } from '../../policy/page-sets.js';
import { HANDED_OVER } from '../../policy/reasons.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import type { Reader } from '../../store/reader.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { datasetFields } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import { dealKeys } from '../session/tag-keys.js';
import type { Pool } from '../workers/pool.js';
import type { PrintedLines } from '../workers/stages/lines.js';
import type { SealInput } from '../workers/stages/seal.js';

/**
 * The bundles of a deal, under whatever version, that took persons to the buyer: a bundle without a receipt counts, because the next adds to
 * it. In the order of their numbers.
 */
export function sentUnder(read: Reader, deal: string): readonly StoredBundle[] {
  return read
    .bundles()
    .filter(
      ({ direction, state, deal: digest }) =>
        direction === 'out' &&
        (state === 'exported' || state === 'accepted') &&
        read.deal(digest)?.id === deal,
    )
    .sort((a, b) => a.number - b.number);
}

/** A customer file with the verdicts of each page, which are changed here. */
interface JudgedFile {
  readonly dataset: Dataset;
  readonly pages: readonly JudgedPage[];
}

/** A page from which persons went in a bundle. */
interface Source {
  readonly bundle: StoredBundle;
  readonly dataset: Dataset;
  readonly number: number;
  readonly reasonSets: Uint8Array;
  /** What stayed of each record; empty if nothing did of any. */
  readonly stays: Uint32Array;
}

/** Who went in earlier bundles, and from which page last. */
class Gone {
  readonly sources: Source[] = [];
  readonly #last = new TagReasons();

  constructor(read: Reader, bundles: readonly StoredBundle[]) {
    for (const bundle of bundles) for (const source of sourcesOf(read, bundle)) this.#add(source);
  }

  /** The page from which the person whose tag is at `offset` went last; undefined for somebody who did not go. */
  of(tags: Uint8Array, offset: number): Source | undefined {
    const at = this.#last.of(tags, offset);
    return at === 0 ? undefined : this.sources[at - 1];
  }

  #add({ tags, ...source }: Source & { readonly tags: Uint8Array }): void {
    this.sources.push(source);
    const reasonSets = wordsOf(source.reasonSets);
    for (let i = 0; i < reasonSets.length; i++)
      if (reasonSets[i] === 0) this.#last.set(tags, i * TAG_BYTES, this.sources.length);
  }
}

function* sourcesOf(read: Reader, bundle: StoredBundle): Generator<Source & { readonly tags: Uint8Array }> {
  const check = bundle.check === null ? undefined : read.check(bundle.check);
  for (const id of check?.datasets ?? []) {
    const dataset = read.dataset(id);
    if (check === undefined || dataset?.state !== 'kept') continue;
    for (const { number, tags } of read.pageTags(id)) {
      const page = read.checkPage(check.id, id, number);
      if (page === undefined) continue;
      const { reasonSets, stays } = page;
      yield { bundle, dataset, number, reasonSets, stays: wordsOf(stays), tags };
    }
  }
}

/**
 * Sets apart, among those who may go, whom an earlier bundle of the deal handed over with the very line that would go now: they are with the
 * buyer already. Whom the buyer was told to end since is new to it.
 *
 * @returns how many of those who go an earlier bundle handed over with another line
 */
export async function setApartHandedOver(
  session: Session,
  terms: Terms,
  files: readonly JudgedFile[],
  pool: Pool,
): Promise<number> {
  const { read } = session.workspace;
  const gone = new Gone(read, sentUnder(read, terms.id));
  if (gone.sources.length === 0) return 0;
  const ended = endedUnder(read, terms.id);
  const compared = compareByPlace(read, { terms, files, gone, isAnyEnded: ended.size > 0 });
  if (compared.size === 0) return 0;
  const former = await formerLines(session, gone, compared, pool);
  let corrected = 0;
  for (const { dataset, pages } of files) {
    const reasonsOf = new Map(pages.map(({ number, reasonSets }) => [number, reasonSets]));
    const wanted = pages.filter(({ number }) => compared.has(nameOf(dataset, number)));
    const inputs = wanted.map(({ number, reasonSets, stays }) => ({
      number,
      reasonSets: new Uint8Array(reasonSets.words().buffer),
      stays: stays === null ? new Uint8Array() : new Uint8Array(stays.words().buffer),
    }));
    for await (const page of linesOf(session, { terms, dataset, pages: inputs }, pool)) {
      const reasonSets = reasonsOf.get(page.number) ?? damaged();
      for (const [i, print] of page.prints.entries()) {
        const source = print === 0 ? undefined : gone.of(page.tags, i * TAG_BYTES);
        if (source === undefined || isEnded(ended, page, i, source)) continue;
        if (former.of(page.tags, i * TAG_BYTES) === print) reasonSets.put(i, HANDED_OVER);
        else corrected++;
      }
    }
  }
  return corrected;
}

/**
 * Sets apart, without opening a page, who went from the very record, whole or in part, and under the very terms by which they would go now.
 *
 * @returns the pages that have to be opened, those of today and those from which persons went
 */
function compareByPlace(read: Reader, { terms, files, gone, isAnyEnded }: Comparing): ReadonlySet<string> {
  const digest = dealDigest(terms);
  const compared = new Set<string>();
  for (const { dataset, pages } of files) {
    const judged = new Map(pages.map((page) => [page.number, page]));
    for (const { number, tags } of read.pageTags(dataset.id)) {
      const { reasonSets, stays } = judged.get(number) ?? damaged();
      for (let i = 0; i < reasonSets.length; i++) {
        const source = reasonSets.at(i) === 0 ? gone.of(tags, i * TAG_BYTES) : undefined;
        if (source === undefined) continue;
        const isSame =
          source.dataset.id === dataset.id && source.number === number && source.bundle.deal === digest;
        // The same record is another line where something of it stays now that went then, or the other way round.
        const stayed = source.stays[i] ?? 0;
        if (isSame && stayed === (stays?.at(i) ?? 0) && !isAnyEnded) reasonSets.put(i, HANDED_OVER);
        else compared.add(nameOf(dataset, number)).add(nameOf(source.dataset, source.number, source.bundle));
      }
    }
  }
  return compared;
}

interface Comparing {
  readonly terms: Terms;
  readonly files: readonly JudgedFile[];
  readonly gone: Gone;
  /** Whether the buyer was told to end anybody: then every record has to be looked at. */
  readonly isAnyEnded: boolean;
}

function nameOf({ id }: Dataset, number: number, bundle?: StoredBundle): string {
  return bundle === undefined ? `${id} ${number}` : `${id} ${number} ${bundle.id}`;
}

/** What left of each person last, as far as the pages have to be compared. */
async function formerLines(
  session: Session,
  gone: Gone,
  compared: ReadonlySet<string>,
  pool: Pool,
): Promise<TagReasons> {
  const { read } = session.workspace;
  const prints = new TagReasons();
  const wanted = gone.sources.filter(({ dataset, number, bundle }) =>
    compared.has(nameOf(dataset, number, bundle)),
  );
  const groups = new Map<string, Source[]>();
  for (const source of wanted) {
    const name = nameOf(source.dataset, 0, source.bundle);
    groups.set(name, [...(groups.get(name) ?? []), source]);
  }
  for (const sources of groups.values()) {
    const [{ dataset, bundle } = damaged()] = sources;
    const terms = readDealJson((read.deal(bundle.deal) ?? damaged()).bytes);
    const pages = sources.map(({ number, reasonSets, stays }) => ({
      number,
      reasonSets: new Uint8Array(reasonSets),
      stays: new Uint8Array(bytesOf(stays)),
    }));
    for await (const page of linesOf(session, { terms, dataset, pages }, pool))
      for (const [i, print] of page.prints.entries()) {
        const last = print === 0 ? undefined : gone.of(page.tags, i * TAG_BYTES);
        const isLast =
          last?.bundle.id === bundle.id && last.dataset.id === dataset.id && last.number === page.number;
        if (isLast) prints.set(page.tags, i * TAG_BYTES, print);
      }
  }
  return prints;
}

interface Lines {
  readonly terms: Terms;
  readonly dataset: Dataset;
  readonly pages: readonly Pick<SealInput, 'number' | 'reasonSets' | 'stays'>[];
}

async function* linesOf(
  session: Session,
  { terms, dataset, pages }: Lines,
  pool: Pool,
): AsyncGenerator<PrintedLines> {
  if (pages.length === 0) return;
  const { read } = session.workspace;
  const { vault } = await session.keys();
  const keys = await dealKeys(session, terms);
  const own = { dataset: dataset.id, key: vault.get(dataset.keyId), columns: datasetFields(dataset) };
  function* inputs(): Generator<SealInput> {
    for (const { number, reasonSets, stays } of pages) {
      const { sealed, tags } = read.page(dataset.id, number) ?? damaged();
      yield { number, sealed, tags, reasonSets, stays };
    }
  }
  for await (const page of pool.map('lines', { ...own, terms, ...keys }, inputs())) {
    session.runtime.signal.throwIfAborted();
    yield page;
  }
}

/** Whom notices told the buyer to end, for one purpose or for all, by tag under the deal, and when last. */
function endedUnder(read: Reader, deal: string): ReadonlyMap<string, Instant> {
  const ended = new Map<string, Instant>();
  for (const { direction, deal: digest, bytes } of read.persons.notices()) {
    if (direction !== 'out' || read.deal(digest)?.id !== deal) continue;
    const { kind, subjects, issued } = readNotice(bytes);
    if (kind === 'correction' || kind === 'abort') continue;
    for (const subject of subjects) if ((ended.get(subject) ?? '') < issued) ended.set(subject, issued);
  }
  return ended;
}

/** Whether the buyer was told to end the record of a person after it had got it. */
function isEnded(
  ended: ReadonlyMap<string, Instant>,
  { subjects }: PrintedLines,
  record: number,
  { bundle }: Source,
): boolean {
  if (ended.size === 0) return false;
  const subject = hex(subjects.subarray(record * TAG_BYTES, (record + 1) * TAG_BYTES));
  return (ended.get(subject) ?? '') >= bundle.time;
}

function wordsOf(reasonSets: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(reasonSets).buffer);
}

function bytesOf(reasonSets: Uint32Array): Uint8Array {
  return new Uint8Array(reasonSets.buffer, reasonSets.byteOffset, reasonSets.byteLength);
}

function damaged(): never {
  return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}
