import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimedCheckpoint, writeCheckpoint } from '../../src/audit/checkpoint.js';
import { LOG_TIP, logSigner } from '../../src/audit/own-log.js';
import { openIdentity } from '../../src/identity/sealed-identity.js';
import { Database } from '../../src/store/database.js';
import { eventCount } from '../../src/store/log.js';
import { LargeTables, sealTables } from '../../src/store/sealed-tables.js';
import { OpenDatabase } from './sqlite.js';

/** Signs the tables as a test left them, with the unprotected keys beside them: for states that are made up and are no forgery. */
export async function signTables(dir: string): Promise<void> {
  const { signer } = await openIdentity(readFileSync(join(dir, 'keys', 'identity.txt')), null);
  const db = Database.open(join(dir, 'handover.db'));
  const log = logSigner(originIn(dir), signer);
  const size = eventCount(db);
  sealTables(db, {
    known: null,
    changed: new Set(),
    large: new LargeTables(db),
    sign: (root) => log.tables(size, root),
  });
  db.close();
}

/** Makes the workspace one in which nothing was signed of the tables yet, as they began. */
export async function unsignTables(dir: string): Promise<void> {
  const { signer } = await openIdentity(readFileSync(join(dir, 'keys', 'identity.txt')), null);
  const tip = claimedCheckpoint(readFileSync(join(dir, LOG_TIP), 'utf8'));
  if (tip === null) throw new Error('the tip is no checkpoint');
  writeFileSync(join(dir, LOG_TIP), writeCheckpoint({ ...tip, origin: `${originIn(dir)}/tip` }, signer));
  const db = new OpenDatabase(join(dir, 'handover.db'));
  db.exec('DELETE FROM tables_seal');
  db.close();
}

function originIn(dir: string): string {
  const tip = claimedCheckpoint(readFileSync(join(dir, LOG_TIP), 'utf8'));
  return /^handover\/[^/]+/.exec(tip?.origin ?? '')?.[0] ?? '';
}
