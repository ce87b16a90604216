/** Placeholder replaced by the catalogue of canonical fields. */
export type FieldName = string;
