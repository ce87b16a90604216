import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { listedWords } from '../../messages/screens/listed.js';
import { ConsentLedger } from '../../policy/consent-ledger.js';
import type { UnmatchedDecision } from '../../policy/near.js';
import { tableBytes } from '../../report/table-file.js';
import { isLedger } from '../../store/dataset-rows.js';
import { writeWhole, type Written } from '../../store/files.js';
import type { Session } from '../session/session.js';
import { findUnmatched } from './consent-ledger.js';
import type { ListFile } from './list-persons.js';
import { matchOthers, type Unmatched } from './unmatched.js';
import { unmatchedCells, unmatchedHeadings } from './unmatched-file.js';

/** The ledger rows that match nobody at a check under a deal. */
export interface UnmatchedList {
  readonly terms: Terms;
  /** With the number of events that the ledgers have. */
  readonly found: Unmatched & { readonly of: number };
  /** Each of them in the clear: the file, and the cells of {@link unmatchedCells}. */
  readonly rows: readonly (readonly string[])[];
}

/** The rows that a check under the deal counts as nobody's, those of all ledgers. @param said as for the check itself */
export async function findUnmatchedRows(
  session: Session,
  terms: Terms,
  said: UnmatchedDecision | null,
): Promise<UnmatchedList> {
  const { lang } = session.runtime;
  const rows: (readonly string[])[] = [];
  const found = await findUnmatched(
    session,
    (unmatched, near) => rows.push([unmatched.file, ...unmatchedCells(unmatched, near, lang)]),
    { terms, said },
  );
  if (found !== null) return { terms, found, rows };
  const nothing = await matchOthers(session, [], new ConsentLedger(), said);
  return { terms, found: { ...nothing, of: 0 }, rows };
}

/**
 * Writes those rows in the clear, for a purpose that somebody names: corrected, the file is a consent ledger that can be imported. The log
 * knows of it before anybody can see it, and it ends with every file whose persons it names.
 *
 * @throws HandoverError FILE_EXISTS
 */
export async function writeUnmatchedRows(
  session: Session,
  { terms, rows }: UnmatchedList,
  { path, format, purpose, force }: ListFile,
): Promise<Written> {
  const { lang } = session.runtime;
  const { unmatchedSheet, ledgerFile } = listedWords[lang];
  const columns = [ledgerFile, ...unmatchedHeadings(lang)].map((heading) => ({ heading, width: 16 }));
  const announce = (written: Written): void => {
    session.record(
      {
        action: 'unmatched-listed',
        objects: { deal: dealDigest(terms), file: written.sha256 },
        details: { rows: rows.length, format, purpose },
      },
      (writer) => {
        for (const dataset of namedIn(session))
          writer.rememberFile({ ...written, path, kind: 'extract', time: session.now, dataset });
      },
    );
  };
  return writeWhole(path, tableBytes(format, unmatchedSheet, columns, once(rows)), { force, announce });
}

async function* once(
  rows: readonly (readonly string[])[],
): AsyncGenerator<readonly (readonly string[])[], void, undefined> {
  yield rows;
}

/** The ledgers that the rows are of, and the customer files whose numbers may be beside them. */
function namedIn(session: Session): readonly string[] {
  return session.workspace.read
    .datasets()
    .filter(
      (dataset) =>
        dataset.state === 'kept' &&
        (isLedger(dataset) || (dataset.kind === 'customers' && dataset.content === 'cells')),
    )
    .map(({ id }) => id);
}
