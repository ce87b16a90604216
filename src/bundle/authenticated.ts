import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { hmacSha256, type SecretKey } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { jsonOf } from './document.js';

/** HMAC-SHA256 at the end of a document that only whoever has the key of a job can have written. */
export const macSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** The bytes of a document that ends with its MAC. */
export function authenticated(document: object, macKey: SecretKey): Uint8Array {
  return utf8(canonicalJson(jsonOf({ ...document, mac: macOf(document, macKey) })));
}

/** Whether `mac` is that of the document, which has none in it any longer. */
export function isAuthentic(document: object, mac: string, macKey: SecretKey): boolean {
  return timingSafeEqual(utf8(macOf(document, macKey)), utf8(mac));
}

/** The MAC of a document. */
export function macOf(document: object, macKey: SecretKey): string {
  return hmacSha256(macKey, utf8(canonicalJson(jsonOf(document))));
}
