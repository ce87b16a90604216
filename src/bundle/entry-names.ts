/** The entries of a bundle by name. The set is closed (docs/formats.md, "Entries"). */

export const README = 'README.txt';
export const MANIFEST = 'manifest.json';
export const MANIFEST_SIGNATURE = 'manifest.json.minisig';
export const DEAL = 'deal.json';
export const CHECKPOINT = 'checkpoint.txt';
export const SECRETS = 'data/secrets.json.age';

export const DEAL_SIGNATURES = {
  seller: 'deal.json.seller.minisig',
  buyer: 'deal.json.buyer.minisig',
} as const;

/** The approval number `n` (from 1) and its signature. */
export function approvalName(n: number): string {
  return `approval-${n}.json`;
}

/** The file beside a document that holds its minisign signature. */
export function signatureName(document: string): string {
  return `${document}.minisig`;
}

/** The part number `n` (from 1) of a resource. */
export function partName(resource: string, n: number): string {
  return `data/${resource}-${String(n).padStart(5, '0')}.ndjson.gz.age`;
}

const PART = /^data\/[a-z][a-z0-9_-]{0,62}-\d{5}\.ndjson\.gz\.age$/;
const APPROVAL = /^approval-[1-5]\.json(?:\.minisig)?$/;

/** Every name but those of approvals and parts, in the order in which entries are in a bundle. */
const FIXED: readonly string[] = [
  README,
  MANIFEST,
  MANIFEST_SIGNATURE,
  DEAL,
  DEAL_SIGNATURES.seller,
  DEAL_SIGNATURES.buyer,
  'approval',
  CHECKPOINT,
  SECRETS,
  'part',
];

/** Whether an entry of this name is an approval. */
export function isApproval(name: string): boolean {
  return APPROVAL.test(name);
}

/** Whether an entry of this name is a part of rows. */
export function isPart(name: string): boolean {
  return PART.test(name);
}

/** Whether a bundle may hold an entry of this name at all. */
export function isEntryName(name: string): boolean {
  return APPROVAL.test(name) || PART.test(name) || (FIXED.includes(name) && name.includes('.'));
}

/** Sorts entry names into the order in which they are in a bundle. */
export function byPlace(a: string, b: string): number {
  return placeOf(a) - placeOf(b) || (a < b ? -1 : a > b ? 1 : 0);
}

function placeOf(name: string): number {
  return FIXED.indexOf(APPROVAL.test(name) ? 'approval' : PART.test(name) ? 'part' : name);
}

/** A name from outside, as far as a message may show it: one that this format never uses stays unsaid, it may hold anything. */
export function sayable(name: string): string {
  return isEntryName(name) ? name : '?';
}

/** No part is larger, in bytes as it is in the bundle: it is held in memory whole while it is sealed or opened. */
export const MAX_PART_BYTES = 32 * 1024 * 1024;
/** Of the gzip member of one page: half a MiB of a file, and at most one long row more. Empty blocks could fill a part with nothing. */
export const MAX_PACKED_PAGE_BYTES = 12 * 1024 * 1024;

/** The most bytes that an entry may have. Who sends a bundle decides its lengths; who reads it decides what it is willing to hold. */
export function limitOf(name: string): number {
  if (isPart(name)) return MAX_PART_BYTES;
  if (name === MANIFEST) return 16 * 1024 * 1024;
  if (name === DEAL) return 1024 * 1024;
  return 96 * 1024;
}
