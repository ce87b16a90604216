import type { PublicKey } from '../base/crypto.js';
import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import { readEvent } from './event.js';
import { type Anchor, type LogResult, type StoredEvent, verifyLog } from './log.js';
import { CompactRange } from './merkle.js';

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
  /** Where the events stand, for problems. */
  readonly document: string;
  /** What replaces a pruned beginning. */
  readonly pruned?: CompactRange;
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
 * @throws HandoverError those of `readCheckpoint` and `readEvent`
 */
export function verifyEvents(
  events: Iterable<Uint8Array>,
  checkpoint: string,
  publicKey: PublicKey,
  { document, pruned = CompactRange.of(0), anchors = [] }: EventsReading,
): EventsResult {
  const signed = readCheckpoint(checkpoint, { publicKey, document });
  const result = verifyLog(read(events, document), [{ checkpoint: signed, document }, ...anchors], pruned);
  return { ...result, checkpoint: signed, unsigned: Math.max(0, result.size - signed.size) };
}

function* read(events: Iterable<Uint8Array>, document: string): Generator<StoredEvent> {
  for (const bytes of events) yield { event: readEvent(bytes, document) };
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

/**
 * Reads a compact range from outside that must begin at leaf 0.
 *
 * @returns null for bytes that are none
 */
export function readPruned(bytes: Uint8Array): CompactRange | null {
  try {
    const range = CompactRange.fromBytes(bytes);
    return range.begin === 0 ? range : null;
  } catch {
    return null;
  }
}
