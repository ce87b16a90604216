import { basename } from 'node:path';
import { hex } from '../../base/bytes.js';
import { type Sha256, sha256, uuidv7 } from '../../base/crypto.js';
import { tagger } from '../../base/tagger.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import {
  type Corrections,
  type BuyerNoticeKind,
  noticeDigest,
  readNotice,
  sealCorrections,
  signBuyerNotice,
} from '../../bundle/notice.js';
import { dealDigest } from '../../deal/signed-deal.js';
import { leavingPurposes, type Terms } from '../../deal/terms.js';
import { answerDue } from '../../policy/rights.js';
import { readSent, writeWhole } from '../../store/files.js';
import type { StoredBuyerNotice, StoredRequest } from '../../store/persons-rows.js';
import type { Writer } from '../../store/workspace.js';
import { ownCard, pinnedCard } from '../session/cards.js';
import { putSending } from '../session/put-sending.js';
import type { Session } from '../session/session.js';
import { dealKeys } from '../session/tag-keys.js';
import type { Transfer } from './transfers.js';

/** A notice as it lies in the exchange folder, ready to be sent. */
export interface SentNotice {
  readonly id: string;
  readonly number: number;
  readonly deal: string;
  readonly buyer: string;
  readonly kind: BuyerNoticeKind;
  readonly path: string;
  /** The encrypted file of a correction, which goes with it; null for the other kinds. */
  readonly dataPath: string | null;
  readonly digest: Sha256;
  readonly due: CalendarDate;
}

/** What is passed on to the buyers who have the person's record. */
export interface Passing {
  readonly kind: Exclude<BuyerNoticeKind, 'abort'>;
  readonly request: StoredRequest;
  readonly purpose: string | null;
  readonly transfers: readonly Transfer[];
  /** New values for one deal, as that deal lets them leave; empty if none of them does. */
  readonly corrected?: (terms: Terms, tag: string) => Promise<ReadonlyMap<string, string | null>>;
}

/**
 * Writes a signed notice for each deal under which a person went to a buyer (PIPL-15, 46, 47; GDPR-19). Run again for the same request, it gives
 * the notices that were signed then.
 */
export async function passOn(
  session: Session,
  customerNo: string,
  passing: Passing,
): Promise<readonly SentNotice[]> {
  if (session.workspace.info.role !== 'seller') return [];
  // A purpose of another deal does not concern this buyer. Of several versions under which the person went, the notice names the newest.
  const concerned = passing.transfers.filter(
    ({ terms }) =>
      passing.purpose === null || leavingPurposes(terms).some(({ id }) => id === passing.purpose),
  );
  const deals = new Map(concerned.map(({ terms }) => [terms.id, terms]));
  const { read } = session.workspace;
  const sent: SentNotice[] = [];
  for (const [deal, terms] of deals) {
    const known = read.persons
      .notices()
      .find(
        (n) =>
          n.direction === 'out' &&
          read.deal(n.deal)?.id === deal &&
          readNotice(n.bytes).request === passing.request.id,
      );
    const notice =
      known ?? (await makeBuyerNotice(session, terms, await contentFor(session, customerNo, terms, passing)));
    if (notice === null) continue;
    sent.push(await putNotice(session, notice));
  }
  return sent;
}

interface Content {
  readonly kind: BuyerNoticeKind;
  readonly request: StoredRequest | null;
  readonly purpose: string | null;
  readonly subjects: readonly string[];
  readonly corrections: Corrections | null;
  readonly reason: string | null;
}

async function contentFor(
  session: Session,
  customerNo: string,
  terms: Terms,
  { kind, request, purpose, corrected }: Passing,
): Promise<Content> {
  const key = (await dealKeys(session, terms)).tagKey;
  const tag = hex(tagger(key)([customerNo.normalize('NFKC').trim()]));
  const corrections = corrected === undefined ? null : new Map([[tag, await corrected(terms, tag)]]);
  return { kind, request, purpose, subjects: [tag], corrections, reason: null };
}

/** Signs and keeps a notice; null for a correction of which this deal lets nothing leave. */
export async function makeBuyerNotice(
  session: Session,
  terms: Terms,
  content: Content,
): Promise<StoredBuyerNotice | null> {
  const { kind, request, purpose, subjects, corrections, reason } = content;
  const [values] = corrections?.values() ?? [];
  if (values?.size === 0) return null;
  const { identity } = await session.keys();
  const { read, info } = session.workspace;
  const digest = dealDigest(terms);
  const number =
    1 +
    read.persons.notices().filter((n) => n.direction === 'out' && read.deal(n.deal)?.id === terms.id).length;
  const id = uuidv7(Date.parse(session.now), session.runtime.random);
  const buyer = pinnedCard(session, terms.buyer.card);
  const data =
    corrections === null
      ? null
      : await sealCorrections(id, corrections, buyer.card.recipient, session.runtime.random);
  const due = request === null ? answerDue(dayOf(session.now)) : later(request.due, dayOf(session.now));
  const signed = signBuyerNotice(
    {
      id,
      number,
      deal: { id: terms.id, digest },
      environment: info.environment,
      kind,
      request: request?.id ?? null,
      purpose,
      seller: { card: ownCard(info).digest },
      buyer: { card: buyer.digest },
      subjects: [...subjects].sort(),
      fields: [...(values?.keys() ?? [])],
      data: data === null ? null : sha256(data),
      reason,
      issued: session.now,
      due,
      checkpoint: await session.checkpoint(),
    },
    identity.signer,
  );
  // The values are nowhere else in this form: they are on disk before the notice counts.
  if (data !== null) await writeWhole(dataPathOf(session, terms.id, number), data, { force: true });
  const notice = { id, direction: 'out', deal: digest, kind, ...signed, due, time: session.now } as const;
  keepNotice(session, notice, content, number);
  return read.persons.notice(id) ?? null;
}

/** Keeps a notice with its event; its request is passed on from now. */
function keepNotice(
  session: Session,
  notice: Parameters<Writer['persons']['addNotice']>[0],
  { kind, request, subjects }: Content,
  number: number,
): void {
  const { id, deal, due } = notice;
  session.record(
    {
      action: 'notice-sent',
      objects: {
        notice: noticeDigest(notice),
        deal,
        ...(request === null ? {} : { request: request.id, subject: hex(request.tag) }),
      },
      details: { kind, number, persons: subjects.length, due },
    },
    (write) => {
      write.persons.addNotice(notice);
      if (request !== null)
        write.persons.setRequestOutcome(request.id, {
          closed: null,
          outcome: 'passed-on',
          reason: null,
          notice: id,
        });
    },
  );
}

/** Values of a correction, encrypted. In bytes. */
const DATA_LIMIT = 32 * 1024 * 1024;

function later(due: CalendarDate, today: CalendarDate): CalendarDate {
  return due > today ? due : today;
}

/** Puts a notice that was signed where it can be sent from. */
export async function putNotice(session: Session, stored: StoredBuyerNotice): Promise<SentNotice> {
  const notice = readNotice(stored.bytes);
  const path = noticePathOf(session, notice.deal.id, notice.number);
  await writeWhole(`${path}.minisig`, stored.signature, { force: true });
  await writeWhole(path, stored.bytes, { force: true });
  const dataPath = notice.data === null ? null : dataPathOf(session, notice.deal.id, notice.number);
  await putSending(session, {
    kind: 'notice',
    path,
    document: stored.bytes,
    beside: {
      '.minisig': stored.signature,
      ...(dataPath === null ? {} : { '.data.age': readSent(dataPath, DATA_LIMIT, basename(dataPath)) }),
    },
  });
  return {
    id: notice.id,
    number: notice.number,
    deal: notice.deal.id,
    buyer: pinnedCard(session, notice.buyer.card).card.name,
    kind: notice.kind,
    path,
    dataPath,
    digest: noticeDigest(stored),
    due: notice.due,
  };
}

function noticePathOf(session: Session, deal: string, number: number): string {
  return session.path('exchange', `${noticeName(deal, number)}.json`);
}

function dataPathOf(session: Session, deal: string, number: number): string {
  return session.path('exchange', `${noticeName(deal, number)}.data.age`);
}

/** `2026-JX-014-notice-1.notice` */
export function noticeName(deal: string, number: number): string {
  return `${deal}-notice-${number}.notice`;
}
