import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarDate, readDate } from '../../src/base/time.js';
import { type DispositionFacts, dispositionOf } from '../../src/retention/disposition.js';

const today = day('2026-11-25');

function day(text: string): CalendarDate {
  const date = readDate(text);
  if (date === null) throw new Error(text);
  return date;
}

function facts(more: Partial<DispositionFacts>): DispositionFacts {
  return { end: null, asked: false, held: false, frozenUntil: null, ...more };
}

describe('fateOf', () => {
  it.each([
    ['no clock runs', {}, 'stays'],
    ['the last day is tomorrow', { end: day('2026-11-26') }, 'stays'],
    ['today is the last day', { end: today }, 'stays'],
    ['the last day was yesterday', { end: day('2026-11-24') }, 'purge'],
    ['asked for, though its time is not over', { end: day('2030-01-01'), asked: true }, 'purge'],
    ['due and held', { end: day('2026-11-24'), held: true }, 'held'],
    ['asked for and held', { asked: true, held: true }, 'held'],
    ['due, and a statutory period runs to the end of today', { asked: true, frozenUntil: today }, 'frozen'],
    ['due, and the statutory period is over', { asked: true, frozenUntil: day('2026-11-24') }, 'purge'],
    ['held and frozen', { asked: true, held: true, frozenUntil: day('2030-01-01') }, 'held'],
    ['held, but not due', { held: true }, 'stays'],
  ] as const)('%s', (_, more, disposition) => {
    expect(dispositionOf(facts(more), today)).toBe(disposition);
  });

  it('never purges what is held, or frozen still', () => {
    const date = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
      .map((d) => day(d.toISOString().slice(0, 10)));
    fc.assert(
      fc.property(
        fc.record({
          end: fc.option(date),
          asked: fc.boolean(),
          held: fc.boolean(),
          frozenUntil: fc.option(date),
        }),
        date,
        (given, now) => {
          const disposition = dispositionOf(given, now);
          if (disposition !== 'purge') return;
          expect(given.held).toBe(false);
          expect(given.frozenUntil === null || given.frozenUntil < now).toBe(true);
          expect(given.asked || (given.end !== null && given.end < now)).toBe(true);
        },
      ),
    );
  });
});
