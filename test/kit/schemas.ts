import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A JSON Schema as data. */
export type JsonSchema = Record<string, unknown>;

/** Where the schemas are published. */
export const SCHEMA_FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'schema');

/** Forms that the readers check by a function, which JSON Schema cannot hold: the pattern of each, with a text that follows it. */
const FORMS: readonly { readonly sample: string; readonly pattern: string }[] = [
  { sample: '0'.repeat(64), pattern: '^[0-9a-f]{64}$' },
  { sample: '2026-11-20T08:00:00Z', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' },
  { sample: '2026-11-20', pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
  { sample: 'P3Y', pattern: '^P(?=\\d)(\\d{1,3}Y)?(\\d{1,4}M)?(\\d{1,4}W)?(\\d{1,5}D)?$' },
];

/** Texts that are checked by a function, by the name of their key. */
const NAMED: Readonly<Record<string, string>> = {
  signing_key: '^RW[A-Za-z0-9+/]{54}$',
  recipient: '^age1(pq1)?[02-9ac-hj-np-z]{50,2000}$',
  uscc: '^[0-9A-HJ-NPQRTUWXY]{18}$',
};

/** The schema that is published for a schema of the code. */
export function jsonSchemaOf(title: string, schema: z.ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema, path }) => {
      if (zodSchema._zod.def.type === 'custom') {
        const accepted = FORMS.filter(({ sample }) => z.safeParse(zodSchema, sample).success);
        if (accepted.length === 1)
          Object.assign(jsonSchema, { type: 'string', pattern: accepted[0]?.pattern });
        else if (z.safeParse(zodSchema, 1).success === false) jsonSchema.type = 'object';
      }
      const named = NAMED[String(path.at(-1))];
      // In a report the recipient of a provision is a firm by its name.
      const isFirm = path.at(-1) === 'recipient' && path.includes('provisions');
      if (jsonSchema.type === 'string' && named !== undefined && !isFirm) jsonSchema.pattern = named;
    },
  });
  return { $schema, title, ...rest };
}

/** A published schema, from its name below docs/schema/ without the ending. */
export function published(name: string): JsonSchema {
  return JSON.parse(readFileSync(join(SCHEMA_FOLDER, `${name}.schema.json`), 'utf8'));
}

/** A command as the formats and files name it: `deal-sign`. */
export const slugOf = (command: string): string => command.replace(' ', '-');
