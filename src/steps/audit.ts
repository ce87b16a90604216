import { basename } from 'node:path';
import { type Checkpoint, readCheckpoint } from '../audit/checkpoint.js';
import type { EventAction, LoggedEvent } from '../audit/event.js';
import { type Anchor, type LogResult, verifyLog } from '../audit/log.js';
import { openContainer } from '../bundle/container.js';
import { CHECKPOINT } from '../bundle/entry-names.js';
import { readReceipt } from '../bundle/receipt.js';
import type { PublicKey } from '../base/crypto.js';
import { fail } from '../messages/error.js';
import { readLimited } from '../store/files.js';
import { openFile } from '../store/random-access.js';
import { ownCard } from './card.js';
import { type House, originOf } from './house.js';

const ANCHOR_LIMIT = 1 << 20;

export interface AuditVerifyResult extends LogResult {
  /** The workspace's own checkpoints that were compared. */
  readonly checkpoints: number;
  /** Files that were given as outside anchors, with the size of the log that each one proves. */
  readonly anchors: readonly { readonly file: string; readonly size: number }[];
}

/**
 * Recomputes the whole log from its events and compares it with every checkpoint. Needs no passphrase: the card's public key is enough.
 * With `against`, checkpoints that another party kept (in a bundle, a receipt or a file of their own) show what the workspace's own
 * cannot: that its owner rewrote the log or cut its end.
 *
 * @throws HandoverError CHECKPOINT_…, ANCHOR_OTHER_LOG for a file whose checkpoint is of another log
 */
export async function auditVerify(house: House, against: readonly string[]): Promise<AuditVerifyResult> {
  const { info, read } = house.workspace;
  const { publicKey } = ownCard(info);
  const origin = originOf(info.id);
  const own: Anchor[] = read.checkpoints().map(({ note }) => ({
    checkpoint: readCheckpoint(note, { publicKey, origin, document: 'handover.db' }),
    document: 'handover.db',
  }));
  const outside: Anchor[] = [];
  for (const path of against) outside.push(await anchorAt(path, publicKey, origin));
  const result = verifyLog(read.storedEvents(), [...own, ...outside]);
  return {
    ...result,
    checkpoints: own.length,
    anchors: outside.map(({ checkpoint, document }) => ({ file: document, size: checkpoint.size })),
  };
}

/** The checkpoint of this log in a bundle, a receipt or a file of its own. A receipt holds two: the buyer's, and the one it answers. */
async function anchorAt(path: string, publicKey: PublicKey, origin: string): Promise<Anchor> {
  const document = basename(path);
  const notes = path.endsWith('.zip') ? [await checkpointInBundle(path)] : checkpointsInText(path, document);
  const ours = notes.find((note) => note.startsWith(`${origin}\n`));
  if (ours === undefined) return fail({ code: 'ANCHOR_OTHER_LOG', document });
  const checkpoint: Checkpoint = readCheckpoint(ours, { publicKey, origin, document });
  return { checkpoint, document };
}

async function checkpointInBundle(path: string): Promise<string> {
  const file = await openFile(path);
  try {
    return (await (await openContainer(file)).read(CHECKPOINT)).toString('utf8');
  } finally {
    await file.close();
  }
}

function checkpointsInText(path: string, document: string): readonly string[] {
  const bytes = readLimited(path, ANCHOR_LIMIT, document);
  if (!path.endsWith('.json')) return [Buffer.from(bytes).toString('utf8')];
  const receipt = readReceipt(bytes);
  return [receipt.bundle_checkpoint, receipt.checkpoint];
}

export interface LogFilter {
  readonly action: EventAction | null;
  /** Part of an id or digest among the objects of an event. */
  readonly object: string | null;
  /** Instants from this on. */
  readonly since: string | null;
  /** The last so many. */
  readonly last: number | null;
}

/** Events of the log, oldest first. */
export function auditLog(house: House, filter: LogFilter): readonly LoggedEvent[] {
  const { action, object, since, last } = filter;
  const found = [...house.workspace.read.events()].filter(
    (event) =>
      (action === null || event.action === action) &&
      (since === null || event.time >= since) &&
      (object === null || Object.values(event.objects).some((id) => id.includes(object))),
  );
  return last === null ? found : found.slice(-last);
}
