import { isScientific, type Normaliser, type Note } from './normaliser.js';

/**
 * Money as an integer number of fen, in text: no float ever touches an amount. `1,234.5`, `￥1234.50元`, `1.2万`, `-30`, by one grammar
 * ({@link AMOUNT}); a comma that does not part thousands, or another currency, is no amount.
 *
 * @param fen - fen per unit of the column; null for a column in another currency
 */
export function moneyNormaliser(fen: 1 | 100 | 1_000_000 | null): Normaliser {
  return (cell, note) => {
    if (fen === 100) {
      const plain = plainYuan(cell);
      if (plain !== '') return plain;
    }
    if (cell.length > 40) return refused(note);
    const text = withoutSpaces(cell);
    if (isScientific(text)) return refused(note, 'VALUE_EXCEL_NUMBER');
    const parts = AMOUNT.exec(text) ?? BRACKETED.exec(text);
    if (parts === null) return refused(note);
    const [, sign = '', whole = '', fraction = '', unit = ''] = parts;
    if (fen === null && unit === '' && !OWN_CURRENCY.test(text)) return refused(note);
    const places = unit.startsWith('万')
      ? 6
      : unit === '分'
        ? 0
        : unit !== ''
          ? 2
          : fen === 1_000_000
            ? 6
            : fen === 1
              ? 0
              : 2;
    // Digits below a fen must be zeros.
    const kept = fraction.slice(0, places).padEnd(places, '0');
    if (/[1-9]/.test(fraction.slice(places))) return refused(note);
    const amount = (whole.replaceAll(',', '') + kept).replace(/^0+(?=\d)/, '');
    const negative = sign === '-' || text.startsWith('(');
    return negative && amount !== '0' ? `-${amount}` : amount;
  };
}

/** Spaces around signs and units mean nothing; between digits they might, and stay. */
function withoutSpaces(cell: string): string {
  return cell.normalize('NFKC').replace(/(?<!\d)\s+|\s+(?!\d)/g, '');
}

/** Digits, or digits in groups of three; four of 万 are not grouped by anybody. */
const WHOLE = String.raw`(\d{1,13}|\d{1,3}(?:,\d{3}){1,4})`;
/** A cell that names the currency of the amounts before it. */
const OWN_CURRENCY = /RMB|CNY|人民币|¥/i;
const CURRENCY = '(?:RMB|CNY|人民币|¥)?';
/** Sign, whole, fraction, unit; the currency is before or behind the sign. */
const AMOUNT = new RegExp(
  String.raw`^${CURRENCY}([+-]?)${CURRENCY}${WHOLE}(?:\.(\d{1,10}))?(万元?|元|块|分|RMB|CNY)?[整正]?$`,
  'i',
);
/** As accountants write what is owed. */
const BRACKETED = new RegExp(String.raw`^\(()${CURRENCY}${WHOLE}(?:\.(\d{1,10}))?(元)?\)$`, 'i');

/** Yuan as nearly all files have them, digits with or without two decimals, in one pass; '' for everything else. */
function plainYuan(cell: string): string {
  const { length } = cell;
  if (length > 12) return '';
  const first = cell.charCodeAt(0);
  if (first < 0x31 || first > 0x39) return cell === '0' || cell === '0.00' ? '0' : '';
  const point = length > 3 && cell.charCodeAt(length - 3) === 0x2e ? length - 3 : length;
  for (let i = 1; i < length; i++) {
    const unit = cell.charCodeAt(i);
    if (i !== point && (unit < 0x30 || unit > 0x39)) return '';
  }
  return point === length ? `${cell}00` : cell.slice(0, point) + cell.slice(point + 1);
}

/** Stored fen as people write money, in yuan with two decimals: `28000` is `280.00`. Anything but digits, such as a token, stays as it is. */
export function yuanOf(fen: string): string {
  const parts = /^(-?)(\d+)$/.exec(fen);
  if (parts === null) return fen;
  const [, sign = '', digits = ''] = parts;
  const padded = digits.padStart(3, '0');
  return `${sign}${padded.slice(0, -2)}.${padded.slice(-2)}`;
}

/** A count, such as sessions or years: digits, and at most two decimals for hours. Units behind it are left off. */
export const countNormaliser: Normaliser = (cell, note) => {
  let plain = cell.length < 10 && cell.charCodeAt(0) !== 0x30;
  for (let i = 0; plain && i < cell.length; i++)
    plain = cell.charCodeAt(i) >= 0x30 && cell.charCodeAt(i) <= 0x39;
  if (plain) return cell;
  const text = withoutSpaces(cell.slice(0, 40));
  if (isScientific(text)) return refused(note, 'VALUE_EXCEL_NUMBER');
  const parts =
    /^(-?)(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2})0*)?(次|个?小时|时|天|个?月|年|岁|周|节|课时|人|口|台|间|个|次卡|hours?|times?|days?)?$/i.exec(
      text,
    );
  if (parts === null || cell.length > 40) return refused(note, 'VALUE_COUNT');
  const [, sign = '', whole = '', fraction = ''] = parts;
  const decimals = fraction.replace(/0+$/, '');
  const value = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '') + (decimals === '' ? '' : `.${decimals}`);
  return value === '0' ? '0' : sign + value;
};

function refused(
  note: Note,
  code: 'VALUE_MONEY' | 'VALUE_EXCEL_NUMBER' | 'VALUE_COUNT' = 'VALUE_MONEY',
): string {
  note(code);
  return '';
}
