import { z } from 'zod';
import { statisticsSchema } from '../../policy/statistics.js';
import { SHARES } from '../../retention/disposition.js';
import { KEPT_KINDS } from '../../retention/kept-records.js';
import { clock, count, date, law, restraint, type ResultShape, text, uuid } from './parts.js';

const placed = { ...restraint, records: count, not_found: z.array(z.int().min(1)) };
const kept = z.strictObject({
  id: restraint.id,
  kind: restraint.kind,
  case: restraint.case,
  basis: restraint.basis,
  until: restraint.until,
  records: count,
});

/** Until when what is kept, and what keeps it longer. */
export const RETENTION_RESULTS = {
  'retention list': {
    today: date,
    clock,
    parts: z.array(
      z.strictObject({
        dataset: uuid,
        file: text,
        share: z.enum(SHARES),
        records: count,
        until: date.nullable(),
        days_left: z.int().nullable(),
        laws: z.array(law),
        law: text,
        outcome: z.enum(['purge', 'hold', 'freeze', 'decide', 'anonymised']),
        follows: z.strictObject({ purge: count, hold: count, freeze: count }),
        due: count,
        overdue_since: date.nullable(),
        kept_by: z.array(kept),
      }),
    ),
    anonymised: z.array(z.strictObject({ dataset: uuid, file: text, counts: statisticsSchema })),
    evidence: z.array(
      z.strictObject({
        kind: z.enum(KEPT_KINDS),
        name: text,
        since: date,
        until: date,
        laws: z.array(law),
      }),
    ),
    calendar: z.array(z.strictObject({ date, days: z.int(), what: text })),
    /** The calendar file that was written. */
    ics: text.nullable(),
  },
  'hold add': placed,
  'hold release': restraint,
  'hold list': { holds: z.array(z.strictObject(restraint)) },
  'freeze add': placed,
  'freeze end': restraint,
  'freeze list': { freezes: z.array(z.strictObject(restraint)) },
} as const satisfies { readonly [name: string]: ResultShape };
