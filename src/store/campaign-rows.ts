import { z } from 'zod';
import type { Sha256 } from '../base/crypto.js';
import type { Instant } from '../base/time.js';
import { TEACHABLE, type TeachableMeaning } from '../messages/answer-words.js';
import { TEXT_KINDS, type TextKind } from '../messages/campaign-text.js';
import { type Channel, CHANNELS } from '../messages/channels.js';
import { COLUMN } from './columns.js';

/* What customers are told and asked: texts, who was sent which, and what the answers mean. */

const { blob, count, digest, instant } = COLUMN;

/** What customers were shown, and the wording of the deal under which it was drafted. */
export interface StoredText {
  readonly digest: Sha256;
  readonly deal: Sha256;
  readonly kind: TextKind;
  readonly bytes: Uint8Array;
  readonly time: Instant;
}

/** A text that was sent to persons by a channel. */
export interface StoredBatch {
  readonly id: string;
  /** Digest of the deal. */
  readonly deal: Sha256;
  /** Digest of the text. */
  readonly text: Sha256;
  readonly channel: Channel;
  readonly persons: number;
  readonly time: Instant;
}

/** Tags of persons who were sent a text, 16 bytes each. */
export interface AskedTags {
  readonly number: number;
  readonly tags: Uint8Array;
}

/** A word that this firm added to the vocabulary of answers. */
export interface AnswerWord {
  readonly word: string;
  readonly meaning: TeachableMeaning;
  readonly person: string;
  readonly time: Instant;
}

export const CAMPAIGN_ROW = {
  text: z.object({ digest, deal: digest, kind: z.enum(TEXT_KINDS), bytes: blob, time: instant }),
  batch: z.object({
    id: z.string(),
    deal: digest,
    text: digest,
    channel: z.enum(CHANNELS),
    persons: count,
    time: instant,
  }),
  asked: z.object({ number: count, tags: blob }),
  answerWord: z.object({ word: z.string(), meaning: z.enum(TEACHABLE), person: z.string(), time: instant }),
} as const;
