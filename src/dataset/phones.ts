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

/**
 * A cell as people fill it: labels and remarks around the number, several numbers, numbers abroad. Only numbers that are whole are taken; a
 * letter inside one makes it none.
 */
function unusualMobile(cell: string, note: Note): string {
  const text = plain(cell);
  if (text.length > MAX_PHONE_CELL) return refused(text, 'VALUE_MOBILE', note);
  if (isScientific(text)) return refused(text, 'VALUE_EXCEL_NUMBER', note);
  if (/\d[*×xX•●]{2}|[*×•●]{3}/.test(text)) return refused(text, 'VALUE_MASKED', note);
  const { phones, hasWords } = phonesOf(text);
  const first = phones.find(({ kind }) => kind === 'mobile') ?? phones[0];
  if (first === undefined) return refused(text, 'VALUE_MOBILE', note);
  if (INVISIBLE_IN_NUMBERS.test(cell)) note('CELL_INVISIBLE');
  if (phones.length > 1) note('VALUE_SECOND_PHONE');
  else if (hasWords) note('VALUE_PHONE_WORDS');
  if (first.kind === 'mobile') return mobile(first.number, note);
  note(PHONE_NOTES[first.kind]);
  return first.number;
}

/** The numbers of a cell beside the one that {@link mobile} takes, as one text; '' for none. */
export function otherPhones(cell: string): string {
  const { phones } = phonesOf(plain(cell));
  const first = phones.find(({ kind }) => kind === 'mobile') ?? phones[0];
  return phones
    .filter((phone) => phone !== first)
    .map(({ number }) => number)
    .join(' / ');
}

const MAX_PHONE_CELL = 200;

type PhoneKind = 'mobile' | 'landline' | 'business' | 'machine' | 'abroad';

const PHONE_NOTES = {
  landline: 'VALUE_MOBILE_LANDLINE',
  business: 'VALUE_PHONE_BUSINESS',
  machine: 'VALUE_MOBILE_MACHINE',
  abroad: 'VALUE_PHONE_ABROAD',
} as const;

interface Phone {
  readonly kind: PhoneKind;
  readonly number: string;
}

const EXTENSION = / ?(?:转|分机|ext\.?|#) ?\d{1,6}$/i;

/** A run of digits as people part them, with an extension. */
const RUN = /\(?\+?\(?\+?\d(?:[\d \t\n().+-]*\d)?\)?(?: ?(?:转|分机|ext\.?|#) ?\d{1,6}(?!\d))?/giu;

function phonesOf(text: string): { readonly phones: readonly Phone[]; readonly hasWords: boolean } {
  const phones: Phone[] = [];
  let rest = '';
  let at = 0;
  for (const run of text.matchAll(RUN)) {
    const end = run.index + run[0].length;
    rest += text.slice(at, run.index);
    at = end;
    const isTorn = /[A-Za-z]/.test(text[end] ?? '') || /[A-Za-z]/.test(text[run.index - 1] ?? '');
    const found = isTorn ? [] : phonesInRun(run[0].trim());
    if (found.length === 0 || (found.at(-1)?.kind === 'mobile' && EXTENSION.test(run[0]))) rest += run[0];
    for (const phone of found) if (!phones.some(({ number }) => number === phone.number)) phones.push(phone);
  }
  rest += text.slice(at);
  return { phones, hasWords: /[^\s/、,;:|\\()。.#-]/u.test(rest) };
}

/** One number, or several with blanks between them. */
function phonesInRun(run: string): readonly Phone[] {
  const whole = phoneOf(run);
  if (whole !== null) return [whole];
  const joined = /^1[3-9]\d{9}(?:-?1[3-9]\d{9})+$/.test(run) ? run.replace(/(\d{11})-?(?=\d)/g, '$1 ') : run;
  const words = joined.split(/\s+/);
  const found: Phone[] = [];
  for (let from = 0; from < words.length; ) {
    let taken = 0;
    for (let to = words.length; to > from && taken === 0; to--) {
      const phone = phoneOf(words.slice(from, to).join(' '));
      if (phone === null) continue;
      found.push(phone);
      taken = to - from;
    }
    if (taken === 0) return [];
    from += taken;
  }
  return found;
}

function phoneOf(text: string): Phone | null {
  const bare = text.replace(EXTENSION, '');
  const abroad = abroadOf(bare);
  if (abroad !== null) return { kind: 'abroad', number: abroad };
  const digits = bare
    .replace(/\.0$/, '')
    .replace(/[\s\-().]/g, '')
    .replace(/^(\+86|0086|86(?=1[3-9]\d{9}$))/, '')
    .replace(/^0(?=1[3-9]\d{9}$)/, '');
  if (isMobile(digits)) return { kind: 'mobile', number: digits };
  if (/^(1064\d{9}|14\d{11})$/.test(digits)) return { kind: 'machine', number: digits };
  const fixed = landlineOf(text);
  if (fixed === null) return null;
  return { kind: /^[48]00/.test(fixed) ? 'business' : 'landline', number: fixed };
}

/**
 * A number of another country or of Hong Kong, Macau and Taiwan, as `+85251234567`: with its country code, or in the groups of North America,
 * whose eleven digits look like a mobile number of the mainland otherwise.
 */
function abroadOf(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  const isNorthAmerican = /^1[ .-]?\(?[2-9]\d\d\)?[ .-]+\d{3}[ .-]\d{4}$/.test(text);
  if (isNorthAmerican) return `+${digits}`;
  if (/^\(?(?:\+|00)\(?(?!86)[1-9]/.test(text)) {
    const number = text.includes('+') ? digits : digits.slice(2);
    return /^\d{8,15}$/.test(number) ? `+${number}` : null;
  }
  return /^(?:852[2-9]\d{7}|853[268]\d{7}|8869\d{8})$/.test(digits) && !/^0/.test(text) ? `+${digits}` : null;
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
    .replace(/^\(?(\+86|0086)\)?[- ]?0?/, '0')
    .replace(/^86(?=[2-9]\d{8,10}$)/, '0')
    .replace(/^00(?=[1-9])/, '0')
    .replace(/[()\s]/g, (mark) => (mark === ')' ? '-' : ''))
    .replace(/(转|ext\.?|分机|#)/i, '-')
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

/** What is not seen and is between digits when a number was copied: format characters, variation selectors, fillers. */
const INVISIBLE_IN_NUMBERS = /[\ufe00-\ufe0f\p{Cf}\u180e\u3164\u115f\u1160\uffa0]/u;

/** Full-width digits and letters to ASCII, the many dashes to one, tabs and hard spaces out. */
function plain(cell: string): string {
  return cell
    .replace(new RegExp(INVISIBLE_IN_NUMBERS, 'gu'), '')
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−ー]/g, '-')
    .replace(/^['"=]+|['"]+$/g, '')
    .trim();
}

function refused(text: string, code: 'VALUE_EXCEL_NUMBER' | 'VALUE_MASKED' | 'VALUE_MOBILE', note: Note) {
  note(code);
  return text;
}

function reported(text: string, code: 'VALUE_LANDLINE', note: Note) {
  note(code);
  return text;
}
