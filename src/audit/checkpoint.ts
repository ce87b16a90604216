import { base64, concat, hex, sameBytes, unbase64, unhex, utf8 } from '../base/bytes.js';
import { type PublicKey, type Sha256, sha256 } from '../base/crypto.js';
import { type Signer, verifySignature } from '../base/signing.js';
import { fail } from '../messages/error.js';
import { HASH_BYTES } from './merkle.js';

/*
 * The signed size and root of a log: a C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint) in a C2SP signed note
 * (https://c2sp.org/signed-note) with an Ed25519 signature, type 0x01. The key name is the origin.
 *
 *   handover/<workspace id>
 *   <number of events>
 *   <root, base64>
 *
 *   — handover/<workspace id> base64(key id, 4 bytes ‖ signature, 64 bytes)
 *
 * The signing key also signs minisign files, without danger of taking one for the other: those sign 64 bytes of BLAKE2b, or begin with
 * a 64-byte signature, and neither can be made to spell a note.
 */

/** What a checkpoint says. */
export interface Checkpoint {
  /** Which log: `handover/<workspace id>`. */
  readonly origin: string;
  /** Number of events. */
  readonly size: number;
  /** Root of the tree of the first `size` events. */
  readonly root: Sha256;
}

const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const DASH = '\u2014 ';

/** Room for the 16 signatures that signed-note asks readers to bear, post-quantum ones included. */
const MAX_TEXT = 96 * 1024;
const MAX_SIGNATURES = 16;

/** The text of a checkpoint. */
export function writeCheckpoint(checkpoint: Checkpoint, signer: Signer): string {
  const { origin, size, root } = checkpoint;
  if (!isName(origin) || !Number.isSafeInteger(size) || size < 0) throw new RangeError('not a checkpoint');
  const text = `${origin}\n${size}\n${base64(unhex(root))}\n`;
  const signature = concat(keyIdOf(origin, signer.publicKey), signer.sign(utf8(text)));
  return `${text}\n${DASH}${origin} ${base64(signature)}\n`;
}

/** What a reader knows beforehand, from a trusted card or its own store. */
export interface CheckpointReading {
  readonly publicKey: PublicKey;
  /** The log that is meant, if it is known; otherwise any log of this key. */
  readonly origin?: string;
  /** Where the checkpoint was found, for problems. */
  readonly document: string;
}

/**
 * Reads a checkpoint and verifies its signature by this key. The text is attacker-controlled. Signatures by other keys (witnesses) are
 * skipped, as signed-note demands; extension lines are refused, because this product writes none and nobody could audit them.
 *
 * @throws HandoverError CHECKPOINT_FORMAT, CHECKPOINT_SIGNATURE, CHECKPOINT_ORIGIN
 */
export function readCheckpoint(text: string, reading: CheckpointReading): Checkpoint {
  const { publicKey, document } = reading;
  const note = parse(text) ?? fail({ code: 'CHECKPOINT_FORMAT', document });
  const { origin } = note.checkpoint;
  const keyId = keyIdOf(origin, publicKey);
  const ours = note.signatures.filter((s) => s.name === origin && sameBytes(s.keyId, keyId));
  const message = utf8(note.text);
  // One bad signature under the known key spoils the note, even beside a good one (signed-note, "Signatures").
  if (ours.length === 0 || !ours.every((s) => verifySignature(s.signature, message, publicKey))) {
    return fail({ code: 'CHECKPOINT_SIGNATURE', document });
  }
  if (reading.origin !== undefined && origin !== reading.origin) {
    return fail({ code: 'CHECKPOINT_ORIGIN', document });
  }
  return note.checkpoint;
}

/** What a checkpoint says, whoever signed it; null if it is none. */
export function claimedCheckpoint(text: string): Checkpoint | null {
  return parse(text)?.checkpoint ?? null;
}

/** signed-note: SHA-256(key name ‖ 0x0A ‖ signature type ‖ public key), the first four bytes. */
function keyIdOf(name: string, publicKey: PublicKey): Uint8Array {
  const digest = sha256(concat(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey));
  return unhex(digest.slice(0, 2 * KEY_ID_BYTES));
}

/** Key names hold neither Unicode spaces nor plus (signed-note), nor anything a terminal would obey. */
function isName(text: string): boolean {
  return /^[^\s+\p{C}\p{Z}]{1,200}$/u.test(text);
}

interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

interface Note {
  readonly checkpoint: Checkpoint;
  /** The signed text, with its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

function parse(note: string): Note | null {
  if (note.length > MAX_TEXT || !note.endsWith('\n')) return null;
  const [origin, size, root, blank, ...lines] = note.slice(0, -1).split('\n');
  if (origin === undefined || size === undefined || root === undefined || blank !== '') return null;
  if (!isName(origin) || !/^(?:0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size)))
    return null;
  const rootBytes = unbase64(root);
  if (rootBytes?.length !== HASH_BYTES || lines.length === 0 || lines.length > MAX_SIGNATURES) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === null) return null;
    signatures.push(signature);
  }
  return {
    checkpoint: { origin, size: Number(size), root: hex(rootBytes) as Sha256 },
    text: `${origin}\n${size}\n${root}\n`,
    signatures,
  };
}

function parseSignature(line: string): NoteSignature | null {
  const [name, encoded, ...more] = line.startsWith(DASH) ? line.slice(DASH.length).split(' ') : [];
  if (name === undefined || encoded === undefined || more.length > 0 || !isName(name)) return null;
  const bytes = unbase64(encoded);
  if (bytes === null || bytes.length <= KEY_ID_BYTES) return null;
  return { name, keyId: bytes.subarray(0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) };
}
