import { seal, type Sha256, unseal } from '../../base/crypto.js';
import { fail } from '../../messages/error.js';
import type { StoredPaper } from '../../store/house-rows.js';
import type { Session } from './session.js';

/** All papers share one key: they are the firm's own, and no purge of customers ends them. */
const KEY = 'papers';

/** Bytes of a paper as they are kept. */
export async function sealedPaper(session: Session, bytes: Uint8Array, digest: Sha256): Promise<Uint8Array> {
  return seal(bytes, contextOf(digest), await session.keyFor(KEY), session.runtime.random);
}

/** A paper as it was taken in. @throws HandoverError WORKSPACE_DAMAGED */
export async function openPaper(
  session: Session,
  { id, sha256: digest }: Pick<StoredPaper, 'id' | 'sha256'>,
): Promise<Uint8Array> {
  const sealed = session.workspace.read.house.sealedPaper(id) ?? new Uint8Array();
  const bytes = unseal(sealed, contextOf(digest), await session.keyFor(KEY));
  return bytes ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}

function contextOf(digest: Sha256): string {
  return `handover paper ${digest}`;
}
