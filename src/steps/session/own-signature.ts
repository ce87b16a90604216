import type { Sha256 } from '../../base/crypto.js';
import type { Instant } from '../../base/time.js';
import type { Session } from './session.js';

/** When this party signed a wording of a deal, by its own log; null if the log does not say so, or no longer. @param deal its digest */
export function ownSignatureTime(session: Session, deal: Sha256): Instant | null {
  for (const { action, objects, time } of session.workspace.read.log.events())
    if (action === 'deal-signed' && objects['deal'] === deal) return time;
  return null;
}
