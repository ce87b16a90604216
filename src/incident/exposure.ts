import type { FieldClass } from '../deal/classes.js';
import type { AffectedField, IncidentFacts } from './facts.js';

/** Whether a class is one of sensitive personal information (PIPL-28): `safety` meets its test of harm. */
export function isSensitive(fieldClass: FieldClass): boolean {
  return fieldClass === 'sensitive' || fieldClass === 'safety';
}

/** From how many records SPC-CR-5 counts a tier for a party that obtained the data by providing services (law.md §1.3). */
const FROM_RECORDS = { 1: 25, 2: 250, 3: 2500 } as const;

export interface TierView {
  /** The gravest tier among the fields; null without fields. */
  readonly tier: AffectedField['tier'] | null;
  readonly from: number;
  readonly reached: boolean;
}

/** How the records count by tier. No legal conclusion is drawn from it. */
export function tierOf({ scope }: IncidentFacts): TierView {
  const tier = scope.fields.map((field) => field.tier).sort()[0] ?? null;
  const from = tier === null ? 0 : FROM_RECORDS[tier];
  return { tier, from, reached: tier !== null && scope.records >= from };
}

/**
 * What whoever has it now could read of customers.
 *
 * - `nothing`: it is encrypted to keys that did not go with it
 * - `with-passphrase`: the key went with it, under a passphrase
 * - `with-device`: somebody may know the passphrase and would need the folder too
 * - `everything`: the key went with it in the clear
 * - `unknown`: nobody can tell from the store
 */
export type Readable = 'nothing' | 'with-passphrase' | 'with-device' | 'everything' | 'unknown';

/** What could be read of the sealed records; files in the clear come besides. */
export function readableOf(facts: IncidentFacts): Readable {
  const { what, bundle, sealing } = facts;
  const open = sealing.identity === 'unprotected';
  if (bundle !== null) {
    // Somebody inside this computer may have the key that opens a bundle that came in.
    const own = sealing.recipients.some((recipient) => recipient.who === 'own');
    return what === 'intrusion' && own ? (open ? 'everything' : 'with-passphrase') : 'nothing';
  }
  switch (what) {
    case 'lost-device':
    case 'intrusion':
      return open ? 'everything' : 'with-passphrase';
    case 'lost-passphrase':
      return 'with-device';
    case 'lost-bundle':
    case 'misdirected':
    case 'other':
      return 'unknown';
  }
}

/**
 * Whether the files in the clear that the workspace knows of are where the incident is: on the device, or in reach of an intruder. Of a bundle
 * alone they are not.
 */
export function clearFilesConcern(what: IncidentFacts['what'], hasBundle: boolean): boolean {
  return !hasBundle && what !== 'lost-passphrase';
}
