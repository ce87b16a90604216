import { SaidNo } from '../session/said-no.js';
import { isTable } from '../session/tables.js';
import { TAG_BYTES, tagText } from '../../base/tagger.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { readManifest } from '../../bundle/manifest.js';
import { sortedOnce } from '../../bundle/tags.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { reasonSet, type ReasonSet } from '../../policy/reasons.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import { isHandedOver, isReplaced } from '../../policy/verdict.js';
import { DISPOSITIONS, dispositionOf, SHARES, type Share } from '../../retention/disposition.js';
import {
  archiveEnd,
  buyerEnd,
  endedAt,
  evidenceEnd,
  type RetentionEnd,
  sellerEnd,
} from '../../retention/schedule.js';
import type { Reader } from '../../store/reader.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { StoredCheck } from '../../store/check-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { Restraint } from '../../store/retention-rows.js';

/** Which records a purge is asked to end whatever their date. */
export interface PurgeSelection {
  /** Tags as {@link tagText} gives them; null for nobody in particular. */
  readonly tags: ReadonlySet<string> | null;
  readonly shares: ReadonlySet<Share>;
  /** Every record of these datasets. */
  readonly datasets: ReadonlySet<string>;
  /** Whether what is due goes as well; not where a purge is about certain persons. */
  readonly alsoDue: boolean;
}

/** Nobody in particular: only what is due. */
export const DUE_ONLY: PurgeSelection = { tags: null, shares: new Set(), datasets: new Set(), alsoDue: true };

/** A page of a dataset, with the part and the disposition of each record, as indexes into SHARES and DISPOSITIONS. */
export interface PageDispositions {
  readonly number: number;
  readonly records: number;
  readonly tags: Uint8Array;
  readonly shares: Uint8Array;
  readonly dispositions: Uint8Array;
}

/** The end of each part of a dataset; null while no clock runs for it, undefined where the dataset has no such part. */
export type ShareEnds = { readonly [S in Share]?: RetentionEnd | null };

/** The tag that {@link tagText} gave a text. */
export function tagOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** Tags from their texts, one after another in ascending order. */
export function tagBytes(texts: ReadonlySet<string>): Uint8Array {
  return sortedOnce(tagOf([...texts].join('')));
}

/**
 * The disposition of every record of a dataset, page by page. Plan and run both read it, so what was planned is what is done: a hold or a freeze
 * placed in between changes the plan's digest.
 */
export function* dispositions(
  read: Reader,
  dataset: Dataset,
  asking: PurgeSelection,
  today: CalendarDate,
): Generator<PageDispositions, void, undefined> {
  const parts = new Parts(read, dataset);
  const restraints = new Restraints(read, dataset);
  const wholly = asking.datasets.has(dataset.id);
  for (const { number, records, tags } of read.pageTags(dataset.id)) {
    const shares = parts.of(number, records, tags);
    const page = new Uint8Array(records);
    for (let i = 0; i < records; i++) {
      const share = SHARES[shares[i] ?? 0] ?? 'kept-back';
      const tag = restraints.personal || asking.tags !== null ? tagText(tags, i) : '';
      const disposition = dispositionOf(
        {
          end: asking.alsoDue ? (parts.ends[share]?.date ?? null) : null,
          asked: wholly || asking.shares.has(share) || asking.tags?.has(tag) === true,
          held: restraints.isHeld(tag),
          frozenUntil: restraints.frozenUntil(tag),
        },
        today,
      );
      page[i] = DISPOSITIONS.indexOf(disposition);
    }
    yield { number, records, tags, shares, dispositions: page };
  }
}

/** Whether any record of a dataset is held or frozen on a day, whatever a purge asks for. */
export function isAnyRestrained(read: Reader, dataset: Dataset, today: CalendarDate): boolean {
  if (read.retention.restraints().every(({ released }) => released !== null)) return false;
  const whole: PurgeSelection = { ...DUE_ONLY, datasets: new Set([dataset.id]) };
  const restrained = [DISPOSITIONS.indexOf('held'), DISPOSITIONS.indexOf('frozen')];
  for (const page of dispositions(read, dataset, whole, today))
    if (page.dispositions.some((disposition) => restrained.includes(disposition))) return true;
  return false;
}

/** When each part of a dataset ends, and by which law. */
export function shareEnds(read: Reader, dataset: Dataset): ShareEnds {
  return new Parts(read, dataset).ends;
}

/** Until when it has to be provable that the last handover was lawful; null before there was one. */
export function lastEvidence(read: Reader): RetentionEnd | null {
  const days = acceptedBundles(read).flatMap((bundle) => endOfBundle(read, bundle)?.accepted ?? []);
  const last = days.sort().at(-1);
  return last === undefined ? null : evidenceEnd(last);
}

/**
 * The last day on which this party may keep what was handed over in some bundles: of several the latest, each under the version of the deal
 * that it was made under. Null before anything was received, or a receipt accepted, and when the deal was aborted.
 */
export function handoverEnd(read: Reader, bundles: readonly StoredBundle[]): RetentionEnd | null {
  const ends = bundles.flatMap((bundle) => {
    // What came is to be destroyed, at once.
    if (read.dealEnd(bundle.deal) !== undefined) return [];
    const end = bundle.direction === 'in' ? endOfReceived(read, bundle) : endOfAccepted(read, bundle);
    return end === null ? [] : [end];
  });
  return ends.sort((a, b) => (a.date < b.date ? -1 : 1)).at(-1) ?? null;
}

/** When the buyer's right to keep what came in a bundle ends; with the deal, if that was aborted: what a hold keeps then is due as well. */
function endOfReceived(read: Reader, bundle: StoredBundle): RetentionEnd | null {
  const aborted = read.dealEnd(bundle.deal);
  if (aborted !== undefined) return endedAt(dayOf(aborted.time));
  const deal = read.deal(bundle.deal);
  return deal === undefined ? null : buyerEnd(readDealJson(deal.bytes));
}

function endOfAccepted(read: Reader, bundle: StoredBundle): RetentionEnd | null {
  return bundle.state === 'accepted' ? (endOfBundle(read, bundle)?.end ?? null) : null;
}

function acceptedBundles(read: Reader): readonly StoredBundle[] {
  return read.bundles().filter((bundle) => bundle.state === 'accepted');
}

/** Bundles that left, and of which the buyer has not said yet that they came. */
function awaitedBundles(read: Reader): readonly StoredBundle[] {
  return read.bundles().filter(({ state, deal }) => state === 'exported' && read.dealEnd(deal) === undefined);
}

/** Which part each record of a dataset belongs to. */
class Parts {
  readonly ends: ShareEnds;
  readonly #read: Reader;
  readonly #dataset: string;
  readonly #isTable: boolean;
  readonly #only: Share | null;
  /** Of a received dataset, whoever says no. */
  readonly #saidNo: SaidNo | null;
  /** Checks of bundles that were accepted: their records without a reason went. */
  readonly #sent: readonly StoredCheck[];
  readonly #latest: StoredCheck | null;
  /** Checks of bundles whose receipt has not come: what they took along may have to be sent once more. */
  readonly #awaited: readonly StoredCheck[];
  /** Of persons whose record is in a later file of the list: the share of that record, from 1. */
  #later: TagReasons | null = null;
  /** Persons whom accepted bundles took along, by the id of the deal. */
  readonly #gone = new Map<string, TagReasons>();

  constructor(read: Reader, dataset: Dataset) {
    this.#read = read;
    this.#dataset = dataset.id;
    this.#isTable = isTable(dataset);
    this.#saidNo = dataset.content === 'ndjson-gz' ? new SaidNo(read, dataset) : null;
    if (dataset.content === 'ndjson-gz') {
      const bundle = dataset.bundle === null ? undefined : read.bundle(dataset.bundle);
      this.#only = 'received';
      this.#sent = [];
      this.#latest = null;
      this.#awaited = [];
      const since = this.#saidNo?.since ?? null;
      this.ends = {
        received: bundle === undefined ? null : endOfReceived(read, bundle),
        ...(since === null ? {} : { refused: endedAt(since) }),
      };
    } else if (dataset.archiveBasis !== null && dataset.archiveUntil !== null) {
      this.#only = 'archive';
      this.#sent = [];
      this.#latest = null;
      this.#awaited = [];
      this.ends = { archive: archiveEnd(dataset.archiveBasis, dataset.archiveUntil) };
    } else if (dataset.kind === 'consents') {
      this.#only = 'evidence';
      this.#sent = [];
      this.#latest = null;
      this.#awaited = [];
      this.ends = { evidence: lastEvidence(read) };
    } else {
      const checks = read.checksOf(dataset.id);
      const sent = acceptedBundles(read)
        .map((bundle) => ({ bundle, check: checkOfBundle(bundle, checks) }))
        .filter(({ check }) => check !== undefined);
      this.#only = null;
      this.#sent = sent.flatMap(({ check }) => (check === undefined ? [] : [check]));
      this.#awaited = awaitedBundles(read).flatMap((bundle) => checkOfBundle(bundle, checks) ?? []);
      this.#latest = checks.at(-1) ?? null;
      const checked = this.#latest === null ? null : endedAt(dayOf(this.#latest.time));
      this.ends = {
        // Sent twice, it may be kept until the later end.
        'handed-over': handoverEnd(read, bundlesUnder(read, acceptedBundles(read), checks)),
        'kept-back': null,
        outlived: checked,
        'erasure-asked': checked,
      };
    }
  }

  of(number: number, records: number, tags: Uint8Array): Uint8Array {
    const shares = new Uint8Array(records).fill(SHARES.indexOf(this.#only ?? 'kept-back'));
    const saidNo = this.#saidNo;
    if (saidNo !== null && !saidNo.isEmpty)
      for (let i = 0; i < records; i++) if (saidNo.has(tags, i)) shares[i] = REFUSED;
    if (this.#only !== null) return shares;
    if (this.#latest !== null) {
      const reasonSets = this.#reasonSets(this.#latest, this.#dataset, number);
      for (let i = 0; i < records; i++) shares[i] = undecided(reasonSets[i] ?? 0) ?? shares[i] ?? 0;
    }
    for (const check of this.#sent) {
      const reasonSets = this.#reasonSets(check, this.#dataset, number);
      for (let i = 0; i < records; i++) if (reasonSets[i] === 0) shares[i] = HANDED_OVER;
    }
    for (const check of new Set([...(this.#latest === null ? [] : [this.#latest]), ...this.#sent])) {
      const reasonSets = this.#reasonSets(check, this.#dataset, number);
      for (let i = 0; i < records; i++)
        if (isHandedOver(reasonSets[i] ?? 0) && this.#hasGone(check, tags, i)) shares[i] = HANDED_OVER;
    }
    for (const check of this.#awaited) {
      const reasonSets = this.#reasonSets(check, this.#dataset, number);
      for (let i = 0; i < records; i++)
        if (reasonSets[i] === 0 && shares[i] === HANDED_OVER) shares[i] = KEPT_BACK;
    }
    this.#later ??= this.#follow();
    if (this.#later.size > 0)
      for (let i = 0; i < records; i++) {
        const later = this.#later.of(tags, i * TAG_BYTES);
        if (later !== 0) shares[i] = later - 1;
      }
    return shares;
  }

  /**
   * A record that a later one replaces ends with that one: otherwise, once the later was purged, the older would be in the list
   * again.
   */
  #follow(): TagReasons {
    const followed = new TagReasons();
    // The rows of a table have verdicts of their own: what is owed may stay where its customer goes.
    if (this.#isTable) return followed;
    for (const check of new Set([...(this.#latest === null ? [] : [this.#latest]), ...this.#sent])) {
      const later = check.datasets.slice(check.datasets.indexOf(this.#dataset) + 1);
      const isSent = this.#sent.includes(check);
      for (const dataset of later)
        for (const { number, records, tags } of this.#read.pageTags(dataset)) {
          const reasonSets = this.#reasonSets(check, dataset, number);
          for (let i = 0; i < records; i++) {
            const set = reasonSets[i];
            if (set === undefined || isReplaced(set)) continue;
            const isGone = isHandedOver(set) ? this.#hasGone(check, tags, i) : set === 0 && isSent;
            const share = isGone ? HANDED_OVER : check === this.#latest ? undecided(set) : null;
            if (share !== null) followed.set(tags, i * TAG_BYTES, share + 1);
          }
        }
    }
    return followed;
  }

  /** Whether a bundle that was accepted, under the deal of a check, took the person of a record along. */
  #hasGone(check: StoredCheck, tags: Uint8Array, record: number): boolean {
    const id = this.#read.deal(check.deal)?.id ?? '';
    const gone = this.#gone.get(id) ?? goneUnder(this.#read, id);
    this.#gone.set(id, gone);
    return gone.of(tags, record * TAG_BYTES) !== 0;
  }

  #reasonSets(check: StoredCheck, dataset: string, number: number): Uint32Array {
    const page = this.#read.checkPage(check.id, dataset, number);
    return page === undefined ? new Uint32Array(0) : new Uint32Array(new Uint8Array(page.reasonSets).buffer);
  }
}

/** Bundles under the deals of some checks, whatever their wording. */
function bundlesUnder(
  read: Reader,
  bundles: readonly StoredBundle[],
  checks: readonly StoredCheck[],
): readonly StoredBundle[] {
  const ids = new Set(checks.map(({ deal }) => read.deal(deal)?.id));
  return bundles.filter(({ deal }) => ids.has(read.deal(deal)?.id));
}

/** Whom the accepted bundles of a deal took along. */
function goneUnder(read: Reader, deal: string): TagReasons {
  const gone = new TagReasons();
  for (const bundle of acceptedBundles(read))
    if (read.deal(bundle.deal)?.id === deal)
      for (const { tags } of read.handedOver(bundle.id)) gone.add(tags, 1);
  return gone;
}

const HANDED_OVER = SHARES.indexOf('handed-over');
const KEPT_BACK = SHARES.indexOf('kept-back');
const REFUSED = SHARES.indexOf('refused');

/** The share of a record that did not go, where its reasons give it one of its own. */
function undecided(set: ReasonSet): number | null {
  if (isReplaced(set)) return null;
  if ((set & ERASURE) !== 0) return SHARES.indexOf('erasure-asked');
  return (set & OUTLIVED) !== 0 ? SHARES.indexOf('outlived') : null;
}

const ERASURE = reasonSet('ERASURE_REQUESTED');
const OUTLIVED = reasonSet('RETENTION_OVER');

/** When the seller's right to keep what went in a bundle ends; null without an accepted receipt. */
function endOfBundle(
  read: Reader,
  bundle: StoredBundle,
): { readonly accepted: CalendarDate; readonly end: RetentionEnd } | null {
  const receipt = read.receipt(bundle.id);
  const deal = read.deal(bundle.deal);
  if (bundle.direction !== 'out' || receipt === undefined || deal === undefined) return null;
  const accepted = dayOf(receipt.time);
  return { accepted, end: sellerEnd(readDealJson(deal.bytes), accepted) };
}

/** The check that a bundle carried out: the one it names, or in workspaces of before, the newest of the same plan. */
export function checkOfBundle(bundle: StoredBundle, checks: readonly StoredCheck[]): StoredCheck | undefined {
  if (bundle.check !== null) return checks.find((check) => check.id === bundle.check);
  const { plan } = readManifest(bundle.manifest);
  return checks.filter((check) => check.planDigest === plan).at(-1);
}

/** The holds and freezes that cover a dataset. */
class Restraints {
  /** Whether any of them is about persons, so that tags have to be looked at. */
  readonly personal: boolean;
  readonly #heldAll: boolean;
  readonly #held = new Set<string>();
  #frozenAll: CalendarDate | null = null;
  readonly #frozen = new Map<string, CalendarDate>();

  constructor(read: Reader, dataset: Dataset) {
    const open = read.retention
      .restraints()
      .filter((r) => r.released === null && (r.scope !== 'dataset' || r.dataset === dataset.id));
    const whole = open.filter((r) => r.scope !== 'subjects');
    this.#heldAll = whole.some((r) => r.kind === 'hold');
    for (const { until } of whole) this.#frozenAll = later(this.#frozenAll, until);
    for (const restraint of open.filter((r) => r.scope === 'subjects')) this.#addPersons(read, restraint);
    this.personal = this.#held.size > 0 || this.#frozen.size > 0;
  }

  isHeld(tag: string): boolean {
    return this.#heldAll || this.#held.has(tag);
  }

  frozenUntil(tag: string): CalendarDate | null {
    return later(this.#frozenAll, this.#frozen.get(tag) ?? null);
  }

  #addPersons(read: Reader, { id, kind, until }: Restraint): void {
    for (const tag of read.retention.restraintTags(id)) {
      const key = tagText(tag);
      if (kind === 'hold') this.#held.add(key);
      else if (until !== null) this.#frozen.set(key, later(this.#frozen.get(key) ?? null, until) ?? until);
    }
  }
}

function later(a: CalendarDate | null, b: CalendarDate | null): CalendarDate | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
