import type { Vault } from '../../store/vault.js';
import type { Session } from './session.js';

/**
 * Data keys under which nothing is sealed any more: of what was purged, and of imports that were killed before their dataset was kept. They
 * open nothing that is in the database; a purge destroys them, so that they open nothing in an old copy of it either. The secrets of lots
 * and ranges go with them: what was cut before a purge is no longer what may go, or come.
 */
export function unusedDataKeys(session: Session, vault: Vault): readonly string[] {
  const used = new Set(
    session.workspace.read
      .datasets()
      .filter(({ state }) => state === 'kept')
      .map(({ keyId }) => keyId),
  );
  // A purge that began has made the keys of what stays before it seals anything under them.
  for (const { state, freshKeys } of session.workspace.read.retention.purges())
    if (state === 'began') for (const id of Object.values(freshKeys)) used.add(id);
  return vault
    .ids()
    .filter((id) => (id.startsWith('data-') && !used.has(id)) || /^(?:lots|opening|ranges)-/.test(id));
}
