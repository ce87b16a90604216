import type { FieldName } from '../dataset/fields.js';
import { fieldOf } from '../dataset/fields.js';
import { stricter } from '../deal/classes.js';
import { leavingPurposes, type Terms, type TermsField } from '../deal/terms.js';
import { CARE, SENSITIVE_CATEGORIES, type SensitiveCategory, type Staying } from '../messages/stays.js';
import { movingHoldings } from './limits.js';
import { leastClass, profileOf } from './profile.js';
import type { SensitiveProfile } from './rules.js';

/**
 * What of a person stays with the seller although the person goes, as bits: the fields of a purpose to which the person did not agree,
 * what was prepaid, sensitive data without their own consent. Stored beside the reasons; 0 for most.
 */
export type StayMask = number;

/** A deal has at most 20 purposes: bit i is the i-th for which something leaves. */
const PURPOSES = 20;

/** The bit of the i-th leaving purpose. */
export function purposeBit(index: number): StayMask {
  return 1 << index;
}

/** What was paid for and not yet received. */
export const HOLDINGS: StayMask = 1 << PURPOSES;

/** The bit of a category of sensitive data, or of whoever is cared for. */
export function categoryBit(category: SensitiveCategory | typeof CARE): StayMask {
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
export function staysWith(field: TermsField, terms: Terms): StayMask {
  const category = categoryOf(field, profileOf(terms));
  let bits = purposeBit(leavingPurposes(terms).findIndex(({ id }) => id === field.purpose));
  if (movingHoldings(terms).includes(field.name)) bits |= HOLDINGS;
  if (category !== null) bits |= categoryBit(category);
  if (field.name === 'care_recipient') bits |= categoryBit(CARE);
  return bits;
}

/** What a mask names: purposes by id, and the rest by its name. */
export function stayings(mask: StayMask, terms: Terms): readonly Staying[] {
  const purposes = leavingPurposes(terms)
    .filter((_, i) => (mask & purposeBit(i)) !== 0)
    .map(({ id }): Staying => `purpose:${id}`);
  const holdings: readonly Staying[] = (mask & HOLDINGS) === 0 ? [] : ['prepaid'];
  const categories = ([CARE, ...SENSITIVE_CATEGORIES] as const).filter(
    (category) => (mask & categoryBit(category)) !== 0,
  );
  return [...purposes, ...holdings, ...categories];
}
