import { concat, hex } from '../../base/bytes.js';
import { sha256, type Sha256 } from '../../base/crypto.js';
import type { EventAction, LoggedEvent } from '../../audit/event.js';
import type { Json } from '../../base/json.js';
import type { AuditProblem, Witness } from '../../messages/problems/audit.js';
import { takenIn } from '../../store/dataset-rows.js';
import type { Restraint } from '../../store/retention-rows.js';
import type { Reader } from '../../store/workspace.js';

/*
 * What the tables hold has an event, and what an event tells of is in its table. Each change of a table is written with its event in one
 * transaction, so the two can only part where somebody cut the log or changed the database.
 */

/** An event may tell of one thing or several, by the ids under which the tables hold them. */
type Telling = readonly (readonly [what: Witness, id: string])[];

/** Goes through the events once, beside whoever else reads them. */
export class BesideLog {
  readonly #read: Reader;
  readonly #told = new Map<string, { readonly what: Witness; readonly seq: number }>();
  readonly #ended = new Set<string>();
  /** How many records each dataset had when it was taken in, and how many were purged since. */
  readonly #records = new Map<string, number>();
  #purged = 0;
  #since: string | null = null;
  /** Persons whom notices named, and the last event of one. */
  #noticed = { persons: 0, seq: 0 };
  /** Words of persons that files told, and the last event of one. */
  #heard = { words: 0, seq: 0 };
  /** Holds and freezes, with what their events say that they cover. */
  readonly #restraints = new Map<string, { readonly covers: string; readonly seq: number }>();

  constructor(read: Reader) {
    this.#read = read;
  }

  /** Time of the first event. */
  get since(): string | null {
    return this.#since;
  }

  add(event: LoggedEvent): void {
    this.#since ??= event.time;
    for (const [what, id] of toldBy(event)) this.#told.set(`${what} ${id}`, { what, seq: event.seq });
    for (const [what, id] of named(event, ENDED)) this.#ended.add(`${what} ${id}`);
    const { action, objects, details, seq } = event;
    const records = member(
      member(details, 'counts') ?? details,
      action === 'received' ? 'received' : 'records',
    );
    if (TAKEN_IN.includes(action) && objects['dataset'] !== undefined && typeof records === 'number')
      this.#records.set(objects['dataset'], records);
    if (action === 'purge-rewritten') this.#purged += Number(member(details, 'purge') ?? 0);
    const words = wordsTold(event);
    if (words !== 0) this.#heard = { words: this.#heard.words + words, seq };
    const restraint = objects['hold'] ?? objects['freeze'];
    if ((action === 'hold-placed' || action === 'frozen') && restraint !== undefined)
      this.#restraints.set(restraint, { covers: toldCover(event), seq });
    if (action === 'notice-received' && member(details, 'kind') !== 'correction')
      this.#noticed = { persons: this.#noticed.persons + Number(member(details, 'persons') ?? 0), seq };
  }

  /** @param since time of the first event that is there, where those before it were pruned: what is older may have lost its event */
  findings(since: string | null): readonly AuditProblem[] {
    return [...this.#untold(since), ...this.#forgotten(), ...this.#words(since), ...this.#counted(since)];
  }

  /** What lies in the tables, and what came of it, without an event. */
  #untold(since: string | null): readonly AuditProblem[] {
    const untold = new Map<Witness, number>();
    for (const { what, id, time, told, ended } of this.#read.log.witnesses()) {
      if (since !== null && (time === null || time <= since)) continue;
      const key = `${what} ${id}`;
      const isTold = !told || this.#told.has(key);
      const isEnded = ended === null || ended === this.#ended.has(key);
      if (!isTold || !isEnded) untold.set(what, (untold.get(what) ?? 0) + 1);
    }
    return [...untold].map(([what, count]) => ({ code: 'LOG_UNTOLD', what, count }));
  }

  /** What events tell of and no table holds. */
  #forgotten(): readonly AuditProblem[] {
    const held = new Set(this.#read.log.witnesses().map(({ what, id }) => `${what} ${id}`));
    const findings: AuditProblem[] = [];
    for (const [key, { what, seq }] of this.#told)
      if (!held.has(key)) findings.push({ code: 'LOG_FORGOTTEN', what, seq });
    if (this.#read.persons.noticedMarks() < this.#noticed.persons)
      findings.push({ code: 'LOG_FORGOTTEN', what: 'mark', seq: this.#noticed.seq });
    return findings;
  }

  /** What persons said in files, and whom a hold or a freeze covers. */
  #words(since: string | null): readonly AuditProblem[] {
    const findings: AuditProblem[] = [];
    const { words, seq } = this.#heard;
    const held = this.#read.persons.fileMarks();
    if (held < words) findings.push({ code: 'LOG_FORGOTTEN', what: 'mark', seq });
    if (held > words && since === null)
      findings.push({ code: 'LOG_UNTOLD', what: 'mark', count: held - words });
    for (const [id, told] of this.#restraints) {
      const row = this.#read.retention.restraint(id);
      if (row !== undefined && coverOf(row, this.#read.retention.restraintTags(id)) !== told.covers)
        findings.push({ code: 'LOG_FORGOTTEN', what: 'restraint', seq: told.seq });
    }
    return findings;
  }

  /** Datasets whose counts are not what was logged of them: by them missing rows are told. */
  #counted(since: string | null): readonly AuditProblem[] {
    const datasets = this.#read.datasets();
    const wrong = datasets.find(({ id, counts }) => {
      const logged = this.#records.get(id);
      return logged !== undefined && logged !== takenIn(counts);
    });
    const purged = datasets.reduce((sum, { counts }) => sum + Number(counts['purged'] ?? 0), 0);
    const first = wrong ?? (since === null && purged !== this.#purged ? datasets[0] : undefined);
    const missing = first ?? this.#read.datasetWithoutRows();
    return missing === null ? [] : [{ code: 'ROWS_MISSING', dataset: missing.id }];
  }
}

/** Events by which a dataset came in. */
const TAKEN_IN: readonly EventAction[] = ['imported', 'consents-imported', 'received'];

/** What there is since an event, and the noun of its id among the event's objects. */
const TOLD: Readonly<Partial<Record<EventAction, readonly (readonly [what: Witness, noun: string])[]>>> = {
  'party-trusted': [['card', 'card']],
  'card-replaced': [['card', 'card']],
  imported: [['dataset', 'dataset']],
  'consents-imported': [['dataset', 'dataset']],
  'answers-imported': [['dataset', 'dataset']],
  checked: [['check', 'check']],
  approved: [['approval', 'approval']],
  'export-began': [['bundle', 'bundle']],
  received: [
    ['bundle', 'bundle'],
    ['dataset', 'dataset'],
  ],
  'receipt-accepted': [['receipt', 'bundle']],
  receipted: [['receipt', 'bundle']],
  'purge-planned': [['purge', 'purge']],
  'hold-placed': [['restraint', 'hold']],
  frozen: [['restraint', 'freeze']],
  'request-opened': [['request', 'request']],
  'notice-sent': [['notice', 'notice']],
  'notice-received': [['notice', 'notice']],
  'deal-aborted': [['abort', 'deal']],
  'incident-opened': [['incident', 'incident']],
  'customers-asked': [['batch', 'batch']],
  'paper-added': [['paper', 'paper']],
  'people-added': [['people', 'people']],
};

/** What is over since an event, or was finished by it. */
const ENDED: typeof TOLD = {
  exported: [['bundle', 'bundle']],
  'hold-lifted': [['restraint', 'hold']],
  unfrozen: [['restraint', 'freeze']],
  'request-closed': [['request', 'request']],
  purged: [['purge', 'purge']],
  'incident-closed': [['incident', 'incident']],
};

function named({ action, objects }: LoggedEvent, by: typeof TOLD): Telling {
  return (by[action] ?? []).flatMap(([what, noun]) => {
    const id = objects[noun];
    return id === undefined ? [] : [[what, id] as const];
  });
}

function toldBy(event: LoggedEvent): Telling {
  const { action, objects, details } = event;
  if (action === 'deal-signed' || action === 'deal-received')
    return [['signature', `${objects['deal']} ${String(member(details, 'by'))}`]];
  if (action === 'pair-decided') return [['pair', `${objects['subject']} ${objects['other']}`]];
  if (action === 'erasure-replayed' || action === 'purge-rewritten') {
    const persons = Number(member(details, 'persons') ?? 0);
    return persons === 0 ? [] : [['erased', `${objects['purge']} ${persons}`]];
  }
  return [...named(event, TOLD), ...aboutPerson(event)];
}

/** What a request leaves, with the person whose it is. */
function aboutPerson({ action, objects, details }: LoggedEvent): Telling {
  const { request, subject } = objects;
  if (request === undefined || subject === undefined) return [];
  const person = `${request} ${subject}`;
  if (action === 'request-opened')
    return [
      ['request', person],
      ...(member(details, 'heard') === undefined ? [] : [['mark', person] as const]),
    ];
  return LEAVES_WORD.includes(action) ? [['mark', person]] : [];
}

const LEAVES_WORD: readonly EventAction[] = ['subject-withdrawn', 'subject-erased', 'subject-corrected'];

/** How many words of persons an event says that files told, less those whose time was over. */
function wordsTold({ action, details }: LoggedEvent): number {
  if (action === 'imported' || action === 'consents-imported')
    return Number(member(details, 'refusals') ?? 0);
  if (action !== 'purge-rewritten') return 0;
  return Number(member(details, 'words') ?? 0) - Number(member(details, 'forgotten') ?? 0);
}

/** What a hold or a freeze covers, as its event tells of it. */
function toldCover({ objects, details }: LoggedEvent): string {
  const [scope, until, subjects] = ['scope', 'until', 'subjects'].map((name) => member(details, name) ?? '');
  return [scope, objects['dataset'] ?? '', until, subjects].join(' ');
}

function coverOf(
  { scope, dataset, until }: Pick<Restraint, 'scope' | 'dataset' | 'until'>,
  tags: readonly Uint8Array[],
): string {
  const subjects = scope === 'subjects' || tags.length > 0 ? digestOfTags(tags) : '';
  return [scope, dataset ?? '', until ?? '', subjects].join(' ');
}

/** Whom a hold or a freeze covers, for its event: without the key of the tags it says nothing of anybody. */
export function digestOfTags(tags: readonly Uint8Array[]): Sha256 {
  const once = new Map(tags.map((tag) => [hex(tag), tag]));
  return sha256(concat(...[...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tag]) => tag)));
}

function member(details: Json, name: string): Json | undefined {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return undefined;
  return Object.entries(details).find(([key]) => key === name)?.[1];
}
