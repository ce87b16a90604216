import { TAG_BYTES } from '../../base/tagger.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { LANGS } from '../../messages/lang.js';
import type { ConsentEvent } from '../../policy/consent.js';
import { comparable } from '../../policy/match.js';
import { maskOf } from '../../policy/reasons.js';
import { compileRefusals, mayRefuse } from '../../policy/refusals.js';
import { TagMasks } from '../../policy/tag-masks.js';
import { FATES } from '../../retention/fate.js';
import type { PurgePlan } from '../../retention/purge-plan.js';
import type { Dataset, SubjectMark } from '../../store/rows.js';
import { fates, type PageFates, shareEnds } from '../retention/fates.js';
import type { House } from '../session/house.js';
import { markKind } from '../session/known.js';
import { openRecords } from '../session/stored-records.js';
import { askingOf } from './drawing.js';

/**
 * The no's that stand in records which a plan ends, of persons of whom something stays: what a person said must outlive the file that told
 * it (PIPL-15, law.md §1.3). Kept is the person's tag, the word, when it was said and the file; nothing of a cell. Whoever is gone
 * altogether is in the erasure ledger, which withholds more than a no does.
 */
export async function wordsToKeep(house: House, plan: PurgePlan): Promise<readonly SubjectMark[]> {
  const told = plan.datasets.flatMap(({ dataset: id, shares }) => {
    const dataset = house.workspace.read.dataset(id);
    const isTouched = shares.some(({ purge }) => purge > 0);
    return dataset !== undefined && isTouched && tells(house, plan, dataset) ? [dataset] : [];
  });
  if (told.length === 0) return [];
  const stay = staying(house, plan);
  const marks: SubjectMark[] = [];
  for (const dataset of told) marks.push(...(await wordsIn(house, plan, dataset, stay)));
  return marks;
}

/** Whether a no of this dataset has to outlive it. What a ledger says ends with it, once its time as evidence is over. */
function tells(house: House, plan: PurgePlan, dataset: Dataset): boolean {
  if (dataset.content !== 'cells') return false;
  if (dataset.kind === 'customers') return mayRefuse(dataset.columns);
  const end = shareEnds(house.workspace.read, dataset).evidence?.date;
  return end === undefined || end >= plan.day;
}

/** The persons of whom a plan ends some records and leaves others, by tag. */
function staying(house: House, plan: PurgePlan): TagMasks {
  const purged = new TagMasks();
  const stay = new TagMasks();
  for (const page of pagesOf(house, plan))
    for (const [i, fate] of page.fates.entries())
      if (fate === PURGE) purged.set(page.tags, i * TAG_BYTES, ANY);
  for (const page of pagesOf(house, plan))
    for (const [i, fate] of page.fates.entries())
      if (fate !== PURGE && purged.of(page.tags, i * TAG_BYTES) !== 0)
        stay.set(page.tags, i * TAG_BYTES, ANY);
  return stay;
}

/** Every kept record with its fate: those of datasets that the plan does not touch stay. */
function* pagesOf(house: House, plan: PurgePlan): Generator<PageFates> {
  const { read } = house.workspace;
  const asking = askingOf(house, plan.scope, read.purgeSubjects(plan.purge));
  const touched = new Set(plan.datasets.map(({ dataset }) => dataset));
  for (const dataset of read.datasets()) {
    if (dataset.state !== 'kept') continue;
    if (touched.has(dataset.id)) yield* fates(read, dataset, asking, plan.day);
    else
      for (const page of read.pageTags(dataset.id))
        yield { ...page, shares: new Uint8Array(page.records), fates: new Uint8Array(page.records) };
  }
}

const PURGE = FATES.indexOf('purge');
const ANY = maskOf('ERASED_BEFORE');

async function wordsIn(
  house: House,
  plan: PurgePlan,
  dataset: Dataset,
  stay: TagMasks,
): Promise<readonly SubjectMark[]> {
  const { read } = house.workspace;
  const { vault } = await house.keys();
  const asking = askingOf(house, plan.scope, read.purgeSubjects(plan.purge));
  const refusalsOf = compileRefusals(dataset.kind, dataset.columns, dataset.imported);
  const purposeOf = purposesOf(house);
  const marks: SubjectMark[] = [];
  for (const { number, tags, fates: page } of fates(read, dataset, asking, plan.day)) {
    const wanted = [...page.keys()].filter((i) => page[i] === PURGE && stay.of(tags, i * TAG_BYTES) !== 0);
    const stored = wanted.length === 0 ? undefined : read.page(dataset.id, number);
    if (stored === undefined) continue;
    const records = openRecords(dataset, stored, vault.get(dataset.keyId));
    for (const i of wanted) {
      const tag = tags.slice(i * TAG_BYTES, (i + 1) * TAG_BYTES);
      for (const event of refusalsOf(records[i]?.cells ?? [])) {
        const kind = markKind(event.state);
        if (kind !== null) marks.push(markOf(dataset, tag, kind, event, purposeOf));
      }
    }
  }
  return marks;
}

function markOf(
  { id, imported }: Dataset,
  tag: Uint8Array,
  kind: SubjectMark['kind'],
  { at, purpose }: ConsentEvent,
  purposeOf: (cell: string) => string | null,
): SubjectMark {
  return {
    tag,
    kind,
    purpose: purposeOf(purpose),
    request: null,
    dataset: id,
    time: at === '' ? imported : at,
  };
}

/** The id of the purpose that the deals know by what a cell says; null, which means all of them, for anything else. */
function purposesOf(house: House): (cell: string) => string | null {
  const ids = new Map<string, Set<string>>();
  for (const { bytes } of house.workspace.read.deals())
    for (const purpose of readDealJson(bytes).purposes)
      for (const name of [purpose.id, ...LANGS.map((lang) => purpose[lang])].map(comparable))
        ids.set(name, (ids.get(name) ?? new Set()).add(purpose.id));
  return (cell) => {
    const [id, ...others] = ids.get(comparable(cell)) ?? [];
    return id === undefined || others.length > 0 ? null : id;
  };
}
