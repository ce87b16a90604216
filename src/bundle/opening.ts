import { z } from 'zod';
import { hex, unhex, utf8 } from '../base/bytes.js';
import { FILE_KEY_BYTES } from '../base/age-header.js';
import { derivedKey, type SecretKey, type Sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { fail } from '../messages/error.js';
import { authenticated, isAuthentic, macSchema } from './authenticated.js';
import {
  ageRecipientSchema,
  digestSchema,
  jsonOf,
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
import { fieldEntrySchema, type ManifestResource, partSchema } from './manifest.js';

/*
 * A received bundle whose parts are opened on many machines (docs/formats.md, "Opening in parts"): what a worker is told, and what it answers.
 */

export const OPENING_JOB_FORMAT = 'handover.opening-job/1';
export const OPENED_PART_FORMAT = 'handover.opened-part/1';

const PARTS_AT_MOST = 9999;

const jobSchema = z.strictObject({
  format: z.literal(OPENING_JOB_FORMAT),
  program: programSchema,
  bundle: uuidSchema,
  /** Digest of the manifest that was verified. */
  manifest: digestSchema,
  resource: slugSchema,
  fields: z.array(fieldEntrySchema).min(1).max(200),
  recipients: z.array(ageRecipientSchema).min(1).max(20),
  parts: z.array(partSchema).min(1).max(PARTS_AT_MOST),
  /** Of each part, in the same order. */
  file_keys: z
    .array(z.string().regex(/^[0-9a-f]{32}$/))
    .min(1)
    .max(PARTS_AT_MOST),
  tag_key: secretSchema,
  leaf_key: secretSchema,
  mac_key: secretSchema,
});

const openedSchema = z.strictObject({
  format: z.literal(OPENED_PART_FORMAT),
  /** Digest of the manifest. */
  manifest: digestSchema,
  /** From 1. */
  part: z.int().min(1).max(PARTS_AT_MOST),
  rows: z.int().min(1),
  /** Of the file with the leaves and tags of the part's pages. */
  index: digestSchema,
  program: programSchema,
  mac: macSchema,
});

/** What a worker says of the part that it opened. */
export type OpenedPart = Readonly<Omit<z.infer<typeof openedSchema>, 'mac' | 'program'>>;

/** Keys that belong to one opening and follow from one secret. */
export interface OpeningKeys {
  /** Authenticates what workers say. */
  readonly macKey: SecretKey;
}

/** Everything that a worker is told: it opens these parts, and nothing else of ours. */
export interface OpeningJob extends OpeningKeys {
  readonly bundle: string;
  readonly manifest: Sha256;
  readonly resource: Pick<ManifestResource, 'name' | 'fields' | 'parts'>;
  readonly recipients: readonly string[];
  readonly fileKeys: readonly Uint8Array[];
  readonly tagKey: SecretKey;
  readonly leafKey: SecretKey;
}

/** The keys of an opening. @param seed the one secret that is kept */
export function openingKeys(seed: SecretKey): OpeningKeys {
  return { macKey: derivedKey(seed, 'handover opening mac') };
}

/** The bytes of the job, to be sealed. */
export function openingJobBytes(job: OpeningJob): Uint8Array {
  const { resource } = job;
  return utf8(
    canonicalJson(
      jsonOf({
        format: OPENING_JOB_FORMAT,
        ...PROGRAM,
        bundle: job.bundle,
        manifest: job.manifest,
        resource: resource.name,
        fields: resource.fields,
        recipients: job.recipients,
        parts: resource.parts,
        file_keys: job.fileKeys.map(hex),
        tag_key: hex(job.tagKey),
        leaf_key: hex(job.leafKey),
        mac_key: hex(job.macKey),
      }),
    ),
  );
}

/** The most bytes of a job: the parts of a manifest and their keys. */
export const OPENING_JOB_LIMIT = 24 * 1024 * 1024;

/** Reads the job that was opened. @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE, LOTS_PROGRAM */
export function readOpeningJob(bytes: Uint8Array): OpeningJob {
  const document = JOB_DOCUMENT;
  const job = readDocument(bytes, {
    document,
    format: OPENING_JOB_FORMAT,
    schema: jobSchema,
    limit: OPENING_JOB_LIMIT,
  });
  requireProgram(job.program, JOB_NAME);
  const wrong = (path: string) => fail({ code: 'FORMAT_SHAPE', document, path });
  if (job.file_keys.length !== job.parts.length) wrong('file_keys');
  const fileKeys = job.file_keys.map((text) => unhex(text));
  if (fileKeys.some(({ length }) => length !== FILE_KEY_BYTES)) wrong('file_keys');
  return {
    bundle: job.bundle,
    manifest: job.manifest,
    resource: { name: job.resource, fields: job.fields, parts: job.parts },
    recipients: job.recipients,
    fileKeys,
    tagKey: secretOf(job.tag_key),
    leafKey: secretOf(job.leaf_key),
    macKey: secretOf(job.mac_key),
  };
}

/** The bytes of what a worker says of a part. */
export function openedPartBytes(opened: OpenedPart, macKey: SecretKey): Uint8Array {
  return authenticated({ ...opened, ...PROGRAM }, macKey);
}

/** The most bytes of what a worker says. */
export const OPENED_PART_LIMIT = 4096;

/**
 * Reads what a worker said of a part.
 *
 * @param name of its file, for problems
 * @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE, OPENED_CHANGED, LOTS_PROGRAM
 */
export function readOpenedPart(bytes: Uint8Array, macKey: SecretKey, name: string): OpenedPart {
  const { mac, ...opened } = readDocument(bytes, {
    document: name,
    format: OPENED_PART_FORMAT,
    schema: openedSchema,
    limit: OPENED_PART_LIMIT,
  });
  if (!isAuthentic(opened, mac, macKey)) fail({ code: 'OPENED_CHANGED', name });
  const { program, ...part } = opened;
  requireProgram(program, name);
  return part;
}
