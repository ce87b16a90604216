import { uuidv7 } from '../../base/crypto.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { isUscc } from '../../dataset/uscc.js';
import { fail } from '../../messages/error.js';
import type { Identification, PeopleRole } from '../../messages/people.js';
import { cleanName, cleanReason } from '../../policy/reason.js';
import type { PersonFacts, StoredPerson } from '../../store/house-rows.js';
import type { Session } from '../session/session.js';
import { paperOf, requirePast } from './papers.js';

export interface PersonInput {
  readonly name: string;
  readonly role: PeopleRole;
  readonly since: CalendarDate | null;
  readonly contact: string | null;
  readonly uscc: string | null;
  readonly identified: Identification | null;
  readonly dryRun: boolean;
}

/** What is said of somebody who is in the register; null where nothing is. */
export interface PersonUpdate {
  /** Name or id. */
  readonly who: string;
  readonly promised: CalendarDate | null;
  /** Id of the signed promise or contract. */
  readonly paper: string | null;
  readonly trained: CalendarDate | null;
  readonly topic: string | null;
  readonly contact: string | null;
  readonly identified: Identification | null;
  readonly gone: CalendarDate | null;
  readonly dryRun: boolean;
}

/** Roles of outsiders: who they are has to be made sure (DSL-33, PIPL-21). */
const OUTSIDERS: readonly PeopleRole[] = ['broker', 'entrusted'];

/**
 * Puts somebody into the register of those who have to do with customers' data.
 *
 * @throws HandoverError PEOPLE_KNOWN, PEOPLE_UNIDENTIFIED, PEOPLE_USCC, REASON_SHAPE, HOUSE_DATE
 */
export async function addPerson(session: Session, input: PersonInput): Promise<StoredPerson> {
  const { role, uscc, identified, dryRun } = input;
  const name = cleanName(input.name);
  const today = dayOf(session.now);
  const since = input.since ?? today;
  requirePast(since, today);
  if (present(session).some((person) => person.name === name && person.role === role))
    fail({ code: 'PEOPLE_KNOWN', name });
  if (OUTSIDERS.includes(role) && identified === null) fail({ code: 'PEOPLE_UNIDENTIFIED', name });
  if (uscc !== null && !isUscc(uscc)) fail({ code: 'PEOPLE_USCC' });
  const contact = input.contact === null ? null : cleanName(input.contact);
  const facts: PersonFacts = { contact, uscc, identified, promised: null, paper: null, trained: [] };
  const id = uuidv7(Date.parse(session.now), session.runtime.random);
  const person: StoredPerson = { id, name, role, facts, since, gone: null };
  if (dryRun) return person;
  await session.keys();
  session.record({ action: 'people-added', objects: { people: id }, details: { role, since } }, (write) =>
    write.house.addPerson(person),
  );
  return person;
}

/**
 * Notes a promise, a training, a change or the day on which somebody left.
 *
 * @throws HandoverError PEOPLE_UNKNOWN, PEOPLE_NOTHING, PAPER_UNKNOWN, REASON_SHAPE, REASON_PERSONAL_DATA, HOUSE_DATE
 */
export async function updatePerson(session: Session, update: PersonUpdate): Promise<StoredPerson> {
  const person = findPerson(session, update.who);
  const today = dayOf(session.now);
  const { trained, gone, identified } = update;
  const paper = update.paper === null ? null : paperOf(session, update.paper);
  // The paper says when it was signed.
  const promised = update.promised ?? paper?.signed ?? null;
  const topic = update.topic === null ? null : cleanReason(update.topic);
  const contact = update.contact === null ? null : cleanName(update.contact);
  if (topic !== null && trained === null) fail({ code: 'PEOPLE_TOPIC_UNDATED' });
  for (const day of [promised, trained, gone]) if (day !== null) requirePast(day, today);
  if ([promised, paper, trained, contact, gone, identified].every((said) => said === null))
    fail({ code: 'PEOPLE_NOTHING' });
  const { facts } = person;
  const trainings = trained === null ? [] : [{ date: trained, topic: topic ?? '' }];
  const changed: StoredPerson = {
    ...person,
    facts: {
      ...facts,
      contact: contact ?? facts.contact,
      identified: identified ?? facts.identified,
      promised: promised ?? facts.promised,
      paper: paper?.id ?? facts.paper,
      trained: [...facts.trained, ...trainings].sort((a, b) => (a.date < b.date ? -1 : 1)),
    },
    gone: gone ?? person.gone,
  };
  if (update.dryRun) return changed;
  await session.keys();
  const details = {
    ...(promised === null ? {} : { promised }),
    ...(paper === null ? {} : { paper: paper.id }),
    ...(trained === null ? {} : { trained }),
    ...(gone === null ? {} : { gone }),
  };
  session.record({ action: 'people-updated', objects: { people: person.id }, details }, (write) =>
    write.house.setPerson(changed),
  );
  return changed;
}

/** Those who are there: nobody who left. */
function present(session: Session): readonly StoredPerson[] {
  return session.workspace.read.house.people().filter((person) => person.gone === null);
}

/** Somebody who is there, by name, by id or by its end. @throws HandoverError PEOPLE_UNKNOWN */
function findPerson(session: Session, who: string): StoredPerson {
  const named = who.normalize('NFC').trim();
  const [person, ...more] = present(session).filter(
    ({ id, name }) => name === named || id === named || (named.length >= 8 && id.endsWith(named)),
  );
  return person === undefined || more.length > 0
    ? fail({ code: 'PEOPLE_UNKNOWN', name: named, several: more.length > 0 })
    : person;
}
