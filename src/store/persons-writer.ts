import { TAG_BYTES } from '../base/tagger.js';
import type { Instant } from '../base/time.js';
import type { Door } from './door.js';
import type { LateWord, StoredBuyerNotice, StoredPair, StoredRequest, SubjectMark } from './persons-rows.js';

/** Single persons, as what is known of them is changed: words, spellings, requests, and the notices about them. */
export class PersonsWriter {
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  addLateWord({ deal, subject, kind, found }: LateWord): void {
    this.#door.run(
      'INSERT INTO late_word (deal, subject, kind, found) VALUES (?, ?, ?, ?)',
      deal,
      subject,
      kind,
      found,
    );
  }

  addSubjectMark({ tag, kind, purpose, request, dataset, time }: SubjectMark): void {
    this.#door.run(
      'INSERT INTO subject_mark (tag, kind, purpose, request, dataset, time) VALUES (?, ?, ?, ?, ?, ?)',
      tag,
      kind,
      purpose,
      request,
      dataset ?? null,
      time,
    );
  }

  /** Keeps how the numbers of persons are spelled. @param tags packed, as `sealed` */
  addSpellings(tags: Uint8Array, sealed: Uint8Array): void {
    for (let at = 0; at < tags.length; at += TAG_BYTES)
      this.#door.run(
        'INSERT OR IGNORE INTO spelling (tag, sealed) VALUES (?, ?)',
        tags.subarray(at, at + TAG_BYTES),
        sealed.subarray(at, at + TAG_BYTES),
      );
  }

  addDecidedPair({ first, second, decision, person, time }: StoredPair): void {
    this.#door.run(
      'INSERT INTO decided_pair (first, second, decision, person, time) VALUES (?, ?, ?, ?, ?)',
      first,
      second,
      decision,
      person,
      time,
    );
  }

  /** Notes that the words of a request are not about this person. */
  releaseMarks(tag: Uint8Array, request: string, time: Instant): void {
    this.#door.run(
      `INSERT OR IGNORE INTO released_word (mark, time)
       SELECT ordinal, ? FROM subject_mark WHERE tag = ? AND request = ?`,
      time,
      tag,
      request,
    );
  }

  /** Notes that no notice has to be sent about a person. @param subject tag under the deal */
  releaseLateWords(subject: string, time: Instant): void {
    this.#door.run(
      'INSERT OR IGNORE INTO released_word (late, time) SELECT ordinal, ? FROM late_word WHERE subject = ?',
      time,
      subject,
    );
  }

  /** Forgets what files said that are purged. @returns how many words */
  removeMarksOfPurged(): number {
    return this.#door.run(
      "DELETE FROM subject_mark WHERE dataset IN (SELECT id FROM dataset WHERE state = 'purged')",
    );
  }

  addRequest(request: Omit<StoredRequest, 'closed' | 'outcome' | 'reason' | 'notice'>): void {
    const { id, tag, kind, requester, verified, received, due } = request;
    this.#door.run(
      'INSERT INTO request (id, tag, kind, requester, verified, received, due) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      tag,
      kind,
      requester,
      verified,
      received,
      due,
    );
  }

  /** Says how a request ended, or that it was passed on in a notice. */
  setRequestOutcome(
    id: string,
    known: Pick<StoredRequest, 'closed' | 'outcome' | 'reason' | 'notice'>,
  ): void {
    const { closed, outcome, reason, notice } = known;
    this.#door.changeOne(
      'UPDATE request SET closed = ?, outcome = ?, reason = ?, notice = coalesce(?, notice) WHERE id = ?',
      closed,
      outcome,
      reason,
      notice,
      id,
    );
  }

  addNotice(notice: Omit<StoredBuyerNotice, 'completion' | 'completionSignature' | 'completed'>): void {
    const { id, direction, deal, kind, bytes, signature, due, time } = notice;
    this.#door.run(
      'INSERT INTO notice (id, direction, deal, kind, bytes, signature, due, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      direction,
      deal,
      kind,
      bytes,
      signature,
      due,
      time,
    );
  }

  /** Keeps the signed completion of a notice. */
  completeNotice(id: string, completion: Uint8Array, signature: string, completed: Instant): void {
    this.#door.changeOne(
      'UPDATE notice SET completion = ?, completion_signature = ?, completed = ? WHERE id = ?',
      completion,
      signature,
      completed,
      id,
    );
  }
}
