import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { isSha256 } from '../base/crypto.js';
import { canonicalJson, type Json, readJson } from '../base/json.js';
import { shaped } from '../base/shape.js';
import { type Instant, readInstant } from '../base/time.js';
import { fail } from '../messages/error.js';

/** The format of an event's bytes (docs/formats.md, "Log"). */
export const EVENT_FORMAT = 'handover.event/1';

/** The first event's `seq`. It is also the index of its leaf in the log's tree, as C2SP tlog-proof counts. */
export const FIRST_SEQ = 0;

/**
 * Everything that is logged, as a closed list: the action, its objects (ids and digests), its details. Details are counts, field
 * names, reason codes, encodings and file digests. Persons appear only as keyed tags, and nothing of a record ever.
 * An action is never renamed or reused.
 */
export const EVENT_ACTIONS = [
  // The house. Objects: card.
  'workspace-created', // details: environment, role
  'card-exported',
  'party-trusted', // objects: card; details: how (fingerprint, succession)
  'card-replaced', // objects: card, former; details: how (fingerprint, succession), deals
  'party-distrusted', // objects: card
  // The deal. Objects: deal (digest).
  'deal-signed', // details: by (seller, buyer)
  'deal-received', // details: signatures
  // The seller. Objects: dataset, and deal where there is one.
  'imported', // objects: dataset, file (SHA-256); details: encoding and its evidence, mapping, counts of rows by outcome
  'consents-imported', // as imported
  'checked', // details: counts by verdict and reason
  'persons-listed', // objects: deal, plan, file (SHA-256); details: verdict, persons, purpose: a copy in the clear
  'text-drafted', // objects: deal, text (digest); details: kind
  'customers-asked', // objects: deal, text, batch, file (SHA-256); details: channel, persons, reminded: a copy in the clear
  'answers-imported', // objects: deal, dataset, file (SHA-256); details: channel, counts
  'answer-word-added', // details: meaning, length
  'consents-written', // objects: deal, file (SHA-256); details: persons
  'approved', // objects: plan (digest), card of the approver
  'export-began', // objects: bundle, plan (digest)
  'export-abandoned', // objects: bundle; a killed export that was never sent
  'exported', // objects: bundle, manifest (digest), roots
  'receipt-accepted', // objects: bundle, receipt (digest)
  // The buyer. Objects: bundle, manifest (digest).
  'received', // details: counts received, stored, already present, refused
  'receipted', // objects: receipt (digest)
  'extracted', // objects: file (SHA-256); details: form, rows, fields: a copy in the clear
  // Either side.
  'refused', // details: code of the problem
  // Persons. Objects: subject (keyed tag), request.
  'subject-shown',
  'subject-exported', // objects: file (SHA-256): a copy in the clear
  'subject-corrected', // details: names of the fields
  'former-ended', // objects as of the change before it; details: keys destroyed, files searched, what was found
  'subject-withdrawn',
  'subject-erased',
  'request-opened', // details: kind, requester, how the identity was verified, due
  'request-closed', // details: outcome
  'learned-late', // objects: deal; details: persons who were handed over and said no, learned afterwards
  'notice-sent', // objects: notice (digest); details: kind, count
  'notice-received',
  'notice-completed',
  'deal-aborted', // objects: deal (digest), notice
  'incident-opened', // objects: incident; details: kind, counts, deadlines
  'incident-updated',
  'incident-closed',
  // The house.
  'paper-added', // objects: paper, file (SHA-256); details: kind, signed, bytes
  'paper-copied', // objects: paper, file (SHA-256): a copy outside of the workspace
  'people-added', // objects: people; details: role, since
  'people-updated', // details: days of a promise, a training, of leaving
  'feedback-imported', // objects: feedback, file (SHA-256); details: kind, counts
  'followup-set', // details: deal, tasks
  'followup-updated', // objects: followup; details: due, done
  'closing-noted', // details: deal, and a day that is said, or what is done and when
  'findings-collected', // details: counts of new, still open and gone findings
  'finding-updated', // objects: finding; details: due, closed
  // Evidence.
  'audit-reported', // objects: report (digest)
  'totals-shown', // objects: totals (digest), and sample (SHA-256) where there is one; details: to, total, dimensions
  'persons-counted', // details: persons, abroad, abroadSensitive: how many there are besides those of this workspace
  'form-made', // objects: file (SHA-256)
  'proof-made', // objects: file (SHA-256), and event or bundle
  'evidence-packed', // objects: file (SHA-256)
  'timestamp-requested', // objects: request (SHA-256); details: size
  'timestamp-accepted', // objects: response (SHA-256); details: size, time, authority
  'log-pruned', // details: upto, root
  'tag-key-destroyed', // objects: key
  // The end. Objects: purge, plan (digest).
  'hold-placed', // objects: hold; details: scope, count
  'hold-lifted',
  'frozen', // objects: freeze; details: basis, until, scope, count
  'unfrozen',
  'place-attested', // details: place, state
  'purge-planned', // details: counts by disposition and reason
  'purge-began', // written before the first destructive act
  'purge-rewritten', // the records are out of the database; their keys not yet destroyed
  'file-shredded', // objects: file (SHA-256); details: kind
  'purged', // objects: certificate (digest); details: outcome, counts, limits
  'purge-voided',
  'erasure-replayed', // details: count
  'pair-decided', // objects: subject, other (keyed tags); details: decision (one person, two)
  'clock-confirmed', // a person said that the clock is right; details: known (the time in doubt), days
  'unmatched-listed', // objects: dataset of a ledger, or deal where all ledgers are meant, file (SHA-256); details: rows that match nobody, purpose where one was asked for: a copy in the clear
  'parts-handed-out', // objects: bundle, manifest (digest); details: parts: their keys, sealed for workers that open them
  'lots-planned', // objects: deal, plan, lots (SHA-256 of lots.json); details: lots: records left the store, sealed for workers
  'late-released', // objects: deal; details: persons about whom no notice has to be sent, because the no was somebody else's
  'ranges-planned', // objects: file (SHA-256), ranges (SHA-256 of ranges.json); details: ranges: the key of the tags left the workspace, sealed for workers
] as const;

export type EventAction = (typeof EVENT_ACTIONS)[number];

/** An event as a step states it; the store adds number, time and actor in the transaction of the change. */
export interface EventDraft {
  readonly action: EventAction;
  /** What it is about: ids and digests under their nouns. */
  readonly objects: Readonly<Record<string, string>>;
  /** No personal data. */
  readonly details: Json;
}

/** An event as it is in the log. */
export interface LoggedEvent extends EventDraft {
  /** From {@link FIRST_SEQ}, without gaps. */
  readonly seq: number;
  readonly time: Instant;
  readonly actor: {
    /** Digest of the card of the party. */
    readonly card: string;
    /** Name of the person as given to the tool. */
    readonly operator: string;
  };
}

/** The canonical bytes of an event. Their RFC 6962 leaf hash (merkle.ts, `leafHash`) is the leaf of the log. */
export function eventBytes(event: LoggedEvent): Uint8Array {
  const { seq, time, actor, action, objects, details } = event;
  const { card, operator } = actor;
  return utf8(
    canonicalJson({ format: EVENT_FORMAT, seq, time, actor: { card, operator }, action, objects, details }),
  );
}

/** An event with its format. Strict: an unknown key is refused. */
export const eventSchema = z.strictObject({
  format: z.literal(EVENT_FORMAT),
  seq: z.int().min(FIRST_SEQ),
  time: z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null),
  actor: z.strictObject({
    card: z.string().refine(isSha256),
    operator: z
      .string()
      .max(200)
      .refine((s) => !/[\p{Cc}\p{Cs}]/u.test(s)),
  }),
  action: z.enum(EVENT_ACTIONS),
  objects: z.record(z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/), z.string().max(400)),
  // readJson has already established that it is JSON.
  details: z.custom<Json>((v) => v !== undefined),
});

/** An event is counts and ids; a longer one is refused unread. */
const MAX_EVENT_BYTES = 1024 * 1024;

/**
 * Reads an event that comes from outside, such as beside a proof.
 *
 * @param document names it in problems
 * @throws HandoverError JSON_…, FORMAT_UNKNOWN, FORMAT_SHAPE
 */
export function readEvent(bytes: Uint8Array, document: string): LoggedEvent {
  const value = readJson(bytes, { document, limit: MAX_EVENT_BYTES });
  const parsed = shaped(eventSchema, value);
  if (parsed.success) {
    const { format: _, ...event } = parsed.data;
    return event;
  }
  if (!isEventFormat(value)) return fail({ code: 'FORMAT_UNKNOWN', document, expected: EVENT_FORMAT });
  return fail({ code: 'FORMAT_SHAPE', document, path: parsed.error.issues[0]?.path.join('.') || '(event)' });
}

function isEventFormat(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === EVENT_FORMAT;
}
