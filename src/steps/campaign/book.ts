import { ownText } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES, tagText } from '../../base/tagger.js';
import { type Instant, readInstant } from '../../base/time.js';
import { recordsOf } from '../../dataset/page.js';
import type { AnswerChannel, Channel } from '../../messages/channels.js';
import type { Matter } from '../../messages/campaign-text.js';
import { compileEvents } from '../../policy/consent-ledger.js';
import { isNo } from '../../policy/near.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { openPage } from '../../store/sealed-pages.js';
import type { Session } from '../session/session.js';
import { ANSWERS, channelOf } from './answer-record.js';

/** Somebody was sent a text. */
interface Asked {
  readonly text: Sha256;
  readonly channel: Channel;
  readonly at: Instant;
}

/** Something that a person said, or that became of a message. */
export interface Heard {
  readonly what: 'yes' | 'no' | 'delivered' | 'unreached';
  readonly matter: Matter;
  readonly at: Instant | '';
  readonly text: string;
  readonly channel: AnswerChannel;
}

/** What is known of one person: how often asked, and what came back. */
export interface PersonBook {
  readonly asked: readonly Asked[];
  readonly heard: readonly Heard[];
}

/** Most persons share what they were sent, and have said nothing: a hundred thousand of them should cost little. */
interface Kept {
  asked: readonly Asked[];
  heard: readonly Heard[];
}

const SILENT: readonly Heard[] = [];

/** Everybody who was asked under a deal or answered, by tag. Tags say nothing without their key, and no record is opened. */
export class AskedBook {
  readonly #persons = new Map<string, Kept>();
  readonly #said = new Map<string, Heard>();

  /** @param deal id */
  static async of(session: Session, deal: string): Promise<AskedBook> {
    const book = new AskedBook();
    const { read } = session.workspace;
    for (const { id, text, channel, time } of read.campaign.batches(deal)) {
      // What somebody was sent before, and that with this batch behind it.
      const longer = new Map<readonly Asked[], readonly Asked[]>();
      for (const { tags } of read.campaign.asked(id))
        for (let i = 0; i < tags.length / TAG_BYTES; i++) {
          const person = book.#person(tags, i);
          const known = longer.get(person.asked) ?? [...person.asked, { text, channel, at: time }];
          longer.set(person.asked, known);
          person.asked = known;
        }
    }
    const { vault } = await session.keys();
    for (const dataset of answerDatasets(session)) {
      const key = vault.get(dataset.keyId);
      for (const { number, sealed, tags } of read.pages(dataset.id))
        book.#hear(openPage(sealed, { dataset: dataset.id, number, tags }, key), tags, dataset.columns);
    }
    return book;
  }

  get persons(): Iterable<readonly [string, PersonBook]> {
    return this.#persons;
  }

  of(tag: Uint8Array): PersonBook {
    return this.at(tagText(tag));
  }

  /** @param key of {@link tagText} */
  at(key: string): PersonBook {
    return this.#persons.get(key) ?? NOBODY;
  }

  #person(tags: Uint8Array, record: number): Kept {
    const key = tagText(tags, record);
    const known = this.#persons.get(key);
    if (known !== undefined) return known;
    const person: Kept = { asked: NOTHING, heard: SILENT };
    this.#persons.set(key, person);
    return person;
  }

  /** One object for all who said the same at the same second; its texts are no pieces of a page. */
  #shared(heard: Heard): Heard {
    const name = `${heard.what} ${heard.matter} ${heard.at} ${heard.channel} ${heard.text}`;
    const known = this.#said.get(name);
    if (known !== undefined) return known;
    const at: Heard['at'] = readInstant(ownText(heard.at)) ?? '';
    const own: Heard = { ...heard, at, text: ownText(heard.text) };
    this.#said.set(name, own);
    return own;
  }

  #hear(page: Uint8Array, tags: Uint8Array, columns: readonly string[]): void {
    const eventOf = compileEvents(columns);
    for (const [i, record] of recordsOf(page).entries()) {
      const { state, at, matter = 'data', notice = '', method } = eventOf(record);
      const what = WHAT[state] ?? (isNo(state) ? 'no' : 'yes');
      const person = this.#person(tags, i);
      const said: Heard = { what, matter, at, text: notice, channel: channelOf(method) };
      person.heard = [...person.heard, this.#shared(said)];
    }
  }
}

const WHAT: Readonly<Record<string, Heard['what']>> = { delivered: 'delivered', unreachable: 'unreached' };
const NOTHING: readonly Asked[] = [];
const NOBODY: PersonBook = { asked: NOTHING, heard: SILENT };

/** The datasets of answers that a campaign brought. */
function answerDatasets(session: Session): readonly Dataset[] {
  return session.workspace.read
    .datasets()
    .filter(
      ({ kind, resource, state }) => kind === 'consents' && resource === ANSWERS.resource && state === 'kept',
    );
}

/** The last word about a matter: what was said last, and at the same time the no. */
export function lastWord({ heard }: PersonBook, matter: Matter): Heard | null {
  let last: Heard | null = null;
  for (const each of heard) {
    if (each.matter !== matter || (each.what !== 'yes' && each.what !== 'no')) continue;
    if (last === null || each.at > last.at || (each.at === last.at && each.what === 'no')) last = each;
  }
  return last;
}

/** Whether the last message did not arrive. */
export function isUnreached({ asked, heard }: PersonBook): boolean {
  const sent = asked.at(-1)?.at ?? '';
  const deliveries = heard.filter(
    ({ what, at }) => (what === 'unreached' || what === 'delivered') && at >= sent,
  );
  return deliveries.length > 0 && deliveries.every(({ what }) => what === 'unreached');
}

/** How often somebody was asked under a text so that it arrived, as far as is known. */
export function timesAsked(person: PersonBook, text: Sha256): number {
  const sent = person.asked.filter((each) => each.text === text);
  const failed = person.heard.filter(({ what, text: of }) => what === 'unreached' && of === text).length;
  return Math.max(0, sent.length - failed);
}
