import { readCheckpoint } from '../../audit/checkpoint.js';
import { eventBytes, FIRST_SEQ, type LoggedEvent } from '../../audit/event.js';
import { eventProofBytes } from '../../audit/event-proof.js';
import { HASH_BYTES } from '../../audit/merkle.js';
import type { Leaves } from '../../audit/merkle-proof.js';
import { writeProof } from '../../audit/proof.js';
import { concat } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import { fail } from '../../messages/error.js';
import { type Written, writeWhole } from '../../store/files.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { originOf } from '../session/own-log.js';

export interface ProveEventInput {
  /** Number of the event. */
  readonly event: number;
  readonly path: string;
  readonly force: boolean;
}

export interface ProveEventResult {
  readonly path: string;
  readonly sha256: Sha256;
  readonly event: LoggedEvent;
  /** Size of the log under whose checkpoint the event is proved. */
  readonly size: number;
}

/**
 * Writes the proof that an event is in the log: a file that anybody can check with this party's card. The last checkpoint is used if it
 * covers the event, and then no passphrase is needed; otherwise the log is signed as it is.
 *
 * @throws HandoverError PROOF_EVENT_UNKNOWN, PROOF_EVENT_PRUNED, FILE_EXISTS
 */
export async function proveEvent(session: Session, input: ProveEventInput): Promise<ProveEventResult> {
  const { read, info } = session.workspace;
  const { path, force } = input;
  const seq = input.event;
  const pruned = read.log.pruned();
  const events = read.log.eventCount();
  if (seq >= FIRST_SEQ + events) fail({ code: 'PROOF_EVENT_UNKNOWN', event: seq, events });
  if (seq < FIRST_SEQ + pruned.end)
    fail({ code: 'PROOF_EVENT_PRUNED', event: seq, first: FIRST_SEQ + pruned.end });
  const [event] = read.log.events(seq);
  if (event === undefined) return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });

  const note = await session.checkpoint();
  const { publicKey, digest } = ownCard(info);
  const checkpoint = readCheckpoint(note, { publicKey, origin: originOf(info.id), document: 'handover.db' });
  const bytes = eventProofBytes({
    issuer: digest,
    event: Buffer.from(eventBytes(event)).toString('utf8'),
    tlog_proof: writeProof(storedLeaves(session), seq - FIRST_SEQ, note, checkpoint, pruned),
  });
  const announce = ({ sha256: file }: Written): void =>
    session.record({ action: 'proof-made', objects: { file }, details: { event: seq } }, () => undefined);
  const written = await writeWhole(path, bytes, { force, announce });
  return { path, sha256: written.sha256, event, size: checkpoint.size };
}

/** The leaves of the log by their positions; the pruned ones are not there. */
function storedLeaves(session: Session): Leaves {
  const { read } = session.workspace;
  const first = read.log.pruned().end;
  const leaves = concat(...read.log.leaves());
  return (begin, end) => leaves.subarray(HASH_BYTES * (begin - first), HASH_BYTES * (end - first));
}
