import { z } from 'zod';
import { REPORT_VALUE } from './report-values.js';

const { count, date } = REPORT_VALUE;

/** What somebody has to do or know. `alert` is wrong, `open` is to be done, `note` is to be known. */
export const REPORT_FINDINGS = {
  LOG_BROKEN: 'alert',
  CHECKPOINT_BROKEN: 'alert',
  BASIS_MISSING: 'alert',
  ACCOUNTING_UNBALANCED: 'alert',
  PURGE_WITHOUT_RECEIPT: 'alert',
  PURGE_FAILED: 'alert',
  CERTIFICATE_BROKEN: 'alert',
  PURGE_OVERDUE: 'alert',
  REQUEST_OVERDUE: 'alert',
  NOTICE_OVERDUE: 'alert',
  NOTICE_PENDING: 'alert',
  WORDS_UNCLEAR: 'alert',
  NOES_UNMATCHED: 'alert',
  LEDGER_UNHEARD: 'alert',
  INCIDENT_OPEN: 'alert',
  OPINION_RELIED_ON: 'alert',
  TAKEN_AS_DELIVERED: 'alert',
  CONTRACT_ROUTE: 'alert',
  DEAL_UNSIGNED: 'open',
  DATA_MISSING: 'open',
  CHECK_MISSING: 'open',
  APPROVAL_MISSING: 'open',
  EXPORT_OPEN: 'open',
  EXPORT_UNFINISHED: 'open',
  CUSTOMERS_TO_ASK: 'open',
  NOBODY_MAY_GO: 'open',
  RECEIPT_AWAITED: 'open',
  BUNDLE_AWAITED: 'open',
  BUNDLE_REFUSED: 'open',
  PURGE_AHEAD: 'open',
  PURGE_UNFINISHED: 'open',
  REQUEST_OPEN: 'open',
  NOTICE_OPEN: 'open',
  FILES_IN_CLEAR: 'open',
  PLACES_OPEN: 'open',
  PLACES_REMAIN: 'open',
  LOG_TIME: 'note',
  ANCHOR_NONE: 'note',
  KEPT_BACK: 'note',
  NO_DEAL: 'open',
} as const satisfies Readonly<Record<string, 'alert' | 'open' | 'note'>>;

export type ReportFindingCode = keyof typeof REPORT_FINDINGS;

export const findingSchema = z.strictObject({
  code: z.enum(Object.keys(REPORT_FINDINGS) as [ReportFindingCode, ...ReportFindingCode[]]),
  severity: z.enum(['alert', 'open', 'note']),
  /** Who has to act; the officer where it is about the report itself. */
  who: z.enum(['seller', 'buyer', 'officer']),
  /** The last day on which it is in time, or null. */
  due: date.nullable(),
  deal: z.string().nullable(),
  /** How many records, files, events … it is about. */
  count: count.nullable(),
  /** Id of what it is about, or the code of the problem behind it. */
  about: z.string().nullable(),
  command: z.string().nullable(),
});

export type ReportFinding = z.infer<typeof findingSchema>;
