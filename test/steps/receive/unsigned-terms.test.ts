import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { sha256, systemRandom, uuidv7 } from '../../../src/base/crypto.js';
import { openContainer } from '../../../src/bundle/container.js';
import { type NewEntry, writeContainer } from '../../../src/bundle/container-writing.js';
import { isPart, MANIFEST, MANIFEST_SIGNATURE } from '../../../src/bundle/entry-names.js';
import { type Manifest, manifestBytes, manifestComment, readManifest } from '../../../src/bundle/manifest.js';
import { planDigest, planOf } from '../../../src/bundle/plan.js';
import { dealComment } from '../../../src/deal/signed-deal.js';
import { type Identity, newIdentity } from '../../../src/identity/identity.js';
import { publicKeyText, signMinisign } from '../../../src/identity/minisign.js';
import { openIdentity } from '../../../src/identity/sealed-identity.js';
import { openFile } from '../../../src/store/random-access.js';
import { endOf, Firms } from '../../kit/firms.js';

/*
 * A seller who wants other terms than the buyer signed: the bundle names the buyer's card and recipient, and beside them a signing key of
 * the seller's own making, which has "signed" the other terms in the buyer's name.
 */

let firms: Firms;
let seller: Identity;

beforeAll(async () => {
  firms = await Firms.withDeal();
  const csv = `客户编号,姓名,手机号,服务地址,服务项目,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证
C1,王小一,13800000001,上海市浦东新区一号小区,保洁,${daysBefore(TODAY, 9)},同意,${BUYER},${PURPOSE},${daysBefore(TODAY, 9)},书面,F-1
`;
  writeFileSync(firms.post('customers.csv'), csv);
  await firms.done('export', firms.post('customers.csv'), '--workspace', 'jia', '--out', firms.post());
  seller = await openIdentity(readFileSync(firms.path('jia', 'keys', 'identity.txt')), null);
});

afterAll(() => firms.remove());

interface Changes {
  /** What happens to the text of deal.json. */
  readonly terms: (text: string) => string;
  /** Who signs as the buyer. */
  readonly asBuyer: Identity;
}

/** The seller's bundle made again with other terms, every signature of it good. */
async function bundleUnder({ terms, asBuyer }: Changes): Promise<string> {
  const file = await openFile(firms.post('D-1-1.handover.zip'));
  const entries = new Map<string, Uint8Array>();
  try {
    const container = await openContainer(file);
    for (const name of container.names) entries.set(name, await container.read(name));
  } finally {
    await file.close();
  }
  const bytesOf = (name: string) => entries.get(name) ?? new Uint8Array();
  const deal = Buffer.from(terms(Buffer.from(bytesOf('deal.json')).toString('utf8')));
  entries.set('deal.json', deal);
  for (const [role, { signer }] of [
    ['seller', seller],
    ['buyer', asBuyer],
  ] as const) {
    entries.set(
      `deal.json.${role}.minisig`,
      Buffer.from(signMinisign(deal, signer, dealComment('D-1', role))),
    );
  }
  const old = readManifest(bytesOf(MANIFEST));
  const draft: Omit<Manifest, 'plan'> = {
    ...old,
    id: uuidv7(Date.parse(old.created), systemRandom),
    deal: { ...old.deal, digest: sha256(deal) },
    buyer: { ...old.buyer, signing_key: publicKeyText(asBuyer.signer.publicKey) },
    files: old.files.map(({ path }) => ({
      path,
      bytes: bytesOf(path).length,
      sha256: sha256(bytesOf(path)),
    })),
  };
  const manifest: Manifest = { ...draft, plan: planDigest(planOf(draft)) };
  entries.set(MANIFEST, manifestBytes(manifest));
  const signature = signMinisign(manifestBytes(manifest), seller.signer, manifestComment(manifest));
  entries.set(MANIFEST_SIGNATURE, Buffer.from(signature));
  const written = [...entries].map(([name, content]): NewEntry => {
    if (!isPart(name)) return { name, content };
    return { name, size: content.length, content: () => blocks(content) };
  });
  const parts: Uint8Array[] = [];
  for await (const block of writeContainer(written, manifest.created)) parts.push(block);
  const path = firms.post('other-terms.handover.zip');
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

async function* blocks(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

describe('receiving under terms that the buyer never signed', () => {
  test('is refused, whoever signed in the buyer’s name', async () => {
    const path = await bundleUnder({
      terms: (text) => text.replace('"after_effective":"P3Y"', '"after_effective":"P9Y"'),
      asBuyer: await newIdentity(systemRandom, { classic: true }),
    });
    const said = await firms.run('receive', path, '--workspace', 'yi');
    expect(endOf(said)).toBe('5 BUNDLE_PARTY');
    expect(said.stdout).not.toContain('Stored');
  });

  test('the terms that it did sign are received', async () => {
    const buyer = await openIdentity(readFileSync(firms.path('yi', 'keys', 'identity.txt')), null);
    const path = await bundleUnder({ terms: (text) => text, asBuyer: buyer });
    expect(endOf(await firms.run('receive', path, '--workspace', 'yi'))).toBe('0');
  });
});
