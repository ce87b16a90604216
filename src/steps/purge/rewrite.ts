import type { SecretKey } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { sortedOnce } from '../../bundle/tags.js';
import { fail } from '../../messages/error.js';
import { FATES } from '../../retention/fate.js';
import {
  type PlanDataset,
  type PurgePlan,
  planTotals,
  purgePlanDigest,
  sumFates,
} from '../../retention/purge-plan.js';
import { TagList } from '../../retention/tag-list.js';
import type { Dataset } from '../../store/rows.js';
import type { Writer } from '../../store/workspace.js';
import { fates } from '../retention/fates.js';
import type { House } from '../session/house.js';
import { openPool, type Pool } from '../workers/pool.js';
import type { ResealInput } from '../workers/stages/reseal.js';
import { askingOf } from './drawing.js';
import { takeStatistics } from './statistics.js';

/** Tags in one page of the erasure ledger. */
const LEDGER_PAGE = 4096;

/** Datasets of which something stays, and which therefore need a fresh key. */
export function needsFreshKey({ shares }: PlanDataset): boolean {
  const { purge, stays, held, frozen } = sumFates(shares);
  return purge > 0 && stays + held + frozen > 0;
}

/** Whether anything of a dataset is purged. */
export function isTouched({ shares }: PlanDataset): boolean {
  return shares.some(({ purge }) => purge > 0);
}

/**
 * Takes the records out of the database, in one change with one event: what stays of each touched dataset is sealed again under its fresh
 * key, the verdicts of every check follow, and whoever is gone from the whole workspace goes into the erasure ledger. Killed at any point
 * it leaves everything as it was.
 */
export async function rewriteStore(
  house: House,
  plan: PurgePlan,
  freshKeys: Readonly<Record<string, string>>,
): Promise<void> {
  const { vault } = await house.keys();
  const totals = planTotals(plan);
  const touched = touchedBy(house, plan);
  const statistics = plan.statistics === true ? await takeStatistics(house, plan) : [];
  const pool = openPool(
    touched.reduce((sum, { dataset }) => sum + dataset.bytes, 0),
    'reseal',
  );
  const gone = new Gone(totals.purge);
  const { progress } = house.around;
  progress.start(
    'purge',
    touched.reduce((sum, { drawn }) => sum + recordsOf(drawn), 0),
  );
  try {
    await house.recording('replacing', async (write) => {
      for (const { drawn, dataset } of touched) {
        const fresh = freshKeys[dataset.id];
        if (fresh === undefined) emptyDataset(house, write, plan, dataset, gone);
        else
          await resealDataset(house, write, plan, dataset, gone, pool, {
            from: vault.get(dataset.keyId),
            to: vault.get(fresh),
          });
        keepOutcome(write, drawn, dataset, fresh);
      }
      // The threads' memory is needed for sorting.
      await pool.close();
      const persons = goneForGood(house, gone);
      keepErased(write, plan, persons);
      for (const { dataset, counts } of statistics)
        write.addStatistic({ purge: plan.purge, dataset, counts });
      write.setPurgeState(plan.purge, 'erased');
      return {
        event: {
          action: 'purge-rewritten',
          objects: { purge: plan.purge, plan: purgePlanDigest(plan) },
          details: { ...totals, persons: persons.length / TAG_BYTES, ...countOf(plan, statistics) },
        },
        result: undefined,
      };
    });
  } finally {
    progress.end();
    await pool.close();
  }
}

/** How many datasets were counted before, where that was asked for. */
function countOf({ statistics }: PurgePlan, taken: readonly unknown[]) {
  return statistics === true ? { statistics: taken.length } : {};
}

/** The datasets of which records are purged, as drawn and as they are. */
function touchedBy(house: House, plan: PurgePlan) {
  return plan.datasets.filter(isTouched).flatMap((drawn) => {
    const dataset = house.workspace.read.dataset(drawn.dataset);
    return dataset === undefined ? [] : [{ drawn, dataset }];
  });
}

/** @param fresh id of the key under which the rest is sealed; undefined where nothing is left */
function keepOutcome(
  write: Writer,
  { shares }: PlanDataset,
  dataset: Dataset,
  fresh: string | undefined,
): void {
  const purged = purgedBefore(dataset) + sumFates(shares).purge;
  write.setDatasetKey(dataset.id, fresh ?? dataset.keyId, fresh === undefined ? 'purged' : 'kept');
  write.setDatasetCounts(dataset.id, { ...dataset.counts, purged });
}

/** @param persons tags of everybody of whom nothing stays */
function keepErased(write: Writer, { purge }: PurgePlan, persons: Uint8Array): void {
  for (let at = 0, number = 0; at < persons.length; at += LEDGER_PAGE * TAG_BYTES, number++)
    write.addErased(purge, { number, tags: persons.subarray(at, at + LEDGER_PAGE * TAG_BYTES) });
}

function recordsOf({ shares }: PlanDataset): number {
  const { purge, frozen, held, stays } = sumFates(shares);
  return purge + frozen + held + stays;
}

function purgedBefore({ counts }: Dataset): number {
  const { purged } = counts;
  return typeof purged === 'number' ? purged : 0;
}

/** The tags of purged records, packed. */
class Gone {
  readonly #tags: Uint8Array;
  #filled = 0;

  constructor(records: number) {
    this.#tags = new Uint8Array(records * TAG_BYTES);
  }

  add(tags: Uint8Array, record: number): void {
    this.#tags.set(tags.subarray(record * TAG_BYTES, (record + 1) * TAG_BYTES), this.#filled);
    this.#filled += TAG_BYTES;
  }

  tags(): Uint8Array {
    return this.#tags.subarray(0, this.#filled);
  }
}

const PURGE = FATES.indexOf('purge');

/** A page and what becomes of it. */
interface Cut {
  /** One byte a record, 1 where it stays. */
  readonly keep: Uint8Array;
  readonly staying: number;
}

function* cuts(
  house: House,
  plan: PurgePlan,
  dataset: Dataset,
  gone: Gone,
): Generator<Cut & { readonly number: number }> {
  const { read } = house.workspace;
  const asking = askingOf(house, plan.scope, read.purgeSubjects(plan.purge));
  for (const { number, records, tags, fates: page } of fates(read, dataset, asking, plan.day)) {
    const keep = new Uint8Array(records);
    let staying = 0;
    for (let i = 0; i < records; i++) {
      if (page[i] === PURGE) gone.add(tags, i);
      else {
        keep[i] = 1;
        staying++;
      }
    }
    yield { number, keep, staying };
  }
}

const NOTHING = new Uint8Array(0);

function emptyDataset(house: House, write: Writer, plan: PurgePlan, dataset: Dataset, gone: Gone): void {
  for (const { number, keep } of cuts(house, plan, dataset, gone)) {
    house.around.signal.throwIfAborted();
    write.replacePage(
      { dataset: dataset.id, number, records: 0, sealed: NOTHING, tags: NOTHING },
      verdictsOf(house, dataset, number, keep),
    );
    house.around.progress.advance(keep.length);
  }
}

async function resealDataset(
  house: House,
  write: Writer,
  plan: PurgePlan,
  dataset: Dataset,
  gone: Gone,
  pool: Pool,
  keys: { readonly from: SecretKey; readonly to: SecretKey },
): Promise<void> {
  const { read } = house.workspace;
  const underWay = new Map<number, Uint8Array>();
  function* inputs(): Generator<ResealInput> {
    for (const { number, keep, staying } of cuts(house, plan, dataset, gone)) {
      const page = read.page(dataset.id, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
      underWay.set(number, keep.slice());
      yield { ...page, keep: staying === keep.length ? null : keep };
    }
  }
  const setup = { dataset: dataset.id, content: dataset.content, ...keys };
  for await (const page of pool.map('reseal', setup, inputs())) {
    house.around.signal.throwIfAborted();
    const keep = underWay.get(page.number) ?? NOTHING;
    underWay.delete(page.number);
    write.replacePage({ dataset: dataset.id, ...page }, verdictsOf(house, dataset, page.number, keep));
    house.around.progress.advance(keep.length);
  }
}

/** What stays of the verdicts of every check of a dataset. */
function verdictsOf(house: House, dataset: Dataset, number: number, keep: Uint8Array) {
  const { read } = house.workspace;
  return read.checksOf(dataset.id).flatMap(({ id }) => {
    const page = read.checkPage(id, dataset.id, number);
    if (page === undefined) return [];
    const stays = page.stays.length === 0 ? page.stays : wordsKept(page.stays, keep);
    return [{ check: id, masks: wordsKept(page.masks, keep), stays }];
  });
}

function wordsKept(masks: Uint8Array, keep: Uint8Array): Uint8Array {
  const kept = new Uint8Array(masks.length);
  let filled = 0;
  for (const [i, one] of keep.entries()) {
    if (one === 0) continue;
    kept.set(masks.subarray(i * 4, i * 4 + 4), filled);
    filled += 4;
  }
  return kept.slice(0, filled);
}

/** The tags of everybody of whom nothing stays in the workspace, sorted. */
function goneForGood(house: House, gone: Gone): Uint8Array {
  const { read } = house.workspace;
  const list = new TagList(sortedOnce(gone.tags()));
  for (const { id } of read.datasets().filter(({ state }) => state === 'kept'))
    for (const { tags } of read.pageTags(id)) list.strike(tags);
  return list.left();
}
