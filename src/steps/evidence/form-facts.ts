import { existsSync } from 'node:fs';
import type { LoggedEvent } from '../../audit/event.js';
import type {
  AccountFact,
  BundleFact,
  Counted,
  DealFact,
  PersonCount,
  Pointers,
  PurgeFact,
  RequestFact,
  SelfAuditFacts,
} from '../../audit/self-audit-facts.js';
import { type Sha256, sha256 } from '../../base/crypto.js';
import { dayOf } from '../../base/time.js';
import type { Accounting } from '../../bundle/accounting.js';
import { readManifest } from '../../bundle/manifest.js';
import { readPlan } from '../../bundle/plan.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { leavingFields } from '../../deal/terms.js';
import { isOfKind, OPEN_KINDS } from '../../messages/limits.js';
import { findPolicy, ruleOf } from '../../policy/pack.js';
import { CURRENT_POLICY } from '../../policy/packs.js';
import { IDENTITY_CLEAR } from '../../store/identity-file.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import { type Dataset, isLedger } from '../../store/dataset-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import type { StoredRequest } from '../../store/persons-rows.js';
import type { StoredPurge } from '../../store/retention-rows.js';
import type { Reader } from '../../store/workspace.js';
import { checksOfDeal } from '../check/carried.js';
import { assessmentUntil } from '../retention/kept-records.js';
import { nextEnd, overdueOf, type Retention, retention } from '../retention/retention.js';
import { filesLeft } from '../session/clear-files.js';
import type { Session } from '../session/session.js';
import { saidPersons } from '../session/person-counts.js';
import { personsIn } from '../session/list.js';

/**
 * What log and store show about the points of a self-audit. Opens no records, so it needs no passphrase.
 *
 * @param log as audit verify found it
 */
export function selfAuditFacts(session: Session, log: SelfAuditFacts['log']): SelfAuditFacts {
  const { info, read } = session.workspace;
  const index = new EventIndex(read.log.events());
  const deals = read.deals();
  const datasets = read.datasets();
  const stored = datasets.filter((dataset) => dataset.state === 'kept');
  const kept = retention(session);
  const { today } = kept;
  const bundles = read.bundles().filter((b) => b.state !== 'began' && b.state !== 'abandoned');
  const ledgers = datasets.filter(isLedger);
  return {
    today,
    role: info.role,
    environment: info.environment,
    deals: deals.flatMap((deal) => usedVersions(read, deal)).map((deal) => dealFact(read, index, deal)),
    accounts:
      info.role === 'seller' ? sellersAccounts(read, index, deals) : buyersAccounts(read, index, bundles),
    bundles: bundles.map((bundle) => bundleFact(read, index, bundle)),
    ledgers: counted(
      ledgers.length,
      index,
      ledgers.map((ledger) => ledger.id),
      ledgers.map((ledger) => ledger.sha256),
    ),
    marks: read.persons.subjectMarks().filter((mark) => mark.kind !== 'corrected').length,
    tellsAge: tellsAge(datasets),
    approvals: approvalsOf(read, index, deals),
    purges: read.retention.purges().map((purge) => purgeFact(index, purge)),
    overdue: overdueOf(kept),
    nextEnd: nextEnd(kept)?.date ?? null,
    holds: restraintsOf(kept, index, 'hold'),
    freezes: restraintsOf(kept, index, 'freeze'),
    places: placesOf(read),
    requests: read.persons.requests().map(requestFact),
    requestEvents: index.action('request-opened'),
    notices: read.persons.notices().map(({ due, completed }) => ({ due, isOpen: completed === null })),
    noticeEvents: index.action(info.role === 'seller' ? 'notice-sent' : 'notice-received'),
    incidents: incidentsOf(read, index),
    papers: read.house
      .papers()
      .map(({ id, kind, signed, sha256 }) => ({ id, kind, signed, sha256, events: index.of(id) })),
    people: read.house.people(),
    peopleEvents: index.action('people-updated'),
    datasets: stored.length,
    clearCopies: clearCopies(read),
    keyInClear: existsSync(session.path('keys', IDENTITY_CLEAR)),
    log,
    persons: personCounts(read, stored),
    others: saidPersons(read),
  };
}

/** Which events name an id or a digest, and which are of an action. */
class EventIndex {
  readonly #objects = new Map<string, number[]>();
  readonly #actions = new Map<string, number[]>();

  constructor(events: Iterable<LoggedEvent>) {
    for (const { seq, action, objects } of events) {
      push(this.#actions, action, seq);
      for (const id of new Set(Object.values(objects))) push(this.#objects, id, seq);
    }
  }

  of(...ids: readonly string[]): readonly number[] {
    const found = new Set(ids.flatMap((id) => this.#objects.get(id) ?? []));
    return [...found].sort((a, b) => a - b);
  }

  action(action: LoggedEvent['action']): readonly number[] {
    return this.#actions.get(action) ?? [];
  }
}

function push(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function counted(
  count: number,
  index: EventIndex,
  ids: readonly string[],
  documents: readonly Sha256[] = [],
): Counted {
  return { count, events: index.of(...ids), documents };
}

/** The version in force, and each former one under which something was handed over. */
function usedVersions(read: Reader, { id, digest }: StoredDeal): readonly StoredDeal[] {
  const used = new Set(read.bundles().flatMap(({ deal, state }) => (state === 'abandoned' ? [] : [deal])));
  return read.versions(id).filter((version) => version.digest === digest || used.has(version.digest));
}

function dealFact(read: Reader, index: EventIndex, stored: StoredDeal): DealFact {
  const terms = readDealJson(stored.bytes);
  const { assessment, confidentiality, notice, opinion } = terms;
  const leaving = leavingFields(terms);
  const ofClass = (fieldClass: string): readonly string[] =>
    leaving.filter((field) => field.class === fieldClass).map((field) => field.name);
  return {
    id: terms.id,
    rule: ruleOf(findPolicy(terms) ?? CURRENT_POLICY, terms),
    isSigned: new Set(stored.signatures.map((signature) => signature.role)).size === 2,
    isAborted: read.dealEnd(stored.digest) !== undefined,
    purposes: terms.purposes.length,
    fields: leaving.length,
    sensitive: ofClass('sensitive'),
    judgement: ofClass('judgement'),
    notice: { sha256: notice.sha256, sent: notice.sent },
    assessment: {
      sha256: assessment.sha256,
      date: assessment.date,
      keep: assessmentUntil(read, terms.id, assessment),
    },
    confidentiality: { sha256: confidentiality.sha256, signed: confidentiality.signed },
    opinion: opinion === undefined ? null : { sha256: opinion.sha256, date: opinion.date },
    escrow: terms.escrow.length,
    events: index.of(stored.digest).slice(0, 2),
    documents: [stored.digest],
  };
}

/** The check that says how the customers are under each deal. */
function sellersAccounts(
  read: Reader,
  index: EventIndex,
  deals: readonly StoredDeal[],
): readonly AccountFact[] {
  return deals.flatMap((deal) => {
    const check = checksOfDeal(read, deal).at(-1);
    if (check === undefined) return [];
    const at = { events: index.of(check.id), documents: [check.planDigest] };
    return customersOnly(readPlan(check.plan)).map((accounting) => accountFact(deal.id, accounting, at));
  });
}

/** What the seller signed about the rows of each bundle that came in. */
function buyersAccounts(
  read: Reader,
  index: EventIndex,
  bundles: readonly StoredBundle[],
): readonly AccountFact[] {
  return bundles.flatMap((bundle) => {
    const manifest = readManifest(bundle.manifest);
    const { deal } = manifest;
    const at = { events: index.of(bundle.id), documents: [bundle.manifestDigest] };
    return customersOnly(manifest).map((each) =>
      accountFact(read.deal(bundle.deal)?.id ?? deal.id, each, at),
    );
  });
}

/** The form asks about persons: rows of the tables beside the customers are none. */
function customersOnly({
  accounting,
}: {
  readonly accounting: readonly Accounting[];
}): readonly Accounting[] {
  return accounting.slice(0, 1);
}

function accountFact(deal: string, accounting: Accounting, at: Pointers): AccountFact {
  const { ask, withhold, reject } = accounting.reasons;
  const reasons: Record<string, number> = {};
  for (const each of [ask, withhold, reject])
    for (const [code, count] of Object.entries(each)) reasons[code] = (reasons[code] ?? 0) + count;
  const { read, transfer, handed_over: before } = accounting;
  return { deal, read, transfer: transfer + before, reasons, ...at };
}

function bundleFact(read: Reader, index: EventIndex, bundle: StoredBundle): BundleFact {
  const manifest = readManifest(bundle.manifest);
  const receipt = read.receipt(bundle.id);
  const digest = receipt === undefined ? null : sha256(receipt.bytes);
  return {
    deal: manifest.deal.id,
    number: manifest.number,
    direction: bundle.direction,
    rows: manifest.resources[0]?.rows ?? 0,
    day: dayOf(manifest.created),
    receipt: digest === null ? null : { events: index.of(digest), documents: [digest] },
    events: index.of(bundle.manifestDigest),
    documents: [bundle.manifestDigest],
  };
}

function purgeFact(index: EventIndex, purge: StoredPurge): PurgeFact {
  const { id, state, outcome, certificate, planDigest, time } = purge;
  const document = certificate === null ? planDigest : sha256(certificate);
  return { state, outcome, day: dayOf(time), events: index.of(id), documents: [document] };
}

function requestFact({ due, closed, outcome, reason }: StoredRequest): RequestFact {
  return {
    due,
    closed: closed === null ? null : dayOf(closed),
    refused: outcome === 'refused',
    hasReason: reason !== null && reason.trim() !== '',
  };
}

function restraintsOf({ restraints }: Retention, index: EventIndex, kind: 'hold' | 'freeze'): Counted {
  const open = restraints.filter((restraint) => restraint.kind === kind);
  return counted(
    open.length,
    index,
    open.map((restraint) => restraint.id),
  );
}

/** How many places there are of which a person said each thing last. */
function placesOf(read: Reader): SelfAuditFacts['places'] {
  const places = new Map(
    read.retention.attestations().map((attestation) => [attestation.place, attestation.state]),
  );
  const inState = (state: string): number => [...places.values()].filter((each) => each === state).length;
  return { cleared: inState('cleared'), never: inState('never-there'), remains: inState('remains') };
}

function incidentsOf(read: Reader, index: EventIndex): SelfAuditFacts['incidents'] {
  const incidents = read.incidents();
  return {
    total: incidents.length,
    open: incidents.filter((incident) => incident.closed === null).length,
    events: index.action('incident-opened'),
    documents: [],
  };
}

/** Fields by which an age can be told. */
const AGE_FIELDS: readonly string[] = ['birth_date', 'id_no', 'age'];

function tellsAge(datasets: readonly Dataset[]): boolean | null {
  const customers = datasets.filter((dataset) => dataset.kind === 'customers');
  if (customers.length === 0) return null;
  return customers.some((dataset) => dataset.columns.some((column) => AGE_FIELDS.includes(column)));
}

function approvalsOf(read: Reader, index: EventIndex, deals: readonly StoredDeal[]): Counted {
  const wordings = new Set<string>(deals.map((deal) => deal.digest));
  const plans = new Set<Sha256>(read.retention.purges().map((purge) => purge.planDigest));
  for (const check of read.checks()) if (wordings.has(check.deal)) plans.add(check.planDigest);
  const given = [...plans].flatMap((plan) => read.approvals(plan)).map((approval) => sha256(approval.bytes));
  return counted(given.length, index, given, given);
}

/** Files in the clear that were written or read and of which nobody knows that they are gone. */
function clearCopies(read: Reader): number {
  return filesLeft(read).filter((file) => isOfKind(file, OPEN_KINDS)).length;
}

/** Distinct persons by tag: among everything that was imported, and among what came under each deal, whose tags have keys of their own. */
function personCounts(read: Reader, kept: readonly Dataset[]): readonly PersonCount[] {
  const received = new Map<string, Dataset[]>();
  for (const dataset of kept) {
    const bundle = dataset.bundle === null ? undefined : read.bundle(dataset.bundle);
    if (bundle === undefined) continue;
    const deal = read.deal(bundle.deal)?.id ?? '';
    received.set(deal, [...(received.get(deal) ?? []), dataset]);
  }
  const imported = kept.filter((dataset) => dataset.bundle === null);
  return [
    ...(imported.length === 0 ? [] : [personCount(read, 'imported', null, imported)]),
    ...[...received].map(([deal, datasets]) => personCount(read, 'received', deal, datasets)),
  ];
}

function personCount(
  read: Reader,
  source: PersonCount['source'],
  deal: string | null,
  datasets: readonly Dataset[],
): PersonCount {
  let records = 0;
  for (const { id } of datasets) for (const page of read.pageTags(id)) records += page.records;
  const persons = personsIn(read, datasets);
  return { source, deal, datasets: datasets.length, records, persons };
}
