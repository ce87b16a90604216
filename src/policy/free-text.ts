import { type FieldDefinition, fieldOf } from '../dataset/fields.js';
import type { TermsField } from '../deal/terms.js';
import type { ScanCategory } from '../messages/reasons.js';
import type { SensitiveCategory } from '../messages/stays.js';
import { redactText } from './scan.js';
import { scanText } from './scan-counts.js';
import { SCAN_CATEGORIES } from './scan-patterns.js';
import { type Wanted, wantedOf } from './scan-signs.js';
import { categoryBit, type StaySet } from './stays.js';

/*
 * What never leaves in words, whatever the deal says of the field: codes and the places of keys in any field, and in free text what is
 * said of other people, of absence, of persons' character. What is said of health or belief leaves with the consent to that very kind.
 */

/** What the scan finds that leaves with a consent of its own. */
const CONSENTABLE: Readonly<Partial<Record<ScanCategory, SensitiveCategory>>> = {
  health: 'health',
  belief: 'belief',
};

const SECRETS: readonly ScanCategory[] = ['access-code', 'key'];

/** Classes of fields in which people write what comes to their mind. */
const FREE: readonly string[] = ['free-text', 'third-party', 'judgement'];

/** Kinds of value that hold words. */
const WORDED: readonly string[] = ['text', 'address', 'name'];

function isFree({ class: fieldClass }: FieldDefinition): boolean {
  return FREE.includes(fieldClass);
}

/** The kinds of sensitive data that may leave in the words of a field, with consent. */
export function categoriesInWords({ name, action }: TermsField): readonly SensitiveCategory[] {
  const definition = fieldOf(name);
  if (definition === undefined || !isFree(definition) || action !== 'keep') return [];
  return Object.values(CONSENTABLE);
}

/** Whether a text says something of a kind. */
export function saysOf(text: string, category: SensitiveCategory): boolean {
  const counts = scanText(text);
  return SCAN_CATEGORIES.some((found, i) => (counts[i] ?? 0) > 0 && CONSENTABLE[found] === category);
}

/** Strikes out of a value what may not leave in it. */
export type Strike = (value: string, stays: StaySet) => string;

/** Compiles the striking for a field; null where its values hold no words. */
export function strikeOf(definition: FieldDefinition): Strike | null {
  if (!WORDED.includes(definition.kind)) return null;
  if (!isFree(definition)) return (value) => redactText(value, SECRET);
  return (value, stays) => redactText(value, unconsented(stays));
}

const SECRET = wantedOf((category) => SECRETS.some((secret) => secret === category));

/** What may not leave in free text without the consents that a person did not give, by {@link StaySet}. */
const UNCONSENTED = new Map<StaySet, Wanted>();

const CONSENTABLE_BITS = Object.values(CONSENTABLE).reduce(
  (bits, category) => bits | categoryBit(category),
  0,
);

function unconsented(stays: StaySet): Wanted {
  const key = (stays & CONSENTABLE_BITS) as StaySet;
  const known = UNCONSENTED.get(key);
  if (known !== undefined) return known;
  const wanted = wantedOf((category) => {
    const consentable = category === 'number' ? undefined : CONSENTABLE[category];
    return consentable === undefined || (key & categoryBit(consentable)) !== 0;
  });
  UNCONSENTED.set(key, wanted);
  return wanted;
}
