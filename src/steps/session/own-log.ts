import type { EventAction, LoggedEvent } from '../../audit/event.js';
import type { Anchor } from '../../audit/log.js';
import { type OwnLogResult, verifyOwnLog } from '../../audit/own-log.js';
import { isSha256 } from '../../base/crypto.js';
import { approvalDigest } from '../../bundle/approval.js';
import { readCard } from '../../identity/card.js';
import { readPublicKeyText, verifyMinisign } from '../../identity/minisign.js';
import { fail, HandoverError } from '../../messages/error.js';
import type { Reader, Workspace } from '../../store/workspace.js';
import { BesideLog } from './beside-log.js';
import { tableFindings } from './signed-tables.js';

/** The origin line of a workspace's checkpoints. */
export function originOf(workspaceId: string): string {
  return `handover/${workspaceId}`;
}

/**
 * Verifies the log of a workspace by all that was signed of it there. Needs no passphrase: the card's public key is enough.
 *
 * @param others further checkpoints of this log, already verified
 * @param recent of how many of the last checkpoints the signature is looked at; all of them without it
 */
export function checkOwnLog(
  workspace: Workspace,
  others: readonly Anchor[] = [],
  recent?: number,
): OwnLogResult {
  const { info, read, tip } = workspace;
  const { publicKey } = readCard(info.card, info.cardSignature, 'card.json');
  const own = { publicKey, origin: originOf(info.id) };
  const beside = new BesideLog(read);
  const result = verifyOwnLog(
    {
      events: watched(read.log.storedEvents(), beside),
      pruned: read.log.pruned(),
      prunings: read.log.segments(),
      checkpoints: read.log.checkpoints(),
      tip,
      isVouched: (event) => isVouched(event, read),
      unsigned: UNSIGNED_ACTIONS,
    },
    own,
    others,
    recent,
  );
  const found = [
    ...beside.findings(result.pruned === 0 ? null : beside.since),
    ...tableFindings(workspace, own, recent === undefined),
  ];
  return found.length === 0 ? result : { ...result, findings: [...result.findings, ...found], intact: false };
}

function* watched<T extends { readonly event: LoggedEvent }>(
  events: Iterable<T>,
  beside: BesideLog,
): Generator<T, void, undefined> {
  for (const stored of events) {
    beside.add(stored.event);
    yield stored;
  }
}

/** Checkpoints that each command verifies before it signs another. */
const RECENT = 20;

/**
 * Looks at a log before something is signed over it: whoever signs a forgery makes it their own.
 *
 * @returns refuses to go on with a log that was tampered with; it throws the first LOG_ finding, as HandoverError
 */
export function lookAtLog(workspace: Workspace): () => void {
  const { read } = workspace;
  try {
    const size = read.log.eventCount();
    requireSoundLog(workspace);
    // What was written in the meantime is looked at as well.
    return () => {
      if (read.log.eventCount() !== size) requireSoundLog(workspace);
    };
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** @throws HandoverError the first LOG_ finding */
function requireSoundLog(workspace: Workspace): void {
  const alarm = checkOwnLog(workspace, [], RECENT).findings.find(({ code }) => code !== 'LOG_TIME');
  if (alarm !== undefined) fail(alarm);
}

/**
 * What may be logged without the party's keys: an approval, by a second person who has a key of his own; an incident, in which the
 * passphrase may be what was lost; a pack of evidence that says it is unsigned.
 */
export const UNSIGNED_ACTIONS: readonly EventAction[] = [
  'approved',
  'incident-opened',
  'incident-updated',
  'incident-closed',
  'evidence-packed',
];

function isVouched(event: LoggedEvent, read: Reader): boolean {
  if (event.action === 'approved') return isApproval(event, read);
  return UNSIGNED_ACTIONS.includes(event.action);
}

/** Whether an event tells of an approval that is stored, signed by the key that the event names: its maker has no other key. */
function isApproval({ objects }: LoggedEvent, read: Reader): boolean {
  const { plan = '', approval, key = '' } = objects;
  const publicKey = readPublicKeyText(key);
  if (publicKey === null || !isSha256(plan)) return false;
  const stored = read.approvals(plan).find((signed) => approvalDigest(signed) === approval);
  if (stored === undefined) return false;
  try {
    verifyMinisign(stored.bytes, stored.signature, publicKey);
    return true;
  } catch (error) {
    if (error instanceof HandoverError) return false;
    throw error;
  }
}
