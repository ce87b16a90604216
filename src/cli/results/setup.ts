import { z } from 'zod';
import { DOCTOR_CHECKS } from '../../steps/setup/installation.js';
import {
  card,
  digest,
  environment,
  cardFingerprint,
  instant,
  law,
  role,
  spoken,
  text,
  date,
  type ResultShape,
} from './parts.js';
import { CARD_STATES } from '../../store/party-rows.js';
import { SHELLS } from '../completion.js';
import { LAW_SOURCES } from '../../policy/laws.js';

const lawShape = z.strictObject({
  id: law,
  title: spoken,
  short: spoken,
  made: date.nullable(),
  in_force: date,
  source: z.enum(LAW_SOURCES),
  verified: date,
  supersedes: spoken.nullable(),
  renumbered: z.array(z.strictObject({ now: z.int().min(1), before: z.int().min(1) })),
  questions: z.array(z.int().min(1)),
});
const cardState = z.enum(CARD_STATES);
const question = z.strictObject({ number: z.int().min(1), laws: z.array(law), text: spoken });
const catalogue = { catalogue: date, old: z.boolean() };

/** A workspace, the cards of both parties, and the house in order. */
export const SETUP_RESULTS = {
  init: {
    workspace: text,
    role,
    name: text,
    environment,
    card: z.strictObject({ path: text, sending: text, sha256: digest, fingerprint: cardFingerprint }),
    identity_protected: z.boolean(),
    /** Services that copy the folder elsewhere. */
    synchronised_by: z.array(text),
  },
  'card show': { own: z.boolean(), card, sheet: z.string().nullable() },
  'card export': { path: text, signature: text, sending: text, card },
  'trust add': { card },
  'trust remove': { card, state: cardState },
  'trust replace': { card, former: digest, deals: z.array(text) },
  'trust list': { cards: z.array(z.strictObject({ ...card.shape, compared: instant, state: cardState })) },
  doctor: {
    workspace: text.nullable(),
    findings: z.array(
      z.strictObject({
        check: z.enum(DOCTOR_CHECKS),
        state: z.enum(['good', 'warning', 'alarm', 'note']),
        detail: z.string(),
      }),
    ),
  },
  completion: { shell: z.enum(SHELLS), script: text },
  laws: [
    { ...catalogue, laws: z.array(lawShape), questions: z.array(question) },
    {
      ...catalogue,
      id: law,
      law: lawShape,
      citation: spoken,
      former_article: z.int().min(1).nullable(),
      program: spoken.nullable(),
      requirements: z.array(law),
      questions: z.array(question),
    },
  ],
} as const satisfies { readonly [name: string]: ResultShape };
