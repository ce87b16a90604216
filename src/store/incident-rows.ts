import { z } from 'zod';
import type { Instant } from '../base/time.js';
import { COLUMN, type Counts } from './columns.js';

/* Security incidents and what was noted on them. */

const { counts, instant } = COLUMN;

/** A security incident; facts are without personal data. */
export interface StoredIncident {
  readonly id: string;
  readonly facts: Counts;
  readonly opened: Instant;
  readonly closed: Instant | null;
}

export interface IncidentNote {
  readonly incident: string;
  readonly facts: Counts;
  readonly person: string;
  readonly time: Instant;
}

export const INCIDENT_ROW = {
  incident: z.object({ id: z.string(), facts: counts, opened: instant, closed: instant.nullable() }),
  incidentNote: z.object({ incident: z.string(), facts: counts, person: z.string(), time: instant }),
} as const;
