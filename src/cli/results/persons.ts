import { z } from 'zod';
import { NOTICE_KINDS } from '../../bundle/notice.js';
import { PAIR_DECISIONS } from '../../policy/decided-pairs.js';
import { LIKENESSES } from '../../policy/likeness.js';
import { VERDICTS } from '../../policy/reasons.js';
import { REQUEST_KINDS } from '../../policy/request-lists.js';
import { SHARES } from '../../retention/disposition.js';
import {
  code,
  completion,
  count,
  datasetKind,
  date,
  digest,
  direction,
  ended,
  event,
  field,
  instant,
  law,
  notice,
  pendingNotice,
  type ResultShape,
  rehearsedFile,
  request,
  restraint,
  tag,
  text,
  uuid,
} from './parts.js';

/** What is known of a person without opening a record. */
const facts = {
  subject: tag,
  child: z.boolean(),
  erased: z.boolean(),
  transfers: z.array(
    z.strictObject({
      bundle: uuid,
      direction,
      state: z.enum(['began', 'abandoned', 'exported', 'accepted', 'refused', 'received', 'aborted']),
      deal: text,
      partner: text,
      time: instant,
      fields: z.array(field),
    }),
  ),
  restraints: z.array(
    z.strictObject({
      id: restraint.id,
      kind: restraint.kind,
      basis: restraint.basis,
      until: restraint.until,
    }),
  ),
  marks: z.array(
    z.strictObject({
      kind: z.enum(['refused', 'withdrawn', 'objection', 'erasure', 'corrected']),
      purpose: text.nullable(),
      time: instant,
    }),
  ),
  requests: z.array(request),
};

const withdrawal = {
  request: uuid.nullable(),
  kind: z.enum(['withdrawal', 'objection']),
  purpose: text.nullable(),
  records: count,
  /** Other numbers of the same person, for which it counts as well. */
  others: count,
  deals: z.array(text),
  notices: z.array(notice),
  buyer: z.enum(['ends', 'emptied', 'held', 'frozen']).nullable(),
  ended: ended.nullable(),
};

/** A notice in its present state. */
const noticeView = z.strictObject({
  id: uuid,
  direction,
  number: z.int().min(1),
  deal: text,
  kind: z.enum(NOTICE_KINDS),
  persons: count,
  issued: instant,
  due: date,
  state: z.enum(['open', 'overdue', 'completed']),
  file: text,
  completion: completion.pick({ done: true, not_found: true, kept: true }).nullable(),
});

/** What a person asks for, and what is passed on to the buyer. */
export const PERSONS_RESULTS = {
  'subject show': {
    ...facts,
    revealed: z.boolean(),
    records: z.array(
      z.strictObject({
        dataset: uuid,
        kind: datasetKind,
        /** Whether it is the record that counts today; null where there is no such question. */
        counts_today: z.boolean().nullable(),
        /** Masked, unless they were revealed. */
        values: z.record(field, z.string()),
        verdict: z
          .strictObject({ verdict: z.enum(VERDICTS), reasons: z.array(code), deal: text, stale: z.boolean() })
          .nullable(),
        share: z.enum(SHARES),
        keep_until: date.nullable(),
        laws: z.array(law),
      }),
    ),
  },
  'subject history': {
    ...facts,
    consents: z.array(
      z.strictObject({ file: text, event: z.string(), time: z.string(), method: z.string() }),
    ),
    events: z.array(event.omit({ actor: true }).extend({ operator: text }).strict()),
  },
  'subject withdraw': withdrawal,
  'subject object': withdrawal,
  'subject erase': {
    request: uuid.nullable(),
    records: count,
    others: count,
    ended: ended.nullable(),
    deals: z.array(text),
    notices: z.array(notice),
  },
  'subject correct': {
    request: uuid.nullable(),
    field,
    records: count,
    former: z
      .strictObject({
        event: count,
        keys: count,
        files: count,
        bytes: count,
        patterns: count,
        found: count,
        in_clear: count,
      })
      .nullable(),
    deals: z.array(text),
    notices: z.array(notice),
  },
  'subject export': {
    request: uuid.nullable(),
    ...rehearsedFile,
    file_format: z.enum(['json', 'csv']),
    records: count,
    values: count,
  },
  'subject duplicates': {
    datasets: z.array(uuid).min(1),
    /** Groups about which nothing was decided. */
    counts: z.strictObject({ mobile: count, id_no: count, name_address: count, household: count }),
    decided: count,
    groups: z.array(
      z.strictObject({
        by: z.enum(LIKENESSES),
        /** What somebody decided of all of them; null where that is open. */
        decided: z.enum(PAIR_DECISIONS).nullable(),
        /** Masked. */
        records: z
          .array(
            z.strictObject({
              record: z.int().min(1),
              file: text,
              customer_no: z.string(),
              name: z.string(),
              value: z.string(),
            }),
          )
          .min(2),
      }),
    ),
  },
  'subject decide': {
    decision: z.enum(PAIR_DECISIONS),
    shared: count,
    released: count,
    late: z.strictObject({ released: count, told: count }),
  },
  'request open': { request: uuid.nullable(), kind: z.enum(REQUEST_KINDS), due: date },
  'request list': { overdue: count, requests: z.array(request) },
  'request close': { request },
  'request refuse': { request },
  'notice list': {
    overdue: count,
    pending: z.array(pendingNotice),
    since_handover: z.array(
      z.strictObject({ deal: text, unclear: count, unmatched: count, unheard: z.boolean() }),
    ),
    /** At the buyer's: numbers that have not come, although later ones have. */
    missing: z.array(z.strictObject({ deal: text, numbers: z.array(z.int().min(1)) })),
    notices: z.array(noticeView),
  },
  'notice send': {
    pending: z.array(pendingNotice),
    notices: z.array(
      z.strictObject({
        id: uuid,
        number: count,
        deal: text,
        buyer: text,
        kind: z.enum(['withdrawal', 'objection', 'erasure']),
        path: text,
        sha256: digest,
        due: date,
      }),
    ),
  },
  'notice apply': {
    notice: uuid,
    sha256: digest,
    deal: text,
    kind: z.enum(NOTICE_KINDS),
    seller: text,
    counts: z.strictObject({ done: count, not_found: count, held: count, frozen: count }),
    completion: completion.nullable(),
    completion_path: text.nullable(),
    waits: ended.options[1].nullable(),
    missing: z.array(z.int().min(1)),
    again: z.boolean(),
  },
  'notice accept': {
    notice: noticeView,
    completion,
    sha256: digest,
    closed: z.array(uuid),
    again: z.boolean(),
  },
} as const satisfies { readonly [name: string]: ResultShape };
