import { hex } from '../../base/bytes.js';
import { fail } from '../../messages/error.js';
import { DecidedPairs, type PairDecision } from '../../policy/decided-pairs.js';
import type { SubjectMark } from '../../store/persons-rows.js';
import { otherNumbersOf } from '../session/decided.js';
import { isNoMark } from '../session/said-no.js';
import type { Session } from '../session/session.js';
import { findLateWords, type Released, releaseLateWords } from './late.js';
import { knownSubject } from './withdraw.js';

export interface DecideInput {
  /** Two customer numbers as in the file. */
  readonly first: string;
  readonly second: string;
  readonly decision: PairDecision;
  /** Of two persons, the number of the one who said what was noted for both while they were held to be one; null where nobody says. */
  readonly saidBy: string | null;
  readonly dryRun: boolean;
}

export interface DecideResult {
  /** Requests that were noted for both while they were held to be one, and count for both until somebody says whose they are. */
  readonly shared: number;
  /** Requests that count for one of the two alone from now. */
  readonly released: number;
  readonly late: Released;
}

const NOBODY: Released = { persons: 0, told: 0 };

/**
 * Notes what somebody found out about two customer numbers that look like one person (PIPL-8): one, or two. It is kept by tag, so that it
 * outlives every import; plans made before are stale; the last word on a pair counts.
 *
 * What was heard of the one for the other's sake ends with `two`. A request that came while both were held to be one is a no of whoever it may
 * be about, so it stays with both until somebody says whose it is.
 *
 * @throws HandoverError WRONG_ROLE, SUBJECT_UNKNOWN, SUBJECT_PAIR, SUBJECT_PAIR_WHOSE, SUBJECT_PAIR_THIRD
 */
export async function decidePair(session: Session, input: DecideInput): Promise<DecideResult> {
  const { decision } = input;
  const { read, info } = session.workspace;
  if (info.role !== 'seller') fail({ code: 'WRONG_ROLE', role: 'seller' });
  await session.keys();
  const [first, second] = [
    (await knownSubject(session, input.first)).own,
    (await knownSubject(session, input.second)).own,
  ];
  if (hex(first) === hex(second)) fail({ code: 'SUBJECT_PAIR' });
  const whose = input.saidBy === null ? null : (await knownSubject(session, input.saidBy)).own;
  if (whose !== null && (decision === 'one' || ![first, second].some((tag) => hex(tag) === hex(whose))))
    fail({ code: 'SUBJECT_PAIR_WHOSE' });
  const pairs = new DecidedPairs([...read.persons.decidedPairs(), { first, second, decision }]);
  // Being one passes on by a third number: a word that changes nothing would look as if it had.
  if (pairs.of(hex(first), hex(second)) !== decision) fail({ code: 'SUBJECT_PAIR_THIRD' });
  const other = whose === null ? null : hex(whose) === hex(first) ? second : first;
  const moving = whose === null || other === null ? [] : movingRequests(session, whose, other);
  const shared = decision === 'one' || whose !== null ? 0 : countShared(session, first, second);
  const counts = { shared, released: moving.length };
  if (input.dryRun) return { ...counts, late: NOBODY };
  const person = session.requireOperator();
  const concerned = new Map(
    [first, second].flatMap((tag) => [tag, ...otherNumbersOf(read, tag)]).map((tag) => [hex(tag), tag]),
  );
  session.record(
    { action: 'pair-decided', objects: { subject: hex(first), other: hex(second) }, details: { decision } },
    (write) => {
      write.persons.addDecidedPair({ first, second, decision, person, time: session.now });
      if (whose === null || other === null) return;
      for (const request of moving) {
        for (const mark of backTo(session, whose, request)) write.persons.addSubjectMark(mark);
        write.persons.releaseMarks(other, request, session.now);
      }
    },
  );
  const late = decision === 'one' ? NOBODY : await releaseLateWords(session, [...concerned.values()]);
  // Of one person a no under either number counts, also for whoever was handed over under the other.
  await findLateWords(session);
  return { ...counts, late };
}

/** How many requests count for both. */
function countShared({ workspace: { read } }: Session, first: Uint8Array, second: Uint8Array): number {
  const marks = read.persons.subjectMarks();
  const others = requestsOf(marks, second);
  return [...requestsOf(marks, first)].filter((request) => others.has(request)).length;
}

/** Requests that were noted for both and still count for the one who said nothing. */
function movingRequests(
  { workspace: { read } }: Session,
  whose: Uint8Array,
  other: Uint8Array,
): readonly string[] {
  const marks = read.persons.subjectMarks();
  const ever = requestsOf([...marks, ...read.persons.releasedMarks()], whose);
  return [...requestsOf(marks, other)].filter((request) => ever.has(request));
}

function requestsOf(marks: readonly SubjectMark[], tag: Uint8Array): ReadonlySet<string> {
  return new Set(
    marks
      .filter(isNoMark)
      .flatMap(({ tag: own, request }) => (request !== null && hex(own) === hex(tag) ? [request] : [])),
  );
}

/** The words of a request that had been taken from somebody whose they are after all. */
function backTo({ workspace: { read } }: Session, tag: Uint8Array, request: string): readonly SubjectMark[] {
  if (requestsOf(read.persons.subjectMarks(), tag).has(request)) return [];
  return read.persons
    .releasedMarks()
    .filter((mark) => mark.request === request && hex(mark.tag) === hex(tag));
}
