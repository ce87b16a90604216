import { z } from 'zod';
import { type EventDraft, eventBytes, FIRST_SEQ, type LoggedEvent } from '../audit/event.js';
import { leafHash } from '../audit/merkle.js';
import { canonicalJson } from '../base/json.js';
import type { Instant } from '../base/time.js';
import type { Database } from './database.js';
import { readRow } from './columns.js';
import { LOG_ROW } from './log-rows.js';

/** When something was done, and by whom. */
export interface Stamp {
  readonly time: Instant;
  readonly actor: { readonly card: string; readonly operator: string };
}

/** Appends an event to the log, inside the transaction of the change that it records. @returns its leaf */
export function appendEvent(db: Database, stamp: Stamp, draft: EventDraft): Uint8Array {
  const { time, actor } = stamp;
  const { action, objects, details } = draft;
  const seq = FIRST_SEQ + eventCount(db);
  const event: LoggedEvent = { seq, time, actor, action, objects, details };
  const leaf = leafHash(eventBytes(event));
  db.run(
    'INSERT INTO event (seq, time, card, operator, action, objects, details, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    seq,
    time,
    actor.card,
    actor.operator,
    action,
    canonicalJson(objects),
    canonicalJson(details),
    leaf,
  );
  return leaf;
}

/** Number of events that were ever logged, pruned ones included: the size of the log's tree. */
export function eventCount(db: Database): number {
  const sql = `SELECT max((SELECT coalesce(max(seq) + 1, ?) FROM event), (SELECT coalesce(max(upto), ?) FROM log_segment)) AS next`;
  return readRow(sizeRow, db.get(sql, FIRST_SEQ, FIRST_SEQ)).next - FIRST_SEQ;
}

const sizeRow = z.object({ next: z.int() });

/**
 * Keeps a signed note over the log. A note that is already the last one is not kept twice.
 *
 * @param size number of events that it covers: no fewer than the note before, no more than there are
 */
export function appendCheckpoint(db: Database, size: number, note: string): void {
  const last = db.get('SELECT ordinal, size, note FROM checkpoint ORDER BY ordinal DESC LIMIT 1');
  if (last !== undefined && readRow(LOG_ROW.checkpoint, last).note === note) return;
  db.run(
    'INSERT INTO checkpoint (ordinal, size, note) SELECT count(*) + 1, ?, ? FROM checkpoint',
    size,
    note,
  );
}
