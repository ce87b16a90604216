import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeAll, afterAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { Canary } from '../../kit/canary.js';
import { contentsBelow } from '../../kit/folders.js';
import { type AgreedField, endOf, Firms } from '../../kit/firms.js';

/*
 * The tables beside the customer list: a row goes with its customer, what is owed needs the consent to the contract, and it adds up to the
 * same from the file to the buyer's copy.
 */

const PREPAID: readonly AgreedField[] = [
  ['customer_no', 'identifier', 'keep'],
  ['contract_no', 'transaction', 'keep'],
  ['prepaid_balance', 'transaction', 'keep'],
  ['remaining_sessions', 'transaction', 'keep'],
];
const ORDERS: readonly AgreedField[] = [
  ['customer_no', 'identifier', 'keep'],
  ['contract_no', 'transaction', 'keep'],
  ['service', 'transaction', 'keep'],
  ['amount_paid', 'transaction', 'keep'],
];
const SERVICES: readonly AgreedField[] = [
  ['customer_no', 'identifier', 'keep'],
  ['service', 'transaction', 'keep'],
  ['contract_ends', 'transaction', 'keep'],
];

let start: Firms;
let firms: Firms;

beforeAll(async () => {
  start = await Firms.withDeal({
    activity: false,
    tables: { orders: ORDERS, prepaid: PREPAID, services: SERVICES },
  });
});

afterAll(() => start.remove());
afterEach(() => firms.remove());

const DAY = daysBefore(TODAY, 9);

/** C1 agreed to both, C2 to the data alone, C3 was not asked, C4 agreed to both and has nothing. */
const CUSTOMERS = `客户编号,姓名,手机号,服务地址,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证,合同转让同意,合同转让同意时间,合同转让同意凭证
C1,王小一,13800000001,上海市浦东新区张江路1号,同意,${BUYER},${PURPOSE},${DAY},书面,F-1,同意,${DAY},H-1
C2,李小二,13800000002,上海市浦东新区张江路2号,同意,${BUYER},${PURPOSE},${DAY},书面,F-2,,,
C3,赵小三,13800000003,上海市浦东新区张江路3号,,,,,,,,,
C4,孙小四,13800000004,上海市浦东新区张江路4号,同意,${BUYER},${PURPOSE},${DAY},书面,F-4,同意,${DAY},H-4
`;
const CARDS = `客户编号,卡号,余额,剩余次数
C1,K-1,"1,280.50",3
C1,K-2,20.00,1.5
C2,K-3,300,2
C3,K-4,99.99,
C9,K-5,500.00,7
`;
const JOBS = `客户编号,服务项目,应完成日期
C1,擦窗，门禁密码 9876#,2026-12-01
C2,保洁,2026-12-02
`;
const SALES = `客户编号,订单号,服务项目,订单金额
C1,D-1,保洁,200
C2,D-2,保洁,180
C2,D-3,擦窗,60.5
`;

function post(name: string, text: string): string {
  const path = firms.post(name);
  writeFileSync(path, text);
  return path;
}

const jia = ['--workspace', 'jia'] as const;
const yi = ['--workspace', 'yi'] as const;

async function importAll(): Promise<void> {
  await firms.done('import', post('客户.csv', CUSTOMERS), ...jia);
  await firms.run('import', post('卡.csv', CARDS), '--table', 'prepaid', ...jia);
  await firms.done('import', post('单.csv', SALES), '--table', 'orders', ...jia);
  await firms.done('import', post('活.csv', JOBS), '--table', 'services', ...jia);
}

function linesOf(path: string): readonly Readonly<Record<string, string | null>>[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line): Readonly<Record<string, string | null>> => JSON.parse(line));
}

describe('tables beside the customer list', () => {
  test('a row of nobody in the list is rejected with its reason, and its amount is said', async () => {
    firms = start.copy();
    await firms.done('import', post('客户.csv', CUSTOMERS), ...jia);
    const said = await firms.run('import', post('卡.csv', CARDS), '--table', 'prepaid', ...jia, '--json');
    expect(JSON.parse(said.stdout)).toMatchObject({
      imports: [
        {
          kind: 'prepaid',
          counts: { rows: 5, records: 4, rejected: 1, rejected_by: { ROW_ORPHAN: 1 } },
          sums: {
            records: { rows: 4, persons: 3, fen: 128050 + 2000 + 30000 + 9999, sessions: 650 },
            rejected: { rows: 1, fen: 50000, sessions: 700 },
          },
        },
      ],
    });
    expect(readFileSync(firms.post('卡.prepaid.rejected.csv'), 'utf8')).toContain('K-5');
  });

  test('a row goes with its customer, and what is owed with the consent to the contract', async () => {
    firms = start.copy();
    await importAll();
    const checked = await firms.done('check', ...jia);
    expect(checked.at('tables')).toMatchObject([
      { resource: 'orders', transfer: 3, sums: { transfer: { rows: 3, persons: 2, fen: 44050 } } },
      {
        resource: 'prepaid',
        read: 5,
        transfer: 2,
        ask: 2,
        reject: 1,
        reasons: { ask: { CONTRACT_OPEN: 1, CONSENT_MISSING: 1 }, reject: { ROW_ORPHAN: 1 } },
        sums: { transfer: { rows: 2, persons: 1, fen: 130050, sessions: 450 } },
      },
      { resource: 'services', transfer: 1, ask: 1, sums: { transfer: { rows: 1, persons: 1 } } },
    ]);
  });

  test('adds up to the same in check, bundle, receipt and the buyer’s copy, codes struck out', async () => {
    firms = start.copy();
    await importAll();
    await firms.done('check', ...jia);
    const sent = await firms.done('export', ...jia, '--out', firms.post());
    const owed = { rows: 2, persons: 1, fen: 130050, sessions: 450 };
    expect(sent.at('tables')).toMatchObject([{}, { sums: { transfer: owed } }, {}]);
    const got = await firms.done('receive', firms.post('D-1-1.handover.zip'), ...yi, '--out', firms.post());
    expect(got.at('tables')).toMatchObject([
      { table: 'orders' },
      { table: 'prepaid', ...owed },
      { table: 'services' },
    ]);
    const receipt: unknown = JSON.parse(readFileSync(firms.post('D-1-1.receipt.json'), 'utf8'));
    expect(receipt).toMatchObject({
      resources: [{ resource: 'customers' }, {}, { resource: 'prepaid', sums: owed }, {}],
    });
    await firms.done('receipt', 'accept', firms.post('D-1-1.receipt.json'), ...jia);
    const all = firms.post('all.ndjson');
    const out = await firms.done('extract', '--format', 'ndjson', '--out', all, '--yes', ...yi);
    expect(out.at('tables')).toMatchObject([{}, { table: 'prepaid', ...owed }, {}]);
    const cards = linesOf(firms.post('all.prepaid.ndjson'));
    expect(cards.map((card) => [card['customer_no'], card['contract_no'], card['prepaid_balance']])).toEqual([
      ['C1', 'K-1', '128050'],
      ['C1', 'K-2', '2000'],
    ]);
    expect(readFileSync(firms.post('all.services.ndjson'), 'utf8')).not.toContain('9876');
    for (const format of ['csv', 'sqlite'])
      await firms.done('extract', '--format', format, '--out', firms.post(`x.${format}`), '--yes', ...yi);
    expect(readFileSync(firms.post('x.prepaid.csv'), 'utf8')).toContain('K-2');
  });

  test('who goes again brings all rows, and rows that are new take their customer along', async () => {
    firms = start.copy();
    await importAll();
    await firms.done('check', ...jia);
    await firms.done('export', ...jia, '--out', firms.post());
    await firms.done('receive', firms.post('D-1-1.handover.zip'), ...yi);
    expect(endOf(await firms.run('export', ...jia, '--out', firms.post()))).toBe('4 EXPORT_SAME');
    const later = '客户编号,卡号,余额,剩余次数\nC1,K-1,1000,2\nC4,K-9,5,1\n';
    expect(endOf(await firms.run('import', post('卡2.csv', later), '--table', 'prepaid', ...jia))).toBe(
      '2 TABLE_UNCLEAR',
    );
    await firms.done('import', post('卡2.csv', later), '--table', 'prepaid', '--as', 'newer', ...jia);
    const checked = await firms.done('check', ...jia);
    expect(checked.at('accounting')).toMatchObject({ transfer: 2, corrected: 2, handed_over: 1 });
    await firms.done('export', ...jia, '--out', firms.post());
    await firms.done('receive', firms.post('D-1-2.handover.zip'), ...yi);
    await firms.done('extract', '--format', 'ndjson', '--out', firms.post('all.ndjson'), '--yes', ...yi);
    const cards = linesOf(firms.post('all.prepaid.ndjson')).map((card) => card['contract_no']);
    expect(cards.sort()).toEqual(['K-1', 'K-9']);
    expect(linesOf(firms.post('all.orders.ndjson'))).toHaveLength(3);
  });

  test('rows of one account that differ stay, and those that agree are one', async () => {
    firms = start.copy();
    await firms.done('import', post('客户.csv', CUSTOMERS), ...jia);
    const cards = '客户编号,卡号,余额\nC1,K-1,10\nC1,K-1,20\nC4,K-2,5\nC4,K-2,5\n';
    await firms.done('import', post('卡.csv', cards), '--table', 'prepaid', ...jia);
    const checked = await firms.done('check', ...jia);
    expect(checked.at('tables')).toMatchObject([
      { transfer: 1, reject: 3, reasons: { reject: { ROW_REPEATED: 2, ROW_DUPLICATE: 1 } } },
    ]);
  });

  test('end with their customer, on both sides', async () => {
    firms = start.copy();
    await importAll();
    await firms.done('check', ...jia);
    await firms.done('export', ...jia, '--out', firms.post());
    await firms.done('receive', firms.post('D-1-1.handover.zip'), ...yi);
    await firms.done(
      'subject',
      'erase',
      'C1',
      '--requester',
      'self',
      '--verified',
      'in-person',
      '--yes',
      '--shred',
      ...yi,
    );
    await firms.done('extract', '--format', 'ndjson', '--out', firms.post('left.ndjson'), '--yes', ...yi);
    expect(existsSync(firms.post('left.prepaid.ndjson'))).toBe(false);
    expect(linesOf(firms.post('left.orders.ndjson'))).toHaveLength(2);
    await firms.done(
      'subject',
      'erase',
      'C2',
      '--requester',
      'self',
      '--verified',
      'in-person',
      '--yes',
      '--shred',
      ...jia,
    );
    const checked = await firms.run('check', ...jia, '--json');
    expect(JSON.parse(checked.stdout)).toMatchObject({ tables: [{ read: 1 }, { read: 4 }, { read: 1 }] });
  });

  test('leave no value anywhere but in what a person wrote or asked for', async () => {
    firms = start.copy();
    const marks = ['鸑鷟金卡七号', '鹓鶵银卡八号', '鶄鷉擦窗手写', '鸜鹆订单九号', '鸊鷛孤儿卡号'];
    const [gold = '', silver = '', job = '', order = '', orphan = ''] = marks;
    await firms.done('import', post('客户.csv', CUSTOMERS), ...jia);
    const cards = `客户编号,卡号,余额,剩余次数\nC1,${gold},10,1\nC2,${silver},"12,80",1\nC9,${orphan},5,1\n`;
    await firms.run('import', post('卡.csv', cards), '--table', 'prepaid', ...jia);
    const sales = `客户编号,订单号,服务项目,订单金额\nC1,${order},保洁,200\n`;
    await firms.done('import', post('单.csv', sales), '--table', 'orders', ...jia);
    const jobs = `客户编号,服务项目,应完成日期\nC1,${job},2026-12-01\n`;
    await firms.done('import', post('活.csv', jobs), '--table', 'services', ...jia);
    await firms.run('check', ...jia);
    await firms.run('export', ...jia, '--out', firms.post());
    await firms.run('receive', firms.post('D-1-1.handover.zip'), ...yi, '--out', firms.post());
    await firms.run('receipt', 'accept', firms.post('D-1-1.receipt.json'), ...jia);
    await firms.run('extract', '--format', 'csv', '--out', firms.post('all.csv'), '--yes', ...yi);
    for (const side of [jia, yi]) {
      await firms.run('audit', 'report', '--html', firms.post(`${side[1]}.html`), ...side);
      await firms.run('status', ...side);
    }
    const canary = new Canary(marks);
    const plain = /^post\/(?:(?:客户|卡|单|活)(?:\.[^/]*)?\.csv|卡\.[^/]*\.xlsx|all\.[^/]*\.csv)$/;
    const found = [...contentsBelow(firms.folder)]
      .filter(([name]) => !plain.test(name))
      .flatMap(([name, bytes]) => canary.search(name, bytes));
    for (const { argv, stdout, stderr } of firms.said)
      found.push(...canary.search(argv.join(' '), Buffer.from(stdout + stderr)));
    expect(found).toEqual([]);
    expect(readFileSync(firms.post('all.prepaid.csv'), 'utf8')).toContain(gold);
  });

  test('are purged with their customer on both sides, but for whom a hold keeps', async () => {
    firms = start.copy();
    await importAll();
    await firms.done('check', ...jia);
    await firms.done('export', ...jia, '--out', firms.post());
    await firms.done('receive', firms.post('D-1-1.handover.zip'), ...yi, '--out', firms.post());
    await firms.done('receipt', 'accept', firms.post('D-1-1.receipt.json'), ...jia);
    const why = ['--case', '2026-31', '--reason', '法院来函'];
    await firms.done('hold', 'add', '--subject', 'C2', ...why, ...jia);
    await firms.done('hold', 'add', '--subject', 'C2', ...why, ...yi);
    firms.time = `${daysBefore(TODAY, -40)}T04:00:00Z`;
    const planned = await firms.done('purge', 'plan', ...jia);
    const sold = await firms.done('purge', 'run', '--keep-files', '--yes', ...jia);
    // C1 and C4 end with three rows of tables and one; C2 is held with two orders; the rest was never handed over.
    const totals = { purge: 6, frozen: 0, held: 3, stays: 4 };
    expect(planned.at('totals')).toEqual(totals);
    expect(sold.at('certificate')).toMatchObject({
      totals,
      persons: 2,
      datasets: [
        { kind: 'customers', shares: [{ purge: 2, held: 1 }, { stays: 1 }] },
        { kind: 'prepaid', shares: [{ purge: 2, held: 0 }, { stays: 2 }] },
        { kind: 'orders', shares: [{ purge: 1, held: 2 }] },
        { kind: 'services', shares: [{ purge: 1, held: 0 }, { stays: 1 }] },
      ],
    });
    // The name of a bundle means its customers and all that came beside them.
    await firms.done('purge', 'plan', '--dataset', 'D-1-1.handover.zip', ...yi);
    await firms.done('purge', 'run', '--keep-files', '--yes', ...yi);
    const out = await firms.done(
      'extract',
      '--format',
      'ndjson',
      '--out',
      firms.post('left.ndjson'),
      '--yes',
      ...yi,
    );
    expect(out.at('rows')).toBe(1);
    expect(out.at('tables')).toMatchObject([{ table: 'orders', rows: 2, persons: 1, fen: 24050 }]);
  });
});
