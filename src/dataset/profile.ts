import { LANGS } from '../messages/lang.js';
import { type ColumnDefinition, FIELDS } from './fields.js';
import { normaliseHeader } from './header.js';
import { CONSENT_COLUMNS } from './consent-columns.js';

/** Which columns a kind of file may have. Customers and consent ledgers go through the same readers. */
export interface Profile {
  readonly id: 'customers' | 'consents';
  readonly fields: readonly ColumnDefinition[];
  /** The field that names the person; a row without it is rejected, and it is what the tag is made from. */
  readonly subject: string;
  /** Fields without which the file cannot be used. */
  readonly required: readonly string[];
  /** The field of a header, by its normalised form. */
  readonly byHeader: ReadonlyMap<string, ColumnDefinition>;
}

export const CUSTOMERS: Profile = profile('customers', FIELDS, 'customer_no', ['customer_no']);

/** The ledger as a separate file: one consent event a row, the later one wins. */
export const CONSENTS: Profile = profile('consents', CONSENT_COLUMNS, 'subject', [
  'subject',
  'event',
  'time',
]);

function profile(
  id: Profile['id'],
  fields: readonly ColumnDefinition[],
  subject: string,
  required: readonly string[],
): Profile {
  const byHeader = new Map<string, ColumnDefinition>();
  for (const field of fields) {
    for (const header of [field.name, ...LANGS.map((lang) => field[lang]), ...field.synonyms]) {
      const key = normaliseHeader(header);
      if (!byHeader.has(key)) byHeader.set(key, field);
    }
  }
  return { id, fields, subject, required, byHeader };
}

/** What people put before a header without changing what it means. */
const PREFIX = /^(客户|会员|用户|雇主|业主|顾客|本人|customer|client|member)的?/;

/** The field that a header cell stands for, or undefined. */
export function fieldOfHeader(known: Profile, cell: string): ColumnDefinition | undefined {
  const key = normaliseHeader(cell);
  return known.byHeader.get(key) ?? known.byHeader.get(key.replace(PREFIX, ''));
}
