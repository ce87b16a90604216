import { writeCheckpoint } from '../../src/audit/checkpoint.js';
import { eventBytes, type LoggedEvent } from '../../src/audit/event.js';
import { CompactRange, leafHash } from '../../src/audit/merkle.js';
import { type Leaves, leavesOf, rootOf } from '../../src/audit/merkle-proof.js';
import type { Sha256 } from '../../src/base/crypto.js';
import type { Signer } from '../../src/base/signing.js';
import { instant } from '../../fixtures/vectors/make/world.js';

const ORIGIN = 'handover/0193c4d1-0000-7000-8000-000000000001';

/** An invented log of one party, as it would stand in its workspace. */
export class SomeLog {
  readonly events: readonly LoggedEvent[];
  readonly leaves: Leaves;
  readonly #signer: Signer;

  /** @param pruned how many of the first events the last one says to have been pruned; none by default */
  constructor(size: number, card: Sha256, signer: Signer, pruned = 0) {
    const events: LoggedEvent[] = Array.from({ length: size }, (_, seq) => ({
      seq,
      time: instant(`${new Date(Date.UTC(2026, 10, 20, 8, seq)).toISOString().slice(0, 19)}Z`),
      actor: { card, operator: '李店长' },
      action: 'checked' as const,
      objects: { dataset: `d${seq}` },
      details: { transfer: seq },
    }));
    const last = events.pop();
    if (last !== undefined) events.push(pruned === 0 ? last : toldOf(last, events.slice(0, pruned)));
    this.events = events;
    this.leaves = leavesOf(Buffer.concat(this.events.map((event) => leafHash(eventBytes(event)))));
    this.#signer = signer;
  }

  /** The signed note over the first so many events. */
  note(size = this.events.length, signer = this.#signer): string {
    return writeCheckpoint({ origin: ORIGIN, size, root: rootOf(this.leaves, 0, size) }, signer);
  }

  /** What stands for the first so many events. */
  range(upto: number): CompactRange {
    const range = CompactRange.of(0);
    range.appendMany(this.leaves(0, upto));
    return range;
  }

  /** Canonical texts from an event on. */
  texts(from = 0): readonly string[] {
    return this.events.slice(from).map((event) => Buffer.from(eventBytes(event)).toString('utf8'));
  }
}

/** The event that tells of a pruning of these, in the place of another. */
function toldOf({ seq, time, actor }: LoggedEvent, gone: readonly LoggedEvent[]): LoggedEvent {
  const tree = CompactRange.of(0);
  for (const event of gone) tree.append(leafHash(eventBytes(event)));
  const details = { first: 0, upto: gone.length, root: tree.root(), before: '2026-11-20' };
  return { seq, time, actor, action: 'log-pruned', objects: {}, details };
}
