import type { Sha256 } from '../../base/crypto.js';
import { type CalendarDate, dayOf, type Instant } from '../../base/time.js';
import { textKindOf } from '../../campaign/facts.js';
import type { Terms } from '../../deal/terms.js';
import { type Channel, CHANNELS } from '../../messages/channels.js';
import { objectionUntil } from '../../policy/limits.js';
import type { Session } from '../session/session.js';
import { AskedBook, isUnreached, lastWord, type PersonBook, timesAsked } from './book.js';

/** Persons by their state, each counted once in each line. */
export interface CampaignCounts {
  asked: number;
  delivered: number;
  agreed: number;
  refused: number;
  silent: number;
  unreached: number;
}

export interface CampaignState {
  readonly terms: Terms;
  readonly text: Sha256;
  readonly all: Readonly<CampaignCounts>;
  readonly byChannel: Readonly<Partial<Record<Channel, Readonly<CampaignCounts>>>>;
  /** By day: how many were sent something, and how many answers came. */
  readonly byDay: readonly { readonly day: CalendarDate; readonly asked: number; readonly answers: number }[];
  /** Silent persons who may be reminded once more, and those who may not. */
  readonly mayRemind: number;
  readonly silentTwice: number;
  /** Whoever was not reached, by the channel that was not tried yet. */
  readonly nextChannel: Readonly<Partial<Record<Channel | 'none', number>>>;
  /** For a deal of which customers are told: who may still object, and until when; null where nobody may. */
  readonly objection: ObjectionClocks | null;
}

/** The time to object runs for each person from that person's own day. Whose it is, the list of a check says. */
interface ObjectionClocks {
  readonly open: number;
  readonly last: CalendarDate | null;
  /** By the last day on which they may object: how many persons. */
  readonly byDay: readonly { readonly until: CalendarDate; readonly persons: number }[];
}

/** The state of the campaign of a deal: the one source of its figures. */
export async function campaignState(session: Session, terms: Terms): Promise<CampaignState> {
  const book = await AskedBook.of(session, terms.id);
  const text = terms.notice.sha256;
  const all = nobody();
  const byChannel: Partial<Record<Channel, CampaignCounts>> = {};
  const days = new Map<CalendarDate, { asked: number; answers: number }>();
  const nextChannel: Partial<Record<Channel | 'none', number>> = {};
  const objecting: CalendarDate[] = [];
  let mayRemind = 0;
  let silentTwice = 0;
  for (const [, person] of book.persons) {
    const standing = standingOf(person);
    addDays(days, person);
    if (person.asked.length === 0) continue;
    for (const counts of [all, ...channelsOf(person, byChannel)]) count(counts, standing, person);
    if (standing === 'silent') {
      if (timesAsked(person, text) < 2) mayRemind++;
      else silentTwice++;
    }
    if (standing === 'unreached') {
      const next = untried(person);
      nextChannel[next] = (nextChannel[next] ?? 0) + 1;
    }
    const until = objectionUntil(terms, deliveredAt(terms, person));
    if (until !== null && until >= dayOf(session.now) && standing !== 'refused') objecting.push(until);
  }
  const byDay = [...days]
    .map(([day, counts]) => ({ day, ...counts }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const isTold = textKindOf(terms) === 'tell' && terms.notice.objection !== undefined;
  const objection = isTold ? clocksOf(objecting) : null;
  return { terms, text, all, byChannel, byDay, mayRemind, silentTwice, nextChannel, objection };
}

function clocksOf(ends: readonly CalendarDate[]): ObjectionClocks {
  const counts = new Map<CalendarDate, number>();
  for (const until of [...ends].sort()) counts.set(until, (counts.get(until) ?? 0) + 1);
  const byDay = [...counts].map(([until, persons]) => ({ until, persons }));
  return { open: ends.length, last: byDay.at(-1)?.until ?? null, byDay };
}

function nobody(): CampaignCounts {
  return { asked: 0, delivered: 0, agreed: 0, refused: 0, silent: 0, unreached: 0 };
}

type Standing = 'agreed' | 'refused' | 'unreached' | 'silent';

function standingOf(person: PersonBook): Standing {
  const word = lastWord(person, 'data');
  if (word !== null) return word.what === 'yes' ? 'agreed' : 'refused';
  return isUnreached(person) ? 'unreached' : 'silent';
}

function count(counts: CampaignCounts, standing: Standing, { heard }: PersonBook): void {
  counts.asked++;
  counts[standing]++;
  if (heard.some(({ what }) => what === 'delivered')) counts.delivered++;
}

/** The counts of each channel by which a person was asked. */
function channelsOf(
  { asked }: PersonBook,
  byChannel: Partial<Record<Channel, CampaignCounts>>,
): readonly CampaignCounts[] {
  return [...new Set(asked.map(({ channel }) => channel))].map((channel) => {
    const counts = byChannel[channel] ?? nobody();
    byChannel[channel] = counts;
    return counts;
  });
}

function addDays(
  days: Map<CalendarDate, { asked: number; answers: number }>,
  { asked, heard }: PersonBook,
): void {
  const on = (at: Instant): { asked: number; answers: number } => {
    const day = dayOf(at);
    const known = days.get(day) ?? { asked: 0, answers: 0 };
    days.set(day, known);
    return known;
  };
  for (const { at } of asked) on(at).asked++;
  for (const { what, at } of heard) if ((what === 'yes' || what === 'no') && at !== '') on(at).answers++;
}

/** The first channel by which a person was not asked yet. */
function untried({ asked }: PersonBook): Channel | 'none' {
  return CHANNELS.find((channel) => !asked.some((each) => each.channel === channel)) ?? 'none';
}

/** When the text of the deal reached a person, as the first report of its delivery says; ''. */
function deliveredAt({ notice }: Terms, { heard }: PersonBook): Instant | '' {
  return heard.find(({ what, text }) => what === 'delivered' && text === notice.sha256)?.at ?? '';
}
