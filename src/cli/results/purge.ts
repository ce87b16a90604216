import { z } from 'zod';
import { PLACE_STATES, PLACES } from '../../messages/places.js';
import { certificateSchema } from '../../retention/certificate.js';
import { count, digest, instant, purgeOutcome, purgePlan, type ResultShape, text, uuid } from './parts.js';

const certified = { purge: uuid, sha256: digest, outcome: purgeOutcome, certificate: certificateSchema };
const ledger = { ledger_persons: count, taken: z.boolean() };

/** The end of records. */
export const PURGE_RESULTS = {
  'purge plan': purgePlan,
  'purge run': [
    {
      ...certified,
      again: z.boolean(),
      paths: z.strictObject({ document: text, signature: text, page: text, ledger: text }),
      remnants: z.array(z.strictObject({ file: text, values: count, keys: count, ciphertext: count })),
    },
    // A rehearsal.
    purgePlan,
  ],
  'purge show': certified,
  'purge replay': [
    { ...ledger, ...purgePlan },
    { ...ledger, plan: z.null() },
  ],
  'purge attest': {
    places: z.array(
      z.strictObject({
        place: z.enum(PLACES),
        name: text,
        state: z.enum(PLACE_STATES).nullable(),
        person: text.nullable(),
        time: instant.nullable(),
      }),
    ),
    verified: z.literal(false),
  },
} as const satisfies { readonly [name: string]: ResultShape };
