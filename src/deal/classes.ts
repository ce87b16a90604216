/**
 * How the law looks at a field (law.md §6.1, §6.2).
 * `sensitive` needs necessity and separate consent (PIPL-28, PIPL-29); `safety` (door codes, key places) never leaves (law.md §1.7).
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
