import { z } from 'zod';
import { GATES, REMINDERS } from '../../bundle/gates.js';
import { accountingSchema } from '../../bundle/accounting.js';
import { HANDOVER_STATES } from '../../report/audit-report-deal.js';
import { openIncidentShape } from './incident.js';
import {
  closingClock,
  clock,
  code,
  count,
  coverage,
  date,
  dealKind,
  direction,
  environment,
  instant,
  pendingNotice,
  purgeOutcome,
  type ResultShape,
  role,
  signedBy,
  text,
  uuid,
} from './parts.js';

const waiting = z.strictObject({ open: count, overdue: count });
const approvals = z.strictObject({ given: count, needed: count });
const nextStep = z.enum([
  'trust-partner',
  'draft-deal',
  'sign-deal',
  'await-signature',
  'import',
  'check',
  'ask',
  'ask-on',
  'nobody',
  'approve',
  'export',
  'await-receipt',
  'settle-refusal',
  'settle-late',
  'settle-unmatched',
  'receive',
  'own-notice',
  'extract',
  'done',
  'aborted',
]);

const deal = z.strictObject({
  deal: text,
  kind: dealKind,
  partner: text,
  signed: signedBy,
  version: count,
  amending: z.boolean(),
  list: coverage.nullable(),
  accounting: accountingSchema.nullable(),
  approvals,
  /** What has to be so before a bundle is sealed: `code` says why a gate is shut. */
  gates: z.array(z.strictObject({ gate: z.enum(GATES), open: z.boolean(), code: code.nullable() })),
  /** What a person has to see to besides; nothing is stopped by it. */
  reminders: z.array(z.strictObject({ gate: z.enum(REMINDERS), open: z.boolean(), code: code.nullable() })),
  bundles: z.array(
    z.strictObject({
      file: text,
      number: count,
      direction,
      state: z.enum(['began', 'abandoned', 'exported', 'accepted', 'refused', 'received', 'aborted']),
      rows: count,
      time: instant,
    }),
  ),
  handover: z.strictObject({
    state: z.enum(HANDOVER_STATES),
    persons: count,
    confirmed: count.nullable(),
  }),
  /** What the closing set going for this party, by its last day. */
  clocks: z.array(closingClock),
  keep_until: date.nullable(),
  /** Of the seller: what is heard of whoever was handed over and no notice names. */
  since_handover: z.strictObject({ unclear: count, unmatched: count, unheard: z.boolean() }).nullable(),
  next_step: nextStep,
});

/** The state of everything. */
export const STATUS_RESULTS = {
  status: {
    party: text,
    role,
    environment,
    events: count,
    tags_forgotten: instant.nullable(),
    deals: z.array(deal),
    requests: waiting,
    notices: waiting,
    pending_notices: z.array(pendingNotice),
    purge: z
      .strictObject({
        id: uuid,
        state: z.enum(['planned', 'began', 'erased']),
        records: count,
        approvals,
        files: count,
      })
      .nullable(),
    purged: z.array(z.strictObject({ id: uuid, records: count, outcome: purgeOutcome, time: instant })),
    retention: z.strictObject({
      due: count,
      overdue_since: date.nullable(),
      next: z.strictObject({ date, records: count }).nullable(),
      holds: count,
      freezes: count,
      /** The cabinet of what only a statute keeps: its drawers, their records, the first last day. */
      archive: z.strictObject({ files: count, records: count, until: date }).nullable(),
    }),
    clock,
    next_step: nextStep.nullable(),
    incidents: z.array(openIncidentShape),
    laws: z.strictObject({ catalogue: date, old: z.boolean() }),
    page: text.nullable(),
  },
} as const satisfies { readonly [name: string]: ResultShape };
