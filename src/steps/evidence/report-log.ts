import { type Checkpoint, readCheckpoint } from '../../audit/checkpoint.js';
import type { OwnLogResult } from '../../audit/own-log.js';
import { readReceipt, receiptDigest } from '../../bundle/receipt.js';
import { type Telling, tellsOf, tellsOfAnswered } from '../../bundle/telling.js';
import { HandoverError } from '../../messages/error.js';
import type { ReportData } from '../../report/audit-report.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { checkOwnLog, originOf } from '../session/own-log.js';

/** Where a checkpoint of this log was found under the other party's signature. */
interface Held {
  readonly holder: 'seller' | 'buyer';
  readonly bundle: string;
  readonly checkpoint: Checkpoint;
  /** What the log has to say of the bundle, or of the receipt, behind it. */
  readonly toldBy: Telling;
}

/** Recomputes the log, as `audit verify` does, and compares it with the workspace's checkpoints, with its tip, and with those that the other party signed in its receipts. */
export function reportLog(session: Session): ReportData['log'] {
  const { read } = session.workspace;
  const own: Checkpoint[] = [];
  const broken: { readonly code: string; readonly about: string }[] = [];
  for (const { note, size } of read.log.checkpoints()) {
    const checkpoint = attempt(session, note);
    if (typeof checkpoint === 'string') broken.push({ code: checkpoint, about: String(size) });
    else own.push(checkpoint);
  }
  const last = own.at(-1);
  const held = heldOf(session, broken);
  const anchors = held.map(({ checkpoint, bundle, toldBy }) => ({ checkpoint, document: bundle, toldBy }));
  const result = checkOwnLog(session.workspace, anchors);
  const findings = [
    ...broken,
    ...result.findings.map((finding) => ({
      code: finding.code,
      about: placeOf(finding),
    })),
  ];
  return {
    intact: result.intact && broken.length === 0,
    events: result.size,
    root: result.root,
    checkpoints: own.length,
    signed: last?.size ?? 0,
    signed_root: last?.root ?? null,
    findings,
    anchors: held.map(({ holder, bundle, checkpoint }) => ({
      holder,
      bundle,
      size: checkpoint.size,
      agrees: !result.findings.some((found) => 'document' in found && found.document === bundle),
    })),
    timestamps: read.log.timestamps().map(({ size, stamped, authority }) => ({ size, stamped, authority })),
    pruned: result.pruned,
  };
}

/** Which event, size or checkpoint a finding is about; '' where it is about the whole log. */
function placeOf(finding: OwnLogResult['findings'][number]): string {
  if ('seq' in finding) return String(finding.seq);
  if ('size' in finding) return String(finding.size);
  if ('table' in finding) return finding.table;
  return 'number' in finding ? String(finding.number) : '';
}

/**
 * A seller's checkpoint comes back in the buyer's signed receipt; the buyer's own is in the receipt that the seller holds. Both parties
 * keep the receipt.
 */
function heldOf(
  session: Session,
  broken: { readonly code: string; readonly about: string }[],
): readonly Held[] {
  const { info, read } = session.workspace;
  const found: Held[] = [];
  for (const { id } of read.bundles()) {
    const kept = read.receipt(id);
    if (kept === undefined) continue;
    const receipt = readReceipt(kept.bytes);
    const note = info.role === 'seller' ? receipt.bundle_checkpoint : receipt.checkpoint;
    const checkpoint = attempt(session, note);
    if (typeof checkpoint === 'string') broken.push({ code: checkpoint, about: id });
    else if (info.role === 'seller')
      found.push({ holder: 'buyer', bundle: id, checkpoint, toldBy: tellsOfAnswered(receipt) });
    else {
      const toldBy = tellsOf('receipted', 'receipt', receiptDigest(kept));
      found.push({ holder: 'seller', bundle: id, checkpoint, toldBy });
    }
  }
  return found;
}

/** A checkpoint of this log, or the code of what is wrong with it. */
function attempt(session: Session, note: string): Checkpoint | string {
  const { info } = session.workspace;
  const { publicKey } = ownCard(info);
  try {
    return readCheckpoint(note, { publicKey, origin: originOf(info.id), document: 'handover.db' });
  } catch (error) {
    if (error instanceof HandoverError) return error.problem.code;
    throw error;
  }
}
