import { z } from 'zod';
import { ABROAD_STATES } from '../../messages/screens/persons-count.js';
import { statisticsSchema } from '../../policy/statistics.js';
import { ROUTINES } from '../../audit/schedule.js';
import { ASSESSMENTS } from '../../audit/self-audit.js';
import { PACK_KINDS } from '../../bundle/pack.js';
import { reportSchema } from '../../report/audit-report.js';
import { FORM_FILES } from '../../report/self-audit.js';
import {
  code,
  count,
  date,
  dealKind,
  digest,
  event,
  field,
  instant,
  issuer,
  law,
  problems,
  purpose,
  type ResultShape,
  role,
  tag,
  text,
  uuid,
  written,
} from './parts.js';

const verified = {
  intact: z.boolean(),
  events: count,
  pruned: count,
  unsigned: count,
  root: digest,
  checkpoints: count,
  anchored: count.nullable(),
  against: z.array(
    z.strictObject({ file: text, size: count, agrees: z.boolean().nullable(), event: count.nullable() }),
  ),
  stamped: z.array(z.strictObject({ size: count, time: instant, authority: text })),
  findings: problems,
};

/** A point of the self-audit form, and what speaks for and against it. */
const point = z.strictObject({
  number: z.int().min(1),
  title: text,
  laws: z.array(law),
  finding: z.enum(ASSESSMENTS),
  tick: z.literal('not-compliant').nullable(),
  evidence: z.array(
    z.strictObject({
      code,
      text,
      weight: z.enum(['for', 'against', 'note']),
      events: z.array(count),
      documents: z.array(text),
      look: text.nullable(),
    }),
  ),
});

const aboutSubject = z.enum(['presence', 'absence']);

/** The log, and what shows it to somebody else. */
export const EVIDENCE_RESULTS = {
  'audit verify': [
    verified,
    // From a file alone.
    { ...verified, file: text, issuer, card_given: z.boolean(), files: count.nullable() },
  ],
  'audit log': { first: count, events: z.array(event) },
  'audit report': { report: reportSchema, file: written.nullable() },
  'audit form': {
    handler: z.strictObject({ name: text, uscc: text.nullable(), phone: text }),
    persons: count,
    persons_by_source: z.array(
      z.strictObject({
        source: z.enum(['imported', 'received']),
        deal: text.nullable(),
        datasets: count,
        records: count,
        persons: count,
      }),
    ),
    log: z.strictObject({ events: count, intact: z.boolean(), root: digest }),
    findings: z.strictObject({
      evidence: count,
      fault: count,
      none: count,
      'not-applicable': count,
    }) satisfies z.ZodType<Record<(typeof ASSESSMENTS)[number], number>>,
    points: z.array(point),
    files: z.array(z.strictObject({ file: z.enum(FORM_FILES), path: text, sha256: digest.nullable() })),
  },
  'audit pack': {
    path: text,
    bytes: count.nullable(),
    sha256: digest.nullable(),
    signed: z.boolean(),
    deal: z.strictObject({ id: text, digest }).nullable(),
    log: z.strictObject({
      first: count,
      size: count,
      covered: count,
      intact: z.boolean(),
      findings: problems,
    }),
    unsigned_manifests: z.array(z.strictObject({ deal: text, number: z.int().min(1) })),
    /** Signed papers that are not in it, because nobody gave the passphrase. */
    papers_left: count,
    files: z.array(
      z.strictObject({
        path: text,
        kind: z.enum(PACK_KINDS),
        bytes: count,
        sha256: digest,
        event: count.nullable(),
      }),
    ),
  },
  'audit prove': [
    { proves: z.literal('event'), path: text, sha256: digest, event, log_size: count },
    {
      proves: aboutSubject,
      path: text,
      signature: text,
      sha256: digest,
      bundle: uuid,
      tag,
      with_values: z.boolean(),
    },
  ],
  'audit check-proof': [
    {
      proves: z.literal('event'),
      file: text,
      issuer,
      event,
      log: z.strictObject({ origin: text, size: count, root: digest }),
    },
    {
      proves: aboutSubject,
      file: text,
      issuer: z.strictObject({ ...issuer.shape, role }),
      customer_no: text,
      tag,
      bundle: uuid,
      bundle_number: z.int().min(1),
      created: instant,
      deal: text,
      kind: dealKind,
      seller: text,
      buyer: text,
      purposes: z.array(purpose),
      fields: z.array(field),
      row: z.record(field, z.string().nullable()).nullable(),
      signed_by_seller: z.boolean(),
      receipted: z.boolean(),
      link: z.enum(['row', 'issuer']),
    },
  ],
  'audit timestamp': [
    { path: text, sha256: digest.nullable(), size: count },
    // With the answer of the authority.
    { size: count, time: instant, authority: text, sha256: digest, again: z.boolean() },
  ],
  'audit prune': {
    first: count,
    upto: count,
    events: count,
    needed: count.nullable(),
    archive: written.nullable(),
  },
  'audit forget-tags': { keys: z.array(text), ledger: z.boolean(), requests: count },
  'audit totals': {
    totals: statisticsSchema.nullable(),
    shown_to: text.nullable(),
    /** Figures repeated as they were shown before, because they changed by fewer than ten persons. */
    held: count,
    sample: z.strictObject({ path: text, rows: count }).nullable(),
  },
  'audit public': {
    firm: text,
    phone: text,
    day: date,
    judged: count,
    transferred: count,
    kept: count,
    requests: count,
    answered: count,
    incidents: count,
    purged: count,
    path: text.nullable(),
  },
  'audit persons': {
    here: count,
    others: count.nullable(),
    said: date.nullable(),
    total: count.nullable(),
    small: z.boolean().nullable(),
    abroad: z.enum(ABROAD_STATES).nullable(),
  },
  'audit schedule': {
    schedule: z.array(
      z.strictObject({
        what: z.enum(ROUTINES),
        last: date.nullable(),
        due: date,
        overdue: z.boolean(),
        laws: z.array(law),
      }),
    ),
  },
} as const satisfies { readonly [name: string]: ResultShape };
