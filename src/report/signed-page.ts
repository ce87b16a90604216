import { utf8 } from '../base/bytes.js';
import { sha256 } from '../base/crypto.js';

/* What the HTML page carries to prove itself (docs/report.md), and what a party signs of it. */

/** The format of the data that the HTML page carries to prove itself (docs/report.md). */
export const REPORT_DATA_FORMAT = 'handover.report-data/1';

/** What the page proves itself with: the party's card, its checkpoint, and the events under it, each as its canonical text. */
export interface ReportProof {
  readonly format: typeof REPORT_DATA_FORMAT;
  /** Canonical card.json. */
  readonly card: string;
  /** Its minisign signature. */
  readonly card_signature: string;
  /** C2SP signed note; '' where nothing was signed yet. */
  readonly checkpoint: string;
  /** The pruned beginning of the log as a compact range, or null for a whole log. */
  readonly pruned: { readonly upto: number; readonly range: string } | null;
  /** All that are signed. Of later ones, those up to the last that a figure follows from. */
  readonly events: readonly string[];
}

/** Signs the bytes that {@link signedPageBytes} gives, in base64; null where nobody has the key. */
export type PageSigner = ((bytes: Uint8Array) => string) | null;

/** What a party signs of a page: its digest, under words that nothing else begins with. */
export function signedPageBytes(page: string): Uint8Array {
  return utf8(`handover.report-page/1\n${sha256(utf8(page))}\n`);
}
