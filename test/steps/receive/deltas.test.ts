import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { Answer, endOf, Firms } from '../../kit/firms.js';

/*
 * Whatever files come in between, the buyer has of each person the last line that went, once; and a bundle holds nobody who is with the buyer
 * unchanged.
 */

const SLOW = process.env['SLOW'] === '1';

let start: Firms;

beforeAll(async () => {
  start = await Firms.withDeal({ activity: false });
});

afterAll(() => start.remove());

/** Of each person by number: the street today, and whether there is consent. */
type File = ReadonlyMap<number, { readonly street: number; readonly agreed: boolean }>;

function csvOf(file: File): string {
  const day = daysBefore(TODAY, 9);
  const rows = [...file].map(([n, { street, agreed }]) =>
    agreed
      ? `C${n},王小一,1380000000${n},上海市浦东新区张江路${street}号,同意,${BUYER},${PURPOSE},${day},书面,F-${n}\n`
      : `C${n},王小一,1380000000${n},上海市浦东新区张江路${street}号,,,,,,\n`,
  );
  return `客户编号,姓名,手机号,服务地址,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证\n${rows.join('')}`;
}

const person = fc.record({ street: fc.integer({ min: 1, max: 2 }), agreed: fc.boolean() });
const file = fc
  .uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 })
  .chain((numbers) =>
    fc
      .tuple(...numbers.map((n) => person.map((each) => [n, each] as const)))
      .map((all): File => new Map(all)),
  );
const step = fc.record({ file, relation: fc.constantFrom('addition', 'newer') });

/** The streets in an extract, by customer number. */
function streetsIn(path: string): ReadonlyMap<number, number> {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBe(new Set(lines.map((line) => /"customer_no":"C(\d)"/.exec(line)?.[1])).size);
  return new Map(
    lines.map((line) => {
      const [, n = '', street = ''] = /"customer_no":"C(\d)".*张江路(\d)号/.exec(line) ?? [];
      return [Number(n), Number(street)];
    }),
  );
}

async function play(
  firms: Firms,
  steps: readonly { readonly file: File; readonly relation: string }[],
): Promise<void> {
  let list = new Map<number, { readonly street: number; readonly agreed: boolean }>();
  const buyer = new Map<number, number>();
  for (const [i, { file: next, relation }] of steps.entries()) {
    const path = firms.post(`file-${i}.csv`);
    writeFileSync(path, `${csvOf(next)}`);
    const as = i === 0 ? 'list' : relation;
    await firms.done('import', path, '--as', as, '--again', '--workspace', 'jia');
    list = as === 'addition' ? new Map([...list, ...next]) : new Map(next);
    const going = [...list].filter(([n, { street, agreed }]) => agreed && buyer.get(n) !== street);
    const corrected = going.filter(([n]) => buyer.has(n)).length;
    const before = [...list].filter(([n, { street, agreed }]) => agreed && buyer.get(n) === street).length;
    // It ends with 3 where nobody may go.
    const { stdout } = await firms.run('check', '--workspace', 'jia', '--json');
    const checked = new Answer(JSON.parse(stdout));
    const counts = { transfer: going.length, corrected, handed_over: before };
    expect(checked.at('accounting')).toMatchObject(counts);
    const said = await firms.run('export', '--workspace', 'jia', '--out', firms.post(), '--json');
    if (going.length === 0) {
      expect(endOf(said)).toBe(before > 0 ? '4 EXPORT_SAME' : '4 EXPORT_NOBODY');
      continue;
    }
    expect(endOf(said)).toBe('0');
    const number = firms.said.at(-1)?.stdout.match(/"number": (\d+)/)?.[1] ?? '';
    const received = await firms.done(
      'receive',
      firms.post(`D-1-${number}.handover.zip`),
      '--workspace',
      'yi',
    );
    expect(received.number('received')).toBe(going.length);
    expect(received.number('present')).toBe(corrected);
    for (const [n, { street }] of going) buyer.set(n, street);
    const extract = firms.post(`all-${i}.ndjson`);
    await firms.done('extract', '--format', 'ndjson', '--out', extract, '--yes', '--workspace', 'yi');
    expect(new Map([...streetsIn(extract)].sort())).toEqual(new Map([...buyer].sort()));
  }
}

describe('bundles after the first', () => {
  test('bring what is new to the buyer, and leave it with each person once', {
    timeout: 3_600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 4 }), async (steps) => {
        const firms = start.copy();
        try {
          await play(firms, steps);
        } finally {
          firms.remove();
        }
      }),
      { numRuns: SLOW ? 200 : 5 },
    );
  });

  test('are refused out of their order, and applied in it', { timeout: 240_000 }, async () => {
    const firms = start.copy();
    try {
      const streets = [1, 2, 1];
      for (const [i, street] of streets.entries()) {
        const path = firms.post(`file-${i}.csv`);
        writeFileSync(path, csvOf(new Map([[1, { street, agreed: true }]])));
        await firms.done('import', path, '--as', i === 0 ? 'list' : 'newer', '--again', '--workspace', 'jia');
        await firms.done('check', '--workspace', 'jia');
        await firms.done('export', '--workspace', 'jia', '--out', firms.post());
      }
      const receive = (number: number, ...more: readonly string[]) =>
        firms.run('receive', firms.post(`D-1-${number}.handover.zip`), ...more, '--workspace', 'yi');
      expect(endOf(await receive(3))).toBe('5 BUNDLE_GAP');
      expect(endOf(await receive(1))).toBe('0');
      expect(endOf(await receive(3))).toBe('5 BUNDLE_GAP');
      expect(endOf(await receive(3, '--out-of-order'))).toBe('0');
      expect(endOf(await receive(2))).toBe('5 BUNDLE_LATE');
      expect(endOf(await receive(2, '--out-of-order'))).toBe('0');
      const extract = firms.post('all.ndjson');
      await firms.done('extract', '--format', 'ndjson', '--out', extract, '--yes', '--workspace', 'yi');
      expect([...streetsIn(extract)]).toEqual([[1, 1]]);
    } finally {
      firms.remove();
    }
  });
});
