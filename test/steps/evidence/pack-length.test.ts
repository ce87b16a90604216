import { expect, test } from 'vitest';
import { MAX_FILE_EVENTS } from '../../../src/audit/events.js';
import { CompactRange } from '../../../src/audit/merkle.js';
import { HandoverError } from '../../../src/messages/error.js';
import { requirePackable } from '../../../src/steps/evidence/pack.js';

const log = (events: number) => ({ eventCount: () => events, pruned: () => CompactRange.of(0) });

test('a log as long as a reader takes is packed', () => {
  expect(() => requirePackable(log(MAX_FILE_EVENTS))).not.toThrow();
});

test('a longer one is refused, with its length and the limit', () => {
  let problem: unknown = null;
  try {
    requirePackable(log(MAX_FILE_EVENTS + 1));
  } catch (error) {
    if (error instanceof HandoverError) problem = error.problem;
  }
  expect(problem).toEqual({ code: 'LOG_LONG', events: MAX_FILE_EVENTS + 1, limit: MAX_FILE_EVENTS });
});
