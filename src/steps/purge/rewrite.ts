import type { SecretKey } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { sortedOnce } from '../../bundle/tags.js';
import { fail } from '../../messages/error.js';
import { DISPOSITIONS } from '../../retention/disposition.js';
import {
  type PlanDataset,
  type PurgePlan,
  planTotals,
  purgePlanDigest,
  sumDispositions,
} from '../../retention/purge-plan.js';
import { TagList } from '../../retention/tag-list.js';
import { type Dataset, isKeptApart } from '../../store/dataset-rows.js';
import type { SubjectMark } from '../../store/persons-rows.js';
import type { Writer } from '../../store/workspace.js';
import { dispositions, lastEvidence } from '../retention/dispositions.js';
import type { Session } from '../session/session.js';
import { openPool, type Pool } from '../workers/pool.js';
import type { ResealInput } from '../workers/stages/reseal.js';
import { purgeSelectionOf } from './draw-up.js';
import { keepProofs } from './kept-proofs.js';
import { wordsToKeep } from './kept-words.js';
import { takeStatistics } from './statistics.js';

/** Tags in one page of the erasure ledger. */
const LEDGER_PAGE = 4096;

/** Datasets of which something stays, and which therefore need a fresh key. */
export function needsFreshKey({ shares }: PlanDataset): boolean {
  const { purge, stays, held, frozen } = sumDispositions(shares);
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
  session: Session,
  plan: PurgePlan,
  freshKeys: Readonly<Record<string, string>>,
): Promise<void> {
  const { vault } = await session.keys();
  const totals = planTotals(plan);
  const touched = touchedBy(session, plan);
  const words = await wordsToKeep(session, plan);
  const statistics = plan.statistics === true ? await takeStatistics(session, plan) : [];
  const pool = resealPool(touched);
  const gone = new Gone(totals.purge);
  const { progress } = session.runtime;
  progress.start('purge', recordsIn(touched));
  try {
    await session.recording('replacing', async (write) => {
      const proofs = await proofsKept(session, write, plan, freshKeys);
      for (const { drawn, dataset } of touched) {
        const fresh = freshKeys[dataset.id];
        if (fresh === undefined) emptyDataset(session, write, plan, dataset, gone);
        else
          await resealDataset(session, write, plan, dataset, gone, pool, {
            from: vault.get(dataset.keyId),
            to: vault.get(fresh),
          });
        keepOutcome(write, drawn, dataset, fresh);
      }
      // The threads' memory is needed for sorting.
      await pool.close();
      const persons = goneForGood(session, gone);
      keepErased(write, plan, persons);
      const forgotten = keepWords(session, write, plan, words);
      for (const { dataset, counts } of statistics)
        write.retention.addStatistic({ purge: plan.purge, dataset, counts });
      write.retention.setPurgeState(plan.purge, 'erased');
      return {
        event: {
          action: 'purge-rewritten',
          objects: { purge: plan.purge, plan: purgePlanDigest(plan) },
          details: {
            ...totals,
            persons: persons.length / TAG_BYTES,
            ...countOf(plan, statistics, words),
            ...(proofs === 0 ? {} : { proofs }),
            ...(forgotten === 0 ? {} : { forgotten }),
          },
        },
        result: undefined,
      };
    });
  } finally {
    progress.end();
    await pool.close();
  }
}

function recordsIn(touched: ReturnType<typeof touchedBy>): number {
  return touched.reduce((sum, { drawn }) => sum + recordsOf(drawn), 0);
}

/** Threads enough for what is sealed again. */
function resealPool(touched: ReturnType<typeof touchedBy>): Pool {
  return openPool(
    touched.reduce((sum, { dataset }) => sum + dataset.bytes, 0),
    'reseal',
  );
}

/** Proofs of the datasets of a {@link PurgePlan} are under a key that is none of those datasets'. */
async function proofsKept(
  session: Session,
  write: Writer,
  plan: PurgePlan,
  freshKeys: Readonly<Record<string, string>>,
): Promise<number> {
  const [id] = Object.keys(freshKeys).filter((key) => !plan.datasets.some(({ dataset }) => dataset === key));
  const keyId = id === undefined ? undefined : freshKeys[id];
  return id === undefined || keyId === undefined ? 0 : keepProofs(session, write, plan, id, keyId);
}

/** How many datasets were counted before, where that was asked for, and how many no's were kept, if there were any. */
function countOf({ statistics }: PurgePlan, taken: readonly unknown[], words: readonly unknown[]) {
  return {
    ...(statistics === true ? { statistics: taken.length } : {}),
    ...(words.length === 0 ? {} : { words: words.length }),
  };
}

/**
 * What purged files said of persons outlives them, until the time is over in which the last handover can be disputed.
 *
 * @returns how many words are forgotten
 */
function keepWords(
  session: Session,
  write: Writer,
  { day }: PurgePlan,
  words: readonly SubjectMark[],
): number {
  for (const word of words) write.persons.addSubjectMark(word);
  const end = lastEvidence(session.workspace.read);
  return end !== null && end.date < day ? write.persons.removeMarksOfPurged() : 0;
}

/** The datasets of which records are purged, as drawn and as they are. */
function touchedBy(session: Session, plan: PurgePlan) {
  return plan.datasets.filter(isTouched).flatMap((drawn) => {
    const dataset = session.workspace.read.dataset(drawn.dataset);
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
  const purged = purgedBefore(dataset) + sumDispositions(shares).purge;
  write.setDatasetKey(dataset.id, fresh ?? dataset.keyId, fresh === undefined ? 'purged' : 'kept');
  write.setDatasetCounts(dataset.id, { ...dataset.counts, purged });
}

/** @param persons tags of everybody of whom nothing stays */
function keepErased(write: Writer, { purge }: PurgePlan, persons: Uint8Array): void {
  for (let at = 0, number = 0; at < persons.length; at += LEDGER_PAGE * TAG_BYTES, number++)
    write.retention.addErased(purge, { number, tags: persons.subarray(at, at + LEDGER_PAGE * TAG_BYTES) });
}

function recordsOf({ shares }: PlanDataset): number {
  const { purge, frozen, held, stays } = sumDispositions(shares);
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

const PURGE = DISPOSITIONS.indexOf('purge');

/** A page and what becomes of it. */
interface Cut {
  /** One byte a record, 1 where it stays. */
  readonly keep: Uint8Array;
  readonly staying: number;
}

function* cuts(
  session: Session,
  plan: PurgePlan,
  dataset: Dataset,
  gone: Gone,
): Generator<Cut & { readonly number: number }> {
  const { read } = session.workspace;
  const asking = purgeSelectionOf(session, plan.scope, read.retention.purgeSubjects(plan.purge));
  for (const { number, records, tags, dispositions: page } of dispositions(read, dataset, asking, plan.day)) {
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

function emptyDataset(session: Session, write: Writer, plan: PurgePlan, dataset: Dataset, gone: Gone): void {
  for (const { number, keep } of cuts(session, plan, dataset, gone)) {
    session.runtime.signal.throwIfAborted();
    write.replacePage(
      { dataset: dataset.id, number, records: 0, sealed: NOTHING, tags: NOTHING },
      verdictsOf(session, dataset, number, keep),
    );
    session.runtime.progress.advance(keep.length);
  }
}

async function resealDataset(
  session: Session,
  write: Writer,
  plan: PurgePlan,
  dataset: Dataset,
  gone: Gone,
  pool: Pool,
  keys: { readonly from: SecretKey; readonly to: SecretKey },
): Promise<void> {
  const { read } = session.workspace;
  const underWay = new Map<number, Uint8Array>();
  function* inputs(): Generator<ResealInput> {
    for (const { number, keep, staying } of cuts(session, plan, dataset, gone)) {
      const page = read.page(dataset.id, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
      underWay.set(number, keep.slice());
      yield { ...page, keep: staying === keep.length ? null : keep };
    }
  }
  const setup = { dataset: dataset.id, content: dataset.content, ...keys };
  for await (const page of pool.map('reseal', setup, inputs())) {
    session.runtime.signal.throwIfAborted();
    const keep = underWay.get(page.number) ?? NOTHING;
    underWay.delete(page.number);
    write.replacePage({ dataset: dataset.id, ...page }, verdictsOf(session, dataset, page.number, keep));
    session.runtime.progress.advance(keep.length);
  }
}

/** What stays of the verdicts of every check of a dataset. */
function verdictsOf(session: Session, dataset: Dataset, number: number, keep: Uint8Array) {
  const { read } = session.workspace;
  return read.checksOf(dataset.id).flatMap(({ id }) => {
    const page = read.checkPage(id, dataset.id, number);
    if (page === undefined) return [];
    const stays = page.stays.length === 0 ? page.stays : wordsKept(page.stays, keep);
    return [{ check: id, reasonSets: wordsKept(page.reasonSets, keep), stays }];
  });
}

function wordsKept(reasonSets: Uint8Array, keep: Uint8Array): Uint8Array {
  const kept = new Uint8Array(reasonSets.length);
  let filled = 0;
  for (const [i, one] of keep.entries()) {
    if (one === 0) continue;
    kept.set(reasonSets.subarray(i * 4, i * 4 + 4), filled);
    filled += 4;
  }
  return kept.slice(0, filled);
}

/** The tags of everybody of whom nothing stays in the workspace, or only what is kept apart, sorted. */
function goneForGood(session: Session, gone: Gone): Uint8Array {
  const { read } = session.workspace;
  const list = new TagList(sortedOnce(gone.tags()));
  for (const { id } of read.datasets().filter((dataset) => dataset.state === 'kept' && !isKeptApart(dataset)))
    for (const { tags } of read.pageTags(id)) list.strike(tags);
  return list.left();
}
