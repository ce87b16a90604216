import type { PublicKey } from '../base/crypto.js';
import type { Signer } from '../base/signing.js';
import type { Instant } from '../base/time.js';
import { HandoverError } from '../messages/error.js';
import type { AuditProblem } from '../messages/problems/audit.js';
import { type Checkpoint, claimedCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { type EventAction, FIRST_SEQ, type LoggedEvent } from './event.js';
import {
  type Anchor,
  type LogResult,
  type StoredEvent,
  type ToldPruning,
  toldPruning,
  verifyLog,
} from './log.js';
import { type CompactRange, readPruned } from './merkle.js';

/*
 * The log as it lies in its own workspace, where whoever can write the disk can write all of it but has no key. Three things hold it:
 * every event is under a signed checkpoint from the moment it is there; the checkpoints are numbered and none is missing; and the
 * last of them is signed a second time as the tip, in a file that each new one replaces, so that no older tip is left to put back.
 */

/** Where the log's own checkpoints are, for findings. */
const DATABASE = 'handover.db';

/** Name of the file with the tip, below the workspace. */
export const LOG_TIP = 'log.tip';

/** The origin line of the tip: differs from that of checkpoints, so that none of them passes for it. */
function tipOrigin(origin: string): string {
  return `${origin}/tables/tip`;
}

/** As a tip began while nothing was signed of the tables: one is good for a workspace in which nothing was signed since. */
function bareTipOrigin(origin: string): string {
  return `${origin}/tip`;
}

/** The origin line of what is signed of the tables. */
export function tablesOrigin(origin: string): string {
  return `${origin}/tables`;
}

/** Whether a tip that was verified says that something is signed of the tables as well. */
export function tellsOfTables(tip: string, origin: string): boolean {
  return claimedCheckpoint(tip)?.origin === tipOrigin(origin);
}

/** Signs the present state of the log. */
export interface LogSigner {
  checkpoint(size: number, root: Checkpoint['root']): string;
  tip(size: number, root: Checkpoint['root']): string;
  /** @param root of the tables, after so many events */
  tables(size: number, root: Checkpoint['root']): string;
}

/** Signs what is signed of a log, each kind under an origin of its own. @param origin of the log, as its checkpoints name it */
export function logSigner(origin: string, signer: Signer): LogSigner {
  return {
    checkpoint: (size, root) => writeCheckpoint({ origin, size, root }, signer),
    tip: (size, root) => writeCheckpoint({ origin: tipOrigin(origin), size, root }, signer),
    tables: (size, root) => writeCheckpoint({ origin: tablesOrigin(origin), size, root }, signer),
  };
}

/** A log as the store gives it. All of it is attacker-controlled. */
export interface OwnLog {
  readonly events: Iterable<StoredEvent>;
  /** What replaces a pruned beginning. */
  readonly pruned: CompactRange;
  /** Every pruning, in the order of the store: the number of the first event that stayed, the hashes that replace the others, the note that covered them. */
  readonly prunings: readonly Pruning[];
  /** In the order of the store. */
  readonly checkpoints: readonly { readonly ordinal: number; readonly size: number; readonly note: string }[];
  /** Text of {@link LOG_TIP}, or null if there is none. */
  readonly tip: string | null;
  /**
   * Whether an event may be behind the last checkpoint: an approval by somebody who has not the party's keys, signed by a key of that
   * person's own.
   */
  readonly isVouched: (event: LoggedEvent) => boolean;
  /** Actions of which an event may have no checkpoint of its own: the next one covers it. */
  readonly unsigned: readonly EventAction[];
}

/** A pruning as it is kept beside the log. */
interface Pruning {
  readonly upto: number;
  readonly range: Uint8Array;
  readonly note: string;
  readonly time: Instant;
}

export interface OwnLogResult extends LogResult {
  /** Checkpoints that were compared. */
  readonly checkpoints: number;
  /** Events behind the last checkpoint. */
  readonly unsigned: number;
}

/**
 * Verifies the log of a workspace against all that was signed of it there.
 *
 * @param others checkpoints from elsewhere, already verified
 * @param recent of how many of the last checkpoints the signature is verified: each covers the whole log before it, so a few prove its
 *   events, and the roots of the others are compared all the same. Default all of them
 */
export function verifyOwnLog(
  log: OwnLog,
  own: { readonly publicKey: PublicKey; readonly origin: string },
  others: readonly Anchor[] = [],
  recent: number = log.checkpoints.length,
): OwnLogResult {
  const { anchors, compared, covered, findings } = readSigned(log, own, recent);
  const behind: LoggedEvent[] = [];
  const uncovered: LoggedEvent[] = [];
  const told: TimedPruning[] = [];
  const sizes = new Set(log.checkpoints.map(({ size }) => size));
  const watched = watching(log.events, (event) => {
    const size = event.seq - FIRST_SEQ + 1;
    const pruning = toldPruning(event);
    if (pruning !== null) told.push({ ...pruning, time: event.time });
    if (size > covered) behind.push(event);
    else if (!sizes.has(size) && !log.unsigned.includes(event.action)) uncovered.push(event);
  });
  const result = verifyLog(watched, [...anchors, ...others], log.pruned);
  if (!areTold(log.prunings, told)) findings.push({ code: 'LOG_BEGINNING', first: log.pruned.end });
  const stray = behind.find((event) => !log.isVouched(event));
  if (stray !== undefined) findings.push({ code: 'LOG_UNSIGNED', seq: stray.seq, count: behind.length });
  for (const { seq } of uncovered) {
    const before = log.checkpoints.filter(({ size }) => size <= seq - FIRST_SEQ).length;
    findings.push({ code: 'LOG_CHECKPOINT', number: before + 1 });
  }
  const all = [...result.findings, ...findings];
  return {
    ...result,
    findings: all,
    intact: all.every(({ code }) => code === 'LOG_TIME'),
    checkpoints: compared,
    unsigned: behind.length,
  };
}

/** What was signed of a log, as far as it is good, and what is wrong with it. */
interface SignedOfLog {
  readonly anchors: readonly Anchor[];
  /** How many of the anchors can be compared, the tip not counted. */
  readonly compared: number;
  /** Number of events that the log's own checkpoints cover. */
  readonly covered: number;
  readonly findings: AuditProblem[];
}

/** Reads the checkpoints of the log itself, those behind which events were pruned, and the tip. */
function readSigned(
  log: OwnLog,
  own: { readonly publicKey: PublicKey; readonly origin: string },
  recent: number,
): SignedOfLog {
  const findings: AuditProblem[] = [];
  const anchors: Anchor[] = [];
  const read = (note: string, origin: string, document: string, isClaim = false): Checkpoint | null => {
    const checkpoint = isClaim
      ? claimedCheckpoint(note)
      : signedOrNull(note, { publicKey: own.publicKey, origin, document });
    if (checkpoint !== null) anchors.push({ checkpoint, document });
    return checkpoint;
  };
  let covered = 0;
  for (const [i, { ordinal, size, note }] of log.checkpoints.entries()) {
    const checkpoint = read(note, own.origin, DATABASE, i < log.checkpoints.length - recent);
    const fits = ordinal === i + 1 && checkpoint?.size === size && size > covered;
    if (!fits) findings.push({ code: 'LOG_CHECKPOINT', number: i + 1 });
    covered = Math.max(covered, checkpoint?.size ?? 0);
  }
  for (const { upto, note } of log.prunings)
    if (read(note, own.origin, DATABASE)?.size !== upto - FIRST_SEQ)
      findings.push({ code: 'LOG_BEGINNING', first: log.pruned.end });
  const compared = anchors.filter(({ checkpoint }) => checkpoint.size >= log.pruned.end).length;
  const tip =
    log.tip === null
      ? null
      : (read(log.tip, tipOrigin(own.origin), LOG_TIP) ?? read(log.tip, bareTipOrigin(own.origin), LOG_TIP));
  if (tip === null) findings.push({ code: 'LOG_TIP', document: LOG_TIP });
  return { anchors, compared, covered, findings };
}

/** A pruning as its event tells of it. */
interface TimedPruning extends ToldPruning {
  readonly time: Instant;
}

/**
 * Whether the hashes that replace a pruned beginning are those of what signed events say was pruned. The event of the last pruning is
 * always there, because it follows what it took; those before it may have gone with a later one, so each names where the one before ended.
 */
function areTold(prunings: readonly Pruning[], told: readonly TimedPruning[]): boolean {
  const gone = prunings.length - told.length;
  if (gone < 0 || (prunings.length > 0 && told.length === 0)) return false;
  return prunings.every(({ upto, range, time }, i) => {
    const before = prunings[i - 1]?.upto ?? FIRST_SEQ;
    const kept = readPruned(range);
    if (kept === null || upto <= before || kept.end !== upto - FIRST_SEQ) return false;
    const event = told[i - gone];
    if (event === undefined) return true;
    return event.first === before && event.upto === upto && event.root === kept.root() && event.time === time;
  });
}

function* watching(
  events: Iterable<StoredEvent>,
  look: (event: LoggedEvent) => void,
): Generator<StoredEvent, void, undefined> {
  for (const stored of events) {
    look(stored.event);
    yield stored;
  }
}

function signedOrNull(note: string, reading: Parameters<typeof readCheckpoint>[1]): Checkpoint | null {
  try {
    return readCheckpoint(note, reading);
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  }
}
