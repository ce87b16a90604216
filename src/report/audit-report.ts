import { z } from 'zod';
import { REPORT_VALUE } from './report-values.js';
import { houseSchema } from './audit-report-house.js';
import { DUTY_NAMES } from '../messages/duties.js';
import { CLEAR_KINDS } from '../messages/limits.js';
import { PLACES } from '../messages/places.js';
import { LAW_SOURCES } from '../policy/laws.js';
import { limitSchema } from '../retention/certificate.js';
import { SHARES } from '../retention/disposition.js';
import { KEPT_KINDS } from '../retention/kept-records.js';
import { dealSchema } from './audit-report-deal.js';
import { findingSchema } from './audit-report-findings.js';

/*
 * The audit report as data: everything that its pages say, and nothing that is not in the store. The command gives it with --json as it
 * is here, so this schema is a contract (docs/report.md, docs/schema/audit-report.schema.json). Persons do not appear; names are of
 * firms and of staff.
 */

const { count, date, digest, instant, role } = REPORT_VALUE;

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
