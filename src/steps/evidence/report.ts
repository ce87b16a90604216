import { Buffer } from 'node:buffer';
import { EVENT_FORMAT, eventBytes } from '../../audit/event.js';
import { base64, utf8 } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import type { Signer } from '../../base/signing.js';
import type { CalendarDate } from '../../base/time.js';
import { VERSION } from '../../base/version.js';
import { APPROVAL_FORMAT } from '../../bundle/approval.js';
import { MANIFEST_FORMAT } from '../../bundle/manifest.js';
import { PLAN_FORMAT } from '../../bundle/plan.js';
import { RECEIPT_FORMAT } from '../../bundle/receipt.js';
import { DEAL_FORMAT } from '../../deal/terms.js';
import { CARD_FORMAT } from '../../identity/card.js';
import { fingerprint } from '../../identity/fingerprint.js';
import { signMinisign } from '../../identity/minisign.js';
import { fail, HandoverError } from '../../messages/error.js';
import { CLEAR_KINDS, isOfKind } from '../../messages/limits.js';
import { PLACES } from '../../messages/places.js';
import { CATALOGUE_DATE, lawOf } from '../../policy/laws.js';
import { policyDigest } from '../../policy/pack.js';
import { CURRENT_POLICY, POLICY_PACKS } from '../../policy/packs.js';
import type { ReportData } from '../../report/audit-report.js';
import { type PageSigner, REPORT_DATA_FORMAT, type ReportProof } from '../../report/signed-page.js';
import { citedLaws } from '../../report/audit-report-words.js';
import { figuresOf } from '../../report/page-figures.js';
import {
  CERTIFICATE_FORMAT,
  certificateDigest,
  readCertificate,
  type SignedCertificate,
  verifyCertificate,
} from '../../retention/certificate.js';
import { PURGE_PLAN_FORMAT, planTotals, readPurgePlan } from '../../retention/purge-plan.js';
import { writeSigned } from '../../store/signed-file.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import type { StoredPurge } from '../../store/retention-rows.js';
import { pendingNotices } from '../persons/late-notices.js';
import { retention } from '../retention/retention.js';
import { filesGone, filesLeft } from '../session/clear-files.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { reportCalendar } from './report-calendar.js';
import { reportDeal } from './report-deal.js';
import { reportExposure } from './report-exposure.js';
import { reportFindings } from './report-findings.js';
import { reportHouse } from './report-house.js';
import { reportLog } from './report-log.js';

/** What a report is about. */
export interface ReportInput {
  /** Id or digest of one deal, or null for all. */
  readonly deal: string | null;
}

/**
 * Gathers everything that an audit report says. Opens no records and changes nothing, so it needs no passphrase: clear columns, signed
 * documents and the log are enough.
 *
 * @throws HandoverError DEAL_UNKNOWN
 */
export function auditReport(session: Session, { deal }: ReportInput): ReportData {
  const { info, read } = session.workspace;
  const { card } = ownCard(info);
  const chosen = chosenDeals(session, deal);
  const only = deal === null ? null : (chosen[0]?.id ?? null);
  const kept = retention(session);
  const { today } = kept;
  const deals = chosen.map((stored) => reportDeal(session, stored, kept));
  const purges = purgesOf(session, only);
  const calendar = reportCalendar(session, kept, { deals, purges }, only);
  const facts = {
    made: session.now,
    today,
    deal: only,
    program: { version: VERSION, formats: [...FORMATS] },
    party: {
      name: card.name,
      uscc: card.uscc ?? null,
      role: info.role,
      environment: info.environment,
      card: info.cardDigest,
      fingerprint: fingerprint(info.cardDigest),
    },
    deals,
    notices: noticesOf(session, only),
    requests: requestsOf(session, today),
    incidents: read.incidents().map(({ id, opened, closed }) => ({
      id,
      opened,
      closed,
      notes: read.incidentNotes(id).length,
    })),
    house: reportHouse(session, only, today),
    calendar,
    purges,
    remaining: remainingOf(session),
    exposure: reportExposure(session, only),
    log: reportLog(session),
    laws: lawsOf(),
    catalogue: catalogueOf(citedLaws({ deals, calendar })),
  } satisfies Omit<ReportData, 'findings' | 'standing'>;
  const pending = pendingNotices(session).filter(({ deal }) => only === null || deal === only);
  const findings = reportFindings(facts, pending);
  const worst = (['alert', 'open'] as const).find((level) => findings.some((f) => f.severity === level));
  return { ...facts, findings, standing: worst ?? 'good' };
}

/** Everything that has a format and may be behind a figure. */
const FORMATS = [
  CARD_FORMAT,
  DEAL_FORMAT,
  PLAN_FORMAT,
  APPROVAL_FORMAT,
  MANIFEST_FORMAT,
  RECEIPT_FORMAT,
  PURGE_PLAN_FORMAT,
  CERTIFICATE_FORMAT,
  EVENT_FORMAT,
  REPORT_DATA_FORMAT,
];

function chosenDeals(session: Session, named: string | null): readonly StoredDeal[] {
  const { read } = session.workspace;
  if (named === null) return read.deals();
  const found = read.deal(named) ?? fail({ code: 'DEAL_UNKNOWN', deal: named });
  return [read.deal(found.id) ?? found];
}

/** The wordings behind requirement ids, each law once. */
function catalogueOf(ids: readonly string[]): ReportData['catalogue'] {
  const laws = new Map(
    ids.flatMap((id) => {
      const law = lawOf(id);
      return law === undefined ? [] : [[law.id, law] as const];
    }),
  );
  return {
    verified: CATALOGUE_DATE,
    laws: [...laws.values()].map(({ id, inForce, source }) => ({ id, in_force: inForce, source })),
  };
}

function noticesOf(session: Session, only: string | null): ReportData['notices'] {
  const { read } = session.workspace;
  return read.persons.notices().flatMap(({ id, direction, deal, kind, time, due, completed }) => {
    const of = read.deal(deal)?.id ?? deal;
    return only === null || of === only ? [{ id, direction, deal: of, kind, time, due, completed }] : [];
  });
}

/** Requests name no deal: a person asks the house. */
function requestsOf(session: Session, today: CalendarDate): ReportData['requests'] {
  const list = session.workspace.read.persons
    .requests()
    .map(({ id, kind, requester, received, due, closed, outcome, reason }) => ({
      id,
      kind,
      requester,
      received,
      due,
      closed,
      outcome,
      reason,
    }));
  const ended = (outcome: string) => list.filter((request) => request.outcome === outcome).length;
  const open = list.filter((request) => request.closed === null);
  return {
    total: list.length,
    open: open.length,
    overdue: open.filter((request) => request.due < today).length,
    done: ended('done'),
    refused: ended('refused'),
    passed_on: ended('passed-on'),
    list,
  };
}

function purgesOf(session: Session, only: string | null): ReportData['purges'] {
  return session.workspace.read.retention.purges().flatMap((purge) => {
    const plan = readPurgePlan(purge.plan);
    const deals = plan.deals.map(({ id }) => id);
    if (only !== null && !deals.includes(only)) return [];
    return [
      {
        id: purge.id,
        state: purge.state,
        time: purge.time,
        plan: purge.planDigest,
        outcome: purge.outcome,
        scope: plan.scope.kind,
        deals,
        records: planTotals(plan).purge,
        certificate: certificateOf(session, purge),
      },
    ];
  });
}

function certificateOf(
  session: Session,
  { certificate: bytes, certificateSignature: signature }: StoredPurge,
): ReportData['purges'][number]['certificate'] {
  if (bytes === null || signature === null) return null;
  const { finished, persons, limits, retain_until } = readCertificate(bytes);
  const sha256 = certificateDigest({ bytes, signature });
  return { sha256, valid: isOwn(session, { bytes, signature }), finished, persons, limits, retain_until };
}

/** Whether a certificate is this party's, under its present card or one that it followed, and agrees with itself. */
function isOwn(session: Session, signed: SignedCertificate): boolean {
  const own = ownCard(session.workspace.info);
  try {
    verifyCertificate(signed, { card: own.digest, signingKey: own.card.signing_key });
    return true;
  } catch (error) {
    if (error instanceof HandoverError) return false;
    throw error;
  }
}

function remainingOf(session: Session): ReportData['remaining'] {
  const { read } = session.workspace;
  const said = new Map(read.retention.attestations().map((attestation) => [attestation.place, attestation]));
  return {
    // A mapping holds names of columns only.
    files: filesLeft(read)
      .filter((file) => isOfKind(file, CLEAR_KINDS))
      .map(({ kind, sha256, bytes, time }) => ({ kind, sha256, bytes, time })),
    shredded: filesGone(read).length,
    places: PLACES.flatMap((place) => {
      const last = said.get(place);
      return last === undefined ? [] : [{ ...last, place }];
    }),
    places_open: PLACES.filter((place) => !said.has(place)),
  };
}

/** Every pack that this program judges by. A deal names one, and both parties sign it. */
function lawsOf(): ReportData['laws'] {
  return POLICY_PACKS.map((pack) => ({
    pack: pack.id,
    version: pack.version,
    sha256: policyDigest(pack),
    current: pack === CURRENT_POLICY,
  }));
}

/**
 * What the page that is a file carries with it, so that it can be checked by itself: the signed log. Events that nobody has signed yet, such as
 * an approval or that a report was written, are left out, unless a figure of the page follows from them.
 */
export function reportProof(session: Session): ReportProof {
  const { info, read } = session.workspace;
  const segment = read.log.segments().at(-1);
  const checkpoint = read.log.lastCheckpoint();
  const events = [...read.log.events()];
  const needed = events.findLastIndex(
    (event) => event.seq < (checkpoint?.size ?? 0) || figuresOf([event]).size > 0,
  );
  return {
    format: REPORT_DATA_FORMAT,
    card: Buffer.from(info.card).toString('utf8'),
    card_signature: info.cardSignature,
    checkpoint: checkpoint?.note ?? '',
    pruned:
      segment === undefined
        ? null
        : { upto: segment.upto, range: Buffer.from(segment.range).toString('base64') },
    events: events.slice(0, needed + 1).map((event) => Buffer.from(eventBytes(event)).toString('utf8')),
  };
}

/** Signs pages with the party's key. */
export function pageSigner(signer: Signer): PageSigner {
  return (bytes) => base64(signer.sign(bytes));
}

export interface ReportFile {
  readonly path: string;
  readonly sha256: Sha256;
  readonly bytes: number;
}

/**
 * Writes a page that was made from the report, and logs its digest. The event comes after the events that the page carries: a page cannot
 * hold its own digest.
 *
 * @throws HandoverError FILE_EXISTS and the other problems of writing
 */
export async function writeReport(
  session: Session,
  path: string,
  page: string,
  { deal, force }: { readonly deal: string | null; readonly force: boolean },
): Promise<ReportFile> {
  const digest = deal === null ? undefined : session.workspace.read.deal(deal)?.digest;
  const { identity } = await session.keys();
  const comment = `handover.report/1 ${session.workspace.info.cardDigest}`;
  const signature = signMinisign(utf8(page), identity.signer, comment);
  const written = await writeSigned(path, page, signature, {
    force,
    announce: ({ sha256, bytes }) =>
      session.record(
        {
          action: 'audit-reported',
          objects: { report: sha256, ...(digest === undefined ? {} : { deal: digest }) },
          details: { form: 'html', bytes },
        },
        () => undefined,
      ),
  });
  return { path, ...written };
}
