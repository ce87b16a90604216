import { z } from 'zod';
import type { Brand } from '../base/brand.js';
import { base64, concat, sameBytes, unbase64 } from '../base/bytes.js';
import type { PublicKey } from '../base/crypto.js';
import { TAG_BYTES } from '../base/tagger.js';
import { canonicalJson } from '../base/json.js';
import type { Instant } from '../base/time.js';
import type { Signer } from '../base/signing.js';
import {
  checkComment,
  countSchema,
  instantSchema,
  readDocument,
  signedComment,
  type SignedDocument,
  uuidSchema,
} from '../bundle/document.js';
import { keyIdOf, signingKeyId, signMinisign } from '../identity/minisign.js';
import { fail } from '../messages/error.js';

export const ERASED_FORMAT = 'handover.erased/1';

/** The name under which a ledger is in problems. */
const DOCUMENT = 'erased.json';

/** In bytes: about three million persons. */
export const ERASED_LIMIT = 64 * 1024 * 1024;

/** Keyed tags only: without the workspace's tag key nobody can tell whose they are, and they are personal data all the same (PIPL-73). */
export const erasedSchema = z.strictObject({
  format: z.literal(ERASED_FORMAT),
  /** The workspace whose key made the tags. */
  workspace: uuidSchema,
  /** The purge that ended the records. */
  purge: uuidSchema,
  /** When the purge was planned. */
  planned: instantSchema,
  persons: countSchema,
  /** The tags in ascending order, 16 bytes each, in base64: in pieces of {@link PIECE_TAGS}, of which only the last may be shorter. */
  tags: z.array(z.string()),
});

/** A piece is short enough for any reader of JSON. */
const PIECE_TAGS = 4096;
const PIECE_BYTES = PIECE_TAGS * TAG_BYTES;

/** Whom a purge ended. */
export interface Erased {
  readonly workspace: string;
  readonly purge: string;
  readonly planned: Instant;
  /** Ascending, {@link TAG_BYTES} bytes each, none twice. */
  readonly tags: Uint8Array;
}

/** A ledger whose signature, workspace and order have been verified. Only {@link verifyErased} makes one. */
export type VerifiedErased = Brand<Erased, 'VerifiedErased'>;

/** A ledger with its signature file. */
export type SignedErased = SignedDocument;

/**
 * Signs the erasure ledger of a purge, so that it can lie beside the certificate and outlive a workspace that is restored from an old
 * copy. The same facts give the same bytes.
 */
export function signErased({ workspace, purge, planned, tags }: Erased, signer: Signer): SignedErased {
  const bytes = documentOf({ workspace, purge, planned, tags });
  return { bytes, signature: signMinisign(bytes, signer, erasedComment(workspace, purge)) };
}

/**
 * The canonical document. The tags of a million persons are twenty megabytes of text: each piece goes straight to its place, so that the
 * document is in memory once.
 */
function documentOf({ workspace, purge, planned, tags }: Erased): Uint8Array {
  const persons = tags.length / TAG_BYTES;
  const frame = canonicalJson({ format: ERASED_FORMAT, workspace, purge, planned, persons, tags: [] });
  const at = frame.indexOf(']');
  const [head, tail] = [frame.slice(0, at), frame.slice(at)];
  const pieces = Math.ceil(tags.length / PIECE_BYTES);
  const encoded = 4 * (pieces - 1) * Math.ceil(PIECE_BYTES / 3) + 4 * Math.ceil(lastPiece(tags) / 3);
  const text = pieces === 0 ? 0 : encoded + 3 * pieces - 1;
  const bytes = Buffer.allocUnsafe(head.length + text + tail.length);
  let filled = bytes.write(head, 'latin1');
  for (let i = 0; i < pieces; i++) {
    const piece = base64(tags.subarray(i * PIECE_BYTES, (i + 1) * PIECE_BYTES));
    filled += bytes.write(i === 0 ? `"${piece}"` : `,"${piece}"`, filled, 'latin1');
  }
  bytes.write(tail, filled, 'latin1');
  return bytes;
}

/** Bytes of the last piece, which may be shorter than the others. */
function lastPiece(tags: Uint8Array): number {
  return tags.length % PIECE_BYTES || Math.min(tags.length, PIECE_BYTES);
}

/** The trusted comment of a ledger's signature: kind, purge and workspace. */
function erasedComment(workspace: string, purge: string): string {
  return `${ERASED_FORMAT} ${purge} of ${workspace}`;
}

/**
 * Reads and verifies an erasure ledger that lay outside the workspace, in the order of docs/formats.md, "Erasure ledger".
 *
 * @param own what this workspace is: its id, and the key of its own card, which alone may have signed
 * @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE, the SIGNATURE_ codes, LEDGER_OTHER_WORKSPACE
 */
export function verifyErased(
  signed: SignedErased,
  own: { readonly workspace: string; readonly publicKey: PublicKey },
): VerifiedErased {
  // Only what this very party signed is read at all: a ledger may be long.
  const signature = { publicKey: own.publicKey, document: DOCUMENT };
  const keyId = signingKeyId(signed.signature);
  if (keyId !== null && !sameBytes(keyId, keyIdOf(own.publicKey))) fail({ code: 'LEDGER_OTHER_WORKSPACE' });
  const comment = signedComment(signed, signature);
  const { workspace, purge, planned, persons, tags } = readDocument(signed.bytes, {
    document: DOCUMENT,
    format: ERASED_FORMAT,
    schema: erasedSchema,
    limit: ERASED_LIMIT,
  });
  if (workspace !== own.workspace) fail({ code: 'LEDGER_OTHER_WORKSPACE' });
  checkComment(comment, { comment: erasedComment(workspace, purge), document: DOCUMENT });
  const packed = concat(...tags.map((piece) => unbase64(piece) ?? new Uint8Array()));
  if (packed.length !== persons * TAG_BYTES || !samePieces(piecesOf(packed), tags) || !isAscending(packed))
    return fail({ code: 'FORMAT_SHAPE', document: DOCUMENT, path: 'tags' });
  const erased: Erased = { workspace, purge, planned, tags: packed };
  return erased as VerifiedErased;
}

function piecesOf(tags: Uint8Array): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < tags.length; at += PIECE_BYTES)
    pieces.push(base64(tags.subarray(at, at + PIECE_BYTES)));
  return pieces;
}

/** A ledger has one spelling. */
function samePieces(made: readonly string[], read: readonly string[]): boolean {
  return made.length === read.length && made.every((piece, i) => piece === read[i]);
}

/** Whether tags, {@link TAG_BYTES} bytes each, ascend without a repetition. */
function isAscending(tags: Uint8Array): boolean {
  const packed = Buffer.from(tags.buffer, tags.byteOffset, tags.byteLength);
  for (let at = TAG_BYTES; at < packed.length; at += TAG_BYTES)
    if (packed.compare(packed, at, at + TAG_BYTES, at - TAG_BYTES, at) >= 0) return false;
  return true;
}
