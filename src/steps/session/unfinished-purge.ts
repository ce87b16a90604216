import { fail } from '../../messages/error.js';
import type { Session } from './session.js';

/** The purge that was interrupted, if there is one: what it ends must not be worked with, nor be joined by something new, before it is done. */
function unfinishedPurge(session: Session): string | null {
  const purge = session.workspace.read.retention
    .purges()
    .find(({ state }) => state === 'began' || state === 'erased');
  return purge?.id ?? null;
}

/** @throws HandoverError PURGE_UNFINISHED */
export function requireNoPurge(session: Session): void {
  const purge = unfinishedPurge(session);
  if (purge !== null) fail({ code: 'PURGE_UNFINISHED', purge });
}
