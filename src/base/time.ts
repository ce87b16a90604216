import { Temporal } from 'temporal-polyfill';
import type { Brand } from './brand.js';

/** An instant as RFC 3339 UTC with whole seconds: `2026-11-20T08:00:00Z`. */
export type Instant = Brand<string, 'Instant'>;

/** A calendar date, `2026-11-20`, read in Asia/Shanghai unless said otherwise. */
export type CalendarDate = Brand<string, 'CalendarDate'>;

/** An ISO 8601 calendar duration of years, months, weeks and days: `P3Y`, `P30D`. */
export type Duration = Brand<string, 'Duration'>;

/** The zone in which the users' dates are meant: mainland China keeps one. */
const ZONE = 'Asia/Shanghai';

/** Years have four digits here: what lies beyond is the first or the last moment that can be written. */
const FIRST_DAY = '0000-01-01' as CalendarDate;
const LAST_DAY = '9999-12-31' as CalendarDate;

/** A time to the second, in UTC. What is beyond the years that have four digits becomes the first or the last of them. */
export function instantOf(date: Date): Instant {
  const text = date.toISOString();
  if (text.startsWith('+')) return `${LAST_DAY}T23:59:59Z` as Instant;
  if (text.startsWith('-')) return `${FIRST_DAY}T00:00:00Z` as Instant;
  return `${text.slice(0, 19)}Z` as Instant;
}

/** ISO 8601 writes years beyond four digits with a sign. */
function written(iso: string): CalendarDate {
  if (iso.startsWith('+')) return LAST_DAY;
  return iso.startsWith('-') ? FIRST_DAY : (iso.slice(0, 10) as CalendarDate);
}

/** Reads an RFC 3339 UTC instant exactly as this product writes it, or returns null. */
export function readInstant(text: string): Instant | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return null;
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && instantOf(date) === text ? (text as Instant) : null;
}

/** Reads `YYYY-MM-DD` if such a day exists, or returns null. */
export function readDate(text: string): CalendarDate | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? (text as CalendarDate) : null;
}

/** Reads a calendar duration without a time part, longer than zero, or returns null. */
export function readDuration(text: string): Duration | null {
  if (!/^P(?=\d)(\d{1,3}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,5}D)?$/.test(text) || !/[1-9]/.test(text)) return null;
  return text as Duration;
}

/** The calendar day in Asia/Shanghai at an instant. */
export function dayOf(instant: Instant): CalendarDate {
  return written(localIso(instant));
}

/** The clock of Asia/Shanghai at an instant, to the minute: `16:05`. */
export function timeOfDay(instant: Instant): string {
  return localIso(instant).split('T')[1]?.slice(0, 5) ?? '';
}

/** Date and clock without an offset. */
function localIso(instant: Instant): string {
  // The zone has been UTC+8 since its last summer time, of 1991. Asking for it costs the first asker a fiftieth of a second.
  if (instant >= UTC8_SINCE) return new Date(Date.parse(instant) + UTC8_MS).toISOString();
  return Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDateTime().toString();
}

const UTC8_SINCE = '1992';
const UTC8_MS = 8 * 3_600_000;

/**
 * A date plus a calendar duration; the end of a month is kept within the month (2024-02-29 + P1Y = 2025-02-28), and the last day that can be
 * written is the latest.
 */
export function addDuration(date: CalendarDate, duration: Duration): CalendarDate {
  return written(Temporal.PlainDate.from(date).add(Temporal.Duration.from(duration)).toString());
}

/** A date minus a calendar duration, with the same rule for the end of a month. */
export function subtractDuration(date: CalendarDate, duration: Duration): CalendarDate {
  return written(Temporal.PlainDate.from(date).subtract(Temporal.Duration.from(duration)).toString());
}

/** The instant at which a day begins in Asia/Shanghai. */
export function startOf(date: CalendarDate): Instant {
  if (date >= UTC8_SINCE) return instantOf(new Date(Date.parse(`${date}T00:00:00Z`) - UTC8_MS));
  const begin = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: ZONE }).toInstant();
  return instantOf(new Date(begin.epochMilliseconds));
}

/** An instant some hours later. */
export function addHours(instant: Instant, hours: number): Instant {
  return instantOf(new Date(Date.parse(instant) + hours * 3_600_000));
}

/** Whole minutes from one instant to another, rounded towards the earlier one; negative if `to` comes first. */
export function minutesBetween(from: Instant, to: Instant): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
}

/**
 * Reads a moment as a person writes it: `2026-11-20 16:00` or `2026-11-20T16:00` on the clock of Asia/Shanghai, the same with seconds, with
 * an offset (`+08:00`, `Z`), or a day alone, which is its first second. Null for anything else, and for times that do not exist.
 */
export function readMoment(text: string): Instant | null {
  const [, day = '', clock, offset] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  const date = readDate(day);
  if (date === null) return null;
  if (clock === undefined) return startOf(date);
  try {
    const instant =
      offset === undefined
        ? Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(ZONE).toInstant()
        : Temporal.Instant.from(`${day}T${clock}${offset}`);
    return instantOf(new Date(instant.epochMilliseconds));
  } catch (error) {
    // A 25th hour, an offset beyond a day.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** So much may two honest clocks differ, and one clock be put right, in seconds. */
export const CLOCK_TOLERANCE = 600;

/** Seconds from one instant to another; negative if the second is earlier. */
export function secondsBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

/** Calendar days from one date to another; negative if the second is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}

/** The day after. */
export function nextDay(date: CalendarDate): CalendarDate {
  return addDuration(date, ONE_DAY);
}

const ONE_DAY = 'P1D' as Duration;
