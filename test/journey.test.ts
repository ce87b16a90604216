import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../fixtures/customers/consents.js';
import { BUYER, generateCustomers, writeCustomers } from '../fixtures/customers/generate.js';
import { repeatableRandom } from './cli/world.js';
import { type Expectation, expectationOf, type Handed } from './kit/expected.js';
import { type AgreedField, Answer, endOf, Firms } from './kit/firms.js';
import { processorSeconds } from './kit/effort.js';
import { contentsBelow, digestsBelow, filesBelow, leftoversBelow } from './kit/folders.js';
import { stockOf } from './kit/stock.js';
import { signTables } from './kit/signed-tables.js';
import { OpenDatabase } from './kit/sqlite.js';

/*
 * A whole handover, through the command line: what the buyer gets is compared with what kit/expected.ts works out from the invented rows
 * without any code of the product.
 */

const HEADERS = [
  'customer no.',
  'name',
  'mobile',
  'address',
  'service',
  'remaining sessions',
  'marketing opt-out',
];
const NAMES = [
  'customer_no',
  'name',
  'mobile',
  'address',
  'service',
  'remaining_sessions',
  'marketing_opt_out',
];

/** read = transfer + ask + withhold + reject + blank, and every row that stays has a reason. */
function expectAccount(answer: Answer, { counts }: Expectation): void {
  const account = answer.at('accounting');
  expect(account).toMatchObject({ ...counts, resource: 'customers' });
  const { transfer, ask, withhold, reject, blank } = counts;
  expect(answer.at('accounting.read')).toBe(transfer + ask + withhold + reject + blank);
  for (const verdict of ['ask', 'withhold', 'reject'] as const) {
    const reasons = Object.values(answer.counts(`accounting.reasons.${verdict}`));
    expect(reasons.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(counts[verdict]);
  }
}

function extracted(firms: Firms, format: 'csv' | 'ndjson' | 'sqlite', path: string): Handed[] {
  if (format === 'sqlite') {
    const db = new OpenDatabase(path);
    try {
      return db.rows('SELECT * FROM customers') as unknown as Handed[];
    } finally {
      db.close();
    }
  }
  const text = readFileSync(path, 'utf8');
  if (format === 'ndjson')
    return text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { _tag, ...row } = JSON.parse(line);
        expect(_tag).toMatch(/^[0-9a-f]{32}$/);
        return row;
      });
  expect(text.startsWith('\ufeff'), `${firms.folder}: Excel needs a byte order mark`).toBe(true);
  const [header = [], ...rows]: string[][] = parse(text, { bom: true });
  expect(header).toEqual(HEADERS);
  return rows.map((row) =>
    Object.fromEntries(NAMES.map((name, i) => [name, row[i] === '' ? null : (row[i] ?? null)])),
  );
}

const FILES = [
  {
    title: 'a messy GB18030 file with a consent ledger',
    rows: 300,
    seed: 7,
    encoding: 'gb18030',
    ledger: true,
    unread: 0,
  },
  // One row says no and has no number.
  { title: 'a messy UTF-8 file', rows: 300, seed: 12, encoding: 'utf-8', ledger: false, unread: 1 },
  {
    title: 'a clean UTF-16 file with tabs',
    rows: 60,
    seed: 3,
    encoding: 'utf-16le',
    ledger: false,
    unread: 0,
  },
] as const;

describe.each(FILES)('$title', ({ rows: written, seed, encoding, ledger, unread }) => {
  let firms: Firms;
  let expected: Expectation;
  const mess = encoding !== 'utf-16le';
  const bundle = () => firms.path('yi', 'D-1-1.handover.zip');

  beforeAll(async () => {
    firms = await Firms.withDeal();
    const events: string[][] = [];
    const heard = ledger ? { ledger: (row: string[]) => void events.push(row) } : {};
    const text = [...generateCustomers({ rows: written, seed, mess, newline: '\r\n', ...heard })].join('');
    expected = expectationOf(text, events);
    const ledgerOut = ledger ? firms.post('ledger.csv') : undefined;
    await writeCustomers({
      rows: written,
      seed,
      mess,
      encoding,
      out: firms.post('customers.csv'),
      ledgerOut,
    });
  });
  afterAll(() => firms.remove());

  test('is a fair sample: every verdict occurs', () => {
    const { transfer, ask, withhold, reject, blank } = expected.counts;
    for (const count of [transfer, ask, withhold, ...(mess ? [reject, blank] : [])])
      expect(count).toBeGreaterThan(0);
    expect(transfer + ask + withhold + reject + blank).toBe(expected.rows);
  });

  test('import accounts for every row', async () => {
    const consents = ledger ? ['--consents', 'post/ledger.csv'] : [];
    const said = await firms.run('import', 'post/customers.csv', ...consents, '--workspace', 'jia', '--json');
    expect(said.exit).toBe(unread > 0 ? 3 : 0);
    const answer = new Answer(JSON.parse(said.stdout));
    expect(answer.text('imports.0.encoding.name')).toBe(encoding);
    const counts = answer.at('imports.0.counts');
    expect(counts).toMatchObject({ rows: expected.rows, blank: expected.counts.blank });
    const { records, rejected } = {
      records: answer.number('imports.0.counts.records'),
      rejected: answer.number('imports.0.counts.rejected'),
    };
    expect(records + rejected + expected.counts.blank).toBe(expected.rows);
    const by = Object.values(answer.counts('imports.0.counts.rejected_by'));
    expect(by.reduce((sum, n) => sum + n, 0)).toBe(rejected);
    if (rejected > 0) {
      const rejects: string[][] = parse(readFileSync(firms.post('customers.rejected.csv')), {
        bom: true,
        relax_column_count: true,
      });
      expect(rejects.length - 1).toBe(rejected);
    } else expect(filesBelow(firms.post())).not.toContain('customers.rejected.csv');
  });

  test('a second import is refused, and done with --again', async () => {
    const again = ['import', 'post/customers.csv', '--workspace', 'jia'];
    expect(endOf(await firms.run(...again))).toBe('4 DATASET_KNOWN');
    const copy = firms.copy();
    try {
      const answer = new Answer(
        JSON.parse((await copy.run(...again, '--again', '--force', '--json')).stdout),
      );
      expect(answer.number('imports.0.counts.rows')).toBe(expected.rows);
      expect(stockOf(copy.path('jia')).events['imported']).toBe(2);
      expectAccount(await copy.done('check', '--workspace', 'jia'), expected);
    } finally {
      copy.remove();
    }
  });

  test('check gives every record its verdict', async () => {
    expectAccount(await firms.done('check', '--workspace', 'jia'), expected);
  });

  test('a row that may say no, of nobody knows whom, holds everybody until somebody looked', async () => {
    const held = unread > 0 ? '3 NOES_UNREAD' : '0';
    const copy = firms.copy();
    try {
      expect(endOf(await copy.run('export', '--workspace', 'jia'))).toBe(held);
    } finally {
      copy.remove();
    }
    if (unread === 0) return;
    const looked = await firms.done('check', '--unmatched', 'nobody', '--workspace', 'jia');
    expectAccount(looked, expected);
  });

  test('export signs the same account', async () => {
    const answer = await firms.done('export', '--workspace', 'jia');
    expectAccount(answer, expected);
    expect(answer.at('fields')).toEqual(NAMES);
    cpSync(answer.text('bundle.path'), bundle());
    expect(endOf(await firms.run('export', '--workspace', 'jia'))).toBe('4 EXPORT_SAME');
  });

  test('verify needs the bundle and the card, and no workspace', async () => {
    const nowhere = firms.path('nowhere');
    mkdirSync(nowhere);
    cpSync(bundle(), `${nowhere}/b.zip`);
    for (const file of ['jia.card.json', 'jia.card.json.minisig'])
      cpSync(firms.path('jia', 'exchange', file), `${nowhere}/${file}`);
    const before = digestsBelow(nowhere);
    const said = await firms.runWith(
      { cwd: nowhere },
      'verify',
      'b.zip',
      '--card',
      'jia.card.json',
      '--json',
    );
    expect(endOf(said)).toBe('0');
    const answer = new Answer(JSON.parse(said.stdout));
    expect(answer.number('rows')).toBe(expected.counts.transfer);
    expectAccount(answer, expected);
    expect(digestsBelow(nowhere)).toEqual(before);
  });

  test('receive stores each customer once, and gives the same receipt as often as it is asked', async () => {
    const receive = ['receive', bundle(), '--workspace', 'yi'];
    const first = await firms.done(...receive);
    const { transfer } = expected.counts;
    expect(first.document).toMatchObject({ received: transfer, stored: transfer, present: 0, again: false });
    const receipts = () =>
      [...contentsBelow(firms.path('yi', 'exchange'))].filter(([name]) => name.includes('receipt'));
    const before = receipts();
    expect(before.map(([name]) => name)).toEqual([
      'D-1-1.receipt.html',
      'D-1-1.receipt.json',
      'D-1-1.receipt.json.minisig',
    ]);
    const stock = stockOf(firms.path('yi'));
    expect(stock.datasets).toEqual([{ kind: 'customers', promised: transfer, held: transfer }]);

    firms.time = '2026-11-22T01:00:00Z';
    const second = await firms.done(...receive);
    expect(second.document).toMatchObject({ received: transfer, again: true });
    expect(receipts()).toEqual(before);
    expect(stockOf(firms.path('yi'))).toEqual(stock);
  });

  test.each(['csv', 'ndjson', 'sqlite'] as const)(
    'extract to %s is what the policy allows',
    async (format) => {
      const out = firms.path('yi', `all.${format}`);
      const answer = await firms.done(
        'extract',
        '--format',
        format,
        '--out',
        out,
        '--yes',
        '--workspace',
        'yi',
      );
      expect(answer.number('rows')).toBe(expected.counts.transfer);
      expect(extracted(firms, format, out)).toEqual(expected.handed);
    },
  );

  test('the receipt comes home, and both logs stand against what the other side holds', async () => {
    const receipt = firms.path('jia', 'D-1-1.receipt.json');
    cpSync(firms.path('yi', 'exchange', 'D-1-1.receipt.json'), receipt);
    cpSync(firms.path('yi', 'exchange', 'D-1-1.receipt.json.minisig'), `${receipt}.minisig`);
    const shown = await firms.done('receipt', 'show', receipt, '--workspace', 'jia');
    expect(shown.document).toMatchObject({ receipt: { disposition: 'accepted' } });
    await firms.done('receipt', 'accept', receipt, '--workspace', 'jia');
    expect((await firms.done('receipt', 'accept', receipt, '--workspace', 'jia')).at('again')).toBe(true);
    expect(stockOf(firms.path('jia'))).toMatchObject({ bundles: ['out accepted'], receipts: 1 });

    const audit = (name: string, ...against: string[]) =>
      firms.done('audit', 'verify', ...against.flatMap((file) => ['--against', file]), '--workspace', name);
    const seller = await audit('jia', receipt, bundle());
    expect(seller.document).toMatchObject({ intact: true, against: [{ agrees: true }, { agrees: true }] });
    const buyer = await audit('yi', receipt);
    expect(buyer.document).toMatchObject({ intact: true, against: [{ agrees: true }] });
    expect((await firms.done('status', '--workspace', 'jia')).at('next_step')).toBeNull();
  });

  test('nothing unfinished lies about', () => {
    expect(leftoversBelow(firms.folder)).toEqual([]);
  });
});

/** Customers by number, of a bundle that yi receives and extracts. */
async function customersIn(firms: Firms, bundle: string): Promise<readonly Handed[]> {
  await firms.done('receive', bundle, '--workspace', 'yi');
  const out = firms.path('out.ndjson');
  await firms.done('extract', '--format', 'ndjson', '--out', out, '--yes', '--force', '--workspace', 'yi');
  return extracted(firms, 'ndjson', out);
}

describe('export FILE --deal', () => {
  test.each([false, true])(
    'hands over the same customers as the separate commands (ledger: %s)',
    async (ledger) => {
      const separate = await Firms.withDeal();
      const fused = separate.copy();
      try {
        const files = {
          rows: 300,
          seed: 21,
          out: separate.post('c.csv'),
          ledgerOut: ledger ? separate.post('l.csv') : undefined,
        };
        await writeCustomers({ ...files, encoding: 'gb18030' });
        cpSync(separate.post(), fused.post(), { recursive: true });
        const consents = ledger ? ['--consents', 'post/l.csv'] : [];
        await separate.done('import', 'post/c.csv', ...consents, '--workspace', 'jia');
        await separate.done('check', '--workspace', 'jia');
        const one = await separate.done('export', '--workspace', 'jia');
        const other = await fused.done(
          'export',
          'post/c.csv',
          '--deal',
          'D-1',
          ...consents,
          '--workspace',
          'jia',
        );
        expect(other.at('accounting')).toEqual(one.at('accounting'));
        expect(other.number('accounting.transfer')).toBeGreaterThan(100);
        expect(await customersIn(fused, other.text('bundle.path'))).toEqual(
          await customersIn(separate, one.text('bundle.path')),
        );
        expect(leftoversBelow(fused.folder)).toEqual([]);
      } finally {
        separate.remove();
        fused.remove();
      }
    },
  );

  test('makes again the pages of which somebody is kept back who stands in another page too', async () => {
    const separate = await Firms.withDeal({ fields: SMALL });
    const fused = separate.copy();
    try {
      // Some 200 bytes a row: four pages of half a MiB. C5 comes back as it was, C4000 with another number.
      const rows = Array.from({ length: 10_000 }, (_, i) => customer(`C${i}`));
      rows.push(customer('C5'), customer('C4000', { 手机号: '13800000002' }));
      const file = put(separate, 'c.csv', HEADER, ...rows);
      cpSync(separate.post(), fused.post(), { recursive: true });
      await separate.done('import', file, '--workspace', 'jia');
      await separate.done('check', '--workspace', 'jia');
      const one = await separate.done('export', '--workspace', 'jia');
      const other = await fused.done('export', 'post/c.csv', '--deal', 'D-1', '--workspace', 'jia');
      expect(other.number('accounting.transfer')).toBe(9_999);
      expect(other.at('accounting')).toEqual(one.at('accounting'));
      const customers = await customersIn(fused, other.text('bundle.path'));
      expect(customers).toEqual(await customersIn(separate, one.text('bundle.path')));
      expect(JSON.stringify(customers)).not.toContain('"C4000"');
      expect(leftoversBelow(fused.folder)).toEqual([]);
    } finally {
      separate.remove();
      fused.remove();
    }
  });

  test('leaves a page out whose only customer stands in an earlier page', async () => {
    const firms = await Firms.withDeal({ fields: SMALL });
    try {
      // Four pages of half a MiB: of the last two nobody goes but C5, who comes back as he was.
      const rows = Array.from({ length: 10_000 }, (_, i) =>
        i < 5000 ? customer(`C${i}`) : customer(`C${i}`, { 是否同意转让: '拒绝' }),
      );
      put(firms, 'c.csv', HEADER, ...rows, customer('C5'));
      const sent = await firms.done('export', 'post/c.csv', '--deal', 'D-1', '--workspace', 'jia');
      expect(sent.number('accounting.transfer')).toBe(5000);
      // The buyer computes every root again.
      expect(await customersIn(firms, sent.text('bundle.path'))).toHaveLength(5000);
    } finally {
      firms.remove();
    }
  });
});

/** A row that goes, unless `cells` say otherwise. */
function customer(no: string, cells: Readonly<Record<string, string>> = {}): string {
  const row: Record<string, string> = {
    客户编号: no,
    姓名: '赵一',
    手机号: '13800000001',
    服务地址: '上海市浦东新区映月路1号',
    最近服务: '2026-10-01',
    是否同意转让: '同意',
    接收方: BUYER,
    同意用途: PURPOSE,
    同意时间: '2026-10-05',
    同意方式: '小程序',
    同意凭证: `W-${no}`,
    ...cells,
  };
  return Object.values(row).join(',');
}

test('ten thousand customers under one telephone number are looked through in no time', async () => {
  const firms = await Firms.meet();
  try {
    // The firm's own number, say: fifty million pairs of customers who may be one.
    const rows = Array.from({ length: 10_000 }, (_, i) => customer(`C${i}`, { 姓名: `赵${i}` }));
    put(firms, 'c.csv', HEADER, ...rows);
    await firms.done('import', 'post/c.csv', '--workspace', 'jia');
    const seconds = await processorSeconds(async () => {
      const found = await firms.done('subject', 'duplicates', '--workspace', 'jia');
      expect(found.number('counts.mobile')).toBe(1);
    });
    expect(seconds).toBeLessThan(5);
  } finally {
    firms.remove();
  }
});

const HEADER =
  '客户编号,姓名,手机号,服务地址,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
const SMALL: readonly AgreedField[] = [
  ['customer_no', 'identifier', 'keep'],
  ['name', 'general', 'keep'],
  ['mobile', 'contact', 'keep'],
  ['address', 'address', 'generalise'],
];

function put(firms: Firms, name: string, ...lines: readonly string[]): string {
  const path = firms.post(name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

describe('the consent ledger', () => {
  test('a later withdrawal wins, an earlier one does not, in whatever order they stand in the file', async () => {
    const firms = await Firms.withDeal({ fields: SMALL });
    try {
      const file = put(
        firms,
        'c.csv',
        HEADER,
        ...['A1', 'A2', 'A3', 'A4', 'A5'].map((no) => customer(no, { 手机号: `1380000000${no.slice(1)}` })),
      );
      const event = (no: string, what: string, day: string, to = BUYER) =>
        `${no},${PURPOSE},${to},${what},${day},电话录音,L-${no}`;
      const ledger = put(
        firms,
        'l.csv',
        '客户编号,用途,接收方,事件,时间,方式,凭证',
        event('A1', '撤回', '2026-10-20'),
        // Withdrawn before the consent in the file.
        event('A2', '撤回', '2026-10-01'),
        // Withdrawn, and given again later; the lines are not in order.
        event('A3', '同意', '2026-11-01'),
        event('A3', '撤回', '2026-10-20'),
        // A no to another firm is none to this one.
        event('A4', '撤回', '2026-10-20', '上海丙家政服务有限公司'),
        // On the very same day the no wins.
        event('A5', '撤回', '2026-10-05'),
        // A stranger.
        event('A9', '撤回', '2026-10-20'),
      );
      await firms.done('import', file, '--consents', ledger, '--workspace', 'jia');
      const check = await firms.done('check', '--workspace', 'jia');
      expect(check.document).toMatchObject({
        accounting: { read: 5, transfer: 3, withhold: 2 },
        ledger_events: 7,
      });
      await firms.done('check', '--unmatched', 'nobody', '--workspace', 'jia');
      const sent = await firms.done('export', '--workspace', 'jia');
      const got = await customersIn(firms, sent.text('bundle.path'));
      expect(got.map((each) => each['customer_no'])).toEqual(['A2', 'A3', 'A4']);
      expect(got[0]).toEqual({
        customer_no: 'A2',
        name: '赵一',
        mobile: '13800000002',
        address: '上海市浦东新区映月路',
      });
    } finally {
      firms.remove();
    }
  });
});

describe('what is refused on the way', () => {
  let ready: Firms;
  let sent: Firms;
  const bundle = 'jia/exchange/D-1-1.handover.zip';

  beforeAll(async () => {
    ready = await Firms.withDeal({ fields: SMALL });
    put(ready, 'c.csv', HEADER, customer('A1'), customer('A2'));
    sent = ready.copy();
    await sent.done('export', 'post/c.csv', '--deal', 'D-1', '--workspace', 'jia');
  });
  afterAll(() => {
    ready.remove();
    sent.remove();
  });

  async function within(firms: Firms | Promise<Firms>, run: (firms: Firms) => Promise<void>): Promise<void> {
    const own = await firms;
    try {
      await run(own);
    } finally {
      own.remove();
    }
  }

  test('a deal with one signature: 4', () =>
    within(Firms.meet(), async (firms) => {
      await firms.done('deal', 'sign', await firms.draft({ fields: SMALL }), '--yes', '--workspace', 'jia');
      put(firms, 'c.csv', HEADER, customer('A1'));
      expect(endOf(await firms.run('export', 'post/c.csv', '--deal', 'D-1', '--workspace', 'jia'))).toBe(
        '4 DEAL_UNSIGNED',
      );
      await firms.run('import', 'post/c.csv', '--workspace', 'jia');
      await firms.run('check', '--deal', 'D-1', '--workspace', 'jia');
      expect(endOf(await firms.run('export', '--workspace', 'jia'))).toBe('4 DEAL_UNSIGNED');
      expect(filesBelow(firms.path('jia', 'exchange')).filter((name) => name.includes('zip'))).toEqual([]);
    }));

  test('an approval that is missing: 4, and the bundle once it is there', () =>
    within(Firms.withDeal({ fields: SMALL, approvals: 1 }), async (firms) => {
      const key = put(firms, 'wang', 'four unrelated words here');
      put(firms, 'c.csv', HEADER, customer('A1'));
      const fused = ['export', 'post/c.csv', '--deal', 'D-1', '--workspace', 'jia'];
      expect(endOf(await firms.run(...fused))).toBe('4 APPROVAL_TOO_FEW');
      expect(endOf(await firms.run('export', '--workspace', 'jia'))).toBe('4 APPROVAL_TOO_FEW');
      const approve = ['approve', '--yes', '--workspace', 'jia', '--approver-passphrase-file', key];
      expect(endOf(await firms.run(...approve))).toBe('4 APPROVAL_SAME_PERSON');
      expect(endOf(await firms.run(...approve, '--operator', '王芳'))).toBe('0');
      expect((await firms.done('export', '--workspace', 'jia')).number('approvers')).toBe(1);
    }));

  test('a bundle for somebody else: 5', () =>
    within(sent.copy(), async (firms) => {
      await firms.settle('bing', 'buyer', '上海丙家政服务有限公司');
      await firms.acquaint('bing', 'jia');
      expect(endOf(await firms.run('receive', bundle, '--workspace', 'bing'))).toBe('5 BUNDLE_NOT_FOR_US');
      expect(stockOf(firms.path('bing'))).toMatchObject({
        datasets: [],
        receipts: 0,
        events: { refused: 1 },
      });
    }));

  test('a sender who is not known: 5', () =>
    within(sent.copy(), async (firms) => {
      await firms.settle('ding', 'buyer', '上海丁家政服务有限公司');
      expect(endOf(await firms.run('receive', bundle, '--workspace', 'ding'))).toBe(
        '5 BUNDLE_SENDER_UNKNOWN',
      );
      expect(endOf(await firms.run('verify', bundle, '--workspace', 'ding'))).toBe('5 BUNDLE_SENDER_UNKNOWN');
      expect(stockOf(firms.path('ding')).datasets).toEqual([]);
    }));

  test('another card than the sender’s: 5', async () => {
    expect(endOf(await sent.run('verify', bundle, '--card', sent.cardOf('yi')))).toBe('5 BUNDLE_SIGNER');
  });

  test('a test bundle in a production workspace, and the other way round: 4', async () => {
    // The same firm has one workspace for rehearsals and one for production, with the same keys.
    for (const environment of ['test', 'production'] as const) {
      const other = environment === 'test' ? 'production' : 'test';
      const one = await Firms.meet({ environment });
      const mixed = Firms.withDeal({ fields: SMALL, environment });
      await within(one, async (firms) => {
        const draft = await firms.draft({ fields: SMALL, environment: other });
        expect(endOf(await firms.run('deal', 'sign', draft, '--yes', '--workspace', 'jia'))).toBe(
          '4 DEAL_ENVIRONMENT',
        );
      });
      await within(mixed, async (firms) => {
        put(firms, 'c.csv', HEADER, customer('A1'));
        await firms.done('export', 'post/c.csv', '--deal', 'D-1', '--workspace', 'jia');
        const db = new OpenDatabase(firms.path('yi', 'handover.db'));
        db.run('UPDATE workspace SET environment = ?', other);
        db.close();
        await signTables(firms.path('yi'));
        expect(endOf(await firms.run('receive', bundle, '--workspace', 'yi'))).toBe('4 BUNDLE_ENVIRONMENT');
        expect(stockOf(firms.path('yi')).datasets).toEqual([]);
      });
    }
  });

  test('the same bundle id with other content: 5, and what was stored stays', () =>
    within(ready.copy(), async (firms) => {
      // The seller's clock and chance are the same twice: the same id is drawn for two different files.
      const exported = async (own: Firms, ...lines: string[]): Promise<string> => {
        const file = put(own, 'r.csv', HEADER, ...lines);
        await own.done('import', file, '--workspace', 'jia');
        await own.done('check', '--workspace', 'jia');
        const random = repeatableRandom('twice');
        const said = await own.runWith({ random }, 'export', '--workspace', 'jia', '--json');
        return new Answer(JSON.parse(said.stdout)).text('bundle.path');
      };
      await within(firms.copy(), async (twin) => {
        const one = await exported(firms, customer('A1'), customer('A2'));
        const other = await exported(twin, customer('A1'), customer('A3'));
        const first = await firms.done('receive', one, '--workspace', 'yi');
        const stock = stockOf(firms.path('yi'));
        expect(endOf(await firms.run('receive', other, '--workspace', 'yi'))).toBe('5 BUNDLE_REPLAY');
        const after = stockOf(firms.path('yi'));
        expect(after).toEqual({ ...stock, events: { ...stock.events, refused: 1 } });
        expect((await firms.done('receive', one, '--workspace', 'yi')).at('receipt')).toEqual(
          first.at('receipt'),
        );
      });
    }));

  test('a receipt for a bundle that was never sent: 5', () =>
    within(sent.copy(), async (firms) => {
      await firms.done('receive', bundle, '--workspace', 'yi');
      await within(ready.copy(), async (other) => {
        for (const file of ['D-1-1.receipt.json', 'D-1-1.receipt.json.minisig'])
          cpSync(firms.path('yi', 'exchange', file), other.post(file));
        const said = await other.run('receipt', 'accept', 'post/D-1-1.receipt.json', '--workspace', 'jia');
        expect(endOf(said)).toBe('5 RECEIPT_UNKNOWN_BUNDLE');
      });
    }));
});
