import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemRandom } from '../../src/base/crypto.js';
import { openIdentity } from '../../src/identity/sealed-identity.js';
import { Vault } from '../../src/store/vault.js';
import { openWorkspace } from '../../src/store/workspace.js';

/** What a workspace holds, counted in its database and not asked from a command. */
export interface Stock {
  /** Customer lists and ledgers: kind, records promised (without those that were purged), records in the pages. */
  readonly datasets: readonly { readonly kind: string; readonly promised: number; readonly held: number }[];
  /** Bundles, as `out exported`. */
  readonly bundles: readonly string[];
  readonly receipts: number;
  /** Notices about persons, as `out open` or `in completed`. */
  readonly notices: readonly string[];
  /** Base names of the files in clear that the store remembers, of this kind. */
  readonly rejects: readonly string[];
  readonly extracts: readonly string[];
  /** How often each action stands in the log. */
  readonly events: Readonly<Record<string, number>>;
}

export function stockOf(dir: string): Stock {
  const workspace = openWorkspace(dir);
  try {
    const { read } = workspace;
    const bundles = read.bundles();
    const events: Record<string, number> = {};
    for (const { action } of read.log.events()) events[action] = (events[action] ?? 0) + 1;
    const remembered = (kind: string) =>
      read
        .files()
        .filter((file) => file.kind === kind)
        .map(({ path }) => path.replace(/.*[\\/]/, ''));
    return {
      datasets: read.datasets().map(({ id, kind, content, counts }) => {
        const { purged } = counts;
        const came = counts[content === 'cells' ? 'records' : 'received'];
        const promised = typeof came === 'number' ? came - (typeof purged === 'number' ? purged : 0) : -1;
        let held = 0;
        for (const { records } of read.pages(id)) held += records;
        return { kind, promised, held };
      }),
      bundles: bundles.map(({ direction, state }) => `${direction} ${state}`),
      receipts: bundles.filter(({ id }) => read.receipt(id) !== undefined).length,
      notices: read.persons
        .notices()
        .map(({ direction, completed }) => `${direction} ${completed === null ? 'open' : 'completed'}`),
      rejects: remembered('reject'),
      extracts: remembered('extract'),
      events,
    };
  } finally {
    workspace.close();
  }
}

/** The ids of the data keys in the vault of a workspace whose identity is not encrypted. */
export async function keysOf(dir: string): Promise<readonly string[]> {
  const identity = await openIdentity(readFileSync(join(dir, 'keys', 'identity.txt')), null);
  return Vault.open(dir, identity.workspaceKey, systemRandom).ids();
}
