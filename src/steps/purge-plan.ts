import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256, TAG_BYTES, uuidv7 } from '../base/crypto.js';
import { type CalendarDate, dayOf, type Instant } from '../base/time.js';
import { readDealJson } from '../deal/signed-deal.js';
import { fail } from '../messages/error.js';
import { CLEAR_KINDS, type ClearKind, isOfKind } from '../messages/limits.js';
import { cleanReason } from '../policy/reason.js';
import { FATES, SHARES, type Share } from '../retention/fate.js';
import {
  type PlanDataset,
  type PlanFile,
  type PlanScope,
  type PlanShare,
  PURGE_PLAN_FORMAT,
  type PurgePlan,
  planTotals,
  purgePlanBytes,
  purgePlanDigest,
  readPurgePlan,
  sumFates,
} from '../retention/purge-plan.js';
import type { Dataset, RememberedFile, Restraint, StoredBundle, StoredPurge } from '../store/rows.js';
import { digestOf } from '../store/whole-file.js';
import { requireSoundClock } from './clock.js';
import {
  type Asking,
  fates,
  isAnyRestrained,
  NOBODY,
  packedTags,
  type PageFates,
  shareEnds,
  tagText,
} from './fates.js';
import type { House } from './house.js';
import type { PurgeScope } from './purge-scope.js';

export interface PurgeInput {
  readonly scope: PurgeScope;
  /** Words of the person who plans, without personal data. */
  readonly reason: string | null;
  /** Whether records are purged whose receipt has not come; needs a reason and a second person. */
  readonly withoutReceipt?: boolean;
  /** Whether anonymous counts of what is purged are kept. */
  readonly keepStatistics?: boolean;
  /** Whether the person states that the clock is right, although it looks wrong. */
  readonly clockIsRight?: boolean;
  readonly dryRun: boolean;
}

/** A file in clear that came from a dataset of the plan. */
export interface PurgeViewFile {
  readonly kind: ClearKind;
  readonly path: string;
  /** Whether records of its dataset are held or frozen, so that it stays whatever is chosen. */
  readonly restrained: boolean;
}

/** A plan, and what only its own house is shown besides. */
export interface PurgeView {
  readonly plan: PurgePlan;
  readonly digest: Sha256;
  /** Names for the screen: datasets by file name, files by path. */
  readonly datasets: readonly { readonly id: string; readonly file: string }[];
  readonly files: readonly PurgeViewFile[];
  readonly approvers: readonly string[];
}

/**
 * Draws up what a purge would end and what it would leave, and keeps that as a plan. A plan that was only planned is void once there is a
 * newer one; so is one that began and was overtaken before anything was gone.
 *
 * @throws HandoverError PURGE_NOTHING, PURGE_NO_RECEIPT, PURGE_REASON_MISSING, REASON_SHAPE, REASON_PERSONAL_DATA, PURGE_UNFINISHED,
 *   DATASET_UNKNOWN, CLOCK_BACK, CLOCK_AHEAD
 */
export async function planPurge(house: House, input: PurgeInput): Promise<PurgeView> {
  const { scope, dryRun } = input;
  const unfinished = house.workspace.read.purges().find((purge) => purge.state === 'erased');
  if (unfinished !== undefined) fail({ code: 'PURGE_UNFINISHED', purge: unfinished.id });
  if (input.withoutReceipt === true && input.reason === null) fail({ code: 'PURGE_REASON_MISSING' });
  // The certificate repeats it, and leaves the house.
  const reason = input.reason === null ? null : cleanReason(input.reason);
  const created = house.now;
  const tags = 'tags' in scope ? packedTags(scope.tags) : new Uint8Array(0);
  const plan = drawPlan(house, {
    purge: uuidv7(Date.parse(created), house.around.random),
    planner: house.around.operator,
    created,
    day: dayOf(created),
    scope: scopeOf(house, scope, tags),
    tags,
    reason,
    statistics: input.keepStatistics === true,
    withoutReceipt: input.withoutReceipt === true,
  });
  const totals = planTotals(plan);
  if (totals.purge === 0) fail({ code: 'PURGE_NOTHING' });
  requireSoundClock(house, { isRight: input.clockIsRight === true, dryRun });
  if (!dryRun) {
    await house.keys();
    voidWaiting(house);
    const digest = purgePlanDigest(plan);
    house.record(
      {
        action: 'purge-planned',
        objects: { purge: plan.purge, plan: digest },
        details: {
          scope: plan.scope.kind,
          ...totals,
          ...(plan.override === null
            ? {}
            : { override: plan.override.kind, override_records: plan.override.records }),
        },
      },
      (write) => {
        write.addPurge({ id: plan.purge, planDigest: digest, plan: purgePlanBytes(plan), time: created });
        if (tags.length > 0) write.addPurgeSubjects(plan.purge, tags);
      },
    );
  }
  return viewOf(house, plan);
}

/** Plans that wait are void once somebody plans anew. */
function voidWaiting(house: House): void {
  for (const { id, planDigest, state } of house.workspace.read.purges()) {
    if (state !== 'planned' && state !== 'began') continue;
    house.record(
      { action: 'purge-voided', objects: { purge: id, plan: planDigest }, details: {} },
      (write) => {
        write.setPurgeState(id, 'void');
        write.removePurgeSubjects(id);
      },
    );
  }
}

/** The purge that is meant: by id or its beginning, or the newest that is not void. @throws HandoverError PURGE_NONE, PURGE_UNKNOWN */
export function findPurge(house: House, named: string | null): StoredPurge {
  const purges = house.workspace.read.purges();
  if (named === null)
    return purges.filter(({ state }) => state !== 'void').at(-1) ?? fail({ code: 'PURGE_NONE' });
  const found = purges.filter(({ id }) => id.startsWith(named));
  return found.length === 1 && found[0] !== undefined
    ? found[0]
    : fail({ code: 'PURGE_UNKNOWN', purge: named });
}

/** A stored plan with what its own house is shown. */
export function viewPurge(house: House, stored: StoredPurge): PurgeView {
  return viewOf(house, readPurgePlan(stored.plan));
}

/**
 * The plan as it would be drawn now, with everything that a person decided as it was: the same, if nothing changed. The day is the plan's
 * own, so that an approval may come the day after; what was due then is due now.
 */
export function redrawPlan(house: House, { id, plan: bytes }: StoredPurge): PurgePlan {
  const { purge, planner, created, day, scope, reason, override, statistics } = readPurgePlan(bytes);
  const tags = house.workspace.read.purgeSubjects(id);
  return drawPlan(house, {
    purge,
    planner,
    created,
    day,
    scope,
    tags,
    reason: override?.reason ?? reason,
    statistics: statistics === true,
    withoutReceipt: override !== null,
  });
}

/** What a plan asks to be purged whatever its date. */
export function askingOf(house: House, scope: PlanScope, tags: Uint8Array): Asking {
  switch (scope.kind) {
    case 'due':
      return NOBODY;
    case 'handed-over':
    case 'kept-back':
      return { ...NOBODY, shares: new Set<Share>([scope.kind]) };
    case 'dataset':
      return { ...NOBODY, datasets: new Set([scope.dataset]) };
    case 'deal':
      return { ...NOBODY, datasets: new Set(receivedUnder(house, scope.deal)) };
    case 'subjects':
    case 'replay': {
      const wanted = new Set<string>();
      for (let i = 0; i < tags.length / TAG_BYTES; i++) wanted.add(tagText(tags, i));
      return { ...NOBODY, tags: wanted, alsoDue: false };
    }
  }
}

/** Datasets that are looked at: for some scopes only what was asked for, so that nothing else is purged on the way. */
function datasetsOf(house: House, scope: PlanScope): readonly Dataset[] {
  const kept = house.workspace.read.datasets().filter(({ state }) => state === 'kept');
  if (scope.kind === 'dataset') return kept.filter(({ id }) => id === scope.dataset);
  if (scope.kind === 'deal') {
    const ids = new Set(receivedUnder(house, scope.deal));
    return kept.filter(({ id }) => ids.has(id));
  }
  return kept;
}

/** Ids of the datasets that came in bundles of a deal, whatever its wording was. */
function receivedUnder(house: House, deal: Sha256): readonly string[] {
  const { read } = house.workspace;
  const id = read.deal(deal)?.id;
  const bundles = read.bundles().filter((b) => b.direction === 'in' && read.deal(b.deal)?.id === id);
  const ids = new Set(bundles.map((bundle) => bundle.id));
  return read.datasets().flatMap((d) => (d.bundle !== null && ids.has(d.bundle) ? [d.id] : []));
}

function scopeOf(house: House, scope: PurgeScope, tags: Uint8Array): PlanScope {
  switch (scope.kind) {
    case 'dataset': {
      const found = house.workspace.read
        .datasets()
        .filter((d) => d.id === scope.dataset || d.id.startsWith(scope.dataset) || d.file === scope.dataset)
        .at(-1);
      return { kind: 'dataset', dataset: found?.id ?? fail({ code: 'DATASET_UNKNOWN' }) };
    }
    case 'subjects':
    case 'replay':
      return { kind: scope.kind, persons: tags.length / TAG_BYTES, tags: sha256(tags) };
    default:
      return scope;
  }
}

interface Drawing {
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

function drawPlan(house: House, drawing: Drawing): PurgePlan {
  const { read, info } = house.workspace;
  const { scope, day } = drawing;
  const asking = askingOf(house, scope, drawing.tags);
  const unanswered = new Unanswered(house);
  const keeping = new Keeping(read.restraints());
  const datasets: PlanDataset[] = [];
  const deals = new Set<Sha256>();
  const files: PlanFile[] = [];
  for (const dataset of datasetsOf(house, scope)) {
    const counted = new Counting(house, dataset);
    for (const page of fates(read, dataset, asking, day)) {
      counted.add(page);
      keeping.add(house, dataset, page);
      unanswered.add(dataset, page);
    }
    const drawn = counted.dataset();
    if (drawn === null) continue;
    datasets.push(drawn);
    if (drawn.shares.every((share) => share.purge === 0)) continue;
    for (const deal of dealsOf(house, dataset)) deals.add(deal);
    files.push(...clearFiles(read.files(), dataset.id).map(planFile));
  }
  const asked = scope.kind === 'kept-back' || scope.kind === 'dataset';
  if (asked && unanswered.records > 0 && !drawing.withoutReceipt)
    fail({ code: 'PURGE_NO_RECEIPT', bundles: unanswered.files, records: unanswered.records });
  const override =
    asked && drawing.withoutReceipt && unanswered.records > 0 && drawing.reason !== null
      ? { kind: 'no-receipt' as const, reason: drawing.reason, records: unanswered.records }
      : null;
  const touched = [...deals].sort().flatMap((deal) => {
    const stored = read.deal(deal);
    return stored === undefined ? [] : [{ id: stored.id, digest: stored.digest }];
  });
  const needed = touched.map(({ digest }) => {
    const stored = read.deal(digest);
    return stored === undefined ? 0 : readDealJson(stored.bytes).approvals;
  });
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
    deals: touched,
    approvals: Math.max(override === null ? 0 : 1, ...needed),
    datasets,
    restraints: keeping.found(),
    files: [...new Map(files.map((file) => [`${file.kind} ${file.sha256} ${file.path}`, file])).values()],
  };
}

/** Counts a dataset's records by share and fate, and binds which they are. */
class Counting {
  readonly #dataset: Dataset;
  readonly #ends: ReturnType<typeof shareEnds>;
  readonly #counts = new Map<string, number>();
  readonly #digest = createHash('sha256');
  #records = 0;

  constructor(house: House, dataset: Dataset) {
    this.#dataset = dataset;
    this.#ends = shareEnds(house.workspace.read, dataset);
  }

  add({ number, records, tags, shares, fates: page }: PageFates): void {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(number, 0);
    head.writeUInt32BE(records, 4);
    for (const bytes of [head, page, shares, tags]) this.#digest.update(bytes);
    this.#records += records;
    const counts = new Uint32Array(SHARES.length * FATES.length);
    for (let i = 0; i < records; i++) {
      const at = (shares[i] ?? 0) * FATES.length + (page[i] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    for (const [at, count] of counts.entries()) {
      if (count === 0) continue;
      const key = `${SHARES[Math.floor(at / FATES.length)]} ${FATES[at % FATES.length]}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    }
  }

  /** Null for a dataset without records. */
  dataset(): PlanDataset | null {
    if (this.#records === 0) return null;
    const { id, kind, sha256: file, bundle } = this.#dataset;
    const of = (share: Share, fate: string): number => this.#counts.get(`${share} ${fate}`) ?? 0;
    const shares = SHARES.filter((share) => FATES.some((fate) => of(share, fate) > 0)).map(
      (share): PlanShare => {
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
      },
    );
    return { dataset: id, kind, file, bundle, shares, records: digestOf(this.#digest) };
  }
}

/** What is purged without a date is purged because it was asked for or decided (law.md §1.9). */
const ASKED_LAWS = ['PIPL-47'];

/** Records that went out in a bundle which nobody has answered. */
class Unanswered {
  readonly #house: House;
  readonly #bundles: readonly StoredBundle[];
  readonly #named = new Set<string>();
  records = 0;

  constructor(house: House) {
    this.#house = house;
    this.#bundles = house.workspace.read
      .bundles()
      .filter(
        (bundle) => bundle.direction === 'out' && (bundle.state === 'exported' || bundle.state === 'began'),
      );
  }

  get files(): readonly string[] {
    return [...this.#named];
  }

  add(dataset: Dataset, { number, records, fates: page }: PageFates): void {
    const { read } = this.#house.workspace;
    const sent = new Uint8Array(records);
    for (const bundle of this.#bundles) {
      if (bundle.check === null || read.check(bundle.check)?.dataset !== dataset.id) continue;
      const masks = read.checkPage(bundle.check, number)?.masks;
      if (masks === undefined) continue;
      const reasons = new Uint32Array(new Uint8Array(masks).buffer);
      for (let i = 0; i < records; i++) {
        if (reasons[i] !== 0 || page[i] !== PURGE) continue;
        sent[i] = 1;
        this.#named.add(basename(bundle.path));
      }
    }
    for (const one of sent) this.records += one;
  }
}

const PURGE = FATES.indexOf('purge');
const HELD = FATES.indexOf('held');
const FROZEN = FATES.indexOf('frozen');

/** Which restraints keep how many records back. */
class Keeping {
  readonly #open: readonly Restraint[];
  readonly #records = new Map<string, number>();
  readonly #persons = new Map<string, ReadonlySet<string>>();

  constructor(restraints: readonly Restraint[]) {
    this.#open = restraints.filter(({ released }) => released === null);
  }

  add(house: House, dataset: Dataset, { records, tags, fates: page }: PageFates): void {
    for (const restraint of this.#open) {
      if (restraint.scope === 'dataset' && restraint.dataset !== dataset.id) continue;
      const fate = restraint.kind === 'hold' ? HELD : FROZEN;
      const persons = restraint.scope === 'subjects' ? this.#personsOf(house, restraint.id) : null;
      let count = 0;
      for (let i = 0; i < records; i++)
        if (page[i] === fate && (persons === null || persons.has(tagText(tags, i)))) count++;
      if (count > 0) this.#records.set(restraint.id, (this.#records.get(restraint.id) ?? 0) + count);
    }
  }

  found(): PurgePlan['restraints'] {
    return this.#open.flatMap(({ id, kind, basis, until }) => {
      const records = this.#records.get(id) ?? 0;
      return records === 0 ? [] : [{ id, kind, basis, until, records }];
    });
  }

  #personsOf(house: House, id: string): ReadonlySet<string> {
    const known =
      this.#persons.get(id) ?? new Set(house.workspace.read.restraintTags(id).map((tag) => tagText(tag)));
    this.#persons.set(id, known);
    return known;
  }
}

/** Digests of the deals under which a dataset was judged or came. */
function dealsOf(house: House, dataset: Dataset): readonly Sha256[] {
  const { read } = house.workspace;
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

/**
 * Whether records that came with a file in clear are held or frozen, so that it stays whatever is chosen: those of the plan, and those that
 * it is not about, such as everybody else where certain persons are purged.
 */
export function isRestrained(
  { read }: House['workspace'],
  plan: PurgePlan,
  { path, sha256: digest }: RememberedFile,
): boolean {
  return read
    .files()
    .filter((file) => file.path === path && file.sha256 === digest)
    .some(({ dataset: id }) => {
      const { held, frozen } = sumFates(plan.datasets.find(({ dataset }) => dataset === id)?.shares ?? []);
      const dataset = id === null ? undefined : read.dataset(id);
      return held + frozen > 0 || (dataset !== undefined && isAnyRestrained(read, dataset, plan.day));
    });
}

function viewOf(house: House, plan: PurgePlan): PurgeView {
  const { read } = house.workspace;
  const digest = purgePlanDigest(plan);
  const wanted = new Set(plan.files.map(({ path, sha256: file }) => `${path} ${file}`));
  const files = plan.datasets
    .flatMap(({ dataset }) => clearFiles(read.files(), dataset))
    .filter(({ path, sha256: file }) => wanted.has(`${sha256(utf8(path))} ${file}`));
  return {
    plan,
    digest,
    datasets: plan.datasets.map(({ dataset }) => ({
      id: dataset,
      file: read.dataset(dataset)?.file ?? dataset,
    })),
    files: [
      ...new Map(
        files.map((file) => [
          file.path,
          { kind: file.kind, path: file.path, restrained: isRestrained(house.workspace, plan, file) },
        ]),
      ).values(),
    ],
    approvers: read.approvals(digest).map(({ approver }) => approver),
  };
}
