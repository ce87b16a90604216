import {
  type AnswerWord,
  type AskedTags,
  CAMPAIGN_ROW,
  type StoredBatch,
  type StoredText,
} from './campaign-rows.js';
import type { Query } from './query.js';
import type { LargeTables } from './sealed-tables.js';

/** What customers were told and asked: texts, who was asked with which, and what the answers mean. */
export class CampaignReader {
  readonly #query: Query;
  readonly #large: LargeTables;

  constructor(query: Query, large: LargeTables) {
    this.#query = query;
    this.#large = large;
  }

  /** A text to customers by its digest. */
  text(digest: string): StoredText | undefined {
    return this.#query.one(
      CAMPAIGN_ROW.text,
      'SELECT digest, deal, kind, bytes, time FROM text WHERE digest = ?',
      digest,
    );
  }

  /** Every text to customers, oldest first. */
  texts(): StoredText[] {
    return this.#query.all(
      CAMPAIGN_ROW.text,
      'SELECT digest, deal, kind, bytes, time FROM text ORDER BY time, digest',
    );
  }

  /** What was sent to customers under whatever version of a deal, oldest first. @param deal id */
  batches(deal: string): StoredBatch[] {
    return this.#query.all(
      CAMPAIGN_ROW.batch,
      `SELECT id, deal, text, channel, persons, time FROM batch
       WHERE deal IN (SELECT digest FROM deal WHERE id = ?) ORDER BY ordinal`,
      deal,
    );
  }

  /** Who was sent a text in a batch. */
  *asked(batch: string): Generator<AskedTags, void, undefined> {
    this.#large.require('asked');
    yield* this.#query.following(
      CAMPAIGN_ROW.asked,
      'SELECT number, tags FROM asked WHERE batch = ? AND number > ? ORDER BY number LIMIT 1',
      batch,
    );
  }

  /** Words that were added to the vocabulary of answers, oldest first. */
  answerWords(): AnswerWord[] {
    return this.#query.all(
      CAMPAIGN_ROW.answerWord,
      'SELECT word, meaning, person, time FROM answer_word ORDER BY ordinal',
    );
  }
}
