import type { DealRole } from '../../deal/terms.js';
import type { ListState } from '../check/progress.js';
import type { SinceHandover } from '../check/since-handover.js';
import type { HandedOver } from '../session/handed-over.js';

/** What the person can do next, or whom the deal waits for. */
export type NextStep =
  | 'trust-partner'
  | 'draft-deal'
  | 'sign-deal'
  | 'await-signature'
  | 'import'
  | 'check'
  | 'ask'
  | 'ask-on'
  | 'nobody'
  | 'approve'
  | 'export'
  | 'await-receipt'
  | 'settle-refusal'
  | 'settle-late'
  | 'settle-unmatched'
  | 'receive'
  | 'own-notice'
  | 'extract'
  | 'done'
  | 'aborted';

interface Facts {
  readonly signed: Readonly<Record<DealRole, boolean>>;
  readonly list: ListState;
  /** Whether a bundle has carried the check of the list out. */
  readonly isCarriedOut: boolean;
  /** Whether a batch of customers was asked. */
  readonly isAsked: boolean;
  readonly handover: HandedOver;
  readonly since: SinceHandover | null;
}

/** What the seller does next, or waits for. */
export function nextOfSeller({ signed, list, isCarriedOut, isAsked, handover, since }: Facts): NextStep {
  if (!signed.seller) return 'sign-deal';
  if (handover.awaited !== null) return 'await-receipt';
  if (since?.isUnheard === true) return 'check';
  const hasNew = !isCarriedOut && (list.accounting?.transfer ?? 0) > 0;
  const isComplete = list.progress === 'no-data' || (list.check !== null && !hasNew);
  if (handover.state === 'handed-over' && isComplete) {
    if (since !== null && since.unmatched > 0) return 'settle-unmatched';
    return since !== null && since.unclear > 0 ? 'settle-late' : 'done';
  }
  if (handover.state === 'partly-refused') return 'settle-refusal';
  if (list.progress === 'unchecked') return 'check';
  if (list.progress === 'no-data') return signed.buyer ? 'import' : 'await-signature';
  if (!signed.buyer) return 'await-signature';
  const steps = {
    'to-ask': isAsked ? 'ask-on' : 'ask',
    nobody: 'nobody',
    unapproved: 'approve',
    ready: 'export',
  } as const;
  return steps[list.progress];
}

/** What the buyer does next. @param unwritten dataset that is in no file yet; null where there is none */
export function nextOfBuyer(
  { signed, handover }: Facts,
  unwritten: string | null,
  isTold: boolean,
): NextStep {
  if (!signed.buyer) return 'sign-deal';
  if (handover.bundles.length === 0) return signed.seller ? 'receive' : 'await-signature';
  if (unwritten === null) return 'done';
  return isTold ? 'extract' : 'own-notice';
}
