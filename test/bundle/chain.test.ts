import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../fixtures/vectors/make/world.js';
import { utf8 } from '../../src/base/bytes.js';
import { sha256 } from '../../src/base/crypto.js';
import { checkChain, type Link } from '../../src/bundle/chain.js';
import { checkDate, type Dated } from '../../src/bundle/dates.js';
import { problemOf } from '../identity/problem-of.js';

const digest = (of: number | string) => sha256(utf8(`manifest ${of}`));

/** The bundle of a number, in the chain that its seller made. */
function link(number: number, changes: Partial<Link> = {}): Link {
  return {
    number,
    manifestDigest: digest(number),
    previous: number === 1 ? null : digest(number - 1),
    ...changes,
  };
}

describe('the chain of the bundles of a deal', () => {
  it('is taken in without a word in its order, and only in its order', () => {
    const orders = fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 1 });
    fc.assert(
      fc.property(orders, (order) => {
        const received: Link[] = [];
        for (const number of order) {
          const last = Math.max(0, ...received.map((one) => one.number));
          const problem = checkChain(link(number), received);
          expect(problem === null).toBe(number === last + 1);
          if (problem !== null) expect(problem.code).toBe(number < last ? 'BUNDLE_LATE' : 'BUNDLE_GAP');
          received.push(link(number));
        }
      }),
    );
  });

  it.each<readonly [string, Link, readonly Link[], string]>([
    ['a second one of a number', link(1, { manifestDigest: digest('other') }), [link(1)], 'BUNDLE_NUMBER'],
    [
      'a second one of the last',
      link(2, { manifestDigest: digest('other') }),
      [link(1), link(2)],
      'BUNDLE_NUMBER',
    ],
    ['one that adds to another', link(2, { previous: digest('other') }), [link(1)], 'BUNDLE_PREVIOUS'],
    [
      'one that adds to the one before the last',
      link(3, { previous: digest(1) }),
      [link(1), link(2)],
      'BUNDLE_PREVIOUS',
    ],
    [
      'a late one to which the next does not add',
      link(2, { manifestDigest: digest('other') }),
      [link(3)],
      'BUNDLE_PREVIOUS',
    ],
  ])('is broken by %s', (_, one, received, code) => {
    expect(problemOf(() => checkChain(one, received))).toMatchObject({ code });
  });
});

describe('the date of a document of the other side', () => {
  const time = instant('2026-11-21T02:00:00Z');
  const document = 'receipt.json';
  const ahead = { code: 'DATE_AHEAD', document, time };
  const before = (since: string) => ({ code: 'DATE_BEFORE', document, time, since });
  it.each<readonly [string, Omit<Dated, 'document' | 'time'>, object | null]>([
    ['nothing is known', {}, null],
    ['a day ahead', { now: instant('2026-11-20T02:00:00Z') }, null],
    ['a second more', { now: instant('2026-11-20T01:59:59Z') }, ahead],
    ['years ago', { now: instant('2036-11-20T01:59:59Z') }, null],
    ['ten minutes before', { since: instant('2026-11-21T02:10:00Z') }, null],
    ['a second more before', { since: instant('2026-11-21T02:10:01Z') }, before('2026-11-21T02:10:01Z')],
    ['after', { since: instant('2026-11-01T02:10:01Z') }, null],
  ])('%s', (_, known, problem) => {
    const run = () => checkDate({ document, time, ...known });
    if (problem === null) expect(run).not.toThrow();
    else expect(problemOf(run)).toEqual(problem);
  });
});
