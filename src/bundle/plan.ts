import { termsOfTable } from '../deal/tables.js';
import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { leavingFields, type Terms, type TermsField } from '../deal/terms.js';
import { accountingSchema } from './accounting.js';
import { RESOURCE } from './resource.js';
import {
  dealReferenceSchema,
  digestSchema,
  environmentSchema,
  jsonOf,
  readDocument,
  slugSchema,
} from './document.js';
import { type FieldEntry, fieldEntrySchema, type Manifest, policySchema } from './manifest.js';

export const PLAN_FORMAT = 'handover.plan/1';

/**
 * What would leave the house: the document that approvers sign before anything is sealed. All of it is in the manifest as well, so
 * whoever has a bundle can make the plan again and see that what was approved is what was sent.
 */
export const planSchema = z.strictObject({
  format: z.literal(PLAN_FORMAT),
  deal: dealReferenceSchema,
  environment: environmentSchema,
  policy: policySchema,
  datasets: z.array(digestSchema).min(1).max(1000),
  accounting: z.array(accountingSchema).min(1).max(20),
  resources: z
    .array(z.strictObject({ name: slugSchema, fields: z.array(fieldEntrySchema).min(1).max(200) }))
    .min(1)
    .max(20),
});

export type Plan = Readonly<z.infer<typeof planSchema>>;

/** The canonical bytes of a plan. */
export function planBytes(plan: Plan): Uint8Array {
  return utf8(canonicalJson(jsonOf(plan)));
}

/** What approvals name. */
export function planDigest(plan: Plan): Sha256 {
  return sha256(planBytes(plan));
}

/** The plan that a manifest carries out. */
export function planOf(manifest: Omit<Manifest, 'plan'>): Plan {
  const { deal, environment, policy, datasets, accounting, resources } = manifest;
  return {
    format: PLAN_FORMAT,
    deal,
    environment,
    policy,
    datasets,
    accounting,
    resources: resources.map(({ name, fields }) => ({ name, fields })),
  };
}

/** The fields of a resource as plan and manifest list them: what leaves under the deal, in the order of a row. */
export function fieldEntries(terms: Terms, resource: string = RESOURCE): readonly FieldEntry[] {
  return leavingFields(termsOfTable(terms, resource)).map(fieldEntry);
}

function fieldEntry({ name, class: fieldClass, purpose, action }: TermsField): FieldEntry {
  return { name, class: fieldClass, purpose, action };
}

/** Reads a plan strictly. Throws as readDocument does. */
export function readPlan(bytes: Uint8Array): Plan {
  return readDocument(bytes, {
    document: 'plan.json',
    format: PLAN_FORMAT,
    schema: planSchema,
    limit: 1024 * 1024,
  });
}
