import type { FieldDefinition } from '../dataset/fields.js';
import type { FieldClass } from '../deal/classes.js';
import type { Terms } from '../deal/terms.js';
import { findPolicy } from './pack.js';
import type { SensitiveProfile } from './rules.js';

/** The standard that the deal's pack follows on what is sensitive; undefined for the stricter. */
export function sensitiveProfile(terms: Terms): SensitiveProfile | undefined {
  return findPolicy(terms)?.profile;
}

/**
 * The class that a field has at least. The catalogue follows GB/T 35273; by GB/T 45574 an identity number alone is not sensitive, so that a
 * deal may let it leave for a necessity without a consent of its own. It may still call it sensitive.
 */
export function leastClass(definition: FieldDefinition, profile: SensitiveProfile | undefined): FieldClass {
  return profile === 'gbt45574' && definition.name === 'id_no' ? 'private' : definition.class;
}
