import { z } from 'zod';
import { EVIDENCE_GRADES } from '../../campaign/grades.js';
import { ANSWER_COLUMNS } from '../../dataset/answer-columns.js';
import { ROW_PROBLEMS } from '../../messages/answer-rows.js';
import { ANSWER_MEANINGS, TEACHABLE } from '../../messages/answer-words.js';
import { TEXT_KINDS } from '../../messages/campaign-text.js';
import { ANSWER_CHANNELS, CHANNELS, LEFT_OUT } from '../../messages/channels.js';
import { count, date, digest, instant, problems, type ResultShape, text, uuid } from './parts.js';

const persons = z.strictObject({
  asked: count,
  delivered: count,
  agreed: count,
  refused: count,
  silent: count,
  unreached: count,
});

/** Asking the customers. */
export const CAMPAIGN_RESULTS = {
  'campaign draft': {
    deal: text,
    text: digest,
    kind: z.enum(TEXT_KINDS),
    /** Whether the deal names this text: only answers to that one count. */
    in_deal: z.boolean(),
    problems,
    files: z.array(text),
    /** The whole short message, in the language of the screen. */
    sms: text,
  },
  'campaign batch': {
    deal: text,
    batch: uuid.nullable(),
    text: digest,
    channel: z.enum(CHANNELS),
    persons: count,
    reminded: count,
    left_out: z.partialRecord(z.enum(LEFT_OUT), z.int().min(1)),
    path: text,
    sha256: digest.nullable(),
  },
  'campaign import': {
    deal: text,
    /** Null where nothing was new. */
    dataset: uuid.nullable(),
    file: text,
    sha256: digest,
    channel: z.enum(ANSWER_CHANNELS),
    /** Which heading was read as what. */
    columns: z.partialRecord(z.enum(ANSWER_COLUMNS.map(({ name }) => name)), z.string()),
    /** rows = agreed + refused + contract_only + delivered + unreached + later + known + blank + not_taken. */
    rows: count,
    agreed: count,
    refused: count,
    doubtful: count,
    contract_only: count,
    contract_yes: count,
    contract_no: count,
    delivered: count,
    unreached: count,
    later: count,
    known: count,
    blank: count,
    not_taken: count,
    /** Of these, rows that say no and name nobody. */
    unread_noes: count,
    problems: z.partialRecord(z.enum(ROW_PROBLEMS), z.int().min(1)),
    rejects: text.nullable(),
  },
  'campaign status': {
    deal: text,
    text: digest,
    all: persons,
    by_channel: z.partialRecord(z.enum(CHANNELS), persons),
    by_day: z.array(z.strictObject({ day: date, asked: count, answers: count })),
    may_remind: count,
    silent_twice: count,
    next_channel: z.partialRecord(z.enum([...CHANNELS, 'none']), z.int().min(1)),
    objection: z
      .strictObject({
        open: count,
        last: date.nullable(),
        by_day: z.array(z.strictObject({ until: date, persons: count })),
      })
      .nullable(),
    records: z
      .strictObject({
        path: text,
        persons: count,
        grades: z.partialRecord(z.enum(EVIDENCE_GRADES), z.int().min(1)),
      })
      .nullable(),
  },
  'campaign words': {
    words: z.array(z.strictObject({ word: text, meaning: z.enum(ANSWER_MEANINGS) })),
    added: z.array(z.strictObject({ word: text, meaning: z.enum(TEACHABLE), person: text, time: instant })),
  },
} as const satisfies { readonly [name: string]: ResultShape };
