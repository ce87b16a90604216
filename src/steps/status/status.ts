// Status: the state of each deal, and what to do next. It looks at every chapter and changes nothing.

import { basename } from 'node:path';
import { TAG_BYTES } from '../../base/tagger.js';
import { type CalendarDate, dayOf, type Instant } from '../../base/time.js';
import type { Accounting } from '../../bundle/accounting.js';
import type { Light } from '../../bundle/gates.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { dealState } from '../../deal/states.js';
import type { DealRole, Terms } from '../../deal/terms.js';
import { versionsOf } from '../../deal/versions.js';
import { isCatalogueOld } from '../../policy/laws.js';
import { type CertificateOutcome, readCertificate } from '../../retention/certificate.js';
import type { DutyClock } from '../../retention/duty-clocks.js';
import type { ClockCheck } from '../../retention/clock.js';
import { planTotals } from '../../retention/purge-plan.js';
import type { Reader } from '../../store/reader.js';
import type { BundleState, StoredBundle } from '../../store/bundle-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import { type ListState, listState } from '../check/progress.js';
import { dealLights, dealReminders } from '../deal/gates.js';
import { lacksOwnNotice } from '../deal/uses.js';
import { type Coverage, coverageOf } from '../import/coverage.js';
import { type IncidentView, incidents } from '../incident/incident.js';
import { type SinceHandover, sinceHandover } from '../check/since-handover.js';
import { type PendingNotice, pendingNotices } from '../persons/late-notices.js';
import { listNotices } from '../persons/notice-list.js';
import { listRequests } from '../persons/requests.js';
import { viewPurge } from '../purge/plan.js';
import { handoverEnd } from '../retention/dispositions.js';
import { closingClocks } from '../retention/duty-clocks.js';
import { nextEnd, overdueOf, type Retention, retention } from '../retention/retention.js';
import { ownCard } from '../session/cards.js';
import { viewClock } from '../session/clock.js';
import { bundlesOfDeal, type HandedOver, handedOver, hasLeft, rowsOf } from '../session/handed-over.js';
import { SaidNo } from '../session/said-no.js';
import type { Session } from '../session/session.js';
import { customerList, personsIn } from '../session/list.js';
import { type NextStep, nextOfSeller, nextOfBuyer } from './next-step.js';

interface BundleStatus {
  readonly file: string;
  readonly number: number;
  readonly direction: 'out' | 'in';
  readonly state: BundleState;
  readonly rows: number;
  readonly time: Instant;
}

export interface DealStatus {
  readonly id: string;
  readonly kind: Terms['kind'];
  readonly partner: string;
  readonly signed: Readonly<Record<DealRole, boolean>>;
  /** Which version is in force, from 1; 0 while none is. */
  readonly version: number;
  /** Whether an amendment waits for the other party's signature. */
  readonly amending: boolean;
  /** What the customer list covers; null without one, and at the buyer's. */
  readonly list: Coverage | null;
  readonly accounting: Accounting | null;
  readonly approvals: { readonly given: number; readonly needed: number };
  /** What has to be so before a bundle is sealed; none at the buyer's. */
  readonly lights: readonly Light[];
  /** What a person has to see to besides (law.md §5.2); of the buyer's own, who answers for it and how many persons it has. */
  readonly reminders: readonly Light[];
  /** The deal's purposes. */
  readonly purposes: Terms['purposes'];
  readonly bundles: readonly BundleStatus[];
  /** The bundles together, each person once. */
  readonly handover: HandedOver;
  /** What the closing set going, by its last day; none before both signed. */
  readonly clocks: readonly DutyClock[];
  /** Until when this party may keep the records; null while the clock has not begun. */
  readonly keepUntil: CalendarDate | null;
  readonly next: NextStep;
  /** Of the seller: what is heard of whoever was handed over, beside {@link StatusResult.pending}. */
  readonly since: SinceHandover | null;
  /** Whether customers were asked who have not answered yet, or may be asked still. */
  readonly isAsking: boolean;
  /** On the buyer's side, the dataset to be written out, where it is not the newest; null otherwise. */
  readonly unwritten: string | null;
}

export interface StatusResult {
  readonly party: string;
  readonly role: DealRole;
  readonly environment: 'production' | 'test';
  readonly events: number;
  /** When the keys of the tags were destroyed; null while there are any, or before there were. */
  readonly tagsForgotten: Instant | null;
  readonly deals: readonly DealStatus[];
  /** Customer files of the list as it is, whatever deal it is for. */
  readonly lists: number;
  /** A purge that is planned or was interrupted; null without one. */
  readonly purge: PurgeStatus | null;
  /** Purges that are done, oldest first. */
  readonly purged: readonly PurgedStatus[];
  readonly retention: RetentionStatus;
  readonly clock: ClockCheck;
  readonly next: NextStep | null;
  /** Incidents that are not closed, oldest first. */
  readonly incidents: readonly IncidentView[];
  /** Whether the catalogue of laws has to be gone through again. */
  readonly oldLaws: boolean;
  /** Requests of customers that are not closed, and notices that are not completed. */
  readonly requests: Waiting;
  readonly notices: Waiting;
  /** Whom the buyers have not been told of. */
  readonly pending: readonly PendingNotice[];
}

/** What waits, and how much of it past its day. */
interface Waiting {
  readonly open: number;
  readonly overdue: number;
}

export interface PurgeStatus {
  readonly id: string;
  /** `planned`: waits to be run; the others were interrupted. */
  readonly state: 'planned' | 'began' | 'erased';
  readonly records: number;
  readonly approvals: { readonly given: number; readonly needed: number };
  /** Files in clear of which the run has to be told whether they go as well. */
  readonly files: number;
}

/** A purge that was certified. */
export interface PurgedStatus {
  readonly id: string;
  readonly records: number;
  readonly outcome: CertificateOutcome;
  readonly time: Instant;
}

/** What is due and what keeps it, in short. */
export interface RetentionStatus {
  /** Records that are due to be purged now, and since when the first of them. */
  readonly due: number;
  readonly overdueSince: CalendarDate | null;
  /** The next last day, and how many records end with it. */
  readonly next: { readonly date: CalendarDate; readonly records: number } | null;
  /** Holds and freezes in force. */
  readonly holds: number;
  readonly freezes: number;
  /** The cabinet of what only a statute keeps, and the first day on which something of it ends; null where there is none. */
  readonly archive: { readonly files: number; readonly records: number; readonly until: CalendarDate } | null;
}

/** The state of each deal and what comes next. Opens no records, so it needs no passphrase. */
export function status(session: Session): StatusResult {
  const { info, read } = session.workspace;
  read.requireAllRows();
  const closings = closingClocks(session);
  const deals = read.deals().map((deal) => ({
    ...dealStatus(session, deal),
    clocks: closings.find((closing) => closing.deal === deal.id)?.clocks ?? [],
  }));
  return {
    party: ownCard(info).card.name,
    role: info.role,
    environment: info.environment,
    events: read.log.eventCount(),
    tagsForgotten: tagsForgotten(read),
    deals,
    lists: customerList(read).length,
    requests: waiting(listRequests(session).filter(({ request }) => request.closed === null)),
    notices: waiting(listNotices(session).filter(({ state }) => state !== 'completed')),
    pending: pendingNotices(session),
    purge: purgeStatus(session),
    purged: read.retention.purges().flatMap(({ certificate }) => {
      if (certificate === null) return [];
      const { purge, totals, outcome, finished } = readCertificate(certificate);
      return [{ id: purge, records: totals.purge, outcome, time: finished }];
    }),
    retention: retentionStatus(session),
    clock: viewClock(session),
    next:
      deals.length > 0
        ? null
        : read.cards().every(({ state }) => state !== 'trusted')
          ? 'trust-partner'
          : 'draft-deal',
    incidents: incidents(session).filter(({ closed }) => closed === null),
    oldLaws: isCatalogueOld(dayOf(session.now)),
  };
}

function retentionStatus(session: Session): RetentionStatus {
  const kept = retention(session);
  const { restraints } = kept;
  const overdue = overdueOf(kept);
  return {
    due: overdue.records,
    overdueSince: overdue.since,
    next: nextEnd(kept),
    holds: restraints.filter(({ kind }) => kind === 'hold').length,
    freezes: restraints.filter(({ kind }) => kind === 'freeze').length,
    archive: archiveStatus(kept),
  };
}

function archiveStatus({ parts }: Pick<Retention, 'parts'>): RetentionStatus['archive'] {
  const drawers = parts.filter(({ share }) => share === 'archive');
  const [until] = drawers.flatMap((drawer) => drawer.until ?? []).sort();
  if (until === undefined) return null;
  return { files: drawers.length, records: drawers.reduce((sum, { records }) => sum + records, 0), until };
}

function waiting(all: readonly { readonly state: string }[]): Waiting {
  return { open: all.length, overdue: all.filter(({ state }) => state === 'overdue').length };
}

function purgeStatus(session: Session): PurgeStatus | null {
  const { read } = session.workspace;
  for (const stored of read.retention.purges().reverse()) {
    const { id, state } = stored;
    if (state === 'done' || state === 'void') continue;
    const { plan, approvers, files } = viewPurge(session, stored);
    const approvals = { given: approvers.length, needed: plan.approvals };
    const open = files.filter(({ restrained }) => !restrained).length;
    return { id, state, records: planTotals(plan).purge, approvals, files: open };
  }
  return null;
}

/** The last word on the tag keys: an import or a bundle after their end made new ones. */
function tagsForgotten(read: Reader): Instant | null {
  let forgotten: Instant | null = null;
  for (const { action, time } of read.log.events()) {
    if (action === 'tag-key-destroyed') forgotten = time;
    else if (action === 'imported' || action === 'received') forgotten = null;
  }
  return forgotten;
}

function dealStatus(session: Session, stored: StoredDeal): Omit<DealStatus, 'clocks'> {
  const { info, read } = session.workspace;
  const terms = readDealJson(stored.bytes);
  const has = (role: DealRole): boolean => stored.signatures.some((signature) => signature.role === role);
  const signed = { seller: has('seller'), buyer: has('buyer') };
  const files = customerList(read);
  const list = listState(read, stored, terms.approvals);
  const { accounting, approvals, check } = list;
  const bundles = bundlesOfDeal(read, stored.id);
  const handover = handedOver(read, bundles);
  const unwritten = info.role === 'buyer' ? unwrittenOf(read, bundles) : null;
  const came = read
    .datasets()
    .flatMap(({ id, kind, bundle }) => (bundle === null || kind !== 'customers' ? [] : [id]));
  const isCarriedOut = bundles.some((bundle) => bundle.check !== null && bundle.check === check?.id);
  const wordings = read.wordings(stored.id);
  const state = dealState({ role: info.role, wordings, delivered: false, aborted: false });
  const since = info.role === 'seller' ? sinceHandover(read, stored) : null;
  const facts = {
    signed,
    list,
    isCarriedOut,
    isAsked: read.campaign.batches(stored.id).length > 0,
    handover,
    since,
  };
  return {
    id: stored.id,
    kind: terms.kind,
    partner: info.role === 'seller' ? terms.buyer.name : terms.seller.name,
    signed,
    version: versionsOf(wordings).length,
    amending: state === 'amending',
    list: files.length === 0 || info.role === 'buyer' ? null : coverageOf(read, files),
    accounting,
    approvals,
    lights: info.role === 'seller' ? dealLights(session, terms) : [],
    reminders: remindersOf(session, terms, list),
    purposes: terms.purposes,
    bundles: bundles.map((bundle) => bundleStatus(bundle, accounting)),
    handover,
    keepUntil: handoverEnd(read, bundles)?.date ?? null,
    since,
    isAsking: facts.isAsked && (accounting?.ask ?? 0) > 0,
    next:
      read.dealEnd(stored.digest) !== undefined
        ? 'aborted'
        : info.role === 'seller'
          ? nextOfSeller(facts)
          : nextOfBuyer(facts, unwritten, !bundles.some(({ deal }) => lacksOwnNotice(read, deal))),
    unwritten: came.at(-1) === unwritten ? null : unwritten,
  };
}

/** What nothing refuses; the buyer is reminded of what is the buyer’s. */
function remindersOf(
  session: Session,
  terms: Terms,
  { check, progress, accounting }: ListState,
): readonly Light[] {
  const { role } = session.workspace.info;
  return dealReminders(session, terms, {
    isPlanFresh: check === null ? null : progress !== 'unchecked',
    rejected: accounting?.reject ?? null,
  }).filter(({ gate }) => role === 'seller' || gate === 'responsible' || gate === 'size');
}

/** A bundle with the rows that were signed; while it is being written, those of its plan. */
function bundleStatus(bundle: StoredBundle, accounting: Accounting | null): BundleStatus {
  const { path, direction, state, time, number } = bundle;
  const rows = hasLeft(bundle) ? rowsOf(bundle) : (accounting?.transfer ?? 0);
  return { file: basename(path), number, direction, state, rows, time };
}

/** Whether anybody in a received dataset does not say no: nobody else is written out. */
function anyUsable(read: Reader, dataset: Dataset): boolean {
  const saidNo = new SaidNo(read, dataset);
  if (saidNo.isEmpty) return true;
  for (const { tags } of read.pageTags(dataset.id))
    for (let record = 0; record * TAG_BYTES < tags.length; record++)
      if (!saidNo.has(tags, record)) return true;
  return false;
}

/**
 * The dataset with customers who are not yet where the buyer works: in no file that was written out, of this bundle or of a later one. The
 * newest of several; null if there is none.
 */
function unwrittenOf(read: Reader, bundles: readonly StoredBundle[]): string | null {
  const ids = new Set(bundles.map(({ id }) => id));
  const came = read
    .datasets()
    .filter(({ kind, bundle }) => kind === 'customers' && bundle !== null && ids.has(bundle));
  const files = new Set(read.files().flatMap(({ kind, dataset }) => (kind === 'extract' ? [dataset] : [])));
  const isWritten = (dataset: Dataset, i: number): boolean => {
    if (dataset.state === 'purged' || files.has(dataset.id)) return true;
    if (!anyUsable(read, dataset)) return true;
    const later = came.slice(i + 1).filter(({ id }) => files.has(id));
    return later.length > 0 && personsIn(read, [dataset, ...later]) === personsIn(read, later);
  };
  return came.findLast((dataset, i) => !isWritten(dataset, i))?.id ?? null;
}
