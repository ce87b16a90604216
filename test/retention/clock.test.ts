import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOCK_TOLERANCE, type Instant, instantOf, secondsBetween } from '../../src/base/time.js';
import { CLOCK_LEAP_DAYS, type ClockEvent, checkClock } from '../../src/retention/clock.js';

const at = (text: string): Instant => instantOf(new Date(text));
const event = (text: string, confirmed = false): ClockEvent => ({ time: at(text), confirmed });
const later = (time: Instant, seconds: number): Instant =>
  instantOf(new Date(Date.parse(time) + seconds * 1000));

const DAY = 86_400;

describe('clockOf', () => {
  it.each([
    ['a workspace without events', [], [], '2026-11-20T08:00:00Z', 'sound', 'log'],
    ['the same second', ['2026-11-20T08:00:00Z'], [], '2026-11-20T08:00:00Z', 'sound', 'log'],
    ['ten minutes behind', ['2026-11-20T08:10:00Z'], [], '2026-11-20T08:00:00Z', 'sound', 'log'],
    ['a second more', ['2026-11-20T08:10:01Z'], [], '2026-11-20T08:00:00Z', 'behind', 'log'],
    ['180 days of silence', ['2026-01-01T00:00:00Z'], [], '2026-06-30T00:00:00Z', 'sound', 'log'],
    ['a second more', ['2026-01-01T00:00:00Z'], [], '2026-06-30T00:00:01Z', 'ahead', 'log'],
    [
      'a receipt of last week after a year of silence',
      ['2025-11-01T00:00:00Z'],
      ['2026-11-13T00:00:00Z'],
      '2026-11-20T00:00:00Z',
      'sound',
      'document',
    ],
    [
      'a receipt of tomorrow',
      ['2026-11-19T00:00:00Z'],
      ['2026-11-21T00:00:00Z'],
      '2026-11-20T00:00:00Z',
      'behind',
      'document',
    ],
    [
      'one command under a clock of another decade, before it was put right',
      ['2026-11-18T00:00:00Z', '2036-11-19T00:00:00Z', '2026-11-19T00:00:00Z'],
      [],
      '2026-11-20T00:00:00Z',
      'sound',
      'log',
    ],
    [
      'one command does not make the other decade true',
      ['2026-11-18T00:00:00Z', '2036-11-19T00:00:00Z'],
      [],
      '2036-11-19T00:01:00Z',
      'ahead',
      'log',
    ],
    [
      'the log written on under a clock that was set back',
      ['2026-11-18T00:00:00Z', '2026-11-01T00:00:00Z'],
      [],
      '2026-11-01T00:05:00Z',
      'behind',
      'log',
    ],
    [
      'a document of the very second of the last event',
      ['2026-11-19T00:00:00Z'],
      ['2026-11-19T00:00:00Z'],
      '2026-11-20T00:00:00Z',
      'sound',
      'log',
    ],
    [
      'an event after 180 days of silence is believed',
      ['2026-01-01T00:00:00Z', '2026-06-30T00:00:00Z'],
      [],
      '2026-12-27T00:00:00Z',
      'sound',
      'log',
    ],
    [
      'an event a second later is not',
      ['2026-01-01T00:00:00Z', '2026-06-30T00:00:01Z'],
      [],
      '2026-12-27T00:00:00Z',
      'ahead',
      'log',
    ],
  ] as const)('%s', (_, events, documents, now, state, by) => {
    const clock = checkClock({
      now: at(now),
      events: events.map((time) => event(time)),
      documents: documents.map(at),
    });
    expect([clock.state, clock.by]).toEqual([state, by]);
  });

  it('knows nothing in a workspace without events and documents', () => {
    expect(checkClock({ now: at('2026-11-20T08:00:00Z'), events: [], documents: [] })).toEqual({
      state: 'sound',
      known: null,
      by: 'log',
      days: 0,
    });
  });

  it('believes a leap once a person confirmed it', () => {
    const events = [event('2026-01-01T00:00:00Z'), event('2027-01-01T00:00:00Z', true)];
    expect(checkClock({ now: at('2027-03-01T00:00:00Z'), events, documents: [] })).toEqual({
      state: 'sound',
      known: at('2027-01-01T00:00:00Z'),
      by: 'log',
      days: 59,
    });
  });

  const start = at('2026-01-01T00:00:00Z');
  const events = fc.array(fc.integer({ min: 0, max: 200 * DAY }), { maxLength: 20 }).map((gaps) => {
    let offset = 0;
    return [0, ...gaps].map((gap): ClockEvent => {
      offset += gap;
      return { time: later(start, offset), confirmed: false };
    });
  });

  it('is sound exactly between a little before and half a year after what is known', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: -400 * DAY, max: 800 * DAY }), (log, offset) => {
        const now = later(start, offset);
        const { state, known } = checkClock({ now, events: log, documents: [] });
        const ahead = secondsBetween(known ?? now, now);
        expect(state).toBe(
          ahead < -CLOCK_TOLERANCE ? 'behind' : ahead > CLOCK_LEAP_DAYS * DAY ? 'ahead' : 'sound',
        );
      }),
    );
  });

  it('says the same whatever single wild time stands in the log', () => {
    fc.assert(
      fc.property(
        events,
        fc.nat(19),
        fc.integer({ min: 8000, max: 30_000 }),
        fc.nat(900 * DAY),
        (log, place, days, offset) => {
          const wild = { time: later(start, days * DAY), confirmed: false };
          const at = 1 + (place % log.length);
          const now = later(start, offset);
          const without = checkClock({ now, events: log, documents: [] });
          expect(
            checkClock({ now, events: [...log.slice(0, at), wild, ...log.slice(at)], documents: [] }),
          ).toEqual(without);
        },
      ),
    );
  });

  it('never becomes behind by time passing, nor ahead by working', () => {
    fc.assert(
      fc.property(
        events,
        fc.integer({ min: -DAY, max: 500 * DAY }),
        fc.nat(100 * DAY),
        (log, offset, pause) => {
          const now = later(start, offset);
          const facts = { events: log, documents: [] };
          if (checkClock({ ...facts, now }).state !== 'behind')
            expect(checkClock({ ...facts, now: later(now, pause) }).state).not.toBe('behind');
          if (checkClock({ ...facts, now }).state !== 'sound') return;
          const worked = [...log, { time: now, confirmed: false }];
          expect(checkClock({ events: worked, documents: [], now: later(now, pause) }).state).toBe('sound');
        },
      ),
    );
  });
});
