import { base64, unbase64 } from '../base/bytes.js';
import { fail } from '../messages/error.js';
import { type Checkpoint, type CheckpointReading, readCheckpoint } from './checkpoint.js';
import { type CompactRange, HASH_BYTES } from './merkle.js';
import { inclusionProof, type Leaves, verifyInclusion } from './merkle-proof.js';

/*
 * Proof that an event is in a log, as a C2SP tlog-proof (https://c2sp.org/tlog-proof):
 *
 *   c2sp.org/tlog-proof@v1
 *   index <number of the event>
 *   <hashes from the leaf's sibling up, base64, one a line>
 *
 *   <checkpoint>
 *
 * It holds no event: the event's bytes are handed over beside it, or are already known to whoever checks.
 */

const MAGIC = 'c2sp.org/tlog-proof@v1';

/** In characters; a tree has at most 53 levels. */
const MAX_TEXT = 128 * 1024;
const MAX_HASHES = 64;

/**
 * A proof as text, for the event at `index` under the checkpoint (its text and what it says).
 *
 * @param pruned replaces the events that are gone from the beginning of the log
 */
export function writeProof(
  leaves: Leaves,
  index: number,
  note: string,
  checkpoint: Checkpoint,
  pruned?: CompactRange,
): string {
  const hashes = inclusionProof(leaves, index, checkpoint.size, pruned).map((hash) => `${base64(hash)}\n`);
  return `${MAGIC}\nindex ${index}\n${hashes.join('')}\n${note}`;
}

/**
 * Verifies that the leaf is in the log that the proof's checkpoint signs. The text is attacker-controlled; its `extra` line, if any,
 * is not authenticated and is ignored.
 *
 * @param leaf leaf hash of the event's bytes
 * @returns the event's index and the checkpoint
 * @throws HandoverError PROOF_FORMAT, PROOF_INVALID, and those of `readCheckpoint`
 */
export function verifyProof(
  text: string,
  leaf: Uint8Array,
  reading: CheckpointReading,
): { readonly index: number; readonly checkpoint: Checkpoint } {
  const { document } = reading;
  const parsed = parse(text) ?? fail({ code: 'PROOF_FORMAT', document });
  const checkpoint = readCheckpoint(parsed.note, reading);
  const { index, hashes } = parsed;
  if (!verifyInclusion(leaf, index, checkpoint.size, hashes, checkpoint.root)) {
    return fail({ code: 'PROOF_INVALID', document });
  }
  return { index, checkpoint };
}

function parse(text: string): { index: number; hashes: Uint8Array[]; note: string } | null {
  if (text.length > MAX_TEXT) return null;
  const end = text.indexOf('\n\n');
  if (end === -1) return null;
  const [magic, ...lines] = text.slice(0, end).split('\n');
  if (lines[0]?.startsWith('extra ') === true) lines.shift();
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1];
  if (magic !== MAGIC || index === undefined || lines.length > MAX_HASHES) return null;
  const hashes: Uint8Array[] = [];
  for (const line of lines) {
    const hash = unbase64(line);
    if (hash?.length !== HASH_BYTES) return null;
    hashes.push(hash);
  }
  return { index: Number(index), hashes, note: text.slice(end + 2) };
}
