import { check, conclude, type Examined } from '../check/check.js';
import { loadLedger } from '../check/ledger.js';
import { requireSigned } from '../deal/signing.js';
import {
  type ImportInput,
  type ImportResult,
  importAndJudge,
  importFile,
  knownDataset,
} from '../import/import.js';
import { Preparation } from '../import/preparation.js';
import { lengthOf, openSource } from '../import/source-file.js';
import { findDataset } from '../session/datasets.js';
import type { House } from '../session/house.js';
import { openPool } from '../workers/pool.js';
import { type ExportInput, type ExportResult, exportBundle } from './export.js';

export interface ExportFileInput extends ExportInput {
  readonly customers: ImportInput;
  /** A consent ledger that is imported first, or null. */
  readonly consents: ImportInput | null;
}

export interface ExportFileResult {
  /** What was imported now: the customers, then the ledger. */
  readonly imports: readonly ImportResult[];
  /** Null where so many rows were rejected that a person should look first. */
  readonly exported: ExportResult | null;
}

/**
 * Import, check and export in one go: the same steps on one set of threads. Without a consent ledger each record is judged while it is
 * read. What was imported and checked stays if the export is refused, for instance because the deal asks for an approval first; run
 * again, the command finds the files imported and goes on from there.
 */
export async function exportFile(house: House, input: ExportFileInput): Promise<ExportFileResult> {
  const { terms, dryRun, customers } = input;
  requireSigned(house, terms);
  await house.unlock();
  const bytes = await lengthOf(customers.path);
  // Threads start while the keys are derived.
  const pool = openPool(bytes, 'import');
  let preparation: Preparation | null = null;
  try {
    const known = customers.again ? undefined : await knownDataset(house, customers.path, bytes);
    const isJudged =
      known === undefined &&
      input.consents === null &&
      (await loadLedger(house, terms, null)).index.size === 0;
    // While the keys are derived.
    const source = known === undefined ? await openSource(customers.path, customers.encoding) : null;
    // Whose approval is needed has not seen these verdicts yet: the bundle is made another time.
    if (isJudged && terms.approvals === 0) preparation = await Preparation.begin(house, terms);
    const imports: ImportResult[] = [];
    const now = house.now;
    let dataset = known?.id;
    let examined: Pick<Examined, 'pages' | 'sieve'> | null = null;
    if (dataset === undefined) {
      const run = await importAndJudge(
        house,
        customers,
        isJudged ? { terms, preparation } : null,
        pool,
        source,
      );
      imports.push(run.imported);
      if (run.imported.outcome === 'findings') return { imports, exported: null };
      dataset = run.imported.dataset;
      if (isJudged) examined = run;
    }
    if (input.consents !== null && !(await isKnown(house, input.consents))) {
      imports.push(await importFile(house, input.consents));
    }
    const checking = { terms, dataset, dryRun };
    if (examined !== null) {
      const { pages, sieve } = examined;
      const ledger = await loadLedger(house, terms, dataset);
      const judged = { pages, sieve, now, ledger };
      const concluded = await conclude(house, checking, findDataset(house, dataset), judged);
      if (preparation !== null) preparation.check = concluded.check;
    } else {
      await check(house, checking, pool);
    }
    return { imports, exported: await exportBundle(house, input, pool, preparation) };
  } finally {
    await preparation?.close();
    await pool.close();
  }
}

async function isKnown(house: House, input: ImportInput): Promise<boolean> {
  return !input.again && (await knownDataset(house, input.path, await lengthOf(input.path))) !== undefined;
}
