import { z } from 'zod';
import type { Sha256 } from '../base/crypto.js';
import type { Instant } from '../base/time.js';
import { type Lang, LANGS } from '../messages/lang.js';
import { COLUMN } from './columns.js';

/* Who the parties are: the workspace itself with its own card, and the cards of others that were pinned. */

const { blob, digest, instant, role } = COLUMN;

/** What a workspace is: written once, when it is made. */
export interface WorkspaceInfo {
  readonly id: string;
  readonly role: 'seller' | 'buyer';
  readonly environment: 'production' | 'test';
  readonly created: Instant;
  readonly lang: Lang;
  /** The party's own card: digest of the canonical document, the document, its minisign signature. */
  readonly cardDigest: Sha256;
  readonly card: Uint8Array;
  readonly cardSignature: string;
}

/** Another party's card, pinned after its fingerprint was compared. */
export interface PinnedCard {
  readonly digest: Sha256;
  readonly bytes: Uint8Array;
  readonly signature: string;
  /** When the fingerprint was compared. */
  readonly compared: Instant;
  /** `replaced` by its successor, or `removed`: it is good for nothing new, and what was signed with it can still be verified. */
  readonly state: CardState;
}

export const CARD_STATES = ['trusted', 'replaced', 'removed'] as const;

export type CardState = (typeof CARD_STATES)[number];

export const PARTY_ROW = {
  workspace: z.object({
    id: z.string(),
    role,
    environment: z.enum(['production', 'test']),
    created: instant,
    lang: z.enum(LANGS),
    cardDigest: digest,
    card: blob,
    cardSignature: z.string(),
  }),
  card: z.object({
    digest,
    bytes: blob,
    signature: z.string(),
    compared: instant,
    state: z.enum(CARD_STATES),
  }),
} as const;
