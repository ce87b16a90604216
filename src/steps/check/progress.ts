// How far the customer list is on its way into a bundle: one answer, for status, guide and report.

import { HandoverError } from '../../messages/error.js';
import type { Accounting } from '../../bundle/accounting.js';
import { readApproval, type SignedApproval } from '../../bundle/approval.js';
import { readPlan } from '../../bundle/plan.js';
import type { Reader } from '../../store/reader.js';
import type { StoredCheck } from '../../store/check-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import { customerList } from '../session/list.js';
import { checkThatCounts, isOutdated } from './carried.js';

/**
 * - `no-data`: there is no customer list.
 * - `unchecked`: nobody has judged the list as it is now, under the version in force.
 * - `to-ask`: nobody may go yet, and some have to be asked first. `nobody`: nobody may go, and nobody is left to ask.
 * - `unapproved`: some may go once as many others have approved as the deal wants. `ready`: they may go.
 */
export type ListProgress = 'no-data' | 'unchecked' | 'to-ask' | 'nobody' | 'unapproved' | 'ready';

export interface ListState {
  readonly progress: ListProgress;
  /** The check whose figures count for the list; null where there is none. */
  readonly check: StoredCheck | null;
  readonly accounting: Accounting | null;
  /** Valid approvals of that check's plan. */
  readonly approvals: { readonly given: number; readonly needed: number };
}

/**
 * The way of the customer list under a deal.
 *
 * @param needed how many approvals the deal wants
 */
export function listState(read: Reader, { digest }: StoredDeal, needed: number): ListState {
  const list = customerList(read);
  const check = list.length === 0 ? null : (checkThatCounts(read, digest, list) ?? null);
  const accounting = check === null ? null : (readPlan(check.plan).accounting[0] ?? null);
  const given = check === null ? 0 : read.approvals(check.planDigest).filter((a) => isValid(a, check)).length;
  const approvals = { given, needed };
  return { progress: progressOf(), check, accounting, approvals };

  function progressOf(): ListProgress {
    if (list.length === 0) return 'no-data';
    if (check === null || accounting === null || check.deal !== digest || isOutdated(read, check))
      return 'unchecked';
    if (accounting.transfer === 0) return accounting.ask > 0 ? 'to-ask' : 'nobody';
    return given < needed ? 'unapproved' : 'ready';
  }
}

/** Whether a stored approval is one of this check's plan: whoever has the disk can put others there. */
export function isValid(signed: SignedApproval, { plan }: Pick<StoredCheck, 'plan'>): boolean {
  try {
    readApproval(signed, readPlan(plan), 'approval.json');
    return true;
  } catch (error) {
    if (error instanceof HandoverError) return false;
    throw error;
  }
}
