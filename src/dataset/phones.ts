import { isScientific, type Note } from './normaliser.js';

/** Prefixes that no operator has been given, as of 2022 (law.md §5.3): reported, not refused. */
const UNALLOCATED = new Set([142, 143, 154, 161, 164, 194]);

/** A mobile number as 11 digits; a landline in its place is kept as a landline and reported. */
export function mobile(cell: string, note: Note): string {
  if (isMobile(cell)) {
    const prefix = (cell.charCodeAt(1) - 0x30) * 10 + cell.charCodeAt(2) - 0x30 + 100;
    if (UNALLOCATED.has(prefix)) note('VALUE_MOBILE_UNALLOCATED');
    return cell;
  }
  return unusualMobile(cell, note);
}

/** Eleven ASCII digits that begin with 13 to 19. */
function isMobile(cell: string): boolean {
  if (cell.length !== 11 || cell.charCodeAt(0) !== 0x31) return false;
  const second = cell.charCodeAt(1);
  if (second < 0x33 || second > 0x39) return false;
  for (let i = 2; i < 11; i++) {
    const unit = cell.charCodeAt(i);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return true;
}

function unusualMobile(cell: string, note: Note): string {
  const text = plain(cell);
  if (isScientific(text)) return refused(text, 'VALUE_EXCEL_NUMBER', note);
  if (/[*×xX•●]{2}/.test(text)) return refused(text, 'VALUE_MASKED', note);
  const digits = text
    .replace(/\.0$/, '')
    .replace(/[\s\-().]/g, '')
    .replace(/^(\+86|0086|86(?=1[3-9]\d{9}$))/, '')
    .replace(/^0(?=1[3-9]\d{9}$)/, '');
  if (isMobile(digits)) return mobile(digits, note);
  if (/^(1064\d{9}|14\d{11})$/.test(digits)) return reported(digits, 'VALUE_MOBILE_MACHINE', note);
  const fixed = landlineOf(text);
  if (fixed !== null) {
    if (/^[48]00/.test(fixed)) return reported(fixed, 'VALUE_PHONE_BUSINESS', note);
    return reported(fixed, 'VALUE_MOBILE_LANDLINE', note);
  }
  const several = digits.split(/[/、,;|\\和或]+/).filter((part) => /\d{7,}/.test(part)).length > 1;
  if (several || /^(1[3-9]\d{9}){2,}$/.test(digits) || /\d{11}[\s\n]+1\d{10}/.test(text))
    return refused(text, 'VALUE_MULTIPLE', note);
  return refused(text, 'VALUE_MOBILE', note);
}

/** A landline as `0755-12345678`, with `-` before an extension. What does not look like one is kept and reported. */
export function landline(cell: string, note: Note): string {
  if (isMobile(cell)) return cell;
  const text = plain(cell);
  if (isScientific(text)) return refused(text, 'VALUE_EXCEL_NUMBER', note);
  const fixed = landlineOf(text);
  if (fixed === null) return reported(text, 'VALUE_LANDLINE', note);
  if (/^[48]00/.test(fixed)) note('VALUE_PHONE_BUSINESS');
  return fixed;
}

function landlineOf(text: string): string | null {
  const compact = text
    .replace(/^(\+86|0086)-?/, '0')
    .replace(/^00(?=[1-9])/, '0')
    .replace(/[()\s]/g, (mark) => (mark === ')' ? '-' : ''))
    .replace(/(转|ext\.?|分机)/i, '-')
    .replace(/-{2,}/g, '-');
  if (/^[48]00-?\d{3,4}-?\d{3,4}$/.test(compact)) {
    const digits = compact.replaceAll('-', '');
    return digits.length === 10 ? `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}` : null;
  }
  // Three-digit area codes are 010 and 02x; all others have four.
  const parts = /^(010|02\d|0[3-9]\d{2})-?(\d{7,8})(?:-(\d{1,6}))?$/.exec(compact);
  if (parts !== null) return `${parts[1]}-${parts[2]}${parts[3] === undefined ? '' : `-${parts[3]}`}`;
  return /^[2-8]\d{6,7}$/.test(compact) ? compact : null;
}

/** Full-width digits and letters to ASCII, the many dashes to one, tabs and hard spaces out. */
function plain(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−ー]/g, '-')
    .replace(/^['"=]+|['"]+$/g, '')
    .trim();
}

function refused(
  text: string,
  code: 'VALUE_EXCEL_NUMBER' | 'VALUE_MASKED' | 'VALUE_MULTIPLE' | 'VALUE_MOBILE',
  note: Note,
) {
  note(code);
  return text;
}

function reported(
  text: string,
  code: 'VALUE_MOBILE_MACHINE' | 'VALUE_PHONE_BUSINESS' | 'VALUE_MOBILE_LANDLINE' | 'VALUE_LANDLINE',
  note: Note,
) {
  note(code);
  return text;
}
