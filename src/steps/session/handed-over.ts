import { readManifest } from '../../bundle/manifest.js';
import { type Receipt, readReceipt } from '../../bundle/receipt.js';
import { countPersons } from '../../policy/persons.js';
import type { HandoverState } from '../../report/audit-report-deal.js';
import type { Reader } from '../../store/reader.js';
import type { StoredBundle } from '../../store/bundle-rows.js';

/** What went from the seller to the buyer under a deal. Persons are counted once over all of its bundles. */
export interface HandedOver {
  readonly state: HandoverState;
  /** In order. */
  readonly bundles: readonly StoredBundle[];
  /** Persons who went, or who came. */
  readonly persons: number;
  /** Persons whom a receipt confirms; null while there is no receipt that accepts. */
  readonly confirmed: number | null;
  /** The first bundle that nobody has answered yet. */
  readonly awaited: StoredBundle | null;
}

/** The bundles of a deal under whatever version, without those that were given up before anybody had them. */
export function bundlesOfDeal(read: Reader, deal: string): readonly StoredBundle[] {
  return read
    .bundles()
    .filter((bundle) => bundle.state !== 'abandoned' && read.deal(bundle.deal)?.id === deal);
}

/** Whether a bundle left the house, or came into it. */
export function hasLeft({ state }: Pick<StoredBundle, 'state'>): boolean {
  return state !== 'began' && state !== 'abandoned';
}

/** Rows of a bundle: each is one person. None while it is being written. */
export function rowsOf({ manifest }: Pick<StoredBundle, 'manifest'>): number {
  if (manifest.length === 0) return 0;
  // The customers come first; the tables beside them hold no further person.
  return readManifest(manifest).resources[0]?.rows ?? 0;
}

/** The state of the handover of a deal, or of some of its bundles: the one source of that figure for every screen, page and document. */
export function handedOver(read: Reader, bundles: readonly StoredBundle[]): HandedOver {
  const left = bundles.filter(hasLeft);
  const persons = personsInBundles(read, left);
  const confirmed = confirmedOf(read, left);
  const awaited = left.find(({ state }) => state === 'exported') ?? null;
  return { state: stateOf(left, persons, confirmed), bundles: left, persons, confirmed, awaited };
}

function stateOf(left: readonly StoredBundle[], persons: number, confirmed: number | null): HandoverState {
  const isAwaited = left.some(({ state }) => state === 'exported');
  if (isAwaited) return confirmed === null ? 'sent' : 'partly-sent';
  if (confirmed === null) return left.some(({ state }) => state === 'refused') ? 'refused' : 'none';
  return confirmed < persons ? 'partly-refused' : 'handed-over';
}

/** Persons in bundles, each once. One bundle holds nobody twice: its rows were counted when it was signed. */
export function personsInBundles(read: Reader, bundles: readonly StoredBundle[]): number {
  const [only, ...others] = bundles;
  if (only === undefined) return 0;
  if (others.length === 0) return rowsOf(only);
  return countPersons(function* () {
    for (const { id } of bundles) for (const { tags } of read.handedOver(id)) yield tags;
  });
}

/**
 * Persons whom the buyer says that it took. Of a bundle from which it refused some rows, a receipt does not say whose: of those who are in
 * no other bundle that many are taken off, so that the figure is never too high.
 */
function confirmedOf(read: Reader, left: readonly StoredBundle[]): number | null {
  const answered = left.flatMap((bundle) => {
    const receipt = receiptOf(read, bundle);
    // What came in was verified and stored row by row.
    if (bundle.direction === 'in') return [{ bundle, refused: 0 }];
    return receipt === null || receipt.disposition === 'refused' || bundle.state === 'aborted'
      ? []
      : [{ bundle, refused: receipt.resources[0]?.refused ?? 0 }];
  });
  if (answered.length === 0) return null;
  const whole = answered.filter(({ refused }) => refused === 0).map(({ bundle }) => bundle);
  const taken = personsInBundles(read, whole);
  return answered.reduce((sum, { bundle, refused }) => {
    if (refused === 0) return sum;
    return sum + Math.max(0, personsInBundles(read, [...whole, bundle]) - taken - refused);
  }, taken);
}

/** The receipt of a bundle, given or got; null while there is none. */
export function receiptOf(read: Reader, { id }: Pick<StoredBundle, 'id'>): Receipt | null {
  const kept = read.receipt(id);
  return kept === undefined ? null : readReceipt(kept.bytes);
}
