import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { memory } from '../../fixtures/vectors/make/kit.js';
import { answered } from '../../fixtures/vectors/make/notices.js';
import { type Party, party } from '../../fixtures/vectors/make/world.js';
import { readCheckpoint } from '../../src/audit/checkpoint.js';
import { readEvent } from '../../src/audit/event.js';
import { verifyEventProof } from '../../src/audit/event-proof.js';
import { linesOf, verifyEvents } from '../../src/audit/events.js';
import { readPruned } from '../../src/audit/merkle.js';
import { verifyProof } from '../../src/audit/proof.js';
import { leafHash } from '../../src/audit/merkle.js';
import { verifyTimestamp } from '../../src/audit/timestamp.js';
import { openAge } from '../../src/base/age.js';
import { textOf, utf8 } from '../../src/base/bytes.js';
import { canonicalJson, type Json } from '../../src/base/json.js';
import type { RandomAccess } from '../../src/base/random-access.js';
import { readCompletion, verifyCompletion } from '../../src/bundle/completion.js';
import { openContainer } from '../../src/bundle/container.js';
import { MANIFEST } from '../../src/bundle/entry-names.js';
import { readManifest } from '../../src/bundle/manifest.js';
import { readNotice } from '../../src/bundle/notice.js';
import { openBundle, verifyBundle } from '../../src/bundle/open.js';
import { readEvidenceIndex } from '../../src/bundle/pack.js';
import { verifyEvidencePack } from '../../src/bundle/pack-reading.js';
import { readReceipt } from '../../src/bundle/receipt.js';
import { verifySubjectProof } from '../../src/bundle/subject-proof.js';
import { CUSTOMERS } from '../../src/dataset/profile.js';
import { readMapping } from '../../src/dataset/mapping-file.js';
import { readOpening } from '../../src/dataset/header.js';
import { noFacts } from '../../src/dataset/workbook/sheet.js';
import { openWorkbook, SheetReader } from '../../src/dataset/workbook/workbook.js';
import { readDealFile } from '../../src/deal/deal-file.js';
import { readDealJson } from '../../src/deal/signed-deal.js';
import { readCard } from '../../src/identity/card.js';
import { signMinisign, verifyMinisign } from '../../src/identity/minisign.js';
import { isSealedIdentity, openIdentity } from '../../src/identity/sealed-identity.js';
import { readReport } from '../../src/report/self-proof.js';
import { readCertificate, verifyCertificate } from '../../src/retention/certificate.js';
import { readPurgeApproval } from '../../src/retention/purge-approval.js';
import { readPurgePlan } from '../../src/retention/purge-plan.js';
import { verifyErased } from '../../src/retention/erased.js';
import type { Papers } from './papers.js';

/** What reads bytes from outside, and real documents of its kind. */
export interface Target {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  /** Whether a document is canonical JSON, so that it can be changed by what it says. */
  readonly isJson: boolean;
  readonly read: (bytes: Uint8Array) => unknown;
}

const vectors = fileURLToPath(new URL('../../fixtures/vectors', import.meta.url));
const vector = (path: string): Uint8Array => readFileSync(`${vectors}/${path}`);
const DOCUMENT = 'x.json';

/** Signs whatever it is, with a comment as it was signed beside the original: what lies behind a signature is to be reached. */
const signedBy =
  ({ identity }: Party, comment: string) =>
  (bytes: Uint8Array) => ({
    bytes,
    signature: signMinisign(bytes, identity.signer, comment),
  });

const commentOf = (path: string): string =>
  /^trusted comment: (.*)$/m.exec(textOf(vector(`${path}.minisig`)))?.[1] ?? '';

async function allOf(file: RandomAccess): Promise<unknown> {
  const container = await openContainer(file);
  for (const name of container.names)
    for await (const block of container.blocks(name)) if (block.length < 0) return null;
  return container;
}

async function cellsOf(bytes: Uint8Array): Promise<unknown> {
  const workbook = await openWorkbook(memory(bytes));
  const reader = new SheetReader(workbook);
  for (const sheet of workbook.sheets)
    for await (const block of reader.text(sheet, noFacts())) if (block.length < 0) return null;
  return workbook;
}

/** Every reader of the program. @param papers documents for which there are no vectors */
export async function targets(papers: Papers): Promise<readonly Target[]> {
  const [jia, yi] = [await party('jia'), await party('yi-classic')];
  const json = (name: string, read: Target['read'], ...seeds: readonly Uint8Array[]): Target => ({
    name,
    seeds,
    isJson: true,
    read,
  });
  const bytes = (name: string, read: Target['read'], ...seeds: readonly Uint8Array[]): Target => ({
    name,
    seeds,
    isJson: false,
    read,
  });
  const good = await openContainer(memory(vector('bundles/good.handover.zip')));
  const manifest = await good.read(MANIFEST);
  const { card, note, event, publicKey } = papers;
  const asIssuer = (comment: string) => signedBy(jia, comment);
  const certificate = 'certificates/good_files.certificate.json';
  const proof = 'subject-proofs/good_values.proof.json';
  const completion = 'completions/good.completion.json';
  const trust = { environment: 'test', seller: jia.trusted } as const;
  return [
    json(
      'card',
      (b) => readCard(b, textOf(vector('cards/good.card.json.minisig')), DOCUMENT),
      vector('cards/good.card.json'),
    ),
    bytes(
      'signature of a card',
      (b) => readCard(vector('cards/good.card.json'), textOf(b), DOCUMENT),
      vector('cards/good.card.json.minisig'),
    ),
    bytes(
      'minisign file',
      (b) => verifyMinisign(vector('cards/good.card.json'), textOf(b), jia.card.publicKey),
      vector('cards/good.card.json.minisig'),
    ),
    json('deal', readDealJson, vector('deals/good.deal.json')),
    bytes(
      'deal file',
      (b) => {
        const { terms, problems } = readDealFile(b);
        return terms ?? problems[0]?.code ?? null;
      },
      ...papers.deals,
    ),
    json('manifest', readManifest, manifest),
    json(
      'receipt',
      readReceipt,
      vector('receipts/good.receipt.json'),
      vector('receipts/good_refusal.receipt.json'),
    ),
    json(
      'notice',
      readNotice,
      vector('notices/good.notice.json'),
      vector('notices/good_correction.notice.json'),
    ),
    json('completion', readCompletion, vector(completion)),
    json(
      'signed completion',
      (b) => verifyCompletion(signedBy(yi, commentOf(completion))(b), { ...answered(), buyer: yi.card }),
      vector(completion),
    ),
    json('certificate', readCertificate, vector('certificates/good.certificate.json'), vector(certificate)),
    json(
      'signed certificate',
      (b) =>
        verifyCertificate(asIssuer(commentOf(certificate))(b), {
          card: jia.card.digest,
          signingKey: jia.card.card.signing_key,
        }),
      vector(certificate),
    ),
    json('purge plan', readPurgePlan, papers.purgePlan),
    json(
      'purge approval',
      (b) => readPurgeApproval({ bytes: b, signature: papers.purgeApproval.signature }, DOCUMENT),
      papers.purgeApproval.bytes,
    ),
    json(
      'erasure ledger',
      (b) => verifyErased(papers.sign(b, papers.erasedComment), { workspace: papers.workspace, publicKey }),
      papers.erased,
    ),
    json('event', (b) => readEvent(b, DOCUMENT), event),
    json(
      'event proof',
      (b) => verifyEventProof(b, { card: jia.card.digest, publicKey: jia.card.publicKey }, DOCUMENT),
      vector('event-proofs/good.proof.json'),
    ),
    json(
      'proof about a person',
      (b) => verifySubjectProof(asIssuer(commentOf(proof))(b), jia.card, DOCUMENT),
      vector(proof),
    ),
    bytes('checkpoint', (b) => readCheckpoint(textOf(b), { publicKey, document: DOCUMENT }), note),
    bytes(
      'log proof',
      (b) => verifyProof(textOf(b), leafHash(event), { publicKey, document: DOCUMENT }),
      papers.logProof,
    ),
    bytes(
      'log in a file',
      (b) => verifyEvents(linesOf(b), textOf(note), publicKey, { document: DOCUMENT, isToTheEnd: true }),
      papers.log,
    ),
    bytes('range of a pruned log', (b) => readPruned(b), papers.range),
    bytes(
      'time stamp',
      (b) => verifyTimestamp(b, { document: DOCUMENT, authorities: papers.root }),
      ...papers.stamps,
    ),
    bytes(
      'certificate of an authority',
      (b) => verifyTimestamp(papers.stamps[0] ?? b, { document: DOCUMENT, authorities: textOf(b) }),
      utf8(papers.root),
    ),
    json('index of a pack', readEvidenceIndex, papers.packIndex),
    bytes('pack', (b) => verifyEvidencePack(memory(b), null, DOCUMENT), papers.pack),
    bytes('page of a report', (b) => readReport(b, null, DOCUMENT), papers.report),
    bytes('zip', (b) => allOf(memory(b)), vector('bundles/good.handover.zip')),
    bytes(
      'bundle',
      async (b) => verifyBundle(await openBundle(memory(b)), trust),
      vector('bundles/good.handover.zip'),
    ),
    bytes('workbook', cellsOf, ...papers.workbooks),
    bytes('mapping file', (b) => readMapping(CUSTOMERS, textOf(b)), papers.mapping),
    bytes('head of a table', (b) => readOpening(b, true), ...papers.tables),
    bytes(
      'age file',
      (b) => openAge(b, yi.identity.ageIdentity),
      vector('notices/good_correction.notice.data.age'),
    ),
    bytes('identity in clear', (b) => (isSealedIdentity(b) ? null : openIdentity(b, null)), papers.identity),
    bytes('card of a workspace', (b) => readCard(b, card.signature, DOCUMENT), card.bytes),
  ];
}

/** One spelling, whatever it says; null where it can have none. */
export function spelled(value: unknown): Uint8Array | null {
  try {
    const plain: Json = JSON.parse(JSON.stringify(value));
    return utf8(canonicalJson(plain));
  } catch {
    return null;
  }
}

/** In the order of {@link targets}. */
export const TARGET_NAMES: readonly string[] = [
  'card',
  'signature of a card',
  'minisign file',
  'deal',
  'deal file',
  'manifest',
  'receipt',
  'notice',
  'completion',
  'signed completion',
  'certificate',
  'signed certificate',
  'purge plan',
  'purge approval',
  'erasure ledger',
  'event',
  'event proof',
  'proof about a person',
  'checkpoint',
  'log proof',
  'log in a file',
  'range of a pruned log',
  'time stamp',
  'certificate of an authority',
  'index of a pack',
  'pack',
  'page of a report',
  'zip',
  'bundle',
  'workbook',
  'mapping file',
  'head of a table',
  'age file',
  'identity in clear',
  'card of a workspace',
];
