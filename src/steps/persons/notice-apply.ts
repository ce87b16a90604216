import { RESOURCE } from '../../bundle/resource.js';
import { join } from 'node:path';
import { hex, unhex } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import {
  type Completion,
  type CompletionFacts,
  completionDigest,
  readCompletion,
  signCompletion,
} from '../../bundle/completion.js';
import {
  type Corrections,
  noticeDigest,
  openCorrections,
  readNotice,
  type VerifiedBuyerNotice,
  verifyBuyerNotice,
} from '../../bundle/notice.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { leavingFields, leavingPurposes } from '../../deal/terms.js';
import { requireCurrent } from '../../identity/card.js';
import { recognise } from '../../identity/trust.js';
import { fail } from '../../messages/error.js';
import { writeWhole } from '../../store/files.js';
import type { Reader } from '../../store/reader.js';
import type { StoredBuyerNotice, SubjectMark } from '../../store/persons-rows.js';
import { ownCard, pinnedCard } from '../session/cards.js';
import { heardAt } from '../session/clock.js';
import { cameDocument } from '../session/came-document.js';
import { putSending } from '../session/put-sending.js';
import { ownSignatureTime } from '../session/own-signature.js';
import { loggingRefusal } from '../session/refusal.js';
import type { Session } from '../session/session.js';
import { type Ended, endRecords } from './ending.js';
import { signedAt } from './notice-list.js';
import { rewriteRecords } from './records.js';
import {
  countBefore,
  emptiedFields,
  bundlesUnder,
  type ApplyCounts,
  type NoticeFacts,
  placesUnder,
  scopeOf,
} from './notice-reach.js';

export interface ApplyInput {
  readonly path: string;
  /** Folder for the completion, absolute; null for the workspace's exchange folder. */
  readonly out: string | null;
  /** Whether files in the clear that may hold the records are overwritten. */
  readonly shred: boolean;
  /** Whether a notice that is not genuine is logged as refused; also while a person is only about to be asked. */
  readonly alarm: boolean;
  readonly dryRun: boolean;
}

export interface ApplyResult {
  readonly notice: VerifiedBuyerNotice;
  readonly digest: Sha256;
  readonly seller: string;
  readonly counts: ApplyCounts;
  /** Null in a rehearsal, and while a second person has to approve the purge. */
  readonly completion: Completion | null;
  readonly completionPath: string | null;
  readonly waits: Extract<Ended, { readonly state: 'waits' }> | null;
  /** Whether it had been applied before: then the completion is the one given then. */
  readonly again: boolean;
}

const NOTICE_LIMIT = 1 << 20;

const DATA_LIMIT = 32 * 1024 * 1024;

/**
 * Applies a notice of the seller: verifies it, finds the persons by tag, and does what it asks: a withdrawal, an objection, an erasure and the
 * end of a deal end in a purge with its certificate, a correction changes the records. What a hold or a statutory period keeps is kept, and
 * the signed completion says so. Applied again it gives the same completion.
 *
 * @throws HandoverError NOTICE_ROLE, NOTICE_SENDER_UNKNOWN, NOTICE_REPLAY, those of verifyBuyerNotice and openCorrections
 */
export async function applyNotice(session: Session, input: ApplyInput): Promise<ApplyResult> {
  const { role } = session.workspace.info;
  if (role !== 'buyer') fail({ code: 'NOTICE_ROLE', role });
  return loggingRefusal(session, { path: input.path, dryRun: !input.alarm }, () =>
    verifyAndApply(session, input),
  );
}

async function verifyAndApply(session: Session, input: ApplyInput): Promise<ApplyResult> {
  const facts = await verified(session, input.path);
  const { notice, digest, seller } = facts;
  const { read } = session.workspace;
  const known = read.persons.notice(notice.id);
  if (known === undefined ? isNumberTaken(read, notice) : noticeDigest(known) !== digest)
    fail({ code: 'NOTICE_REPLAY', number: notice.number });
  const about = { notice, digest, seller };
  if (known?.completion != null) {
    const completion = readCompletion(known.completion);
    const again = { ...about, counts: countsOf(completion), completion, waits: null, again: true };
    if (input.dryRun) return { ...again, completionPath: null };
    return { ...again, completionPath: await putCompletion(session, input.out, known) };
  }
  const counts = countBefore(session, facts, known ?? null);
  const nothingYet = { completion: null, completionPath: null, again: false } as const;
  if (input.dryRun) return { ...about, ...nothingYet, counts, waits: null };
  if (known === undefined) keep(session, facts);
  const stored = read.persons.notice(notice.id) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  const ended = await act(session, facts, stored, counts, input.shred);
  if (ended?.state === 'waits') return { ...about, ...nothingYet, counts, waits: ended };
  const completed = await complete(session, facts, counts, ended);
  return {
    ...about,
    counts,
    completion: readCompletion(completed.completion ?? new Uint8Array()),
    completionPath: await putCompletion(session, input.out, completed),
    waits: null,
    again: false,
  };
}

/** Whether another notice of the same number came under the deal. */
function isNumberTaken(read: Reader, { id, number, deal, seller }: VerifiedBuyerNotice): boolean {
  return read.persons
    .notices()
    .filter((other) => other.direction === 'in' && other.id !== id)
    .map(({ bytes }) => readNotice(bytes))
    .some(
      (other) => other.number === number && other.deal.id === deal.id && other.seller.card === seller.card,
    );
}

/** docs/formats.md, "Verifying a notice". */
async function verified(session: Session, path: string): Promise<NoticeFacts> {
  const { info, read } = session.workspace;
  const signed = signedAt(path);
  const claimed = readNotice(signed.bytes);
  const pinned = read.cards().map((card) => card.digest);
  if (!pinned.includes(claimed.seller.card)) fail({ code: 'NOTICE_SENDER_UNKNOWN' });
  const seller = recognise(pinnedCard(session, claimed.seller.card), pinned);
  requireCurrent(seller, session.now);
  const stored = read.deal(claimed.deal.digest);
  const terms = stored === undefined ? null : readDealJson(stored.bytes);
  const notice = verifyBuyerNotice(signed, {
    seller,
    us: ownCard(info),
    environment: info.environment,
    now: session.now,
    deal:
      stored === undefined || terms === null
        ? undefined
        : {
            id: stored.id,
            digest: stored.digest,
            seller: terms.seller.card,
            buyer: terms.buyer.card,
            signed: ownSignatureTime(session, stored.digest),
            purposes: leavingPurposes(terms).map(({ id }) => id),
            fields: leavingFields(terms).map(({ name }) => name),
          },
  });
  if (terms === null) return fail({ code: 'NOTICE_OTHER_DEAL', deal: claimed.deal.id });
  const { identity } = await session.keys();
  const corrections =
    notice.data === null
      ? null
      : await openCorrections(
          notice,
          cameDocument(path, NOTICE_LIMIT).required('.data.age', DATA_LIMIT),
          identity.ageIdentity,
        );
  return { notice, signed, digest: noticeDigest(signed), terms, seller: seller.card.name, corrections };
}

/** Keeps a notice with its event, before anything is done about it. */
function keep(session: Session, { notice, signed, digest }: NoticeFacts): void {
  const { id, deal, kind, number, due, subjects } = notice;
  const heard = heardAt(session);
  session.record(
    {
      action: 'notice-received',
      objects: { notice: digest, deal: deal.digest },
      details: { kind, number, persons: subjects.length, due },
    },
    (write) => {
      write.persons.addNotice({
        id,
        direction: 'in',
        deal: deal.digest,
        kind,
        ...signed,
        due,
        time: session.now,
      });
      if (kind !== 'correction')
        for (const subject of subjects)
          write.persons.addSubjectMark({
            tag: unhex(subject),
            kind: MARKS[kind],
            purpose: notice.purpose,
            request: null,
            time: heard,
          });
      // No bundle of this deal is taken in any more, whatever becomes of the rest.
      if (kind === 'abort')
        write.addDealEnd({
          deal: deal.digest,
          kind: 'aborted',
          reason: notice.reason ?? '',
          notice: id,
          time: session.now,
        });
    },
  );
}

const MARKS: Readonly<Record<Exclude<VerifiedBuyerNotice['kind'], 'correction'>, SubjectMark['kind']>> = {
  withdrawal: 'withdrawn',
  objection: 'objection',
  erasure: 'erasure',
  abort: 'erasure',
};

/** Does what a notice asks. @returns the purge, where records ended or would */
async function act(
  session: Session,
  facts: NoticeFacts,
  stored: StoredBuyerNotice,
  counts: ApplyCounts,
  shred: boolean,
): Promise<Ended | null> {
  const { notice, corrections } = facts;
  const emptied = emptiedFields(facts);
  if (corrections !== null || emptied !== null) {
    await change(session, facts, corrections);
    return null;
  }
  if (counts.done === 0) return null;
  const cause = `${notice.deal.id}-notice-${notice.number}`;
  return endRecords(session, { scope: scopeOf(notice), cause, shred, since: stored.time });
}

/** Changes the fields of a correction, or empties those of a purpose. Done twice, it is the same. */
async function change(session: Session, facts: NoticeFacts, corrections: Corrections | null): Promise<void> {
  const { notice, digest } = facts;
  const keys = await session.keys();
  // A correction is of the customer's own record; what a table says of it comes in a later bundle.
  const places = placesUnder(session, notice).filter(
    ({ dataset }) => corrections === null || dataset.kind === 'customers',
  );
  if (places.length === 0) return;
  const fieldsOfTable = (table: string) =>
    corrections === null ? (emptiedFields(facts, table) ?? []) : notice.fields;
  const fields = fieldsOfTable(RESOURCE);
  rewriteRecords(session, keys, {
    places,
    change: (cells, { dataset, tag }) => {
      const values = corrections?.get(hex(tag));
      return cells.map((cell, i) => {
        const field = dataset.columns[i] ?? '';
        return fieldsOfTable(dataset.resource).includes(field) ? (values?.get(field) ?? '') : cell;
      });
    },
    event: {
      action: 'subject-corrected',
      objects: { notice: digest },
      details: { fields: [...fields], records: places.length },
    },
    also: (write) => {
      if (corrections === null) return;
      for (const subject of notice.subjects)
        write.persons.addSubjectMark({
          tag: unhex(subject),
          kind: 'corrected',
          purpose: null,
          request: null,
          time: session.now,
        });
    },
  });
}

/** Signs what was done, and keeps it with its event. */
async function complete(
  session: Session,
  { notice, digest }: NoticeFacts,
  counts: ApplyCounts,
  ended: Ended | null,
): Promise<StoredBuyerNotice> {
  const { identity } = await session.keys();
  const { read, info } = session.workspace;
  const { done, notFound, held, frozen } = counts;
  const purged = ended?.state === 'done' ? ended : null;
  const facts: CompletionFacts = {
    bundles: [...bundlesUnder(session, notice.deal.digest)],
    done,
    not_found: notFound,
    kept: held + frozen,
    reasons: { ...(held > 0 ? { HOLD: held } : {}), ...(frozen > 0 ? { FREEZE: frozen } : {}) },
    certificate:
      purged === null || purged.certificate.outcome === 'failed'
        ? null
        : { digest: purged.digest, outcome: purged.certificate.outcome },
    issued: session.now,
    checkpoint: await session.checkpoint(),
  };
  const signed = signCompletion({ notice, digest, buyer: ownCard(info) }, facts, identity.signer);
  session.record(
    {
      action: 'notice-completed',
      objects: {
        notice: digest,
        completion: completionDigest(signed),
        ...(purged === null ? {} : { certificate: purged.digest }),
      },
      details: { kind: notice.kind, done, not_found: notFound, kept: held + frozen },
    },
    (write) => write.persons.completeNotice(notice.id, signed.bytes, signed.signature, session.now),
  );
  return read.persons.notice(notice.id) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}

async function putCompletion(
  session: Session,
  out: string | null,
  stored: StoredBuyerNotice,
): Promise<string> {
  const { deal, number } = readNotice(stored.bytes);
  const path = join(out ?? session.path('exchange'), `${deal.id}-notice-${number}.completion.json`);
  await writeWhole(`${path}.minisig`, stored.completionSignature ?? '', { force: true });
  const document = stored.completion ?? new Uint8Array();
  await writeWhole(path, document, { force: true });
  await putSending(session, {
    kind: 'completion',
    path,
    document,
    beside: { '.minisig': stored.completionSignature ?? '' },
  });
  return path;
}

function countsOf({ done, not_found: notFound, reasons }: Completion): ApplyCounts {
  return { done, notFound, held: reasons.HOLD ?? 0, frozen: reasons.FREEZE ?? 0 };
}
