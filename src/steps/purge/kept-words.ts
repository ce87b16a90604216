import { TAG_BYTES } from '../../base/tagger.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { LANGS } from '../../messages/lang.js';
import type { ConsentEvent } from '../../policy/consent.js';
import { comparable } from '../../policy/match.js';
import { reasonSet } from '../../policy/reasons.js';
import { compileRefusals, mayRefuse } from '../../policy/refusals.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import { DISPOSITIONS } from '../../retention/disposition.js';
import type { PurgePlan } from '../../retention/purge-plan.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { SubjectMark } from '../../store/persons-rows.js';
import { dispositions, type PageDispositions, shareEnds } from '../retention/dispositions.js';
import { heardTimes } from '../session/clock.js';
import type { Session } from '../session/session.js';
import { markKind } from '../session/known.js';
import { openRecords } from '../session/stored-records.js';
import { purgeSelectionOf } from './draw-up.js';

/**
 * The no's that are in records which a plan ends, of persons of whom something stays: what a person said must outlive the file that told
 * it (PIPL-15, law.md §1.3). Kept is the person's tag, the word, when it was said and the file; nothing of a cell. Whoever is gone
 * altogether is in the erasure ledger, which withholds more than a no does.
 */
export async function wordsToKeep(session: Session, plan: PurgePlan): Promise<readonly SubjectMark[]> {
  const told = plan.datasets.flatMap(({ dataset: id, shares }) => {
    const dataset = session.workspace.read.dataset(id);
    const isTouched = shares.some(({ purge }) => purge > 0);
    return dataset !== undefined && isTouched && tells(session, plan, dataset) ? [dataset] : [];
  });
  if (told.length === 0) return [];
  const stay = staying(session, plan);
  const marks: SubjectMark[] = [];
  for (const dataset of told) marks.push(...(await wordsIn(session, plan, dataset, stay)));
  return marks;
}

/** Whether a no of this dataset has to outlive it. What a ledger says ends with it, once its time as evidence is over. */
function tells(session: Session, plan: PurgePlan, dataset: Dataset): boolean {
  if (dataset.content !== 'cells') return false;
  if (dataset.kind === 'customers') return mayRefuse(dataset.columns);
  const end = shareEnds(session.workspace.read, dataset).evidence?.date;
  return end === undefined || end >= plan.day;
}

/** The persons of whom a plan ends some records and leaves others, by tag. */
function staying(session: Session, plan: PurgePlan): TagReasons {
  const purged = new TagReasons();
  const stay = new TagReasons();
  for (const page of pagesOf(session, plan))
    for (const [i, disposition] of page.dispositions.entries())
      if (disposition === PURGE) purged.set(page.tags, i * TAG_BYTES, ANY);
  for (const page of pagesOf(session, plan))
    for (const [i, disposition] of page.dispositions.entries())
      if (disposition !== PURGE && purged.of(page.tags, i * TAG_BYTES) !== 0)
        stay.set(page.tags, i * TAG_BYTES, ANY);
  return stay;
}

/** Every kept record with its disposition: those of datasets that the plan does not touch stay. */
function* pagesOf(session: Session, plan: PurgePlan): Generator<PageDispositions> {
  const { read } = session.workspace;
  const asking = purgeSelectionOf(session, plan.scope, read.retention.purgeSubjects(plan.purge));
  const touched = new Set(plan.datasets.map(({ dataset }) => dataset));
  for (const dataset of read.datasets()) {
    if (dataset.state !== 'kept') continue;
    if (touched.has(dataset.id)) yield* dispositions(read, dataset, asking, plan.day);
    else
      for (const page of read.pageTags(dataset.id))
        yield { ...page, shares: new Uint8Array(page.records), dispositions: new Uint8Array(page.records) };
  }
}

const PURGE = DISPOSITIONS.indexOf('purge');
const ANY = reasonSet('ERASED_BEFORE');

async function wordsIn(
  session: Session,
  plan: PurgePlan,
  dataset: Dataset,
  stay: TagReasons,
): Promise<readonly SubjectMark[]> {
  const { read } = session.workspace;
  const { vault } = await session.keys();
  const asking = purgeSelectionOf(session, plan.scope, read.retention.purgeSubjects(plan.purge));
  const refusalsOf = compileRefusals(
    dataset.kind,
    dataset.columns,
    heardTimes(read).get(dataset.id) ?? dataset.imported,
  );
  const purposeOf = purposesOf(session);
  const marks: SubjectMark[] = [];
  for (const { number, tags, dispositions: page } of dispositions(read, dataset, asking, plan.day)) {
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
function purposesOf(session: Session): (cell: string) => string | null {
  const ids = new Map<string, Set<string>>();
  for (const { bytes } of session.workspace.read.deals())
    for (const purpose of readDealJson(bytes).purposes)
      for (const name of [purpose.id, ...LANGS.map((lang) => purpose[lang])].map(comparable))
        ids.set(name, (ids.get(name) ?? new Set()).add(purpose.id));
  return (cell) => {
    const [id, ...others] = ids.get(comparable(cell)) ?? [];
    return id === undefined || others.length > 0 ? null : id;
  };
}
