import { z } from 'zod';
import { type CalendarDate, dayOf, readDate } from '../../base/time.js';
import { howToRead } from '../../base/shape.js';
import { readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { versionsOf } from '../../deal/versions.js';
import { newestOf } from '../../policy/pack.js';
import { type ClosingFacts, type DutyClock, dutyClocks, SAID_DAYS } from '../../retention/duty-clocks.js';
import type { Reader } from '../../store/reader.js';
import { latestDay, viewClock } from '../session/clock.js';
import type { Session } from '../session/session.js';

/** What the closing of one deal set going for this party. */
export interface DealClocks {
  readonly deal: string;
  readonly effective: CalendarDate;
  readonly clocks: readonly DutyClock[];
}

/**
 * The clocks of every deal that both parties signed and nobody aborted. The one source of status, the retention calendar and the report.
 * Deadlines bind by law and not by the deal, so they are those of the newest version of the pack, whichever was signed. Opens no keys.
 */
export function closingClocks(session: Session): readonly DealClocks[] {
  const { info, read } = session.workspace;
  const today = latestDay(session, viewClock(session));
  return agreedDeals(read).flatMap((terms) => {
    const pack = newestOf(terms.policy.pack);
    if (pack === undefined) return [];
    const facts = closingFacts(read, terms.id);
    const { id: deal, effective } = terms;
    return [{ deal, effective, clocks: dutyClocks(terms, pack, { role: info.role, facts, today }) }];
  });
}

/** The terms in force of each deal that is in force, oldest first. */
function agreedDeals(read: Reader): readonly Terms[] {
  const ids = [...new Set(read.deals().map(({ id }) => id))];
  return ids.flatMap((id) => {
    const standing = versionsOf(read.wordings(id)).at(-1);
    const stored = standing === undefined ? undefined : read.deal(standing.digest);
    return stored === undefined || read.dealEnd(stored.digest) !== undefined
      ? []
      : [readDealJson(stored.bytes)];
  });
}

const date = z.custom<CalendarDate>((v) => typeof v === 'string' && readDate(v) !== null);
const noted = z.union([
  z.object({ deal: z.string(), day: z.enum(SAID_DAYS), on: date }),
  z.object({ deal: z.string(), done: z.string(), on: date, note: z.string().nullable() }),
]);

/** What was said of a deal, from the log: the last word on each. A supervision that the follow-up has as done is done. */
function closingFacts(read: Reader, deal: string): ClosingFacts {
  const days: Partial<Record<(typeof SAID_DAYS)[number], CalendarDate>> = {};
  const done = new Map<string, { on: CalendarDate; note: string | null }>();
  for (const { kind, deal: of, done: time, note } of read.house.followups()) {
    const [, after] = /^day-(\d+)$/.exec(kind) ?? [];
    if (of === deal && time !== null && after !== undefined)
      done.set(`supervision-${after}`, { on: dayOf(time), note });
  }
  for (const { action, details } of read.log.events()) {
    if (action !== 'closing-noted') continue;
    const said = noted.safeParse(details, howToRead());
    if (!said.success || said.data.deal !== deal) continue;
    const { data } = said;
    if ('day' in data) days[data.day] = data.on;
    else done.set(data.done, { on: data.on, note: data.note });
  }
  return { days, done };
}
