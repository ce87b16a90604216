import { z } from 'zod';
import { isSha256, type Sha256 } from '../base/crypto.js';
import { type CalendarDate, type Instant, readDate, readInstant } from '../base/time.js';

/** What a value of the report's data can be. */
export const REPORT_VALUE = {
  digest: z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v)),
  instant: z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null),
  date: z.custom<CalendarDate>((v) => typeof v === 'string' && readDate(v) !== null),
  count: z.int().min(0),
  role: z.enum(['seller', 'buyer']),
} as const;
