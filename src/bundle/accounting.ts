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
  /** Rows that a later row replaced: of the same person, or the same row brought back corrected. */
  replaced: count,
  /** Rows of persons whom an earlier bundle of the deal handed over, and of whom nothing else would go now. */
  handed_over: count,
  /** How many of those who are transferred an earlier bundle handed over with something else said of them. */
  corrected: count,
  reasons: z.strictObject({ ask: reasons, withhold: reasons, reject: reasons }),
  /** Of how many records that go something stays: `purpose:ID`, `prepaid`, or a kind of sensitive data. Absent if nothing does. */
  partly: z.record(z.string().regex(/^(?:purpose:)?[a-z][a-z0-9_-]{0,62}$/), z.int().min(1)).optional(),
});

/** Where every row of a resource went (docs/threat-model.md, promise 1). */
export type Accounting = Readonly<z.infer<typeof accountingSchema>>;

/**
 * Whether every row is accounted for: read = transfer + ask + withhold + reject + blank + replaced + handed_over, and each row that stays
 * behind has a reason. What stays of whoever goes is no row of its own.
 */
export function isBalanced(accounting: Accounting): boolean {
  const {
    read,
    transfer,
    ask,
    withhold,
    reject,
    blank,
    replaced,
    handed_over: before,
    corrected,
  } = accounting;
  if (read !== transfer + ask + withhold + reject + blank + replaced + before) return false;
  if (corrected > transfer) return false;
  if (Object.values(accounting.partly ?? {}).some((records) => records > transfer)) return false;
  return (['ask', 'withhold', 'reject'] as const).every((verdict) =>
    isExplained(accounting[verdict], Object.values(accounting.reasons[verdict])),
  );
}

/** The customers among the rows, each once: what every share of them is a share of. */
export function customersOf({
  read,
  blank,
  replaced,
}: Pick<Accounting, 'read' | 'blank' | 'replaced'>): number {
  return read - blank - replaced;
}

/** Every record has a reason at least, and no reason has more records than there are. */
function isExplained(records: number, counts: readonly number[]): boolean {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return total >= records && counts.every((n) => n <= records);
}
