import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { isSha256, type Sha256, sha256 } from '../base/crypto.js';
import { type CalendarDate, type Instant, readDate, readInstant } from '../base/time.js';
import { FURTHER_TABLES } from '../messages/tables.js';
import { accountingSchema, customersOf, sumsSchema } from '../bundle/accounting.js';
import { houseSchema } from './audit-report-house.js';
import { RECEIPT_DECISIONS } from '../bundle/receipt.js';
import { FIELD_CLASSES } from '../deal/classes.js';
import { FIELD_ACTIONS } from '../deal/terms.js';
import { eachLang } from '../messages/lang.js';
import { DEAL_KINDS } from '../messages/deal-kinds.js';
import { DUTY_NAMES } from '../messages/duties.js';
import { CLEAR_KINDS } from '../messages/limits.js';
import { PLACES } from '../messages/places.js';
import { LAW_SOURCES } from '../policy/laws.js';
import { limitSchema } from '../retention/certificate.js';
import { SHARES } from '../retention/disposition.js';
import { KEPT_KINDS } from '../retention/kept-records.js';

/*
 * The audit report as data: everything that its pages say, and nothing that is not in the store. The command gives it with --json as it
 * is here, so this schema is a contract (docs/report.md, docs/schema/audit-report.schema.json). Persons do not appear; names are of
 * firms and of staff.
 */

const digest = z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v));
const instant = z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null);
const date = z.custom<CalendarDate>((v) => typeof v === 'string' && readDate(v) !== null);
const count = z.int().min(0);
const role = z.enum(['seller', 'buyer']);

/** How far a deal is. The last four are ends. */
const DEAL_PROGRESS = [
  'unsigned',
  'no-data',
  'unchecked',
  'to-ask',
  'nobody',
  'unapproved',
  'ready',
  'sent',
  'partly-sent',
  'partly-refused',
  'awaiting-bundle',
  'handed-over',
  'holding',
  'purged',
  'refused',
  'aborted',
] as const;
export type DealProgress = (typeof DEAL_PROGRESS)[number];

/**
 * The state of a handover, by its bundles together.
 *
 * - `none`: nothing has left, or nothing has come.
 * - `sent`: no receipt yet. `partly-sent`: of some bundles there is one, of others not.
 * - `refused`: the buyer took nobody. `partly-refused`: it took some, and refused others.
 * - `handed-over`: everybody who went was taken; on the buyer's side, everything that came was.
 */
export const HANDOVER_STATES = [
  'none',
  'sent',
  'partly-sent',
  'refused',
  'partly-refused',
  'handed-over',
] as const;
export type HandoverState = (typeof HANDOVER_STATES)[number];

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

const findingSchema = z.strictObject({
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

/** The way of the rows of one file: read, judged, sent, received, ended. */
export const sourceSchema = z.strictObject({
  /** Whether this firm counted the rows, or the seller's signed manifest says so. */
  counted_by: z.enum(['check', 'manifest']),
  /** Id of the check, or of the bundle. */
  id: z.string(),
  /** The files whose rows they are, in order: one, or the customer list. */
  files: z.array(
    z.strictObject({
      dataset: z.string().nullable(),
      sha256: digest.nullable(),
      /** How many of its records are here still. */
      here: count,
    }),
  ),
  /** What of the customer list was covered when it was checked; null where the manifest says so. */
  coverage: z.strictObject({ files: count, customers: count, replaced: count, gone: count }).nullable(),
  time: instant,
  /** Ids of the bundles that carried it out. */
  bundles: z.array(z.string()),
  accounting: accountingSchema,
  /** read = transfer + ask + withhold + reject + blank + replaced, and each row that stays behind has a reason. */
  balanced: z.boolean(),
  /** Persons who went in its bundles, each once. */
  exported: count,
  /** Persons whom the buyer's receipts confirm, each once; null while there is none. */
  received: count.nullable(),
  purged: count,
  here: count,
});
export type ReportSource = z.infer<typeof sourceSchema>;

const fieldSchema = z.strictObject({
  field: z.string(),
  class: z.enum(FIELD_CLASSES),
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  leaves: z.boolean(),
  action: z.enum(FIELD_ACTIONS),
  why: z.string(),
  purpose: z.string().nullable(),
  necessity: z.string().nullable(),
  /** In free text: how many records hold what. */
  found: z.array(z.strictObject({ category: z.string(), records: count })),
});
export type ReportField = z.infer<typeof fieldSchema>;

/** One bundle: the record of a provision to another handler (NDSR-12, PIPL-56). */
const provisionSchema = z.strictObject({
  bundle: z.string(),
  /** Digest of the version of the deal under which it was made. */
  deal: digest,
  number: count,
  direction: z.enum(['out', 'in']),
  state: z.enum(['began', 'exported', 'accepted', 'refused', 'received', 'aborted']),
  time: instant,
  manifest: digest.nullable(),
  file_sha256: digest.nullable(),
  rows: count,
  fields: z.array(z.string()),
  /** The tables beside the customers, as the bundle signs them; `confirmed` once the buyer's receipt says the same. Absent for none. */
  tables: z
    .array(z.strictObject({ table: z.enum(FURTHER_TABLES), ...sumsSchema.shape, confirmed: z.boolean() }))
    .optional(),
  purposes: z.array(z.string()),
  recipient: z.string(),
  receipt: z
    .strictObject({
      sha256: digest,
      disposition: z.enum(RECEIPT_DECISIONS),
      reason: z.string().nullable(),
      issued: instant,
      received: count,
      stored: count,
      present: count,
      refused: count,
      retention_until: date.nullable(),
    })
    .nullable(),
  /** Until when this record is to be kept. */
  keep_until: date,
});
export type ReportProvision = z.infer<typeof provisionSchema>;

const paperSchema = z.strictObject({
  title: z.string(),
  date,
  sha256: digest,
  /** Whether it is earlier than the first bundle (PIPL-55); null while there is none. */
  before_handover: z.boolean().nullable(),
  keep_until: date,
});

/** A version of the deal that was amended since, as far as bundles were made under it. */
const formerSchema = z.strictObject({
  sha256: digest,
  /** Counts the versions of the deal. */
  version: count,
  title: z.string(),
  kind: z.enum(DEAL_KINDS),
  effective: date,
  /** Numbers of the bundles that were made under it. */
  bundles: z.array(count),
  fields: z.array(fieldSchema),
  notice: z.strictObject({ sent: date, sha256: digest }),
  assessment: paperSchema,
});
export type ReportFormer = z.infer<typeof formerSchema>;

const dealSchema = z.strictObject({
  id: z.string(),
  /** Of the version in force. */
  sha256: digest,
  /** Which version that is, from 1. */
  version: count,
  former: z.array(formerSchema),
  title: z.string(),
  environment: z.enum(['production', 'test']),
  kind: z.enum(DEAL_KINDS),
  stage: z.enum(DEAL_PROGRESS),
  seller: z.string(),
  buyer: z.string(),
  effective: date,
  signed: z.strictObject({ seller: z.boolean(), buyer: z.boolean() }),
  /** When this party signed, and when it took in the other's signature, by its own log; null where the log does not say so, or no longer. */
  signed_at: z.strictObject({ seller: instant.nullable(), buyer: instant.nullable() }),
  /** For what the buyer may use the data, as customers read it. */
  purposes: z.array(z.strictObject({ id: z.string(), ...eachLang(() => z.string()) })),
  basis: z.strictObject({
    consent: z.enum(['separate', 'none']),
    notice: z.enum(['delivered', 'before-consent', 'none']),
    laws: z.array(z.string()),
  }),
  overrides: z.array(
    z.strictObject({
      kind: z.enum(['opinion', 'taken-as-delivered', 'contract-route', 'purge-without-receipt']),
      date,
      /** Of the opinion, of the notice, of the deal that names the route, or of the plan. */
      sha256: digest,
      /** Who wrote the opinion, why the notice is taken as delivered, why the route is open, or who planned the purge. */
      person: z.string(),
      /** Records that were purged without a receipt, or that went by the route. */
      records: count.nullable(),
    }),
  ),
  sources: z.array(sourceSchema),
  fields: z.array(fieldSchema),
  /** Whether the deal lets fields of children or others out that need a guardian's consent is decided per record: how many lack it. */
  guardian_missing: count,
  evidence: z.array(
    z.strictObject({
      code: z.string(),
      verdict: z.enum(['ask', 'withhold']),
      records: count,
      laws: z.array(z.string()),
    }),
  ),
  notice: z.strictObject({ sent: date, sha256: digest }),
  assessment: paperSchema,
  confidentiality: z.strictObject({ title: z.string(), signed: date, sha256: digest }),
  approvals_needed: count,
  approvals: z.array(
    z.strictObject({
      plan: digest,
      name: z.string(),
      signing_key: z.string(),
      approved: instant,
      /** Whether the signature is good and under this very plan. */
      valid: z.boolean(),
    }),
  ),
  provisions: z.array(provisionSchema),
  /** All bundles together, each person once, however many of them the person is in. */
  handover: z.strictObject({
    state: z.enum(HANDOVER_STATES),
    /** Persons who went, or who came. */
    persons: count,
    /** Persons whom receipts confirm; null while none does. */
    confirmed: count.nullable(),
  }),
  /** The last day on which this firm may keep what was handed over; null before that. */
  keep_until: date.nullable(),
  /** Of the seller, by the last check: persons who had been handed over before and would not go today; what is heard of them and settled by no notice. */
  since_handover: z
    .strictObject({ gone: count, unclear: count, unmatched: count, unheard: z.boolean() })
    .nullable(),
  aborted: z.strictObject({ reason: z.string(), time: instant }).nullable(),
});
export type ReportDeal = z.infer<typeof dealSchema>;

/** What ends when. */
const CALENDAR_KINDS = [
  ...SHARES,
  'hold',
  'freeze',
  ...KEPT_KINDS,
  ...DUTY_NAMES.map((duty) => `duty-${duty}` as const),
] as const;
const calendarSchema = z.strictObject({
  what: z.enum(CALENDAR_KINDS),
  /** The deal, dataset, bundle or case. */
  about: z.string().nullable(),
  from: date,
  /** The last day; null while no clock runs. */
  until: date.nullable(),
  records: count.nullable(),
  due: count,
  held: count,
  frozen: count,
  laws: z.array(z.string()),
});
export type CalendarEntry = z.infer<typeof calendarSchema>;

const purgeSchema = z.strictObject({
  id: z.string(),
  state: z.enum(['planned', 'began', 'erased', 'done', 'void']),
  time: instant,
  plan: digest,
  outcome: z.enum(['erased', 'erased-with-limits', 'failed']).nullable(),
  scope: z.enum(['due', 'handed-over', 'kept-back', 'dataset', 'subjects', 'deal', 'replay']),
  /** The deals whose records it touches. */
  deals: z.array(z.string()),
  /** Records that it is to end, or has. */
  records: count,
  certificate: z
    .strictObject({
      sha256: digest,
      /** Whether its signature is this party's and its sums agree. */
      valid: z.boolean(),
      finished: instant,
      /** Persons of whom nothing is left. */
      persons: count,
      /** What it says that it could not reach. */
      limits: z.array(limitSchema),
      retain_until: date,
    })
    .nullable(),
});

const tierSchema = z.strictObject({
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** From how many records SPC-CR-5 looks at it, halved for a party that obtained the data by providing services. */
  counted_from: count,
  transferred: count,
  without_basis: count,
});

export const reportSchema = z.strictObject({
  made: instant,
  today: date,
  /** The one deal that was asked for, or null for all. */
  deal: z.string().nullable(),
  program: z.strictObject({ version: z.string(), formats: z.array(z.string()) }),
  party: z.strictObject({
    name: z.string(),
    uscc: z.string().nullable(),
    role,
    environment: z.enum(['production', 'test']),
    card: digest,
    fingerprint: z.string(),
  }),
  /** The worst of the findings. */
  standing: z.enum(['good', 'open', 'alert']),
  deals: z.array(dealSchema),
  findings: z.array(findingSchema),
  notices: z.array(
    z.strictObject({
      id: z.string(),
      direction: z.enum(['out', 'in']),
      deal: z.string(),
      kind: z.string(),
      time: instant,
      due: date,
      completed: instant.nullable(),
    }),
  ),
  requests: z.strictObject({
    total: count,
    open: count,
    overdue: count,
    done: count,
    refused: count,
    passed_on: count,
    list: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.string(),
        requester: z.string(),
        received: instant,
        due: date,
        closed: instant.nullable(),
        outcome: z.enum(['done', 'refused', 'passed-on']).nullable(),
        /** Why it was refused, in the words of whoever closed it. */
        reason: z.string().nullable(),
      }),
    ),
  }),
  /** Empty means: none was recorded. */
  incidents: z.array(
    z.strictObject({ id: z.string(), opened: instant, closed: instant.nullable(), notes: count }),
  ),
  /** People, papers, feedback, follow-up, findings. */
  house: houseSchema,
  calendar: z.array(calendarSchema),
  purges: z.array(purgeSchema),
  remaining: z.strictObject({
    /** Files known in the clear that nobody has shredded. */
    files: z.array(
      z.strictObject({
        kind: z.enum(CLEAR_KINDS),
        sha256: digest,
        bytes: count,
        time: instant,
      }),
    ),
    shredded: count,
    /** What somebody says of places that no program reaches: attested, not verified. */
    places: z.array(
      z.strictObject({
        place: z.enum(PLACES),
        state: z.enum(['cleared', 'never-there', 'remains']),
        person: z.string(),
        time: instant,
      }),
    ),
    /** Places of the checklist of which nobody has said anything. */
    places_open: z.array(z.enum(PLACES)),
  }),
  exposure: z.strictObject({
    tiers: z.array(tierSchema),
    /** Bundles whose verdicts are gone with their records, so that the plan's count is taken for them. */
    by_plan: count,
  }),
  log: z.strictObject({
    intact: z.boolean(),
    events: count,
    root: digest,
    checkpoints: count,
    /** Events covered by the last checkpoint, and the root that it signs; null where nothing was signed yet. */
    signed: count,
    signed_root: digest.nullable(),
    findings: z.array(z.strictObject({ code: z.string(), about: z.string() })),
    /** Checkpoints of this log under the other party's signature. */
    anchors: z.array(z.strictObject({ holder: role, bundle: z.string(), size: count, agrees: z.boolean() })),
    timestamps: z.array(
      z.strictObject({ size: count, stamped: instant.nullable(), authority: z.string().nullable() }),
    ),
    pruned: count,
  }),
  /** The wordings of the laws that the report rests on, and when somebody last compared them. */
  catalogue: z.strictObject({
    verified: date,
    laws: z.array(z.strictObject({ id: z.string(), in_force: date, source: z.enum(LAW_SOURCES) })),
  }),
  laws: z.array(
    z.strictObject({ pack: z.string(), version: z.string(), sha256: digest, current: z.boolean() }),
  ),
});

/** Everything that the report's pages say. */
export type ReportData = z.infer<typeof reportSchema>;

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

/** The records that a deal lets go or has let go, of those that are customers: the coverage of page one. Null before a check. */
export function dealCoverage(
  deal: ReportDeal,
): { readonly covered: number; readonly records: number } | null {
  const source = deal.sources.at(-1);
  if (source === undefined) return null;
  const { transfer, handed_over: before } = source.accounting;
  return { covered: transfer + before, records: customersOf(source.accounting) };
}
