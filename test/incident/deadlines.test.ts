import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addHours, instantOf } from '../../src/base/time.js';
import {
  deadlinesOf,
  type IncidentDuty,
  isLate,
  nextDeadline,
  openDuties,
} from '../../src/incident/deadlines.js';
import { GRADES, type IncidentFacts } from '../../src/incident/facts.js';
import { gradeByHeads, gradeOf } from '../../src/incident/grade.js';
import { at, BUNDLE, incident, SCOPE, told } from './sample.js';

const clock = (of: ReturnType<typeof incident>, duty: IncidentDuty) =>
  deadlinesOf(of).find((each) => each.duty === duty);
const persons = (count: number): Partial<IncidentFacts> => ({ scope: { ...SCOPE, persons: count } });

describe('grades by head count', () => {
  test.each([
    [0, 'general'],
    [999_999, 'general'],
    [1_000_000, 'larger'],
    [9_999_999, 'larger'],
    [10_000_000, 'major'],
    [99_999_999, 'major'],
    [100_000_000, 'extraordinary'],
  ])('%i persons: %s', (count, grade) => expect(gradeByHeads(count)).toBe(grade));

  test('a person may raise the grade, never lower it; the last word counts', () => {
    expect(gradeOf(incident())).toMatchObject({ grade: 'general', assumed: true });
    expect(gradeOf(incident({ grade: 'major' }))).toMatchObject({ grade: 'major', assumed: false });
    expect(gradeOf(incident({ grade: 'major' }, { grade: 'larger' })).grade).toBe('larger');
    expect(gradeOf(incident({ ...persons(20_000_000), grade: 'general' })).grade).toBe('major');
  });

  test('the numbers from which an audit may be ordered (AUD-5)', () => {
    const sensitive = { ...SCOPE, fields: [{ name: 'health', class: 'sensitive', tier: 2 } as const] };
    expect(gradeOf(incident(persons(999_999))).audit).toBe(false);
    expect(gradeOf(incident(persons(1_000_000))).audit).toBe(true);
    expect(gradeOf(incident({ scope: { ...sensitive, persons: 99_999 } })).audit).toBe(false);
    expect(gradeOf(incident({ scope: { ...sensitive, persons: 100_000 } })).audit).toBe(true);
  });
});

describe('clocks', () => {
  test.each<[string, Partial<IncidentFacts>, readonly IncidentDuty[]]>([
    ['a lost device', {}, ['authority', 'persons']],
    ['graded larger', { grade: 'larger' }, ['authority', 'cac', 'persons']],
    ['a million persons', persons(1_000_000), ['authority', 'cac', 'persons']],
    ['in the Union', { gdpr: true }, ['authority', 'gdpr-authority', 'persons', 'gdpr-persons']],
    ['with minors', { scope: { ...SCOPE, minors: 'some' } }, ['authority', 'persons', 'guardians']],
    ['a bundle', { what: 'lost-bundle', bundle: BUNDLE }, ['authority', 'persons', 'partner']],
    ['an intrusion', { what: 'intrusion' }, ['authority', 'persons', 'police']],
    ['only suspected', { suspected: true }, ['authority', 'persons']],
  ])('%s', (_, facts, duties) =>
    expect(deadlinesOf(incident(facts)).map(({ duty }) => duty)).toEqual(duties),
  );

  test('four hours go past midnight in Shanghai and stay four hours', () => {
    const of = incident({ grade: 'larger', discovered: at('2026-12-31T15:30:00Z') });
    expect(clock(of, 'cac')?.due).toBe('2026-12-31T19:30:00Z');
    expect(
      clock(incident({ gdpr: true, discovered: at('2028-02-27T16:00:00Z') }), 'gdpr-authority')?.due,
    ).toBe('2028-03-01T16:00:00Z');
  });

  test('deadlines are instants: so many hours later, whatever the day', () => {
    const moment = fc
      .integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) })
      .map((ms) => instantOf(new Date(ms)));
    fc.assert(
      fc.property(moment, (discovered) => {
        const due = clock(incident({ grade: 'larger', discovered }), 'cac')?.due ?? '';
        expect(Date.parse(due) - Date.parse(discovered)).toBe(4 * 3_600_000);
      }),
    );
  });

  test('late is after the deadline, not at it, and never for what is due at once', () => {
    const open = clock(incident({ grade: 'larger' }), 'cac');
    if (open === undefined) throw new Error('no clock');
    expect(isLate(open, at('2026-11-20T19:30:00Z'))).toBe(false);
    expect(isLate(open, at('2026-11-20T19:30:01Z'))).toBe(true);
    const done = clock(incident({ grade: 'larger' }, told('authority', '2026-11-20T18:00:00Z')), 'cac');
    if (done === undefined) throw new Error('no clock');
    expect(done.state).toBe('done');
    expect(isLate(done, addHours(done.due, 1000))).toBe(false);
    const atOnce = clock(incident(), 'authority');
    if (atOnce === undefined) throw new Error('no clock');
    expect(isLate(atOnce, at('2030-01-01T00:00:00Z'))).toBe(false);
  });

  test('the first telling counts, in whatever order it was noted', () => {
    const notes = [told('authority', '2026-11-20T22:00:00Z'), told('authority', '2026-11-20T16:00:00Z')];
    expect(clock(incident({}, ...notes), 'authority')?.done).toBe('2026-11-20T16:00:00Z');
  });

  test('the nearest clock is the one that runs out first among what is owed', () => {
    const of = incident({ grade: 'larger', gdpr: true });
    expect(nextDeadline(of)?.duty).toBe('authority');
    const waived = incident({ grade: 'larger', gdpr: true }, { notTellingPersons: '已加密' });
    expect(nextDeadline(waived)?.duty).toBe('authority');
    expect(
      nextDeadline(incident({}, told('authority', '2026-11-20T16:00:00Z'), { notTellingPersons: 'x' })),
    ).toBeNull();
  });
});

describe('what stands in the way of closing', () => {
  test('nobody told and no reason', () => expect(openDuties(incident())).toEqual(['authority', 'persons']));

  test('a reason sets telling the persons aside, but not the authority and not the guardians', () => {
    const reason = { notTellingPersons: '措施能够有效避免危害' };
    expect(openDuties(incident({}, reason))).toEqual(['authority']);
    expect(openDuties(incident({}, reason, { minors: 'yes' }))).toEqual(['authority', 'guardians']);
  });

  test('advice does not', () => {
    const of = incident(
      { what: 'intrusion', bundle: BUNDLE },
      told('authority', '2026-11-20T16:00:00Z'),
      told('persons', '2026-11-20T16:00:00Z', 'sms'),
    );
    expect(
      deadlinesOf(of)
        .filter(({ state }) => state === 'open')
        .map(({ duty }) => duty),
    ).toEqual(['partner', 'police']);
    expect(openDuties(of)).toEqual([]);
  });

  test('whatever is owed is open until it is told, for any incident', () => {
    const facts = fc.record({
      grade: fc.constantFrom(null, ...GRADES),
      gdpr: fc.boolean(),
      what: fc.constantFrom('lost-device' as const, 'intrusion' as const, 'lost-bundle' as const),
    });
    fc.assert(
      fc.property(facts, (given) => {
        const told2 = [
          told('authority', '2026-11-20T16:00:00Z'),
          told('persons', '2026-11-20T17:00:00Z', 'phone'),
        ];
        expect(openDuties(incident(given))).toContain('authority');
        expect(openDuties(incident(given, ...told2))).toEqual([]);
      }),
    );
  });
});
