import { isPostQuantum } from '../base/age-keys.js';
import { fail } from '../messages/error.js';
import type { Terms } from './terms.js';

/** Whom the rows of a bundle are encrypted to: the buyer, then the escrow recipients in the order of the deal. */
export function recipientsOf(buyer: string, { escrow }: Pick<Terms, 'escrow'>): readonly string[] {
  return [buyer, ...escrow.map(({ recipient }) => recipient)];
}

/**
 * Refuses escrow recipients that are easier to break than the buyer's: what is encrypted to several is as safe as the weakest of them, and a
 * buyer with a post-quantum key could believe that the rows are.
 *
 * @throws HandoverError DEAL_ESCROW_WEAKER
 */
export function requireEqualEscrow(buyer: string, { id, escrow }: Pick<Terms, 'id' | 'escrow'>): void {
  if (!isPostQuantum(buyer)) return;
  const weaker = escrow.find(({ recipient }) => !isPostQuantum(recipient));
  if (weaker !== undefined) fail({ code: 'DEAL_ESCROW_WEAKER', deal: id, name: weaker.name });
}
