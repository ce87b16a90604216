import { z } from 'zod';
import { sameBytes } from '../base/bytes.js';
import { isSha256, type Sha256 } from '../base/crypto.js';
import type { AuditProblem } from '../messages/problems/audit.js';
import type { Checkpoint } from './checkpoint.js';
import { eventBytes, FIRST_SEQ, type LoggedEvent } from './event.js';
import { CompactRange, leafHash } from './merkle.js';

/** An event as the store reads it back, with the leaf hash that was stored when it was written. */
export interface StoredEvent {
  readonly event: LoggedEvent;
  readonly leaf?: Uint8Array;
  /** Its canonical bytes, where it was read from them. */
  readonly bytes?: Uint8Array;
}

/** A checkpoint whose signature is good, and where it was found. */
export interface Anchor {
  readonly checkpoint: Checkpoint;
  /** Base name of the file, or what the store calls it: named in findings. */
  readonly document: string;
  /**
   * Whether an event is the one that tells of the document that holds the checkpoint. It was not written yet when the checkpoint was
   * signed, so no checkpoint of the document's covers it: it has to follow.
   */
  readonly toldBy?: (event: LoggedEvent) => boolean;
}

/** What {@link verifyLog} found out. */
export interface LogResult {
  /** Number of events, the pruned ones included. */
  readonly size: number;
  readonly root: Sha256;
  /** Everything wrong, in the order found. Only LOG_TIME is compatible with a log that nobody touched. */
  readonly findings: readonly AuditProblem[];
  /** Whether nothing but LOG_TIME was found. */
  readonly intact: boolean;
  /** Number of events that were pruned from the beginning: the number of the first that is there. */
  readonly pruned: number;
  /** Anchors of a log that ended within the pruned part: they can no longer be compared, which is no alarm. */
  readonly within: readonly Anchor[];
  /** Of the anchors that hold, the largest: up to here the log is proved by somebody's signature. Null without one. */
  readonly anchored: number | null;
  /** The event that tells of each document of which one has to. */
  readonly told: readonly { readonly document: string; readonly seq: number }[];
}

/** What a pruning says of itself in the log, as far as its event can be read: which events went, and the root of the tree over all that are gone. */
export interface ToldPruning {
  readonly first: number;
  readonly upto: number;
  readonly root: Sha256;
}

/**
 * The pruning that an event tells of. A compact range without one is only what somebody wrote who could delete rows: each checkpoint of
 * the log vouches for its hashes, and none says that the events were meant to go.
 *
 * @returns null for an event that tells of none
 */
export function toldPruning({ action, details }: LoggedEvent): ToldPruning | null {
  const told = action === 'log-pruned' ? prunedDetails.safeParse(details) : null;
  return told?.data ?? null;
}

const prunedDetails = z.object({
  first: z.int().min(FIRST_SEQ),
  upto: z.int().min(FIRST_SEQ),
  root: z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v)),
});

/**
 * Verifies a whole log in one pass: recomputes the tree from the events themselves, finds gaps and altered events, and compares every
 * checkpoint with the root of its prefix. A document whose checkpoint is compared has to have an event behind it. Memory does not grow with the log.
 *
 * The workspace's own checkpoints detect a change by somebody who lacks the key. Only an anchor that another party kept (in a bundle or
 * a receipt) shows that the owner himself has rewritten the log or cut its end, so pass those too.
 *
 * @param events in the order of the store; attacker-controlled, if the attacker can write the database
 * @param anchors checkpoints of this very log, already verified by `readCheckpoint`
 * @param pruned what replaces a beginning that was pruned. It is believed only because an anchor at or behind its end holds: its hashes
 *   are part of every root from there on
 */
export function verifyLog(
  events: Iterable<StoredEvent>,
  anchors: readonly Anchor[],
  pruned: CompactRange = CompactRange.of(0),
): LogResult {
  const verification = new Verification(anchors, pruned);
  for (const stored of events) verification.take(stored);
  return verification.result();
}

/** One pass over a log: what was found so far, and what is still waited for. */
class Verification {
  readonly #findings: AuditProblem[] = [];
  readonly #tree: CompactRange;
  readonly #pruned: number;
  readonly #within: readonly Anchor[];
  /** Anchors behind the pruned part by size, and the first of them that is not compared yet. */
  readonly #waiting: readonly Anchor[];
  #next = 0;
  readonly #untold: Set<Anchor>;
  readonly #told: { document: string; seq: number }[] = [];
  #anchored: number | null = null;
  #hasGap = false;
  #lastTime = '';

  constructor(anchors: readonly Anchor[], pruned: CompactRange) {
    this.#tree = pruned.copy();
    this.#pruned = pruned.end;
    const sorted = [...anchors].sort((a, b) => a.checkpoint.size - b.checkpoint.size);
    this.#within = sorted.filter((anchor) => anchor.checkpoint.size < pruned.end);
    this.#waiting = sorted.slice(this.#within.length);
    this.#untold = new Set(this.#waiting.filter(({ toldBy }) => toldBy !== undefined));
    this.#compare();
  }

  take({ event, leaf, bytes }: StoredEvent): void {
    const expected = FIRST_SEQ + this.#tree.end;
    // Said once: after a missing event every number differs.
    if (event.seq !== expected && !this.#hasGap) {
      this.#findings.push({ code: 'LOG_GAP', seq: event.seq, expected });
      this.#hasGap = true;
    }
    const hash = leafHash(bytes ?? eventBytes(event));
    if (leaf !== undefined && !sameBytes(leaf, hash))
      this.#findings.push({ code: 'LOG_LEAF', seq: event.seq });
    // Instants of one form compare as text.
    if (event.time < this.#lastTime) this.#findings.push({ code: 'LOG_TIME', seq: event.seq });
    this.#lastTime = event.time;
    for (const anchor of this.#untold) {
      if (anchor.checkpoint.size > this.#tree.end || anchor.toldBy?.(event) !== true) continue;
      this.#told.push({ document: anchor.document, seq: event.seq });
      this.#untold.delete(anchor);
    }
    this.#tree.append(hash);
    this.#compare();
  }

  /** Every checkpoint of the log as it is up to here. */
  #compare(): void {
    const size = this.#tree.end;
    for (
      let anchor = this.#waiting[this.#next];
      anchor?.checkpoint.size === size;
      anchor = this.#waiting[++this.#next]
    ) {
      if (anchor.checkpoint.root === this.#tree.root()) this.#anchored = size;
      else this.#findings.push({ code: 'LOG_REWRITTEN', document: anchor.document, size });
    }
  }

  result(): LogResult {
    const findings = [...this.#findings, ...this.#lacking()];
    return {
      size: this.#tree.end,
      root: this.#tree.root(),
      findings,
      intact: findings.every((finding) => finding.code === 'LOG_TIME'),
      pruned: this.#pruned,
      within: this.#within,
      anchored: this.#anchored,
      told: this.#told,
    };
  }

  /** What is known only at the end: the log is too short, lacks an event, or nothing vouches for its beginning. */
  #lacking(): readonly AuditProblem[] {
    const events = this.#tree.end;
    const cut = this.#waiting
      .slice(this.#next)
      .map(
        ({ checkpoint: { size }, document }): AuditProblem => ({ code: 'LOG_CUT', document, size, events }),
      );
    const lacks = [...this.#untold]
      .filter(({ checkpoint }) => checkpoint.size <= events)
      .map(({ checkpoint: { size }, document }): AuditProblem => ({ code: 'LOG_LACKS', document, size }));
    // Hashes that nobody signed prove nothing.
    const isUnproved = this.#pruned > 0 && this.#anchored === null;
    return [
      ...cut,
      ...lacks,
      ...(isUnproved ? [{ code: 'LOG_BEGINNING', first: this.#pruned } as const] : []),
    ];
  }
}
