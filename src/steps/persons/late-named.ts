import type { Sha256 } from '../../base/crypto.js';
import type { Instant } from '../../base/time.js';
import { readNotice } from '../../bundle/notice.js';
import type { Session } from '../session/session.js';

// Whom notices named that were sent under a deal.

/** Whether a digest is that of some version of a deal: bundles, words and notices stay under the version of their day. */
export function isOf(session: Session, id: string, digest: Sha256): boolean {
  return session.workspace.read.deal(digest)?.id === id;
}

/** Notices that were sent under a deal, about persons and all purposes. @param deal its id */
function noticesOf(session: Session, deal: string) {
  return session.workspace.read.persons
    .notices()
    .filter(
      ({ direction, deal: of, kind }) => direction === 'out' && isForGood(kind) && isOf(session, deal, of),
    )
    .map((stored) => readNotice(stored.bytes))
    .filter(({ purpose }) => purpose === null);
}

function isForGood(kind: string): boolean {
  return kind === 'withdrawal' || kind === 'objection' || kind === 'erasure';
}

/** The persons whom notices of a deal named, and when each of them last. */
export function namedUnder(session: Session, deal: string): ReadonlyMap<string, Instant> {
  const named = new Map<string, Instant>();
  for (const { subjects, issued } of noticesOf(session, deal))
    for (const subject of subjects) noteLatest(named, subject, issued);
  return named;
}

/** Keeps the later of two times of a person. */
export function noteLatest(times: Map<string, Instant>, subject: string, time: Instant): void {
  const known = times.get(subject);
  if (known === undefined || known < time) times.set(subject, time);
}
