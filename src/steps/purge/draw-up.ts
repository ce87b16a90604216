import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { concat, utf8 } from '../../base/bytes.js';
import { type Sha256, sha256 } from '../../base/crypto.js';
import { TAG_BYTES, tagText } from '../../base/tagger.js';
import type { CalendarDate, Instant } from '../../base/time.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { sortedOnce } from '../../bundle/tags.js';
import { fail } from '../../messages/error.js';
import { CLEAR_KINDS, type ClearKind, isOfKind } from '../../messages/limits.js';
import { DISPOSITIONS, SHARES, type Share } from '../../retention/disposition.js';
import { TagList } from '../../retention/tag-list.js';
import { isFurtherTable } from '../../messages/tables.js';
import {
  type PlanDataset,
  type PlanFile,
  type PlanScope,
  type PlanShare,
  PURGE_PLAN_FORMAT,
  type PurgePlan,
} from '../../retention/purge-plan.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import { type Dataset, isKeptApart, type RememberedFile } from '../../store/dataset-rows.js';
import type { Restraint } from '../../store/retention-rows.js';
import { digestOf } from '../../store/whole-file.js';
import {
  type PurgeSelection,
  dispositions,
  DUE_ONLY,
  type PageDispositions,
  shareEnds,
} from '../retention/dispositions.js';
import type { Session } from '../session/session.js';

/** What a plan asks to be purged whatever its date. */
export function purgeSelectionOf(session: Session, scope: PlanScope, tags: Uint8Array): PurgeSelection {
  switch (scope.kind) {
    case 'due':
      return DUE_ONLY;
    case 'handed-over':
    case 'kept-back':
      return { ...DUE_ONLY, shares: new Set<Share>([scope.kind]) };
    case 'dataset': {
      const datasets = cameWith(session, scope.dataset);
      return tags.length === 0
        ? { ...DUE_ONLY, datasets }
        : { ...DUE_ONLY, datasets, tags: tagTexts(tags), alsoDue: false };
    }
    case 'deal':
      return { ...DUE_ONLY, datasets: new Set(receivedUnder(session, scope.deal)) };
    case 'subjects':
    case 'replay':
      return { ...DUE_ONLY, tags: tagTexts(tags), alsoDue: false };
  }
}

function tagTexts(tags: Uint8Array): ReadonlySet<string> {
  const texts = new Set<string>();
  for (let i = 0; i < tags.length / TAG_BYTES; i++) texts.add(tagText(tags, i));
  return texts;
}

/**
 * Whose rows in the tables beside the customer list end with a customer file that this firm imported: its customers who are in no other, and
 * of whom nothing keeps a record there. Packed and sorted; nobody where there are no such tables.
 */
export function endingWith(session: Session, id: string, day: CalendarDate): Uint8Array {
  const { read } = session.workspace;
  const asked = read.dataset(id);
  const isFile = asked !== undefined && asked.kind === 'customers' && asked.content === 'cells';
  if (!isFile || tablesBeside(read.datasets()).length === 0) return new Uint8Array(0);
  const pages = [...dispositions(read, asked, { ...DUE_ONLY, datasets: new Set([id]) }, day)];
  const list = new TagList(sortedOnce(concat(...pages.map((page) => tagsThat(page, true)))));
  for (const page of pages) list.strike(tagsThat(page, false));
  for (const other of read.datasets())
    if (other.id !== id && other.kind === 'customers' && other.content === 'cells' && other.state === 'kept')
      for (const { tags } of read.pageTags(other.id)) list.strike(tags);
  return list.left();
}

function tagsThat({ records, tags, dispositions: page }: PageDispositions, end: boolean): Uint8Array {
  const chosen: Uint8Array[] = [];
  for (let i = 0; i < records; i++)
    if ((page[i] === PURGE) === end) chosen.push(tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES));
  return concat(...chosen);
}

/** The tables beside the customer list that this firm imported. */
function tablesBeside(datasets: readonly Dataset[]): readonly Dataset[] {
  return datasets.filter(
    ({ kind, content, state }) => isFurtherTable(kind) && content === 'cells' && state === 'kept',
  );
}

/** A dataset, and where it is the customers of a bundle the tables that came beside them. */
function cameWith(session: Session, id: string): ReadonlySet<string> {
  const all = session.workspace.read.datasets();
  const asked = all.find((dataset) => dataset.id === id);
  const beside =
    asked === undefined || asked.bundle === null || asked.kind !== 'customers'
      ? []
      : all.filter(({ bundle }) => bundle === asked.bundle);
  return new Set([id, ...beside.map((dataset) => dataset.id)]);
}

/** Datasets that are looked at: for some scopes only what was asked for, so that nothing else is purged on the way. */
function datasetsOf(session: Session, scope: PlanScope, tags: Uint8Array): readonly Dataset[] {
  const kept = session.workspace.read.datasets().filter(({ state }) => state === 'kept');
  if (scope.kind === 'dataset') {
    const asked = cameWith(session, scope.dataset);
    const beside = new Set(tags.length === 0 ? [] : tablesBeside(kept));
    return kept.filter((dataset) => asked.has(dataset.id) || beside.has(dataset));
  }
  // Whoever a ledger calls gone is gone but for the proof of a consent, which ends on a day of its own.
  if (scope.kind === 'replay') return kept.filter((dataset) => !isKeptApart(dataset));
  if (scope.kind === 'deal') {
    const ids = new Set(receivedUnder(session, scope.deal));
    return kept.filter(({ id }) => ids.has(id));
  }
  return kept;
}

/** Ids of the datasets that came in bundles of a deal, whatever its wording was. */
function receivedUnder(session: Session, deal: Sha256): readonly string[] {
  const { read } = session.workspace;
  const id = read.deal(deal)?.id;
  const bundles = read.bundles().filter((b) => b.direction === 'in' && read.deal(b.deal)?.id === id);
  const ids = new Set(bundles.map((bundle) => bundle.id));
  return read.datasets().flatMap((d) => (d.bundle !== null && ids.has(d.bundle) ? [d.id] : []));
}

/** What a plan is drawn from besides the store: what a person asked for and decided. */
export interface Drawing {
  readonly purge: string;
  readonly planner: string;
  readonly created: Instant;
  readonly day: CalendarDate;
  readonly scope: PlanScope;
  readonly tags: Uint8Array;
  readonly reason: string | null;
  readonly statistics: boolean;
  readonly withoutReceipt: boolean;
}

/**
 * Draws a plan: which records of which datasets end, what keeps the others, which files in clear go along. The same store and drawing give
 * the same plan.
 *
 * @throws HandoverError PURGE_NO_RECEIPT
 */
export function drawUpPlan(session: Session, drawing: Drawing): PurgePlan {
  const { read, info } = session.workspace;
  const { scope, day } = drawing;
  const asking = purgeSelectionOf(session, scope, drawing.tags);
  const unanswered = new Unanswered(session);
  const keeping = new Keeping(read.retention.restraints());
  const datasets: PlanDataset[] = [];
  const deals = new Set<Sha256>();
  const files: PlanFile[] = [];
  for (const dataset of datasetsOf(session, scope, drawing.tags)) {
    const counted = new Counting(session, dataset);
    for (const page of dispositions(read, dataset, asking, day)) {
      counted.add(page);
      keeping.add(session, dataset, page);
      unanswered.add(dataset, page);
    }
    const drawn = counted.dataset();
    if (drawn === null) continue;
    datasets.push(drawn);
    if (drawn.shares.every((share) => share.purge === 0)) continue;
    for (const deal of dealsOf(session, dataset)) deals.add(deal);
    files.push(...clearFiles(read.files(), dataset.id).map(planFile));
  }
  const asked = scope.kind === 'kept-back' || scope.kind === 'dataset';
  if (asked && unanswered.records > 0 && !drawing.withoutReceipt)
    fail({ code: 'PURGE_NO_RECEIPT', bundles: unanswered.files, records: unanswered.records });
  const override =
    asked && drawing.withoutReceipt && unanswered.records > 0 && drawing.reason !== null
      ? { kind: 'no-receipt' as const, reason: drawing.reason, records: unanswered.records }
      : null;
  const touched = [...deals].sort().flatMap((deal) => read.deal(deal) ?? []);
  const needed = touched.map(({ bytes }) => readDealJson(bytes).approvals);
  return {
    format: PURGE_PLAN_FORMAT,
    purge: drawing.purge,
    environment: info.environment,
    party: info.cardDigest,
    planner: drawing.planner,
    created: drawing.created,
    day,
    scope,
    reason: drawing.reason,
    ...(drawing.statistics ? { statistics: true as const } : {}),
    override,
    deals: touched.map(({ id, digest }) => ({ id, digest })),
    approvals: Math.max(override === null ? 0 : 1, ...needed),
    datasets,
    restraints: keeping.found(),
    files: [...new Map(files.map((file) => [`${file.kind} ${file.sha256} ${file.path}`, file])).values()],
  };
}

/** Counts a dataset's records by share and disposition, and binds which they are. */
class Counting {
  readonly #dataset: Dataset;
  readonly #ends: ReturnType<typeof shareEnds>;
  readonly #counts = new Map<string, number>();
  readonly #digest = createHash('sha256');
  #records = 0;

  constructor(session: Session, dataset: Dataset) {
    this.#dataset = dataset;
    this.#ends = shareEnds(session.workspace.read, dataset);
  }

  add({ number, records, tags, shares, dispositions: page }: PageDispositions): void {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(number, 0);
    head.writeUInt32BE(records, 4);
    for (const bytes of [head, page, shares, tags]) this.#digest.update(bytes);
    this.#records += records;
    const counts = new Uint32Array(SHARES.length * DISPOSITIONS.length);
    for (let i = 0; i < records; i++) {
      const at = (shares[i] ?? 0) * DISPOSITIONS.length + (page[i] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    for (const [at, count] of counts.entries()) {
      if (count === 0) continue;
      const key = `${SHARES[Math.floor(at / DISPOSITIONS.length)]} ${DISPOSITIONS[at % DISPOSITIONS.length]}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    }
  }

  /** Null for a dataset without records. */
  dataset(): PlanDataset | null {
    if (this.#records === 0) return null;
    const { id, kind, sha256: file, bundle } = this.#dataset;
    const of = (share: Share, disposition: string): number =>
      this.#counts.get(`${share} ${disposition}`) ?? 0;
    const shares = SHARES.filter((share) =>
      DISPOSITIONS.some((disposition) => of(share, disposition) > 0),
    ).map((share): PlanShare => {
      const end = this.#ends[share];
      return {
        share,
        end: end?.date ?? null,
        laws: [...(end?.laws ?? ASKED_LAWS)],
        purge: of(share, 'purge'),
        frozen: of(share, 'frozen'),
        held: of(share, 'held'),
        stays: of(share, 'stays'),
      };
    });
    return { dataset: id, kind, file, bundle, shares, records: digestOf(this.#digest) };
  }
}

/** What is purged without a date is purged because it was asked for or decided (law.md §1.5). */
const ASKED_LAWS = ['PIPL-47'];

/** Records that went out in a bundle which nobody has answered. */
class Unanswered {
  readonly #session: Session;
  readonly #bundles: readonly StoredBundle[];
  readonly #named = new Set<string>();
  records = 0;

  constructor(session: Session) {
    this.#session = session;
    this.#bundles = session.workspace.read
      .bundles()
      .filter(
        (bundle) => bundle.direction === 'out' && (bundle.state === 'exported' || bundle.state === 'began'),
      );
  }

  get files(): readonly string[] {
    return [...this.#named];
  }

  add(dataset: Dataset, { number, records, dispositions: page }: PageDispositions): void {
    const { read } = this.#session.workspace;
    const sent = new Uint8Array(records);
    for (const bundle of this.#bundles) {
      if (bundle.check === null) continue;
      const reasonSets = read.checkPage(bundle.check, dataset.id, number)?.reasonSets;
      if (reasonSets === undefined) continue;
      const reasons = new Uint32Array(new Uint8Array(reasonSets).buffer);
      for (let i = 0; i < records; i++) {
        if (reasons[i] !== 0 || page[i] !== PURGE) continue;
        sent[i] = 1;
        this.#named.add(basename(bundle.path));
      }
    }
    for (const one of sent) this.records += one;
  }
}

const PURGE = DISPOSITIONS.indexOf('purge');
const HELD = DISPOSITIONS.indexOf('held');
const FROZEN = DISPOSITIONS.indexOf('frozen');

/** Which restraints keep how many records back. */
class Keeping {
  readonly #open: readonly Restraint[];
  readonly #records = new Map<string, number>();
  readonly #persons = new Map<string, ReadonlySet<string>>();

  constructor(restraints: readonly Restraint[]) {
    this.#open = restraints.filter(({ released }) => released === null);
  }

  add(session: Session, dataset: Dataset, { records, tags, dispositions: page }: PageDispositions): void {
    for (const restraint of this.#open) {
      if (restraint.scope === 'dataset' && restraint.dataset !== dataset.id) continue;
      const disposition = restraint.kind === 'hold' ? HELD : FROZEN;
      const persons = restraint.scope === 'subjects' ? this.#personsOf(session, restraint.id) : null;
      let count = 0;
      for (let i = 0; i < records; i++)
        if (page[i] === disposition && (persons === null || persons.has(tagText(tags, i)))) count++;
      if (count > 0) this.#records.set(restraint.id, (this.#records.get(restraint.id) ?? 0) + count);
    }
  }

  found(): PurgePlan['restraints'] {
    return this.#open.flatMap(({ id, kind, basis, until }) => {
      const records = this.#records.get(id) ?? 0;
      return records === 0 ? [] : [{ id, kind, basis, until, records }];
    });
  }

  #personsOf(session: Session, id: string): ReadonlySet<string> {
    const known =
      this.#persons.get(id) ??
      new Set(session.workspace.read.retention.restraintTags(id).map((tag) => tagText(tag)));
    this.#persons.set(id, known);
    return known;
  }
}

/** Digests of the deals under which a dataset was judged or came. */
function dealsOf(session: Session, dataset: Dataset): readonly Sha256[] {
  const { read } = session.workspace;
  const bundle = dataset.bundle === null ? undefined : read.bundle(dataset.bundle);
  return [
    ...(bundle === undefined ? [] : [bundle.deal]),
    ...read.checksOf(dataset.id).map(({ deal }) => deal),
  ];
}

/** The files in clear that came from a dataset and are not known to be gone, each once. */
export function clearFiles(files: readonly RememberedFile[], dataset: string): readonly RememberedClear[] {
  const found = new Map<string, RememberedClear>();
  for (const file of files)
    if (file.dataset === dataset && file.gone === null && isOfKind(file, CLEAR_KINDS))
      found.set(`${file.path} ${file.sha256}`, file);
  return [...found.values()];
}

export type RememberedClear = RememberedFile & { readonly kind: ClearKind };

function planFile({ kind, sha256: file, path }: RememberedClear): PlanFile {
  return { kind, sha256: file, path: sha256(utf8(path)) };
}
