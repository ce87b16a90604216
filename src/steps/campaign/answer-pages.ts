import { utf8 } from '../../base/bytes.js';
import { uuidv7 } from '../../base/crypto.js';
import { recordText } from '../../dataset/page.js';
import { leavingPurposes, type Terms } from '../../deal/terms.js';
import { sealPage } from '../../store/sealed-pages.js';
import type { Vault } from '../../store/vault.js';
import type { Writer } from '../../store/workspace.js';
import type { Session } from '../session/session.js';
import { numbersLeft } from '../session/numbers-left.js';
import type { AnswerEvent } from './answer-reading.js';
import { TagReasons } from '../../policy/tag-reasons.js';

/** Records that are sealed together. */
const PAGE = 4096;

/** The events of one file on their way into the store: sealed as they come, so that only a page of them is ever in the clear. */
export class AnswerPages {
  readonly id: string;
  readonly #session: Session;
  readonly #vault: Vault;
  readonly #terms: Terms;
  readonly #purposes: string;
  #key: ReturnType<Vault['newKey']> | null = null;
  #pending: AnswerEvent[] = [];
  readonly #pages: { readonly sealed: Uint8Array; readonly tags: Uint8Array; readonly records: number }[] =
    [];
  #count = 0;

  constructor(session: Session, vault: Vault, terms: Terms) {
    this.id = uuidv7(Date.parse(session.now), session.runtime.random);
    this.#session = session;
    this.#vault = vault;
    this.#terms = terms;
    const purposes = leavingPurposes(terms).map((purpose) => purpose.id);
    this.#purposes = purposes.join('|');
  }

  /** How many events there are. */
  get count(): number {
    return this.#count;
  }

  add(events: readonly AnswerEvent[]): void {
    this.#count += events.length;
    this.#pending.push(...events);
    if (this.#pending.length >= PAGE) this.#seal();
  }

  /**
   * Puts the customer number beside answers that came by code or telephone, as far as they are not sealed yet: the answers of a file of one page,
   * which are all of a shop's. A long file would have the customer list opened again for each of its pages.
   */
  async nameUnnamed(): Promise<void> {
    if (this.#pages.length > 0) return;
    const wanted = new TagReasons();
    for (const { tag, number } of this.#pending) if (number === '') wanted.add(Buffer.from(tag, 'latin1'), 1);
    if (wanted.size === 0) return;
    const numbers = await numbersLeft(this.#session, wanted);
    this.#pending = this.#pending.map((event) =>
      event.number === '' ? { ...event, number: numbers.get(event.tag) ?? '' } : event,
    );
  }

  /** Stores what was sealed. @returns the id of the key */
  write(write: Writer): string {
    if (this.#pending.length > 0) this.#seal();
    for (const [number, page] of this.#pages.entries()) write.addPage({ dataset: this.id, number, ...page });
    return this.#own().id;
  }

  /** A key without its dataset would only lie about. */
  discard(): void {
    if (this.#key !== null) this.#vault.destroyKey(this.#key.id);
  }

  #own(): ReturnType<Vault['newKey']> {
    this.#key ??= this.#vault.newKey('data');
    return this.#key;
  }

  #seal(): void {
    const events = this.#pending;
    this.#pending = [];
    const { buyer } = this.#terms;
    const tags = Buffer.from(events.map(({ tag }) => tag).join(''), 'latin1');
    const text = events.map(({ number, state, at, method, evidence, text: notice, matter }) =>
      recordText([number, state, at, buyer.name, this.#purposes, method, evidence, notice, matter]),
    );
    const place = { dataset: this.id, number: this.#pages.length, tags };
    const sealed = sealPage(utf8(text.join('')), place, this.#own().key, this.#session.runtime.random);
    this.#pages.push({ sealed, tags, records: events.length });
  }
}
