import { expect, test } from 'vitest';
import { buyer, contentsOf, seller } from '../../fixtures/vectors/make/kit.js';
import { termsBetween } from '../../fixtures/vectors/make/world.js';
import { type BundleContents, sealBundle } from '../../src/bundle/seal.js';
import { writeContainer } from '../../src/bundle/container-writing.js';
import { zipLength } from '../../src/bundle/zip-writing.js';

const MIB = 2 ** 20;

/** What would be sealed, with the customers' part once more and once more. */
async function repeated(times: number, { bytes, pages }: { bytes: number; pages: number }) {
  const contents = await contentsOf({ terms: termsBetween(seller.card, buyer.card, { approvals: 0 }) });
  const [resource] = contents.resources;
  const [part] = resource?.parts ?? [];
  if (resource === undefined || part === undefined) throw new Error('a bundle without customers');
  const parts = Array.from({ length: times }, (_, i) => ({
    ...part,
    entry: {
      ...part.entry,
      ...{ path: `data/customers-${String(i + 1).padStart(5, '0')}.ndjson.gz.age`, bytes, rows: pages },
      pages: Array.from({ length: pages }, () => ({ bytes: 100, rows: 1 })),
    },
  }));
  const rows = times * pages;
  const accounting = contents.accounting.map((each) => ({
    ...each,
    ...{ read: each.read - each.transfer + rows, transfer: rows },
  }));
  return { ...contents, accounting, resources: [{ ...resource, rows, parts }] } satisfies BundleContents;
}

test('what no reader takes is not signed: a file of more than 4 GiB, a manifest with too many pages', async () => {
  const seal = async (...about: Parameters<typeof repeated>) =>
    sealBundle(await repeated(...about), seller.identity.signer);
  const tooLarge = { code: 'EXPORT_TOO_LARGE', deal: '2026-001' };
  await expect(seal(129, { bytes: 32 * MIB, pages: 1 })).rejects.toMatchObject({ problem: tooLarge });
  await expect(seal(40, { bytes: MIB, pages: 2000 })).rejects.toMatchObject({ problem: tooLarge });
});

test('the length of a file is known before it is written', async () => {
  const sealed = sealBundle(await contentsOf(), seller.identity.signer);
  let bytes = 0;
  for await (const piece of writeContainer(sealed.entries, sealed.created)) bytes += piece.length;
  expect(zipLength(sealed.entries)).toBe(bytes);
});
