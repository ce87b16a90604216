import { z } from 'zod';
import { accountingSchema } from '../../bundle/accounting.js';
import { VERIFICATION_STEPS } from '../../bundle/open.js';
import { receiptSchema } from '../../bundle/receipt.js';
import { imported } from './import.js';
import {
  count,
  coverage,
  date,
  dealKind,
  digest,
  environment,
  field,
  instant,
  issuer,
  purpose,
  rehearsedFile,
  type ResultShape,
  text,
  uuid,
} from './parts.js';

const number = z.int().min(1);
const steps = z.array(z.enum(VERIFICATION_STEPS));
const receipt = {
  sha256: digest,
  bundle_file: text,
  purge_by: date.nullable(),
  again: z.boolean(),
  receipt: receiptSchema,
};

/** From the seller's records to the buyer's, and the receipt back. */
export const BUNDLE = {
  export: [
    {
      imports: z.array(imported),
      deal: text,
      bundle: z.strictObject({ id: uuid, number, path: text, bytes: count, sha256: digest }).nullable(),
      manifest: digest.nullable(),
      seller: text,
      buyer: text,
      fields: z.array(field),
      approvers: count,
      coverage,
      accounting: accountingSchema,
      /** No's of ledgers whose time cannot be read: those who said them are held. */
      undated: count,
    },
    // So many rows of the file were rejected that nothing was sealed.
    { imports: z.array(imported).min(1), deal: text.nullable(), bundle: z.null() },
  ],
  verify: {
    genuine: z.literal(true),
    file: text,
    bundle: uuid,
    number,
    manifest: digest,
    created: instant,
    seller: issuer,
    buyer: text,
    deal: text,
    kind: dealKind,
    environment,
    rows: count,
    fields: z.array(field),
    accounting: accountingSchema.nullable(),
    approvers: z.array(text),
    steps,
    contents_checked: z.literal(false),
  },
  receive: {
    bundle: uuid,
    deal: text,
    seller: text,
    number,
    again: z.boolean(),
    out_of_order: z.boolean(),
    received: count,
    stored: count,
    present: count,
    fields: z.array(field),
    purposes: z.array(purpose),
    retention_until: date,
    dataset: uuid.nullable(),
    receipt: z.strictObject({ path: text, sending: text, sha256: digest }).nullable(),
    steps,
  },
  'receipt accept': receipt,
  'receipt show': receipt,
  extract: {
    ...rehearsedFile,
    file_format: z.enum(['csv', 'ndjson', 'sqlite']),
    rows: count,
    fields: z.array(field),
    bundles: z.array(uuid).min(1),
    frozen: count,
  },
} as const satisfies { readonly [name: string]: ResultShape };
