import { basename } from 'node:path';
import { type ProvedEvent, verifyEventProof } from '../audit/event-proof.js';
import type { ClaimedCard } from '../identity/card.js';
import { readLimited } from '../store/files.js';
import { viewOf } from './card.js';

/** A megabyte of event or row, escaped, and what proves it. */
const PROOF_LIMIT = 8 * 1024 * 1024;

/** Who vouches for a proof: the owner of a card whose fingerprint is for the reader to compare. */
export interface ProofIssuer {
  readonly name: string;
  readonly fingerprint: string;
}

export interface CheckedEventProof extends ProvedEvent {
  readonly proves: 'event';
  readonly file: string;
  readonly issuer: ProofIssuer;
}

export type CheckedProof = CheckedEventProof;

/**
 * Verifies a proof from the file and the issuer's card alone: no key, no network, no database. That the card is the issuer's is what the
 * caller vouches for by naming it; the result shows its fingerprint.
 *
 * @throws HandoverError the problem of the first step that fails (docs/formats.md, "Proofs")
 */
export function checkProof(path: string, card: ClaimedCard): CheckedProof {
  const file = basename(path);
  const bytes = readLimited(path, PROOF_LIMIT, file);
  const { publicKey, digest } = card;
  const view = viewOf(card);
  const issuer = { name: view.card.name, fingerprint: view.fingerprint };
  return { proves: 'event', file, issuer, ...verifyEventProof(bytes, { card: digest, publicKey }, file) };
}
