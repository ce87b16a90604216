import { LANGS } from '../messages/lang.js';
import { FEEDBACK_COLUMNS } from './feedback-columns.js';
import { type ColumnDefinition, FIELDS } from './fields.js';
import { GROUP_MARK, normaliseHeader } from './header.js';
import { CONSENT_COLUMNS } from './consent-columns.js';

/** Columns by what is above them in a file. */
export type Headers = Pick<Profile, 'byHeader'>;

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

/** Complaints and answers to the survey: read, counted, never stored. */
export const FEEDBACK: Headers = { byHeader: headersOf(FEEDBACK_COLUMNS) };

function profile(
  id: Profile['id'],
  fields: readonly ColumnDefinition[],
  subject: string,
  required: readonly string[],
): Profile {
  return { id, fields, subject, required, byHeader: headersOf(fields) };
}

function headersOf(fields: readonly ColumnDefinition[]): ReadonlyMap<string, ColumnDefinition> {
  const byHeader = new Map<string, ColumnDefinition>();
  for (const field of fields) {
    for (const header of [field.name, ...LANGS.map((lang) => field[lang]), ...field.synonyms]) {
      const key = normaliseHeader(header);
      if (!byHeader.has(key)) byHeader.set(key, field);
    }
  }
  return byHeader;
}

/** What people put before a header without changing what it means. */
const PREFIX = /^(客户|会员|用户|雇主|业主|顾客|本人|customer|client|member)的?/;

/** Groups of columns that speak of the customer, so that a column below them means what it means alone. */
const NEUTRAL_GROUP =
  /^(?:客户|会员|用户|雇主|业主|顾客|本人|个人|基本|基础|联系|地址|住址|房屋|服务|合同|卡|会员卡|账户|余额|储值|同意|授权|其他|其它|customer|client|contact|address|contract|consent|basic)?(?:信息|资料|情况|方式|档案|内容|info|information|details|data)?$/;

/** The field that a header cell means, or undefined. */
export function fieldOfHeader(known: Headers, cell: string): ColumnDefinition | undefined {
  const key = normaliseHeader(cell);
  const whole = known.byHeader.get(key) ?? known.byHeader.get(key.replace(PREFIX, ''));
  const mark = cell.lastIndexOf(GROUP_MARK);
  if (whole !== undefined || mark === -1) return whole;
  return NEUTRAL_GROUP.test(normaliseHeader(cell.slice(0, mark)))
    ? fieldOfHeader(known, cell.slice(mark + 1))
    : undefined;
}

/** Whether a header cell stands for a field. */
export function isHeaderOf(known: Headers): (cell: string) => boolean {
  return (cell) => fieldOfHeader(known, cell) !== undefined;
}
