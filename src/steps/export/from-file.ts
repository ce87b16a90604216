import { dayOf } from '../../base/time.js';
import { CUSTOMERS, isHeaderOf } from '../../dataset/profile.js';
import { fail } from '../../messages/error.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { Overflow } from '../../store/overflow.js';
import { check, conclude } from '../check/check.js';
import { sentUnder } from '../check/handed-over.js';
import { loadConsentLedger } from '../check/consent-ledger.js';
import { requireGates } from '../deal/gates.js';
import { requireSigned } from '../deal/signing.js';
import {
  type ImportInput,
  type ImportResult,
  importAndJudge,
  importFile,
  knownDataset,
} from '../import/import.js';
import { Preparation } from '../import/preparation.js';
import type { RepeatedSubject } from '../import/repeats.js';
import { lengthOf, openSource } from '../import/source-file.js';
import type { Session } from '../session/session.js';
import { loggingRefusal } from '../session/refusal.js';
import { customerList } from '../session/list.js';
import { ComparedPages } from '../workers/compared-pages.js';
import { openPool } from '../workers/pool.js';
import { type ExportInput, type ExportResult, exportWith } from './export.js';

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
export function exportFile(session: Session, input: ExportFileInput): Promise<ExportFileResult> {
  const { dryRun, customers } = input;
  return loggingRefusal(session, { path: customers.path, dryRun }, () => importAndExport(session, input));
}

async function importAndExport(session: Session, input: ExportFileInput): Promise<ExportFileResult> {
  const { terms, dryRun, customers } = input;
  requireSigned(session, terms);
  requireGates(session, terms);
  await session.unlock();
  const bytes = await lengthOf(customers.path);
  // Threads start while the keys are derived.
  const pool = openPool(bytes, 'import');
  let preparation: Preparation | null = null;
  const compared = new ComparedPages(new Overflow(session.path('exchange'), session.runtime.random));
  try {
    const known = customers.again ? undefined : await knownDataset(session, customers.path, bytes);
    if (known !== undefined) requireListed(session, known);
    const isJudged = known === undefined && (await mayBeJudgedAtOnce(session, input));
    // While the keys are derived.
    const source =
      known === undefined ? await openSource(customers.path, customers, isHeaderOf(CUSTOMERS)) : null;
    // Whoever has to approve has not seen these verdicts yet: the bundle is made another time.
    if (isJudged && terms.approvals === 0) preparation = await Preparation.begin(session, terms);
    const imports: ImportResult[] = [];
    const now = session.now;
    let repeats: readonly RepeatedSubject[] | null = null;
    if (known === undefined) {
      const run = await importAndJudge(
        session,
        customers,
        isJudged ? { terms, preparation, compared } : null,
        pool,
        source === null ? null : { source },
      );
      imports.push(run.imported);
      if (run.imported.outcome === 'findings') return { imports, exported: null };
      if (isJudged && !run.isJoined && !run.lacksSpellings) repeats = run.repeats;
    }
    if (input.consents !== null && !(await isKnown(session, input.consents))) {
      imports.push(await importFile(session, input.consents));
    }
    const [dataset] = customerList(session.workspace.read);
    if (repeats !== null && dataset !== undefined) {
      const ledger = await loadConsentLedger(session, terms, [dataset.id]);
      const files = [{ dataset, pages: compared.pages, compared, repeats }];
      const checking = { terms, dataset: null, dryRun };
      const concluded = await conclude(session, checking, { files, now, ledger }, pool);
      if (preparation !== null) preparation.check = concluded.check;
    } else await check(session, { terms, dataset: null, again: input.again, dryRun }, pool);
    return { imports, exported: await exportWith(session, input, pool, preparation) };
  } finally {
    compared.giveUp();
    await preparation?.close();
    await pool.close();
  }
}

/** A file that was imported before, and is no part of the list today, is not what would go. @throws HandoverError DATASET_KNOWN */
function requireListed(session: Session, { id, file, imported }: Dataset): void {
  if (customerList(session.workspace.read).some((listed) => listed.id === id)) return;
  fail({ code: 'DATASET_KNOWN', file, imported: dayOf(imported) });
}

/** Whether verdicts can be given while the file is read: it is a list of its own, and nothing else is known of anybody, nor did anybody go. */
async function mayBeJudgedAtOnce(
  session: Session,
  { terms, customers, consents }: ExportFileInput,
): Promise<boolean> {
  const isList =
    customers.relation === 'list' ||
    customers.relation === 'newer' ||
    (customers.relation === null && customerList(session.workspace.read).length === 0);
  const isFirst = sentUnder(session.workspace.read, terms.id).length === 0;
  return (
    isList && isFirst && consents === null && (await loadConsentLedger(session, terms, [])).index.size === 0
  );
}

async function isKnown(session: Session, input: ImportInput): Promise<boolean> {
  return !input.again && (await knownDataset(session, input.path, await lengthOf(input.path))) !== undefined;
}
