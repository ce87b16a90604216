import { addDuration, type CalendarDate, type Duration } from '../base/time.js';
import { BASES, type Basis } from '../messages/bases.js';

/** A period for which a law demands that records be kept, whatever became of their purpose (PIPL-47). */
export interface StatutoryBasis {
  readonly id: Basis;
  readonly period: Duration;
  /** Requirement ids of law.md. */
  readonly laws: readonly string[];
  /** ISO 3166-2 codes of the provinces where it holds; null for the whole country. */
  readonly provinces: readonly string[] | null;
  /** Whether its text or its reach is in doubt, so that counsel should look before anybody relies on it. */
  readonly verify: boolean;
}

const period = (text: string): Duration => text as Duration;

const DEFINITIONS: Readonly<Record<Basis, Omit<StatutoryBasis, 'id'>>> = {
  'tax-documents': { period: period('P10Y'), laws: ['TAX-29'], provinces: null, verify: false },
  'prepaid-registration': { period: period('P5Y'), laws: ['MOF-PP-5Y'], provinces: null, verify: false },
  'prepaid-transactions-beijing': {
    period: period('P3Y'),
    laws: ['BJ-PP-19'],
    provinces: ['CN-BJ'],
    verify: false,
  },
  'worker-contracts': { period: period('P2Y'), laws: ['LCL-50'], provinces: null, verify: false },
  'consent-evidence': { period: period('P3Y'), laws: ['CC-188'], provinces: null, verify: true },
  'consent-evidence-shanghai': {
    period: period('P5Y'),
    laws: ['SH-CON-31'],
    provinces: ['CN-SH'],
    verify: true,
  },
  'provision-record': { period: period('P3Y'), laws: ['NDSR-12'], provinces: null, verify: false },
  'impact-assessment': { period: period('P3Y'), laws: ['PIPL-56'], provinces: null, verify: false },
  'network-logs': { period: period('P6M'), laws: ['CSL-23'], provinces: null, verify: false },
  'platform-transactions': { period: period('P3Y'), laws: ['ECL-31'], provinces: null, verify: false },
};

/** The statutory periods of law.md §1.5, as data. */
export const STATUTORY: readonly StatutoryBasis[] = BASES.map((id) => ({ id, ...DEFINITIONS[id] }));

/** The statute behind an id, with how long it wants records kept. */
export function statutoryBasis(id: Basis): StatutoryBasis {
  return { id, ...DEFINITIONS[id] };
}

/** The last day of a statutory period that begins on `since`. */
export function statutoryUntil(id: Basis, since: CalendarDate): CalendarDate {
  return addDuration(since, DEFINITIONS[id].period);
}
