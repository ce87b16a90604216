import { z } from 'zod';
import { accountingSchema } from '../../bundle/accounting.js';
import { termsSchema } from '../../deal/terms.js';
import {
  count,
  digest,
  instant,
  notice,
  problems,
  type ResultShape,
  scope,
  signedBy,
  text,
} from './parts.js';

const deal = { deal: text, sha256: digest, signed: signedBy, terms: termsSchema };
/** The list as these terms would judge it; null where there is none, or no passphrase for it. */
const reviewed = { path: text, deal: text.nullable(), problems, scope, judged: accountingSchema.nullable() };

/** The terms, from the draft to both signatures, and their end. */
export const DEAL_RESULTS = {
  'deal init': { path: text, deal: text, seller: text, buyer: text },
  'deal amend': { path: text, deal: text, amends: digest },
  'deal check': reviewed,
  // A rehearsal of a signature is a check where the terms are not ready.
  'deal sign': [{ ...deal, path: text, signature: text, sending: text }, { deal: text, scope }, reviewed],
  'deal show': {
    ...deal,
    scope,
    // In the order in which they took effect, and the texts that one party has signed.
    versions: z.array(z.strictObject({ sha256: digest, in_force: z.boolean() })),
    offers: z.array(z.strictObject({ sha256: digest, signed: signedBy })),
    page: text.nullable(),
    aborted: instant.nullable(),
  },
  'deal abort': { deal: text, sha256: digest, bundles: count, notice: notice.nullable(), again: z.boolean() },
} as const satisfies { readonly [name: string]: ResultShape };
