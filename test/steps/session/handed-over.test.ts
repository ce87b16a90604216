import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { textOf } from '../../../src/base/bytes.js';
import { readDate } from '../../../src/base/time.js';
import { openContainer } from '../../../src/bundle/container.js';
import { CHECKPOINT } from '../../../src/bundle/entry-names.js';
import { readManifest } from '../../../src/bundle/manifest.js';
import { type ReceiptFacts, signReceipt } from '../../../src/bundle/receipt.js';
import { openFile } from '../../../src/store/random-access.js';
import { disagreements } from '../../kit/figures.js';
import { Firms } from '../../kit/firms.js';
import { within } from '../../kit/session.js';

const day = daysBefore(TODAY, 9);
const HEADER = '客户编号,姓名,手机号,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
const line = (n: number): string =>
  `C${n},王小${n},1380000000${n},${day},同意,${BUYER},${PURPOSE},${day},书面,F-${n}`;

let base: Firms;
let firms: Firms;

beforeAll(async () => {
  base = await Firms.withDeal();
  await hand(base, 1, [1, 2, 3, 4]);
});
beforeEach(() => {
  firms = base.copy();
});
afterEach(() => firms.remove());
afterAll(() => base.remove());

/** The seller's list is these persons, and a bundle with them goes out. */
async function hand(from: Firms, number: number, persons: readonly number[]): Promise<void> {
  const file = from.post(`${number}.csv`);
  writeFileSync(file, `${[HEADER, ...persons.map(line)].join('\n')}\n`);
  await from.done('import', file, '--as', number === 1 ? 'list' : 'newer', '--workspace', 'jia');
  await from.done('check', '--workspace', 'jia');
  await from.done('export', '--workspace', 'jia');
}

/** The buyer's answer to a bundle, as a program of its own might give it, comes back and is accepted. */
async function answer(
  number: number,
  { refused, ...facts }: { readonly refused: number } & Pick<ReceiptFacts, 'disposition' | 'reason'>,
): Promise<void> {
  const { bytes, digest, checkpoint } = await within(firms.path('jia'), firms.time, async (session) => {
    const sent = session.workspace.read.bundles().find((each) => each.number === number);
    if (sent === undefined) throw new Error('no such bundle');
    const file = await openFile(firms.path('jia', 'exchange', `D-1-${number}.handover.zip`));
    const text = textOf(await (await openContainer(file)).read(CHECKPOINT));
    await file.close();
    return { bytes: sent.manifest, digest: sent.manifestDigest, checkpoint: text };
  });
  const manifest = readManifest(bytes);
  const signed = await within(firms.path('yi'), firms.time, async (session) => {
    const { identity } = await session.keys();
    const resources = manifest.resources.map(({ name, root, tag_root, rows }) => ({
      resource: name,
      root,
      tag_root,
      received: rows,
      stored: rows - refused,
      present: 0,
      refused,
      reasons: refused === 0 ? {} : { OBJECTION: refused },
    }));
    const isRefusal = facts.disposition === 'refused';
    return signReceipt(
      { manifest, manifestDigest: digest },
      {
        ...facts,
        resources: isRefusal ? [] : resources,
        retention_until: isRefusal ? null : readDate(daysBefore(TODAY, -1000)),
        issued: session.now,
        checkpoint: await session.checkpoint(),
        bundle_checkpoint: checkpoint,
      },
      identity.signer,
    );
  });
  const path = firms.post(`D-1-${number}.receipt.json`);
  writeFileSync(path, signed.bytes);
  writeFileSync(`${path}.minisig`, signed.signature);
  await firms.done('receipt', 'accept', path, '--workspace', 'jia');
}

const ACCEPTED = { disposition: 'accepted', reason: null, refused: 0 } as const;
const REFUSED = { disposition: 'refused', reason: 'BUNDLE_ROOT', refused: 0 } as const;
const exceptions = (refused: number) =>
  ({ disposition: 'accepted-with-exceptions', reason: null, refused }) as const;

/** How the handover stands, what comes next, and whether everything else says the same. */
async function standing(): Promise<readonly unknown[]> {
  const status = await firms.done('status', '--workspace', 'jia');
  expect(await disagreements(firms.path('jia'), firms.time)).toEqual([]);
  const { state, persons, confirmed } = Object(status.at('deals.0.handover'));
  return [state, persons, confirmed, status.text('deals.0.next_step')];
}

describe('how a handover stands', () => {
  test('without a receipt, and with one that accepts', async () => {
    expect(await standing()).toEqual(['sent', 4, null, 'await-receipt']);
    await answer(1, ACCEPTED);
    expect(await standing()).toEqual(['handed-over', 4, 4, 'done']);
  });

  test('refused, and sent again', async () => {
    await answer(1, REFUSED);
    expect(await standing()).toEqual(['refused', 4, null, 'export']);
    firms.time = `${TODAY}T05:00:00Z`;
    await hand(firms, 2, [1, 2, 3, 4, 5]);
    expect(await standing()).toEqual(['sent', 5, null, 'await-receipt']);
    await answer(2, ACCEPTED);
    expect(await standing()).toEqual(['handed-over', 5, 5, 'done']);
  });

  test('accepted with exceptions, which a later bundle makes good', async () => {
    await answer(1, exceptions(1));
    expect(await standing()).toEqual(['partly-refused', 4, 3, 'settle-refusal']);
    firms.time = `${TODAY}T05:00:00Z`;
    await hand(firms, 2, [3, 4, 5]);
    expect(await standing()).toEqual(['partly-sent', 5, 3, 'await-receipt']);
    await answer(2, ACCEPTED);
    // Whoever was refused may be among the two who were in the first bundle alone.
    expect(await standing()).toEqual(['partly-refused', 5, 4, 'settle-refusal']);
  });

  test('of the same persons in two bundles, each counts once, whichever is answered', async () => {
    firms.time = `${TODAY}T05:00:00Z`;
    await hand(firms, 2, [1, 2, 3]);
    expect(await standing()).toEqual(['sent', 4, null, 'await-receipt']);
    await answer(2, ACCEPTED);
    expect(await standing()).toEqual(['partly-sent', 4, 3, 'await-receipt']);
    await answer(1, REFUSED);
    expect(await standing()).toEqual(['partly-refused', 4, 3, 'settle-refusal']);
  });
});
