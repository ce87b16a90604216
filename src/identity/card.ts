import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { isRecipient } from '../base/age-keys.js';
import { isSha256, type PublicKey, type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson, type Json, readJson } from '../base/json.js';
import { type Instant, readInstant } from '../base/time.js';
import { shaped } from '../base/shape.js';
import { fail, HandoverError } from '../messages/error.js';
import type { Identity } from './identity.js';
import { publicKeyText, readPublicKeyText, signMinisign, verifyMinisign } from './minisign.js';
import { isUscc } from '../dataset/uscc.js';

/** The format of a card (docs/formats.md, "Card"). */
export const CARD_FORMAT = 'handover.card/1';

/** A card is a page of text; a longer one is refused unread. */
const MAX_CARD_BYTES = 16 * 1024;

/** One line of text as a person would write it: Unicode form C, no control or invisible direction characters. */
const line = z
  .string()
  .min(1)
  .max(200)
  .refine((s) => s === s.normalize('NFC') && s === s.trim() && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(s));
const instant = z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null);
const digest = z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v));

/** A party's public card. Strict: an unknown key is refused. */
export const cardSchema = z.strictObject({
  format: z.literal(CARD_FORMAT),
  /** Name of the organisation as on its business licence. */
  name: line,
  /** Unified social credit code (GB 32100), where there is one. */
  uscc: z.string().refine(isUscc).optional(),
  role: z.enum(['seller', 'buyer']).optional(),
  /** How customers and the other party reach it (PIPL-17, PIPL-23 ask for name and contact of the recipient). */
  contact: z.strictObject({ phone: line, email: line.optional(), address: line.optional() }),
  region: z.literal('CN'),
  /** Absent means production. */
  environment: z.enum(['production', 'test']).optional(),
  /** minisign public key text, `RW…`. */
  signing_key: z.string().refine((s) => readPublicKeyText(s) !== null),
  /** age recipient, `age1pq1…` or `age1…`. */
  recipient: z.string().refine(isRecipient),
  created: instant,
  valid_until: instant.optional(),
  /** Digest of the card that this one follows, which then signs it too. */
  replaces: digest.nullable(),
});

export type Card = Readonly<z.infer<typeof cardSchema>>;

/**
 * A card whose own signature is good. It proves that the card is whole and that its author has the signing key, and nothing about who
 * that is: anybody can make a card with anybody's name. trust.ts turns it into a trusted one.
 */
export interface ClaimedCard {
  readonly card: Card;
  /** Canonical JSON, exactly what is signed. */
  readonly bytes: Uint8Array;
  /** SHA-256 of {@link ClaimedCard.bytes}: names this card in deals, bundles and the log. */
  readonly digest: Sha256;
  readonly publicKey: PublicKey;
}

/** What a person states on a card; the keys and the format are filled in. */
export type CardFacts = Omit<Card, 'format' | 'signing_key' | 'recipient' | 'region'>;

/** The canonical bytes of a card: RFC 8785. */
function cardBytes(card: Card): Uint8Array {
  // An absent field may be present as undefined in memory; JSON knows only absent.
  const json: Json = JSON.parse(JSON.stringify(card));
  return utf8(canonicalJson(json));
}

/** The digest that names a card. */
export function cardDigest(card: Card): Sha256 {
  return sha256(cardBytes(card));
}

/** A card as its owner makes it: claimed, with its signature file. */
export interface MadeCard extends ClaimedCard {
  /** Text of `<name>.card.json.minisig`. */
  readonly signature: string;
}

/**
 * Makes and signs a card.
 *
 * @throws HandoverError CARD_USCC if the credit code is wrong; FORMAT_SHAPE for another fact that does not fit, with its place
 */
export function makeCard(facts: CardFacts, identity: Identity): MadeCard {
  if (facts.uscc !== undefined && !isUscc(facts.uscc)) fail({ code: 'CARD_USCC' });
  const card = parse(
    {
      ...facts,
      format: CARD_FORMAT,
      region: 'CN',
      signing_key: publicKeyText(identity.signer.publicKey),
      recipient: identity.recipient,
    },
    'card.json',
  );
  const bytes = cardBytes(card);
  const digest = sha256(bytes);
  const signature = signMinisign(bytes, identity.signer, cardComment(digest));
  return { card, bytes, digest, publicKey: identity.signer.publicKey, signature };
}

/** The trusted comment of a card's signature. */
function cardComment(digest: Sha256): string {
  return `${CARD_FORMAT} ${digest}`;
}

/**
 * Reads a card and its own signature. Both come from outside. Whether the card is expired or trusted is asked elsewhere
 * ({@link requireCurrent}, trust.ts).
 *
 * @param document the file's base name, for problems
 * @throws HandoverError JSON_… and FORMAT_… of a document that is not a card; CARD_SIGNATURE
 */
export function readCard(bytes: Uint8Array, signatureText: string, document: string): ClaimedCard {
  const card = parse(readJson(bytes, { document, limit: MAX_CARD_BYTES }), document);
  const publicKey = readPublicKeyText(card.signing_key);
  if (publicKey === null) return fail({ code: 'FORMAT_SHAPE', document, path: 'signing_key' });
  const digest = sha256(bytes);
  if (signedComment(bytes, signatureText, publicKey) !== cardComment(digest)) {
    return fail({ code: 'CARD_SIGNATURE', document });
  }
  return { card, bytes, digest, publicKey };
}

/** The trusted comment if the signature is good, else null: one problem for every way in which a card's signature can fail. */
function signedComment(bytes: Uint8Array, signatureText: string, key: PublicKey): string | null {
  try {
    return verifyMinisign(bytes, signatureText, key).trustedComment;
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  }
}

/**
 * The second signature of a card that follows another: by the former card's key, over the new card's bytes.
 * Kept beside the card as `<name>.card.json.former.minisig`.
 */
export function signAsFormer(successor: ClaimedCard, former: Identity): string {
  return signMinisign(successor.bytes, former.signer, cardComment(successor.digest));
}

/** Whether `signatureText` is that second signature. */
export function isSignedByFormer(
  successor: ClaimedCard,
  signatureText: string,
  formerKey: PublicKey,
): boolean {
  return signedComment(successor.bytes, signatureText, formerKey) === cardComment(successor.digest);
}

/**
 * Throws if the card's `valid_until` has passed.
 *
 * @throws HandoverError CARD_EXPIRED
 */
export function requireCurrent(claimed: ClaimedCard, now: Instant): void {
  const { name, valid_until: until } = claimed.card;
  // Instants of one form compare as text.
  if (until !== undefined && until <= now) fail({ code: 'CARD_EXPIRED', party: name, until });
}

function parse(value: unknown, document: string): Card {
  const parsed = shaped(cardSchema, value);
  if (parsed.success) return parsed.data;
  if (!isCardFormat(value)) return fail({ code: 'FORMAT_UNKNOWN', document, expected: CARD_FORMAT });
  // Only the place: zod's own message may repeat what an attacker wrote.
  return fail({ code: 'FORMAT_SHAPE', document, path: parsed.error.issues[0]?.path.join('.') || '(card)' });
}

function isCardFormat(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === CARD_FORMAT;
}
