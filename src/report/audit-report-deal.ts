import { z } from 'zod';
import { REPORT_VALUE } from './report-values.js';
import { FURTHER_TABLES } from '../messages/tables.js';
import { accountingSchema, customersOf, sumsSchema } from '../bundle/accounting.js';
import { RECEIPT_DECISIONS } from '../bundle/receipt.js';
import { FIELD_CLASSES } from '../deal/classes.js';
import { FIELD_ACTIONS } from '../deal/terms.js';
import { eachLang } from '../messages/lang.js';
import { DEAL_KINDS } from '../messages/deal-kinds.js';

/* One deal in the report: its terms, the way of its rows, its fields, evidence, approvals and bundles. */

const { count, date, digest, instant } = REPORT_VALUE;

/** How far a deal is. The last four are ends. */
const DEAL_PROGRESS = [
  'unsigned',
  'no-data',
  'unchecked',
  'to-ask',
  'nobody',
  'unapproved',
  'ready',
  'sent',
  'partly-sent',
  'partly-refused',
  'awaiting-bundle',
  'handed-over',
  'holding',
  'purged',
  'refused',
  'aborted',
] as const;

export type DealProgress = (typeof DEAL_PROGRESS)[number];

/**
 * The state of a handover, by its bundles together.
 *
 * - `none`: nothing has left, or nothing has come.
 * - `sent`: no receipt yet. `partly-sent`: of some bundles there is one, of others not.
 * - `refused`: the buyer took nobody. `partly-refused`: it took some, and refused others.
 * - `handed-over`: everybody who went was taken; on the buyer's side, everything that came was.
 */
export const HANDOVER_STATES = [
  'none',
  'sent',
  'partly-sent',
  'refused',
  'partly-refused',
  'handed-over',
] as const;

export type HandoverState = (typeof HANDOVER_STATES)[number];

/** The way of the rows of one file: read, judged, sent, received, ended. */
export const sourceSchema = z.strictObject({
  /** Whether this firm counted the rows, or the seller's signed manifest says so. */
  counted_by: z.enum(['check', 'manifest']),
  /** Id of the check, or of the bundle. */
  id: z.string(),
  /** The files whose rows they are, in order: one, or the customer list. */
  files: z.array(
    z.strictObject({
      dataset: z.string().nullable(),
      sha256: digest.nullable(),
      /** How many of its records are here still. */
      here: count,
    }),
  ),
  /** What of the customer list was covered when it was checked; null where the manifest says so. */
  coverage: z.strictObject({ files: count, customers: count, replaced: count, gone: count }).nullable(),
  time: instant,
  /** Ids of the bundles that carried it out. */
  bundles: z.array(z.string()),
  accounting: accountingSchema,
  /** read = transfer + ask + withhold + reject + blank + replaced, and each row that stays behind has a reason. */
  balanced: z.boolean(),
  /** Persons who went in its bundles, each once. */
  exported: count,
  /** Persons whom the buyer's receipts confirm, each once; null while there is none. */
  received: count.nullable(),
  purged: count,
  here: count,
});

export type ReportSource = z.infer<typeof sourceSchema>;

const fieldSchema = z.strictObject({
  field: z.string(),
  class: z.enum(FIELD_CLASSES),
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  leaves: z.boolean(),
  action: z.enum(FIELD_ACTIONS),
  why: z.string(),
  purpose: z.string().nullable(),
  necessity: z.string().nullable(),
  /** In free text: how many records hold what. */
  found: z.array(z.strictObject({ category: z.string(), records: count })),
});

export type ReportField = z.infer<typeof fieldSchema>;

/** One bundle: the record of a provision to another handler (NDSR-12, PIPL-56). */
const provisionSchema = z.strictObject({
  bundle: z.string(),
  /** Digest of the version of the deal under which it was made. */
  deal: digest,
  number: count,
  direction: z.enum(['out', 'in']),
  state: z.enum(['began', 'exported', 'accepted', 'refused', 'received', 'aborted']),
  time: instant,
  manifest: digest.nullable(),
  file_sha256: digest.nullable(),
  rows: count,
  fields: z.array(z.string()),
  /** The tables beside the customers, as the bundle signs them; `confirmed` once the buyer's receipt says the same. Absent for none. */
  tables: z
    .array(z.strictObject({ table: z.enum(FURTHER_TABLES), ...sumsSchema.shape, confirmed: z.boolean() }))
    .optional(),
  purposes: z.array(z.string()),
  recipient: z.string(),
  receipt: z
    .strictObject({
      sha256: digest,
      disposition: z.enum(RECEIPT_DECISIONS),
      reason: z.string().nullable(),
      issued: instant,
      received: count,
      stored: count,
      present: count,
      refused: count,
      retention_until: date.nullable(),
    })
    .nullable(),
  /** Until when this record is to be kept. */
  keep_until: date,
});

export type ReportProvision = z.infer<typeof provisionSchema>;

const paperSchema = z.strictObject({
  title: z.string(),
  date,
  sha256: digest,
  /** Whether it is earlier than the first bundle (PIPL-55); null while there is none. */
  before_handover: z.boolean().nullable(),
  keep_until: date,
});

/** A version of the deal that was amended since, as far as bundles were made under it. */
const formerSchema = z.strictObject({
  sha256: digest,
  /** Counts the versions of the deal. */
  version: count,
  title: z.string(),
  kind: z.enum(DEAL_KINDS),
  effective: date,
  /** Numbers of the bundles that were made under it. */
  bundles: z.array(count),
  fields: z.array(fieldSchema),
  notice: z.strictObject({ sent: date, sha256: digest }),
  assessment: paperSchema,
});

export type ReportFormer = z.infer<typeof formerSchema>;

export const dealSchema = z.strictObject({
  id: z.string(),
  /** Of the version in force. */
  sha256: digest,
  /** Which version that is, from 1. */
  version: count,
  former: z.array(formerSchema),
  title: z.string(),
  environment: z.enum(['production', 'test']),
  kind: z.enum(DEAL_KINDS),
  stage: z.enum(DEAL_PROGRESS),
  seller: z.string(),
  buyer: z.string(),
  effective: date,
  signed: z.strictObject({ seller: z.boolean(), buyer: z.boolean() }),
  /** When this party signed, and when it took in the other's signature, by its own log; null where the log does not say so, or no longer. */
  signed_at: z.strictObject({ seller: instant.nullable(), buyer: instant.nullable() }),
  /** For what the buyer may use the data, as customers read it. */
  purposes: z.array(z.strictObject({ id: z.string(), ...eachLang(() => z.string()) })),
  basis: z.strictObject({
    consent: z.enum(['separate', 'none']),
    notice: z.enum(['delivered', 'before-consent', 'none']),
    laws: z.array(z.string()),
  }),
  overrides: z.array(
    z.strictObject({
      kind: z.enum(['opinion', 'taken-as-delivered', 'contract-route', 'purge-without-receipt']),
      date,
      /** Of the opinion, of the notice, of the deal that names the route, or of the plan. */
      sha256: digest,
      /** Who wrote the opinion, why the notice is taken as delivered, why the route is open, or who planned the purge. */
      person: z.string(),
      /** Records that were purged without a receipt, or that went by the route. */
      records: count.nullable(),
    }),
  ),
  sources: z.array(sourceSchema),
  fields: z.array(fieldSchema),
  /** Whether the deal lets fields of children or others out that need a guardian's consent is decided per record: how many lack it. */
  guardian_missing: count,
  evidence: z.array(
    z.strictObject({
      code: z.string(),
      verdict: z.enum(['ask', 'withhold']),
      records: count,
      laws: z.array(z.string()),
    }),
  ),
  notice: z.strictObject({ sent: date, sha256: digest }),
  assessment: paperSchema,
  confidentiality: z.strictObject({ title: z.string(), signed: date, sha256: digest }),
  approvals_needed: count,
  approvals: z.array(
    z.strictObject({
      plan: digest,
      name: z.string(),
      signing_key: z.string(),
      approved: instant,
      /** Whether the signature is good and under this very plan. */
      valid: z.boolean(),
    }),
  ),
  provisions: z.array(provisionSchema),
  /** All bundles together, each person once, however many of them the person is in. */
  handover: z.strictObject({
    state: z.enum(HANDOVER_STATES),
    /** Persons who went, or who came. */
    persons: count,
    /** Persons whom receipts confirm; null while none does. */
    confirmed: count.nullable(),
  }),
  /** The last day on which this firm may keep what was handed over; null before that. */
  keep_until: date.nullable(),
  /** Of the seller, by the last check: persons who had been handed over before and would not go today; what is heard of them and settled by no notice. */
  since_handover: z
    .strictObject({ gone: count, unclear: count, unmatched: count, unheard: z.boolean() })
    .nullable(),
  aborted: z.strictObject({ reason: z.string(), time: instant }).nullable(),
});

export type ReportDeal = z.infer<typeof dealSchema>;

/** The records that a deal lets go or has let go, of those that are customers: the coverage of page one. Null before a check. */
export function dealCoverage(
  deal: ReportDeal,
): { readonly covered: number; readonly records: number } | null {
  const source = deal.sources.at(-1);
  if (source === undefined) return null;
  const { transfer, handed_over: before } = source.accounting;
  return { covered: transfer + before, records: customersOf(source.accounting) };
}
