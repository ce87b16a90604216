import { z } from 'zod';
import { accountingSchema, sumsSchema } from '../../bundle/accounting.js';
import { VERIFICATION_STEPS } from '../../bundle/open.js';
import { receiptSchema } from '../../bundle/receipt.js';
import { FURTHER_TABLES } from '../../messages/tables.js';
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
  type ResultShape,
  rehearsedFile,
  text,
  uuid,
} from './parts.js';

const number = z.int().min(1);
const table = z.strictObject({ table: z.enum(FURTHER_TABLES), ...sumsSchema.shape });
const steps = z.array(z.enum(VERIFICATION_STEPS));
const receipt = {
  sha256: digest,
  bundle_file: text,
  purge_by: date.nullable(),
  again: z.boolean(),
  receipt: receiptSchema,
};

/** A bundle that was made, in one run or of parts that others sealed. */
const made = {
  bundle: z.strictObject({ id: uuid, number, path: text, bytes: count, sha256: digest }).nullable(),
  manifest: digest.nullable(),
  seller: text,
  buyer: text,
  fields: z.array(field),
  approvers: count,
  coverage,
  accounting: accountingSchema,
  /** Of the tables beside the customer list; absent where none leaves. */
  tables: z.array(accountingSchema).optional(),
  /** No's of ledgers whose time cannot be read: those who said them are held. */
  undated: count,
};

/** From the seller's records to the buyer's, and the receipt back. */
export const BUNDLE_RESULTS = {
  export: [
    {
      imports: z.array(imported),
      deal: text,
      ...made,
    },
    // So many rows of the file were rejected that nothing was sealed.
    { imports: z.array(imported).min(1), deal: text.nullable(), bundle: z.null() },
  ],
  'bundle plan': {
    deal: text,
    buyer: text,
    bundle: uuid,
    parts: number,
    rows: count,
    /** Of what is to be sealed; 0 in a rehearsal. */
    bytes: count,
    folder: text,
    key: text,
  },
  'bundle seal-part': {
    bundle: uuid,
    part: number,
    of: number,
    resource: text,
    rows: count,
    bytes: count,
  },
  'bundle assemble': {
    deal: text,
    parts: number,
    ...made,
  },
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
    tables: z.array(table).optional(),
    purposes: z.array(purpose),
    retention_until: date,
    dataset: uuid.nullable(),
    receipt: z.strictObject({ path: text, sending: text, sha256: digest }).nullable(),
    steps,
    page: text.nullable(),
  },
  'bundle split': {
    bundle: uuid,
    deal: text,
    seller: text,
    number,
    manifest: digest,
    parts: number,
    rows: count,
    folder: text,
    key: text,
  },
  'bundle open-part': {
    bundle: uuid,
    part: number,
    of: number,
    resource: text,
    rows: count,
    bytes: count,
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
    refused: count,
    /** A file for each table beside the customers. */
    tables: z
      .array(
        z.strictObject({
          ...table.shape,
          path: text,
          frozen: count,
          refused: count,
          bytes: count,
          sha256: digest.nullable(),
        }),
      )
      .optional(),
  },
} as const satisfies { readonly [name: string]: ResultShape };
