import type { Lang } from './lang.js';

/**
 * The tables beside the customer list, in the order of a bundle: orders or contracts, what was prepaid and is left of it, services that are
 * still to be done. Each row belongs to one customer of the list.
 */
export const FURTHER_TABLES = ['orders', 'prepaid', 'services'] as const;
export type FurtherTable = (typeof FURTHER_TABLES)[number];

/** Everything that a file can be imported as. `archive`: what is kept only because a statute says so. */
export const DATASET_KINDS = ['customers', 'consents', ...FURTHER_TABLES, 'archive'] as const;
export type DatasetKind = (typeof DATASET_KINDS)[number];

/** Whether it is the name of a table beside the customer list. */
export function isFurtherTable(name: string): name is FurtherTable {
  return FURTHER_TABLES.some((table) => table === name);
}

/** What a table is called, and what its sums are. */
interface TableWords {
  readonly name: string;
  /** The heading of its extract: the sheet or the table of a database. */
  readonly file: string;
  /** What its amount is; null where it has none. */
  readonly amount: string;
}

export const tableWords: Readonly<Record<Lang, Readonly<Record<FurtherTable, TableWords>>>> = {
  zh: {
    orders: { name: '订单', file: '订单', amount: '订单金额' },
    prepaid: { name: '预付余额', file: '预付余额', amount: '余额' },
    services: { name: '待完成服务', file: '待完成服务', amount: '金额' },
  },
  en: {
    orders: { name: 'Orders', file: 'orders', amount: 'paid' },
    prepaid: { name: 'Prepaid balances', file: 'prepaid', amount: 'balance' },
    services: { name: 'Open services', file: 'services', amount: 'amount' },
  },
};
