import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_PARTIES, testFacts } from '../fixtures/keys/make.js';
import { CREATED, seller } from '../fixtures/vectors/make/kit.js';
import { MAX_FILE_EVENTS } from '../src/audit/events.js';
import { base64, utf8 } from '../src/base/bytes.js';
import { sha256 } from '../src/base/crypto.js';
import {
  type EvidenceIndex,
  evidenceIndexBytes,
  PACK_CHECKPOINT,
  PACK_EVENTS,
  PACK_FORMAT,
  PACK_INDEX,
  PACK_OWN_CARD,
  packComment,
} from '../src/bundle/pack.js';
import { writeZip } from '../src/bundle/zip-writing.js';
import { makeCard } from '../src/identity/card.js';
import { signMinisign } from '../src/identity/minisign.js';
import { signedPageBytes } from '../src/report/signed-page.js';
import { html, htmlPage, withData } from '../src/report/html.js';
import { SomeLog } from './kit/log.js';
import { startAndEnd } from './kit/process.js';
import { firstBelow, slowness } from './kit/slowness.js';

/*
 * Logs that are genuine and as long as they come: whoever made one holds the key, so nothing but a limit stops a reader from reading it
 * whole. The page of a report is bounded by its bytes.
 */

const IN_PAGE = 30_000;
const MIB = 1024 * 1024;
const SECONDS = 2;

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'handover-long-')));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let log: SomeLog;
let text = '';
let slow = 1;
beforeAll(async () => {
  slow = await slowness(dir);
  writeFileSync(join(dir, 'jia.card.json'), seller.card.bytes);
  writeFileSync(join(dir, 'jia.card.json.minisig'), cardSignature());
  log = new SomeLog(MAX_FILE_EVENTS + 1, seller.card.digest, seller.identity.signer);
  text = log
    .texts()
    .slice(0, -1)
    .map((event) => `${event}\n`)
    .join('');
}, 240_000);

function cardSignature(): string {
  const jia = TEST_PARTIES.find(({ file }) => file === 'jia');
  if (jia === undefined) throw new Error('no jia');
  return makeCard(testFacts(jia), seller.identity).signature;
}

async function packOf(): Promise<Uint8Array> {
  const size = MAX_FILE_EVENTS;
  const files: Record<string, Uint8Array> = {
    [PACK_OWN_CARD]: seller.card.bytes,
    [`${PACK_OWN_CARD}.minisig`]: utf8(cardSignature()),
    [PACK_CHECKPOINT]: utf8(log.note(size)),
    [PACK_EVENTS]: utf8(text),
  };
  const index: EvidenceIndex = {
    format: PACK_FORMAT,
    made: CREATED,
    environment: 'test',
    party: { name: seller.card.card.name, role: 'seller', card: seller.card.digest },
    deal: null,
    log: { first: 0, size, covered: size },
    files: Object.entries(files).map(([path, bytes]) => ({
      path,
      kind: 'events',
      bytes: bytes.length,
      sha256: sha256(bytes),
      event: null,
    })),
  };
  const bytes = evidenceIndexBytes(index);
  const entries = {
    [PACK_INDEX]: bytes,
    [`${PACK_INDEX}.minisig`]: utf8(signMinisign(bytes, seller.identity.signer, packComment(index))),
    ...files,
  };
  const list = Object.entries(entries).map(([name, content]) => ({ name, content }));
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeZip(list, CREATED)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function reportOf(): string {
  const page = htmlPage({ lang: 'zh', title: 'x', body: html`<h1>x</h1>`, data: '' });
  const data = {
    format: 'handover.report-data/1',
    card: Buffer.from(seller.card.bytes).toString('utf8'),
    card_signature: cardSignature(),
    checkpoint: log.note(IN_PAGE),
    pruned: null,
    events: log.texts().slice(0, IN_PAGE),
    page,
    page_signature: base64(seller.identity.signer.sign(signedPageBytes(page))),
  };
  return withData(page, JSON.stringify(data));
}

const verify = (kind: string, name: string) =>
  startAndEnd(['audit', 'verify', `--${kind}`, name, '--card', 'jia.card.json', '--json'], { cwd: dir });

test.each<[string, string, number, () => Promise<string | Uint8Array> | string]>([
  ['archive', 'a.ndjson', MAX_FILE_EVENTS, () => text],
  ['pack', 'p.zip', MAX_FILE_EVENTS, packOf],
  ['report', 'r.html', IN_PAGE, reportOf],
])(
  'a genuine log of full length in a file: %s',
  async (kind, name, events, make) => {
    writeFileSync(join(dir, name), await make());
    writeFileSync(join(dir, `${name}.checkpoint.txt`), log.note(events));
    const ended = await firstBelow(SECONDS * slow, () => verify(kind, name));
    expect(ended.exit, ended.stderr).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ intact: true, events });
    expect(ended.peak / MIB).toBeLessThan(256);
    expect(ended.cpu / 1000).toBeLessThan(SECONDS * slow);
  },
  240_000,
);

test('one event more is not read', async () => {
  writeFileSync(join(dir, 'long.ndjson'), `${text}${log.texts(MAX_FILE_EVENTS)[0]}\n`);
  writeFileSync(join(dir, 'long.ndjson.checkpoint.txt'), log.note());
  const ended = await verify('archive', 'long.ndjson');
  expect([ended.exit, ended.stdout + ended.stderr]).toEqual([6, expect.stringContaining('JSON_TOO_MANY')]);
});
