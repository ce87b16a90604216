import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretFromHex } from '../../src/base/crypto.js';
import { readInstant } from '../../src/base/time.js';
import { compileImport } from '../../src/dataset/import-chunk.js';
import { mappedFields } from '../../src/dataset/mapping.js';
import { proposeMapping } from '../../src/dataset/mapping-draft.js';
import { recordsOf } from '../../src/dataset/page.js';
import { CUSTOMERS, isHeaderOf } from '../../src/dataset/profile.js';
import { surveyColumns } from '../../src/dataset/survey.js';
import { HandoverError } from '../../src/messages/error.js';
import type { ProblemCode } from '../../src/messages/problem.js';
import { openSource, SourceReading } from '../../src/steps/import/source-file.js';

/** A customer by field. */
export type Customer = Readonly<Record<string, string>>;

/** What an import made of a file. */
export type Reading =
  | { readonly outcome: 'refused'; readonly code: ProblemCode }
  | {
      readonly outcome: 'read';
      readonly customers: readonly Customer[];
      /** Rows that went to the reject file. */
      readonly rejected: number;
      /** Lines that were named as no customers. */
      readonly aside: number;
      /** Fields of which cells were left out, named and counted. */
      readonly leftOut: ReadonlyMap<string, number>;
    };

const must = <T>(value: T | null): T => {
  if (value === null) throw new Error('unreadable constant');
  return value;
};
const tagKey = must(secretFromHex('0123456789abcdef'.repeat(4)));
const now = must(readInstant('2026-11-20T08:00:00Z'));

/** Reads a file of any kind as `import` does, without a workspace. */
export async function readCustomers(path: string): Promise<Reading> {
  try {
    const source = await openSource(path, {}, isHeaderOf(CUSTOMERS));
    const { opening } = source;
    const mapping = proposeMapping(CUSTOMERS, opening);
    const reading = new SourceReading(source);
    const run = compileImport({
      ...opening,
      mapping,
      encoding: reading.encoding,
      hints: surveyColumns(mapping, opening.headerLine, opening.sample, null).hints,
      fixes: [],
      needed: ['name', 'address'],
      tagKey,
      now,
      lang: 'en',
    });
    const fields = mappedFields(mapping);
    const customers: Customer[] = [];
    const leftOut = new Map<string, number>();
    let rejected = 0;
    let aside = opening.titles.length;
    for await (const page of reading.pages()) {
      const found = run(page.chunks);
      for (const record of recordsOf(found.page))
        customers.push(Object.fromEntries(fields.map((field, i) => [field, record[i] ?? ''])));
      for (const { field, cells } of found.leftOut) leftOut.set(field, (leftOut.get(field) ?? 0) + cells);
      rejected += found.rejected;
      aside += found.aside;
      reading.giveBack(page.room);
    }
    return { outcome: 'read', customers, rejected, aside, leftOut };
  } catch (error) {
    if (error instanceof HandoverError) return { outcome: 'refused', code: error.problem.code };
    throw error;
  }
}

/** As {@link readCustomers}, of bytes under a name. */
export async function readBytes(name: string, bytes: Uint8Array): Promise<Reading> {
  const folder = mkdtempSync(join(tmpdir(), 'handover-corpus-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return await readCustomers(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
