import { z } from 'zod';
import { hex, utf8 } from '../base/bytes.js';
import { derivedKey, type SecretKey, type Sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { type FieldName, fieldOf } from '../dataset/fields.js';
import { dealBytes, readDealJson } from '../deal/signed-deal.js';
import type { Terms } from '../deal/terms.js';
import { fail } from '../messages/error.js';
import { FURTHER_TABLES, type FurtherTable } from '../messages/tables.js';
import { authenticated, isAuthentic, macSchema } from './authenticated.js';
import {
  ageRecipientSchema,
  countSchema,
  dealReferenceSchema,
  digestSchema,
  readDocument,
  slugSchema,
  uuidSchema,
} from './document.js';
import {
  JOB_DOCUMENT,
  JOB_NAME,
  PROGRAM,
  programSchema,
  requireProgram,
  secretOf,
  secretSchema,
} from './job.js';
import { partSchema } from './manifest.js';

/*
 * A list that is sealed in lots, on as many machines as there are (docs/formats.md, "Lots"): what is to be sealed, what a worker is told,
 * and what it answers. None of it travels to the buyer.
 */

export const LOTS_FORMAT = 'handover.lots/1';
export const LOT_FORMAT = 'handover.lot/1';
export const LOT_JOB_FORMAT = 'handover.lot-job/1';

/** The document of a folder of lots by name. */
export const LOTS_NAME = 'lots.json';

/** No folder has more: their numbers have five digits, and a bundle has at most 9,999 parts of a resource. */
const LOTS_AT_MOST = 9999;

const lotNumber = z.int().min(1).max(LOTS_AT_MOST);

/** One lot: pages of one file, with their verdicts. */
const lotSchema = z.strictObject({
  resource: slugSchema,
  /** Which of the job's files it is of, from 0. */
  file: countSchema,
  /** Rows that leave of each page, in order; a page of which none leaves is in no lot. */
  pages: z.array(z.int().min(1)).min(1),
  /** Of the lot's file. */
  bytes: z.int().min(1),
  sha256: digestSchema,
});

const lotsSchema = z.strictObject({
  format: z.literal(LOTS_FORMAT),
  /** Id of the bundle that is made of them. */
  bundle: uuidSchema,
  deal: dealReferenceSchema,
  /** Digest of the plan that is carried out. */
  plan: digestSchema,
  /** SHA-256 over the verdicts of all pages in the lots. */
  verdicts: digestSchema,
  /** Whom the parts are encrypted to. */
  recipients: z.array(ageRecipientSchema).min(1).max(20),
  /** Whether everybody who may go goes once more. */
  again: z.boolean(),
  lots: z.array(lotSchema).min(1).max(LOTS_AT_MOST),
  mac: macSchema,
});

/** What is to be sealed, lot by lot. */
export type Lots = Readonly<Omit<z.infer<typeof lotsSchema>, 'mac'>>;
export type Lot = Lots['lots'][number];

const sealedLotSchema = z.strictObject({
  format: z.literal(LOT_FORMAT),
  /** SHA-256 of lots.json. */
  lots: digestSchema,
  lot: lotNumber,
  resource: slugSchema,
  rows: z.int().min(1),
  /** Over the row leaves and over the tags of this lot alone, as of a bundle. */
  root: digestSchema,
  tag_root: digestSchema,
  /** The parts, one after another in the file of the sealed lot, without the names that they get in the bundle. */
  parts: z
    .array(partSchema.omit({ path: true }))
    .min(1)
    .max(LOTS_AT_MOST),
  /** Of the file with the row leaves and the tags. */
  index: digestSchema,
  program: programSchema,
  mac: macSchema,
});

/** What a worker says of the lot that it sealed. The same lot gives the same bytes wherever it is sealed. */
export type SealedLot = Readonly<Omit<z.infer<typeof sealedLotSchema>, 'mac' | 'program'>>;

const jobSchema = z.strictObject({
  format: z.literal(LOT_JOB_FORMAT),
  program: programSchema,
  bundle: uuidSchema,
  /** deal.json. */
  deal: z.string(),
  recipients: z.array(ageRecipientSchema).min(1).max(20),
  tag_key: secretSchema,
  token_key: secretSchema,
  leaf_key: secretSchema,
  seal_key: secretSchema,
  mac_key: secretSchema,
  files: z
    .array(
      z.strictObject({
        id: uuidSchema,
        table: z.enum(FURTHER_TABLES).nullable(),
        columns: z.array(slugSchema).min(1).max(200),
      }),
    )
    .min(1)
    .max(1000),
});

/** One of the files whose pages are in the lots. */
export interface LotFile {
  /** Id of the dataset. */
  readonly id: string;
  /** The table beside the customer list; null for customers. */
  readonly table: FurtherTable | null;
  readonly columns: readonly FieldName[];
}

/** Keys that belong to one folder of lots and follow from one secret. */
export interface LotKeys {
  /** Blinds the row commitments of the bundle. */
  readonly leafKey: SecretKey;
  /** Decides what would be chance in a part, so that the same lot gives the same bytes. */
  readonly sealKey: SecretKey;
  /** Authenticates the files of the folder. */
  readonly macKey: SecretKey;
}

/** Everything that a worker is told. It has no key that signs, and none of the workspace. */
export interface LotJob extends LotKeys {
  readonly bundle: string;
  readonly terms: Terms;
  readonly recipients: readonly string[];
  readonly tagKey: SecretKey;
  readonly tokenKey: SecretKey;
  readonly files: readonly LotFile[];
}

/** The keys of a folder of lots. @param seed the one secret that is kept */
export function lotKeys(seed: SecretKey): LotKeys {
  return {
    leafKey: derivedKey(seed, 'handover lots leaf'),
    sealKey: derivedKey(seed, 'handover lots seal'),
    macKey: derivedKey(seed, 'handover lots mac'),
  };
}

/** The bytes of lots.json. */
export function lotsBytes(lots: Lots, macKey: SecretKey): Uint8Array {
  return authenticated(lots, macKey);
}

/**
 * Reads lots.json.
 *
 * @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE, LOTS_CHANGED
 */
export function readLots(bytes: Uint8Array, macKey: SecretKey): Lots {
  const { mac: said, ...lots } = lotsDocument(bytes);
  requireGenuine(lots, said, macKey, LOTS_NAME);
  return lots;
}

/** Which bundle lots.json says it is for. Nobody vouches for it before {@link readLots}. Throws as that does. */
export function claimedBundle(bytes: Uint8Array): string {
  return lotsDocument(bytes).bundle;
}

function lotsDocument(bytes: Uint8Array): z.infer<typeof lotsSchema> {
  return readDocument(bytes, {
    document: LOTS_NAME,
    format: LOTS_FORMAT,
    schema: lotsSchema,
    limit: LOTS_LIMIT,
  });
}

/** The most bytes of lots.json, and of what a worker says of one lot. */
export const LOTS_LIMIT = 16 * 1024 * 1024;
export const SEALED_LOT_LIMIT = 1024 * 1024;

/** The bytes of what a worker says of a lot. */
export function sealedLotBytes(sealed: SealedLot, macKey: SecretKey): Uint8Array {
  return authenticated({ ...sealed, ...PROGRAM }, macKey);
}

/**
 * Reads what a worker said of a lot.
 *
 * @param name of its file, for problems
 * @param lots digest of lots.json
 * @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE, LOTS_OTHER, LOTS_CHANGED, LOTS_PROGRAM
 */
export function readSealedLot(bytes: Uint8Array, macKey: SecretKey, lots: Sha256, name: string): SealedLot {
  const { mac: said, ...sealed } = readDocument(bytes, {
    document: name,
    format: LOT_FORMAT,
    schema: sealedLotSchema,
    limit: SEALED_LOT_LIMIT,
  });
  if (sealed.lots !== lots) fail({ code: 'LOTS_OTHER', name });
  requireGenuine(sealed, said, macKey, name);
  const { program, ...lot } = sealed;
  requireProgram(program, name);
  return lot;
}

function requireGenuine(document: object, said: string, macKey: SecretKey, name: string): void {
  if (!isAuthentic(document, said, macKey)) fail({ code: 'LOTS_CHANGED', name });
}

/** The bytes of the job, to be sealed. */
export function lotJobBytes(job: LotJob): Uint8Array {
  return utf8(
    canonicalJson({
      format: LOT_JOB_FORMAT,
      ...PROGRAM,
      bundle: job.bundle,
      deal: new TextDecoder().decode(dealBytes(job.terms)),
      recipients: job.recipients,
      tag_key: hex(job.tagKey),
      token_key: hex(job.tokenKey),
      leaf_key: hex(job.leafKey),
      seal_key: hex(job.sealKey),
      mac_key: hex(job.macKey),
      files: job.files.map(({ id, table, columns }) => ({ id, table, columns })),
    }),
  );
}

/** Reads the job that was opened. @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE, LOTS_PROGRAM, and those of the deal */
export function readLotJob(bytes: Uint8Array): LotJob {
  const document = JOB_DOCUMENT;
  const job = readDocument(bytes, {
    document,
    format: LOT_JOB_FORMAT,
    schema: jobSchema,
    limit: 4 * 1024 * 1024,
  });
  requireProgram(job.program, JOB_NAME);
  return {
    bundle: job.bundle,
    terms: readDealJson(utf8(job.deal)),
    recipients: job.recipients,
    tagKey: secretOf(job.tag_key),
    tokenKey: secretOf(job.token_key),
    leafKey: secretOf(job.leaf_key),
    sealKey: secretOf(job.seal_key),
    macKey: secretOf(job.mac_key),
    files: job.files.map(({ id, table, columns }) => ({
      id,
      table,
      columns: columns.map(
        (name) => fieldOf(name)?.name ?? fail({ code: 'FORMAT_SHAPE', document, path: 'files' }),
      ),
    })),
  };
}
