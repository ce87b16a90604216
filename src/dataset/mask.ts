import type { ValueKind } from './kinds.js';

/** Masking for screens and for the field action `mask` (law.md §5.3). What is left must not identify a person by itself. */

/** `朱*磊`, `王*`, `欧**华`; other writing keeps the first letter of each word. */
function maskName(name: string): string {
  const letters = [...name];
  if (/[A-Za-z]/.test(name)) return name.replace(/(\p{L})[\p{L}\p{M}'’.-]*/gu, '$1***');
  if (letters.length <= 1) return '*';
  if (letters.length === 2) return `${letters[0]}*`;
  return `${letters[0]}${'*'.repeat(letters.length - 2)}${letters.at(-1)}`;
}

/** `139****7076`; a landline keeps its area code and last four digits: `0755-****5678`. */
function maskMobile(phone: string): string {
  if (/^1\d{10}$/.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(7)}`;
  const parts = /^(0\d{2,3}-)?\d*?(\d{4})(-\d+)?$/.exec(phone);
  return parts === null ? maskText(phone) : `${parts[1] ?? ''}****${parts[2] ?? ''}`;
}

/** `110***********002X`: the province and the last four. Shorter documents keep their last two. */
function maskId(id: string): string {
  if (id.length < 15) return `***${id.length > 6 ? id.slice(-2) : ''}`;
  return `${id.slice(0, 3)}${'*'.repeat(id.length - 7)}${id.slice(-4)}`;
}

/** Up to the road or compound, then `***`: no house, building or room. */
function maskAddress(address: string): string {
  const kept = /^[^\d０-９]{0,40}?(大道|路|街|巷|胡同|小区|花园|苑|新村|村|镇)/.exec(address)?.[0];
  if (kept !== undefined) return `${kept}***`;
  const district = /^[^\d０-９]{0,20}[区县市]/.exec(address)?.[0];
  return district === undefined ? maskText(address) : `${district}***`;
}

/** `z***@example.com`. */
function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${[...email][0]}***${email.slice(at)}`;
}

/** The first character and `***`. */
function maskText(text: string): string {
  const [first] = text;
  return first === undefined ? '' : [...text].length === 1 ? '*' : `${first}***`;
}

/** PageSets a normalised value by its kind; '' stays ''. Closed words (gender, yes, consent states) say nothing alone and stay. */
export function maskValue(kind: ValueKind, value: string): string {
  if (value === '') return '';
  switch (kind) {
    case 'name':
      return maskName(value);
    case 'mobile':
    case 'landline':
      return maskMobile(value);
    case 'id-number':
      return maskId(value);
    case 'bank-card':
      return `***${value.length > 8 ? value.slice(-4) : ''}`;
    case 'address':
      return maskAddress(value);
    case 'email':
      return maskEmail(value);
    case 'customer-no':
      return value.length <= 4 ? '***' : `***${value.slice(-3)}`;
    case 'birth-date':
      return `${value.slice(0, 4)}-**-**`;
    case 'money':
    case 'count':
    case 'age':
    case 'coordinate':
      return '***';
    case 'text':
    case 'reference':
    case 'tax-no':
      return maskText(value);
    case 'gender':
    case 'yes-no':
    case 'opt-out':
    case 'consent-status':
    case 'consent-method':
    case 'date':
    case 'past-date':
    case 'datetime':
    case 'no-time':
      return value;
  }
}
