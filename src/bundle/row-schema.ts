import { isFurtherTable } from '../messages/tables.js';
import { RESOURCE } from './resource.js';
import type { Json } from '../base/json.js';

/** The first key of every row: the subject tag under the tag key of the bundle, 32 lower-case hexadecimal digits. */
export const TAG_KEY = '_tag';

/** The second key of a row of a table beside the customer list: the subject tag of the customer whose row it is. */
export const SUBJECT_KEY = '_subject';

/**
 * JSON Schema (draft 2020-12) of one row, generated from the fields that leave. The manifest publishes it, and a reader refuses a
 * manifest whose schema is not the generated one, so that the schema can never promise something else than the rows hold.
 *
 * @param fields names of the fields in the order in which they are in a row, without the tags.
 * @param resource whose rows they are
 */
export function rowSchema(fields: readonly string[], resource: string = RESOURCE): Json {
  const properties: Record<string, Json> = {};
  const keys = isFurtherTable(resource) ? [TAG_KEY, SUBJECT_KEY] : [TAG_KEY];
  for (const key of keys) properties[key] = { type: 'string', pattern: '^[0-9a-f]{32}$' };
  for (const field of fields) properties[field] = { type: ['string', 'null'], minLength: 1 };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties,
    required: [...keys, ...fields],
    additionalProperties: false,
  };
}
