import type { Instant } from '../base/time.js';
import type { Door } from './door.js';
import type { LogSegment, StoredTimestamp } from './log-rows.js';

/** What is kept beside the events of the log, as it is changed: time stamps and pruned beginnings. Only the workspace writes events. */
export class LogWriter {
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  addTimestamp(timestamp: Pick<StoredTimestamp, 'size' | 'note' | 'request' | 'time'>): void {
    const { size, note, request, time } = timestamp;
    this.#door.run(
      'INSERT INTO timestamp (size, note, request, time) VALUES (?, ?, ?, ?)',
      size,
      note,
      request,
      time,
    );
  }

  /** Keeps the answer to a request for a time stamp. */
  answerTimestamp(ordinal: number, response: Uint8Array, stamped: Instant, authority: string): void {
    this.#door.changeOne(
      'UPDATE timestamp SET response = ?, stamped = ?, authority = ? WHERE ordinal = ?',
      response,
      stamped,
      authority,
      ordinal,
    );
  }

  /** Removes the events below `upto`; the compact range replaces them from now on. */
  prune({ upto, range, note, time }: LogSegment): void {
    this.#door.run(
      'INSERT INTO log_segment (upto, range, note, time) VALUES (?, ?, ?, ?)',
      upto,
      range,
      note,
      time,
    );
    this.#door.run('DELETE FROM event WHERE seq < ?', upto);
  }
}
