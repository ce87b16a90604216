import { encodeGb18030 } from '../../src/dataset/gb18030.js';
import type { Customer } from './read.js';

/*
 * Files as they are polluted in the field, by the kinds of Pollock (Vitagliano et al., VLDB 2023): separators too many or too few, quotes,
 * escapes, record ends, encodings, preambles, headers of several rows, tables below and beside one another.
 */

/** One polluted file. */
export interface Polluted {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const FIELDS = ['customer_no', 'name', 'mobile', 'address', 'prepaid_balance', 'notes'] as const;
const HEADER = ['客户编号', '姓名', '手机号', '服务地址', '余额', '备注'];
const NAMES = ['张三', '李四', '王五', '赵六', '欧阳娜娜', '孙七', '周八', '吴九', '郑十', '冯一'];

/** What is in each of the files. Amounts are in fen. */
export const TRUTH: readonly Customer[] = NAMES.map((name, i) => ({
  customer_no: `C${String(i + 1).padStart(3, '0')}`,
  name,
  mobile: `1380013${8000 + i}`,
  address: `上海市建国路${i + 1}号`,
  prepaid_balance: `${(i * 1280 + 50) * 10}`,
  notes: i % 3 === 0 ? '' : i % 3 === 1 ? '老客户' : '周二, 下午',
}));

const ROWS: readonly (readonly string[])[] = TRUTH.map((customer) =>
  FIELDS.map((field) => {
    const value = customer[field] ?? '';
    return field === 'prepaid_balance' ? (Number(value) / 100).toFixed(2) : value;
  }),
);

interface Dialect {
  readonly separator: string;
  readonly quote: string;
  readonly escapeBy: string;
  readonly end: string;
}
const PLAIN: Dialect = { separator: ',', quote: '"', escapeBy: '"', end: '\n' };

function cellText(cell: string, { separator, quote, escapeBy }: Dialect): string {
  if (!cell.includes(separator) && !cell.includes(quote)) return cell;
  return quote + cell.replaceAll(quote, escapeBy + quote) + quote;
}

function rowText(cells: readonly string[], dialect: Dialect): string {
  return cells.map((cell) => cellText(cell, dialect)).join(dialect.separator);
}

/** The lines of the file, header first. */
function lines(dialect: Dialect = PLAIN): string[] {
  return [HEADER, ...ROWS].map((cells) => rowText(cells, dialect));
}

function fileOf(all: readonly string[], end = '\n'): Uint8Array {
  return Buffer.from(all.map((line) => line + end).join(''));
}

/** Where the separators of a line stand, not counting those in quotes. */
function separators(line: string): readonly number[] {
  const found: number[] = [];
  let quoted = false;
  for (const [i, char] of [...line].entries()) {
    if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) found.push(i);
  }
  return found;
}

function withLine(number: number, change: (line: string) => string): Uint8Array {
  return fileOf(lines().map((line, i) => (i === number ? change(line) : line)));
}

/** A separator too many, or one that is missing, in each cell of each row. */
function* separated(): Generator<Polluted> {
  for (const [i, line] of lines().entries()) {
    if (i === 0) continue;
    for (const [column, at] of separators(line).entries()) {
      yield {
        name: `row ${i}, separator ${column} too many`,
        bytes: withLine(i, (text) => `${text.slice(0, at)},${text.slice(at)}`),
      };
      yield {
        name: `row ${i}, separator ${column} missing`,
        bytes: withLine(i, (text) => text.slice(0, at) + text.slice(at + 1)),
      };
    }
    yield { name: `row ${i}, a separator at its end`, bytes: withLine(i, (text) => `${text},`) };
  }
}

/** A quote before, within or behind each cell of each row. */
function* quoted(): Generator<Polluted> {
  for (const [i, line] of lines().entries()) {
    if (i === 0) continue;
    const starts = [0, ...separators(line).map((at) => at + 1)];
    for (const [column, at] of starts.entries()) {
      const place = (shift: number) => (text: string) =>
        `${text.slice(0, at + shift)}"${text.slice(at + shift)}`;
      yield { name: `row ${i}, a quote before cell ${column}`, bytes: withLine(i, place(0)) };
      yield { name: `row ${i}, a quote in cell ${column}`, bytes: withLine(i, place(1)) };
    }
  }
}

function* dialects(): Generator<Polluted> {
  for (const separator of ['\t', ';', '|'])
    yield {
      name: `separated by ${JSON.stringify(separator)}`,
      bytes: fileOf(lines({ ...PLAIN, separator })),
    };
  yield {
    name: 'separated by comma and space',
    bytes: fileOf(lines().map((line) => line.replaceAll(',', ', '))),
  };
  yield {
    name: 'every cell quoted',
    bytes: fileOf([HEADER, ...ROWS].map((row) => row.map((cell) => `"${cell}"`).join(','))),
  };
  yield { name: 'single quotes', bytes: fileOf(lines({ ...PLAIN, quote: "'", escapeBy: "'" })) };
  yield { name: 'escaped by backslash', bytes: fileOf(lines({ ...PLAIN, escapeBy: '\\' })) };
  for (const end of ['\r\n', '\r'])
    yield { name: `lines ended by ${JSON.stringify(end)}`, bytes: fileOf(lines(), end) };
  yield {
    name: 'line ends of both kinds',
    bytes: Buffer.from(
      lines()
        .map((line, i) => line + (i % 2 === 0 ? '\n' : '\r\n'))
        .join(''),
    ),
  };
  yield { name: 'no line end at the end', bytes: Buffer.from(lines().join('\n')) };
  yield { name: 'two line ends at the end', bytes: Buffer.from(`${lines().join('\n')}\n\n`) };
  for (const [i] of ROWS.entries())
    yield {
      name: `row ${i + 1} separated by semicolons`,
      bytes: withLine(i + 1, (line) => line.replaceAll(',', ';')),
    };
}

function* encodings(): Generator<Polluted> {
  const text = `${lines().join('\n')}\n`;
  yield { name: 'GB18030', bytes: encodeGb18030(text) };
  yield { name: 'UTF-8 with a mark', bytes: Buffer.from(`\ufeff${text}`) };
  yield { name: 'UTF-16', bytes: Buffer.from(`\ufeff${text}`, 'utf16le') };
  yield { name: 'UTF-16 without a mark', bytes: Buffer.from(text, 'utf16le') };
  for (const [i] of ROWS.entries()) {
    const all = lines();
    const parts = all.map((line, at) =>
      at === i + 1 ? encodeGb18030(`${line}\n`) : Buffer.from(`${line}\n`),
    );
    yield { name: `row ${i + 1} in GB18030`, bytes: Buffer.concat(parts) };
    const others = all.map((line, at) =>
      at === i + 1 ? Buffer.from(`${line}\n`) : encodeGb18030(`${line}\n`),
    );
    yield { name: `row ${i + 1} in UTF-8`, bytes: Buffer.concat(others) };
  }
}

function* shapes(): Generator<Polluted> {
  const [header = '', ...rows] = lines();
  yield { name: 'clean', bytes: fileOf(lines()) };
  yield { name: 'nothing', bytes: Buffer.alloc(0) };
  yield { name: 'only a header', bytes: fileOf([header]) };
  yield { name: 'no header', bytes: fileOf(rows) };
  yield {
    name: 'a preamble',
    bytes: fileOf(['甲家政客户资料', '制表日期：2026-10-01', '', header, ...rows]),
  };
  yield {
    name: 'a preamble as wide as the table',
    bytes: fileOf(['甲家政客户资料,,,,,', '制表日期,2026-10-01,,,,', header, ...rows]),
  };
  yield {
    name: 'a header of two rows',
    bytes: fileOf(['客户编号,客户信息,,地址信息,账户,', ',姓名,手机号,服务地址,余额,备注', ...rows]),
  };
  yield { name: 'a footer', bytes: fileOf([header, ...rows, '合计,10,,,1234.00,', '制表人：王芳,,,,,']) };
  yield {
    name: 'the header once more',
    bytes: fileOf([header, ...rows.slice(0, 5), header, ...rows.slice(5)]),
  };
  yield { name: 'blank lines between', bytes: fileOf(lines().flatMap((line) => [line, ''])) };
  yield {
    name: 'a narrower table below',
    bytes: fileOf([header, ...rows, '', '项目,单价', '保洁,80', '擦窗,120']),
  };
  yield {
    name: 'a wider table below',
    bytes: fileOf([
      header,
      ...rows,
      '',
      '日期,项目,员工,时长,单价,金额,备注',
      '2026-10-01,保洁,刘姐,2,80,160,无',
    ]),
  };
  yield {
    name: 'a table beside',
    bytes: fileOf(lines().map((line, i) => `${line},,${['项目,单价', '保洁,80', '擦窗,120'][i] ?? ','}`)),
  };
  yield { name: 'an empty column at the end', bytes: fileOf(lines().map((line) => `${line},`)) };
  yield { name: 'an empty column at the begin', bytes: fileOf(lines().map((line) => `,${line}`)) };
  yield {
    name: 'numbers of rows before',
    bytes: fileOf(lines().map((line, i) => `${i === 0 ? '序号' : i},${line}`)),
  };
}

/** All of them. */
export function* pollutedFiles(): Generator<Polluted> {
  yield* shapes();
  yield* dialects();
  yield* encodings();
  yield* separated();
  yield* quoted();
}
