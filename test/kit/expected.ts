import { parse } from 'csv-parse/sync';
import { PURPOSE } from '../../fixtures/customers/consents.js';
import { daysBefore } from '../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../fixtures/customers/generate.js';

/*
 * What ought to become of every row of an invented customer file, worked out from the generator's own vocabulary by other means than the
 * product's: no code of src/ is used here. It knows the mess of fixtures/customers/mess.js and no more.
 */

type Disposition = 'transfer' | 'ask' | 'withhold' | 'reject' | 'blank';

/** A customer as the buyer ought to get it. */
export type Handed = Readonly<Record<string, string | null>>;

export interface Expectation {
  /** Rows of the file; a line of totals is none. */
  readonly rows: number;
  readonly counts: Readonly<Record<Disposition, number>>;
  /** In the order of the file. */
  readonly handed: readonly Handed[];
}

type Row = Readonly<Record<string, string>>;

const YES = ['同意', '是', '已同意'];
const NO = ['撤回', '拒绝', '不同意', '否'];

/** @param text the file, decoded @param ledger rows of the consent ledger, without its header */
export function expectationOf(text: string, ledger: readonly (readonly string[])[] = []): Expectation {
  const delimiter = text.slice(0, text.indexOf('\n')).includes('\t') ? '\t' : ',';
  const rows: Row[] = parse(text, {
    columns: true,
    delimiter,
    bom: true,
    skip_empty_lines: false,
    relax_column_count: true,
  });
  // A line of totals is no row.
  const customers = rows.filter((row) => numberOf(row) !== '合计');
  const numbers = new Map<string, number>();
  for (const row of customers.filter(isUsable)) {
    const number = numberOf(row);
    numbers.set(number, (numbers.get(number) ?? 0) + 1);
  }
  const counts: Record<Disposition, number> = { transfer: 0, ask: 0, withhold: 0, reject: 0, blank: 0 };
  const handed: Handed[] = [];
  for (const row of customers) {
    // The generator never writes the same row twice: two rows of one number differ.
    const isRepeated = (numbers.get(numberOf(row)) ?? 0) > 1;
    const events = ledger.filter(([subject]) => subject === numberOf(row));
    const place = isBlank(row) ? 'blank' : !isUsable(row) || isRepeated ? 'reject' : verdict(row, events);
    counts[place] += 1;
    if (place === 'transfer') handed.push(handedOver(row));
  }
  return { rows: customers.length, counts, handed };
}

function cell(row: Row, header: string): string {
  return row[header] ?? '';
}

function isBlank(row: Row): boolean {
  return Object.values(row).every((value) => value.trim() === '');
}

function numberOf(row: Row): string {
  return cell(row, '客户编号').trim();
}

/** Whether a row can be imported at all: a cell that cannot be used is left out, unless the deal has a limit by it. */
function isUsable(row: Row): boolean {
  return !isBlank(row) && numberOf(row) !== '' && dayIn(cell(row, '最近服务')) !== null;
}

function verdict(row: Row, ledger: readonly (readonly string[])[]): 'transfer' | 'ask' | 'withhold' {
  const served = dayIn(cell(row, '最近服务'));
  if (served === null || served < daysBefore(TODAY, 3 * 365 + 1)) return 'withhold';
  const last = ledger.at(-1);
  const [, , , said = '', , , proof = ''] = last ?? [];
  const status = last === undefined ? cell(row, '是否同意转让') : said;
  if (NO.includes(status)) return 'withhold';
  const isGood =
    YES.includes(status) &&
    (last === undefined
      ? cell(row, '接收方') === BUYER && cell(row, '同意用途') === PURPOSE && cell(row, '同意凭证') !== ''
      : proof !== '');
  return isGood ? 'transfer' : 'ask';
}

/** What was prepaid goes only with the customer who agreed that the contract moves. */
function sessionsOf(row: Row): string | null {
  const owed = digitsOf(cell(row, '剩余次数'));
  return Number(owed) === 0 || cell(row, '合同转让同意') === '同意' ? owed : null;
}

function handedOver(row: Row): Handed {
  return {
    customer_no: numberOf(row),
    name: cell(row, '姓名'),
    mobile: cell(row, '手机号').includes('E+') ? null : digitsOf(cell(row, '手机号')).slice(-11),
    address: cell(row, '服务地址'),
    service: cell(row, '服务项目'),
    remaining_sessions: sessionsOf(row),
    marketing_opt_out: cell(row, '免打扰') === '是' ? 'yes' : 'no',
  };
}

/** The digits of a cell, full-width ones among them. */
function digitsOf(text: string): string {
  return text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\D/g, '');
}

/** A number below 100 in Chinese: 十, 十一, 二十三. */
function chinese(text: string): string {
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['', text];
  const digit = (c: string): number => '〇一二三四五六七八九'.indexOf(c);
  const ten = !text.includes('十') ? 0 : tens === '' ? 1 : digit(tens);
  return String(10 * ten + (ones === '' ? 0 : digit(ones)));
}

/** The day in one of the forms of fixtures/customers/days.js; null for anything else. */
function dayIn(text: string): string | null {
  const paper = /^([〇一二三四五六七八九]{4})年(.+)月(.+)日$/.exec(text);
  if (paper !== null) {
    const [, year = '', month = '', day = ''] = paper;
    return dayIn(`${[...year].map(chinese).join('')}-${chinese(month)}-${chinese(day)}`);
  }
  const plain = text.replace(/[０-９]/g, digitsOf);
  if (/^\d{5}$/.test(plain)) return new Date((Number(plain) - 25569) * 86_400_000).toISOString().slice(0, 10);
  const parts = /^(\d{4})\D?(\d\d?)\D?(\d\d?)/.exec(
    /^\d{8}$/.test(plain) ? plain.replace(/^(....)(..)/, '$1-$2-') : plain,
  );
  const [, y = '', m = '', d = ''] = parts ?? [];
  return parts === null ? null : `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
}
