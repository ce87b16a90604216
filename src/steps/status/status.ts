// Status: where each deal stands, and what to do next. It looks at every chapter and changes nothing.

import { basename } from 'node:path';
import { type CalendarDate, dayOf, type Instant } from '../../base/time.js';
import type { Accounting } from '../../bundle/accounting.js';
import { readPlan } from '../../bundle/plan.js';
import { readReceipt } from '../../bundle/receipt.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { dealState } from '../../deal/states.js';
import type { DealRole, Terms } from '../../deal/terms.js';
import { versionsOf } from '../../deal/versions.js';
import { isCatalogueOld } from '../../policy/laws.js';
import { type CertificateOutcome, readCertificate } from '../../retention/certificate.js';
import type { ClockCheck } from '../../retention/clock.js';
import { planTotals } from '../../retention/purge-plan.js';
import { buyerEnd, sellerEnd } from '../../retention/schedule.js';
import type { Reader } from '../../store/reader.js';
import type { BundleState, StoredBundle, StoredDeal } from '../../store/rows.js';
import { checkThatCounts } from '../check/carried.js';
import { type Coverage, coverageOf } from '../import/coverage.js';
import { type IncidentView, incidents } from '../incident/incident.js';
import { type PendingNotice, pendingNotices } from '../persons/late.js';
import { listNotices } from '../persons/notice-list.js';
import { listRequests } from '../persons/requests.js';
import { viewPurge } from '../purge/plan.js';
import { retention } from '../retention/retention.js';
import { ownCard } from '../session/cards.js';
import { viewClock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import { customerList } from '../session/list.js';

/** What the person can do next, or whom the deal waits for. */
export type NextStep =
  | 'trust-partner'
  | 'draft-deal'
  | 'sign-deal'
  | 'await-signature'
  | 'import'
  | 'check'
  | 'approve'
  | 'export'
  | 'await-receipt'
  | 'receive'
  | 'extract'
  | 'done'
  | 'aborted';

interface BundleStatus {
  readonly file: string;
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
  readonly bundles: readonly BundleStatus[];
  /** Until when this party may keep the records; null while the clock has not begun. */
  readonly keepUntil: CalendarDate | null;
  readonly next: NextStep;
}

export interface StatusResult {
  readonly party: string;
  readonly role: DealRole;
  readonly environment: 'production' | 'test';
  readonly events: number;
  /** When the keys of the tags were destroyed; null while there are any, or before there were. */
  readonly tagsForgotten: Instant | null;
  readonly deals: readonly DealStatus[];
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
  /** Holds and freezes that stand. */
  readonly holds: number;
  readonly freezes: number;
}

/** Where each deal stands and what comes next. Opens no records, so it needs no passphrase. */
export function status(session: Session): StatusResult {
  const { info, read } = session.workspace;
  const deals = read.deals().map((deal) => dealStatus(session, deal));
  return {
    party: ownCard(info).card.name,
    role: info.role,
    environment: info.environment,
    events: read.eventCount(),
    tagsForgotten: tagsForgotten(read),
    deals,
    requests: waiting(listRequests(session).filter(({ request }) => request.closed === null)),
    notices: waiting(listNotices(session).filter(({ state }) => state !== 'completed')),
    pending: pendingNotices(session),
    purge: purgeStatus(session),
    purged: read.purges().flatMap(({ certificate }) => {
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
  const { today, parts, restraints } = retention(session);
  const coming = parts.flatMap(({ until, records }) =>
    until === null || until < today ? [] : [{ date: until, records }],
  );
  const [date] = coming.map((part) => part.date).sort();
  const since = parts.flatMap(({ overdueSince }) => overdueSince ?? []).sort();
  return {
    due: parts.reduce((sum, part) => sum + part.due, 0),
    overdueSince: since[0] ?? null,
    next:
      date === undefined
        ? null
        : {
            date,
            records: coming.reduce((sum, part) => sum + (part.date === date ? part.records : 0), 0),
          },
    holds: restraints.filter(({ kind }) => kind === 'hold').length,
    freezes: restraints.filter(({ kind }) => kind === 'freeze').length,
  };
}

function waiting(all: readonly { readonly state: string }[]): Waiting {
  return { open: all.length, overdue: all.filter(({ state }) => state === 'overdue').length };
}

function purgeStatus(session: Session): PurgeStatus | null {
  const { read } = session.workspace;
  for (const stored of read.purges().reverse()) {
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
  for (const { action, time } of read.events()) {
    if (action === 'tag-key-destroyed') forgotten = time;
    else if (action === 'imported' || action === 'received') forgotten = null;
  }
  return forgotten;
}

function dealStatus(session: Session, stored: StoredDeal): DealStatus {
  const { info, read } = session.workspace;
  const terms = readDealJson(stored.bytes);
  const has = (role: DealRole): boolean => stored.signatures.some((signature) => signature.role === role);
  const signed = { seller: has('seller'), buyer: has('buyer') };
  const files = customerList(read);
  const check = files.length === 0 ? undefined : checkThatCounts(read, stored.digest, files);
  const accounting = check === undefined ? null : (readPlan(check.plan).accounting[0] ?? null);
  const approvals = {
    given: check === undefined ? 0 : read.approvals(check.planDigest).length,
    needed: terms.approvals,
  };
  const bundles = read
    .bundles()
    .filter((bundle) => read.deal(bundle.deal)?.id === stored.id && bundle.state !== 'abandoned')
    .map(({ deal, path, direction, state, time, id }) => {
      const receipt = read.receipt(id);
      const rows = receipt === undefined ? (accounting?.transfer ?? 0) : receivedRows(receipt.bytes);
      return { file: basename(path), direction, state, rows, time, id, deal };
    });
  const wordings = read.wordings(stored.id);
  const state = dealState({ role: info.role, wordings, delivered: false, aborted: false });
  const facts = { terms, signed, hasList: files.length > 0, accounting, approvals, bundles };
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
    bundles,
    keepUntil: keepUntil(session, bundles),
    next:
      read.dealEnd(stored.digest) !== undefined
        ? 'aborted'
        : info.role === 'seller'
          ? nextOfSeller(facts)
          : nextOfBuyer(facts, read, stored.id),
  };
}

function receivedRows(receipt: Uint8Array): number {
  return readReceipt(receipt).resources.reduce((sum, resource) => sum + resource.received, 0);
}

/** Each bundle under the version that was in force when it was made. */
function keepUntil(
  session: Session,
  bundles: readonly (BundleStatus & Pick<StoredBundle, 'id' | 'deal'>)[],
): CalendarDate | null {
  const { info, read } = session.workspace;
  const of = info.role === 'buyer' ? bundles[0] : bundles.find(({ state }) => state === 'accepted');
  const version = of === undefined ? undefined : read.deal(of.deal);
  if (of === undefined || version === undefined) return null;
  const terms = readDealJson(version.bytes);
  if (info.role === 'buyer') return buyerEnd(terms).date;
  const receipt = read.receipt(of.id);
  return receipt === undefined ? null : sellerEnd(terms, dayOf(receipt.time)).date;
}

interface Facts {
  readonly signed: Readonly<Record<DealRole, boolean>>;
  readonly hasList: boolean;
  readonly accounting: Accounting | null;
  readonly approvals: { readonly given: number; readonly needed: number };
  readonly bundles: readonly BundleStatus[];
}

function nextOfSeller({ signed, hasList, accounting, approvals, bundles }: Facts): NextStep {
  if (!signed.seller) return 'sign-deal';
  if (bundles.some((bundle) => bundle.state === 'accepted')) return 'done';
  if (bundles.some((bundle) => bundle.state === 'exported')) return 'await-receipt';
  if (!hasList) return signed.buyer ? 'import' : 'await-signature';
  if (accounting === null) return 'check';
  if (!signed.buyer) return 'await-signature';
  return approvals.given < approvals.needed ? 'approve' : 'export';
}

function nextOfBuyer({ signed, bundles }: Facts, read: Reader, id: string): NextStep {
  if (!signed.buyer) return 'sign-deal';
  if (!bundles.some((bundle) => bundle.state === 'received')) return 'receive';
  const ids = read.bundles().flatMap((bundle) => (read.deal(bundle.deal)?.id === id ? [bundle.id] : []));
  const datasets = read
    .datasets()
    .flatMap(({ id, bundle }) => (bundle !== null && ids.includes(bundle) ? [id] : []));
  // Written out once, the customers are where the buyer works with them.
  const isWritten = read
    .files()
    .some(({ kind, dataset }) => kind === 'extract' && dataset !== null && datasets.includes(dataset));
  return isWritten ? 'done' : 'extract';
}
