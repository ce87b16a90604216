import { HandoverError } from '../../src/messages/error.js';
import { EXIT } from '../../src/messages/exit.js';
import { exitOf, PROBLEM_CODES } from '../../src/messages/problem.js';

/*
 * Input made to hurt, by changing real documents a little. The same seed gives the same inputs, so that what was found once is found again:
 * a failure names the target, the seed and the number of the input.
 */

/** Whole numbers below `below`, in an order that follows from the seed (mulberry32). */
export type Dice = (below: number) => number;

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below) >>> 0;
  };
}

function pick<T>(roll: Dice, from: readonly [T, ...T[]]): T {
  return from[roll(from.length)] ?? from[0];
}

/** Bytes that readers trip over. */
const TOKENS: readonly [string, ...string[]] = [
  ...([
    '\0',
    '\ud800',
    '\\ud800',
    '\ufeff',
    '\u202e',
    '\u0085',
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
  ] as const),
  ...([
    'null',
    '-0',
    '1e999',
    '9007199254740993',
    '{"":{}}',
    '[[[[',
    '__proto__',
    'constructor',
    '%s',
    '\r\n',
  ] as const),
  ...([
    '=',
    '<!--',
    ']]>',
    '&amp;',
    '\x1f\x8b',
    'PK\x01\x02',
    '\x30\x82\xff\xff',
    '2026-02-30',
    '+',
    '-',
    '- ',
    '*a',
    '&a',
  ] as const),
];

/** One to four small changes. */
export function mutate(original: Uint8Array, others: readonly Uint8Array[], roll: Dice): Uint8Array {
  let bytes: Buffer = Buffer.from(original);
  for (let left = 1 + roll(4); left > 0; left -= 1) bytes = once(bytes, others, roll);
  return bytes;
}

function once(bytes: Buffer, others: readonly Uint8Array[], roll: Dice): Buffer {
  const at = roll(bytes.length + 1);
  const length = 1 + roll(roll(8) === 0 ? 4096 : 16);
  const around = (middle: Uint8Array, skip: number) =>
    Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(at + skip)]);
  switch (roll(9)) {
    case 0: {
      const changed = Buffer.from(bytes);
      if (at < bytes.length) changed[at] = (changed[at] ?? 0) ^ (1 << roll(8));
      return changed;
    }
    case 1:
      return around(Uint8Array.of(roll(256)), 1);
    case 2:
      return around(Buffer.from(pick(roll, TOKENS)), roll(2) * length);
    case 3:
      return around(new Uint8Array(), length);
    case 4:
      return around(bytes.subarray(at, at + length), 0);
    case 5:
      return bytes.subarray(0, at);
    case 6: {
      const other = Buffer.from(others[roll(others.length)] ?? bytes);
      const from = roll(other.length + 1);
      return around(other.subarray(from, from + length * 8), roll(2) * length);
    }
    case 7:
      return around(Buffer.alloc(length, roll(256)), roll(2) * length);
    default:
      return around(Buffer.from(pick(roll, TOKENS).repeat(1 + roll(64))), 0);
  }
}

const LEAVES: readonly [unknown, ...unknown[]] = [
  ...([null, true, 0, -1, 1, 2 ** 53 - 1, 1.5, '', ' ', 'x', '\0', '\u202e', '张三', [], {}] as const),
  ...([
    '0'.repeat(64),
    '0001-01-01',
    '9999-12-31T23:59:59Z',
    '../../x',
    'P9999Y',
    'a'.repeat(70_000),
  ] as const),
];

/** As {@link mutate}, of what a JSON document says: it stays JSON in the one spelling, so that what is behind the spelling is reached. */
export function mutateJson(value: unknown, roll: Dice): unknown {
  if (roll(6) === 0) return pick(roll, LEAVES);
  if (Array.isArray(value)) {
    const items: unknown[] = [...value];
    const at = roll(items.length + 1);
    switch (roll(4)) {
      case 0:
        return items.filter((_, i) => i !== at);
      case 1:
        return [...items.slice(0, at), items[at] ?? pick(roll, LEAVES), ...items.slice(at)];
      case 2:
        return Array.from({ length: roll(2000) }, () => items[at] ?? 0);
      default:
        return items.map((item, i) => (i === at ? mutateJson(item, roll) : item));
    }
  }
  if (typeof value !== 'object' || value === null) return pick(roll, LEAVES);
  const entries = Object.entries(value);
  const at = roll(entries.length + 1);
  switch (roll(5)) {
    case 0:
      return Object.fromEntries(entries.filter((_, i) => i !== at));
    case 1:
      return Object.fromEntries([
        ...entries,
        [pick(roll, ['', 'x', '__proto__', 'Ü', 'format']), pick(roll, LEAVES)],
      ]);
    default:
      return Object.fromEntries(
        entries.map(([key, item], i) => (i === at ? [key, mutateJson(item, roll)] : [key, item])),
      );
  }
}

const CODES = new Set<string>(PROBLEM_CODES);
const EXITS = new Set<number>(Object.values(EXIT));

/**
 * How a reader ended: `value`, or the code of a problem of the closed union. Anything else is thrown on: a reader has no third way.
 */
export async function endOfReading(read: () => unknown): Promise<string> {
  try {
    const value = await read();
    if (value === undefined) throw new Error('a reader that gives nothing');
    // Some say in a word, or with null, that it is none of theirs.
    return typeof value === 'string' ? value : value === null ? 'none' : 'value';
  } catch (error) {
    if (!(error instanceof HandoverError)) throw error;
    const { code } = error.problem;
    if (!CODES.has(code) || !EXITS.has(exitOf(code)) || exitOf(code) <= EXIT.fault)
      throw new Error(`${code} is no problem of a file`);
    return code;
  }
}
