import { writeCheckpoint } from '../../audit/checkpoint.js';
import { eventBytes, FIRST_SEQ, type LoggedEvent } from '../../audit/event.js';
import type { CompactRange } from '../../audit/merkle.js';
import { utf8 } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import { type CalendarDate, type Duration, dayOf, startOf, subtractDuration } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import { writeWhole } from '../../store/files.js';
import type { Reader } from '../../store/reader.js';
import type { Session } from '../session/session.js';
import { originOf } from '../session/own-log.js';

/**
 * How long events stay at least: records of what was handed on and to whom are kept for three years (NDSR-12, PIPL-56), which includes the
 * six months of network logs (CSL-23).
 */
const LEGAL_PERIOD = 'P3Y' as Duration;

export interface PruneInput {
  /** Events from before this day may go. */
  readonly before: CalendarDate;
  /** Where the events are written before they go, from the numbers of the first and the last of them; null to let them go. */
  readonly archive: ((first: number, last: number) => string) | null;
  readonly force: boolean;
}

/** What a pruning takes and why no more. */
export interface PrunePlan {
  /** Numbers of the first event that goes and of the first that stays. */
  readonly first: number;
  readonly upto: number;
  /** The event at which it stops though it is old enough: something it is about is still there or open. */
  readonly needed: LoggedEvent | null;
}

export interface PruneResult extends PrunePlan {
  readonly archive: { readonly path: string; readonly sha256: Sha256; readonly bytes: number } | null;
}

/**
 * Which events may go: the beginning of the log up to the day, but none that is about data that is still kept, or about something that is
 * still open. A log has no holes, so the first event that is needed keeps all that follow.
 *
 * @throws HandoverError PRUNE_TOO_YOUNG, PRUNE_NOTHING
 */
export function planPruning(session: Session, before: CalendarDate): PrunePlan {
  const latest = subtractDuration(dayOf(session.now), LEGAL_PERIOD);
  if (before > latest) fail({ code: 'PRUNE_TOO_YOUNG', latest });
  const { read } = session.workspace;
  const first = FIRST_SEQ + read.log.pruned().end;
  const alive = stillNeeded(read);
  const end = startOf(before);
  let upto = first;
  let needed: LoggedEvent | null = null;
  for (const event of read.log.events()) {
    if (event.time >= end) break;
    if (Object.values(event.objects).some((id) => alive.has(id))) {
      needed = event;
      break;
    }
    upto = event.seq + 1;
  }
  if (upto === first) fail({ code: 'PRUNE_NOTHING', first });
  return { first, upto, needed };
}

/** Ids and digests of what is kept or open, by which events that are still needed are told. */
function stillNeeded(read: Reader): ReadonlySet<string> {
  const alive = new Set<string>();
  const kept = read.datasets().filter((dataset) => dataset.state === 'kept');
  for (const { id, bundle } of kept) for (const name of [id, bundle]) if (name !== null) alive.add(name);
  for (const { id, state, check } of read.bundles()) {
    const judged = check === null ? [] : (read.check(check)?.datasets ?? []);
    if (state === 'began' || state === 'exported' || kept.some((d) => judged.includes(d.id))) alive.add(id);
  }
  for (const { sha256, gone } of read.files()) if (gone === null) alive.add(sha256);
  for (const { id, state } of read.retention.purges())
    if (state !== 'done' && state !== 'void') alive.add(id);
  for (const { id, released } of read.retention.restraints()) if (released === null) alive.add(id);
  for (const { id, closed } of read.persons.requests()) if (closed === null) alive.add(id);
  for (const { id, completed } of read.persons.notices()) if (completed === null) alive.add(id);
  for (const { id, closed } of read.incidents()) if (closed === null) alive.add(id);
  return alive;
}

/**
 * Removes the beginning of the log. A compact range of its tree replaces it, under a checkpoint of exactly that size, so what is left still
 * verifies against every later checkpoint. The events are written to an archive first, with that checkpoint beside them.
 *
 * @throws HandoverError as {@link planPruning}; FILE_EXISTS
 */
export async function pruneLog(session: Session, input: PruneInput): Promise<PruneResult> {
  const plan = planPruning(session, input.before);
  const { read, info } = session.workspace;
  const { identity } = await session.keys();
  // All there is, is signed before any of it goes.
  await session.checkpoint();
  const range = rangeUpto(read, plan.upto);
  const size = range.end;
  const note = writeCheckpoint({ origin: originOf(info.id), size, root: range.root() }, identity.signer);
  const archive = await archived(session, plan, note, input);
  session.record(
    {
      action: 'log-pruned',
      objects: archive === null ? {} : { file: archive.sha256 },
      details: { first: plan.first, upto: plan.upto, root: range.root(), before: input.before },
    },
    (write) => write.log.prune({ upto: plan.upto, range: range.toBytes(), note, time: session.now }),
  );
  return { ...plan, archive };
}

function rangeUpto(read: Reader, upto: number): CompactRange {
  const range = read.log.pruned();
  for (const leaf of read.log.leaves()) {
    if (FIRST_SEQ + range.end === upto) break;
    range.append(leaf);
  }
  return range;
}

/** The file beside an archive that holds the checkpoint of its last event, and, where the log had been pruned before, the hashes that replaced that part. */
export const ARCHIVE_CHECKPOINT = '.checkpoint.txt';
export const ARCHIVE_PRUNED = '.pruned.bin';

async function archived(
  session: Session,
  { first, upto }: PrunePlan,
  note: string,
  { archive, force }: PruneInput,
): Promise<PruneResult['archive']> {
  if (archive === null) return null;
  const { read } = session.workspace;
  const path = archive(first, upto - 1);
  const written = await writeWhole(path, linesUpto(read, upto), { force });
  await writeWhole(`${path}${ARCHIVE_CHECKPOINT}`, note, { force });
  if (first > FIRST_SEQ) await writeWhole(`${path}${ARCHIVE_PRUNED}`, read.log.pruned().toBytes(), { force });
  return { path, ...written };
}

async function* linesUpto(read: Reader, upto: number): AsyncGenerator<Uint8Array> {
  for (const event of read.log.events()) {
    if (event.seq >= upto) return;
    yield Buffer.concat([eventBytes(event), utf8('\n')]);
  }
}
