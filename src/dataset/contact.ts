import { mobile } from './phones.js';

/*
 * A person who is known by a way to be reached instead of a number, as lists of unsubscribed people know them. The prefix keeps such a
 * subject apart from customer numbers.
 */

const EMAIL = 'email:';
const PHONE = 'tel:';

/** The subject for an e-mail address or, without one, for a mobile number; '' where neither can be used. */
export function contactSubject(email: string, phone: string): string {
  const address = emailKey(email);
  if (address !== null) return EMAIL + address;
  const number = phoneKey(phone);
  return number === null ? '' : PHONE + number;
}

/** Addresses differ in case only by habit. */
function emailKey(cell: string): string | null {
  const text = cell.normalize('NFKC').trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text : null;
}

/** A mobile number as eleven digits, or one abroad; null for anything else. */
function phoneKey(cell: string): string | null {
  if (cell.trim() === '') return null;
  const number = mobile(cell.trim(), () => undefined);
  return /^(?:1[3-9]\d{9}|\+\d{8,15})$/.test(number) ? number : null;
}

/** Every way in which a person of a customer file may be known to a list without numbers. */
export function contactKeys(email: string, phones: readonly string[]): readonly string[] {
  const address = emailKey(email);
  const numbers = phones.flatMap((cell) => cell.split(' / ')).map(phoneKey);
  return [
    ...(address === null ? [] : [EMAIL + address]),
    ...numbers.flatMap((number) => (number === null ? [] : [PHONE + number])),
  ];
}
