import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { CompactRange } from '../../../src/audit/merkle.js';
import { sha256, systemRandom, uuidv7 } from '../../../src/base/crypto.js';
import { openContainer } from '../../../src/bundle/container.js';
import { type NewEntry, writeContainer } from '../../../src/bundle/container-writing.js';
import { isPart, MANIFEST, MANIFEST_SIGNATURE, SECRETS } from '../../../src/bundle/entry-names.js';
import { type Manifest, manifestBytes, manifestComment, readManifest } from '../../../src/bundle/manifest.js';
import { gzipBundlePage, inflateBundlePage } from '../../../src/bundle/member.js';
import { openPart, sealPart } from '../../../src/bundle/part.js';
import { leavesOfPage } from '../../../src/bundle/row-tree.js';
import { lineEnds } from '../../../src/bundle/rows.js';
import { openSecrets } from '../../../src/bundle/secrets.js';
import { sortedOnce, tagRoot } from '../../../src/bundle/tags.js';
import type { Identity } from '../../../src/identity/identity.js';
import { signMinisign } from '../../../src/identity/minisign.js';
import { openIdentity } from '../../../src/identity/sealed-identity.js';
import { openFile } from '../../../src/store/random-access.js';
import { endOf, Firms } from '../../kit/firms.js';

/*
 * A seller whose bundle says of a customer what belongs to another: everything is signed and every root is right, but the tags are not those of
 * the customer numbers beside them.
 */

let firms: Firms;
let seller: Identity;
let buyer: Identity;

beforeAll(async () => {
  firms = await Firms.withDeal();
  const row = (n: number) =>
    `C${n},王小一,1380000000${n},上海市浦东新区一号小区,保洁,${daysBefore(TODAY, 9)},同意,${BUYER},${PURPOSE},${daysBefore(TODAY, 9)},书面,F-${n}\n`;
  const head =
    '客户编号,姓名,手机号,服务地址,服务项目,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证\n';
  writeFileSync(firms.post('customers.csv'), head + row(1) + row(2) + row(3));
  await firms.done('export', firms.post('customers.csv'), '--workspace', 'jia', '--out', firms.post());
  seller = await openIdentity(readFileSync(firms.path('jia', 'keys', 'identity.txt')), null);
  buyer = await openIdentity(readFileSync(firms.path('yi', 'keys', 'identity.txt')), null);
});

afterAll(() => firms.remove());

async function entriesOf(path: string): Promise<Map<string, Uint8Array>> {
  const file = await openFile(path);
  try {
    const container = await openContainer(file);
    const entries = new Map<string, Uint8Array>();
    for (const name of container.names) entries.set(name, await container.read(name));
    return entries;
  } finally {
    await file.close();
  }
}

/** The seller's bundle made again with other lines, everything else right. */
async function bundleWith(change: (lines: readonly string[]) => readonly string[]): Promise<string> {
  const entries = await entriesOf(firms.post('D-1-1.handover.zip'));
  const bytesOf = (name: string) => entries.get(name) ?? new Uint8Array();
  const old = readManifest(bytesOf(MANIFEST));
  const [resource] = old.resources;
  const [part] = resource?.parts ?? [];
  if (resource === undefined || part === undefined) throw new Error('a bundle without rows');
  const { leafKey } = await openSecrets(bytesOf(SECRETS), buyer.ageIdentity, buyer.recipient);
  const plain = await openPart(bytesOf(part.path), part.path, buyer.ageIdentity, [buyer.recipient]);
  const lines = change(inflateBundlePage(plain, part.path).toString('utf8').trimEnd().split('\n'));
  const page = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const tags = Buffer.from(lines.map((line) => /"_tag":"([0-9a-f]{32})"/.exec(line)?.[1]).join(''), 'hex');
  const rows = { rows: lines.length, tags, ends: lineEnds(page, lines.length) };
  const tree = CompactRange.of(0);
  tree.appendMany(leavesOfPage(page, rows, leafKey));
  const member = gzipBundlePage(page);
  const sealed = await sealPart([member], [buyer.recipient], systemRandom);
  entries.set(part.path, sealed);
  const once = sortedOnce(new Uint8Array(tags));
  const pages = [{ bytes: member.length, rows: lines.length }];
  const manifest: Manifest = {
    ...old,
    id: uuidv7(Date.parse(old.created), systemRandom),
    resources: [
      {
        ...resource,
        root: tree.root(),
        tag_root: tagRoot(new Uint8Array(once), 'customers'),
        parts: [{ path: part.path, bytes: sealed.length, sha256: sha256(sealed), rows: lines.length, pages }],
      },
    ],
  };
  entries.set(MANIFEST, manifestBytes(manifest));
  const signature = signMinisign(manifestBytes(manifest), seller.signer, manifestComment(manifest));
  entries.set(MANIFEST_SIGNATURE, Buffer.from(signature));
  const written = [...entries].map(([name, content]): NewEntry => {
    if (!isPart(name)) return { name, content };
    return { name, size: content.length, content: () => blocks(content) };
  });
  const parts: Uint8Array[] = [];
  for await (const block of writeContainer(written, manifest.created)) parts.push(block);
  const path = firms.post('other-rows.handover.zip');
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

async function* blocks(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

const tagOf = (line = '') => line.slice(9, 41);
const withTag = (line = '', tag = '') => line.slice(0, 9) + tag + line.slice(41);

describe('receiving rows whose tags the seller chose', () => {
  const changes: readonly (readonly [string, string, (lines: readonly string[]) => readonly string[]])[] = [
    [
      'the tags of two customers exchanged',
      '6 BUNDLE_ROW_TAG',
      ([a, b, ...rest]) => [withTag(a, tagOf(b)), withTag(b, tagOf(a)), ...rest],
    ],
    [
      'the last tag made up',
      '6 BUNDLE_ROW_TAG',
      (lines) => [...lines.slice(0, -1), withTag(lines.at(-1), '0'.repeat(32))],
    ],
    [
      'one customer under several tags',
      '6 BUNDLE_ROW_TAG',
      ([a = '', ...rest]) => [a, ...rest.map((line) => withTag(a, tagOf(line)))],
    ],
    ['one customer twice', '6 BUNDLE_TAG_REPEATED', ([a = '', , ...rest]) => [a, a, ...rest]],
    [
      'no customer number',
      '6 BUNDLE_ROW_NUMBER',
      ([a = '', ...rest]) => [a.replace('"C1"', 'null'), ...rest],
    ],
    [
      'a customer number of white space',
      '6 BUNDLE_ROW_NUMBER',
      ([a = '', ...rest]) => [a.replace('"C1"', '"\\t"'), ...rest],
    ],
  ];
  test.each(changes)('is refused: %s', async (_, end, change) => {
    const said = await firms.run('receive', await bundleWith(change), '--workspace', 'yi');
    expect(endOf(said)).toBe(end);
    expect(said.stdout).not.toContain('Stored');
    expect(await firms.done('subject', 'show', 'C2', '--workspace', 'yi').catch(() => 'nobody')).toBe(
      'nobody',
    );
  });

  test('the rows as they were are received', async () => {
    expect(endOf(await firms.run('receive', await bundleWith((lines) => lines), '--workspace', 'yi'))).toBe(
      '0',
    );
  });
});
