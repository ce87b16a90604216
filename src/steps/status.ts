import { basename } from 'node:path';
import type { CalendarDate, Instant } from '../base/time.js';
import { dayOf } from '../base/time.js';
import type { Accounting } from '../bundle/accounting.js';
import { readPlan } from '../bundle/plan.js';
import { readReceipt } from '../bundle/receipt.js';
import { readDealJson } from '../deal/signed-deal.js';
import type { DealRole, Terms } from '../deal/terms.js';
import { planTotals, readPurgePlan } from '../retention/purge-plan.js';
import { buyerEnd, sellerEnd } from '../retention/schedule.js';
import type { BundleState, Dataset, StoredDeal } from '../store/rows.js';
import { ownCard } from './card.js';
import type { House } from './house.js';

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
  | 'done';

export interface BundleStatus {
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
  readonly dataset: { readonly file: string; readonly rows: number; readonly imported: Instant } | null;
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
  readonly deals: readonly DealStatus[];
  /** A purge that is planned or was interrupted; null without one. */
  readonly purge: PurgeStatus | null;
  readonly next: NextStep | null;
}

export interface PurgeStatus {
  readonly id: string;
  /** `planned`: waits to be run; the others were interrupted. */
  readonly state: 'planned' | 'began' | 'erased';
  readonly records: number;
  readonly approvals: { readonly given: number; readonly needed: number };
}

/** Where each deal stands and what comes next. Opens no records, so it needs no passphrase. */
export function status(house: House): StatusResult {
  const { info, read } = house.workspace;
  const deals = read.deals().map((deal) => dealStatus(house, deal));
  return {
    party: ownCard(info).card.name,
    role: info.role,
    environment: info.environment,
    events: read.eventCount(),
    deals,
    purge: purgeStatus(house),
    next: deals.length > 0 ? null : read.cards().length === 0 ? 'trust-partner' : 'draft-deal',
  };
}

function purgeStatus(house: House): PurgeStatus | null {
  const { read } = house.workspace;
  for (const { id, state, plan: bytes, planDigest } of read.purges().reverse()) {
    if (state === 'done' || state === 'void') continue;
    const plan = readPurgePlan(bytes);
    const approvals = { given: read.approvals(planDigest).length, needed: plan.approvals };
    return { id, state, records: planTotals(plan).purge, approvals };
  }
  return null;
}

function dealStatus(house: House, stored: StoredDeal): DealStatus {
  const { info, read } = house.workspace;
  const terms = readDealJson(stored.bytes);
  const has = (role: DealRole): boolean => stored.signatures.some((signature) => signature.role === role);
  const signed = { seller: has('seller'), buyer: has('buyer') };
  const dataset =
    read
      .datasets()
      .filter((d) => d.kind === 'customers' && d.content === 'cells' && d.state === 'kept')
      .at(-1) ?? null;
  const check = dataset === null ? undefined : read.latestCheck(stored.digest, dataset.id);
  const accounting = check === undefined ? null : (readPlan(check.plan).accounting[0] ?? null);
  const approvals = {
    given: check === undefined ? 0 : read.approvals(check.planDigest).length,
    needed: terms.approvals,
  };
  const bundles = read
    .bundles()
    .filter((bundle) => bundle.deal === stored.digest && bundle.state !== 'abandoned')
    .map(({ path, direction, state, time, id }) => {
      const receipt = read.receipt(id);
      const rows = receipt === undefined ? (accounting?.transfer ?? 0) : receivedRows(receipt.bytes);
      return { file: basename(path), direction, state, rows, time, id };
    });
  const facts = { terms, signed, dataset, accounting, approvals, bundles };
  return {
    id: stored.id,
    kind: terms.kind,
    partner: info.role === 'seller' ? terms.buyer.name : terms.seller.name,
    signed,
    dataset: dataset === null || info.role === 'buyer' ? null : datasetStatus(dataset),
    accounting,
    approvals,
    bundles,
    keepUntil: keepUntil(house, terms, bundles),
    next: info.role === 'seller' ? nextOfSeller(facts) : nextOfBuyer(facts),
  };
}

function receivedRows(receipt: Uint8Array): number {
  return readReceipt(receipt).resources.reduce((sum, resource) => sum + resource.received, 0);
}

function datasetStatus({ file, counts, imported }: Dataset) {
  const { rows } = counts;
  return { file, rows: typeof rows === 'number' ? rows : 0, imported };
}

function keepUntil(
  house: House,
  terms: Terms,
  bundles: readonly (BundleStatus & { readonly id: string })[],
): CalendarDate | null {
  if (house.workspace.info.role === 'buyer') return bundles.length === 0 ? null : buyerEnd(terms).date;
  const accepted = bundles.find((bundle) => bundle.state === 'accepted');
  const receipt = accepted === undefined ? undefined : house.workspace.read.receipt(accepted.id);
  return receipt === undefined ? null : sellerEnd(terms, dayOf(receipt.time)).date;
}

interface Facts {
  readonly signed: Readonly<Record<DealRole, boolean>>;
  readonly dataset: Dataset | null;
  readonly accounting: Accounting | null;
  readonly approvals: { readonly given: number; readonly needed: number };
  readonly bundles: readonly BundleStatus[];
}

function nextOfSeller({ signed, dataset, accounting, approvals, bundles }: Facts): NextStep {
  if (!signed.seller) return 'sign-deal';
  if (bundles.some((bundle) => bundle.state === 'accepted')) return 'done';
  if (bundles.some((bundle) => bundle.state === 'exported')) return 'await-receipt';
  if (dataset === null) return signed.buyer ? 'import' : 'await-signature';
  if (accounting === null) return 'check';
  if (!signed.buyer) return 'await-signature';
  return approvals.given < approvals.needed ? 'approve' : 'export';
}

function nextOfBuyer({ signed, bundles }: Facts): NextStep {
  if (!signed.buyer) return 'sign-deal';
  return bundles.some((bundle) => bundle.state === 'received') ? 'extract' : 'receive';
}
