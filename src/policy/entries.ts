import { instantOf } from '../base/time.js';
import type { ImportedRecord } from '../dataset/page.js';
import { cell, columnOf, type JudgeBasis } from './basis.js';
import { type ConsentEvent, type ConsentState, consentState } from './consent.js';
import { compileDoubt } from './doubts.js';
import { compileDependence, guardianConsent } from './further-consent.js';
import { isWithin, type Limits } from './limits.js';
import { remembered } from './match.js';
import { type ReasonSet, reasonSet } from './reasons.js';
import { type Statement, compileFaults } from './consent-faults.js';

/** Later than every instant: when a no has no time, nothing shows that a yes came after it. */
const ALWAYS = '\uffff';

/** What an entry amounts to: it claims to be a yes, says no, ends a yes, waits for an answer, or is not clear. */
type Meaning = 'yes' | 'no' | 'end' | 'pending' | 'unclear';

/** One entry about a person's will: a column of the file, or an event of the ledger. */
export interface Entry {
  readonly meaning: Meaning;
  /** As it is stated, or ''. */
  readonly at: string;
  /** When it counts from: of a no the latest that it can be, {@link ALWAYS} if it has no time; of an end without time likewise. */
  readonly time: string;
  /** The leaving purposes that it is about, as bits. */
  readonly purposes: number;
  /** Of a yes: what is wrong with it, its purposes aside. Of a no: the reason that it gives. */
  readonly reasons: ReasonSet;
  /** Of a yes: whether it has run out. */
  readonly lapsed: boolean;
  /** Of a yes: how it was said, and when the notice had arrived; or ''. */
  readonly method: string;
  readonly told: string;
  readonly source: EntrySource;
  /** The canonical column, the number of the event, counted from 1, what was told, or the dataset of another customer file. */
  readonly origin: string | number;
}

/** Where an entry is: in the record, in a ledger, in no file's records at all, or in another customer file. */
export type EntrySource = 'column' | 'ledger' | 'store' | 'file';

/** The entries about one person, in the order file, ledger. */
export interface Entries {
  readonly list: readonly Entry[];
  /** The purposes about which there is a no, and an end, as bits: most persons never said either. */
  readonly denied: number;
  readonly ended: number;
  /** When the notice of the deal had reached the person, by the file or by a report of its delivery; ''. */
  readonly told: string;
  /** What was said last of the contract, with what was prepaid, apart from the data; null for nothing. */
  readonly contract: Entry | null;
  /** Words elsewhere in the record that may be a no, without time and of unclear meaning; null for none. */
  readonly doubt: Entry | null;
}

/** What each state amounts to, and the reason that a no gives. */
const WEIGHTS: Readonly<Record<ConsentState, { readonly meaning: Meaning; readonly reason: ReasonSet }>> = {
  given: { meaning: 'yes', reason: 0 },
  renewed: { meaning: 'yes', reason: 0 },
  verbal: { meaning: 'yes', reason: 0 },
  implied: { meaning: 'yes', reason: 0 },
  refused: { meaning: 'no', reason: reasonSet('CONSENT_REFUSED') },
  withdrawn: { meaning: 'no', reason: reasonSet('CONSENT_WITHDRAWN') },
  objected: { meaning: 'no', reason: reasonSet('OBJECTION') },
  'erasure-asked': { meaning: 'no', reason: reasonSet('ERASURE_REQUESTED') },
  expired: { meaning: 'end', reason: 0 },
  'no-reply': { meaning: 'pending', reason: 0 },
  requested: { meaning: 'pending', reason: 0 },
  delivered: { meaning: 'pending', reason: 0 },
  unreachable: { meaning: 'pending', reason: 0 },
  deferred: { meaning: 'pending', reason: 0 },
  unknown: { meaning: 'unclear', reason: 0 },
};

/** Compiles the reading of everything on record about a person's will. What it gives holds until the next record is read. */
export function compileEntries(
  basis: JudgeBasis,
): (record: ImportedRecord, ledger: readonly ConsentEvent[] | undefined) => Entries {
  const fromColumns = compileColumns(basis);
  const weigh = compileWeighing(basis);
  const youngAt = compileTooYoung(basis);
  const noColumns = compileNoColumns(basis);
  const doubtIn = compileDoubt(basis);
  const delivered = columnOf(basis, 'notice_delivered_at');
  const deliveryIn = compileDelivery(basis);
  const { required } = basis.matcher;
  // One for all records: a list of its own for each is most of what a judgement would cost.
  const entries: Mutable = { list: [], denied: 0, ended: 0, told: '', contract: null, doubt: null };
  let size = 0;
  const add = (entry: Entry | null): void => {
    if (entry === null) return;
    // In the place of the record before: a list that is emptied gives up its memory, and takes it anew.
    if (size < entries.list.length) entries.list[size] = entry;
    else entries.list.push(entry);
    size++;
    if (entry.meaning === 'no') entries.denied |= entry.purposes;
    else if (entry.meaning === 'end') entries.ended |= entry.purposes;
  };
  const finished = (): Entries => {
    if (entries.list.length > size) entries.list.length = size;
    return entries;
  };
  return (record, ledger) => {
    const stated = fromColumns(record);
    const hasNo = hasAny(record, noColumns);
    const told = cell(record, delivered) || deliveryIn(ledger);
    const doubt = doubtIn(record);
    if (stated === null && !hasNo && ledger === undefined && told === '' && doubt === null) return NO_ENTRIES;
    entries.doubt = doubt === null ? null : unclear(doubt, required);
    size = 0;
    entries.denied = 0;
    entries.ended = 0;
    entries.told = told;
    entries.contract = null;
    if (stated !== null) add(weigh(stated, told, youngAt(record, stated.at), 'column', 'consent_status'));
    if (hasNo) for (const { column, ...no } of noColumns) add(dated(cell(record, column), required, no));
    if (ledger === undefined) return finished();
    let number = 0;
    for (const event of ledger) {
      number++;
      const origin = event.told ?? event.dataset ?? number;
      const entry = weigh(statementOf(event), told, youngAt(record, event.at), sourceOf(event), origin);
      if (event.matter === undefined) add(entry);
      else entries.contract = laterOf(entries.contract, entry);
    }
    return finished();
  };
}

/** Compiles what is wrong with an answer of somebody who was too young when giving it, and for whom no guardian agreed (PIPL-31). */
function compileTooYoung(basis: JudgeBasis): (record: ImportedRecord, at: string) => ReasonSet {
  const dependence = compileDependence(basis, basis.pack.guardianUnder);
  const ofGuardian = guardianConsent(basis);
  const missing = reasonSet('GUARDIAN_MISSING');
  return (record, at) => {
    if (!dependence.whenAnswering(record, at)) return 0;
    // Of whoever still is, the guardian's question tells.
    return dependence.today(record) || ofGuardian.of(record) === 'good' ? 0 : missing;
  };
}

/** When the text of the deal first reached a person, as reports of its delivery say; ''. */
export function compileDelivery({
  terms,
}: Pick<JudgeBasis, 'terms'>): (ledger: readonly ConsentEvent[] | undefined) => string {
  const { sha256 } = terms.notice;
  return (ledger) => {
    let first = '';
    if (ledger === undefined) return first;
    for (const { state, at, notice } of ledger)
      if (state === 'delivered' && notice === sha256 && (first === '' || at < first)) first = at;
    return first;
  };
}

function sourceOf({ told, dataset }: ConsentEvent): EntrySource {
  if (told !== undefined) return 'store';
  return dataset === undefined ? 'ledger' : 'file';
}

const NO_ENTRIES: Entries = { list: [], denied: 0, ended: 0, told: '', contract: null, doubt: null };

interface Mutable extends Entries {
  readonly list: Entry[];
  denied: number;
  ended: number;
  told: string;
  contract: Entry | null;
  doubt: Entry | null;
}

/** Of two words about the contract the later one; at the same time the no. */
function laterOf(one: Entry | null, other: Entry | null): Entry | null {
  if (one === null || other === null) return one ?? other;
  if (one.meaning === 'pending') return other;
  if (other.meaning === 'pending' || other.time < one.time) return one;
  return other.time > one.time || other.meaning === 'no' ? other : one;
}

/** Columns that hold nothing but the time of a no, which is to everything that the deal is about. */
const NO_COLUMNS = [
  { origin: 'objection_at', reasons: reasonSet('OBJECTION') },
  { origin: 'withdrawn_at', reasons: reasonSet('CONSENT_WITHDRAWN') },
  { origin: 'cancelled_at', reasons: reasonSet('CONSENT_WITHDRAWN') },
] as const;

/** Those that the file has. */
function compileNoColumns(basis: JudgeBasis) {
  return NO_COLUMNS.map((no) => ({ ...no, column: columnOf(basis, no.origin) })).filter(
    ({ column }) => column >= 0,
  );
}

function hasAny(record: ImportedRecord, columns: readonly { readonly column: number }[]): boolean {
  for (const { column } of columns) if (cell(record, column) !== '') return true;
  return false;
}

/** The no that a time means; null for none. */
function dated(at: string, purposes: number, no: Pick<Entry, 'origin' | 'reasons'>): Entry | null {
  if (at === '') return null;
  const time = latestOf(at);
  return { meaning: 'no', at, time, purposes, lapsed: false, method: '', told: '', source: 'column', ...no };
}

/** Words of a column that may be a no. */
function unclear(origin: string, purposes: number): Entry {
  return {
    meaning: 'unclear',
    at: '',
    time: '',
    purposes,
    reasons: 0,
    lapsed: false,
    method: '',
    told: '',
    source: 'column',
    origin,
  };
}

/** Compiles the reading of the file's columns about consent: null if they say nothing at all. */
function compileColumns(basis: JudgeBasis): (record: ImportedRecord) => Statement | null {
  const status = columnOf(basis, 'consent_status');
  const recipient = columnOf(basis, 'consent_recipient');
  const purpose = columnOf(basis, 'consent_purpose');
  const time = columnOf(basis, 'consent_at');
  const manner = columnOf(basis, 'consent_method');
  const proof = columnOf(basis, 'consent_evidence');
  const until = columnOf(basis, 'consent_valid_until');
  const text = columnOf(basis, 'consent_notice');
  return (record) => {
    const state = cell(record, status);
    const at = cell(record, time);
    const method = cell(record, manner);
    const evidence = cell(record, proof);
    if (state === '' && at === '' && method === '' && evidence === '') return null;
    return {
      state,
      at,
      recipient: cell(record, recipient),
      purpose: cell(record, purpose),
      method,
      evidence,
      notice: cell(record, text),
      validUntil: cell(record, until),
    };
  };
}

/** Written out, because a copy by `...` takes ten times as long as all the rest of the judgement. */
function statementOf({
  state,
  at,
  recipient,
  purpose,
  method,
  evidence,
  notice = '',
}: ConsentEvent): Statement {
  return { state, at, recipient, purpose, method, evidence, notice, validUntil: '' };
}

/** Compiles the weighing of what is said: null for a no that is not meant for the buyer. */
function compileWeighing(
  basis: JudgeBasis,
): (
  said: Statement,
  told: string,
  young: ReasonSet,
  source: EntrySource,
  origin: Entry['origin'],
) => Entry | null {
  const { matcher, limits } = basis;
  const faultsOf = compileFaults(basis);
  const weightOf = remembered((state) => WEIGHTS[consentState(state)]);
  return (said, told, young, source, origin) => {
    const { meaning, reason } = weightOf(said.state);
    const { at, purpose } = said;
    if (meaning === 'yes') {
      const purposes = matcher.granted(purpose);
      const reasons = faultsOf(said, told) | young;
      const lapsed = isLapsed(said, limits);
      return { meaning, at, time: at, purposes, reasons, lapsed, method: said.method, told, source, origin };
    }
    if (meaning === 'pending' || meaning === 'unclear')
      return {
        meaning,
        at,
        time: at,
        purposes: matcher.required,
        reasons: reason,
        lapsed: false,
        method: '',
        told: '',
        source,
        origin,
      };
    if (!matcher.touchesBuyer(said.recipient)) return null;
    const time = meaning === 'no' ? latestOf(at) : at === '' ? ALWAYS : at;
    const purposes = matcher.denied(purpose);
    return {
      meaning,
      at,
      time,
      purposes,
      reasons: reason,
      lapsed: false,
      method: '',
      told: '',
      source,
      origin,
    };
  };
}

/**
 * The latest time that a no can have: nobody knows when on its day one was said that is dated by the day, and one whose time is the first
 * second of a day in Asia/Shanghai was. At equal or unclear time the no wins (PIPL-15).
 */
function latestOf(at: string): string {
  if (at === '') return ALWAYS;
  return at.endsWith(MIDNIGHT) ? lastSecond(at) : at;
}

/** The last second of the day in Asia/Shanghai that begins with an instant. */
const lastSecond = remembered((midnight) => instantOf(new Date(Date.parse(midnight) + DAY_MS - 1000)));

const MIDNIGHT = 'T16:00:00Z';
const DAY_MS = 86_400_000;

function isLapsed({ at, validUntil }: Statement, { lapsed, today }: Limits): boolean {
  return isWithin(at, lapsed) || (validUntil !== '' && validUntil.slice(0, 10) < today);
}
