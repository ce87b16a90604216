import { TAG_BYTES } from '../base/tagger.js';
import { readInstant } from '../base/time.js';
import type { ImportedRecord } from '../dataset/page.js';
import { type ConsentEvent, consentState, TOLD_ENTRIES } from './consent.js';
import { isEvidence } from './evidence.js';

const NONE = -1;

/**
 * The consent ledger in memory, found by subject tag: about 60 bytes an event, so that a ledger of a million events fits where the
 * program promises to stay. Texts that repeat (recipients, purposes, methods) are kept once.
 */
export class ConsentLedger {
  #size = 0;
  #tags = Buffer.alloc(1024 * TAG_BYTES);
  #texts: string[] = [];
  readonly #textIds = new Map<string, number>();
  /** Nine text numbers an event: state, at, recipient, purpose, method, told, dataset, notice, matter; then whether there is evidence. */
  #facts = new Int32Array(1024 * FACTS);
  /** The event before this one of the same slot, or NONE. */
  #before = new Int32Array(1024);
  /** Last event of each slot, or NONE. */
  #slots = new Int32Array(4096).fill(NONE);

  get size(): number {
    return this.#size;
  }

  /** Adds one event of the subject whose tag is in `tags` at `offset`. */
  add(event: ConsentEvent, tags: Uint8Array, offset: number): void {
    if (this.#size === this.#before.length) this.#grow();
    const at = this.#size++;
    this.#tags.set(tags.subarray(offset, offset + TAG_BYTES), at * TAG_BYTES);
    this.#facts.set(
      [
        this.#textId(event.state),
        this.#textId(event.at),
        this.#textId(event.recipient),
        this.#textId(event.purpose),
        this.#textId(event.method),
        this.#textId(event.told ?? ''),
        this.#textId(event.dataset ?? ''),
        this.#textId(event.notice ?? ''),
        this.#textId(event.matter ?? ''),
        isEvidence(event.evidence) ? 1 : 0,
      ],
      at * FACTS,
    );
    this.#link(at);
  }

  /**
   * The events of one subject in the order in which they were added, or undefined if there are none.
   *
   * @param judged the dataset of the record that is judged: its own no's are in it
   */
  of(tags: Uint8Array, offset: number, judged = ''): readonly ConsentEvent[] | undefined {
    let at = this.#slots[slotOf(tags, offset, this.#slots.length)] ?? NONE;
    const found: ConsentEvent[] = [];
    while (at !== NONE) {
      if (this.#tags.compare(tags, offset, offset + TAG_BYTES, at * TAG_BYTES, (at + 1) * TAG_BYTES) === 0) {
        const event = this.#event(at);
        if (event.dataset === undefined || event.dataset !== judged) found.push(event);
      }
      at = this.#before[at] ?? NONE;
    }
    return found.length === 0 ? undefined : found.reverse();
  }

  /** The events of the subjects of one page, by position of the record, or null if nobody of them is in the ledger. */
  ofPage(tags: Uint8Array, judged = ''): ReadonlyMap<number, readonly ConsentEvent[]> | null {
    if (this.#size === 0) return null;
    const found = new Map<number, readonly ConsentEvent[]>();
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES) {
      const events = this.of(tags, offset, judged);
      if (events !== undefined) found.set(offset / TAG_BYTES, events);
    }
    return found.size === 0 ? null : found;
  }

  #event(at: number): ConsentEvent {
    const text = (fact: number) => this.#texts[this.#facts[at * FACTS + fact] ?? 0] ?? '';
    const [told, dataset, notice] = [TOLD_ENTRIES.find((entry) => entry === text(5)), text(6), text(7)];
    return {
      state: text(0) as ConsentEvent['state'],
      at: text(1) as ConsentEvent['at'],
      recipient: text(2),
      purpose: text(3),
      method: text(4),
      evidence: this.#facts[at * FACTS + 9] === 1 ? ON_FILE : '',
      ...(told === undefined ? {} : { told }),
      ...(dataset === '' ? {} : { dataset }),
      ...(notice === '' ? {} : { notice }),
      ...(text(8) === 'contract' ? { matter: 'contract' as const } : {}),
    };
  }

  #textId(text: string): number {
    const known = this.#textIds.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.push(text) - 1;
    this.#textIds.set(text, id);
    return id;
  }

  #link(at: number): void {
    const slot = slotOf(this.#tags, at * TAG_BYTES, this.#slots.length);
    this.#before[at] = this.#slots[slot] ?? NONE;
    this.#slots[slot] = at;
  }

  #grow(): void {
    const capacity = this.#before.length * 2;
    const tags = Buffer.alloc(capacity * TAG_BYTES);
    tags.set(this.#tags);
    this.#tags = tags;
    const facts = new Int32Array(capacity * FACTS);
    facts.set(this.#facts);
    this.#facts = facts;
    this.#before = new Int32Array(capacity);
    this.#slots = new Int32Array(capacity * 2).fill(NONE);
    for (let at = 0; at < this.#size; at++) this.#link(at);
  }
}

const FACTS = 10;

/** Replaces evidence that was looked at when the event was added. */
const ON_FILE = 'on file';

/** Words for the contract, with what was prepaid. Whatever else is written is about the data. */
const CONTRACT = /合同|余额|次数|次卡|储值|contract|balance|session/iu;

/** Reads records of a consent ledger file with these columns as events. */
export function compileEvents(columns: readonly string[]): (record: ImportedRecord) => ConsentEvent {
  const [state, at, recipient, purpose, method, evidence, notice, matter] = [
    'event',
    'time',
    'recipient',
    'purpose',
    'method',
    'evidence',
    'notice',
    'matter',
  ].map((name) => columns.indexOf(name));
  const cell = (record: ImportedRecord, index: number | undefined): string => record[index ?? -1] ?? '';
  return (record) => ({
    state: consentState(cell(record, state)),
    at: readInstant(cell(record, at)) ?? '',
    recipient: cell(record, recipient),
    purpose: cell(record, purpose),
    method: cell(record, method),
    evidence: cell(record, evidence),
    ...(cell(record, notice) === '' ? {} : { notice: cell(record, notice) }),
    ...(CONTRACT.test(cell(record, matter)) ? { matter: 'contract' as const } : {}),
  });
}

/** Tags come out of a keyed cipher: their first bytes are as good as any hash of them, and an outsider cannot choose them. */
function slotOf(tags: Uint8Array, offset: number, slots: number): number {
  const word =
    ((tags[offset] ?? 0) |
      ((tags[offset + 1] ?? 0) << 8) |
      ((tags[offset + 2] ?? 0) << 16) |
      ((tags[offset + 3] ?? 0) << 24)) >>>
    0;
  return word % slots;
}
