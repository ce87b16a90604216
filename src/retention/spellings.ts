import { sha256 } from '../base/crypto.js';
import { encodeGb18030 } from '../dataset/gb18030.js';

/* What is searched for after a purge: values of purged records, in every way in which a program may have written them. */

/** Fields whose values point at one person and at nothing else. A name alone is left out: an officer may have the same. */
export const DISTINCTIVE: readonly string[] = [
  'customer_no',
  'mobile',
  'mobile_2',
  'landline',
  'wechat',
  'platform_id',
  'qq',
  'email',
  'id_no',
  'address',
  'emergency_phone',
  'bank_account',
  'alipay',
];

/** Fewer bytes turn up by chance. */
const LEAST_BYTES = 8;
/** Of letters that hexadecimal digests are made of, more are needed. */
const LEAST_HEX = 11;

/** Whether a value is long enough that finding it means something. */
export function isDistinctive(value: string): boolean {
  return Buffer.byteLength(value) >= (/^[0-9a-fA-F]*$/.test(value) ? LEAST_HEX : LEAST_BYTES);
}

/**
 * The ways in which a text may be in bytes: UTF-8, UTF-16 in both orders, GB18030, base64 in its three alignments, hexadecimal in both
 * cases. Each once, and none that is too short to mean something.
 */
export function spellingsOf(value: string): readonly Uint8Array[] {
  const utf8 = Buffer.from(value, 'utf8');
  const utf16 = Buffer.from(value, 'utf16le');
  return distinct([utf8, utf16, Buffer.from(utf16).swap16(), encodeGb18030(value), ...textForms(utf8)]);
}

/** The ways in which a key may be in bytes: as it is, in hexadecimal, in base64. */
export function spellingsOfKey(key: Uint8Array): readonly Uint8Array[] {
  return distinct([key, ...textForms(Buffer.from(key))]);
}

function textForms(bytes: Buffer): Buffer[] {
  const hex = bytes.toString('hex');
  const forms = [hex, hex.toUpperCase(), ...[0, 1, 2].map((alignment) => aligned(bytes, alignment))];
  return forms.map((text) => Buffer.from(text, 'latin1'));
}

/** The characters of base64 that depend on these bytes alone, when they are behind so many bytes of a group of three. */
function aligned(bytes: Buffer, alignment: number): string {
  const text = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64');
  return text.slice(Math.ceil((alignment * 8) / 6), Math.floor(((alignment + bytes.length) * 8) / 6));
}

function distinct(forms: readonly Uint8Array[]): readonly Uint8Array[] {
  const seen = new Set<string>();
  return forms.filter((bytes) => {
    const known = sha256(bytes);
    return bytes.length >= LEAST_BYTES && !seen.has(known) && seen.add(known);
  });
}
