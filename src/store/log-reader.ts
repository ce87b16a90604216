import { z } from 'zod';
import { EVENT_ACTIONS, FIRST_SEQ, type LoggedEvent } from '../audit/event.js';
import type { StoredEvent } from '../audit/log.js';
import { CompactRange, readPruned } from '../audit/merkle.js';
import { sha256 } from '../base/crypto.js';
import type { Json } from '../base/json.js';
import { type Instant, readInstant } from '../base/time.js';
import { fail } from '../messages/error.js';
import type { Witness } from '../messages/problems/audit.js';
import { readRow } from './columns.js';
import type { Database } from './database.js';
import {
  type HeldWitness,
  LOG_ROW,
  type LogSegment,
  type StoredCheckpoint,
  type StoredTimestamp,
} from './log-rows.js';
import { eventCount } from './log.js';
import type { Query } from './query.js';
import {
  changedTables,
  readSeal,
  strangeSchema,
  type TableDigests,
  type TablesSeal,
} from './sealed-tables.js';

const TIMESTAMP = 'SELECT ordinal, size, note, request, response, stamped, authority, time FROM timestamp';

/** Events are fetched so many at a time. */
const BATCH = 1000;

/** Everything that has both a row and an event, but for what the event names by a digest of its bytes. */
const WITNESS_ROWS = [
  `SELECT 'card' AS what, digest AS id, compared AS time, 1 AS told, NULL AS ended FROM card`,
  `SELECT 'signature', deal || ' ' || role, NULL, 1, NULL FROM deal_signature`,
  // What came in a bundle is told with it, and proofs of consent with the purge.
  `SELECT 'dataset', id, imported, bundle IS NULL AND resource <> 'proofs', NULL FROM dataset`,
  `SELECT 'check', id, time, 1, NULL FROM check_run`,
  `SELECT 'bundle', id, time, 1, CASE direction WHEN 'out' THEN state NOT IN ('began', 'abandoned') END FROM bundle`,
  `SELECT 'receipt', bundle, time, 1, NULL FROM receipt`,
  `SELECT 'purge', id, time, 1, state = 'done' FROM purge`,
  // That an archive is frozen is told with its import.
  `SELECT 'restraint', id, opened, kind = 'hold' OR dataset IS NULL OR dataset NOT IN
   (SELECT id FROM dataset WHERE archive_basis IS NOT NULL), released IS NOT NULL FROM restraint`,
  `SELECT 'request', id, received, 1, closed IS NOT NULL FROM request`,
  // Whose it is, is told with it.
  `SELECT 'request', id || ' ' || lower(hex(tag)), NULL, 0, NULL FROM request`,
  // A request is told; a word about a person without one came from a file or a notice.
  `SELECT DISTINCT 'mark', request || ' ' || lower(hex(tag)), NULL, 0, NULL FROM subject_mark WHERE request IS NOT NULL`,
  // With the other party it is told with its notice.
  `SELECT 'abort', deal, time, notice IS NULL, NULL FROM deal_end`,
  `SELECT 'incident', id, opened, 1, closed IS NOT NULL FROM incident`,
  `SELECT 'erased', purge || ' ' || (sum(length(tags)) / 16), NULL, 1, NULL FROM erased GROUP BY purge`,
  `SELECT 'pair', lower(hex(first)) || ' ' || lower(hex(second)), time, 1, NULL FROM decided_pair`,
  `SELECT 'batch', id, time, 1, NULL FROM batch`,
  `SELECT 'paper', id, NULL, 1, NULL FROM paper`,
  `SELECT 'people', id, NULL, 1, NULL FROM people`,
].join(' UNION ALL ');

function witness(what: Witness, id: string, time: string | null): HeldWitness {
  return { what, id, time, told: true, ended: null };
}

/** The log as it is stored, and what the database is held against: witnesses of events, the seal over the tables. */
export class LogReader {
  readonly #query: Query;
  readonly #db: Database;

  constructor(query: Query, db: Database) {
    this.#query = query;
    this.#db = db;
  }

  /** Everything that has both a row and an event. */
  witnesses(): HeldWitness[] {
    const approvals = this.#query.all(LOG_ROW.approved, 'SELECT bytes FROM approval');
    const notices = this.#query.all(LOG_ROW.told, 'SELECT bytes, time FROM notice');
    return [
      ...this.#query.all(LOG_ROW.witness, WITNESS_ROWS),
      ...approvals.map(({ bytes }) => witness('approval', sha256(bytes), null)),
      ...notices.map(({ bytes, time }) => witness('notice', sha256(bytes), time)),
    ];
  }

  /** What was signed last of the tables. */
  tablesSeal(): TablesSeal | null {
    return readSeal(this.#db);
  }

  /** The tables that are not as these digests say, but for some of them. */
  changedTables(digests: TableDigests, except: readonly string[]): readonly string[] {
    return changedTables(this.#db, digests, except);
  }

  /** Triggers and views that this program did not write. */
  strangeSchema(): readonly string[] {
    return strangeSchema(this.#db);
  }

  /** The log from an event on, or from where it begins once its beginning was pruned. */
  *events(from: number = FIRST_SEQ): Generator<LoggedEvent, void, undefined> {
    for (const { event } of this.storedEvents(from)) yield event;
  }

  /** The log with the leaf hashes that were stored when it was written, for verifyLog() to compute again. */
  *storedEvents(from: number = FIRST_SEQ): Generator<Required<Omit<StoredEvent, 'bytes'>>, void, undefined> {
    for (const row of this.#log('seq, time, card, operator, action, objects, details, leaf', from)) {
      const { card, operator, leaf, ...rest } = readRow(eventRow, row);
      yield { event: { ...rest, actor: { card, operator } }, leaf };
    }
  }

  /** Number of events that were ever logged, pruned ones included: the size of the log's tree. */
  eventCount(): number {
    return eventCount(this.#db);
  }

  /**
   * What replaces the pruned beginning of the log in its tree; an empty range where nothing was pruned. Events, leaves and proofs go on
   * from its end.
   */
  pruned(): CompactRange {
    const last = this.segments().at(-1);
    if (last === undefined) return CompactRange.of(0);
    const range = readPruned(last.range);
    if (range?.end !== last.upto - FIRST_SEQ) return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    return range;
  }

  /** The leaf hashes as they were stored, 32 bytes each: what a checkpoint is made from, with {@link pruned} before them. */
  *leaves(from: number = FIRST_SEQ): Generator<Uint8Array, void, undefined> {
    for (const row of this.#log('seq, leaf', from)) yield readRow(leafRow, row).leaf;
  }

  /** Signed notes, oldest first. */
  checkpoints(): StoredCheckpoint[] {
    return this.#query.all(LOG_ROW.checkpoint, 'SELECT ordinal, size, note FROM checkpoint ORDER BY ordinal');
  }

  /** The last signed note. */
  lastCheckpoint(): StoredCheckpoint | undefined {
    return this.#query.one(
      LOG_ROW.checkpoint,
      'SELECT ordinal, size, note FROM checkpoint ORDER BY ordinal DESC LIMIT 1',
    );
  }

  /** Oldest first. */
  timestamps(): StoredTimestamp[] {
    return this.#query.all(LOG_ROW.timestamp, `${TIMESTAMP} ORDER BY ordinal`);
  }

  /** Pruned beginnings of the log, oldest first; the last one is in force. */
  segments(): LogSegment[] {
    return this.#query.all(
      LOG_ROW.segment,
      'SELECT upto, range, note, time FROM log_segment ORDER BY ordinal',
    );
  }

  *#log(columns: string, from: number): Generator<unknown, void, undefined> {
    const sql = `SELECT ${columns} FROM event WHERE seq >= ? ORDER BY seq LIMIT ${BATCH}`;
    for (let next = from; ; ) {
      const rows = this.#db.all(sql, next);
      yield* rows;
      if (rows.length < BATCH) return;
      next = readRow(seqRow, rows.at(-1)).seq + 1;
    }
  }
}

const objects = z.record(z.string(), z.string());
const parsed = z.string().transform((text): Json => JSON.parse(text));
const seqRow = z.object({ seq: z.int() });
const leafRow = z.object({ leaf: z.instanceof(Uint8Array) });
const eventRow = z.object({
  seq: z.int(),
  time: z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null),
  card: z.string(),
  operator: z.string(),
  action: z.enum(EVENT_ACTIONS),
  objects: parsed.pipe(objects),
  details: parsed,
  leaf: z.instanceof(Uint8Array),
});
