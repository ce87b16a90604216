import { existsSync } from 'node:fs';
import { eventBytes, FIRST_SEQ } from '../../audit/event.js';
import { utf8 } from '../../base/bytes.js';
import { type Sha256, sha256 } from '../../base/crypto.js';
import { signatureName } from '../../bundle/entry-names.js';
import { readManifest } from '../../bundle/manifest.js';
import {
  PACK_CHECKPOINT,
  PACK_OWN_CARD,
  PACK_PRUNED,
  PACK_README,
  type EvidenceFileKind,
} from '../../bundle/pack.js';
import { dealSignatureName } from '../../deal/signed-deal.js';
import { evidenceReadme } from '../../messages/pack-readme.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import type { Reader } from '../../store/workspace.js';
import { manifestAt } from '../export/end.js';
import { openPaper } from '../session/papers.js';
import type { Session } from '../session/session.js';

/** A file that goes into an evidence pack, with the ids under which events may name it. */
export interface NewEvidenceFile {
  readonly path: string;
  readonly kind: EvidenceFileKind;
  readonly content: Uint8Array | LateContent;
  readonly named: readonly string[];
}

/** What is opened only when it is written: scans are large, and a rehearsal needs no key. */
export interface LateContent {
  readonly bytes: number;
  readonly sha256: Sha256;
  readonly open: () => Promise<Uint8Array>;
}

/** A manifest whose signature is nowhere any more. */
export interface UnsignedManifest {
  readonly deal: string;
  readonly number: number;
}

export interface EvidenceFiles {
  readonly files: readonly NewEvidenceFile[];
  readonly unsigned: readonly UnsignedManifest[];
}

/**
 * Every document of the store that proves something, but for the events: none holds a customer's data.
 *
 * @param deal id of the only deal of which documents are wanted, or null for all; what belongs to no deal is there in any case
 * @param checkpoint the note that covers the log
 */
export async function evidenceFiles(
  session: Session,
  deal: string | null,
  checkpoint: string | null,
): Promise<EvidenceFiles> {
  const { info, read } = session.workspace;
  const gathered = new Gathered();
  gathered.add('readme', PACK_README, utf8(evidenceReadme()));
  gathered.signed('own-card', PACK_OWN_CARD, info.card, info.cardSignature, [info.cardDigest]);
  for (const { digest, bytes, signature } of read.cards())
    gathered.signed('card', `cards/${short(digest)}.card.json`, bytes, signature, [digest]);
  logFiles(gathered, read, checkpoint);

  const wordings = wordingsOf(read, deal);
  for (const { wording, isCurrent } of wordings) dealFiles(gathered, wording, isCurrent);
  const digests = new Set<string>(wordings.map(({ wording }) => wording.digest));
  const bundles = read
    .bundles()
    .filter((b) => digests.has(b.deal) && b.state !== 'began' && b.state !== 'abandoned');
  const unsigned: UnsignedManifest[] = [];
  for (const bundle of bundles)
    if (!(await bundleFiles(gathered, read, bundle))) unsigned.push(aboutOf(bundle));
  planFiles(gathered, read, digests);
  for (const notice of read.persons.notices()) {
    if (!digests.has(notice.deal)) continue;
    const { id, bytes, signature, completion, completionSignature } = notice;
    gathered.signed('notice', `notices/${id}.notice.json`, bytes, signature, [id]);
    if (completion !== null)
      gathered.signed('completion', `notices/${id}.completion.json`, completion, completionSignature, [id]);
  }
  purgeFiles(gathered, read);
  paperFiles(gathered, session, deal);
  return { files: gathered.files, unsigned };
}

/** The lines of log/events.ndjson, many at a time. */
export function* eventLines(read: Reader): Generator<Uint8Array, void, undefined> {
  let lines: Uint8Array[] = [];
  let bytes = 0;
  for (const event of read.log.events(FIRST_SEQ)) {
    const line = eventBytes(event);
    lines.push(line, NEWLINE);
    bytes += line.length + 1;
    if (bytes < BLOCK_BYTES) continue;
    yield Buffer.concat(lines);
    lines = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(lines);
}

const NEWLINE = Uint8Array.of(0x0a);
const BLOCK_BYTES = 1 << 20;

class Gathered {
  readonly files: NewEvidenceFile[] = [];
  readonly #paths = new Set<string>();

  /** @returns false, and adds nothing, if a file of that name is there already */
  add(kind: EvidenceFileKind, path: string, content: Uint8Array, named: readonly string[] = []): boolean {
    if (this.#paths.has(path)) return false;
    this.#paths.add(path);
    this.files.push({ path, kind, content, named: [sha256(content), ...named] });
    return true;
  }

  late(kind: EvidenceFileKind, path: string, content: LateContent, named: readonly string[]): void {
    if (this.#paths.has(path)) return;
    this.#paths.add(path);
    this.files.push({ path, kind, content, named: [content.sha256, ...named] });
  }

  /** A document with the signature beside it, if there is one. */
  signed(
    kind: EvidenceFileKind,
    path: string,
    content: Uint8Array,
    signature: string | null,
    named: readonly string[] = [],
  ): void {
    if (this.add(kind, path, content, named) && signature !== null)
      this.add('signature', signatureName(path), utf8(signature), [sha256(content), ...named]);
  }
}

/** Enough of a digest to tell files apart. */
function short(digest: Sha256): string {
  return digest.slice(0, 16);
}

function logFiles(gathered: Gathered, read: Reader, checkpoint: string | null): void {
  if (checkpoint !== null) gathered.add('checkpoint', PACK_CHECKPOINT, utf8(checkpoint));
  const pruned = read.log.pruned();
  if (pruned.size > 0) gathered.add('pruned', PACK_PRUNED, pruned.toBytes());
  for (const { size, note } of read.log.checkpoints()) {
    const name = `log/checkpoints/${String(size).padStart(8, '0')}`;
    // Another key may have signed the same size again.
    if (!gathered.add('former-checkpoint', `${name}.txt`, utf8(note)))
      gathered.add('former-checkpoint', `${name}-${short(sha256(utf8(note)))}.txt`, utf8(note));
  }
  for (const { ordinal, note, request, response } of read.log.timestamps()) {
    const name = `timestamps/${String(ordinal).padStart(4, '0')}`;
    gathered.add('former-checkpoint', `${name}.checkpoint.txt`, utf8(note));
    gathered.add('timestamp-request', `${name}.tsq`, request);
    if (response !== null) gathered.add('timestamp', `${name}.tsr`, response);
  }
}

/** Every version of a deal, and every wording that a bundle or a check was made under. */
function wordingsOf(
  read: Reader,
  deal: string | null,
): readonly { readonly wording: StoredDeal; readonly isCurrent: boolean }[] {
  const current = read.deals();
  const checks = read.checks();
  const digests = new Set([
    ...current.flatMap(({ id }) => read.versions(id).map((version) => version.digest)),
    ...read.bundles().map((bundle) => bundle.deal),
    ...checks.map((check) => check.deal),
  ]);
  return [...digests].flatMap((digest) => {
    const wording = read.deal(digest);
    if (wording === undefined || (deal !== null && wording.id !== deal)) return [];
    return [{ wording, isCurrent: current.some((stored) => stored.digest === digest) }];
  });
}

function dealFiles(
  gathered: Gathered,
  { id, digest, bytes, signatures }: StoredDeal,
  isCurrent: boolean,
): void {
  const folder = isCurrent ? 'deals' : 'deals/former';
  const path = isCurrent ? `${folder}/${id}.deal.json` : `${folder}/${short(digest)}.deal.json`;
  if (!gathered.add('deal', path, bytes)) return;
  for (const { role, signature } of signatures) {
    const name = dealSignatureName(role).replace('deal.json', '');
    gathered.add('signature', `${path}${name}`, utf8(signature), [digest]);
  }
}

/** @returns whether the manifest's signature is there */
async function bundleFiles(gathered: Gathered, read: Reader, bundle: StoredBundle): Promise<boolean> {
  const { id, manifest, manifestDigest } = bundle;
  const signature = bundle.manifestSignature ?? (await signatureInFile(bundle));
  gathered.signed('manifest', `manifests/${id}.json`, manifest, signature, [manifestDigest]);
  const receipt = read.receipt(id);
  if (receipt !== undefined)
    gathered.signed('receipt', `receipts/${id}.receipt.json`, receipt.bytes, receipt.signature);
  return signature !== null;
}

/** Workspaces of before did not keep it; the bundle file may still be there. */
async function signatureInFile({ path, manifestDigest }: StoredBundle): Promise<string | null> {
  const found = existsSync(path) ? await manifestAt(path) : null;
  return found !== null && sha256(found.bytes) === manifestDigest ? found.signature : null;
}

function aboutOf(bundle: StoredBundle): UnsignedManifest {
  const { deal, number } = readManifest(bundle.manifest);
  return { deal: deal.id, number };
}

function planFiles(gathered: Gathered, read: Reader, deals: ReadonlySet<string>): void {
  for (const { deal, plan, planDigest } of read.checks()) {
    if (!deals.has(deal)) continue;
    if (gathered.add('plan', `plans/${short(planDigest)}.plan.json`, plan))
      approvalFiles(gathered, read, planDigest);
  }
}

function approvalFiles(gathered: Gathered, read: Reader, plan: Sha256): void {
  for (const [i, { bytes, signature }] of read.approvals(plan).entries())
    gathered.signed('approval', `approvals/${short(plan)}-${i + 1}.approval.json`, bytes, signature);
}

/** The copies of signed papers, by which the deal's digests can be compared; those of another deal belong to its own pack. */
function paperFiles(gathered: Gathered, session: Session, deal: string | null): void {
  for (const paper of session.workspace.read.house.papers()) {
    if (deal !== null && paper.deal !== null && paper.deal !== deal) continue;
    const { id, file, bytes, sha256: digest } = paper;
    const ending = /\.([A-Za-z0-9]{1,8})$/.exec(file)?.[1]?.toLowerCase() ?? 'bin';
    const open = (): Promise<Uint8Array> => openPaper(session, paper);
    gathered.late('paper', `papers/${id}.${ending}`, { bytes, sha256: digest, open }, []);
  }
}

/** Purges end records of several deals at once, so they are in every pack. */
function purgeFiles(gathered: Gathered, read: Reader): void {
  for (const { id, plan, planDigest, certificate, certificateSignature } of read.retention.purges()) {
    gathered.add('purge-plan', `plans/${id}.purge-plan.json`, plan, [planDigest, id]);
    approvalFiles(gathered, read, planDigest);
    if (certificate !== null)
      gathered.signed(
        'certificate',
        `certificates/${id}.certificate.json`,
        certificate,
        certificateSignature,
      );
  }
}
