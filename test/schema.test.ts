import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventSchema } from '../src/audit/event.js';
import { eventProofSchema } from '../src/audit/event-proof.js';
import { type Json, readJson } from '../src/base/json.js';
import { approvalSchema } from '../src/bundle/approval.js';
import { openContainer } from '../src/bundle/container.js';
import { completionSchema } from '../src/bundle/completion.js';
import { manifestSchema } from '../src/bundle/manifest.js';
import { evidenceIndexSchema } from '../src/bundle/pack.js';
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
import { errorSchema, helpSchema, resultSchema } from '../src/cli/results.js';
import { COMMAND_NAMES } from '../src/cli/shapes.js';
import { openFile } from '../src/store/random-access.js';
import { requireSchema } from './kit/documents.js';
import { type JsonSchema, jsonSchemaOf, published, SCHEMA_FOLDER, slugOf } from './kit/schemas.js';

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
  pack: evidenceIndexSchema,
  'event-proof': eventProofSchema,
  'subject-proof': subjectProofSchema,
  'audit-report': reportSchema,
};

/** What --json prints: a schema for each command, and one for all that fail. */
const RESULTS: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(COMMAND_NAMES.map((name) => [`results/${slugOf(name)}`, resultSchema(name)])),
  'results/error': errorSchema,
  'results/help': helpSchema,
};

const ALL = { ...SCHEMAS, ...RESULTS };

const root = join(import.meta.dirname, '..');
const fileOf = (kind: string): string => join(SCHEMA_FOLDER, `${kind}.schema.json`);

/** What the document calls itself: `handover.card/1`, `handover.result.deal-sign/1`, `handover.error/1`. */
const titleOf = (kind: string): string =>
  `handover.${kind.replace('results/error', 'error').replace('results/', 'result.')}/1`;

/** The names of all members that a schema allows, at any depth. */
function keysIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? Object.keys(Object(schema.properties)) : [];
  return [...own, ...Object.values(schema).flatMap(keysIn)];
}

describe('docs/schema', () => {
  for (const [kind, schema] of Object.entries(ALL)) {
    it(`${kind}: is what the schema in the code says (UPDATE_FIXTURES=1 writes it)`, () => {
      const made = jsonSchemaOf(titleOf(kind), schema);
      if (process.env['UPDATE_FIXTURES'] === '1') {
        mkdirSync(dirname(fileOf(kind)), { recursive: true });
        writeFileSync(fileOf(kind), `${JSON.stringify(made, null, 2)}\n`);
      }
      expect(published(kind)).toEqual(made);
    });
  }

  it('writes every key in one way: small letters with underscores, or as the code or state that it counts', () => {
    const others = Object.keys(ALL).flatMap((kind) =>
      keysIn(published(kind)).filter(
        (key) => !/^(?:[a-z\d]+(?:_[a-z\d]+)*|[A-Z]+|[a-z]+(?:-[a-z]+)+)$/.test(key),
      ),
    );
    expect([...new Set(others)]).toEqual([]);
  });

  it('has a file for each kind and no other', () => {
    const files = readdirSync(SCHEMA_FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
    expect(files.map((name) => name.replaceAll('\\', '/')).sort()).toEqual(
      Object.keys(ALL)
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
    for (const kind of Object.keys(ALL)) visit(published(kind), kind);
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
      const reader = z.fromJSONSchema(published(kind));
      expect(reader.safeParse(good).success, kind).toBe(true);
      expect(reader.safeParse({ ...Object(good), extra: 1 }).success, `${kind} with a key more`).toBe(false);
      const { format: _, ...less } = Object(good);
      expect(reader.safeParse(less).success, `${kind} with a key less`).toBe(false);
    }
  });

  it('refuse a text of another form where the readers check by a function', async () => {
    const { card } = await goodDocuments();
    const reader = z.fromJSONSchema(published('card'));
    for (const [key, wrong] of [
      ['signing_key', 'RW'],
      ['recipient', 'age2qqq'],
      ['created', '2026-11-20'],
      ['replaces', 'abc'],
    ] as const) {
      expect(reader.safeParse({ ...Object(card), [key]: wrong }).success, key).toBe(false);
    }
  });
});

describe('what holds a document against its schema', () => {
  const good = { format: 'handover.result.trust-list/1', exit: 0, cards: [], next: [] };

  it('lets pass what fits, and refuses a key more, a key less, another type and a command without a schema', () => {
    expect(requireSchema(good)).toBe('results/trust-list');
    const { next: _, ...less } = good;
    const refused = [{ ...good, extra: 1 }, less, { ...good, exit: '0' }, { ...good, cards: [{}] }];
    for (const document of refused) expect(() => requireSchema(document)).toThrow('does not fit');
    expect(() => requireSchema({ ...good, format: 'handover.result.no-such/1' })).toThrow(
      'has no results/no-such',
    );
  });
});
