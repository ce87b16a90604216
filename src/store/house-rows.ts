import { z } from 'zod';
import type { Json } from '../base/json.js';
import type { Instant } from '../base/time.js';
import { FOLLOWUP_KINDS } from '../messages/followup-kinds.js';
import { IDENTIFICATIONS, PEOPLE_ROLES } from '../messages/people.js';
import { PAPER_KINDS } from '../messages/papers.js';
import { COLUMN } from './columns.js';

/* The rows of the house: papers, people, feedback, follow-up, findings. None holds anything of a customer but counts. */

const { blob, count, counts, date, digest, instant, json } = COLUMN;

const facts = json(
  z.strictObject({
    contact: z.string().nullable(),
    uscc: z.string().nullable(),
    identified: z.enum(IDENTIFICATIONS).nullable(),
    /** The day on which confidentiality was promised, and the paper. */
    promised: date.nullable(),
    paper: z.string().nullable(),
    trained: z.array(z.strictObject({ date, topic: z.string() })),
  }),
);

const paper = z.object({
  id: z.string(),
  kind: z.enum(PAPER_KINDS),
  /** Base name of the file. */
  file: z.string(),
  sha256: digest,
  bytes: count,
  /** The day on which it was signed, or on which it took effect. */
  signed: date,
  signer: z.string().nullable(),
  /** Id of the deal that it belongs to, or null for the firm's own. */
  deal: z.string().nullable(),
  time: instant,
});

const people = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(PEOPLE_ROLES),
  facts,
  since: date,
  gone: date.nullable(),
});

const feedback = z.object({
  id: z.string(),
  kind: z.enum(['complaints', 'survey']),
  file: z.string(),
  sha256: digest,
  counts,
  time: instant,
});

const followup = z.object({
  id: z.string(),
  deal: z.string(),
  kind: z.enum(FOLLOWUP_KINDS),
  counts,
  owner: z.string().nullable(),
  due: date,
  done: instant.nullable(),
  note: z.string().nullable(),
});

const finding = z.object({
  id: z.string(),
  source: z.enum(['form', 'person']),
  about: z.string(),
  owner: z.string().nullable(),
  due: date.nullable(),
  /** The first and the last round that found it. */
  found: instant,
  seen: instant,
  closed: instant.nullable(),
  how: z.string().nullable(),
});

export const HOUSE_ROW = {
  paper,
  sealed: z.object({ sealed: blob }),
  people,
  feedback,
  followup,
  round: z.object({ time: instant, counts }),
  finding,
} as const;

/** A signed paper that was taken in, without its bytes. */
export type StoredPaper = Readonly<z.infer<typeof paper>>;
/** Somebody who has to do with customers' data, or a firm that has. */
export type StoredPerson = Readonly<z.infer<typeof people>>;
export type PersonFacts = StoredPerson['facts'];
/** One file of complaints or answers, as counts. */
export type StoredFeedback = Readonly<z.infer<typeof feedback>>;
export type StoredFollowup = Readonly<z.infer<typeof followup>>;
/** A run of the self-audit that was kept. */
export interface AuditRound {
  readonly time: Instant;
  readonly counts: Readonly<Record<string, Json>>;
}
export type StoredFinding = Readonly<z.infer<typeof finding>>;
