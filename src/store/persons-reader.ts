import { numberRow } from './columns.js';
import {
  type LateWord,
  PERSON_ROW,
  type Spelling,
  type StoredBuyerNotice,
  type StoredPair,
  type StoredRequest,
  type SubjectMark,
} from './persons-rows.js';
import type { Query } from './query.js';

const REQUEST = `SELECT id, tag, kind, requester, verified, received, due, closed, outcome, reason, notice FROM request`;

const NOTICE = `SELECT id, direction, deal, kind, bytes, signature, due, time, completion,
  completion_signature AS completionSignature, completed FROM notice`;

const MARK = 'SELECT tag, kind, purpose, request, dataset, time FROM subject_mark';
const RELEASED = 'ordinal IN (SELECT mark FROM released_word WHERE mark IS NOT NULL)';

/** What is known of single persons beside their records, what they asked for, and the notices about them. */
export class PersonsReader {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  /** Oldest first, without those that turned out to be about somebody else. */
  subjectMarks(): SubjectMark[] {
    return this.#query.all(PERSON_ROW.subjectMark, `${MARK} WHERE NOT ${RELEASED} ORDER BY ordinal`);
  }

  /** Those that turned out to be about somebody else, oldest first. */
  releasedMarks(): SubjectMark[] {
    return this.#query.all(PERSON_ROW.subjectMark, `${MARK} WHERE ${RELEASED} ORDER BY ordinal`);
  }

  /** How many words about persons were learned from notices. */
  noticedMarks(): number {
    const sql = 'SELECT count(*) AS number FROM subject_mark WHERE request IS NULL AND dataset IS NULL';
    return this.#query.sole(numberRow, sql).number;
  }

  /** How many words about persons were learned from files: from rows that were rejected, and from what was purged since. */
  fileMarks(): number {
    const sql = 'SELECT count(*) AS number FROM subject_mark WHERE dataset IS NOT NULL';
    return this.#query.sole(numberRow, sql).number;
  }

  /** How the numbers are spelled of those who said no or asked to be erased. */
  spellings(): Spelling[] {
    return this.#query.all(PERSON_ROW.spelling, 'SELECT tag, sealed FROM spelling ORDER BY tag');
  }

  /** Every decision on two persons who look like one, oldest first. */
  decidedPairs(): StoredPair[] {
    return this.#query.all(
      PERSON_ROW.decidedPair,
      'SELECT first, second, decision, person, time FROM decided_pair ORDER BY ordinal',
    );
  }

  /** Oldest first, without those that turned out to be about somebody else, or that a later yes undid. */
  lateWords(): LateWord[] {
    return this.#query.all(
      PERSON_ROW.lateWord,
      `SELECT deal, subject, kind, found FROM late_word
       WHERE ordinal NOT IN (SELECT late FROM released_word WHERE late IS NOT NULL) ORDER BY ordinal`,
    );
  }

  /** Oldest first. */
  requests(): StoredRequest[] {
    return this.#query.all(PERSON_ROW.request, `${REQUEST} ORDER BY ordinal`);
  }

  request(id: string): StoredRequest | undefined {
    return this.#query.one(PERSON_ROW.request, `${REQUEST} WHERE id = ?`, id);
  }

  /** Oldest first. */
  notices(): StoredBuyerNotice[] {
    return this.#query.all(PERSON_ROW.notice, `${NOTICE} ORDER BY ordinal`);
  }

  notice(id: string): StoredBuyerNotice | undefined {
    return this.#query.one(PERSON_ROW.notice, `${NOTICE} WHERE id = ?`, id);
  }
}
