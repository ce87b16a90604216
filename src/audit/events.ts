import type { PublicKey } from '../base/crypto.js';
import { fail } from '../messages/error.js';
import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import { FIRST_SEQ, readEvent } from './event.js';
import {
  type Anchor,
  type LogResult,
  type StoredEvent,
  type ToldPruning,
  toldPruning,
  verifyLog,
} from './log.js';
import { CompactRange } from './merkle.js';

/** Of one file, so that any is read in two seconds. A firm that logs ten events a day has so many after 11 years, and may prune before. */
export const MAX_FILE_EVENTS = 40_000;

/** A log as it is in a file: what {@link verifyEvents} needs of it. Attacker-controlled. */
export interface LogText {
  /** Canonical bytes of each event, in order. */
  readonly events: Iterable<Uint8Array>;
  /** The text of a signed note. */
  readonly checkpoint: string;
  /** What replaces a pruned beginning. */
  readonly pruned?: CompactRange;
}

/** What {@link verifyEvents} is told besides. */
export interface EventsReading {
  /** The file or database that the events are in, named in problems. */
  readonly document: string;
  /** What replaces a pruned beginning. */
  readonly pruned?: CompactRange;
  /**
   * Whether the events go on to the end of the log, so that the event that tells of the pruning is among them. An archive ends where the
   * next pruning ended.
   */
  readonly isToTheEnd: boolean;
  /** Further checkpoints of the same log, already verified. */
  readonly anchors?: readonly Anchor[];
}

export interface EventsResult extends LogResult {
  readonly checkpoint: Checkpoint;
  /** Events behind the checkpoint: nobody has signed them. */
  readonly unsigned: number;
}

/**
 * Verifies a log as it is in a file: each event strictly read from its bytes, then all of them by verifyLog() under one signed
 * checkpoint. No workspace is needed, only whose key it must be. Everything but the key is attacker-controlled.
 *
 * @param events canonical bytes of each, in order
 * @param checkpoint the text of a signed note
 * @throws HandoverError those of `readCheckpoint` and `readEvent`; JSON_TOO_MANY behind {@link MAX_FILE_EVENTS}
 */
export function verifyEvents(
  events: Iterable<Uint8Array>,
  checkpoint: string,
  publicKey: PublicKey,
  { document, pruned = CompactRange.of(0), anchors = [], isToTheEnd }: EventsReading,
): EventsResult {
  const signed = readCheckpoint(checkpoint, { publicKey, document });
  let told: ToldPruning | null = null;
  const watched = function* (): Generator<StoredEvent> {
    for (const stored of read(events, document)) {
      // Of what nobody signed, nothing is believed.
      if (stored.event.seq - FIRST_SEQ < signed.size) told = toldPruning(stored.event) ?? told;
      yield stored;
    }
  };
  const result = verifyLog(watched(), [{ checkpoint: signed, document }, ...anchors], pruned);
  if (isToTheEnd && !isOf(told, pruned))
    return {
      ...result,
      findings: [...result.findings, { code: 'LOG_BEGINNING', first: pruned.end }],
      intact: false,
      checkpoint: signed,
      unsigned: Math.max(0, result.size - signed.size),
    };
  return { ...result, checkpoint: signed, unsigned: Math.max(0, result.size - signed.size) };
}

/** Whether the hashes that replace the beginning are those that the last pruning event names, or nothing was pruned. */
function isOf(told: ToldPruning | null, pruned: CompactRange): boolean {
  if (told === null) return pruned.end === 0;
  return told.upto - FIRST_SEQ === pruned.end && told.root === pruned.root();
}

function* read(events: Iterable<Uint8Array>, document: string): Generator<StoredEvent> {
  let count = 0;
  for (const bytes of events) {
    if (++count > MAX_FILE_EVENTS) fail({ code: 'JSON_TOO_MANY', document, limit: MAX_FILE_EVENTS });
    yield { event: readEvent(bytes, document), bytes };
  }
}

/** The lines of NDJSON, without their newlines. A last line that is not ended is a line too: whoever reads it judges it. */
export function* linesOf(ndjson: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < ndjson.length; ) {
    const end = ndjson.indexOf(0x0a, at);
    const stop = end === -1 ? ndjson.length : end;
    yield ndjson.subarray(at, stop);
    at = stop + 1;
  }
}
