import type { ImportedRecord } from './page.js';

/*
 * Shops export one row for each order or contract, and repeat the customer in each. Such rows are one customer: what is the
 * customer's own has to agree in all of them, and what belongs to the orders is put together without losing a word of it.
 */

/** How what the orders of one customer say is put together. */
type Rule =
  /** Each text once, in the order of the rows. */
  | 'list'
  /** The last of the days. */
  | 'last'
  /** The first of them. */
  | 'first'
  /** Amounts in fen. */
  | 'sum'
  /** From the row with the latest consent. */
  | 'evidence';

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...[
    'service',
    'frequency',
    'schedule',
    'contract_no',
    'contract_status',
    'card_type',
    'discount',
    'payment_method',
    'worker',
    'worker_no',
    'worker_phone',
    'salesperson',
    'store',
    'source',
    'notes',
    'evaluation',
    'complaint',
    'follow_up',
  ].map((field) => [field, 'list'] as const),
  ...['contract_signed', 'contract_ends', 'updated_at', 'last_service_at'].map(
    (field) => [field, 'last'] as const,
  ),
  ['created_at', 'first'],
  ...['amount_paid', 'amount_due'].map((field) => [field, 'sum'] as const),
  ...[
    'consent_at',
    'consent_method',
    'consent_evidence',
    'consent_notice',
    'notice_delivered_at',
    'contract_consent_at',
    'contract_consent_evidence',
    'sensitive_consent_at',
    'sensitive_consent_evidence',
  ].map((field) => [field, 'evidence'] as const),
]);

/** One of these has to be stated, so that it is sure that the rows are one person's. */
const PERSONAL: readonly string[] = ['name', 'mobile', 'id_no'];

/** Between the texts of two orders. */
const BETWEEN = ' / ';
/** A cell that is longer than this says nothing to anybody. */
const LONGEST = 4000;

/** Whether a field is the customer's own, and agrees in all orders of one. */
export function isPersonField(field: string): boolean {
  return !RULES.has(field);
}

/**
 * Compiles what makes one record of the orders of one customer: null where the rows are not that, but contradict each other.
 *
 * @param columns - fields of the records
 */
export function compileOrders(
  columns: readonly string[],
): (rows: readonly ImportedRecord[]) => ImportedRecord | null {
  const rules = columns.map((field) => RULES.get(field) ?? null);
  const personal = columns.flatMap((field, i) => (PERSONAL.includes(field) ? [i] : []));
  const consentAt = columns.indexOf('consent_at');
  return (rows) => {
    const [first] = rows;
    if (first === undefined || !personal.some((i) => (first[i] ?? '') !== '')) return null;
    const evident = rows.reduce((a, b) => ((b[consentAt] ?? '') > (a[consentAt] ?? '') ? b : a));
    const merged: string[] = [];
    for (const [i, rule] of rules.entries()) {
      const cell = together(rule, rows, evident, i);
      if (cell === null) return null;
      merged.push(cell);
    }
    return merged as readonly string[] as ImportedRecord;
  };
}

function together(
  rule: Rule | null,
  rows: readonly ImportedRecord[],
  evident: ImportedRecord,
  i: number,
): string | null {
  if (rule === 'evidence') return evident[i] ?? '';
  const stated = rows.map((row) => row[i] ?? '').filter((cell) => cell !== '');
  const different = [...new Set(stated)];
  const [only = '', second] = different;
  switch (rule) {
    case null:
      // A customer's own cell that is empty in one order and filled in another agrees with itself only if nothing hangs on the order.
      return second === undefined && (stated.length === 0 || stated.length === rows.length) ? only : null;
    case 'list': {
      const text = different.join(BETWEEN);
      return text.length > LONGEST ? null : text;
    }
    case 'last':
      return different.sort().at(-1) ?? '';
    case 'first':
      return different.sort()[0] ?? '';
    case 'sum':
      return stated.length === 0 ? '' : `${stated.reduce((sum, fen) => sum + BigInt(fen), 0n)}`;
  }
}
