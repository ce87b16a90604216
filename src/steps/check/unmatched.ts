import { TAG_BYTES } from '../../base/tagger.js';
import { contactKeys, contactSubject } from '../../dataset/contact.js';
import { maskValue } from '../../dataset/mask.js';
import { type ImportedRecord, recordsOf } from '../../dataset/page.js';
import type { ConsentEvent } from '../../policy/consent.js';
import type { ConsentLedger } from '../../policy/consent-ledger.js';
import { isNo, looseNumber, type UnmatchedDecision } from '../../policy/near.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import { ANSWERED, type Dataset } from '../../store/dataset-rows.js';
import { openPage } from '../../store/sealed-pages.js';
import type { Session } from '../session/session.js';
import { type UnreadNoes, unreadNoes } from './unread-noes.js';

/** An event of a ledger whose number is no customer's. */
export interface UnmatchedEvent {
  readonly event: ConsentEvent;
  /** The number as the ledger has it. */
  readonly subject: string;
  /** The name of the ledger's file, and which of its usable rows it is, from 1. */
  readonly file: string;
  readonly row: number;
  /** The id of the ledger's dataset. */
  readonly dataset: string;
}

/** Where an event of a ledger is found whose number is nobody's. */
interface UnmatchedRow {
  readonly file: string;
  readonly row: number;
  /** What the ledger calls the person, masked. */
  readonly number: string;
  readonly isNo: boolean;
  /** Customers whose numbers are nearly the same: the first of these numbers, masked. */
  readonly near: readonly string[];
}

/** Told of every event that stays nobody's, with the numbers in the clear of the customers whose numbers are nearly the same. */
export type UnmatchedListener = (unmatched: UnmatchedEvent, near: readonly string[]) => void;

/** What a check knows of the events of ledgers that no customer's number names. */
export interface Unmatched {
  /** Events that belong to nobody known. */
  readonly events: number;
  /** Of these, those that say no. */
  readonly noes: number;
  /** Of these, those whose number is nearly a customer's. */
  readonly near: number;
  /** Events that were matched by e-mail address or mobile number, and are not among the others. */
  readonly byContact: number;
  /** What somebody decided about them; null until then. */
  readonly decision: UnmatchedDecision | null;
  /** The first of them. */
  readonly rows: readonly UnmatchedRow[];
  /** No's that are in no record, because their rows were rejected. */
  readonly unread: UnreadNoes;
}

const NOTHING_UNMATCHED: Omit<Unmatched, 'unread'> = {
  events: 0,
  noes: 0,
  near: 0,
  byContact: 0,
  decision: null,
  rows: [],
};

const LISTED = 50;
/** Near numbers that are shown of one event; all of them are in the file. */
const NEAR_SHOWN = 5;

/** The tags of everybody who is in a customer file, or was: whoever was erased, purged or handed over is somebody known all the same. */
export function knownPersons(session: Session): TagReasons {
  const known = new TagReasons();
  const { read } = session.workspace;
  const answers = read.datasets().filter(({ resource, state }) => resource === ANSWERED && state === 'kept');
  for (const { id } of [...customerFiles(session), ...answers])
    for (const { tags } of read.pageTags(id)) known.add(tags, KNOWN);
  for (const { tag } of read.persons.subjectMarks()) known.add(tag, KNOWN);
  for (const { purge } of read.retention.erasures())
    for (const { tags } of read.retention.erased(purge)) known.add(tags, KNOWN);
  for (const { id } of read.bundles()) for (const { tags } of read.handedOver(id)) known.add(tags, KNOWN);
  return known;
}

const KNOWN = 1;

/**
 * Finds whose events they may be that no number matches: by e-mail address or mobile number, which a list of unsubscribed people goes by; by a
 * number that is nearly the same, where somebody decided so. What is found is added to the ledger: a no to everybody whom it may mean, a yes
 * only if that is one person.
 *
 * @param listener told of each event that stays
 */
export async function matchOthers(
  session: Session,
  unmatched: readonly UnmatchedEvent[],
  index: ConsentLedger,
  decision: UnmatchedDecision | null,
  listener: UnmatchedListener | null = null,
): Promise<Unmatched> {
  const unread = unreadNoes(session.workspace.read);
  if (unmatched.length === 0) return { ...NOTHING_UNMATCHED, decision, unread };
  const wanted = new Map<string, Found>();
  for (const { subject } of unmatched) {
    wanted.set(contactOf(subject), { tags: [], numbers: [] });
    wanted.set(nearKey(subject), { tags: [], numbers: [] });
  }
  await collect(session, wanted);
  const rows: UnmatchedRow[] = [];
  let [events, noes, near, byContact] = [0, 0, 0, 0];
  for (const each of unmatched) {
    const { event, subject, file, row } = each;
    const contacts = wanted.get(contactOf(subject))?.tags ?? [];
    if (add(index, event, contacts)) {
      byContact++;
      continue;
    }
    const { tags, numbers } = wanted.get(nearKey(subject)) ?? NOBODY;
    if (decision === 'near' && add(index, event, tags)) continue;
    events++;
    if (isNo(event.state)) noes++;
    if (tags.length > 0) near++;
    listener?.(each, numbers);
    if (rows.length === LISTED) continue;
    const masked = numbers.slice(0, NEAR_SHOWN).map((number) => maskValue('customer-no', number));
    rows.push({ file, row, number: maskedSubject(subject), isNo: isNo(event.state), near: masked });
  }
  return { events, noes, near, byContact, decision, rows, unread };
}

/** Whom a key may mean. */
interface Found {
  readonly tags: Uint8Array[];
  /** Their customer numbers, in the clear and in the same order. */
  readonly numbers: string[];
}

const NOBODY: Found = { tags: [], numbers: [] };

/** What a ledger calls a person, without the mark that import put before an address or a mobile number. */
export function bareSubject(subject: string): string {
  return subject.replace(CONTACT, '');
}

function maskedSubject(subject: string): string {
  const mark = CONTACT.exec(subject)?.[0];
  const kind = mark === 'email:' ? 'email' : mark === 'tel:' ? 'mobile' : 'customer-no';
  return maskValue(kind, bareSubject(subject));
}

const CONTACT = /^(?:email|tel):/;

function add(index: ConsentLedger, event: ConsentEvent, tags: readonly Uint8Array[]): boolean {
  if (tags.length === 0 || (tags.length > 1 && !isNo(event.state))) return false;
  for (const tag of tags) index.add(event, tag, 0);
  return true;
}

/** `email:…` and `tel:…` as import made them; a number that is a mobile number means its owner as well. */
function contactOf(subject: string): string {
  return CONTACT.test(subject) ? subject : contactSubject('', subject) || `none:${subject}`;
}

function nearKey(subject: string): string {
  return `near:${looseNumber(subject)}`;
}

/** Reads the customer files for those keys, and puts the tags of their persons beside them. */
async function collect(session: Session, wanted: ReadonlyMap<string, Found>): Promise<void> {
  const { vault } = await session.keys();
  const { read } = session.workspace;
  for (const { id, keyId, columns } of customerFiles(session)) {
    const keysOf = compileKeys(columns);
    const key = vault.get(keyId);
    const at = columns.indexOf('customer_no');
    for (const { number, sealed, tags } of read.pages(id)) {
      session.runtime.signal.throwIfAborted();
      for (const [i, record] of recordsOf(openPage(sealed, { dataset: id, number, tags }, key)).entries()) {
        const tag = tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES);
        for (const each of keysOf(record)) {
          const found = wanted.get(each);
          if (found === undefined || found.tags.some((known) => Buffer.compare(known, tag) === 0)) continue;
          found.tags.push(tag.slice());
          found.numbers.push(record[at] ?? '');
        }
      }
    }
  }
}

function compileKeys(columns: readonly string[]): (record: ImportedRecord) => readonly string[] {
  const [number = -1, mobile = -1, second = -1, email = -1] = [
    'customer_no',
    'mobile',
    'mobile_2',
    'email',
  ].map((name) => columns.indexOf(name));
  return (record) => [
    nearKey(record[number] ?? ''),
    ...contactKeys(record[email] ?? '', [record[mobile] ?? '', record[second] ?? '']),
  ];
}

function customerFiles(session: Session): readonly Dataset[] {
  return session.workspace.read
    .datasets()
    .filter(({ kind, content, state }) => kind === 'customers' && content === 'cells' && state === 'kept');
}
