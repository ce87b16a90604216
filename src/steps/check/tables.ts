// The tables beside the customer list: each row goes exactly when its customer goes, and what is owed also needs the consent to the contract.

import { tagText } from '../../base/tagger.js';
import type { Accounting, Sums } from '../../bundle/accounting.js';
import { TableSums } from '../../bundle/sums.js';
import { compileRowName } from '../../dataset/row-names.js';
import { OWED_TABLES, SUMS, tablesOf, termsOfTable } from '../../deal/tables.js';
import { leavingFields, type Terms } from '../../deal/terms.js';
import type { FurtherTable } from '../../messages/tables.js';
import { type JudgedPage, PageSets } from '../../policy/page-sets.js';
import { CONTRACT_OPEN, HANDED_OVER, type ReasonSet } from '../../policy/reasons.js';
import { DUPLICATE, namesakes, ORPHAN, REPEATED } from '../../policy/table-rows.js';
import { OWED_ROWS, type StaySet, staysWith } from '../../policy/stays.js';
import { isHandedOver, isReplaced } from '../../policy/verdict.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { Session } from '../session/session.js';
import { openRecords } from '../session/stored-records.js';
import { currentTable, judgedTables } from '../session/tables.js';
import { listCounts } from '../import/counts.js';
import { sentUnder } from './handed-over.js';
import { accountForTable } from './plan.js';

/** A customer file, or one of a table. The verdicts are changed here. */
interface JudgedDataset {
  readonly dataset: Dataset;
  readonly pages: readonly JudgedPage[];
}

/** The tables of a deal as they were judged with the list. */
export interface JudgedTables {
  /** In the order of a bundle. */
  readonly files: readonly JudgedDataset[];
  readonly accounting: readonly Accounting[];
  /** How many customers go once more, because rows of theirs are others than those that went. */
  readonly again: number;
}

const NO_TABLES: JudgedTables = { files: [], accounting: [], again: 0 };

/** The row of a table while it is judged. */
interface Row {
  readonly person: string;
  /** Where it is stored: what tells whether this very row went before. */
  readonly place: string;
  readonly page: JudgedPage;
  readonly position: number;
  /** What tells the row from all others of its table. */
  readonly name: string;
  readonly text: string;
  readonly fen: string;
  readonly sessions: string;
  reasons: ReasonSet;
}

/**
 * Judges every row of the tables that leave under a deal, after the customers were judged. Whom an earlier bundle took along and whose rows are
 * others today goes once more, with all of them: of a customer the rows in the last bundle count.
 *
 * @param customers their verdicts; whoever goes once more is let go in them
 */
export async function judgeTables(
  session: Session,
  terms: Terms,
  customers: readonly JudgedDataset[],
): Promise<JudgedTables> {
  const { read } = session.workspace;
  const names = tablesOf(terms);
  const sent = sentUnder(read, terms.id);
  const before = sent.some(({ check }) => hadTables(session, check));
  if (names.length === 0 && !before) return NO_TABLES;
  const tables: { readonly table: FurtherTable; readonly files: JudgedDataset[]; readonly rows: Row[] }[] =
    [];
  for (const table of names) {
    const files: JudgedDataset[] = [];
    const rows: Row[] = [];
    for (const dataset of currentTable(read, table))
      files.push(await openTable(session, table, dataset, rows));
    if (files.length > 0) tables.push({ table, files, rows });
  }
  const persons = new Persons(session, customers);
  for (const { table, rows } of tables) {
    refuseRepeats(rows);
    for (const row of rows) row.reasons ||= reasonsOfRow(table, persons.of(row.person));
  }
  const all = tables.flatMap(({ rows }) => rows);
  const again = goAgain(session, { customers, sent, persons }, all);
  const accounting = tables.map(({ table, files, rows }) => {
    for (const { page, position, reasons } of rows) page.reasonSets.put(position, reasons);
    for (const row of rows) row.page.stays?.put(row.position, persons.of(row.person)?.stays ?? 0);
    const sums = {
      read: sumsOf(table, rows, null, terms, persons),
      transfer: sumsOf(table, rows, 0, terms, persons),
    };
    const counts = listCounts(
      read,
      files.map(({ dataset }) => dataset),
    );
    return accountForTable(
      table,
      counts,
      files.flatMap(({ pages }) => pages),
      sums,
    );
  });
  return { files: tables.flatMap(({ files }) => files), accounting, again };
}

function hadTables(session: Session, check: string | null): boolean {
  const stored = check === null ? undefined : session.workspace.read.check(check);
  return stored !== undefined && judgedTables(stored).length > 0;
}

/** Opens the rows of one file of a table. */
async function openTable(
  session: Session,
  table: FurtherTable,
  dataset: Dataset,
  into: Row[],
): Promise<JudgedDataset> {
  const { vault } = await session.keys();
  const key = vault.get(dataset.keyId);
  const nameOf = compileRowName(table, dataset.columns);
  const at = (field: string | null): number => (field === null ? -1 : dataset.columns.indexOf(field));
  const [fen, sessions] = [at(SUMS[table].fen), at(SUMS[table].sessions)];
  const pages: JudgedPage[] = [];
  for (const stored of session.workspace.read.pages(dataset.id)) {
    session.runtime.signal.throwIfAborted();
    const { number, records, tags } = stored;
    const none = new Uint32Array(records);
    const page = { number, reasonSets: PageSets.of(none), stays: PageSets.of(none) };
    pages.push(page);
    for (const [position, { cells }] of openRecords(dataset, stored, key).entries())
      into.push({
        person: tagText(tags, position),
        place: `${dataset.id} ${number} ${position}`,
        page,
        position,
        name: nameOf(cells),
        text: cells.join('\u001f'),
        fen: cells[fen] ?? '',
        sessions: cells[sessions] ?? '',
        reasons: 0,
      });
  }
  return { dataset, pages };
}

/** Rows of one name that agree are one row; of rows that differ none goes, because nobody here can know which is right. */
function refuseRepeats(rows: readonly Row[]): void {
  const at = (position: number, what: 'name' | 'text'): string => rows[position]?.[what] ?? '';
  const repeated = namesakes(
    rows.length,
    (position) => at(position, 'name'),
    (position) => at(position, 'text'),
  );
  for (const { positions, isSame } of repeated)
    for (const [i, position] of positions.entries()) {
      const row = rows[position];
      if (row !== undefined && (i > 0 || !isSame)) row.reasons = isSame ? DUPLICATE : REPEATED;
    }
}

/** The reasons against a row: those against its customer, or that the customer did not agree to the contract. */
function reasonsOfRow(table: FurtherTable, customer: Verdict | undefined): ReasonSet {
  if (customer === undefined) return ORPHAN;
  const mayGo = customer.reasons === 0 || isHandedOver(customer.reasons);
  if (mayGo && OWED_TABLES.includes(table) && (customer.stays & OWED_ROWS) !== 0) return CONTRACT_OPEN;
  return customer.reasons;
}

/** What was found about a customer. */
interface Verdict {
  reasons: ReasonSet;
  readonly stays: StaySet;
}

/** The verdicts by person, for the rows to follow. */
class Persons {
  readonly #verdicts = new Map<string, Verdict>();

  constructor(session: Session, customers: readonly JudgedDataset[]) {
    for (const { dataset, pages } of customers) {
      const judged = new Map(pages.map((page) => [page.number, page]));
      for (const { number, records, tags } of session.workspace.read.pageTags(dataset.id)) {
        const page = judged.get(number);
        for (let i = 0; i < records; i++) {
          const reasons = page?.reasonSets.at(i) ?? 0;
          // The first of several records that agree speaks for the person, and a later file for an earlier one.
          if (isReplaced(reasons) || (!isHandedOver(reasons) && (reasons & DUPLICATE) !== 0)) continue;
          this.#verdicts.set(tagText(tags, i), { reasons, stays: page?.stays?.at(i) ?? 0 });
        }
      }
    }
  }

  of(person: string): Verdict | undefined {
    return this.#verdicts.get(person);
  }
}

interface Going {
  readonly customers: readonly JudgedDataset[];
  readonly sent: readonly StoredBundle[];
  readonly persons: Persons;
}

/** Lets those go once more whose rows that would go are not the very rows that went with them last. */
function goAgain(session: Session, going: Going, rows: readonly Row[]): number {
  const { customers } = going;
  const today = new Prints();
  for (const { person, place, reasons } of rows) if (reasons === HANDED_OVER) today.add(person, place);
  const last = wentLast(session, going);
  const others = new Set(
    [...today.persons(), ...last.persons()].filter((each) => today.of(each) !== last.of(each)),
  );
  if (others.size === 0) return 0;
  let again = 0;
  for (const { dataset, pages } of customers) {
    const judged = new Map(pages.map((page) => [page.number, page]));
    for (const { number, records, tags } of session.workspace.read.pageTags(dataset.id)) {
      const page = judged.get(number);
      for (let i = 0; i < records; i++) {
        if (page === undefined || !isHandedOver(page.reasonSets.at(i) ?? 0) || !others.has(tagText(tags, i)))
          continue;
        page.reasonSets.put(i, 0);
        again++;
      }
    }
  }
  for (const row of rows) if (row.reasons === HANDED_OVER && others.has(row.person)) row.reasons = 0;
  return again;
}

/** The rows that went, for each customer with the last bundle that took the customer along. */
function wentLast(session: Session, { sent, persons }: Going): Prints {
  const { read } = session.workspace;
  const last = new Prints();
  for (const { check: id } of sent) {
    const check = id === null ? undefined : read.check(id);
    if (check === undefined) continue;
    for (const dataset of check.datasets)
      for (const { number, tags } of read.pageTags(dataset))
        for (const [i, word] of wordsOf(read.checkPage(check.id, dataset, number)?.reasonSets).entries())
          if (word === 0) last.forget(tagText(tags, i));
    for (const dataset of judgedTables(check))
      for (const { number, tags } of read.pageTags(dataset))
        for (const [i, word] of wordsOf(read.checkPage(check.id, dataset, number)?.reasonSets).entries()) {
          const person = tagText(tags, i);
          if (word === 0 && isHandedOver(persons.of(person)?.reasons ?? 0))
            last.add(person, `${dataset} ${number} ${i}`);
        }
  }
  return last;
}

/** Sums over the places of rows, by person: equal where the rows are the same ones. In memory only. */
class Prints {
  readonly #prints = new Map<string, number>();

  add(person: string, place: string): void {
    this.#prints.set(person, ((this.#prints.get(person) ?? 0) + hashOf(place)) >>> 0);
  }

  forget(person: string): void {
    this.#prints.delete(person);
  }

  of(person: string): number {
    return this.#prints.get(person) ?? 0;
  }

  persons(): Iterable<string> {
    return this.#prints.keys();
  }
}

/** FNV-1a: places are our own, so nobody chooses them. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0 || 1;
}

/** @param wanted the reasons of the rows that count; null for all that can be used */
function sumsOf(
  table: FurtherTable,
  rows: readonly Row[],
  wanted: ReasonSet | null,
  terms: Terms,
  persons: Persons,
): Sums {
  const own = termsOfTable(terms, table);
  const leaving = leavingFields(own).filter(({ action }) => action === 'keep');
  const { fen, sessions } = SUMS[table];
  const fields = wanted === null ? [fen ?? '', sessions ?? ''] : leaving.map(({ name }) => name);
  const staying = (name: string | null): StaySet => {
    const field = leaving.find((each) => each.name === name);
    return field === undefined ? ~0 : staysWith(field, own);
  };
  const [fenStays, sessionsStay] = [staying(fen), staying(sessions)];
  const sums = new TableSums(table, fields);
  for (const row of rows) {
    if (wanted === null) {
      if (row.reasons !== DUPLICATE) sums.add(row.person, row.fen, row.sessions);
      continue;
    }
    if (row.reasons !== wanted) continue;
    const stays = persons.of(row.person)?.stays ?? 0;
    const left = (value: string, bits: StaySet): string => (bits === ~0 || (stays & bits) !== 0 ? '' : value);
    sums.add(row.person, left(row.fen, fenStays), left(row.sessions, sessionsStay));
  }
  return sums.end();
}

function wordsOf(bytes: Uint8Array | undefined): Uint32Array {
  return bytes === undefined ? new Uint32Array(0) : new Uint32Array(new Uint8Array(bytes).buffer);
}
