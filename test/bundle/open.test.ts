import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buyer,
  CUSTOMERS,
  type Customer,
  documentOf,
  fileOf,
  goodBundle,
  memory,
  pageOf,
  seller,
  stranger,
} from '../../fixtures/vectors/make/kit.js';
import { dataOf, entriesOf, pack, rebuild, signed } from '../../fixtures/vectors/make/tamper.js';
import { subjectOf } from '../../src/base/tagger.js';
import { openBundle, VERIFICATION_STEPS, verifyBundle } from '../../src/bundle/open.js';
import { addressedTo, checkResource, openBundleSecrets, openResource } from '../../src/bundle/unseal.js';
import { HandoverError } from '../../src/messages/error.js';
import { EXIT } from '../../src/messages/exit.js';
import { exitOf } from '../../src/messages/problem.js';
import { rejectionOf } from '../identity/problem-of.js';

/** Steps 1 to 12 as the buyer does them; the rows. */
async function receive(file: Uint8Array, steps: string[] = []): Promise<string> {
  const trust = { seller: seller.trusted, buyer: buyer.card, environment: 'test' } as const;
  const verified = await verifyBundle(await openBundle(memory(file)), trust, (step) => steps.push(step));
  const ours = addressedTo(verified, { card: buyer.card.digest, recipient: buyer.identity.recipient });
  const secrets = await openBundleSecrets(ours, buyer.identity.ageIdentity);
  let text = '';
  for (const resource of ours.manifest.resources) {
    await openResource(ours, resource, secrets, buyer.identity.ageIdentity, ({ page }) => {
      text += Buffer.from(page).toString('utf8');
    });
  }
  return text;
}

describe('a good bundle', () => {
  it('is verified step by step, then opened by its recipient to the very rows', async () => {
    const steps: string[] = [];
    const text = await receive(await fileOf(await goodBundle()), steps);
    expect(steps).toEqual(VERIFICATION_STEPS);
    expect(text).toBe(
      CUSTOMERS.flat()
        .map((page) => pageOf(page))
        .join(''),
    );
  });

  it('is the same bytes each time it is made of the same', async () => {
    const first = await fileOf(await goodBundle());
    expect((await fileOf(await goodBundle())).equals(first)).toBe(true);
  });

  it('may hold no rows', async () => {
    expect(await receive(await fileOf(await goodBundle({ pages: [] })))).toBe('');
  });

  it('open(seal(x)) = x', { timeout: 240_000 }, async () => {
    const cell = fc.stringMatching(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff]{1,12}$/u);
    const number = cell.map(subjectOf).filter((text) => text !== '');
    const customer = fc.tuple(number, cell, fc.option(cell), fc.option(cell));
    const customers = fc.uniqueArray(customer, { minLength: 1, maxLength: 12, selector: (c) => c[0] });
    await fc.assert(
      fc.asyncProperty(customers, fc.integer({ min: 1, max: 4 }), async (all, size) => {
        const pages: Customer[][] = [];
        for (let at = 0; at < all.length; at += size) pages.push(all.slice(at, at + size));
        const lines = pages.map((page) => pageOf(page));
        const parts = lines.length > 1 ? [lines.slice(0, 1), lines.slice(1)] : [lines];
        expect(await receive(await fileOf(await goodBundle({ pages: parts })))).toBe(lines.join(''));
      }),
      { numRuns: 25 },
    );
  });

  it('is refused by whoever it was not made for', async () => {
    const verified = await verifyBundle(await openBundle(memory(await fileOf(await goodBundle()))), {
      seller: seller.trusted,
    });
    const us = { card: stranger.card.digest, recipient: stranger.identity.recipient };
    await expect(rejectionOf(Promise.resolve().then(() => addressedTo(verified, us)))).resolves.toEqual({
      code: 'BUNDLE_NOT_FOR_US',
    });
    const them = { card: buyer.card.digest, recipient: buyer.identity.recipient };
    const secrets = openBundleSecrets(addressedTo(verified, them), stranger.identity.ageIdentity);
    await expect(rejectionOf(secrets)).resolves.toEqual({
      code: 'BUNDLE_KEY',
      entry: 'data/secrets.json.age',
    });
  });

  it('is refused under the card of another seller', async () => {
    const opened = await openBundle(memory(await fileOf(await goodBundle())));
    await expect(rejectionOf(verifyBundle(opened, { seller: stranger.trusted }))).resolves.toEqual({
      code: 'BUNDLE_SIGNER',
      party: stranger.card.card.name,
    });
  });

  it('does not go into a workspace of the other environment', async () => {
    const opened = await openBundle(memory(await fileOf(await goodBundle())));
    const trust = { seller: seller.trusted, environment: 'production' } as const;
    await expect(rejectionOf(verifyBundle(opened, trust))).resolves.toEqual({
      code: 'BUNDLE_ENVIRONMENT',
      bundle: 'test',
      expected: 'production',
    });
  });
});

describe('a bundle signed without one of its entries', () => {
  /** The seller signs what is left: nothing but the list of what every bundle has can miss it. */
  async function refusalWithout(...names: readonly string[]) {
    const entries = await entriesOf(await goodBundle());
    const left = rebuild(entries, { entries: Object.fromEntries(names.map((name) => [name, null])) });
    return rejectionOf(
      openBundle(memory(pack(left))).then((b) => verifyBundle(b, { seller: seller.trusted })),
    );
  }

  it.each([
    'README.txt',
    'deal.json',
    'deal.json.seller.minisig',
    'deal.json.buyer.minisig',
    'approval-1.json',
    'approval-1.json.minisig',
    'checkpoint.txt',
    'data/secrets.json.age',
  ])('%s is refused', async (name) => {
    expect(await refusalWithout(name)).toEqual({ code: 'BUNDLE_ENTRY_MISSING', entry: name });
  });

  it('is refused if its approvals do not begin with the first', async () => {
    const entries = await entriesOf(await goodBundle());
    const second = rebuild(entries, {}).map((entry) => ({
      ...entry,
      name: entry.name.replace('approval-1', 'approval-2'),
    }));
    const manifest = JSON.parse(Buffer.from(dataOf(second, 'manifest.json')).toString('utf8'));
    for (const file of manifest.files) file.path = file.path.replace('approval-1', 'approval-2');
    const file = pack(signed(second, documentOf(manifest), manifest));
    await expect(
      rejectionOf(openBundle(memory(file)).then((b) => verifyBundle(b, { seller: seller.trusted }))),
    ).resolves.toEqual({ code: 'BUNDLE_ENTRY_MISSING', entry: 'approval-1.json' });
  });
});

describe('a container without a manifest, or without its signature', () => {
  it.each(['manifest.json', 'manifest.json.minisig'])('%s is no bundle', async (name) => {
    const entries = (await entriesOf(await goodBundle())).filter((entry) => entry.name !== name);
    await expect(rejectionOf(openBundle(memory(pack(entries))))).resolves.toEqual({
      code: 'BUNDLE_ENTRY_MISSING',
      entry: name,
    });
  });
});

describe('the steps of the recipient', () => {
  it('take a bundle for somebody else by its card alone, and by its recipient alone', async () => {
    const file = memory(await fileOf(await goodBundle()));
    const verified = await verifyBundle(await openBundle(file), { seller: seller.trusted });
    const us = { card: buyer.card.digest, recipient: buyer.identity.recipient };
    expect(addressedTo(verified, us)).toBe(verified);
    for (const wrong of [{ card: stranger.card.digest }, { recipient: stranger.identity.recipient }])
      expect(() => addressedTo(verified, { ...us, ...wrong })).toThrow('BUNDLE_NOT_FOR_US');
  });

  it('compare rows, root and tag root, in this order', async () => {
    const [resource] = (await goodBundle()).manifest.resources;
    if (resource === undefined) throw new Error('no resource');
    const { rows, root, tag_root: tagRoot } = resource;
    expect(checkResource(resource, { rows, root, tagRoot })).toBeUndefined();
    expect(() => checkResource(resource, { rows: rows + 1, root: tagRoot, tagRoot: root })).toThrow(
      'BUNDLE_ROWS',
    );
    expect(() => checkResource(resource, { rows, root: tagRoot, tagRoot: root })).toThrow('BUNDLE_ROOT');
    expect(() => checkResource(resource, { rows, root, tagRoot: root })).toThrow('BUNDLE_TAG_ROOT');
  });
});

describe('a damaged bundle', () => {
  const kinds: readonly number[] = [EXIT.authenticity, EXIT.integrity];

  /** Verification alone must find it: no key is needed to see damage. */
  async function isRefused(file: Uint8Array): Promise<string | null> {
    try {
      await verifyBundle(await openBundle(memory(file)), { seller: seller.trusted });
      return 'accepted';
    } catch (error) {
      if (!(error instanceof HandoverError)) throw error;
      return kinds.includes(exitOf(error.problem.code)) ? null : error.problem.code;
    }
  }

  it('is refused whichever byte was flipped', { timeout: 600_000 }, async () => {
    const file = await fileOf(await goodBundle());
    const stride = process.env['SLOW'] === '1' ? 1 : 37;
    const wrong: string[] = [];
    for (let at = 0; at < file.length; at += stride) {
      const damaged = Buffer.from(file);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      const answer = await isRefused(damaged);
      if (answer !== null) wrong.push(`${at}: ${answer}`);
    }
    expect(wrong).toEqual([]);
  });

  it('is refused wherever it was cut, and with anything added', { timeout: 600_000 }, async () => {
    const file = await fileOf(await goodBundle());
    const stride = process.env['SLOW'] === '1' ? 1 : 211;
    const wrong: string[] = [];
    for (let at = 0; at < file.length; at += stride) {
      const answers = [
        await isRefused(file.subarray(0, at)),
        await isRefused(Buffer.concat([file.subarray(0, at), Buffer.from([0]), file.subarray(at)])),
      ];
      for (const answer of answers) if (answer !== null) wrong.push(`${at}: ${answer}`);
    }
    expect(wrong).toEqual([]);
  });
});
