import { textOf } from '../../base/bytes.js';
import { basename } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { readManifest } from '../../bundle/manifest.js';
import {
  type Receipt,
  readReceipt,
  receiptDigest,
  type SignedReceipt,
  verifyReceipt,
} from '../../bundle/receipt.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { fail } from '../../messages/error.js';
import { sellerEnd } from '../../retention/schedule.js';
import { cameDocument } from '../session/came-document.js';
import type { Session } from '../session/session.js';
import { loggingRefusal } from '../session/refusal.js';

const RECEIPT_LIMIT = 1 << 20;

export interface ReceiptView {
  readonly receipt: Receipt;
  readonly digest: Sha256;
  /** File of the bundle that it answers. */
  readonly bundleFile: string;
  /** Until when the seller may keep what was handed over; null for a refusal. */
  readonly purgeBy: CalendarDate | null;
  /** Whether it had been accepted before. */
  readonly again: boolean;
}

function receiptAt(path: string): SignedReceipt {
  const { bytes, required } = cameDocument(path, RECEIPT_LIMIT);
  return { bytes, signature: textOf(required('.minisig', RECEIPT_LIMIT)) };
}

/** Reads and verifies a receipt against the bundle that this workspace sent, and changes nothing. */
export function viewReceipt(session: Session, path: string): ReceiptView {
  const signed = receiptAt(path);
  const { bundle: id } = readReceipt(signed.bytes);
  const sent = session.workspace.read.bundle(id);
  if (sent?.direction !== 'out' || sent.state === 'began' || sent.state === 'abandoned') {
    return fail({ code: 'RECEIPT_UNKNOWN_BUNDLE', bundle: id });
  }
  const answered = { manifest: readManifest(sent.manifest), manifestDigest: sent.manifestDigest };
  const receipt = verifyReceipt(signed, answered, { now: session.now });
  const digest = receiptDigest(signed);
  const kept = session.workspace.read.receipt(id);
  if (kept !== undefined && receiptDigest(kept) !== digest)
    fail({ code: 'RECEIPT_SECOND', bundle: basename(sent.path) });
  const deal = session.workspace.read.deal(sent.deal);
  const refused = receipt.disposition === 'refused';
  return {
    receipt,
    digest,
    bundleFile: basename(sent.path),
    purgeBy:
      deal === undefined || refused
        ? null
        : sellerEnd(readDealJson(deal.bytes), dayOf(kept?.time ?? session.now)).date,
    again: kept !== undefined,
  };
}

/** A receipt that may be accepted. @throws HandoverError DEAL_ABORTED, and those of {@link viewReceipt} */
export function viewAcceptable(session: Session, path: string): ReceiptView {
  const view = viewReceipt(session, path);
  const { bundle, deal } = view.receipt;
  if (session.workspace.read.bundle(bundle)?.state === 'aborted')
    fail({ code: 'DEAL_ABORTED', deal: deal.id });
  return view;
}

/**
 * Accepts the buyer's receipt: the seller's proof that the bundle arrived whole, and the start of its own retention clock.
 *
 * @throws HandoverError RECEIPT_UNKNOWN_BUNDLE, RECEIPT_SECOND, DEAL_ABORTED, and those of verifyReceipt
 */
export function acceptReceipt(session: Session, path: string): Promise<ReceiptView> {
  return loggingRefusal(session, { path }, () => accept(session, path));
}

async function accept(session: Session, path: string): Promise<ReceiptView> {
  const view = viewAcceptable(session, path);
  if (view.again) return view;
  await session.keys();
  const signed = receiptAt(path);
  const { receipt } = view;
  session.record(
    {
      action: 'receipt-accepted',
      objects: { bundle: receipt.bundle, receipt: view.digest },
      details: { disposition: receipt.disposition },
    },
    (write) => {
      write.addReceipt({ bundle: receipt.bundle, ...signed, direction: 'in', time: session.now });
      write.setBundleState(receipt.bundle, receipt.disposition === 'refused' ? 'refused' : 'accepted');
    },
  );
  return view;
}
