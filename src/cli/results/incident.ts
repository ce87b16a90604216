import { z } from 'zod';
import { FIELD_CLASSES } from '../../deal/classes.js';
import { DUTIES } from '../../incident/deadlines.js';
import { ADDRESSEES } from '../../incident/draft.js';
import { TELLING_WAYS, GRADES, INCIDENT_KINDS, TOLD } from '../../incident/facts.js';
import { OPEN_KINDS } from '../../messages/limits.js';
import { count, digest, field, instant, law, type ResultShape, text, tier, uuid } from './parts.js';

const grade = z.enum(GRADES);
const id = z.string().regex(/^I-[1-9]\d*$/);

/** One entry of the timeline. */
const note = z.strictObject({
  person: text,
  time: instant,
  note: text.optional(),
  told: z
    .strictObject({ whom: z.enum(TOLD), channel: z.enum(TELLING_WAYS).optional(), at: instant })
    .optional(),
  measure: text.optional(),
  cause: text.optional(),
  responsible: text.optional(),
  not_telling_persons: text.optional(),
  minors: z.enum(['yes', 'no']).optional(),
  grade: grade.optional(),
  closed: z.strictObject({ outcome: text, corrective: text, unfounded: z.boolean() }).optional(),
});

const incident = {
  incident: id,
  what: z.enum(INCIDENT_KINDS),
  suspected: z.boolean(),
  state: z.enum(['open', 'closed']),
  discovered: instant,
  opened: instant,
  opened_by: text,
  closed: instant.nullable(),
  summary: text,
  bundle: z.strictObject({ id: uuid, file: text.nullable() }).nullable(),
  scope: z.strictObject({
    persons: count,
    persons_exact: z.boolean(),
    records: count,
    datasets: z.array(z.strictObject({ id: uuid, file: text, imported: instant })),
    fields: z.array(
      z.strictObject({ name: field, class: z.enum(FIELD_CLASSES), tier, sensitive: z.boolean() }),
    ),
    minors: z.enum(['yes', 'no', 'unknown']),
    minors_in_store: z.enum(['some', 'not-without-opening', 'no-field']),
  }),
  tier: z.strictObject({ tier: tier.nullable(), from: count, reached: z.boolean() }),
  sealing: z.strictObject({
    recipients: z.array(
      z.strictObject({
        who: z.enum(['own', 'buyer', 'escrow']),
        name: text,
        kind: z.enum(['hybrid', 'classic']),
      }),
    ),
    identity: z.enum(['protected', 'unprotected']),
    readable: z.enum(['nothing', 'with-passphrase', 'with-device', 'everything', 'unknown']),
  }),
  clear_files: z.array(
    z.strictObject({ kind: z.enum(OPEN_KINDS), sha256: digest, bytes: count, file: text }),
  ),
  grade: z.strictObject({ grade, by_persons: grade, assumed: z.boolean(), audit_possible: z.boolean() }),
  clocks: z.array(
    z.strictObject({
      duty: z.enum(DUTIES),
      laws: z.array(law),
      due: instant,
      at_once: z.boolean(),
      binding: z.boolean(),
      state: z.enum(['open', 'done', 'waived']),
      done: instant.nullable(),
      late: z.boolean(),
    }),
  ),
  timeline: z.array(note),
};

/** A lost bundle or laptop, and what follows from it. */
export const INCIDENT_RESULTS = {
  'incident open': incident,
  'incident update': incident,
  'incident close': incident,
  'incident list': { incidents: z.array(z.strictObject(incident)) },
  'incident show': incident,
  'incident draft': {
    for: z.enum(ADDRESSEES),
    files: z.array(text),
    blanks: count,
    title: text,
    parts: z.array(z.strictObject({ heading: text, lines: z.array(z.string()) })),
  },
} as const satisfies { readonly [name: string]: ResultShape };

/** An open incident as `status` has it. */
export const openIncidentShape = z.strictObject({
  incident: id,
  what: z.enum(INCIDENT_KINDS),
  nearest: z.strictObject({ duty: z.enum(DUTIES), due: instant, at_once: z.boolean() }).nullable(),
});
