import { z } from 'zod';
import { code, count, slug } from './document.js';

/** The resource that this version hands over. */
export const RESOURCE = 'customers';

/** Why records of one verdict have it: how many of them have each reason. A record may have several. */
const reasons = z.record(code, z.int().min(1));

export const accountingSchema = z.strictObject({
  resource: slug,
  /** Data rows of the source, blank ones included. */
  read: count,
  transfer: count,
  ask: count,
  withhold: count,
  reject: count,
  blank: count,
  /** Rows in whose place a later row stands: of the same person, or the same row brought back corrected. */
  replaced: count,
  reasons: z.strictObject({ ask: reasons, withhold: reasons, reject: reasons }),
  /** Of how many records that go something stays: `purpose:ID`, `prepaid`, or a kind of sensitive data. Absent if nothing does. */
  partly: z.record(z.string().regex(/^(?:purpose:)?[a-z][a-z0-9_-]{0,62}$/), z.int().min(1)).optional(),
});

/** Where every row of a resource went (docs/threat-model.md, promise 1). */
export type Accounting = Readonly<z.infer<typeof accountingSchema>>;

/**
 * Whether every row is accounted for: read = transfer + ask + withhold + reject + blank + replaced, and each row that stays behind has a
 * reason. What stays of whoever goes is no row of its own.
 */
export function isBalanced(accounting: Accounting): boolean {
  const { read, transfer, ask, withhold, reject, blank, replaced } = accounting;
  if (read !== transfer + ask + withhold + reject + blank + replaced) return false;
  if (Object.values(accounting.partly ?? {}).some((records) => records > transfer)) return false;
  return (['ask', 'withhold', 'reject'] as const).every((verdict) =>
    isExplained(accounting[verdict], Object.values(accounting.reasons[verdict])),
  );
}

/** Every record has a reason at least, and no reason has more records than there are. */
function isExplained(records: number, counts: readonly number[]): boolean {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return total >= records && counts.every((n) => n <= records);
}
