import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUYER } from '../fixtures/customers/generate.js';
import { daysBefore } from '../fixtures/customers/days.js';
import { CURRENT_POLICY } from '../src/policy/packs.js';
import { Answer, endOf, Firms } from './kit/firms.js';
import { DATED, dayIn, PARTIES, UNSIGNED } from './law/gates.js';
import {
  type Change,
  type Deal,
  GOOD,
  PURPOSE,
  type Row,
  type Scenario,
  SCENARIOS,
  TODAY,
} from './law/verdicts.js';

/*
 * What a lawyer would try, through the real program: a deal, a file as a clerk heads it, check and explanation, export, and what the buyer
 * then has. The rows are test/law/verdicts.ts and test/law/gates.ts; docs/law-coverage.md is drawn from them.
 */

describe('verdicts', () => {
  test.each(SCENARIOS.map((scenario) => [`${scenario.name} (${scenario.laws})`, scenario] as const))(
    '%s',
    async (_, scenario) => {
      const firms = scenario.deal === undefined ? agreed.copy() : base.copy();
      try {
        if (scenario.deal !== undefined) await agree(firms, scenario.deal);
        await takeIn(firms, scenario);
        const explained = await firms.done('check', '--explain', 'C001', '--workspace', 'jia');
        const found = explained.at('explanations.0');
        expect(found).toMatchObject({ verdict: scenario.verdict, stays: [...(scenario.stays ?? [])] });
        if (scenario.reasons !== undefined)
          for (const code of scenario.reasons) expect(JSON.stringify(found)).toContain(`"${code}"`);
        const checked = new Answer(
          JSON.parse((await firms.run('check', '--workspace', 'jia', '--json')).stdout),
        );
        expect(checked.number(`accounting.${scenario.verdict}`)).toBeGreaterThan(0);
        for (const what of scenario.stays ?? [])
          expect(checked.at('accounting.partly')).toMatchObject({ [what]: 1 });
        if (scenario.verdict !== 'transfer') return;
        const [first] = await handedOver(firms);
        expect(JSON.stringify(first)).not.toMatch(/1234#|钥匙|13911112222|女儿/);
        expect(first).toMatchObject(scenario.has ?? {});
        for (const value of scenario.lacks ?? []) expect(JSON.stringify(first)).not.toContain(value);
      } finally {
        firms.remove();
      }
    },
  );
});

test('2 the explanation names the no that stands and the yes that lost (PIPL-15)', async () => {
  const firms = agreed.copy();
  try {
    await takeIn(firms, {
      name: '',
      laws: '',
      verdict: 'withhold',
      rows: [{ ...GOOD, 同意时间: `${daysBefore(TODAY, 5)} 10:00` }],
      ledger: [['C001', PURPOSE, BUYER, '撤回', daysBefore(TODAY, 5), '电话', 'LY-1']],
    });
    const explained = await firms.done('check', '--explain', 'C001', '--workspace', 'jia');
    expect(explained.at('explanations.0.steps.3')).toMatchObject({
      step: 'refusal',
      decided_by: [{ source: 'ledger', entry: '1' }],
      lost: [
        {
          source: 'column',
          entry: 'consent_status',
          facts: { buyer: 'this', method: 'sms', evidence: true },
        },
      ],
    });
    const { stdout } = await firms.run('check', '--explain', 'C001', '--workspace', 'jia', '--lang', 'zh');
    expect(stdout).toContain('没有算数');
    expect(stdout).toContain('《个人信息保护法》第十五条');
    expect((await firms.run('check', '--workspace', 'jia')).exit).toBe(11);
  } finally {
    firms.remove();
  }
});

describe('gates', () => {
  test.each(DATED.map((gate) => [`${gate.name} (${gate.laws})`, gate] as const))(
    '%s stops the export before anything is sealed',
    async (_, { change, end }) => {
      const firms = base.copy();
      try {
        await agree(firms, (deal) => {
          deal.effective = dayIn(10);
          change(deal);
        });
        const path = write(firms, 'customers.csv', [GOOD]);
        await firms.done('import', path, '--workspace', 'jia');
        await firms.run('check', '--workspace', 'jia');
        const status = await firms.done('status', '--workspace', 'jia');
        expect(JSON.stringify(status.at('deals.0.gates'))).toContain(end.slice(2));
        expect(endOf(await firms.run('export', '--workspace', 'jia', '--json'))).toBe(end);
        firms.time = `${dayIn(4)}T04:00:00Z`;
        if (!end.includes('NOTICE')) await firms.done('export', '--workspace', 'jia');
      } finally {
        firms.remove();
      }
    },
  );

  test.each(UNSIGNED.map((gate) => [`${gate.name} (${gate.laws})`, gate] as const))(
    '%s, before it is signed',
    async (_, { change, end }) => {
      const firms = base.copy();
      try {
        const path = await drafted(firms, change);
        const checked = await firms.run('deal', 'check', path, '--json');
        const [exit = '', code = ''] = end.split(' ');
        expect(`${checked.exit}`).toBe(exit);
        expect(checked.stdout).toContain(code);
        expect((await firms.run('deal', 'sign', path, '--workspace', 'jia', '--yes', '--json')).exit).toBe(
          checked.exit,
        );
      } finally {
        firms.remove();
      }
    },
  );

  test.each(PARTIES.map((parties) => [`${parties.name} (${parties.laws})`, parties] as const))(
    '%s',
    async (_, { seller, buyer, end }) => {
      const firms = await Firms.empty();
      try {
        const init = ['--unprotected', '--classic'];
        const jia = ['--role', 'seller', '--name', '上海甲家政服务有限公司', '--phone', '021-5550100'];
        await firms.done('init', 'jia', ...jia, ...seller, ...init);
        await firms.done('init', 'yi', '--role', 'buyer', '--name', BUYER, ...buyer, ...init);
        await firms.acquaint('jia', 'yi');
        const path = await drafted(firms, () => undefined);
        expect(endOf(await firms.run('deal', 'sign', path, '--yes', '--workspace', 'jia', '--json'))).toBe(
          end,
        );
      } finally {
        firms.remove();
      }
    },
  );
});

let base: Firms;
/** The same, with the deal as it is drafted. */
let agreed: Firms;
beforeAll(async () => {
  base = await Firms.meet();
  agreed = base.copy();
  await agree(agreed, () => undefined);
});
afterAll(() => {
  agreed.remove();
  base.remove();
});

/** Writes the deal with a change, and gives its path. */
async function drafted(firms: Firms, change: Change): Promise<string> {
  const path = await firms.draft();
  const deal: Deal = JSON.parse(readFileSync(path, 'utf8'));
  const { id: pack, version } = CURRENT_POLICY;
  deal['policy'] = { pack, version };
  change(deal);
  writeFileSync(path, JSON.stringify(deal, null, 1));
  return path;
}

async function agree(firms: Firms, change: Change): Promise<void> {
  const path = await drafted(firms, change);
  await firms.agreeTo(path, 'D-1');
}

/** A file with every column that any of the rows has. */
function write(firms: Firms, name: string, rows: readonly Row[]): string {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [headers, ...rows.map((row) => headers.map((header) => row[header] ?? ''))];
  const path = firms.post(name);
  writeFileSync(path, `${lines.map((cells) => cells.join(',')).join('\n')}\n`);
  return path;
}

async function takeIn(firms: Firms, { rows, ledger, later }: Scenario): Promise<void> {
  await firms.done('import', write(firms, 'customers.csv', rows), '--workspace', 'jia');
  if (ledger !== undefined) await takeInLedger(firms, ledger);
  if (later === undefined) return;
  await firms.done('import', write(firms, 'later.csv', later), '--as', 'newer', '--workspace', 'jia');
}

async function takeInLedger(firms: Firms, ledger: NonNullable<Scenario['ledger']>): Promise<void> {
  const path = firms.post('ledger.csv');
  const head = '客户编号,用途,接收方,事件,时间,方式,凭证,告知文本';
  writeFileSync(
    path,
    `${[head, ...ledger.map((cells) => (cells.length < 8 ? [...cells, ''] : cells).join(','))].join('\n')}\n`,
  );
  await firms.done('import', '--consents', path, '--workspace', 'jia');
}

/** What the buyer then has, by the deal's fields. */
async function handedOver(firms: Firms): Promise<readonly Readonly<Record<string, string>>[]> {
  const exported = await firms.done('export', '--workspace', 'jia');
  await firms.done('receive', exported.text('bundle.path'), '--workspace', 'yi');
  const out = firms.post('extract.ndjson');
  await firms.done('extract', '--workspace', 'yi', '--yes', '--format', 'ndjson', '--out', out);
  return readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const row: Record<string, string | null> = JSON.parse(line);
      return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? '']));
    });
}
