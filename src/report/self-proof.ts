import { z } from 'zod';
import { type LogText, readPruned } from '../audit/events.js';
import { unbase64, utf8 } from '../base/bytes.js';
import { readJson } from '../base/json.js';
import { type ClaimedCard, readCard } from '../identity/card.js';
import { fail } from '../messages/error.js';
import { REPORT_DATA_FORMAT } from './audit-report.js';

const dataSchema = z.strictObject({
  format: z.literal(REPORT_DATA_FORMAT),
  card: z.string(),
  card_signature: z.string(),
  checkpoint: z.string(),
  pruned: z.strictObject({ upto: z.int().min(1), range: z.string() }).nullable(),
  events: z.array(z.string()),
});

/** The element as report/html.ts writes it. */
const OPENING = '<script type="application/json" id="data">';
const CLOSING = '</script>';

/** In bytes: the pages of a log of a hundred thousand events are as long. */
export const MAX_REPORT_BYTES = 128 * 1024 * 1024;

/** What a page of a report carries. */
export interface ReportEvidence {
  readonly card: ClaimedCard;
  /** For verifyEvents(). */
  readonly log: LogText;
}

/**
 * Takes the log that a page of a report carries out of it. What the page says in words and figures is not looked at: it is made from this
 * log and from documents that are not in it.
 *
 * @param page the bytes of the file, attacker-controlled
 * @param trusted the card of the party whose report it is; null takes the one in the page, for whose owner the reader has to vouch
 * @param document the file's base name, for problems
 * @throws HandoverError REPORT_NO_DATA, JSON_…, PROOF_OTHER_CARD, and those of `readCard`
 */
export function readReport(page: Uint8Array, trusted: ClaimedCard | null, document: string): ReportEvidence {
  const value = readJson(dataOf(page, document), { document, limit: MAX_REPORT_BYTES, canonical: false });
  const parsed = dataSchema.safeParse(value);
  if (!parsed.success) return fail({ code: 'REPORT_NO_DATA', document });
  const data = parsed.data;
  const claimed = readCard(utf8(data.card), data.card_signature, document);
  if (trusted !== null && trusted.digest !== claimed.digest) fail({ code: 'PROOF_OTHER_CARD', document });
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
  const at = bytes.indexOf(OPENING);
  const from = at + OPENING.length;
  const end = bytes.indexOf(CLOSING, from);
  if (at === -1 || end === -1 || bytes.indexOf(OPENING, from) !== -1)
    fail({ code: 'REPORT_NO_DATA', document });
  return bytes.subarray(from, end);
}
