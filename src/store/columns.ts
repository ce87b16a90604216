import { z } from 'zod';
import { isSha256, type Sha256 } from '../base/crypto.js';
import type { Json } from '../base/json.js';
import { howToRead } from '../base/shape.js';
import { type CalendarDate, type Instant, readDate, readInstant } from '../base/time.js';
import { fail } from '../messages/error.js';

/* How columns are read. The database is a file that somebody may have changed: its rows are read like any other input. */

/** Counts and other findings of a step, without personal data. */
export type Counts = { readonly [key: string]: Json };

/** JSON text of a column as what `inner` describes. */
function json<T>(inner: z.ZodType<T>) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(inner);
}

const count = z.int().nonnegative();

/** What a column can hold. */
export const COLUMN = {
  digest: z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v)),
  instant: z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null),
  date: z.custom<CalendarDate>((v) => typeof v === 'string' && readDate(v) !== null),
  blob: z.instanceof(Uint8Array),
  count,
  flag: z.union([z.literal(0), z.literal(1)]).transform((v) => v === 1),
  role: z.enum(['seller', 'buyer']),
  direction: z.enum(['out', 'in']),
  /** The name of a column of a dataset. */
  name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/),
  json,
  counts: json(z.custom<Counts>((v) => typeof v === 'object' && v !== null && !Array.isArray(v))),
} as const;

/** A row of nothing but a count. */
export const numberRow = z.object({ number: count });

/**
 * Reads a row.
 *
 * @throws HandoverError WORKSPACE_DAMAGED if it is not what the writer wrote
 */
export function readRow<T>(schema: z.ZodType<T>, row: unknown): T {
  try {
    return schema.parse(row, howToRead());
  } catch {
    return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  }
}
