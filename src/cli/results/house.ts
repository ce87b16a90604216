import { z } from 'zod';
import { DRAFT_KINDS, PAPER_KINDS } from '../../messages/papers.js';
import { IDENTIFICATIONS, PEOPLE_ROLES } from '../../messages/people.js';
import { count, date, digest, instant, type ResultShape, text, uuid } from './parts.js';

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

/** Papers, people, and what follows a handover. */
export const HOUSE = {
  'papers draft': {
    files: z.array(z.strictObject({ kind: z.enum(DRAFT_KINDS), path: text, blanks: count })),
    blanks: count,
  },
  'papers add': paper,
  'papers list': { papers: z.array(z.strictObject(paper)) },
  'papers copy': { ...paper, path: text },
  'people add': person,
  'people update': person,
  'people list': { people: z.array(z.strictObject(person)), unpromised: count, untrained: count },
} as const satisfies { readonly [name: string]: ResultShape };
