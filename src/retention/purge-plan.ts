import { DATASET_KINDS } from '../messages/tables.js';
import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import {
  calendarDateSchema,
  countSchema,
  dealReferenceSchema,
  digestSchema,
  environmentSchema,
  instantSchema,
  jsonOf,
  lineSchema,
  readDocument,
  uuidSchema,
} from '../bundle/document.js';
import { CLEAR_KINDS } from '../messages/limits.js';
import { DISPOSITIONS, SHARES } from './disposition.js';

export const PURGE_PLAN_FORMAT = 'handover.purge-plan/1';

/** An id of a requirement (law.md). */
export const lawId = z.string().regex(/^[A-Z][A-Z0-9-]{1,30}$/);

/**
 * What is to be purged. `subjects` and `replay` name persons by tag: how many, and the SHA-256 over their sorted tags; the tags themselves
 * stay in the store.
 */
const planScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('due') }),
  z.strictObject({ kind: z.literal('handed-over') }),
  z.strictObject({ kind: z.literal('kept-back') }),
  z.strictObject({ kind: z.literal('dataset'), dataset: uuidSchema }),
  z.strictObject({ kind: z.literal('subjects'), persons: countSchema, tags: digestSchema }),
  z.strictObject({ kind: z.literal('deal'), deal: digestSchema }),
  z.strictObject({ kind: z.literal('replay'), persons: countSchema, tags: digestSchema }),
]);
export type PlanScope = Readonly<z.infer<typeof planScopeSchema>>;

/** Records by disposition. */
export const dispositionCountsSchema = z.strictObject({
  purge: countSchema,
  frozen: countSchema,
  held: countSchema,
  stays: countSchema,
});
export type DispositionCounts = Readonly<z.infer<typeof dispositionCountsSchema>>;

/** One part of a dataset: when its period ends, by which requirements, and how many of its records have which disposition. */
export const planShareSchema = z.strictObject({
  share: z.enum(SHARES),
  end: calendarDateSchema.nullable(),
  laws: z.array(lawId).max(20),
  ...dispositionCountsSchema.shape,
});
export type PlanShare = Readonly<z.infer<typeof planShareSchema>>;

const planDatasetSchema = z.strictObject({
  dataset: uuidSchema,
  kind: z.enum(DATASET_KINDS),
  /** Digest of the file that was imported, or of the bundle that was received. */
  file: digestSchema,
  /** The bundle that it came in, or null for an import. */
  bundle: uuidSchema.nullable(),
  shares: z.array(planShareSchema).min(1).max(SHARES.length),
  /** SHA-256 over every page: number, count, dispositions, shares and tags. It binds which records exactly. */
  records: digestSchema,
});
export type PlanDataset = Readonly<z.infer<typeof planDatasetSchema>>;

/** A hold or a freeze that keeps records which would else be purged. */
export const planRestraintSchema = z.strictObject({
  id: uuidSchema,
  kind: z.enum(['hold', 'freeze']),
  basis: lineSchema.nullable(),
  until: calendarDateSchema.nullable(),
  records: z.int().min(1),
});

/** A file in clear outside the database: named by digest, and by that of its path, because a path may hold a name. */
const planFileSchema = z.strictObject({
  kind: z.enum(CLEAR_KINDS),
  sha256: digestSchema,
  path: digestSchema,
});
export type PlanFile = Readonly<z.infer<typeof planFileSchema>>;

export const purgePlanSchema = z.strictObject({
  format: z.literal(PURGE_PLAN_FORMAT),
  purge: uuidSchema,
  environment: environmentSchema,
  /** Digest of the card of whoever purges. */
  party: digestSchema,
  /** Who planned it. */
  planner: lineSchema,
  created: instantSchema,
  /** The day, in Asia/Shanghai, for which the dispositions hold. */
  day: calendarDateSchema,
  scope: planScopeSchema,
  /** Words of the planner, without personal data. */
  reason: lineSchema.nullable(),
  /** Present where anonymous counts of what is purged are kept (PIPL-73-4). */
  statistics: z.literal(true).optional(),
  /** Records that went out in a bundle whose receipt has not come, if they are purged all the same. */
  override: z
    .strictObject({ kind: z.literal('no-receipt'), reason: lineSchema, records: z.int().min(1) })
    .nullable(),
  /** The deals whose records it touches. */
  deals: z.array(dealReferenceSchema).max(100),
  /** Persons, other than the one who runs it, who must sign it. */
  approvals: z.int().min(0).max(5),
  datasets: z.array(planDatasetSchema).min(1).max(10_000),
  restraints: z.array(planRestraintSchema).max(10_000),
  files: z.array(planFileSchema).max(10_000),
});
export type PurgePlan = Readonly<z.infer<typeof purgePlanSchema>>;

/** The canonical bytes of a plan. */
export function purgePlanBytes(plan: PurgePlan): Uint8Array {
  return utf8(canonicalJson(jsonOf(plan)));
}

/** What approvals and the certificate name. */
export function purgePlanDigest(plan: PurgePlan): Sha256 {
  return sha256(purgePlanBytes(plan));
}

/** Reads a plan strictly. Throws as readDocument does. */
export function readPurgePlan(bytes: Uint8Array): PurgePlan {
  return readDocument(bytes, {
    document: 'purge-plan.json',
    format: PURGE_PLAN_FORMAT,
    schema: purgePlanSchema,
    limit: 16 * 1024 * 1024,
  });
}

/** The sum of counts by disposition. */
export function sumDispositions(counts: readonly DispositionCounts[]): DispositionCounts {
  const sum = { purge: 0, frozen: 0, held: 0, stays: 0 };
  for (const each of counts) for (const disposition of DISPOSITIONS) sum[disposition] += each[disposition];
  return sum;
}

/** What becomes of all records that a plan looks at. */
export function planTotals(plan: PurgePlan): DispositionCounts {
  return sumDispositions(plan.datasets.flatMap((dataset) => dataset.shares));
}
