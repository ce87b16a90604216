import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { RELATIONS, type Relation } from '../../../src/messages/relations.js';
import { Firms } from '../../kit/firms.js';

const day = daysBefore(TODAY, 9);
const HEADER = '客户编号,姓名,手机号,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';

/** A row of a file: of which person, in which form, and whether import rejects it. */
interface Row {
  readonly person: number;
  readonly form: number;
  readonly isBad: boolean;
}

const lineOf = ({ person, form, isBad }: Row): string =>
  `C${person},王${isBad ? '\ufffd' : '小'}${person},1380000000${form},${day},同意,${BUYER},${PURPOSE},${day},书面,F-${person}`;

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 12_345;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

let base: Firms;
beforeAll(async () => {
  base = await Firms.withDeal();
});
afterAll(() => base.remove());

/** The list as it has to be: what each file of it says of each person. */
class Model {
  files: (readonly Row[])[] = [];

  add(relation: Relation, rows: readonly Row[]): void {
    this.files = relation === 'list' || relation === 'newer' ? [rows] : [...this.files, rows];
  }

  persons(files = this.files): Map<number, readonly Row[]> {
    const latest = new Map<number, Row[]>();
    for (const file of files) {
      for (const { person, isBad } of file) if (!isBad) latest.set(person, []);
      for (const row of file) if (!row.isBad) latest.get(row.person)?.push(row);
    }
    return latest;
  }

  /** Where every row has to be. */
  accounting() {
    const persons = [...this.persons().values()];
    const read = this.files.reduce((sum, file) => sum + file.length, 0);
    const bad = this.files.flat().filter(({ isBad }) => isBad).length;
    const standing = persons.reduce((sum, rows) => sum + rows.length, 0);
    const agree = persons.filter((rows) => new Set(rows.map(({ form }) => form)).size === 1);
    const transfer = agree.length;
    return {
      read,
      transfer,
      ask: 0,
      withhold: 0,
      reject: bad + standing - transfer,
      blank: 0,
      replaced: read - bad - standing,
    };
  }

  difference(rows: readonly Row[]) {
    const before = this.persons();
    const now = new Map<number, number>();
    for (const { person, form, isBad } of rows) if (!isBad) now.set(person, form);
    const both = [...now].filter(([person]) => before.has(person));
    const unchanged = both.filter(([person, form]) => before.get(person)?.at(-1)?.form === form).length;
    return {
      added: now.size - both.length,
      changed: both.length - unchanged,
      unchanged,
      gone: before.size - both.length,
    };
  }
}

const rounds = process.env['SLOW'] === '1' ? 60 : 5;

describe('the customer list', () => {
  test.each(Array.from({ length: rounds }, (_, round) => round))(
    'holds each person once, and each row at one place, whatever comes in: %i',
    { timeout: 240_000 },
    async (round) => {
      const firms = base.copy();
      const next = numbers(round + 1);
      const model = new Model();
      try {
        for (let step = 0; step < 4; step++) {
          const rows = Array.from({ length: 2 + next(6) }, () => ({
            person: next(8),
            form: next(2),
            isBad: next(10) === 0,
          }));
          const relation = step === 0 ? 'list' : (RELATIONS[next(4)] ?? 'list');
          const file = firms.post(`${step}.csv`);
          writeFileSync(file, `${[HEADER, ...rows.map(lineOf)].join('\n')}\n`);
          const told = await firms.run(
            'import',
            file,
            '--as',
            relation,
            '--again',
            '--workspace',
            'jia',
            '--json',
          );
          expect([0, 3]).toContain(told.exit);
          const [imported] = JSON.parse(told.stdout).imports;
          expect(imported.relation).toBe(relation);
          expect(imported.difference).toEqual(step === 0 ? null : model.difference(rows));
          model.add(relation, rows);
          const said = await firms.done('check', '--workspace', 'jia');
          expect(said.at('accounting')).toMatchObject(model.accounting());
          expect(said.at('coverage')).toMatchObject({
            customers: model.persons().size,
            replaced: model.accounting().replaced,
            files_left_out: 0,
          });
        }
        const { transfer } = model.accounting();
        const sent = await firms.run('export', '--workspace', 'jia', '--json');
        expect(sent.exit).toBe(transfer === 0 ? 4 : 0);
        if (transfer > 0) expect(JSON.parse(sent.stdout).accounting.transfer).toBe(transfer);
      } finally {
        firms.remove();
      }
    },
  );

  test('a reject file that was moved is known by its lines; one of a list that ended is not taken for a correction', async () => {
    const firms = base.copy();
    try {
      const good = { person: 1, form: 1, isBad: false };
      const bad = { person: 2, form: 1, isBad: true };
      writeFileSync(firms.post('a.csv'), `${[HEADER, lineOf(good), lineOf(bad)].join('\n')}\n`);
      await firms.run('import', firms.post('a.csv'), '--workspace', 'jia');
      const rejects = `${HEADER},行号,问题,建议\n${lineOf({ ...bad, isBad: false })},3,手机号,改正\n`;
      writeFileSync(firms.post('elsewhere.csv'), rejects);
      const dry = await firms.done('import', firms.post('elsewhere.csv'), '--dry-run', '--workspace', 'jia');
      expect(dry.at('imports.0.relation')).toBe('correction');
      expect(dry.at('imports.0.finding_counts')).toEqual({});

      // Line 4 was never rejected.
      writeFileSync(firms.post('other.csv'), rejects.replace(',3,', ',4,'));
      const other = await firms.run('import', firms.post('other.csv'), '--workspace', 'jia', '--json');
      expect(JSON.parse(other.stdout).code).toBe('IMPORT_UNCLEAR');

      await firms.done('import', firms.post('elsewhere.csv'), '--workspace', 'jia');
      const said = await firms.done('check', '--workspace', 'jia');
      expect(said.at('accounting')).toMatchObject({ read: 3, transfer: 2, reject: 0, replaced: 1 });

      writeFileSync(firms.post('new.csv'), `${[HEADER, lineOf({ ...good, person: 7 })].join('\n')}\n`);
      await firms.done('import', firms.post('new.csv'), '--as', 'list', '--workspace', 'jia');
      const again = ['import', firms.post('elsewhere.csv'), '--again', '--workspace', 'jia', '--json'];
      expect(JSON.parse((await firms.run(...again)).stdout).code).toBe('IMPORT_UNCLEAR');
    } finally {
      firms.remove();
    }
  });
});
