import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { recordsOf } from '../../dataset/page.js';
import { compileEvents, Ledger } from '../../policy/ledger.js';
import { openPage } from '../../store/sealed-pages.js';
import type { House } from '../session/house.js';

export interface LoadedLedger {
  readonly index: Ledger;
  /** Ids of the datasets that were read. */
  readonly datasets: readonly string[];
  /** Digests of the files that they came from. */
  readonly files: readonly Sha256[];
}

/** Reads every imported consent ledger into memory, found by subject tag. */
export async function loadLedger(house: House): Promise<LoadedLedger> {
  const index = new Ledger();
  const sources = house.workspace.read
    .datasets()
    .filter((dataset) => dataset.kind === 'consents' && dataset.state === 'kept');
  const { vault } = await house.keys();
  for (const { id, keyId, columns } of sources) {
    const key = vault.get(keyId);
    const eventOf = compileEvents(columns);
    for (const { number, sealed, tags } of house.workspace.read.pages(id)) {
      const records = recordsOf(openPage(sealed, { dataset: id, number }, key));
      records.forEach((record, i) => {
        index.add(eventOf(record), tags, i * TAG_BYTES);
      });
    }
  }
  return { index, datasets: sources.map((d) => d.id), files: sources.map((d) => d.sha256) };
}
