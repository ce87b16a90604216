import type { Brand } from '../base/brand.js';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson, type Json, readJson } from '../base/json.js';
import { fail } from '../messages/error.js';
import { withoutLines } from './cross-checks.js';
import { isForeignVersion } from './schema-problems.js';
import { DEAL_FORMAT, DEAL_ROLES, type DealRole, type Terms } from './terms.js';
import { DEAL_FILE_LIMIT, termsFrom } from './terms-reading.js';

/** Terms over which both parties' signatures have been verified. Only {@link signedDeal} makes one. */
export type SignedDeal = Brand<{ readonly terms: Terms; readonly digest: Sha256 }, 'SignedDeal'>;

/** The bytes of deal.json, which both parties sign: canonical JSON (RFC 8785) of the terms, without a final newline. */
export function dealBytes(terms: Terms): Uint8Array {
  return utf8(canonicalJson(jsonOf(terms)));
}

/** SHA-256 of deal.json: the name of these very terms in manifests, receipts and the log. */
export function dealDigest(terms: Terms): Sha256 {
  return sha256(dealBytes(terms));
}

/** What the store keeps of a text besides its signatures. */
export function dealRow(terms: Terms): {
  readonly id: string;
  readonly digest: Sha256;
  readonly bytes: Uint8Array;
  readonly amends: Sha256 | null;
} {
  const bytes = dealBytes(terms);
  return { id: terms.id, digest: sha256(bytes), bytes, amends: terms.amends?.sha256 ?? null };
}

/**
 * Names the deal itself, whatever its wording: a digest over its id and the two cards, which an amendment keeps. A person has one tag, and a value
 * one token, in all versions of a deal.
 */
export function dealIdentity({ id, seller, buyer }: Terms): Sha256 {
  return sha256(utf8(canonicalJson({ id, seller: seller.card, buyer: buyer.card })));
}

/** The file name of a text that goes from one party to the other: an amendment does not lie in the place of what it amends. */
export function dealFileName(terms: Terms): string {
  return terms.amends === undefined
    ? `${terms.id}.deal.json`
    : `${terms.id}.amendment-${dealDigest(terms).slice(0, 8)}.deal.json`;
}

/**
 * Reads deal.json strictly. The bytes are attacker-controlled: they are in a bundle from outside.
 *
 * @throws HandoverError FORMAT_UNKNOWN, the JSON_ codes, or the first DEAL_ problem of the terms
 */
export function readDealJson(bytes: Uint8Array): Terms {
  const document = 'deal.json';
  const plain = readJson(bytes, { document, limit: DEAL_FILE_LIMIT });
  if (isForeignVersion(plain)) fail({ code: 'FORMAT_UNKNOWN', document, expected: DEAL_FORMAT });
  const read = termsFrom(plain, withoutLines);
  if (read.terms !== null) return read.terms;
  const [first] = read.problems;
  return fail(first ?? { code: 'FORMAT_SHAPE', document, path: '.' });
}

/** What the trusted comment of a party's signature over deal.json must say (docs/formats.md, "Deal"). */
export function dealComment(deal: string, role: DealRole): string {
  return `handover deal ${deal} ${role}`;
}

/** The file name of a party's signature over deal.json. */
export function dealSignatureName(role: DealRole): `deal.json.${DealRole}.minisig` {
  return `deal.json.${role}.minisig`;
}

/** The card whose key must have signed as `role`: the deal binds it by digest. */
export function signatoryCard(terms: Terms, role: DealRole): Sha256 {
  return terms[role].card;
}

/**
 * The deal as one that both parties have signed.
 *
 * @param verify says whether there is a good signature over {@link dealBytes} with the comment {@link dealComment} by the key of the card
 *   {@link signatoryCard}. It answers false for a missing one; for a wrong one it should throw what it knows.
 * @throws HandoverError DEAL_UNSIGNED with every role that is missing
 */
export function signedDeal(terms: Terms, verify: (role: DealRole) => boolean): SignedDeal {
  const roles = DEAL_ROLES.filter((role) => !verify(role));
  if (roles.length > 0) fail({ code: 'DEAL_UNSIGNED', deal: terms.id, roles });
  return { terms, digest: dealDigest(terms) } as SignedDeal;
}

/** The terms as JSON: a member that is absent is left out, where TypeScript may see it as undefined. */
function jsonOf(value: unknown): Json {
  if (Array.isArray(value)) return value.map(jsonOf);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, jsonOf(item)]])),
    );
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  throw new Error('terms hold JSON values only');
}
