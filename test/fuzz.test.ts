import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textOf } from '../src/base/bytes.js';
import { processorSeconds } from './kit/effort.js';
import { Firms } from './kit/firms.js';
import { dice, endOfReading, mutate, mutateJson } from './kit/fuzz.js';
import { papersIn } from './kit/papers.js';
import { spelled, type Target, TARGET_NAMES, targets } from './kit/readers.js';

/*
 * Every reader of the program with real documents that were changed a little: a value, or a problem of the closed union with an exit of the
 * table, in time. Some hundred inputs for each, the same ones every time, and a minute of them with SLOW=1 or `FUZZ_SECONDS=60`;
 * `FUZZ_SEED=7` is another order.
 */

const SEED = Number(process.env['FUZZ_SEED'] ?? 20261120);
const MILLISECONDS = 1000 * Number(process.env['FUZZ_SECONDS'] ?? (process.env['SLOW'] === '1' ? 60 : 0));
/** By count and not by time, so that a busy machine tries no fewer. docs/testing.md says which faults so many find. */
const inputsOf = ({ seeds }: Target): number => (seeds.every(({ length }) => length < 1024) ? 800 : 400);

let firms: Firms;
let all: readonly Target[];
beforeAll(async () => {
  firms = await Firms.withDeal();
  all = await targets(await papersIn(firms));
}, 240_000);
afterAll(() => firms.remove());

test('there is a target for every reader', () => {
  expect(all.map(({ name }) => name)).toEqual(TARGET_NAMES);
  for (const { name, seeds } of all) expect(seeds.length, name).toBeGreaterThan(0);
});

describe.each(TARGET_NAMES.map((name, i) => [name, i] as const))('%s', (name, i) => {
  test('reads the documents themselves', async () => {
    const target = all[i];
    for (const seed of target?.seeds ?? [])
      expect(await endOfReading(() => target?.read(seed)), name).toBe('value');
  });

  test(
    'gives a value or a problem for whatever else comes',
    async () => {
      const target = all[i];
      if (target === undefined) throw new Error(name);
      const others = all.flatMap(({ seeds }) => seeds);
      const ends = new Map<string, number>();
      const began = performance.now();
      let slowest = 0;
      for (let n = 0; n < inputsOf(target) || performance.now() - began < MILLISECONDS; n += 1) {
        const roll = dice(SEED + 7919 * i + 104_729 * n);
        const seed = target.seeds[roll(target.seeds.length)] ?? new Uint8Array();
        const changed =
          target.isJson && roll(2) === 0 ? spelled(mutateJson(JSON.parse(textOf(seed)), roll)) : null;
        const bytes = changed ?? mutate(seed, others, roll);
        let end = '';
        const seconds = await processorSeconds(async () => {
          end = await endOfReading(() => target.read(bytes));
        }).catch((error: unknown) => {
          throw new Error(
            `${name}, seed ${SEED}, input ${n}: ${String(error)}\n${Buffer.from(bytes).toString('base64').slice(0, 4000)}`,
            {
              cause: error,
            },
          );
        });
        slowest = Math.max(slowest, seconds);
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
      expect(slowest, name).toBeLessThan(2);
      // A harness whose inputs all end at the same place would find nothing.
      expect(ends.size, `${name}: ${[...ends.keys()].join(' ')}`).toBeGreaterThan(1);
    },
    MILLISECONDS * 3 + 60_000,
  );
});
