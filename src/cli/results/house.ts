import { z } from 'zod';
import { DRAFT_KINDS, PAPER_KINDS } from '../../messages/papers.js';
import { IDENTIFICATIONS, PEOPLE_ROLES } from '../../messages/people.js';
import { FOLLOWUP_KINDS } from '../../messages/followup-kinds.js';
import { closingClock, count, date, digest, instant, type ResultShape, text, uuid } from './parts.js';

const paper = {
  id: text,
  kind: z.enum(PAPER_KINDS),
  file: text,
  sha256: digest,
  bytes: count,
  signed: date,
  signer: text.nullable(),
  deal: text.nullable(),
  time: instant,
};

const person = {
  id: uuid,
  name: text,
  role: z.enum(PEOPLE_ROLES),
  since: date,
  gone: date.nullable(),
  contact: text.nullable(),
  uscc: text.nullable(),
  identified: z.enum(IDENTIFICATIONS).nullable(),
  promised: date.nullable(),
  paper: text.nullable(),
  trained: z.array(z.strictObject({ date, topic: z.string() })),
};

const task = {
  id: text,
  deal: text,
  kind: z.enum(FOLLOWUP_KINDS),
  counts: z.record(z.string(), z.number()),
  owner: text.nullable(),
  due: date,
  done: instant.nullable(),
  note: text.nullable(),
};

const feedbackKind = z.enum(['complaints', 'survey']);
const yesNo = z.strictObject({ yes: count, no: count, none: count });
const survey = z.strictObject({
  served: yesNo,
  satisfied: z.strictObject({ 1: count, 2: count, 3: count, 4: count, 5: count, none: count }),
  stays: yesNo,
});

const finding = {
  id: text,
  source: z.enum(['form', 'person']),
  about: text,
  text,
  owner: text.nullable(),
  due: date.nullable(),
  found: instant,
  seen: instant,
  closed: instant.nullable(),
  how: text.nullable(),
};
const round = z.strictObject({ time: instant, counts: z.record(z.string(), count) });
const trend = {
  last: round.nullable(),
  before: round.nullable(),
  new: count,
  standing: count,
  gone: count,
  findings: z.array(z.strictObject(finding)),
};

/** Papers, people, and what follows a handover. */
export const HOUSE_RESULTS = {
  'papers draft': {
    files: z.array(z.strictObject({ kind: z.enum(DRAFT_KINDS), path: text, blanks: count })),
    blanks: count,
  },
  'papers add': paper,
  'papers list': { papers: z.array(z.strictObject(paper)) },
  'papers copy': { ...paper, path: text },
  'people add': person,
  'people update': person,
  'feedback import': {
    kind: feedbackKind,
    rows: count,
    taken: count,
    unknown: z.array(count),
    survey: survey.nullable(),
  },
  'feedback list': {
    feedback: z.array(
      z.strictObject({
        id: uuid,
        kind: feedbackKind,
        file: text,
        sha256: digest,
        counts: z.record(z.string(), z.unknown()),
        time: instant,
      }),
    ),
  },
  'followup set': {
    deal: text,
    since: date,
    holders: count,
    fen: z.int(),
    sessions: z.number(),
    running: count,
    tasks: z.array(z.strictObject(task)),
  },
  'followup update': task,
  'followup note': { deal: text, clocks: z.array(closingClock) },
  'followup list': {
    overdue: count,
    tasks: z.array(z.strictObject(task)),
    clocks: z.array(closingClock.extend({ deal: text })),
  },
  'findings collect': trend,
  'findings add': finding,
  'findings update': finding,
  'findings list': trend,
  'people list': { people: z.array(z.strictObject(person)), unpromised: count, untrained: count },
} as const satisfies { readonly [name: string]: ResultShape };
