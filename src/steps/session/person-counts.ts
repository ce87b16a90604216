import { z } from 'zod';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { howToRead } from '../../base/shape.js';
import type { Reader } from '../../store/reader.js';

/** How many persons a firm says that it handles besides those of this workspace, and of how many data went abroad. */
export interface SaidPersons {
  readonly persons: number;
  /** Persons whose data went abroad since the first of January, by whatever way, and those of whom something sensitive did. */
  readonly abroad: number;
  readonly abroadSensitive: number;
  readonly on: CalendarDate;
}

const count = z.int().min(0);
const said = z.object({ persons: count, abroad: count, abroadSensitive: count });

/** The last word on it, from the log; null while nobody was asked. */
export function saidPersons(read: Reader): SaidPersons | null {
  let last: SaidPersons | null = null;
  for (const { action, details, time } of read.log.events()) {
    if (action !== 'persons-counted') continue;
    const counted = said.safeParse(details, howToRead());
    if (counted.success) last = { ...counted.data, on: dayOf(time) };
  }
  return last;
}
