import { utf8 } from '../base/bytes.js';
import { type CalendarDate, type Instant, nextDay } from '../base/time.js';

/** A whole day of a calendar. */
export interface DayEvent {
  /** Stays the same when the file is written again, so that a calendar changes the entry and does not add one. ASCII. */
  readonly uid: string;
  readonly date: CalendarDate;
  readonly summary: string;
  readonly description: string;
}

/** Octets of a line before it is folded (RFC 5545, 3.1). */
const WIDTH = 75;
/** A calendar says it this long before: time enough to plan a purge and have it approved. */
const ALARM = '-P7D';

/**
 * Days as an iCalendar file (RFC 5545), which telephones and office programs read: one event without a time for each, with a reminder a week
 * before. A day is a day wherever it is read, so no time zone is named.
 *
 * @param made stamps each event (DTSTAMP)
 */
export function calendarFile(events: readonly DayEvent[], made: Instant): string {
  const stamp = `${made.slice(0, 19).replace(/[-:]/g, '')}Z`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//handover//retention//EN',
    'CALSCALE:GREGORIAN',
    ...events.flatMap(({ uid, date, summary, description }) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${compact(date)}`,
      `DTEND;VALUE=DATE:${compact(nextDay(date))}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(description)}`,
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escaped(summary)}`,
      `TRIGGER:${ALARM}`,
      'END:VALARM',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function compact(date: CalendarDate): string {
  return date.replaceAll('-', '');
}

/** RFC 5545, 3.3.11. Control characters have no escape and are left out. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?|\n/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '')
    .replace(/[\\;,]/g, (c) => `\\${c}`)
    .replaceAll('\n', '\\n');
}

/** Long lines go on after a line break and a space, never within a character. */
function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const character of line) {
    const width = utf8(character).length;
    if (octets + width > WIDTH) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += width;
  }
  return text;
}
