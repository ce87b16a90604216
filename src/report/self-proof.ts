import { z } from 'zod';
import type { LogText } from '../audit/events.js';
import { readPruned } from '../audit/merkle.js';
import { sameBytes, textOf, unbase64, utf8 } from '../base/bytes.js';
import type { PublicKey } from '../base/crypto.js';
import { readJson } from '../base/json.js';
import { verifySignature } from '../base/signing.js';
import { type ClaimedCard, readCard } from '../identity/card.js';
import { fail } from '../messages/error.js';
import { REPORT_DATA_FORMAT, signedPageBytes } from './signed-page.js';
import { DATA_CLOSING, DATA_OPENING, withData } from './html.js';

const dataSchema = z.strictObject({
  format: z.literal(REPORT_DATA_FORMAT),
  card: z.string(),
  card_signature: z.string(),
  checkpoint: z.string(),
  pruned: z.strictObject({ upto: z.int().min(1), range: z.string() }).nullable(),
  events: z.array(z.string()),
  page: z.string(),
  page_signature: z.string(),
});

/** In bytes: the page of a log of fifty thousand events is as long. */
export const MAX_REPORT_BYTES = 12 * 1024 * 1024;

/** The page itself, which its data repeats. */
const MAX_PAGE_TEXT = 8 * 1024 * 1024;

/** What a page of a report carries. */
export interface ReportEvidence {
  readonly card: ClaimedCard;
  /** For verifyEvents(). */
  readonly log: LogText;
}

/**
 * Takes the log that a page of a report carries out of it, and verifies the page: byte for byte it has to be the text that the party signed,
 * with its data in their place. So nothing can be changed, added or hidden in it, its script included.
 *
 * @param page the bytes of the file, attacker-controlled
 * @param trusted the card of the party whose report it is; null takes the one in the page, for whose owner the reader has to vouch
 * @param document the file's base name, for problems
 * @throws HandoverError REPORT_NO_DATA, REPORT_PAGE, JSON_…, PROOF_OTHER_CARD, and those of `readCard`
 */
export function readReport(page: Uint8Array, trusted: ClaimedCard | null, document: string): ReportEvidence {
  const bytes = dataOf(page, document);
  const value = readJson(bytes, {
    document,
    limit: MAX_REPORT_BYTES,
    string: MAX_PAGE_TEXT,
    canonical: false,
  });
  const parsed = dataSchema.safeParse(value);
  if (!parsed.success) return fail({ code: 'REPORT_NO_DATA', document });
  const data = parsed.data;
  const claimed = readCard(utf8(data.card), data.card_signature, document);
  if (trusted !== null && trusted.digest !== claimed.digest) fail({ code: 'PROOF_OTHER_CARD', document });
  if (!isAsSigned(page, bytes, data, claimed.publicKey)) fail({ code: 'REPORT_PAGE', document });
  const range =
    data.pruned === null ? undefined : readPruned(unbase64(data.pruned.range) ?? new Uint8Array());
  if (range === null || range?.end !== data.pruned?.upto) return fail({ code: 'REPORT_NO_DATA', document });
  const { checkpoint } = data;
  const log = { events: data.events.map(utf8), checkpoint, ...(range && { pruned: range }) };
  return { card: claimed, log };
}

/** The text of the one element that holds the data. Of two, nobody could say which one a page shows. */
function dataOf(page: Uint8Array, document: string): Uint8Array {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.byteLength);
  const at = bytes.indexOf(DATA_OPENING);
  const from = at + DATA_OPENING.length;
  const end = bytes.indexOf(DATA_CLOSING, from);
  if (at === -1 || end === -1 || bytes.indexOf(DATA_OPENING, from) !== -1)
    fail({ code: 'REPORT_NO_DATA', document });
  return bytes.subarray(from, end);
}

/** Whether the file is the signed page around these data, and the signature is good. */
function isAsSigned(
  file: Uint8Array,
  data: Uint8Array,
  { page, page_signature: signature }: z.infer<typeof dataSchema>,
  publicKey: PublicKey,
): boolean {
  if (!page.includes(DATA_OPENING + DATA_CLOSING)) return false;
  if (!sameBytes(utf8(withData(page, textOf(data))), file)) return false;
  return verifySignature(unbase64(signature) ?? new Uint8Array(), signedPageBytes(page), publicKey);
}
