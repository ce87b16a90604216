import { TAG_BYTES, tagText } from '../../base/tagger.js';
import { fail } from '../../messages/error.js';
import { reasonSet } from '../../policy/reasons.js';
import type { VerifiedErased } from '../../retention/erased.js';
import { requireSoundClock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import { everErased } from '../session/known.js';
import { erasureLedgerAt } from './erasure-ledger.js';
import { type PurgeView, planPurge } from './plan.js';
import { isKeptApart } from '../../store/dataset-rows.js';

export interface ReplayInput {
  /** An erasure ledger's file, absolute; null for what the workspace remembers. */
  readonly ledger: string | null;
  readonly clockIsRight?: boolean;
  readonly dryRun: boolean;
}

export interface Replay {
  /** Persons in the ledger. */
  readonly persons: number;
  /** Whether a ledger file was taken in that the workspace did not know. */
  readonly taken: boolean;
  /** The plan of erasing again whoever came back; null if nobody did. */
  readonly view: PurgeView | null;
}

/**
 * Plans to erase again whoever was erased and came back, with a customer file or with an older copy of the workspace. A ledger file is
 * taken in, so that imports are compared with it from then on. The plan is run like any other.
 *
 * @throws HandoverError LEDGER_NONE, those of erasureLedgerAt and planPurge
 */
export async function replayErasures(session: Session, input: ReplayInput): Promise<Replay> {
  const { dryRun, clockIsRight = false } = input;
  const { read } = session.workspace;
  const ledger = input.ledger === null ? null : erasureLedgerAt(session, input.ledger);
  if (ledger === null && read.retention.erasures().length === 0) fail({ code: 'LEDGER_NONE' });
  if (!dryRun) await session.keys();
  requireSoundClock(session, { isRight: clockIsRight, dryRun });
  const known = read.retention.erasures().map(({ purge }) => purge);
  const taken = ledger !== null && !known.includes(ledger.purge);
  const erased = everErased(read);
  if (taken) {
    erased.add(ledger.tags, reasonSet('ERASED_BEFORE'));
    if (!dryRun) takeIn(session, ledger);
  }
  const back = new Set<string>();
  for (const dataset of read.datasets().filter((each) => !isKeptApart(each)))
    for (const { tags, records } of read.pageTags(dataset.id))
      for (let i = 0; i < records; i++) if (erased.of(tags, i * TAG_BYTES) !== 0) back.add(tagText(tags, i));
  const persons = erased.size;
  if (back.size === 0) return { persons, taken, view: null };
  const scope = { kind: 'replay', tags: back } as const;
  return { persons, taken, view: await planPurge(session, { scope, reason: null, clockIsRight, dryRun }) };
}

function takeIn(session: Session, { purge, planned, tags }: VerifiedErased): void {
  const persons = tags.length / TAG_BYTES;
  session.record({ action: 'erasure-replayed', objects: { purge }, details: { persons } }, (write) => {
    write.retention.addErasure({ purge, time: planned }, session.now);
    for (let at = 0, number = 0; at < tags.length; at += LEDGER_PAGE, number++)
      write.retention.addErased(purge, { number, tags: tags.subarray(at, at + LEDGER_PAGE) });
  });
}

/** In bytes. */
const LEDGER_PAGE = 4096 * TAG_BYTES;
