import { z } from 'zod';
import { isSha256, type Sha256 } from '../base/crypto.js';
import { type CalendarDate, type Duration, readDate, readDuration } from '../base/time.js';
import { DEAL_KINDS } from '../messages/deal-kinds.js';
import type { Expectation } from '../messages/problems/deal.js';
import { FURTHER_TABLES } from '../messages/tables.js';
import { FIELD_CLASSES } from './classes.js';

/** The format of a deal (docs/formats.md, "Deal"). */
export const DEAL_FORMAT = 'handover.deal/1';

/** What happens to a field on its way out. Absent from the deal means dropped: the list is an allow-list. */
export const FIELD_ACTIONS = ['keep', 'drop', 'mask', 'generalise', 'tokenise', 'redact'] as const;
export type FieldAction = (typeof FIELD_ACTIONS)[number];

/** Bases other than consent and notice on which a record may go (PIPL-13). */
const ROUTE_BASES = ['contract'] as const;
export type RouteBasis = (typeof ROUTE_BASES)[number];

/** zod's own messages repeat values; ours is the name of what was expected, and the sentence is made from it. */
function expect(expected: Expectation): { readonly error: Expectation } {
  return { error: expected };
}

const sha256 = z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v), expect('sha256'));
const date = z.custom<CalendarDate>((v) => typeof v === 'string' && readDate(v) !== null, expect('date'));
const duration = z.custom<Duration>(
  (v) => typeof v === 'string' && readDuration(v) !== null,
  expect('duration'),
);
const slug = z.string(expect('slug')).regex(/^[a-z][a-z0-9_-]{0,62}$/, expect('slug'));
/** One line: NFC, no control characters and no direction overrides, which would let a signed text read differently on screen. */
const line = z
  .string(expect('text'))
  .min(1, expect('text'))
  .max(400, expect('text'))
  .refine(
    (s) =>
      s === s.normalize('NFC') &&
      s.trim() !== '' &&
      !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(s),
    expect('text'),
  );
const map = expect('map');
const list = expect('list');

const party = z.strictObject(
  {
    name: line,
    /** Digest of the party's canonical card, so that the deal binds the very keys that were compared over the phone. */
    card: sha256,
  },
  map,
);

/** One line of the allow-list. */
export const fieldSchema = z.strictObject(
  {
    name: slug,
    class: z.enum(FIELD_CLASSES, expect('one-of')),
    purpose: slug,
    action: z.enum(FIELD_ACTIONS, expect('one-of')),
    /** Why this field is indispensable: required for sensitive and safety-critical classes (PIPL-28, PIPL-30). */
    necessity: line.optional(),
  },
  map,
);

const resource = z.strictObject(
  {
    name: z.enum(['customers', ...FURTHER_TABLES], expect('customers')),
    /** Fields in the order in which they are in a row of the bundle. */
    fields: z.array(fieldSchema, list).min(1, list).max(200, list),
  },
  map,
);

/** Whether the customer list comes first, and each table beside it at most once, in ascending order. */
function isInOrder(resources: readonly { readonly name: string }[]): boolean {
  const names = resources.map(({ name }) => name);
  return names[0] === 'customers' && names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name);
}

export const purposeSchema = z.strictObject({ id: slug, zh: line, en: line }, map);

export const termsSchema = z.strictObject(
  {
    format: z.literal(DEAL_FORMAT, expect('format')),
    id: z.string(expect('deal-id')).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, expect('deal-id')),
    title: line,
    environment: z.enum(['production', 'test'], expect('one-of')),
    kind: z.enum(DEAL_KINDS, expect('one-of')),
    seller: party,
    buyer: party,
    policy: z.strictObject(
      { pack: slug, version: z.string(expect('version')).regex(/^\d{4}-\d\d$/, expect('version')) },
      map,
    ),
    effective: date,
    purposes: z.array(purposeSchema, list).min(1, list).max(20, list),
    /** The customer list, and perhaps the tables beside it, each once and in the order of a bundle. */
    resources: z
      .array(resource, list)
      .min(1, list)
      .max(1 + FURTHER_TABLES.length, list)
      .refine(isInOrder, expect('customers')),
    retention: z.strictObject(
      {
        /** The seller keeps the transferred records this long after the accepted receipt. */
        seller: z.strictObject({ after_receipt: duration }, map),
        /** The buyer keeps them this long after the effective date. */
        buyer: z.strictObject({ after_effective: duration }, map),
        /** A record whose last activity lies further back than this has outlived its purpose and stays behind (PIPL-19, PIPL-47). */
        activity: z.strictObject({ field: slug, within: duration }, map).optional(),
      },
      map,
    ),
    confidentiality: z.strictObject({ title: line, sha256, signed: date }, map),
    /** The impact assessment done before the handover (PIPL-55, PIPL-56). */
    assessment: z.strictObject(
      {
        title: line,
        sha256,
        date,
        /** Whom it is about, and which classes of fields: an assessment of another handover is none of this one. */
        buyer: line.optional(),
        classes: z
          .array(z.enum(FIELD_CLASSES, expect('one-of')), list)
          .min(1, list)
          .max(20, list)
          .optional(),
      },
      map,
    ),
    notice: z.strictObject(
      {
        /** The text that customers were sent (PIPL-22, PIPL-23). */
        sha256,
        sent: date,
        /** Why both parties take it that everybody was told on that day, where the file says nothing of it. On page one of every report. */
        taken_as_delivered: line.optional(),
        /** For notice-only kinds: how long a customer may object after delivery. */
        objection: duration.optional(),
        /** How long a given consent stays good; without it, until withdrawn. */
        consent_valid: duration.optional(),
      },
      map,
    ),
    complaints: z.strictObject({ contact: line, phone: line }, map),
    cross_border: z.literal('none', expect('none')),
    /** Persons, other than the one who exports, who must sign the plan. */
    approvals: z.int(expect('approvals')).min(0, expect('approvals')).max(5, expect('approvals')),
    /** Recipients besides the buyer that can open the bundle, each named with its reason. */
    escrow: z
      .array(
        z.strictObject(
          {
            name: line,
            recipient: z
              .string(expect('age-recipient'))
              .regex(/^age1[a-z0-9]{50,2100}$/, expect('age-recipient')),
            reason: line,
          },
          map,
        ),
        list,
      )
      .max(3, list),
    /** Counsel's opinion that lets an operator change be handled as notice instead of consent (law.md §1.1). */
    opinion: z.strictObject({ sha256, author: line, date }, map).optional(),
    /** Routes besides consent that both parties want open, each with its reason (PIPL-13). Absent, which is the rule: none. */
    routes: z
      .array(z.strictObject({ basis: z.enum(ROUTE_BASES, expect('one-of')), reason: line }, map), list)
      .min(1, list)
      .max(ROUTE_BASES.length, list)
      .optional(),
    /** An amendment names the digest of the version that it follows. Absent from the first version of a deal. */
    amends: z.strictObject({ sha256 }, map).optional(),
  },
  map,
);

export type Terms = z.infer<typeof termsSchema>;
export type TermsField = Terms['resources'][number]['fields'][number];
export type TermsPurpose = Terms['purposes'][number];

/** The two signatories of a deal. */
export const DEAL_ROLES = ['seller', 'buyer'] as const;
export type DealRole = (typeof DEAL_ROLES)[number];

/** The deal's lines for customers, in the order of a row of the bundle, dropped ones included. */
export function fieldsOf(terms: Terms): readonly TermsField[] {
  return terms.resources[0]?.fields ?? [];
}

/** The fields that are in a row of the bundle, in their order: everything but `drop`. */
export function leavingFields(terms: Terms): readonly TermsField[] {
  return fieldsOf(terms).filter((field) => field.action !== 'drop');
}

/** The ids of the purposes for which something leaves, in the deal's order: what a consent must cover. */
export function leavingPurposes(terms: Terms): readonly TermsPurpose[] {
  const leaving = terms.resources.flatMap(({ fields }) => fields.filter(({ action }) => action !== 'drop'));
  const used = new Set(leaving.map((field) => field.purpose));
  return terms.purposes.filter((purpose) => used.has(purpose.id));
}
