import { z } from 'zod';
import { FINDING_SEVERITY, type FindingCode } from '../messages/findings.js';
import type { Finding } from '../dataset/finding.js';
import { countSchema } from './document.js';

/** The code of a finding. */
export const findingCodeSchema = z.custom<FindingCode>(
  (value) => typeof value === 'string' && Object.hasOwn(FINDING_SEVERITY, value),
);

/** A finding as one machine tells it to another: how grave it is follows from its code. */
const findingSchema = z
  .strictObject({
    code: findingCodeSchema,
    line: countSchema,
    column: countSchema,
    field: z.string().max(64),
    expected: countSchema.exactOptional(),
    got: countSchema.exactOptional(),
  })
  .transform((finding): Finding => ({ ...finding, severity: FINDING_SEVERITY[finding.code] }));

export const findingsSchema = z.array(findingSchema).max(10_000);

/** What {@link findingsSchema} reads. */
export function findingsJson(findings: readonly Finding[]): readonly object[] {
  return findings.map(({ severity: _, ...finding }) => finding);
}
