// Evidence: what was done, for somebody who trusts nobody here. The pack gathers log, report and form; beside: proofs, time stamps, pruning.

import { createHash } from 'node:crypto';
import { readCheckpoint } from '../../audit/checkpoint.js';
import { MAX_FILE_EVENTS } from '../../audit/events.js';
import type { LogResult } from '../../audit/log.js';
import { utf8 } from '../../base/bytes.js';
import { isSha256, type Sha256, sha256 } from '../../base/crypto.js';
import { signatureName } from '../../bundle/entry-names.js';
import {
  PACK_EVENTS,
  PACK_FORMAT,
  PACK_INDEX,
  PACK_PAGE,
  type EvidenceFile,
  type EvidenceIndex,
  packComment,
  evidenceIndexBytes,
  readEvidenceIndex,
} from '../../bundle/pack.js';
import { type NewEntry, writeZip } from '../../bundle/zip-writing.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { signMinisign } from '../../identity/minisign.js';
import { fail } from '../../messages/error.js';
import type { Lang } from '../../messages/lang.js';
import type { Signer } from '../../base/signing.js';
import type { PageSigner } from '../../report/signed-page.js';
import { reportHtml } from '../../report/audit-report-html.js';
import { packPage } from '../../report/pack-page.js';
import { FORM_FILES, formText } from '../../report/self-audit.js';
import { requireWritable, writeWhole, type Written } from '../../store/files.js';
import type { Reader } from '../../store/workspace.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { originOf } from '../session/own-log.js';
import { auditVerify } from './audit.js';
import { selfAuditForm } from './form.js';
import {
  eventLines,
  type LateContent,
  type NewEvidenceFile,
  evidenceFiles,
  type UnsignedManifest,
} from './pack-files.js';
import { auditReport, pageSigner, reportProof } from './report.js';

/** A pack that nobody can read proves nothing. @throws HandoverError LOG_LONG */
export function requirePackable(
  log: Pick<Reader['log'], 'eventCount' | 'pruned'>,
  limit: number = MAX_FILE_EVENTS,
): void {
  const events = log.eventCount() - log.pruned().size;
  if (events > limit) fail({ code: 'LOG_LONG', events, limit });
}

export interface EvidencePackInput {
  /** Absolute. */
  readonly path: string;
  /** The only deal of which documents are wanted, or null for all. */
  readonly terms: Terms | null;
  readonly withForm: boolean;
  /** Without a signature and with the last checkpoint that there is, so without a passphrase. */
  readonly unsigned: boolean;
  readonly lang: Lang;
  readonly force: boolean;
  readonly dryRun: boolean;
}

export interface EvidencePackResult {
  readonly path: string;
  readonly index: EvidenceIndex;
  readonly isSigned: boolean;
  readonly log: LogResult;
  /** Manifests whose signature is nowhere any more. */
  readonly unsigned: readonly UnsignedManifest[];
  /** Signed papers that are not in it, because nobody gave the passphrase under which their copies are. */
  readonly papersLeft: number;
  /** What was written; null in a rehearsal. */
  readonly written: Written | null;
}

/**
 * Packs the evidence of this workspace for somebody who trusts neither it nor this program (PIPL-63): the whole log, every document that
 * proves something, and how to check both with stock tools. A log that does not verify is packed as it is, and said so.
 *
 * @throws HandoverError LOG_LONG, FILE_EXISTS and the other problems of writing; those of the passphrase, unless `unsigned`
 */
export async function packEvidence(session: Session, input: EvidencePackInput): Promise<EvidencePackResult> {
  const { read } = session.workspace;
  requirePackable(read.log);
  const isSigned = !input.unsigned;
  const keys = isSigned && !input.dryRun ? await session.keys() : null;
  const log = await auditVerify(session, []);
  const checkpoint = keys === null ? (read.log.lastCheckpoint()?.note ?? null) : await session.checkpoint();
  const found = await evidenceFiles(session, input.terms?.id ?? null, checkpoint);
  const { unsigned } = found;
  // Copies of papers are sealed: a pack that is made without a key has none.
  const files = found.files.filter(({ content }) => isSigned || content instanceof Uint8Array);
  const papersLeft = found.files.length - files.length;
  const documents = [
    ...files,
    ...reportFiles(session, input, keys === null ? null : pageSigner(keys.identity.signer)),
    ...(input.withForm ? await formFiles(session, input.lang) : []),
  ];
  const standing = { intact: log.intact, isSigned, unsigned };
  const page = packPage(indexOf(session, input.terms, documents, checkpoint), standing, input.lang);
  const all = [...documents, { path: PACK_PAGE, kind: 'readme' as const, content: utf8(page), named: [] }];
  const index = indexOf(session, input.terms, all, checkpoint);
  const result = { path: input.path, index, isSigned, log, unsigned, papersLeft };
  requireWritable(input.path, input);
  if (input.dryRun) return { ...result, written: null };

  const bytes = evidenceIndexBytes(index);
  // Reading it back proves that the schema holds for what is about to be signed.
  readEvidenceIndex(bytes);
  const events = index.files.find((file) => file.path === PACK_EVENTS);
  const entries: NewEntry[] = [
    { name: PACK_INDEX, content: bytes },
    ...(keys === null ? [] : [signatureOf(bytes, index, keys.identity.signer)]),
    ...all.map(entryOf),
    { name: PACK_EVENTS, size: events?.bytes ?? 0, content: () => streamed(read) },
  ];
  const announce = ({ sha256: file }: Written): void =>
    session.record(
      {
        action: 'evidence-packed',
        objects: { file, ...(index.deal === null ? {} : { deal: index.deal.digest }) },
        details: { files: index.files.length, size: index.log.size, signed: isSigned },
      },
      () => undefined,
    );
  const written = await writeWhole(input.path, writeZip(inOrder(entries), index.made), {
    force: input.force,
    announce,
  });
  return { ...result, written };
}

function signatureOf(bytes: Uint8Array, index: EvidenceIndex, signer: Signer): NewEntry {
  return { name: signatureName(PACK_INDEX), content: utf8(signMinisign(bytes, signer, packComment(index))) };
}

function entryOf({ path, content }: NewEvidenceFile): NewEntry {
  return content instanceof Uint8Array
    ? { name: path, content }
    : { name: path, size: content.bytes, content: () => opened(content) };
}

async function* opened(content: LateContent): AsyncGenerator<Uint8Array> {
  yield await content.open();
}

async function* streamed(read: Reader): AsyncGenerator<Uint8Array> {
  yield* eventLines(read);
}

/** README first, so that whoever lists the file sees it; then by name. */
function inOrder(entries: readonly NewEntry[]): NewEntry[] {
  const place = (name: string): number => (name.includes('/') ? 1 : 0);
  return [...entries].sort((a, b) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1));
}

/** The audit report, as a page that proves itself and as a document. */
function reportFiles(
  session: Session,
  { terms, lang }: EvidencePackInput,
  sign: PageSigner,
): readonly NewEvidenceFile[] {
  const data = auditReport(session, { deal: terms?.id ?? null });
  const file = (name: string, text: string): NewEvidenceFile => ({
    path: `report/${name}`,
    kind: 'report',
    content: utf8(text),
    named: [],
  });
  return [
    file('audit-report.html', reportHtml(data, reportProof(session), lang, sign)),
    file('audit-report.json', `${JSON.stringify(data, null, 2)}\n`),
  ];
}

async function formFiles(session: Session, lang: Lang): Promise<readonly NewEvidenceFile[]> {
  const form = await selfAuditForm(session);
  return FORM_FILES.map((file) => ({
    path: `form/self-audit.${file}`,
    kind: 'form' as const,
    content: utf8(formText(form, file, lang)),
    named: [],
  }));
}

function indexOf(
  session: Session,
  terms: Terms | null,
  files: readonly NewEvidenceFile[],
  checkpoint: string | null,
): EvidenceIndex {
  const { info, read } = session.workspace;
  const card = ownCard(info);
  const first = firstEvents(read);
  const covered =
    checkpoint === null
      ? 0
      : readCheckpoint(checkpoint, {
          publicKey: card.publicKey,
          origin: originOf(info.id),
          document: 'handover.db',
        }).size;
  const listed = files.map(
    ({ path, kind, content, named }): EvidenceFile => ({
      path,
      kind,
      ...(content instanceof Uint8Array
        ? { bytes: content.length, sha256: sha256(content) }
        : { bytes: content.bytes, sha256: content.sha256 }),
      event: earliest(named.map((id) => first.get(id))),
    }),
  );
  return {
    format: PACK_FORMAT,
    made: session.now,
    environment: info.environment,
    party: { name: card.card.name, role: info.role, card: info.cardDigest },
    deal: terms === null ? null : { id: terms.id, digest: dealDigest(terms) },
    log: { first: read.log.pruned().end, size: read.log.eventCount(), covered },
    files: [...listed, eventsFile(read)].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** The first event that names an id or digest. */
function firstEvents(read: Reader): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { seq, objects } of read.log.events())
    for (const id of Object.values(objects)) if (!first.has(id)) first.set(id, seq);
  return first;
}

function earliest(events: readonly (number | undefined)[]): number | null {
  const known = events.filter((event) => event !== undefined);
  return known.length === 0 ? null : Math.min(...known);
}

function eventsFile(read: Reader): EvidenceFile {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const lines of eventLines(read)) {
    hash.update(lines);
    bytes += lines.length;
  }
  return { path: PACK_EVENTS, kind: 'events', bytes, sha256: digestOf(hash.digest('hex')), event: null };
}

function digestOf(hex: string): Sha256 {
  if (!isSha256(hex)) throw new Error('not a digest');
  return hex;
}
