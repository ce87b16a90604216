import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { readDate, readInstant } from '../../src/base/time.js';
import { calendarFile, type DayEvent } from '../../src/report/ics.js';
import { Firms } from '../kit/firms.js';

/** A strict reader of the part of RFC 5545 that a calendar of whole days needs. Anything else is a fault. */
function read(text: string): readonly ReadonlyMap<string, string>[] {
  if (!text.endsWith('\r\n')) throw new Error('the last line does not end');
  if (/[^\r]\n|\r(?!\n)/.test(text)) throw new Error('a line that does not end with CRLF');
  const physical = text.slice(0, -2).split('\r\n');
  for (const line of physical)
    if (Buffer.byteLength(line) > 75) throw new Error(`a line of ${Buffer.byteLength(line)} octets`);
  const lines: string[] = [];
  for (const line of physical) {
    if (!line.startsWith(' ')) lines.push(line);
    else lines.push((lines.pop() ?? '') + line.slice(1));
  }
  const open: string[] = [];
  const events: Map<string, string>[] = [];
  for (const line of lines) {
    const [, name = '', value = ''] =
      /^([A-Z-]+(?:;VALUE=DATE)?):([^\u0000-\u0008\u000a-\u001f\u007f]*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no property: ${line}`);
    if (name === 'BEGIN') {
      if (value === 'VEVENT') events.push(new Map());
      open.push(value);
    } else if (name === 'END') {
      if (open.pop() !== value) throw new Error(`END:${value} is out of place`);
    } else if (open.at(-1) === 'VEVENT') {
      if (events.at(-1)?.has(name) === true) throw new Error(`${name} twice`);
      events.at(-1)?.set(name, value);
    }
  }
  if (open.length > 0) throw new Error('something is not ended');
  if (
    lines[0] !== 'BEGIN:VCALENDAR' ||
    !lines.includes('VERSION:2.0') ||
    !lines.some((l) => l.startsWith('PRODID:'))
  )
    throw new Error('no calendar');
  for (const event of events) {
    for (const name of ['UID', 'DTSTAMP', 'DTSTART;VALUE=DATE', 'SUMMARY'])
      if (!event.has(name)) throw new Error(`${name} is missing`);
    if (!/^\d{8}T\d{6}Z$/.test(event.get('DTSTAMP') ?? '')) throw new Error('DTSTAMP');
    if (!/^\d{8}$/.test(event.get('DTSTART;VALUE=DATE') ?? '')) throw new Error('DTSTART');
    for (const name of ['SUMMARY', 'DESCRIPTION'])
      if (/(?<!\\)(?:\\\\)*[;,]|(?<!\\)(?:\\\\)*\\(?![\\;,nN])/.test(event.get(name) ?? ''))
        throw new Error(`${name} is not escaped`);
  }
  if (new Set(events.map((event) => event.get('UID'))).size !== events.length) throw new Error('an id twice');
  return events;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));
}

const made = readInstant('2026-11-20T04:00:00Z');
const date = readDate('2026-12-31');
if (made === null || date === null) throw new Error('no dates');
const event = (summary: string): DayEvent => ({ uid: 'a@handover.invalid', date, summary, description: 'd' });

describe('a calendar file', () => {
  it('brings every text back, however it is folded and escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const [found] = read(calendarFile([event(text)], made));
        const kept = text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '');
        expect(unescaped(found?.get('SUMMARY') ?? '')).toBe(kept);
      }),
      { numRuns: 300 },
    );
  });

  it('has a day that ends on the next, over the end of a year', () => {
    const [found] = read(calendarFile([event('x')], made));
    expect(found?.get('DTSTART;VALUE=DATE')).toBe('20261231');
    expect(found?.get('DTEND;VALUE=DATE')).toBe('20270101');
    expect(found?.get('DTSTAMP')).toBe('20261120T040000Z');
  });

  it('is a calendar with nothing in it where nothing is known', () => {
    expect(read(calendarFile([], made))).toEqual([]);
  });
});

describe('retention list --ics', () => {
  let firms: Firms;
  beforeAll(async () => {
    firms = await Firms.withDeal();
  });
  afterAll(() => firms.remove());

  it('writes what the screen says, without the names of files, and the same ids again', async () => {
    const write = async (name: string) => {
      const { document } = await firms.done(
        'retention',
        'list',
        '--ics',
        firms.path(name),
        '--workspace',
        'jia',
      );
      return { document, events: read(readFileSync(firms.path(name), 'utf8')) };
    };
    const first = await write('a.ics');
    const { calendar } = first.document as { calendar: { date: string }[] };
    expect(first.events.length).toBeGreaterThan(0);
    expect(first.events.map((each) => each.get('DTSTART;VALUE=DATE'))).toEqual(
      calendar.map((entry) => entry.date.replaceAll('-', '')),
    );
    const ids = (events: readonly ReadonlyMap<string, string>[]) => events.map((each) => each.get('UID'));
    expect(ids((await write('b.ics')).events)).toEqual(ids(first.events));
    const again = await firms.run('retention', 'list', '--ics', firms.path('a.ics'), '--workspace', 'jia');
    expect(again.exit).toBe(2);
  });
});
