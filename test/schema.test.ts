import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventSchema } from '../src/audit/event.js';
import { eventProofSchema } from '../src/audit/event-proof.js';
import { type Json, readJson } from '../src/base/json.js';
import { approvalSchema } from '../src/bundle/approval.js';
import { openContainer } from '../src/bundle/container.js';
import { completionSchema } from '../src/bundle/completion.js';
import { manifestSchema } from '../src/bundle/manifest.js';
import { packIndexSchema } from '../src/bundle/pack.js';
import { noticeSchema } from '../src/bundle/notice.js';
import { planSchema } from '../src/bundle/plan.js';
import { receiptSchema } from '../src/bundle/receipt.js';
import { subjectProofSchema } from '../src/bundle/subject-proof.js';
import { termsSchema } from '../src/deal/terms.js';
import { cardSchema } from '../src/identity/card.js';
import { erasedSchema } from '../src/retention/erased.js';
import { certificateSchema } from '../src/retention/certificate.js';
import { reportSchema } from '../src/report/audit-report.js';
import { purgeApprovalSchema } from '../src/retention/purge-approval.js';
import { purgePlanSchema } from '../src/retention/purge-plan.js';
import { openFile } from '../src/store/random-access.js';

// docs/schema/*.json are generated from the schemas that the readers use. UPDATE_FIXTURES=1 writes them (then format them: npm run
// format:fix); otherwise they must be equal.

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  card: cardSchema,
  deal: termsSchema,
  manifest: manifestSchema,
  plan: planSchema,
  approval: approvalSchema,
  receipt: receiptSchema,
  notice: noticeSchema,
  completion: completionSchema,
  'purge-plan': purgePlanSchema,
  'purge-approval': purgeApprovalSchema,
  certificate: certificateSchema,
  event: eventSchema,
  erased: erasedSchema,
  pack: packIndexSchema,
  'event-proof': eventProofSchema,
  'subject-proof': subjectProofSchema,
  'audit-report': reportSchema,
};

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'schema');

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

type JsonSchema = Record<string, unknown>;

function jsonSchemaOf(kind: string, schema: z.ZodType): JsonSchema {
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
      if (jsonSchema.type === 'string' && named !== undefined) jsonSchema.pattern = named;
    },
  });
  return { $schema, title: `handover.${kind}/1`, ...rest };
}

const fileOf = (kind: string): string => join(folder, `${kind}.schema.json`);

describe('docs/schema', () => {
  for (const [kind, schema] of Object.entries(SCHEMAS)) {
    it(`${kind}: is what the reader's schema says (UPDATE_FIXTURES=1 writes it)`, () => {
      const made = jsonSchemaOf(kind, schema);
      if (process.env['UPDATE_FIXTURES'] === '1') {
        mkdirSync(folder, { recursive: true });
        writeFileSync(fileOf(kind), `${JSON.stringify(made, null, 2)}\n`);
      }
      expect(JSON.parse(readFileSync(fileOf(kind), 'utf8'))).toEqual(made);
    });
  }

  it('has a file for each kind and no other', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(files.sort()).toEqual(
      Object.keys(SCHEMAS)
        .map((kind) => `${kind}.schema.json`)
        .sort(),
    );
  });

  it('leaves nothing open: every object is closed or a table of counts, texts and ids', () => {
    const open: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { type, additionalProperties } = value as JsonSchema;
      // The row schema is compared with the one that follows from the fields; an event's details are any JSON.
      const free = path.endsWith('.row_schema') || path.endsWith('.details');
      if (type === 'object' && additionalProperties === undefined && !free) open.push(path);
      for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`);
    };
    for (const kind of Object.keys(SCHEMAS)) visit(JSON.parse(readFileSync(fileOf(kind), 'utf8')), kind);
    expect(open).toEqual([]);
  });
});

/** The good vectors, which a reader that knows nothing but the published schema must accept. */
async function goodDocuments(): Promise<Readonly<Record<string, Json>>> {
  const vectors = join(root, 'fixtures', 'vectors');
  const read = (path: string) => readJson(readFileSync(join(vectors, path)), { document: path });
  const file = await openFile(join(vectors, 'bundles', 'good.handover.zip'));
  try {
    const container = await openContainer(file);
    const entry = async (name: string) => readJson(await container.read(name), { document: name });
    return {
      card: read('cards/good.card.json'),
      deal: read('deals/good.deal.json'),
      receipt: read('receipts/good.receipt.json'),
      notice: read('notices/good.notice.json'),
      completion: read('completions/good.completion.json'),
      manifest: await entry('manifest.json'),
      approval: await entry('approval-1.json'),
    };
  } finally {
    await file.close();
  }
}

describe('the published schemas', () => {
  it('accept the good vectors and refuse them with a key more or a key less', async () => {
    for (const [kind, good] of Object.entries(await goodDocuments())) {
      const published = z.fromJSONSchema(JSON.parse(readFileSync(fileOf(kind), 'utf8')));
      expect(published.safeParse(good).success, kind).toBe(true);
      expect(published.safeParse({ ...Object(good), extra: 1 }).success, `${kind} with a key more`).toBe(
        false,
      );
      const { format: _, ...less } = Object(good);
      expect(published.safeParse(less).success, `${kind} with a key less`).toBe(false);
    }
  });

  it('refuse a text of another form where the readers check by a function', async () => {
    const { card } = await goodDocuments();
    const published = z.fromJSONSchema(JSON.parse(readFileSync(fileOf('card'), 'utf8')));
    for (const [key, wrong] of [
      ['signing_key', 'RW'],
      ['recipient', 'age2qqq'],
      ['created', '2026-11-20'],
      ['replaces', 'abc'],
    ] as const) {
      expect(published.safeParse({ ...Object(card), [key]: wrong }).success, key).toBe(false);
    }
  });
});
