import { existsSync } from 'node:fs';
import { CONSENT_COLUMNS, type ConsentColumnName, kindOfColumn } from '../../dataset/consent-columns.js';
import { csvRow } from '../../dataset/rejects.js';
import { importFileWords } from '../../messages/import-files.js';
import type { Lang } from '../../messages/lang.js';
import { punctuation } from '../../messages/punctuation.js';
import { columnLabel, valueLabel } from '../../report/labels.js';
import { type Written, writeWhole } from '../../store/files.js';
import { besideSource } from '../import/source-file.js';
import { isOwnUnchanged } from '../session/own-file.js';
import type { Session } from '../session/session.js';
import { findUnmatched } from './consent-ledger.js';
import { bareSubject, type Unmatched, type UnmatchedEvent } from './unmatched.js';

/** The rows of a ledger that match nobody, for a clerk to work through. */
export interface UnmatchedFile extends Written {
  readonly path: string;
  readonly rows: number;
}

/** A ledger that was imported, and where it lay. */
export interface ImportedLedger {
  readonly dataset: string;
  readonly path: string;
}

/**
 * Whom the ledgers name and no customer file; of a ledger that was just imported, all such rows go into a file beside it, in the clear: the
 * row, what it says, and the customers whose numbers are nearly the same. The log knows of the file before anybody can see it, and a purge
 * names it as it names reject files.
 *
 * @returns null where there is no ledger, or no customer file to compare it with
 */
export async function listUnmatched(
  session: Session,
  ledger: ImportedLedger | null,
): Promise<(Unmatched & { readonly of: number; readonly written: UnmatchedFile | null }) | null> {
  const { lang } = session.runtime;
  const rows: string[] = [];
  const found = await findUnmatched(session, (unmatched, near) => {
    if (unmatched.dataset === ledger?.dataset) rows.push(csvRow(unmatchedCells(unmatched, near, lang)));
  });
  if (found === null) return null;
  return {
    ...found,
    written: ledger === null || rows.length === 0 ? null : await write(session, ledger, rows),
  };
}

async function write(
  session: Session,
  ledger: ImportedLedger,
  rows: readonly string[],
): Promise<UnmatchedFile> {
  const { lang } = session.runtime;
  const { path, force } = await freePath(session, ledger.path);
  const announce = (written: Written): void =>
    remember(session, ledger, { path, rows: rows.length, written });
  const text = `\ufeff${csvRow(unmatchedHeadings(lang))}${rows.join('')}`;
  return { ...(await writeWhole(path, text, { force, announce })), path, rows: rows.length };
}

/** Where the file goes: what somebody worked on is not written over, and the import is done by then, so that it cannot be refused. */
async function freePath(
  session: Session,
  ledger: string,
): Promise<{ readonly path: string; readonly force: boolean }> {
  const name = importFileWords[session.runtime.lang].unmatched;
  for (let i = 1; ; i++) {
    const path = besideSource(ledger, i === 1 ? name : name.replace('.', `-${i}.`));
    const isOurs = await isOwnUnchanged(session, path);
    if (isOurs || !existsSync(path)) return { path, force: isOurs };
  }
}

/** The file names customers too, so it ends with the customer files as well as with its ledger. */
function remember(
  session: Session,
  ledger: ImportedLedger,
  file: { readonly path: string; readonly rows: number; readonly written: Written },
): void {
  const { path, rows, written } = file;
  const customers = session.workspace.read
    .datasets()
    .filter(({ kind, content, state }) => kind === 'customers' && content === 'cells' && state === 'kept');
  session.record(
    {
      action: 'unmatched-listed',
      objects: { dataset: ledger.dataset, file: written.sha256 },
      details: { rows },
    },
    (writer) => {
      for (const id of [ledger.dataset, ...customers.map((dataset) => dataset.id)])
        writer.rememberFile({ ...written, path, kind: 'reject', time: session.now, dataset: id });
    },
  );
}

const COLUMNS = CONSENT_COLUMNS.map(({ name }) => name);

/** What is above the cells of {@link unmatchedCells}. */
export function unmatchedHeadings(lang: Lang): readonly string[] {
  const { unmatchedRow, unmatchedNear } = importFileWords[lang];
  return [unmatchedRow, ...COLUMNS.map((name) => columnLabel('consents', name, lang)), unmatchedNear];
}

/** A ledger row that matches nobody, in the clear: which row, what it says in the words of the ledger's columns, and the numbers that are near. */
export function unmatchedCells(
  { event, subject, row }: UnmatchedEvent,
  near: readonly string[],
  lang: Lang,
): readonly string[] {
  const cells: Readonly<Record<ConsentColumnName, string>> = {
    subject: bareSubject(subject),
    event: event.state,
    time: event.at,
    recipient: event.recipient,
    purpose: event.purpose,
    method: event.method,
    evidence: event.evidence,
    notice: event.notice ?? '',
    matter: event.matter === undefined ? '' : importFileWords[lang].contract,
  };
  const own = COLUMNS.map((name) => valueLabel(kindOfColumn('consents', name), cells[name], lang));
  return [String(row), ...own, near.join(punctuation[lang].list)];
}
