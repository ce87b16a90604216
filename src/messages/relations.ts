/**
 * How a customer file relates to those before it: it begins a new list; it brings back rows that were rejected, corrected; it adds persons; or
 * it is a newer export of the same system, and who is not in it is no customer any more.
 */
export const RELATIONS = ['list', 'correction', 'addition', 'newer'] as const;
export type Relation = (typeof RELATIONS)[number];
