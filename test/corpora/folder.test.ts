import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { judged } from './judge.js';
import { readCustomers } from './read.js';

/*
 * Any folder of files with what is right: `expected.json` names for each file its customers by field and the outcomes that may be. CORPUS
 * names a folder elsewhere; the one beside this file is run always.
 */

const expectedSchema = z.record(
  z.string(),
  z.strictObject({
    customers: z.array(z.record(z.string(), z.string())),
    outcomes: z.array(z.enum(['equal', 'refused', 'quarantined'])).min(1),
  }),
);

const folders = [join(import.meta.dirname, 'samples'), process.env['CORPUS'] ?? ''].filter(
  (folder) => folder !== '' && existsSync(join(folder, 'expected.json')),
);

describe.each(folders)('the files of %s', (folder) => {
  const expected = expectedSchema.parse(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')));

  it('each have an expectation', () => {
    const files = readdirSync(folder).filter((name) => name !== 'expected.json');
    expect(Object.keys(expected).sort()).toEqual(files.sort());
  });

  it.each(Object.entries(expected))('%s', async (file, { customers, outcomes }) => {
    const outcome = judged(customers, await readCustomers(join(folder, file)));
    expect(outcomes).toContain(outcome);
  });
});
