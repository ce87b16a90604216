/** The clock of the users is that of China, which has had no summer time since 1991. */
const AHEAD_MS = 8 * 60 * 60 * 1000;

/**
 * An instant in a sentence as the users' clock showed it, to the minute: `2026-11-20 16:00` for `2026-11-20T08:00:00Z`. A parameter that is
 * no instant, such as a day, stays as it is.
 */
export function clockTime(text: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z$/.test(text)) return text;
  return new Date(Date.parse(text) + AHEAD_MS).toISOString().slice(0, 16).replace('T', ' ');
}
