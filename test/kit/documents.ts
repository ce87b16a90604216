import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { published, SCHEMA_FOLDER } from './schemas.js';

// A validator is made in each process that needs it and used a few times: to make its code quick costs more than it saves.
const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: true, code: { optimize: false } });
const validators = new Map<string, ValidateFunction>();

/** The published schema of a document of --json, by what the document calls itself. */
function nameOf(document: unknown): string {
  const format =
    typeof document === 'object' && document !== null && 'format' in document ? document.format : '';
  const [, command = ''] = /^handover\.(?:result\.)?([a-z-]+)\/1$/.exec(String(format)) ?? [];
  return `results/${command}`;
}

/**
 * Holds a document of --json against its published schema, with a validator that knows nothing of this program.
 *
 * @returns the name of the schema below docs/schema/
 * @throws Error if there is no schema for it, or if it does not fit
 */
export function requireSchema(document: unknown): string {
  const name = nameOf(document);
  if (!existsSync(join(SCHEMA_FOLDER, `${name}.schema.json`)))
    throw new Error(`docs/schema/ has no ${name}.schema.json`);
  const validator = validators.get(name) ?? ajv.compile(published(name));
  validators.set(name, validator);
  if (validator(document)) return name;
  const places = (validator.errors ?? []).map(
    ({ instancePath, message, params }) => `  ${instancePath || '.'} ${message} ${JSON.stringify(params)}`,
  );
  throw new Error(
    `a document does not fit docs/schema/${name}.schema.json:\n${places.slice(0, 20).join('\n')}`,
  );
}

/** Documents that are published by themselves and tested there; here they are only embedded. */
const EMBEDDED = ['terms', 'report', 'certificate', 'receipt', 'plan'];

/** A key or a form of a schema: where it is, and the text of what holds it, by which the same in two schemas is known to be the same. */
interface Part {
  readonly at: string;
  readonly same: string;
}

/**
 * The keys and forms of published schemas that no document has: what nothing has shown to be right. A part that is shown in one schema is
 * shown in all that have it.
 *
 * @param documents by the name of their schema
 * @returns paths such as `results/import.imports[].encoding.evidence[]|2`, the third form of it
 */
export function unseenIn(documents: ReadonlyMap<string, readonly unknown[]>): readonly string[] {
  const seen: Part[] = [];
  const unseen: Part[] = [];
  for (const [name, all] of documents) look(published(name), all, name, seen, unseen);
  const named = new Set(seen.map(({ same }) => same));
  return unseen.flatMap(({ at, same }) => {
    if (named.has(same)) return [];
    named.add(same);
    return [at];
  });
}

function look(schema: unknown, values: readonly unknown[], at: string, seen: Part[], unseen: Part[]): void {
  if (!isObject(schema)) return;
  const enter = (inner: unknown, found: readonly unknown[], path: string, key: string): void => {
    const part = { at: path, same: `${JSON.stringify(schema)} ${key}` };
    (found.length === 0 ? unseen : seen).push(part);
    if (found.length > 0) look(inner, found, path, seen, unseen);
  };
  const objects = values.filter(isObject);
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  for (const [key, inner] of Object.entries(properties)) {
    if (key === 'dry_run' || (EMBEDDED.includes(key) && hasParts(inner))) continue;
    const found = objects.filter((value) => Object.hasOwn(value, key)).map((value) => value[key]);
    enter(inner, found, `${at}.${key}`, key);
  }
  const { items } = schema;
  if (hasParts(items)) enter(items, values.filter(Array.isArray).flat(), `${at}[]`, '[]');
  const { anyOf = schema['oneOf'] } = schema;
  if (!Array.isArray(anyOf)) return;
  for (const [i, form] of anyOf.entries()) {
    if (!hasParts(form)) continue;
    const fits = ajv.compile(form);
    enter(
      form,
      values.filter((value) => fits(value)),
      anyOf.length > 2 ? `${at}|${i}` : at,
      String(i),
    );
  }
}

/** Whether a schema has keys or forms itself; a text or a number is as it is. */
function hasParts(schema: unknown): schema is Readonly<Record<string, unknown>> {
  return isObject(schema) && ['properties', 'items', 'anyOf', 'oneOf'].some((key) => key in schema);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
