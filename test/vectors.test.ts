import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { memory } from '../fixtures/vectors/make/kit.js';
import { answered } from '../fixtures/vectors/make/notices.js';
import { dataBeside, pathOf, type Receiving, type VectorLine } from '../fixtures/vectors/make/vector.js';
import { party } from '../fixtures/vectors/make/world.js';
import type { Instant } from '../src/base/time.js';
import { checkChain } from '../src/bundle/chain.js';
import { verifyCompletion } from '../src/bundle/completion.js';
import { checkDate } from '../src/bundle/dates.js';
import { openCorrections, verifyBuyerNotice } from '../src/bundle/notice.js';
import { verifyEventProof } from '../src/audit/event-proof.js';
import { TableChecks } from '../src/bundle/table-check.js';
import { openBundle, verifyBundle } from '../src/bundle/open.js';
import { verifyReceipt } from '../src/bundle/receipt.js';
import { verifySubjectProof } from '../src/bundle/subject-proof.js';
import { addressedTo, type OurBundle, openBundleSecrets, openResource } from '../src/bundle/unseal.js';
import { readDealJson } from '../src/deal/signed-deal.js';
import { readCard } from '../src/identity/card.js';
import { HandoverError } from '../src/messages/error.js';
import type { Problem } from '../src/messages/problem.js';
import { verifyCertificate } from '../src/retention/certificate.js';

/*
 * One file, one fault: the problem must be exactly the one that index.json expects, so that a file refused for another reason fails here.
 * `UPDATE_FIXTURES=1 npx vitest run test/vectors.test.ts` writes the files again.
 */

const FOLDERS = [
  'bundles',
  'receipts',
  'certificates',
  'deals',
  'cards',
  'notices',
  'completions',
  'event-proofs',
  'subject-proofs',
];
/** The programs make whole bundles as they are loaded, which reading what is stored must not wait for. */
const makeAll = async () => (await import('../fixtures/vectors/make/all.js')).makeVectorFiles();

const dir = fileURLToPath(new URL('../fixtures/vectors', import.meta.url));
const stored = (path: string) => readFileSync(join(dir, path));

if (process.env['UPDATE_FIXTURES'] === '1') {
  for (const folder of FOLDERS) rmSync(join(dir, folder), { recursive: true, force: true });
  for (const [path, bytes] of await makeAll()) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  }
}

const lines: readonly VectorLine[] = JSON.parse(stored('index.json').toString('utf8'));

const read: Readonly<Record<VectorLine['kind'], (line: VectorLine) => Promise<unknown>>> = {
  bundle: (line) => receive(stored(pathOf(line)), line.receiving ?? {}),
  receipt: async (line) => {
    const { manifest, manifestDigest } = await verified(stored('bundles/good.handover.zip'), {});
    const path = pathOf(line);
    const signature = stored(`${path}.minisig`).toString('utf8');
    return verifyReceipt(
      { bytes: stored(path), signature },
      { manifest, manifestDigest },
      clockOf(line.receiving),
    );
  },
  certificate: async (line) => {
    const path = pathOf(line);
    const signed = { bytes: stored(path), signature: stored(`${path}.minisig`).toString('utf8') };
    const { card } = await party('jia');
    return verifyCertificate(signed, { card: card.digest, signingKey: card.card.signing_key });
  },
  deal: async (line) => readDealJson(stored(pathOf(line))),
  notice: (line) => applied(pathOf(line), line.receiving ?? {}),
  completion: async (line) => {
    const path = pathOf(line);
    const signature = stored(`${path}.minisig`).toString('utf8');
    const { card } = await party('yi-classic');
    return verifyCompletion(
      { bytes: stored(path), signature },
      { ...answered(), buyer: card, ...clockOf(line.receiving) },
    );
  },
  card: async (line) => {
    const path = pathOf(line);
    return readCard(stored(path), stored(`${path}.minisig`).toString('utf8'), 'card.json');
  },
  'event-proof': async (line) => {
    const { card } = await party('jia');
    const issuer = { card: card.digest, publicKey: card.publicKey };
    return verifyEventProof(stored(pathOf(line)), issuer, 'event.proof.json');
  },
  'subject-proof': async (line) => {
    const path = pathOf(line);
    const signature = stored(`${path}.minisig`).toString('utf8');
    const { card } = await party(line.receiving?.seller ?? 'jia');
    return verifySubjectProof({ bytes: stored(path), signature }, card, 'person.proof.json');
  },
};

/** The document beside which a file lies. */
function ownerOf(file: string): string {
  return file.replace(/\.minisig$/, '').replace(/\.data\.age$/, '.json');
}

function clockOf({ now }: Receiving = {}): { readonly now?: Instant } {
  return now === undefined ? {} : { now };
}

async function applied(path: string, receiving: Receiving): Promise<void> {
  const { trusted } = await party('jia');
  const { card, identity } = await party('yi-classic');
  const { id, digest } = answered().notice.deal;
  const signed = receiving.signed ?? null;
  const deal = { id, digest, seller: trusted.digest, buyer: card.digest, signed };
  const notice = verifyBuyerNotice(
    { bytes: stored(path), signature: stored(`${path}.minisig`).toString('utf8') },
    {
      seller: trusted,
      us: card,
      environment: 'test',
      ...clockOf(receiving),
      deal: { ...deal, purposes: ['service'], fields: ['customer_no', 'name', 'mobile', 'address'] },
    },
  );
  if (notice.data !== null) await openCorrections(notice, stored(dataBeside(path)), identity.ageIdentity);
}

async function verified(
  file: Uint8Array,
  { seller = 'jia', opener = 'yi-classic', environment = 'test', now }: Receiving,
) {
  const { card } = await party(opener === 'bing' ? 'yi-classic' : opener);
  const clock = now === undefined ? {} : { now };
  const trust = { seller: (await party(seller)).trusted, buyer: card, environment, ...clock };
  return verifyBundle(await openBundle(memory(file)), trust);
}

async function receive(file: Uint8Array, receiving: Receiving): Promise<void> {
  const { card, identity } = await party(receiving.opener ?? 'yi-classic');
  const bundle = await verified(file, receiving);
  const ours = addressedTo(bundle, { card: card.digest, recipient: identity.recipient });
  inOrder(ours, receiving);
  const secrets = await openBundleSecrets(ours, identity.ageIdentity);
  const tables = new TableChecks(ours.manifest);
  for (const resource of ours.manifest.resources) {
    await openResource(ours, resource, secrets, identity.ageIdentity, undefined, tables);
  }
}

/** Step 12, which the steps of receiving do with what the store knows. */
function inOrder({ manifest, manifestDigest }: OurBundle, { signed, received = [] }: Receiving): void {
  checkDate({ document: 'manifest.json', time: manifest.created, since: signed ?? null });
  const { number, previous } = manifest;
  const problem = checkChain({ number, manifestDigest, previous }, received);
  if (problem !== null) throw new HandoverError(problem);
}

async function outcome(run: Promise<unknown>): Promise<Problem | null> {
  try {
    await run;
    return null;
  } catch (error) {
    if (error instanceof HandoverError) return error.problem;
    throw error;
  }
}

/** Problems that only the recipient finds, with its key. */
const OPENING: readonly Problem['code'][] = [
  'BUNDLE_ORPHAN',
  'BUNDLE_SUMS',
  'BUNDLE_NOT_FOR_US',
  'BUNDLE_NUMBER',
  'BUNDLE_PREVIOUS',
  'BUNDLE_GAP',
  'BUNDLE_LATE',
  'BUNDLE_KEY',
  'BUNDLE_DECRYPT',
  'BUNDLE_RECIPIENTS',
  'BUNDLE_PAGES',
  'BUNDLE_ROW',
  'BUNDLE_ROW_NUMBER',
  'BUNDLE_ROW_TAG',
  'BUNDLE_ROOT',
  'BUNDLE_TAG_ROOT',
  'BUNDLE_TAG_REPEATED',
  'BUNDLE_ORPHAN',
  'BUNDLE_SUMS',
];

describe('vectors', () => {
  it.each(lines.map((line) => [`${line.kind} ${line.name}`, line] as const))('%s', async (_, line) => {
    expect(await outcome(read[line.kind](line))).toEqual(line.problem);
  });

  const bundles = lines.filter(({ kind }) => kind === 'bundle');
  it.each(bundles.map((line) => [line.name, line] as const))(
    '%s, verified without a key',
    async (_, line) => {
      const { problem, receiving = {} } = line;
      const isOpening =
        problem !== null && (OPENING.includes(problem.code) || receiving.signed !== undefined);
      const expected = isOpening ? null : problem;
      expect(await outcome(verified(stored(pathOf(line)), receiving))).toEqual(expected);
    },
  );

  it('are at least forty faults, each in a file of its own, and no file is without a line', () => {
    expect(lines.filter(({ problem }) => problem !== null).length).toBeGreaterThanOrEqual(40);
    const files = FOLDERS.flatMap((folder) =>
      readdirSync(join(dir, folder)).map((name) => `${folder}/${name}`),
    );
    const listed = new Set(lines.map(pathOf));
    expect(files.filter((file) => !listed.has(ownerOf(file)))).toEqual([]);
    expect(listed.size).toBe(lines.length);
  });

  it('are what their programs make', async () => {
    const made = await makeAll();
    // Compressed bytes may differ between versions of zlib; what is not inside a bundle may not.
    for (const [path, bytes] of made) {
      if (!path.startsWith('bundles/')) expect(stored(path).equals(bytes), path).toBe(true);
    }
  });
});
