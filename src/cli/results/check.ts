import { z } from 'zod';
import { accountingSchema } from '../../bundle/accounting.js';
import { HELPS } from '../../messages/helps.js';
import { NOT_ASKED } from '../../messages/reasons.js';
import { SCAN_CATEGORIES } from '../../policy/scan-patterns.js';
import { LISTED_VERDICTS, VERDICTS } from '../../policy/reasons.js';
import {
  code,
  count,
  coverage,
  date,
  dealKind,
  digest,
  field,
  law,
  problems,
  purgePlan,
  type ResultShape,
  scope,
  text,
  unmatched,
  uuid,
} from './parts.js';

const verdict = z.enum(VERDICTS);

/** Where what decided is found, and when; of a yes also what it was weighed by. */
const decisive = z.strictObject({
  source: z.enum(['column', 'ledger', 'store', 'file']),
  entry: text,
  at: z.string(),
  purpose: text.optional(),
  facts: z
    .strictObject({
      buyer: z.enum(['this', 'other', 'none']),
      purpose: z.boolean(),
      method: z.string(),
      evidence: z.boolean(),
      told: z.string(),
    })
    .optional(),
});

/** Each question of the law about one record, and what answered it. */
const explanation = z.strictObject({
  verdict,
  /** The last day on which this person may object, where customers are told and not asked. */
  objection_until: date.nullable(),
  /** What stays of a person who goes. */
  stays: z.array(text),
  reasons: z.array(z.strictObject({ code, verdict, laws: z.array(law) })),
  steps: z.array(
    z.strictObject({
      step: z.enum([
        'subject',
        'retention',
        'erasure',
        'refusal',
        'rule',
        'notice',
        'consent',
        'guardian',
        'sensitive',
        'care',
        'contract',
        'verdict',
      ]),
      outcome: z.enum(['passed', 'partly', 'failed', 'not-asked']),
      /** Of a question that was not asked: why. */
      not_asked: z.enum(NOT_ASKED).nullable(),
      reasons: z.array(code),
      /** What stays although the person goes: `purpose:ID`, `prepaid`, or a kind of sensitive data. */
      stays: z.array(z.strictObject({ what: z.array(text), code, reasons: z.array(code) })),
      laws: z.array(law),
      decided_by: z.array(decisive),
      /** What was said as well and was outweighed. */
      lost: z.array(decisive),
    }),
  ),
});

/** A list in the clear. */
const listFile = z.strictObject({ path: text, bytes: count, sha256: digest, purpose: text });

/** A verdict for every record, and the second person's look at what would leave. */
export const CHECK_RESULTS = {
  'policy list': {
    packs: z.array(z.strictObject({ pack: text, version: text, digest, current: z.boolean() })),
  },
  'policy show': { digest, current: z.boolean(), pack: z.record(z.string(), z.json()) },
  'policy diff': {
    before: text,
    after: text,
    differences: z.array(
      z.strictObject({ rule: text, before: z.string().nullable(), after: z.string().nullable() }),
    ),
  },
  check: [
    {
      check: uuid.nullable(),
      deal: text,
      kind: dealKind,
      coverage,
      accounting: accountingSchema,
      /** Of the tables beside the customer list; absent where none leaves. */
      tables: z.array(accountingSchema).optional(),
      /** The accounting of the check before this one. */
      former: accountingSchema.nullable(),
      fields: scope,
      advice: problems,
      /** Records with something in their free text, by field and what it is. */
      free_text: z.record(field, z.partialRecord(z.enum(SCAN_CATEGORIES), z.int().min(1))),
      ledger_events: count,
      /** Events of ledgers that no customer's number names; `rows` has the first of them. */
      unmatched,
      /** No's of ledgers whose time cannot be read. */
      undated: z.array(z.strictObject({ file: z.string(), row: z.int().min(1) })),
      plan: digest,
      approvals_needed: count,
      /** What was found in free text, as a page. */
      page: z.strictObject({ path: text, sha256: digest, bytes: count }).optional(),
    },
    {
      deal: text,
      kind: dealKind,
      dataset: uuid,
      /** Rows of the person that this one replaces. */
      replaced: count,
      repeated: z.enum(['no', 'same', 'different']),
      explanations: z.array(explanation),
    },
    {
      deal: text,
      policy: text,
      other: text,
      /** Whoever would have another verdict, or another part of whom would stay, masked. */
      changed: z.array(
        z.strictObject({
          customer_no: z.string(),
          name: z.string(),
          mobile: z.string(),
          before: verdict,
          after: verdict,
          reasons_before: z.array(code),
          reasons_after: z.array(code),
        }),
      ),
    },
    {
      plan: digest,
      deal: text,
      kind: dealKind,
      verdict: z.enum(LISTED_VERDICTS),
      /** Everybody with this verdict, masked. */
      persons: z.array(
        z.strictObject({
          customer_no: z.string(),
          name: z.string(),
          mobile: z.string(),
          reasons: z.array(code),
          stays: z.array(text),
          helps: z.array(z.enum(HELPS)),
          /** The last day on which this person may object, where customers are told and not asked. */
          objection_until: date.nullable(),
        }),
      ),
      /** The list in the clear, if it was written. */
      file: listFile.nullable(),
    },
    {
      deal: text,
      kind: dealKind,
      ledger_events: count,
      /** Events of ledgers that no customer's number names. */
      unmatched,
      /** Their rows in the clear, if they were written. */
      file: listFile.nullable(),
    },
  ],
  approve: [
    {
      deal: text,
      plan: digest,
      coverage,
      accounting: accountingSchema.nullable(),
      /** Of the tables beside the customer list, with the sums that are signed; absent where none leaves. */
      tables: z.array(accountingSchema).optional(),
      fields: scope,
      approvers: z.array(text),
      approvals_needed: count,
    },
    purgePlan,
  ],
} as const satisfies { readonly [name: string]: ResultShape };
