import { describe, expect, it } from 'vitest';
import { countSurvey } from '../../src/policy/survey.js';

const answer = (served: string, satisfied: string, stays: string) => ({ served, satisfied, stays });

describe('answers to the survey', () => {
  it.each([
    ['非常不满意', '1'],
    ['不满意', '2'],
    ['一般', '3'],
    ['满意', '4'],
    ['非常满意', '5'],
    ['５', '5'],
    ['4分', '4'],
    ['very satisfied', '5'],
    ['dissatisfied', '2'],
    ['', 'none'],
    ['说不清', 'none'],
  ] as const)('%s is %s', (said, mark) => {
    const { satisfied } = countSurvey([answer('', said, '')]);
    expect(satisfied[mark]).toBe(1);
    expect(Object.values(satisfied).reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it.each([
    ['是', 'yes'],
    ['照常', 'yes'],
    ['否', 'no'],
    ['不照常', 'no'],
    ['不愿意', 'no'],
    ['愿意', 'yes'],
    ['No', 'no'],
    ['看情况', 'none'],
    ['', 'none'],
  ] as const)('%s is %s', (said, meant) => {
    expect(countSurvey([answer(said, '', said)]).served[meant]).toBe(1);
    expect(countSurvey([answer(said, '', said)]).stays[meant]).toBe(1);
  });
});
