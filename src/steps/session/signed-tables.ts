import { claimedCheckpoint, readCheckpoint } from '../../audit/checkpoint.js';
import { type EventAction, FIRST_SEQ } from '../../audit/event.js';
import { tablesOrigin, tellsOfTables } from '../../audit/own-log.js';
import type { PublicKey } from '../../base/crypto.js';
import { HandoverError } from '../../messages/error.js';
import type { AuditProblem } from '../../messages/problems/audit.js';
import { LARGE_TABLES } from '../../store/large-tables.js';
import { rootOfTables, type TablesSeal } from '../../store/sealed-tables.js';
import type { Workspace } from '../../store/workspace.js';

/*
 * What the tables hold was signed with the last event, in the transaction that wrote both. Rows and events speak for each other besides
 * (beside-log.ts), which says more of what is wrong; here every value of every row counts.
 */

/** Whose signature is asked for. */
interface Own {
  readonly publicKey: PublicKey;
  readonly origin: string;
}

/** What somebody without the keys may write, by the event that tells of it. */
const WRITTEN_WITHOUT_KEYS: Readonly<Partial<Record<EventAction, readonly string[]>>> = {
  approved: ['approval'],
  'incident-opened': ['incident'],
  'incident-updated': ['incident_note'],
  'incident-closed': ['incident', 'incident_note'],
  'evidence-packed': [],
};

/** Where the seal itself is not good. */
const SEAL = 'tables_seal';

/**
 * Tables that are not as they were signed.
 *
 * @param withLarge whether those are read that grow with the list
 */
export function tableFindings(workspace: Workspace, own: Own, withLarge: boolean): readonly AuditProblem[] {
  const { read, tip } = workspace;
  const strange = read.log.strangeSchema();
  const changed = (tables: readonly string[]): readonly AuditProblem[] =>
    [...strange, ...tables].map((table) => ({ code: 'TABLES_CHANGED', table }));
  const seal = read.log.tablesSeal();
  if (seal === null) return changed(tip !== null && tellsOfTables(tip, own.origin) ? [SEAL] : []);
  const size = signedSize(seal, own);
  const except = size === null ? null : writtenSince(workspace, size);
  if (except === null) return changed([SEAL]);
  return changed(read.log.changedTables(seal.digests, withLarge ? except : [...except, ...LARGE_TABLES]));
}

/** After how many events the tables were signed; null where the seal is not the party's. */
function signedSize({ note, digests }: TablesSeal, { publicKey, origin }: Own): number | null {
  if (claimedCheckpoint(note)?.root !== rootOfTables(digests)) return null;
  try {
    return readCheckpoint(note, { publicKey, origin: tablesOrigin(origin), document: SEAL }).size;
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  }
}

/** The tables that events of people without the keys changed since; null where other events follow, or fewer than were signed. */
function writtenSince({ read }: Workspace, size: number): readonly string[] | null {
  if (read.log.eventCount() < size) return null;
  const tables: string[] = [];
  for (const { action } of read.log.events(FIRST_SEQ + size)) {
    const written = WRITTEN_WITHOUT_KEYS[action];
    if (written === undefined) return null;
    tables.push(...written);
  }
  return tables;
}
