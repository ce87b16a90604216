import { z } from 'zod';
import { isSha256, type Sha256 } from '../base/crypto.js';
import type { Json } from '../base/json.js';
import { howToRead } from '../base/shape.js';
import { type CalendarDate, type Instant, readDate, readInstant } from '../base/time.js';
import { fail } from '../messages/error.js';

/* How columns are read. The database is a file that somebody may have changed: its rows are read like any other input. */

/** Counts and other findings of a step, without personal data. */
export type Counts = { readonly [key: string]: Json };

export const digest = z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v));
export const instant = z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null);
export const date = z.custom<CalendarDate>((v) => typeof v === 'string' && readDate(v) !== null);
export const blob = z.instanceof(Uint8Array);
export const count = z.int().nonnegative();
export const flag = z.union([z.literal(0), z.literal(1)]).transform((v) => v === 1);
export const role = z.enum(['seller', 'buyer']);
export const direction = z.enum(['out', 'in']);
export const columnName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

/** JSON text of a column as what `inner` describes. */
export function json<T>(inner: z.ZodType<T>) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(inner);
}

export const counts = json(z.custom<Counts>((v) => typeof v === 'object' && v !== null && !Array.isArray(v)));

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
