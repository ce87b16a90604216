import { base64, concat, sameBytes, unbase64, unhex, utf8 } from '../base/bytes.js';
import { type PublicKey, sha256 } from '../base/crypto.js';
import { blake2b512, type Signer, verifySignature } from '../base/signing.js';
import { fail } from '../messages/error.js';

/*
 * minisign's signature file and public key, byte for byte as the `minisign` tool writes and reads them:
 *
 *   untrusted comment: …
 *   base64('ED' ‖ key id, 8 bytes ‖ Ed25519 signature of BLAKE2b-512(message), 64 bytes)
 *   trusted comment: …
 *   base64(Ed25519 signature of (signature ‖ trusted comment), 64 bytes)
 *
 * Public key text: base64('Ed' ‖ key id ‖ Ed25519 public key).
 * 'Ed' signatures over the message itself, minisign's old form, are refused: one way to sign leaves nothing to confuse.
 */

const PREHASHED = utf8('ED');
const KEY_ALGORITHM = utf8('Ed');
const KEY_ID_BYTES = 8;
const SIGNATURE_BYTES = 64;
const UNTRUSTED = 'untrusted comment: ';
const TRUSTED = 'trusted comment: ';

/** In characters. The tool itself reads no longer comment than 8 KiB, so no genuine file comes near. */
const MAX_TEXT = 12_000;
const MAX_COMMENT_BYTES = 8_000;

/** Control characters other than the tab, which the tool's own trusted comments hold: nothing a terminal would obey. */
const CONTROL = /[^\P{Cc}\t]/u;

/** Where a signature is named in problems when the caller has no better word for what was signed. */
const SOME_DOCUMENT = 'minisig';

/** The key id that this product gives a key: the first 8 bytes of SHA-256 of the public key. minisign draws it at random. */
export function keyIdOf(publicKey: PublicKey): Uint8Array {
  return unhex(sha256(publicKey).slice(0, 2 * KEY_ID_BYTES));
}

/** minisign's public key text, `RW…`, 56 characters: for `minisign -V -P` and for the card. */
export function publicKeyText(publicKey: PublicKey): string {
  return base64(concat(KEY_ALGORITHM, keyIdOf(publicKey), publicKey));
}

/** Reads public key text whose key id is the one that {@link keyIdOf} gives, or returns null. */
export function readPublicKeyText(text: string): PublicKey | null {
  const bytes = text.length === 56 ? unbase64(text) : null;
  if (bytes === null || !sameBytes(bytes.subarray(0, 2), KEY_ALGORITHM)) return null;
  const key = bytes.subarray(2 + KEY_ID_BYTES) as PublicKey;
  return sameBytes(bytes.subarray(2, 2 + KEY_ID_BYTES), keyIdOf(key)) ? key : null;
}

/**
 * The text of a `.minisig` file over `message`.
 *
 * @param trustedComment one line that names kind, id and recipient; it is signed too, and holds no personal data.
 */
export function signMinisign(message: Uint8Array, signer: Signer, trustedComment: string): string {
  if (/\p{Cc}/u.test(trustedComment) || utf8(trustedComment).length > MAX_COMMENT_BYTES) {
    throw new Error('a trusted comment is one line');
  }
  const signature = signer.sign(blake2b512(message));
  const global = signer.sign(concat(signature, utf8(trustedComment)));
  return [
    `${UNTRUSTED}signature from handover`,
    base64(concat(PREHASHED, keyIdOf(signer.publicKey), signature)),
    `${TRUSTED}${trustedComment}`,
    base64(global),
    '',
  ].join('\n');
}

/** What a good signature says. */
export interface MinisignVerified {
  readonly trustedComment: string;
}

/**
 * Verifies a `.minisig` text over `message`. The text is attacker-controlled, except that a mail program may have turned its line
 * ends into CRLF, which is accepted. The key id must be one the signer's key can have: the product's own, or any that the tool drew
 * if `anyKeyId` is set (to check files that the minisign tool signed).
 *
 * @param document names what was signed, for the problem; never its content.
 * @throws HandoverError SIGNATURE_FORMAT, SIGNATURE_KEY, SIGNATURE_INVALID, SIGNATURE_COMMENT
 */
export function verifyMinisign(
  message: Uint8Array,
  signatureText: string,
  publicKey: PublicKey,
  document: string = SOME_DOCUMENT,
  options: { readonly anyKeyId?: boolean } = {},
): MinisignVerified {
  const { keyId, signature, trustedComment, global } =
    parse(signatureText) ?? fail({ code: 'SIGNATURE_FORMAT', document });
  if (options.anyKeyId !== true && !sameBytes(keyId, keyIdOf(publicKey))) {
    fail({ code: 'SIGNATURE_KEY', document });
  }
  if (!verifySignature(signature, blake2b512(message), publicKey)) {
    fail({ code: 'SIGNATURE_INVALID', document });
  }
  if (!verifySignature(global, concat(signature, utf8(trustedComment)), publicKey)) {
    fail({ code: 'SIGNATURE_COMMENT', document });
  }
  return { trustedComment };
}

/** The id of the key that a signature file names, or null if it is none. Not verified: it says whose key to verify it with. */
export function signingKeyId(signatureText: string): Uint8Array | null {
  return parse(signatureText)?.keyId ?? null;
}

interface Parsed {
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
  readonly trustedComment: string;
  readonly global: Uint8Array;
}

function parse(text: string): Parsed | null {
  if (text.length > MAX_TEXT) return null;
  const [untrusted, signatureLine, trusted, globalLine, end = '', ...more] = text.split(/\r?\n/);
  if (untrusted === undefined || signatureLine === undefined) return null;
  if (trusted === undefined || globalLine === undefined || end !== '' || more.length > 0) return null;
  if (!untrusted.startsWith(UNTRUSTED) || !trusted.startsWith(TRUSTED)) return null;
  if (CONTROL.test(untrusted) || CONTROL.test(trusted)) return null;
  const bytes = unbase64(signatureLine);
  const global = unbase64(globalLine);
  if (bytes?.length !== 2 + KEY_ID_BYTES + SIGNATURE_BYTES || global?.length !== SIGNATURE_BYTES) return null;
  if (!sameBytes(bytes.subarray(0, 2), PREHASHED)) return null;
  return {
    keyId: bytes.subarray(2, 2 + KEY_ID_BYTES),
    signature: bytes.subarray(2 + KEY_ID_BYTES),
    trustedComment: trusted.slice(TRUSTED.length),
    global,
  };
}
