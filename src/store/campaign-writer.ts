import type { Door } from './door.js';
import type { AnswerWord, AskedTags, StoredBatch, StoredText } from './campaign-rows.js';

/** What customers are told and asked, as it is changed: texts, who was asked with which, and what the answers mean. */
export class CampaignWriter {
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Keeps a text to customers; drafted again under another wording it is that wording's. */
  putText({ digest, deal, kind, bytes, time }: StoredText): void {
    this.#door.run(
      `INSERT INTO text (digest, deal, kind, bytes, time) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (digest) DO UPDATE SET deal = excluded.deal`,
      digest,
      deal,
      kind,
      bytes,
      time,
    );
  }

  addBatch({ id, deal, text, channel, persons, time }: StoredBatch): void {
    this.#door.run(
      'INSERT INTO batch (id, deal, text, channel, persons, time) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      deal,
      text,
      channel,
      persons,
      time,
    );
  }

  /** Keeps who is sent a text. */
  addAsked(batch: string, { number, tags }: AskedTags): void {
    this.#door.runOf(batch, 'INSERT INTO asked (batch, number, tags) VALUES (?, ?, ?)', batch, number, tags);
  }

  /** Adds a word to the vocabulary, or says what it means from now on. */
  putAnswerWord({ word, meaning, person, time }: AnswerWord): void {
    this.#door.run(
      `INSERT INTO answer_word (word, meaning, person, time) VALUES (?, ?, ?, ?)
       ON CONFLICT (word) DO UPDATE SET meaning = excluded.meaning, person = excluded.person, time = excluded.time`,
      word,
      meaning,
      person,
      time,
    );
  }
}
