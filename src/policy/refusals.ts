import { type Instant, readInstant } from '../base/time.js';
import type { TableKind } from '../dataset/consent-columns.js';
import { type ConsentEvent, type ConsentState, consentState } from './consent.js';

/** The columns in which a person may have said no: of a customer file, or of a consent ledger. */
const COLUMNS: Readonly<Record<TableKind, readonly string[]>> = {
  customers: [
    'consent_status',
    'consent_at',
    'consent_recipient',
    'consent_purpose',
    'objection_at',
    'erasure_requested_at',
    'withdrawn_at',
    'cancelled_at',
  ],
  consents: ['event', 'time', 'recipient', 'purpose'],
  // The tables beside the list hold no words of the customer.
  orders: [],
  prepaid: [],
  services: [],
  // What only a statute keeps is kept without them.
  archive: [],
};

/** Whether a customer file with these columns can hold a no. */
export function mayRefuse(columns: readonly string[]): boolean {
  return columns.some((name) => COLUMNS.customers.includes(name));
}

/**
 * Compiles what is heard of a row beside the record that is judged: every no that it holds (PIPL-15, PIPL-44, PIPL-47). Rows are those of
 * other customer files, and those that were rejected. A yes is not heard so: it is evidence of the row that it is in.
 *
 * A no without a time, or with one after it was heard, was said before it was heard: `learned` bounds it, so that a yes of later than that
 * can undo it.
 *
 * @param learned when the file was imported
 */
export function compileRefusals(
  kind: TableKind,
  columns: readonly string[],
  learned: Instant,
): (record: readonly string[]) => readonly ConsentEvent[] {
  const [status, at, recipient, purpose, objection, erasure, withdrawn, cancelled] = COLUMNS[kind].map(
    (name) => columns.indexOf(name),
  );
  const cell = (record: readonly string[], column: number | undefined): string => record[column ?? -1] ?? '';
  const bounded = (time: string): Instant => {
    const stated = readInstant(time);
    return stated === null || stated > learned ? learned : stated;
  };
  const no = (state: ConsentEvent['state'], time: string): ConsentEvent => ({
    state,
    at: bounded(time),
    recipient: '',
    purpose: '',
    method: '',
    evidence: '',
  });
  return (record) => {
    const found: ConsentEvent[] = [];
    const state = consentState(cell(record, status));
    if (state === 'refused' || state === 'withdrawn')
      found.push({
        ...no(state, cell(record, at)),
        recipient: cell(record, recipient),
        purpose: cell(record, purpose),
      });
    const objected = cell(record, objection);
    if (objected !== '') found.push(no('objected', objected));
    const asked = cell(record, erasure);
    if (asked !== '') found.push(no('erasure-asked', asked));
    for (const column of [withdrawn, cancelled]) {
      const said = cell(record, column);
      if (said !== '') found.push(no('withdrawn', said));
    }
    return found;
  };
}

/** What can be read of a rejected row: the cells of a record, or its readings, where nobody knows which column a cell belongs to. */
export interface RejectedWords {
  readonly cells: readonly string[] | null;
  readings(fields: readonly string[]): readonly (readonly string[])[];
  filled(): number;
}

/**
 * Compiles whether a rejected row that names nobody may hold a no, so that somebody has to look at it before anybody leaves (PIPL-15): a row of
 * a customer file that says one, however its cells are counted, and a row of a ledger unless it plainly says something else.
 */
export function compileUnreadNo(
  kind: TableKind,
  columns: readonly string[],
  learned: Instant,
): (row: RejectedWords) => boolean {
  // When, to whom and for what is no matter here.
  const fields = COLUMNS[kind].filter((name) => !CIRCUMSTANCES.has(name));
  if (fields.every((field) => !columns.includes(field))) return () => false;
  const refusalsOf = compileRefusals(kind, columns, learned);
  const event = columns.indexOf('event');
  return (row) => {
    const readings = row.cells === null ? row.readings(fields) : [row.cells];
    if (readings.some((cells) => refusalsOf(cells).length > 0)) return true;
    // A ledger is words of customers and nothing else; one cell alone is a remark below it.
    if (kind !== 'consents' || row.filled() < 2) return false;
    return !readings.some((cells) => NO_NOES.has(consentState(cells[event] ?? '')));
  };
}

/** What is said beside a no, and makes none by itself. */
const CIRCUMSTANCES: ReadonlySet<string> = new Set([
  'consent_at',
  'consent_recipient',
  'consent_purpose',
  'time',
  'recipient',
  'purpose',
]);

/** What is said in an event that is not a no. */
const NO_NOES: ReadonlySet<ConsentState> = new Set(['given', 'renewed', 'verbal', 'implied', 'no-reply']);
