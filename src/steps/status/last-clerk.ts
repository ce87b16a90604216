import { FIRST_SEQ } from '../../audit/event.js';
import type { Session } from '../session/session.js';

/** How far back it is looked. */
const MOST_EVENTS = 50;

/** Who did last what a clerk does: whoever sits down again need not write the name again. Null where only approvals were put down lately. */
export function lastClerk({ workspace: { read } }: Session): string | null {
  const from = Math.max(FIRST_SEQ, read.log.eventCount() + FIRST_SEQ - MOST_EVENTS);
  let found: string | null = null;
  for (const { action, actor } of read.log.events(from)) if (action !== 'approved') found = actor.operator;
  return found;
}
