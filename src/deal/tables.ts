import { FURTHER_TABLES, type FurtherTable, isFurtherTable } from '../messages/tables.js';
import type { Terms } from './terms.js';

/** What the rows of a table beside the customer list may say. Nothing in it is a person of its own, or sensitive. */
export const TABLE_FIELDS: Readonly<Record<FurtherTable, readonly string[]>> = {
  orders: [
    'customer_no',
    'contract_no',
    'service',
    'frequency',
    'schedule',
    'contract_signed',
    'contract_ends',
    'contract_status',
    'amount_paid',
    'amount_due',
    'payment_method',
    'discount',
    'last_service_at',
    'store',
  ],
  prepaid: [
    'customer_no',
    'contract_no',
    'card_type',
    'service',
    'prepaid_paid',
    'prepaid_bonus',
    'prepaid_balance',
    'remaining_sessions',
    'discount',
    'contract_signed',
    'contract_ends',
    'contract_status',
    'store',
  ],
  services: [
    'customer_no',
    'contract_no',
    'service',
    'frequency',
    'schedule',
    'contract_ends',
    'contract_status',
    'remaining_sessions',
    'amount_due',
    'store',
  ],
};

/** Tables whose rows are owed to the customer, so that they move only with the consent to the contract (CC-551, CC-555). */
export const OWED_TABLES: readonly FurtherTable[] = ['prepaid', 'services'];

/** The fields that are added up: what is owed in money, and in sessions. */
export const SUMS: Readonly<
  Record<FurtherTable, { readonly fen: string | null; readonly sessions: string | null }>
> = {
  orders: { fen: 'amount_paid', sessions: null },
  prepaid: { fen: 'prepaid_balance', sessions: 'remaining_sessions' },
  services: { fen: null, sessions: 'remaining_sessions' },
};

/** The fields that tell the rows of one customer apart; where none of them is filled in, the whole row does. */
export const ROW_NAMES: Readonly<Record<FurtherTable, readonly string[]>> = {
  orders: ['contract_no'],
  prepaid: ['contract_no', 'card_type'],
  services: ['contract_no', 'service', 'contract_ends'],
};

/** The tables beside the customer list that leave under a deal, in the order of a bundle. */
export function tablesOf(terms: Terms): readonly FurtherTable[] {
  const names = terms.resources.map(({ name }) => name).filter(isFurtherTable);
  return FURTHER_TABLES.filter((table) => names.includes(table));
}

/** The terms for one table: its fields in the place of those of the customer list. */
export function termsOfTable(terms: Terms, table: string): Terms {
  if (!isFurtherTable(table)) return terms;
  const own = terms.resources.find(({ name }) => name === table);
  return { ...terms, resources: [{ name: 'customers', fields: own?.fields ?? [] }, ...terms.resources] };
}
