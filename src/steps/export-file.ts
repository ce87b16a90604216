import { check, conclude, findDataset } from './check.js';
import { requireSigned } from './deal.js';
import { exportBundle, type ExportInput, type ExportResult } from './export.js';
import type { House } from './house.js';
import { type ImportInput, type ImportResult, importAndJudge, importFile } from './import.js';
import { loadLedger } from './ledger.js';
import { openPool } from './pool.js';
import { openSource } from './source-file.js';

export interface ExportFileInput extends ExportInput {
  readonly customers: ImportInput;
  /** A consent ledger that is imported first, or null. */
  readonly consents: ImportInput | null;
}

export interface ExportFileResult {
  /** The ledger, if there was one, and the customers. */
  readonly imports: readonly ImportResult[];
  /** Null where so many rows were rejected that a person should look first. */
  readonly exported: ExportResult | null;
}

/**
 * Import, check and export in one go: the same steps on one set of threads. Without a consent ledger each record is judged while it is
 * read. What was imported and checked stays if the export is refused, for instance because the deal asks for an approval first.
 */
export async function exportFile(house: House, input: ExportFileInput): Promise<ExportFileResult> {
  const { terms, dryRun } = input;
  requireSigned(house, terms);
  const source = await openSource(input.customers.path, input.customers.encoding);
  const consents = input.consents === null ? [] : [await importFile(house, input.consents)];
  const ledger = await loadLedger(house);
  const pool = openPool(source.bytes);
  try {
    const now = house.now;
    const judging = ledger.index.size === 0 ? terms : null;
    const { imported, pages } = await importAndJudge(house, input.customers, judging, pool);
    const imports = [...consents, imported];
    if (imports.some((result) => result.outcome === 'findings')) return { imports, exported: null };
    const checking = { terms, dataset: imported.dataset, dryRun };
    if (judging === null) await check(house, checking, pool);
    else await conclude(house, checking, findDataset(house, imported.dataset), { pages, now, ledger });
    return { imports, exported: await exportBundle(house, input, pool) };
  } finally {
    await pool.close();
  }
}
