import { DATASET_KINDS } from '../../messages/tables.js';
import { z } from 'zod';
import { UNMATCHED_DECISIONS } from '../../policy/near.js';
import { EVENT_ACTIONS } from '../../audit/event.js';
import type { Json } from '../../base/json.js';
import { DEAL_ROLES, FIELD_ACTIONS } from '../../deal/terms.js';
import { DEAL_KINDS } from '../../messages/deal-kinds.js';
import { FIELD_CLASSES } from '../../deal/classes.js';
import { BASES } from '../../messages/bases.js';
import type { KEPT_REASONS } from '../../bundle/completion.js';
import { NOTICE_KINDS } from '../../bundle/notice.js';
import type { Lang } from '../../messages/lang.js';
import { CLEAR_KINDS } from '../../messages/limits.js';
import { DUTY_ANCHORS, DUTY_NAMES } from '../../messages/duties.js';
import { CLOCK_STATES } from '../../retention/duty-clocks.js';
import { RELATIONS } from '../../messages/relations.js';
import { PROBLEM_CODES } from '../../messages/problem.js';
import { REQUEST_KINDS, REQUESTERS, VERIFICATIONS } from '../../policy/request-lists.js';
import { CERTIFICATE_OUTCOMES } from '../../retention/certificate.js';
import { purgePlanSchema } from '../../retention/purge-plan.js';

/*
 * What the documents of several commands have in common. These schemas are for whoever reads the documents, so each form is a pattern: a
 * check that is a function would be lost in JSON Schema.
 */

/** The keys of a result besides those that every document has: one table, or one for each form that the result can take. */
export type ResultShape = z.ZodRawShape | readonly [z.ZodRawShape, ...z.ZodRawShape[]];

export const text = z.string().min(1);
export const count = z.int().min(0);
export const digest = z.string().regex(/^[0-9a-f]{64}$/);
export const tag = z.string().regex(/^[0-9a-f]{32}$/);
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
export const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
export const cardFingerprint = z.string().regex(/^\d{5}(?: \d{5}){5}$/);
export const law = z.string().regex(/^[A-Z][A-Z0-9-]{1,30}$/);
export const code = z.string().regex(/^[A-Z][A-Z0-9_]{1,60}$/);
export const field = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

export const role = z.enum(DEAL_ROLES);
export const environment = z.enum(['production', 'test']);
export const dealKind = z.enum(DEAL_KINDS);
export const direction = z.enum(['out', 'in']);
export const datasetKind = z.enum(DATASET_KINDS);
const clearKind = z.enum(CLEAR_KINDS);
export const purgeOutcome = z.enum(CERTIFICATE_OUTCOMES);
export const tier = z.union([z.literal(1), z.literal(2), z.literal(3)]);
/** One text in each language. */
export const spoken = z.strictObject({ zh: text, en: text }) satisfies z.ZodType<Record<Lang, string>>;
export const signedBy = z.strictObject({ seller: z.boolean(), buyer: z.boolean() });
export const purpose = z.strictObject({ id: text, zh: text, en: text });
export const issuer = z.strictObject({ name: text, fingerprint: cardFingerprint });

export const relation = z.enum(RELATIONS);

/** What customer files cover of the list, and what they leave out. */
export const coverage = z.strictObject({
  files: z.array(
    z.strictObject({
      dataset: uuid,
      file: text,
      sha256: digest,
      relation: relation.nullable(),
      rows: count,
      imported: instant,
    }),
  ),
  rows: count,
  customers: count,
  replaced: count,
  gone: count,
  files_left_out: count,
});

/** Persons of a deal of whom a no was learned after the handover. */
export const pendingNotice = z.strictObject({
  deal: text,
  buyer: text,
  kind: z.enum(['withdrawal', 'objection', 'erasure']),
  persons: count,
  since: instant,
});

/** A file that was written; its digest is null in a rehearsal. */
export const rehearsedFile = { path: text, bytes: count, sha256: digest.nullable() };

export const card = z.strictObject({
  name: text,
  uscc: text.nullable(),
  role: role.nullable(),
  contact: z.strictObject({ phone: text, email: text.nullable(), address: text.nullable() }),
  environment,
  created: instant,
  valid_until: instant.nullable(),
  sha256: digest,
  fingerprint: cardFingerprint,
});

/** What leaves under a deal and what stays, field by field. */
export const scope = z.array(
  z.strictObject({
    field: text,
    class: z.enum(FIELD_CLASSES),
    tier,
    leaves: z.boolean(),
    action: z.enum(FIELD_ACTIONS),
    purpose: text.nullable(),
    why: z.enum([
      'agreed',
      'agreed-changed',
      'agreed-with-consent',
      'dropped-by-deal',
      'not-in-deal',
      'not-in-file',
      'never-leaves',
      'no-necessity',
      'no-sensitive-consent',
      'no-rule',
    ]),
  }),
);

export const problemCode = z.enum(PROBLEM_CODES);
const parameter = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** A problem with its parameters, which depend on the code. */
export const problem = z
  .object({ code: problemCode })
  .catchall(z.union([parameter, z.array(parameter), z.record(z.string(), parameter)]));
export const problems = z.array(z.strictObject({ code: problemCode, problem, what: text, fix: z.string() }));

/** One line of the log; the details belong to its action. */
export const event = z.strictObject({
  seq: count,
  time: instant,
  actor: z.strictObject({ card: digest, operator: text }),
  action: z.enum(EVENT_ACTIONS),
  objects: z.record(z.string(), z.string()),
  details: z.custom<Json>((value) => value !== undefined),
});

export const written = z.strictObject({ path: text, bytes: count, sha256: digest });

/** A notice that was written for a buyer. */
export const notice = z.strictObject({
  id: uuid,
  number: z.int().min(1),
  deal: text,
  buyer: text,
  kind: z.enum(NOTICE_KINDS),
  path: text,
  data_path: text.nullable(),
  digest,
  due: date,
});

export const completion = z.strictObject({
  notice: uuid,
  done: count,
  not_found: count,
  kept: count,
  reasons: z.strictObject({ HOLD: count, FREEZE: count }) satisfies z.ZodType<
    Record<(typeof KEPT_REASONS)[number], number>
  >,
  certificate: z.strictObject({ digest, outcome: purgeOutcome }).nullable(),
  bundles: z.array(uuid),
});

/** A line of the register of requests. */
export const request = z.strictObject({
  id: uuid,
  subject: tag,
  kind: z.enum(REQUEST_KINDS),
  requester: z.enum(REQUESTERS),
  verified: z.enum(VERIFICATIONS),
  received: instant,
  due: date,
  state: z.enum(['open', 'passed-on', 'overdue', 'done', 'refused']),
  closed: instant.nullable(),
  outcome: z.enum(['done', 'refused', 'passed-on']).nullable(),
  reason: text.nullable(),
  notice: uuid.nullable(),
});

/** A hold or a freeze. */
export const restraint = {
  id: uuid,
  kind: z.enum(['hold', 'freeze']),
  case: text.nullable(),
  basis: z.enum(BASES).nullable(),
  laws: z.array(law),
  since: date.nullable(),
  until: date.nullable(),
  scope: z.enum(['all', 'dataset', 'subjects']),
  dataset: uuid.nullable(),
  file: text.nullable(),
  persons: count.nullable(),
  reason: text,
  opened: instant,
  opened_by: text,
  released: instant.nullable(),
  released_by: text.nullable(),
  release_reason: text.nullable(),
};

/** A plan to purge in its present state. */
export const purgePlan = {
  purge: uuid,
  sha256: digest,
  totals: z.strictObject({ purge: count, frozen: count, held: count, stays: count }),
  approvers: z.array(text),
  approvals_needed: count,
  /** Records that were handed over and whose consent is in their own columns alone. */
  proofs: count,
  files: z.array(z.strictObject({ kind: clearKind, path: text, restrained: z.boolean() })),
  drafts: z.array(text),
  plan: purgePlanSchema,
};

/** What became of one person's records: purged, or waiting for a second person. */
export const ended = z.union([
  z.strictObject({ state: z.literal('done'), certificate: digest, outcome: purgeOutcome }),
  z.strictObject({ state: z.literal('waits'), purge: uuid, given: count, needed: count }),
]);

/** This computer's clock, against what is known. */
export const clock = z.strictObject({
  state: z.enum(['sound', 'behind', 'ahead']),
  known: instant.nullable(),
  by: z.enum(['log', 'document']),
  days: count,
});

/** Events of ledgers that no customer's number names; `rows` has the first of them. */
export const unmatched = z.strictObject({
  events: count,
  noes: count,
  near: count,
  by_contact: count,
  decision: z.enum(UNMATCHED_DECISIONS).nullable(),
  rows: z.array(
    z.strictObject({
      file: z.string(),
      row: z.int().min(1),
      /** Masked, as the numbers of `customers` are. */
      number: z.string(),
      no: z.boolean(),
      near: z.boolean(),
      /** Some of those customers whose numbers are nearly the same. */
      customers: z.array(z.string()),
    }),
  ),
  /** Rejected rows that may say no of somebody whom they do not name; `places` has the first of them. */
  unread: z.strictObject({
    rows: count,
    places: z.array(z.strictObject({ file: z.string(), line: z.int().min(1) })),
  }),
});

/** A deadline that a closing set going. */
export const closingClock = z.strictObject({
  id: text,
  duty: z.enum(DUTY_NAMES),
  law: text,
  who: z.enum(['seller', 'buyer', 'both']),
  counts_from: z.enum(DUTY_ANCHORS),
  from: date.nullable(),
  due: date.nullable(),
  state: z.enum(CLOCK_STATES),
  done: date.nullable(),
  note: text.nullable(),
});
