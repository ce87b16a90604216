import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { recordsOf } from '../../../src/dataset/page.js';
import { openPage } from '../../../src/store/sealed-pages.js';
import { within } from '../../kit/session.js';
import { Firms } from '../../kit/firms.js';

/* Customers and what only a statute keeps: PIPL-47, PIPL-6. */

const day = daysBefore(TODAY, 9);
const HEADER = '客户编号,姓名,手机号,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
const customers = (...numbers: readonly number[]): string =>
  `${[HEADER, ...numbers.map((n) => `C${n},王小${n},1380000000${n},${day},同意,${BUYER},${PURPOSE},${day},书面,F-${n}`)].join('\n')}\n`;
const invoices = (...numbers: readonly number[]): string =>
  `${['客户编号,姓名,实收金额,备注,门禁', ...numbers.map((n) => `C${n},王小${n},${n}00,糖尿病,8642#`)].join('\n')}\n`;

let base: Firms;
beforeAll(async () => {
  base = await Firms.withDeal();
});
afterAll(() => base.remove());

async function withArchive(run: (firms: Firms) => Promise<void>): Promise<void> {
  const firms = base.copy();
  try {
    writeFileSync(firms.post('list.csv'), customers(1, 2, 3));
    writeFileSync(firms.post('old.csv'), invoices(2, 7, 8));
    await firms.done('import', firms.post('list.csv'), '--workspace', 'jia');
    await firms.done('check', '--workspace', 'jia');
    const archive = ['--archive', 'tax-documents', '--from', '2025-12-31'];
    const said = await firms.done('import', firms.post('old.csv'), ...archive, '--workspace', 'jia');
    expect(said.at('imports.0.in_other_cabinet')).toBe(1);
    expect(said.at('imports.0.archive')).toMatchObject({ basis: 'tax-documents', until: '2035-12-31' });
    await run(firms);
  } finally {
    firms.remove();
  }
}

describe('two cabinets', () => {
  test('what an archive holds changes no verdict, and makes none stale', () =>
    withArchive(async (firms) => {
      const status = await firms.done('status', '--workspace', 'jia');
      expect(status.at('deals.0.next_step')).toBe('export');
      const said = await firms.done('check', '--workspace', 'jia');
      expect(said.at('accounting')).toMatchObject({ read: 3, transfer: 3 });
      expect(said.at('coverage')).toMatchObject({ customers: 3, files_left_out: 0 });
      const sent = await firms.done('export', '--workspace', 'jia');
      expect(sent.at('accounting.transfer')).toBe(3);
    }));

  test('it has a key of its own, and holds nothing that was for the service', () =>
    withArchive(async (firms) => {
      await within(firms.path('jia'), firms.time, async (session) => {
        const [list, archive] = session.workspace.read.datasets();
        if (list === undefined || archive === undefined) throw new Error('two datasets were imported');
        expect([list.kind, archive.kind]).toEqual(['customers', 'archive']);
        expect(archive.keyId).not.toBe(list.keyId);
        expect(archive.columns).toEqual(['customer_no', 'name', 'amount_paid']);
        const { vault } = await session.keys();
        const page = session.workspace.read.page(archive.id, 0);
        if (page === undefined) throw new Error('a page was stored');
        const opened = openPage(
          page.sealed,
          { dataset: archive.id, number: 0, tags: page.tags },
          vault.get(archive.keyId),
        );
        expect(recordsOf(opened)).toHaveLength(3);
        expect(JSON.stringify(recordsOf(opened))).not.toMatch(/糖尿病|8642/);
      });
    }));

  test('the purge of whoever was handed over leaves it, and they are gone nevertheless', () =>
    withArchive(async (firms) => {
      const inJia = ['--workspace', 'jia'];
      await firms.done('export', '--out', firms.post(), ...inJia);
      await firms.done('receive', firms.post('D-1-1.handover.zip'), '--workspace', 'yi');
      await firms.done('receipt', 'accept', firms.path('yi', 'exchange', 'D-1-1.receipt.json'), ...inJia);
      await firms.done('purge', 'plan', '--handed-over', ...inJia);
      await firms.done('purge', 'run', '--keep-files', '--yes', ...inJia);
      const left = await firms.done('retention', 'list', ...inJia);
      expect(left.at('parts.0')).toMatchObject({ share: 'archive', records: 3, until: '2035-12-31' });
      // One of the three customers who are gone has invoices: that does not make a customer of anybody.
      const replayed = await firms.done('purge', 'replay', ...inJia);
      expect(replayed.at('ledger_persons')).toBe(3);
      expect(replayed.at('plan')).toBe(null);
      const again = await firms.run(
        'import',
        firms.post('list.csv'),
        '--again',
        '--as',
        'list',
        ...inJia,
        '--json',
      );
      expect(JSON.parse(again.stdout).code).toBe('IMPORT_ARCHIVED');
    }));
});
