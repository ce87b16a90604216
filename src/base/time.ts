import { Temporal } from 'temporal-polyfill';
import type { Brand } from './brand.js';

/** An instant as RFC 3339 UTC with whole seconds: `2026-11-20T08:00:00Z`. */
export type Instant = Brand<string, 'Instant'>;

/** A calendar date, `2026-11-20`, read in Asia/Shanghai unless said otherwise. */
export type CalendarDate = Brand<string, 'CalendarDate'>;

/** An ISO 8601 calendar duration of years, months, weeks and days: `P3Y`, `P30D`. */
export type Duration = Brand<string, 'Duration'>;

/** The zone in which the users' dates are meant: mainland China keeps one. */
export const ZONE = 'Asia/Shanghai';

export function instantOf(date: Date): Instant {
  return `${date.toISOString().slice(0, 19)}Z` as Instant;
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
  return Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate().toString() as CalendarDate;
}

/**
 * A date plus a calendar duration; the end of a month is kept within the month (2024-02-29 + P1Y = 2025-02-28).
 */
export function addDuration(date: CalendarDate, duration: Duration): CalendarDate {
  return Temporal.PlainDate.from(date).add(Temporal.Duration.from(duration)).toString() as CalendarDate;
}

/** A date minus a calendar duration, with the same rule for the end of a month. */
export function subtractDuration(date: CalendarDate, duration: Duration): CalendarDate {
  return Temporal.PlainDate.from(date).subtract(Temporal.Duration.from(duration)).toString() as CalendarDate;
}

/** The instant at which a day begins in Asia/Shanghai. */
export function startOf(date: CalendarDate): Instant {
  const begin = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: ZONE }).toInstant();
  return instantOf(new Date(begin.epochMilliseconds));
}

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
