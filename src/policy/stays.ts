import type { FieldName } from '../dataset/fields.js';
import { fieldOf } from '../dataset/fields.js';
import { stricter } from '../deal/classes.js';
import { leavingPurposes, type Terms, type TermsField } from '../deal/terms.js';
import {
  BEYOND_CONTRACT,
  CARE,
  SENSITIVE_CATEGORIES,
  type SensitiveCategory,
  type Staying,
} from '../messages/stays.js';
import { movingHoldings } from './limits.js';
import { findPolicy } from './pack.js';
import { leastClass, sensitiveProfile } from './profile.js';
import type { SensitiveProfile } from './rules.js';

/**
 * What of a person stays with the seller although the person goes, as bits: the fields of a purpose to which the person did not agree,
 * what was prepaid, sensitive data without their own consent. Stored beside the reasons; 0 for most.
 */
export type StaySet = number;

/** A deal has at most 20 purposes: bit i is the i-th for which something leaves. */
const PURPOSES = 20;

/** The bit of the i-th leaving purpose. */
export function purposeBit(index: number): StaySet {
  return 1 << index;
}

/** What was paid for and not yet received. */
export const HOLDINGS: StaySet = 1 << PURPOSES;

/** The rows of the tables that are owed to the customer (docs/decisions/0060): counted there and not among what stays of a record. */
export const OWED_ROWS: StaySet = 1 << 29;

/** Whatever the performance of the contract does not need, where that is the route by which a person goes (PIPL-13(2)). */
export const BY_CONTRACT: StaySet = 1 << 30;

/** The bit of a category of sensitive data, or of whoever is cared for. */
export function categoryBit(category: SensitiveCategory | typeof CARE): StaySet {
  return 1 << (PURPOSES + 1 + [CARE, ...SENSITIVE_CATEGORIES].indexOf(category));
}

/** Which category the sensitive fields of the catalogue belong to. */
const CATEGORIES: Readonly<Partial<Record<FieldName, SensitiveCategory>>> = {
  id_no: 'identity',
  health: 'health',
  due_date: 'health',
  bank_account: 'finance',
  bank_name: 'finance',
  alipay: 'finance',
  latitude: 'location',
  longitude: 'location',
  location: 'location',
  ethnicity: 'belief',
  religion: 'belief',
  diet: 'belief',
  children: 'children',
};

/** The category of a leaving field that the deal or the catalogue calls sensitive; null for any other field. */
export function categoryOf(
  { name, class: agreed }: TermsField,
  profile: SensitiveProfile | undefined,
): SensitiveCategory | null {
  const definition = fieldOf(name);
  const fieldClass = definition === undefined ? agreed : stricter(agreed, leastClass(definition, profile));
  if (fieldClass !== 'sensitive') return null;
  return (definition === undefined ? undefined : CATEGORIES[definition.name]) ?? 'other';
}

/** The bits of which any keeps a leaving field at home. */
export function staysWith(field: TermsField, terms: Terms): StaySet {
  const category = categoryOf(field, sensitiveProfile(terms));
  let bits = purposeBit(leavingPurposes(terms).findIndex(({ id }) => id === field.purpose));
  if (movingHoldings(terms).includes(field.name)) bits |= HOLDINGS;
  if (category !== null) bits |= categoryBit(category);
  if (field.name === 'care_recipient') bits |= categoryBit(CARE);
  if (!fieldsOfRoute(terms).includes(field.name)) bits |= BY_CONTRACT;
  return bits;
}

/** What a set names: purposes by id, and the rest by its name. */
export function stayings(set: StaySet, terms: Terms): readonly Staying[] {
  const purposes = leavingPurposes(terms)
    .filter((_, i) => (set & purposeBit(i)) !== 0)
    .map(({ id }): Staying => `purpose:${id}`);
  const holdings: readonly Staying[] = (set & HOLDINGS) === 0 ? [] : ['prepaid'];
  const categories = ([CARE, ...SENSITIVE_CATEGORIES] as const).filter(
    (category) => (set & categoryBit(category)) !== 0,
  );
  const beyond: readonly Staying[] = (set & BY_CONTRACT) === 0 ? [] : [BEYOND_CONTRACT];
  return [...purposes, ...holdings, ...categories, ...beyond];
}

/** The fields that leave by the route which a deal names and its pack has; none without one. */
function fieldsOfRoute(terms: Terms): readonly string[] {
  const named = terms.routes?.map(({ basis }) => basis) ?? [];
  const routes = findPolicy(terms)?.routes ?? [];
  return routes.find(({ basis }) => named.includes(basis))?.fields ?? [];
}
