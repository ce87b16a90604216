import type { CalendarDate } from '../base/time.js';
import type { Basis } from '../messages/bases.js';
import { statutoryBasis, statutoryUntil } from './statutory.js';

/** Kinds of records about the handover itself, without customers, that a law wants kept. */
export const KEPT_KINDS = ['impact-assessment', 'provision-record', 'certificate', 'incident'] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

/** Certificates are kept like records of a provision, by analogy (law.md §1.5). */
const BASIS: Readonly<Record<KeptKind, Basis>> = {
  'impact-assessment': 'impact-assessment',
  'provision-record': 'provision-record',
  certificate: 'provision-record',
  incident: 'consent-evidence',
};

/**
 * The last day on which a record has to be there: the one schedule behind every screen, page and document that names the day.
 *
 * @param from the day from which its period runs: of an assessment, the last handover that it was made for
 */
export function keptUntil(kind: KeptKind, from: CalendarDate): CalendarDate {
  return statutoryUntil(BASIS[kind], from);
}

/** The requirements by which a record is kept. */
export function keptBecause(kind: KeptKind): readonly string[] {
  return statutoryBasis(BASIS[kind]).laws;
}
