import { z } from 'zod';
import { isSha256, type Sha256 } from '../base/crypto.js';
import { type Instant, readInstant } from '../base/time.js';
import { FIELD_CLASSES } from '../deal/classes.js';
import { OPEN_KINDS } from '../messages/limits.js';

/** What happened. A lost passphrase is one that was forgotten, or that somebody else may know. */
export const INCIDENT_KINDS = [
  'lost-bundle',
  'lost-device',
  'lost-passphrase',
  'misdirected',
  'intrusion',
  'other',
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** 一般, 较大, 重大, 特别重大 (INC-4), from the least to the gravest. */
export const GRADES = ['general', 'larger', 'major', 'extraordinary'] as const;
export type Grade = (typeof GRADES)[number];

/** Who can be told of an incident. */
export const TOLD = ['authority', 'persons', 'partner', 'police'] as const;
export type Told = (typeof TOLD)[number];

/** The ways of telling persons that NDSR-11 lists. */
export const TELLING_WAYS = ['phone', 'sms', 'im', 'mail', 'announcement'] as const;
export type TellingWay = (typeof TELLING_WAYS)[number];

const instant = z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null);
const digest = z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v));
const count = z.int().min(0);
/** A sentence of a person, cleaned by policy/reason.ts before it came here. */
const words = z.string().min(1);

const fieldSchema = z.strictObject({
  name: z.string(),
  class: z.enum(FIELD_CLASSES),
  /** SPC-CR-5 (law.md §1.3). */
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
});

/** A field that was in it. */
export type AffectedField = z.infer<typeof fieldSchema>;

/** Whom the records are about, as counts: the persons themselves are the tags of these datasets and bundles in the store. */
const scopeSchema = z.strictObject({
  records: count,
  persons: count,
  /** Whether `persons` counts each once. Tags of different deals cannot be compared, and then it is an upper bound. */
  exact: z.boolean(),
  datasets: z.array(z.string()),
  fields: z.array(fieldSchema),
  /**
   * What is known of persons under fourteen without opening a record: a check found children without a guardian's consent (`some`), a field
   * tells the age but is sealed (`not-without-opening`), or no field tells it (`no-field`).
   */
  minors: z.enum(['some', 'not-without-opening', 'no-field']),
});
export type IncidentScope = Readonly<z.infer<typeof scopeSchema>>;

const recipientSchema = z.strictObject({
  who: z.enum(['own', 'buyer', 'escrow']),
  /** Of an organisation. */
  name: z.string(),
  /** age1pq1… is hybrid (ML-KEM-768 and X25519), age1… classic. */
  kind: z.enum(['hybrid', 'classic']),
});

/** In how far what is lost is sealed. */
const sealingSchema = z.strictObject({
  /** Whose key opens it. */
  recipients: z.array(recipientSchema),
  /** This party's own identity at that time: under a passphrase (scrypt) or in the clear. */
  identity: z.enum(['protected', 'unprotected']),
});
export type Sealing = Readonly<z.infer<typeof sealingSchema>>;

/** A file in the clear that was not known to be gone. Its name is looked up in the store, not kept here. */
const clearFileSchema = z.strictObject({
  kind: z.enum(OPEN_KINDS),
  sha256: digest,
  bytes: count,
});
export type ClearFile = z.infer<typeof clearFileSchema>;

/** What is kept of an incident: counts, names of fields, digests, instants and sentences of the staff. No personal data of customers. */
export const incidentFactsSchema = z.strictObject({
  what: z.enum(INCIDENT_KINDS),
  suspected: z.boolean(),
  discovered: instant,
  summary: words,
  /** The grade that a person gave; null leaves it to the head count. */
  grade: z.enum(GRADES).nullable(),
  gdpr: z.boolean(),
  bundle: z
    .strictObject({
      id: z.string(),
      number: z.int().min(1),
      direction: z.enum(['out', 'in', 'unknown']),
      deal: digest,
      /** Root over the tags of the persons in it. */
      tagRoot: digest,
    })
    .nullable(),
  scope: scopeSchema,
  sealing: sealingSchema,
  files: z.array(clearFileSchema),
  openedBy: z.string(),
});
export type IncidentFacts = Readonly<z.infer<typeof incidentFactsSchema>>;

/** One entry of the timeline. Several things may be said at once. */
export const noteSchema = z.strictObject({
  note: words.optional(),
  told: z
    .strictObject({ whom: z.enum(TOLD), channel: z.enum(TELLING_WAYS).optional(), at: instant })
    .optional(),
  measure: words.optional(),
  cause: words.optional(),
  /** Who answers for it (PIPL-9): a name of the staff. */
  responsible: words.optional(),
  /** Why persons are not told: the harm is effectively avoided (PIPL-57 ¶2). */
  notTellingPersons: words.optional(),
  minors: z.enum(['yes', 'no']).optional(),
  grade: z.enum(GRADES).optional(),
  closed: z
    .strictObject({
      outcome: words,
      corrective: words,
      /** It turned out that nothing was leaked, altered or lost: duties to tell fall away. */
      unfounded: z.boolean(),
    })
    .optional(),
});
export type NoteFacts = Readonly<z.infer<typeof noteSchema>>;

/** An incident and what was noted on it, oldest first. */
export interface Incident {
  readonly facts: IncidentFacts;
  readonly notes: readonly (NoteFacts & { readonly time: Instant; readonly person: string })[];
}

/** The last thing that was said on a matter; undefined if nothing was. */
export function lastSaid<K extends keyof NoteFacts>(incident: Incident, key: K): NoteFacts[K] | undefined {
  return incident.notes.map((note) => note[key]).findLast((said) => said !== undefined);
}

/** Whether persons under fourteen are among them: as a person said last, else as far as the store knows. */
export function minorsIn(incident: Incident): 'yes' | 'no' | 'unknown' {
  return lastSaid(incident, 'minors') ?? (incident.facts.scope.minors === 'some' ? 'yes' : 'unknown');
}
