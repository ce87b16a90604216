/** Bytes and their textual forms. */

/** Text as UTF-8; half of a surrogate pair becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

/** Bytes as UTF-8 text; what is none becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** Lower-case hexadecimal digits, two a byte. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Reads lower-case hexadecimal text that is known to be well formed. */
export function unhex(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}

/** Standard base64 with padding (RFC 4648 section 4). */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Reads standard base64 with padding (RFC 4648 section 4) strictly, or returns null. */
export function unbase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** Base64 without padding, as age and the Go library write it. */
export function base64Bare(bytes: Uint8Array): string {
  return base64(bytes).replace(/=+$/, '');
}

/** Reads {@link base64Bare} strictly, or returns null. */
export function unbase64Bare(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return base64Bare(bytes) === text ? bytes : null;
}

/** All of it in memory of its own. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** Whether two are equal. Its time tells where they differ: not for secrets. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

/** The same text in memory of its own: a piece of a page, kept for itself, keeps the whole page. */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
