import { z } from 'zod';
import { isSha256, type Sha256 } from '../base/crypto.js';
import {
  type CalendarDate,
  type Duration,
  type Instant,
  readDate,
  readDuration,
  readInstant,
} from '../base/time.js';
import { FIELD_CLASSES } from './classes.js';

/**
 * What is being sold, which decides what each customer must be told or asked (law.md §1.1). `asset-sale` is the strict default.
 * `equity` changes no handler, so it makes no bundle.
 */
export const DEAL_KINDS = [
  'asset-sale',
  'merger',
  'division',
  'dissolution',
  'bankruptcy',
  'operator-change',
  'equity',
] as const;
export type DealKind = (typeof DEAL_KINDS)[number];

/** What happens to a field on its way out. Absent from the deal means dropped: the list is an allow-list. */
export const FIELD_ACTIONS = ['keep', 'drop', 'mask', 'generalise', 'tokenise', 'redact'] as const;
export type FieldAction = (typeof FIELD_ACTIONS)[number];

const sha256 = z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v));
const date = z.custom<CalendarDate>((v) => typeof v === 'string' && readDate(v) !== null);
const instant = z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null);
const duration = z.custom<Duration>((v) => typeof v === 'string' && readDuration(v) !== null);
const slug = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);
const line = z
  .string()
  .min(1)
  .max(400)
  .refine((s) => s === s.normalize('NFC') && !/\p{Cc}/u.test(s));

const party = z.strictObject({
  name: line,
  /** Digest of the party's canonical card, so that the deal binds the very keys that were compared over the phone. */
  card: sha256,
});

const field = z.strictObject({
  name: slug,
  class: z.enum(FIELD_CLASSES),
  purpose: slug,
  action: z.enum(FIELD_ACTIONS),
  /** Why this field is indispensable: required for sensitive and safety-critical classes (PIPL-28, PIPL-30). */
  necessity: line.optional(),
});

const resource = z.strictObject({
  name: z.literal('customers'),
  /** Fields in the order in which they stand in a row of the bundle. */
  fields: z.array(field).min(1).max(200),
});

export const termsSchema = z.strictObject({
  format: z.literal('handover.deal/1'),
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/),
  title: line,
  environment: z.enum(['production', 'test']),
  kind: z.enum(DEAL_KINDS),
  seller: party,
  buyer: party,
  policy: z.strictObject({ pack: slug, version: z.string().regex(/^\d{4}-\d\d$/) }),
  effective: date,
  purposes: z
    .array(z.strictObject({ id: slug, zh: line, en: line }))
    .min(1)
    .max(20),
  resources: z.array(resource).length(1),
  retention: z.strictObject({
    /** The seller keeps the transferred records this long after the accepted receipt. */
    seller: z.strictObject({ after_receipt: duration }),
    /** The buyer keeps them this long after the effective date. */
    buyer: z.strictObject({ after_effective: duration }),
    /** A record whose last activity lies further back than this has outlived its purpose and stays behind (PIPL-19, PIPL-47). */
    activity: z.strictObject({ field: slug, within: duration }).optional(),
  }),
  confidentiality: z.strictObject({ title: line, sha256, signed: date }),
  /** The impact assessment done before the handover (PIPL-55, PIPL-56). */
  assessment: z.strictObject({ title: line, sha256, date }),
  notice: z.strictObject({
    /** The text that customers were sent (PIPL-22, PIPL-23). */
    sha256,
    sent: date,
    /** For notice-only kinds: how long a customer may object after delivery. */
    objection: duration.optional(),
    /** How long a given consent stays good; without it, until withdrawn. */
    consent_valid: duration.optional(),
  }),
  complaints: z.strictObject({ contact: line, phone: line }),
  cross_border: z.literal('none'),
  /** Persons, other than the one who exports, who must sign the plan. */
  approvals: z.int().min(0).max(5),
  /** Recipients besides the buyer that can open the bundle, each named with its reason. */
  escrow: z
    .array(
      z.strictObject({ name: line, recipient: z.string().regex(/^age1[a-z0-9]{50,2100}$/), reason: line }),
    )
    .max(3),
  /** Counsel's opinion that lets an operator change be handled as notice instead of consent (law.md §1.1). */
  opinion: z.strictObject({ sha256, author: line, date }).optional(),
});

export type Terms = z.infer<typeof termsSchema>;
export type TermsField = Terms['resources'][number]['fields'][number];
export { instant };
