/**
 * How the law looks at a field (law.md §5.1, §5.2).
 * `sensitive` needs necessity and separate consent (PIPL-28, PIPL-29); `safety` (door codes, key places) never leaves (law.md §1.4).
 */
export const FIELD_CLASSES = [
  'identifier',
  'general',
  'contact',
  'address',
  'transaction',
  'preference',
  'evidence',
  'third-party',
  'judgement',
  'private',
  'free-text',
  'sensitive',
  'safety',
] as const;
export type FieldClass = (typeof FIELD_CLASSES)[number];

const STRICTNESS: Readonly<Record<FieldClass, number>> = {
  identifier: 0,
  general: 0,
  contact: 0,
  transaction: 0,
  preference: 0,
  evidence: 0,
  address: 1,
  'third-party': 1,
  judgement: 1,
  private: 1,
  'free-text': 1,
  sensitive: 2,
  safety: 3,
};

/** Whether `given` protects a field less than `least` does. A deal may raise the class of a field, never lower it. */
export function isLaxer(given: FieldClass, least: FieldClass): boolean {
  return STRICTNESS[given] < STRICTNESS[least];
}

/** The more protective of two classes; `a` if they protect alike. */
export function stricter(a: FieldClass, b: FieldClass): FieldClass {
  return STRICTNESS[b] > STRICTNESS[a] ? b : a;
}
