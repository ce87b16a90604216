import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { isSha256, type PublicKey, type Sha256 } from '../base/crypto.js';
import { canonicalJson, readJson } from '../base/json.js';
import { shaped } from '../base/shape.js';
import { fail } from '../messages/error.js';
import type { Checkpoint } from './checkpoint.js';
import { type LoggedEvent, readEvent } from './event.js';
import { leafHash } from './merkle.js';
import { verifyProof } from './proof.js';

/** The format of a self-contained proof (docs/formats.md, "Proofs"). */
export const EVENT_PROOF_FORMAT = 'handover.event-proof/1';

/** Proof that an event is in a party's log, with the event: the party's card is all that is needed to check it. */
export interface EventProof {
  /** Digest of the card of the party whose log it is. */
  readonly issuer: Sha256;
  /** The event's canonical bytes, as text. */
  readonly event: string;
  /** A C2SP tlog-proof, exactly. */
  readonly tlog_proof: string;
}

/** The document of a proof. Strict: an unknown key is refused. */
export const eventProofSchema = z.strictObject({
  format: z.literal(EVENT_PROOF_FORMAT),
  issuer: z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v)),
  event: z.string().min(1),
  tlog_proof: z.string().min(1),
});

/** An event of a megabyte, twice escaped, and its proof. */
const MAX_BYTES = 3 * 1024 * 1024;

/** The canonical bytes of a proof. */
export function eventProofBytes({ issuer, event, tlog_proof }: EventProof): Uint8Array {
  return utf8(canonicalJson({ format: EVENT_PROOF_FORMAT, issuer, event, tlog_proof }));
}

/** Whose log it must be, by a card that the reader trusts. */
export interface Issuer {
  /** Digest of the card. */
  readonly card: Sha256;
  readonly publicKey: PublicKey;
}

/** What a good proof shows: this event is under this number in the log that the checkpoint signs. */
export interface ProvedEvent {
  readonly event: LoggedEvent;
  readonly checkpoint: Checkpoint;
}

/**
 * Verifies a proof, in the order of docs/formats.md, "Verifying a proof of an event". The bytes are attacker-controlled.
 *
 * @param document the file's base name, for problems
 * @throws HandoverError JSON_…, FORMAT_UNKNOWN, FORMAT_SHAPE, PROOF_OTHER_CARD, PROOF_FORMAT, CHECKPOINT_…, PROOF_INVALID
 */
export function verifyEventProof(bytes: Uint8Array, issuer: Issuer, document: string): ProvedEvent {
  const proof = readEventProof(bytes, document);
  if (proof.issuer !== issuer.card) fail({ code: 'PROOF_OTHER_CARD', document });
  const eventBytes = utf8(proof.event);
  const event = readEvent(eventBytes, document);
  const { publicKey } = issuer;
  const { index, checkpoint } = verifyProof(proof.tlog_proof, leafHash(eventBytes), { publicKey, document });
  if (index !== event.seq) fail({ code: 'PROOF_INVALID', document });
  return { event, checkpoint };
}

function readEventProof(bytes: Uint8Array, document: string): EventProof {
  const value = readJson(bytes, { document, limit: MAX_BYTES });
  const parsed = shaped(eventProofSchema, value);
  if (parsed.success) return parsed.data;
  const known =
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value['format'] === EVENT_PROOF_FORMAT;
  if (!known) return fail({ code: 'FORMAT_UNKNOWN', document, expected: EVENT_PROOF_FORMAT });
  return fail({ code: 'FORMAT_SHAPE', document, path: pathOf(parsed.error.issues[0]?.path ?? []) });
}

/** The place only; a key that is not of the format may be anything. */
function pathOf(path: readonly PropertyKey[]): string {
  const [first] = path;
  return typeof first === 'string' && first in eventProofSchema.shape ? first : '.';
}
