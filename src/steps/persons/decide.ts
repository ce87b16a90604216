import { hex } from '../../base/bytes.js';
import { fail } from '../../messages/error.js';
import type { PairDecision } from '../../policy/decided-pairs.js';
import type { Session } from '../session/session.js';
import { findLateWords } from './late.js';
import { knownSubject } from './withdraw.js';

export interface DecideInput {
  /** Two customer numbers as in the file. */
  readonly first: string;
  readonly second: string;
  readonly decision: PairDecision;
  readonly dryRun: boolean;
}

/**
 * Notes what somebody found out about two customer numbers that look like one person (PIPL-8): one, or two. It is kept by tag, so that it
 * outlives every import; plans made before are stale; the last word on a pair counts.
 *
 * @throws HandoverError WRONG_ROLE, SUBJECT_UNKNOWN, SUBJECT_PAIR
 */
export async function decidePair(session: Session, input: DecideInput): Promise<void> {
  const { decision } = input;
  if (session.workspace.info.role !== 'seller') fail({ code: 'WRONG_ROLE', role: 'seller' });
  await session.keys();
  const [first, second] = [
    (await knownSubject(session, input.first)).own,
    (await knownSubject(session, input.second)).own,
  ];
  if (hex(first) === hex(second)) fail({ code: 'SUBJECT_PAIR' });
  if (input.dryRun) return;
  const person = session.requireOperator();
  session.record(
    { action: 'pair-decided', objects: { subject: hex(first), other: hex(second) }, details: { decision } },
    (write) => write.persons.addDecidedPair({ first, second, decision, person, time: session.now }),
  );
  // Of one person a no under either number counts, also for whoever was handed over under the other.
  await findLateWords(session);
}
