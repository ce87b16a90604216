import type { Sha256 } from '../../base/crypto.js';
import { readNotice } from '../../bundle/notice.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { cleanReason } from '../../policy/reason.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import { requireDeal } from '../deal/standing.js';
import { settleExports } from '../export/end.js';
import type { Session } from '../session/session.js';
import { makeBuyerNotice, putNotice, type SentNotice } from './notice-send.js';

export interface AbortInput {
  readonly terms: Terms;
  readonly reason: string;
  readonly dryRun: boolean;
}

export interface AbortResult {
  readonly deal: string;
  readonly digest: Sha256;
  readonly partner: string;
  /** Bundles that went out under the deal and are void now. */
  readonly bundles: number;
  /** The notice to the buyer, if anything went out; in a rehearsal none. */
  readonly notice: SentNotice | null;
  /** Whether it had been aborted before. */
  readonly again: boolean;
}

/** States of a bundle that may be in the buyer's hands. */
const SENT: readonly string[] = ['exported', 'accepted'];

/**
 * A deal dies. The seller is where it was before: nothing goes out under this deal any more, its plans and approvals are void, and if a bundle
 * went out the buyer is told by a signed notice to destroy what came. On the buyer's side, before anything came: later bundles are refused.
 *
 * @throws HandoverError REASON_SHAPE, REASON_PERSONAL_DATA, DEAL_RECEIVED
 */
export async function abortDeal(session: Session, input: AbortInput): Promise<AbortResult> {
  const { terms } = input;
  const { read, info } = session.workspace;
  const reason = cleanReason(input.reason);
  const digest = dealDigest(terms);
  requireDeal(session, terms, 'abort');
  const ended = read.dealEnd(digest);
  const facts = {
    deal: terms.id,
    digest,
    partner: info.role === 'seller' ? terms.buyer.name : terms.seller.name,
    again: ended !== undefined,
  };
  if (input.dryRun) return { ...facts, bundles: sentUnder(session, terms).length, notice: null };
  await session.keys();
  await settleExports(session);
  const sent = sentUnder(session, terms);
  const known = read.persons
    .notices()
    .find(
      (n) =>
        n.direction === 'out' && read.deal(n.deal)?.id === terms.id && readNotice(n.bytes).kind === 'abort',
    );
  const content = { kind: 'abort', request: null, purpose: null, subjects: [], corrections: null } as const;
  const notice =
    known ?? (sent.length === 0 ? null : await makeBuyerNotice(session, terms, { ...content, reason }));
  if (ended === undefined) {
    session.record(
      {
        action: 'deal-aborted',
        objects: { deal: digest, ...(notice === null ? {} : { notice: notice.id }) },
        details: { by: info.role, bundles: sent.length },
      },
      (write) => {
        write.addDealEnd({
          deal: digest,
          kind: 'aborted',
          reason,
          notice: notice?.id ?? null,
          time: session.now,
        });
        for (const { id } of sent) write.setBundleState(id, 'aborted');
      },
    );
  }
  const put = notice === null ? null : await putNotice(session, notice);
  return { ...facts, bundles: sent.length, notice: put };
}

/** What went out under any version of the deal. */
function sentUnder(session: Session, { id }: Terms): readonly StoredBundle[] {
  const { read } = session.workspace;
  return read
    .bundles()
    .filter(
      ({ direction, deal, state }) =>
        direction === 'out' && read.deal(deal)?.id === id && SENT.includes(state),
    );
}
