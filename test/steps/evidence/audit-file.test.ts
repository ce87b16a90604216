import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyer, CREATED, seller } from '../../../fixtures/vectors/make/kit.js';
import { base64, utf8 } from '../../../src/base/bytes.js';
import { sha256 } from '../../../src/base/crypto.js';
import {
  PACK_CHECKPOINT,
  PACK_EVENTS,
  PACK_FORMAT,
  PACK_INDEX,
  PACK_OWN_CARD,
  PACK_PRUNED,
  type EvidenceIndex,
  packComment,
  evidenceIndexBytes,
} from '../../../src/bundle/pack.js';
import { writeZip } from '../../../src/bundle/zip-writing.js';
import { makeCard } from '../../../src/identity/card.js';
import { signMinisign } from '../../../src/identity/minisign.js';
import { signedPageBytes } from '../../../src/report/signed-page.js';
import { html, htmlPage, withData } from '../../../src/report/html.js';
import { TEST_PARTIES, testFacts } from '../../../fixtures/keys/make.js';
import { type Ended, runIn } from '../../cli/world.js';
import { SomeLog } from '../../kit/log.js';

/* What an authority does: two files, and no workspace anywhere. */

const { signer } = seller.identity;
const log = new SomeLog(13, seller.card.digest, signer);
/** The same, and its last event says that the first six were pruned. */
const pruned = new SomeLog(13, seller.card.digest, signer, 6);
const jia = TEST_PARTIES.find(({ file }) => file === 'jia');
if (jia === undefined) throw new Error('no jia');
const cardSignature = makeCard(testFacts(jia), seller.identity).signature;

interface Evidence {
  readonly events?: readonly string[];
  readonly note?: string;
  readonly pruned?: { readonly upto: number; readonly range: Uint8Array } | null;
}

interface Pack extends Evidence {
  /** Changes a file after it was listed. */
  readonly swap?: Readonly<Record<string, Uint8Array>>;
  readonly add?: Readonly<Record<string, Uint8Array>>;
  readonly signedBy?: typeof signer;
}

async function policyOf(pack: Pack = {}): Promise<Uint8Array> {
  const {
    events = log.texts(),
    note = log.note(),
    pruned = null,
    swap = {},
    add = {},
    signedBy = signer,
  } = pack;
  const files: Record<string, Uint8Array> = {
    [PACK_OWN_CARD]: seller.card.bytes,
    [`${PACK_OWN_CARD}.minisig`]: utf8(cardSignature),
    [PACK_CHECKPOINT]: utf8(note),
    [PACK_EVENTS]: utf8(events.map((event) => `${event}\n`).join('')),
    ...(pruned === null ? {} : { [PACK_PRUNED]: pruned.range }),
  };
  const index: EvidenceIndex = {
    format: PACK_FORMAT,
    made: CREATED,
    environment: 'test',
    party: { name: seller.card.card.name, role: 'seller', card: seller.card.digest },
    deal: null,
    log: { first: pruned?.upto ?? 0, size: 13, covered: 13 },
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
    [`${PACK_INDEX}.minisig`]: utf8(signMinisign(bytes, signedBy, packComment(index))),
    ...files,
    ...swap,
    ...add,
  };
  const list = Object.entries(entries).map(([name, content]) => ({ name, content }));
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeZip(list, CREATED)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function reportOf({ events = log.texts(), note = log.note(), pruned = null }: Evidence = {}): string {
  const data = {
    format: 'handover.report-data/1',
    card: Buffer.from(seller.card.bytes).toString('utf8'),
    card_signature: cardSignature,
    checkpoint: note,
    pruned: pruned === null ? null : { upto: pruned.upto, range: base64(pruned.range) },
    events,
  };
  const page = htmlPage({ lang: 'zh', title: 'x', body: html`<h1>x</h1>`, data: '' });
  const signature = base64(seller.identity.signer.sign(signedPageBytes(page)));
  return withData(page, JSON.stringify({ ...data, page, page_signature: signature }));
}

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'handover-evidence-')));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function verify(
  kind: 'pack' | 'report',
  bytes: string | Uint8Array,
  ...more: string[]
): Promise<Ended> {
  const name = kind === 'pack' ? 'pack.zip' : 'report.html';
  writeFileSync(join(dir, name), bytes);
  return runIn({ cwd: dir }, 'audit', 'verify', `--${kind}`, name, ...more);
}

/** What stands on the page, whatever its lines. */
const said = ({ stdout }: Ended): string => stdout.replace(/\s+/g, ' ');
const codeIn = ({ stdout, stderr }: Ended): string => /[A-Z]+(?:_[A-Z]+)+/.exec(stderr + stdout)?.[0] ?? '';
const altered = log.texts().with(4, log.texts()[4]?.replace('"transfer":4', '"transfer":5') ?? '');
const prunedAt = (upto: number) => ({ upto, range: log.range(upto).toBytes() });
const cut = { events: pruned.texts(6), note: pruned.note(), pruned: prunedAt(6) };

beforeAll(() => {
  for (const [name, party] of [
    ['jia', seller],
    ['yi', buyer],
  ] as const)
    writeFileSync(join(dir, `${name}.card.json`), party.card.bytes);
  writeFileSync(join(dir, 'jia.card.json.minisig'), cardSignature);
  const yi = TEST_PARTIES.find(({ file }) => file === 'yi-classic');
  if (yi === undefined) throw new Error('no yi');
  writeFileSync(join(dir, 'yi.card.json.minisig'), makeCard(testFacts(yi), buyer.identity).signature);
  writeFileSync(join(dir, 'anchor-3.txt'), log.note(3));
  writeFileSync(join(dir, 'anchor-8.txt'), log.note(8));
});

describe.each([
  ['pack', (evidence?: Evidence) => policyOf(evidence)],
  ['report', async (evidence?: Evidence) => reportOf(evidence)],
] as const)('audit verify --%s', (kind, made) => {
  it('needs the file and the card, and says whose it is', async () => {
    const ended = await verify(kind, await made(), '--card', 'jia.card.json', '--json');
    expect(ended.exit, ended.stderr).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      intact: true,
      events: 13,
      unsigned: 0,
      card_given: true,
      anchored: 13,
      findings: [],
      issuer: { name: seller.card.card.name },
    });
  });

  it('takes the card in the file, and warns that anybody can claim a name', async () => {
    const ended = await verify(kind, await made());
    expect(ended.exit).toBe(0);
    expect(said(ended)).toContain('believe nothing before the fingerprint is compared');
  });

  it('refuses the card of somebody else', async () => {
    const ended = await verify(kind, await made(), '--card', 'yi.card.json');
    expect([ended.exit, codeIn(ended)]).toEqual([5, 'PROOF_OTHER_CARD']);
  });

  it('compares with checkpoints in other hands', async () => {
    const ended = await verify(kind, await made(), '--against', 'anchor-8.txt', '--json');
    expect(JSON.parse(ended.stdout)).toMatchObject({ against: [{ size: 8, agrees: true }] });
  });

  it.each<[string, Evidence, number, string]>([
    ['an event altered', { events: altered }, 6, 'LOG_REWRITTEN'],
    ['an event missing', { events: log.texts().toSpliced(5, 1) }, 6, 'LOG_GAP'],
    ['the end cut off', { events: log.texts().slice(0, 9) }, 6, 'LOG_CUT'],
    ['a checkpoint of another key', { note: log.note(13, buyer.identity.signer) }, 5, 'CHECKPOINT_SIGNATURE'],
    ['no checkpoint', { note: '' }, 6, 'CHECKPOINT_FORMAT'],
    ['a beginning that nobody signed', { ...cut, note: log.note(4) }, 6, 'LOG_BEGINNING'],
    ['another beginning', { ...cut, pruned: { upto: 6, range: log.range(7).toBytes() } }, 6, ''],
  ])('finds %s', async (_, evidence, exit, code) => {
    const ended = await verify(kind, await made(evidence), '--card', 'jia.card.json');
    expect([ended.exit, code === '' ? '' : codeIn(ended)]).toEqual([exit, code]);
  });

  it('verifies what is left of a pruned log, and leaves older anchors uncompared', async () => {
    const ended = await verify(
      kind,
      await made(cut),
      '--against',
      'anchor-3.txt',
      '--against',
      'anchor-8.txt',
    );
    expect(ended.exit, ended.stdout).toBe(0);
    expect(said(ended)).toContain('the first 6 events: a compact range stands for them');
    expect(said(ended)).toMatch(
      /– anchor-3\.txt: its checkpoint \(first 3 events\) lies within the pruned part/,
    );
    expect(said(ended)).toContain('✓ anchor-8.txt');
  });

  it('says how many events nobody has signed yet', async () => {
    const ended = await verify(kind, await made({ note: log.note(11) }), '--card', 'jia.card.json');
    expect(ended.exit).toBe(3);
    expect(said(ended)).toContain('The last 2 events: no checkpoint covers them yet');
  });
});

describe('an evidence pack', () => {
  it.each<[string, Pack, number, string]>([
    ['with a file changed', { swap: { [PACK_CHECKPOINT]: utf8(log.note(12)) } }, 6, 'PACK_FILE'],
    ['with a file that is not listed', { add: { 'log/more.ndjson': utf8('{}') } }, 6, 'PACK_FILE'],
    ['with an index signed by somebody else', { signedBy: buyer.identity.signer }, 5, 'SIGNATURE_KEY'],
    ['with a name of no pack', { add: { '../x': utf8('x') } }, 6, 'BUNDLE_ENTRY_UNKNOWN'],
  ])('%s is refused', async (_, pack, exit, code) => {
    const ended = await verify('pack', await policyOf(pack), '--card', 'jia.card.json');
    expect([ended.exit, codeIn(ended)]).toEqual([exit, code]);
  });

  it('that is no archive is refused', async () => {
    expect(codeIn(await verify('pack', 'hello'))).toBe('BUNDLE_NOT_ZIP');
  });
});

describe('a page of a report', () => {
  const page = reportOf();
  it.each([
    ['without data', page.replace('id="data"', 'id="other"')],
    [
      'with data twice',
      page.replace('</body>', '<script type="application/json" id="data">{}</script></body>'),
    ],
    ['with data of another format', page.replace('report-data/1', 'report-data/2')],
    ['with more in it than the format says', page.replace('"pruned":null', '"pruned":null,"x":1')],
  ])('%s is refused', async (_, bytes) => {
    const ended = await verify('report', bytes, '--card', 'jia.card.json');
    expect([ended.exit, codeIn(ended)]).toEqual([6, 'REPORT_NO_DATA']);
  });

  it('is not a pack, and both at once are not understood', async () => {
    const ended = await runIn({ cwd: dir }, 'audit', 'verify', '--pack', 'a', '--report', 'b');
    expect([ended.exit, codeIn(ended)]).toEqual([2, 'CLI_OPTIONS_CONFLICT']);
  });
});
