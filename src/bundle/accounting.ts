import { z } from 'zod';
import { codeSchema, countSchema, slugSchema } from './document.js';
import { isAccounted, mayStay } from '../policy/accounted.js';

/** Why records of one verdict have it: how many of them have each reason. A record may have several. */
const reasons = z.record(codeSchema, z.int().min(1));

/** What rows of a table add up to. */
export const sumsSchema = z.strictObject({
  rows: countSchema,
  persons: countSchema,
  /** In fen; of orders what was paid, of what was prepaid the balances. Null where the table has no amount, or none that leaves as it is. */
  fen: z.int().nullable(),
  /** In hundredths of a session, because hours may be halved. */
  sessions: z.int().nullable(),
});

export type Sums = Readonly<z.infer<typeof sumsSchema>>;

export const accountingSchema = z.strictObject({
  resource: slugSchema,
  /** Data rows of the source, blank ones included. */
  read: countSchema,
  transfer: countSchema,
  ask: countSchema,
  withhold: countSchema,
  reject: countSchema,
  blank: countSchema,
  /** Rows that a later row replaced: of the same person, or the same row brought back corrected. */
  replaced: countSchema,
  /** Rows of persons whom an earlier bundle of the deal handed over, and of whom nothing else would go now. */
  handed_over: countSchema,
  /** How many of those who are transferred an earlier bundle handed over with something else said of them. */
  corrected: countSchema,
  reasons: z.strictObject({ ask: reasons, withhold: reasons, reject: reasons }),
  /** Of a table beside the customer list: what its rows add up to, those that can be used, and those that go, as they go. */
  sums: z.strictObject({ read: sumsSchema, transfer: sumsSchema }).optional(),
  /** Of how many records that go something stays: `purpose:ID`, `prepaid`, or a kind of sensitive data. Absent if nothing does. */
  partly: z.record(z.string().regex(/^(?:purpose:)?[a-z][a-z0-9_-]{0,62}$/), z.int().min(1)).optional(),
});

/** Where every row of a resource went (docs/threat-model.md, promise 1). */
export type Accounting = Readonly<z.infer<typeof accountingSchema>>;

/**
 * Whether every row is accounted for: read = transfer + ask + withhold + reject + blank + replaced + handed_over, and each row that stays
 * behind has a reason that is known. What stays of whoever goes is no row of its own.
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
  const { sums } = accounting;
  if (sums !== undefined && (sums.transfer.rows !== transfer || sums.transfer.persons > transfer))
    return false;
  const partly = Object.entries(accounting.partly ?? {});
  if (partly.some(([name, records]) => records > transfer || !mayStay(name))) return false;
  return (['ask', 'withhold', 'reject'] as const).every((verdict) =>
    isExplained(verdict, accounting[verdict], accounting.reasons[verdict]),
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

/** Every record has a reason at least, each of them known, and no reason has more records than there are. */
function isExplained(
  verdict: 'ask' | 'withhold' | 'reject',
  records: number,
  reasonsGiven: Readonly<Record<string, number>>,
): boolean {
  const counts = Object.values(reasonsGiven);
  const total = counts.reduce((sum, n) => sum + n, 0);
  return (
    total >= records &&
    counts.every((n) => n <= records) &&
    Object.keys(reasonsGiven).every((reason) => isAccounted(verdict, reason))
  );
}
