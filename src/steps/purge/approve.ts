import { fail } from '../../messages/error.js';
import { signPurgeApproval as sign } from '../../retention/purge-approval.js';
import type { StoredPurge } from '../../store/retention-rows.js';
import { personalIdentity, recordApproval } from '../session/approver-key.js';
import type { Session } from '../session/session.js';
import { findPurge, type PurgeView, viewPurge } from './plan.js';

/** The plan that waits to be carried out. @throws HandoverError PURGE_NONE, PURGE_UNKNOWN, PURGE_STATE */
export function waitingPurge(session: Session, named: string | null): StoredPurge {
  const stored = findPurge(session, named);
  return stored.state === 'planned' || stored.state === 'began'
    ? stored
    : fail({ code: 'PURGE_STATE', purge: stored.id });
}

/** That whoever sits there may approve a purge: to be known before anything is read and asked. @throws HandoverError APPROVAL_SAME_PERSON, APPROVAL_TWICE */
export function requireSecondForPurge(session: Session, { plan, approvers }: PurgeView): void {
  const approver = session.runtime.operator;
  if (approver === plan.planner) fail({ code: 'APPROVAL_SAME_PERSON', person: approver });
  if (approvers.includes(approver)) fail({ code: 'APPROVAL_TWICE', person: approver });
}

/**
 * Signs the plan of a purge as a second person, with a key and a passphrase of that person's own.
 *
 * @throws HandoverError PURGE_…, APPROVAL_SAME_PERSON, APPROVAL_TWICE, KEY_PASSPHRASE
 */
export async function approvePurge(session: Session, named: string | null): Promise<PurgeView> {
  const stored = waitingPurge(session, named);
  const view = viewPurge(session, stored);
  const { plan, digest } = view;
  requireSecondForPurge(session, view);
  const approver = session.runtime.operator;
  const identity = await personalIdentity(session, approver);
  const signed = sign(plan, approver, identity.signer, session.now);
  recordApproval(session, { purge: plan.purge, plan: digest }, signed, identity);
  return viewPurge(session, stored);
}
