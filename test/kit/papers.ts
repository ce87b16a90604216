import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeCustomers } from '../../fixtures/customers/generate.js';
import { memory } from '../../fixtures/vectors/make/kit.js';
import { CompactRange } from '../../src/audit/merkle.js';
import { eventBytes } from '../../src/audit/event.js';
import { textOf, utf8 } from '../../src/base/bytes.js';
import type { PublicKey } from '../../src/base/crypto.js';
import type { SignedDocument } from '../../src/bundle/document.js';
import { PACK_INDEX } from '../../src/bundle/pack.js';
import { openPack } from '../../src/bundle/pack-reading.js';
import { signMinisign } from '../../src/identity/minisign.js';
import { openWorkspace } from '../../src/store/workspace.js';
import { Authority, hasOpenssl } from './authority.js';
import type { Firms } from './firms.js';
import { within } from './session.js';
import { workbook } from './workbook.js';

/** Real documents of the kinds of which there are no vectors, as a firm's workspace wrote them. */
export interface Papers {
  readonly workspace: string;
  readonly publicKey: PublicKey;
  readonly card: SignedDocument;
  readonly deals: readonly Uint8Array[];
  readonly note: Uint8Array;
  readonly event: Uint8Array;
  readonly logProof: Uint8Array;
  readonly log: Uint8Array;
  readonly range: Uint8Array;
  readonly purgePlan: Uint8Array;
  readonly purgeApproval: SignedDocument;
  readonly erased: Uint8Array;
  readonly erasedComment: string;
  readonly pack: Uint8Array;
  readonly packIndex: Uint8Array;
  readonly report: Uint8Array;
  /** Answers of an authority; none where there is no openssl to be one. */
  readonly stamps: readonly Uint8Array[];
  /** The certificate of that authority's root. */
  readonly root: string;
  readonly workbooks: readonly Uint8Array[];
  readonly tables: readonly Uint8Array[];
  readonly mapping: Uint8Array;
  readonly identity: Uint8Array;
  /** Signs as the firm would. */
  readonly sign: (bytes: Uint8Array, comment: string) => SignedDocument;
}

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

const SHEET =
  '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>手机号</t></is></c></row>' +
  '<row r="2"><c r="A2" s="1"><v>7</v></c><c r="B2"><f>A2*2</f><v>45000.5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>';

/** A small firm goes through what writes each of them. */
export async function papersIn(firms: Firms): Promise<Papers> {
  const inJia = ['--workspace', 'jia'];
  const inYi = ['--workspace', 'yi'];
  await writeCustomers({ rows: 20, seed: 1, mess: false, out: firms.post('c.csv') });
  await writeCustomers({ rows: 40, seed: 2, mess: true, out: firms.post('mess.csv') });
  await firms.done('export', 'post/c.csv', '--deal', 'D-1', ...inJia);
  await firms.done('receive', 'jia/exchange/D-1-1.handover.zip', ...inYi);
  await firms.done('receipt', 'accept', 'yi/exchange/D-1-1.receipt.json', ...inJia);
  await firms.done('extract', '--format', 'csv', '--out', 'post/all.csv', '--yes', ...inYi);
  const customer = readFileSync(firms.post('all.csv'), 'utf8').split('\n')[1]?.split(',')[0] ?? '';
  await firms.done(
    'subject',
    'erase',
    customer,
    '--requester',
    'self',
    '--verified',
    'callback',
    '--yes',
    ...inJia,
  );
  await firms.done('audit', 'report', '--html', 'post/r.html', ...inJia);
  await firms.done('audit', 'pack', '--out', 'post/p.zip', ...inJia);
  await firms.done('audit', 'prove', '--event', '3', '--out', 'post/e.proof.json', ...inJia);
  const proof: { readonly tlog_proof: string; readonly event: string } = JSON.parse(
    readFileSync(firms.post('e.proof.json'), 'utf8'),
  );
  const exchange = (end: string): Uint8Array => {
    const name = readdirSync(firms.path('jia', 'exchange')).find((file) => file.endsWith(end));
    return readFileSync(firms.path('jia', 'exchange', name ?? end));
  };
  const pack = readFileSync(firms.post('p.zip'));
  const opened = await openPack(memory(pack));
  const signer = await within(
    firms.path('jia'),
    firms.time,
    async (session) => (await session.keys()).identity.signer,
  );
  const workspace = openWorkspace(firms.path('jia'));
  try {
    const { read, info } = workspace;
    const events = [...read.log.events()].map(eventBytes);
    const range = CompactRange.of(0);
    for (const leaf of [...read.log.leaves()].slice(0, 5)) range.append(leaf);
    const approved: {
      readonly approvals: readonly { readonly document: string; readonly signature: string }[];
    } = JSON.parse(
      readFileSync(`${FIXTURES}/vectors/certificates/good_approved_last.certificate.json`, 'utf8'),
    );
    const [approval = { document: '', signature: '' }] = approved.approvals;
    const erasedComment =
      /^trusted comment: (.*)$/m.exec(textOf(exchange('.erased.json.minisig')))?.[1] ?? '';
    return {
      workspace: info.id,
      publicKey: signer.publicKey,
      card: { bytes: info.card, signature: info.cardSignature },
      deals: readdirSync(`${FIXTURES}/deals`).map((name) => readFileSync(`${FIXTURES}/deals/${name}`)),
      note: utf8(read.log.checkpoints().at(-1)?.note ?? ''),
      event: utf8(proof.event),
      logProof: utf8(proof.tlog_proof),
      log: Buffer.concat(events.flatMap((event) => [event, Buffer.from('\n')])),
      range: range.toBytes(),
      purgePlan: read.retention.purges().at(-1)?.plan ?? new Uint8Array(),
      purgeApproval: { bytes: utf8(approval.document), signature: approval.signature },
      erased: exchange('.erased.json'),
      erasedComment,
      pack,
      packIndex: await opened.read(PACK_INDEX),
      report: readFileSync(firms.post('r.html')),
      ...(await stampsIn(firms, read.log.checkpoints().at(-1)?.note ?? '')),
      workbooks: [
        workbook({ sheets: { 客户: SHEET, 二: SHEET }, strings: '<si><t>姓名</t></si>', hidden: ['二'] }),
      ],
      tables: [
        readFileSync(firms.post('c.csv')),
        readFileSync(firms.post('mess.csv')),
        Buffer.from('客户编号;姓名\r\n1;"张\r\n三"\r\n', 'utf16le'),
      ],
      mapping: readFileSync(firms.post('c.mapping.txt')),
      identity: readFileSync(firms.path('jia', 'keys', 'identity.txt')),
      sign: (bytes, comment) => ({ bytes, signature: signMinisign(bytes, signer, comment) }),
    };
  } finally {
    workspace.close();
  }
}

/** What an authority made with openssl answers to a request for this note. */
async function stampsIn(firms: Firms, note: string): Promise<Pick<Papers, 'stamps' | 'root'>> {
  if (!hasOpenssl) return { stamps: [], root: '' };
  const { timestampRequest } = await import('../../src/audit/timestamp.js');
  const request = timestampRequest(utf8(note), Buffer.alloc(8, 7));
  const stamps: Uint8Array[] = [];
  let root = '';
  for (const kind of ['rsa', 'ec'] as const) {
    const authority = new Authority(firms.path(kind), kind);
    authority.issue('between', { isCa: true });
    authority.issue('stamp', { by: 'between' });
    stamps.push(authority.reply(request, 'stamp', { chain: 'between' }));
    if (existsSync(authority.root)) root += readFileSync(authority.root, 'utf8');
  }
  return { stamps, root };
}
