import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { BUYER } from '../../../fixtures/customers/generate.js';
import { openAge, sealAge } from '../../../src/base/age.js';
import { recipientOf } from '../../../src/base/age-keys.js';
import { sha256, systemRandom } from '../../../src/base/crypto.js';
import { type RangePage, rangePageBytes, rangePages } from '../../../src/bundle/range-pages.js';
import { authenticated } from '../../../src/bundle/authenticated.js';
import {
  rangeJobBytes,
  readRangeBytes,
  readRangeJob,
  readRanges,
  readReadRange,
} from '../../../src/bundle/ranges.js';
import { encodeGb18030 } from '../../../src/dataset/gb18030.js';
import { openPage, packRecords } from '../../../src/store/sealed-pages.js';
import { EXPORTS } from '../../corpora/exports.js';
import { pollutedFiles } from '../../corpora/pollock.js';
import { endOf, Firms, type Said } from '../../kit/firms.js';
import { sayAsOther, tellAsOther } from '../../kit/other-program.js';
import { within } from '../../kit/session.js';
import { OpenDatabase } from '../../kit/sqlite.js';

/*
 * A file that other machines read, range by range, becomes what importing it makes of it: the same records in the same pages, the same rejected rows,
 * counts, marks and event. And whatever is wrong with a range is named before anything is stored.
 */

const isSlow = process.env['SLOW'] === '1';
const inJia = ['--workspace', 'jia'];
let start: Firms;

/** A list with persons in it who said no, and a deal. */
beforeAll(async () => {
  start = await Firms.withDeal();
  writeFileSync(
    start.post('first.csv'),
    `${HEAD}\nC3,王小三,13800138003,老地址,旧,同意\nN1,张一,13800138999,和平路,,拒绝\n`,
  );
  await start.done('import', start.post('first.csv'), ...inJia);
});
afterAll(() => start.remove());

const HEAD = '客户编号,姓名,手机号,服务地址,备注,是否同意转让';

/** Customers over several pages: twice in the list, with other words or the same, without a name, with a no in a row that is rejected. */
function customers(rows: number): string {
  const lines = [HEAD];
  for (let i = 0; i < rows; i++) {
    const number = i % 501 === 7 ? 'C3' : i % 400 === 5 ? `C${i - 300}` : i % 333 === 2 ? '' : `C${i}`;
    const note =
      i % 6 === 0 ? `"住三楼,左转\n""门铃""坏"` : i % 1000 === 3 ? '身高5"11' : '老客户，请先打电话';
    const said = i % 9 === 0 ? '拒绝' : '同意';
    const mobile = i % 250 === 4 ? '1380' : String(13_800_138_000 + i);
    lines.push(
      [number, `王小${i % 7}`, mobile, `上海市浦东新区张江高科技园区建国路${i}号`, note, said].join(','),
    );
    if (i % 700 === 1) lines.push(`C${i},少一格,13800138001`);
  }
  return `${lines.join('\r\n')}\r\n`;
}

async function ranged(firms: Firms, file: string, parts: number, ...argv: readonly string[]): Promise<Said> {
  const { plan, rest } = split(argv);
  const planned = await firms.run(
    'source',
    'plan',
    file,
    'parts',
    '--key',
    'parts.key',
    '--parts',
    String(parts),
    ...plan,
    ...inJia,
    '--json',
  );
  if (planned.exit !== 0) return planned;
  const made: unknown = JSON.parse(planned.stdout).parts;
  for (let part = Number(made); part >= 1; part--) {
    const read = await firms.run(
      'source',
      'read-part',
      'parts',
      String(part),
      '--key',
      'parts.key',
      '--json',
    );
    // What refuses a whole file by one of its rows refuses it where that row is read.
    if (read.exit !== 0) return read;
  }
  return firms.run('import', '--read', 'parts', ...rest, ...inJia, '--json');
}

/** Stands for a ledger, which each of the commands takes in its own way. */
const LEDGER = 'LEDGER';

/** Which words are of the plan, and which of the import. */
function split(argv: readonly string[]): { plan: readonly string[]; rest: readonly string[] } {
  const rest: string[] = [];
  const plan: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === LEDGER) plan.push('--consents');
    else if (word === '--as') rest.push(word, argv[++i] ?? '');
    else if (word === '--force') rest.push(word);
    else plan.push(word);
  }
  return { plan, rest };
}

/** Everything that an import leaves, without what is chance and without where it lies. */
async function leftBy(firms: Firms, said: Said): Promise<unknown> {
  const dir = firms.path('jia');
  const ids = new Map<string, string>();
  const pages = await within(dir, firms.time, async (session) => {
    const { vault } = await session.keys();
    const { read } = session.workspace;
    return read.datasets().map((dataset, i) => {
      ids.set(dataset.id, `dataset ${i}`);
      ids.set(dataset.keyId, `key ${i}`);
      return [...read.pages(dataset.id)].map(({ number, sealed, tags }) => ({
        number,
        tags: Buffer.from(tags).toString('hex'),
        text: Buffer.from(
          openPage(sealed, { dataset: dataset.id, number, tags }, vault.get(dataset.keyId)),
        ).toString(),
      }));
    });
  });
  const db = new OpenDatabase(join(dir, 'handover.db'));
  const tables = {
    datasets: db.rows('SELECT * FROM dataset ORDER BY ordinal'),
    rejected: db.rows(
      'SELECT r.* FROM rejected_row r JOIN dataset d ON d.id = r.dataset ORDER BY d.ordinal, r.line',
    ),
    marks: db.rows('SELECT * FROM subject_mark ORDER BY ordinal'),
    files: db.rows('SELECT path, sha256, bytes, kind FROM file ORDER BY ordinal'),
    restraints: db.rows(
      'SELECT kind, scope, dataset, basis, since, until, reason FROM restraint ORDER BY opened',
    ),
    event: db
      .rows("SELECT action, objects, details FROM event WHERE action LIKE '%imported' ORDER BY seq")
      .map(({ action, objects, details }) => {
        const { ranges: _, ...facts } = JSON.parse(String(details));
        return { action, objects: JSON.parse(String(objects)), facts };
      }),
  };
  db.close();
  const plain = (text: string): string =>
    [...ids]
      .reduce((all, [id, name]) => all.replaceAll(id, name), text)
      .replaceAll(firms.folder, '')
      .replaceAll(/(freeze\\?": ?\\?")[0-9a-f-]{36}/g, '$1freeze');
  return JSON.parse(
    JSON.stringify({
      ended: [said.exit, plain(said.stdout), said.exit === 0 ? '' : endOf(said)],
      tables: JSON.parse(plain(JSON.stringify(tables))),
      pages,
      post: readdirSync(firms.post())
        .sort()
        .map((name) => [name, /\.xlsx$/.test(name) ? '' : readFileSync(firms.post(name)).toString('hex')]),
    }),
  );
}

/** Imports files both ways, one after another, and compares what is left of all of them. @returns how each ended */
async function same(
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
  parts: number,
  ...argv: readonly string[]
): Promise<readonly string[]> {
  const [whole, byParts] = [start.copy(), start.copy()];
  const ends: string[] = [];
  try {
    const lefts: unknown[] = [];
    for (const [name, bytes] of files) {
      for (const firms of [whole, byParts]) writeFileSync(firms.post(name), bytes);
      const file = argv.includes(LEDGER) ? ['--consents', whole.post(name)] : [whole.post(name)];
      const said = await whole.run(
        'import',
        ...file,
        ...argv.filter((word) => word !== LEDGER),
        ...inJia,
        '--json',
      );
      const home = await ranged(byParts, byParts.post(name), parts, ...argv);
      expect(endOf(home), name).toBe(endOf(said));
      ends.push(endOf(said));
      // A plan that was refused leaves nothing, and what was taken home has gone from its folder.
      if (home.argv[0] === 'import') expect(readdirSync(byParts.path('parts'))).toEqual([]);
      for (const left of ['parts', 'parts.key']) rmSync(byParts.path(left), { recursive: true, force: true });
      if (ends.length === files.length) lefts.push(await leftBy(whole, said), await leftBy(byParts, home));
    }
    const [one, other] = lefts;
    expect(other).toEqual(one);
    return ends;
  } finally {
    whole.remove();
    byParts.remove();
  }
}

const again = ['--as', 'list', '--again'];

describe('what other machines read is what importing makes of it', () => {
  test.each([1, 2, 3, 7])('a list of several pages in %d parts', async (parts) => {
    // A row with a stray quote may hold somebody's no.
    expect(await same([['c.csv', Buffer.from(customers(26_000))]], parts, '--as', 'list')).toEqual(['3']);
  });

  test('a correction, rows that are orders of one customer, another encoding', async () => {
    const orders = Array.from(
      { length: 9000 },
      (_, i) => `O${i % 2000},王一,13800138${String(i % 2000).padStart(3, '0')},建国路一号,第${i}次,`,
    );
    const files: [string, Uint8Array][] = [
      ['orders.csv', encodeGb18030(`${HEAD}\n${orders.join('\n')}\n`)],
      [
        'first.csv',
        Buffer.from(`${HEAD}\nC3,王小三,13800138003,新地址,新,同意\nN1,张一,13800138999,和平路,,拒绝\n`),
      ],
    ];
    expect(await same(files, 3, '--as', 'correction')).toEqual(['0', '0']);
  });

  test('a ledger, and an archive', async () => {
    const events = Array.from(
      { length: 12_000 },
      (_, i) => `C${i},${i % 3 === 0 ? '撤回' : '同意'},2026-0${1 + (i % 9)}-11,${BUYER},${PURPOSE},书面\n`,
    );
    const ledger = Buffer.from(`客户编号,事件,时间,接收方,用途,方式\n${events.join('')}`);
    expect(await same([['ledger.csv', ledger]], 2, LEDGER)).toEqual(['0']);
    const kept = Buffer.from(customers(9000));
    expect(await same([['kept.csv', kept]], 2, '--archive', 'tax-documents', '--from', '2024-12-31')).toEqual(
      ['3'],
    );
  });

  test('samples, and exports of systems', async () => {
    const samples = join(import.meta.dirname, '../../corpora/samples');
    const names = readdirSync(samples).filter((name) => name.endsWith('.csv'));
    const files = [
      ...names.map((name) => [name, readFileSync(join(samples, name))] as const),
      ...EXPORTS.filter(({ bytes }) => !isBook(bytes)).map(({ file, bytes }) => [file, bytes] as const),
    ];
    expect(
      (await same(files, 2, ...again)).filter((end) => end === '0' || end === '3').length,
    ).toBeGreaterThan(9);
  });

  test('polluted files', async () => {
    // Page for page all of them are compared beside this one.
    const files = [...pollutedFiles()]
      .filter((_, i) => isSlow || i % 16 === 5)
      .map(({ name, bytes }) => [`${name.replaceAll('/', ' ')}.csv`, bytes] as const);
    expect(
      (await same(files, 2, ...again)).filter((end) => end === '0' || end === '3').length,
    ).toBeGreaterThan(3);
  });
});

/** Workbooks and pages for a browser are read on one machine. */
function isBook(bytes: Uint8Array): boolean {
  return /^(?:PK|\s*<)/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
}

describe('what is wrong with a range is named, and nothing is imported', () => {
  let planned: Firms;
  beforeAll(async () => {
    planned = start.copy();
    writeFileSync(planned.post('c.csv'), customers(12_000));
    await planned.done(
      'source',
      'plan',
      'post/c.csv',
      'parts',
      '--key',
      'parts.key',
      '--parts',
      '3',
      ...inJia,
    );
    for (const part of ['1', '2', '3'])
      await planned.done('source', 'read-part', 'parts', part, '--key', 'parts.key');
  });
  afterAll(() => planned.remove());

  const home = (firms: Firms) => firms.run('import', '--read', 'parts', '--as', 'list', ...inJia);

  /** Spoils something, and has it named by what comes home. */
  async function spoiled(code: string, spoil: (firms: Firms) => void | Promise<void>): Promise<void> {
    const firms = planned.copy();
    try {
      await spoil(firms);
      const before = await datasets(firms);
      expect(endOf(await home(firms))).toBe(code);
      expect(await datasets(firms)).toBe(before);
      await firms.done('audit', 'verify', ...inJia);
    } finally {
      firms.remove();
    }
  }

  const datasets = (firms: Firms) =>
    within(firms.path('jia'), firms.time, async ({ workspace }) => workspace.read.datasets().length);

  function flip(path: string, at: number): void {
    const bytes = readFileSync(path);
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  }

  test('one that is missing', () =>
    spoiled('8 READING_MISSING', (firms) => rmSync(firms.path('parts', 'read', '00002.json'))));

  test('a worker with another version of the program, and what it says', async () => {
    const [job, key] = [planned.path('parts', 'job.age'), planned.path('parts.key')];
    await spoiled('10 LOTS_PROGRAM', (firms) =>
      sayAsOther(firms.path('parts', 'read', '00002.json'), job, key),
    );
    const firms = planned.copy();
    await tellAsOther(firms.path('parts', 'job.age'), key);
    const read = ['source', 'read-part', 'parts', '2', '--key', 'parts.key'];
    expect(endOf(await firms.run(...read, '--file', 'post/c.csv'))).toBe('10 LOTS_PROGRAM');
    firms.remove();
  });

  test('pages that are missing, cut short, longer, changed', async () => {
    const path = (firms: Firms) => firms.path('parts', 'read', '00002.age');
    await spoiled('2 FILE_NOT_FOUND', (firms) => rmSync(path(firms)));
    await spoiled('6 READING_CHANGED', (firms) => flip(path(firms), -1));
    await spoiled('6 READING_CHANGED', (firms) => flip(path(firms), 3000));
    await spoiled('6 READING_CHANGED', (firms) =>
      writeFileSync(path(firms), readFileSync(path(firms)).subarray(9)),
    );
    await spoiled('6 READING_CHANGED', (firms) =>
      writeFileSync(path(firms), Buffer.concat([readFileSync(path(firms)), Buffer.from('x')])),
    );
  });

  test('two of one number, and one under another number', async () => {
    await spoiled('6 READING_TWICE', (firms) =>
      cpSync(firms.path('parts', 'read', '00002.json'), firms.path('parts', 'read', 'copy.json')),
    );
    await spoiled('6 READING_CHANGED', (firms) => {
      cpSync(firms.path('parts', 'read', '00002.json'), firms.path('parts', 'read', '00009.json'));
      rmSync(firms.path('parts', 'read', '00002.json'));
    });
    await spoiled('6 READING_CHANGED', (firms) =>
      cpSync(firms.path('parts', 'read', '00001.age'), firms.path('parts', 'read', '00002.age')),
    );
  });

  test('documents that somebody without the key changed', async () => {
    const replaced = (name: string, from: RegExp, to: string) => (firms: Firms) => {
      const path = firms.path('parts', name);
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
    };
    await spoiled('6 READING_CHANGED', replaced('read/00001.json', /"rows":\d/, '"rows":9'));
    await spoiled('6 READING_CHANGED', replaced('ranges.json', /"line":\d/, '"line":9'));
    await spoiled('4 READING_UNKNOWN', replaced('ranges.json', /"dataset":"0/, '"dataset":"1'));
    await spoiled('6 READING_OTHER', replaced('read/00001.json', /"ranges":"[0-9a-f]{4}/, '"ranges":"0000'));
    await spoiled('6 READING_CHANGED', (firms) => flip(firms.path('parts', 'job.age'), -1));
  });

  test('a part of another plan', () =>
    spoiled('6 READING_OTHER', async (firms) => {
      await firms.done(
        'source',
        'plan',
        'post/c.csv',
        'others',
        '--key',
        'others.key',
        '--parts',
        '3',
        ...inJia,
      );
      await firms.done('source', 'read-part', 'others', '2', '--key', 'others.key');
      for (const end of ['age', 'json'])
        cpSync(firms.path('others', 'read', `00002.${end}`), firms.path('parts', 'read', `00002.${end}`));
    }));

  test('a worker with the key that says of a page what does not add up', async () => {
    const said = async (firms: Firms, change: (page: RangePage) => RangePage): Promise<void> => {
      const identity = readFileSync(firms.path('parts.key'), 'utf8').trim();
      const job = readRangeJob(await opened(readFileSync(firms.path('parts', 'job.age')), identity));
      const path = firms.path('parts', 'read', '00002.age');
      const pages = [...rangePages(await opened(readFileSync(path), identity), 'page')].map(change);
      const plain = Buffer.concat(pages.map((page) => rangePageBytes(page)));
      const sealed = await sealAge(plain, [recipientOf(identity) ?? ''], systemRandom);
      const told = firms.path('parts', 'read', '00002.json');
      const ranges = sha256(readFileSync(firms.path('parts', 'ranges.json')));
      const read = readReadRange(readFileSync(told), job.macKey, ranges, 'told');
      writeFileSync(path, sealed);
      writeFileSync(
        told,
        readRangeBytes({ ...read, bytes: sealed.length, sha256: sha256(sealed) }, job.macKey),
      );
    };
    const wrongly = (change: (page: RangePage) => RangePage) =>
      spoiled('6 READING_CHANGED', (firms) => said(firms, change));
    const packed = (text: string) => packRecords(Buffer.from(text));
    await wrongly((page) => ({ ...page, number: page.number + 1 }));
    await wrongly((page) => ({ ...page, imported: { ...page.imported, rows: page.imported.rows + 1 } }));
    await wrongly((page) => ({
      ...page,
      imported: { ...page.imported, tags: page.imported.tags.subarray(16) },
    }));
    await wrongly((page) => ({ ...page, prints: new Uint32Array(0) }));
    await wrongly((page) => ({ ...page, packed: packed('C1\u001e') }));
    await wrongly((page) => ({ ...page, packed: packed('\u001f'.repeat(9)) }));
    await wrongly((page) => ({
      ...page,
      imported: { ...page.imported, blank: page.imported.blank + 1, rows: page.imported.rows + 1 },
    }));
    // And as it was, sealed by somebody else, it is taken.
    const firms = planned.copy();
    await said(firms, (page) => page);
    expect(endOf(await home(firms))).toBe('3');
    // The plan knows the file by where it was: what belongs beside it lies there.
    for (const name of ['c.mapping.txt', 'c.rejected.csv', 'c.rejected.xlsx']) rmSync(planned.post(name));
    firms.remove();
  });

  test('a worker with the key that writes another plan, or another job', async () => {
    const identity = readFileSync(planned.path('parts.key'), 'utf8').trim();
    const job = readRangeJob(await opened(readFileSync(planned.path('parts', 'job.age')), identity));
    const text = (firms: Firms) => readFileSync(firms.path('parts', 'ranges.json'));
    const resealed = (firms: Firms, change: (document: Record<string, unknown>) => object) => {
      const { mac: _, ...document } = JSON.parse(text(firms).toString());
      writeFileSync(firms.path('parts', 'ranges.json'), authenticated(change(document), job.macKey));
      // The worker itself would read by it.
      readRanges(text(firms), job.macKey);
    };
    const elsewhere = async (firms: Firms): Promise<Uint8Array> => {
      const other = rangeJobBytes({ ...job, path: firms.path('elsewhere', 'c.csv') });
      const sealed = await sealAge(other, [recipientOf(identity) ?? ''], systemRandom);
      writeFileSync(firms.path('parts', 'job.age'), sealed);
      return sealed;
    };
    await spoiled('6 READING_CHANGED', (firms) =>
      resealed(firms, (document) => ({ ...document, file: { bytes: 1, sha256: '0'.repeat(64) } })),
    );
    await spoiled('6 READING_CHANGED', async (firms) => void (await elsewhere(firms)));
    await spoiled('6 READING_CHANGED', async (firms) => {
      const sealed = await elsewhere(firms);
      resealed(firms, (document) => ({ ...document, job: sha256(sealed) }));
    });
  });

  test('a file that was changed since the plan, by the worker', async () => {
    const firms = planned.copy();
    const read = (...argv: readonly string[]) =>
      firms.run('source', 'read-part', 'parts', '2', '--key', 'parts.key', ...argv);
    const text = readFileSync(firms.post('c.csv'), 'utf8');
    writeFileSync(
      firms.post('other.csv'),
      text.replace('老客户，请先打电话', '老客户，请先发短信').replaceAll('C6000,', 'C6001,'),
    );
    // The plan names the file as it was called then: a copy of all firms lies elsewhere.
    expect(endOf(await read('--file', 'post/other.csv'))).toBe('6 READING_ROWS');
    expect(endOf(await read('--file', 'post/c.csv'))).toBe('0');
    expect(endOf(await read('--rows', 'post/c.csv'))).toBe('6 READING_ROWS');
    expect(endOf(await read('--rows', 'post/c.csv', '--file', 'post/c.csv'))).toBe('2 CLI_OPTIONS_CONFLICT');
    firms.remove();
  });

  test('a plan that no longer holds', async () => {
    await spoiled('4 READING_STALE', (firms) =>
      firms.agree({
        id: 'D-2',
        fields: [
          ['customer_no', 'identifier', 'keep'],
          ['email', 'contact', 'keep'],
        ],
      }),
    );
    await spoiled('4 READING_MAPPING', () =>
      writeFileSync(planned.post('c.mapping.txt'), '客户编号 = customer_no\n'),
    );
    rmSync(planned.post('c.mapping.txt'));
    await spoiled('4 DATASET_KNOWN', async (firms) => {
      await firms.run('import', 'post/c.csv', '--as', 'list', ...inJia);
    });
  });
});

test.each([
  ['c.mapping.txt', []],
  ['own.txt', ['--mapping', 'post/own.txt']],
])('%s is the mapping by which the parts were read, or nothing is imported', async (name, given) => {
  const firms = start.copy();
  const mapping = ['# 谁改了什么', '客户编号 = customer_no', '手机号 = mobile', '备注 = -'];
  const rest = HEAD.split(',').filter((header) => !mapping.some((line) => line.startsWith(`${header} =`)));
  const whole = [...mapping, ...rest.map((header) => `${header} = -`)].join('\n');
  writeFileSync(firms.post('c.csv'), customers(300));
  writeFileSync(firms.post(name), whole);
  await firms.done('source', 'plan', 'post/c.csv', 'parts', '--key', 'parts.key', ...given, ...inJia);
  await firms.done('source', 'read-part', 'parts', '1', '--key', 'parts.key');
  const home = () => firms.run('import', '--read', 'parts', '--as', 'list', ...inJia);
  for (const wrong of [
    whole.replace('备注 = -', '备注 = notes'),
    whole.replace('备注 = -', '备注 = ?'),
    'x',
  ]) {
    writeFileSync(firms.post(name), wrong);
    expect(endOf(await home())).toBe('4 READING_MAPPING');
  }
  rmSync(firms.post(name));
  expect(endOf(await home())).toBe('4 READING_MAPPING');
  // The order of the lines and what stands between them says nothing.
  writeFileSync(firms.post(name), whole.split('\n').reverse().join('\r\n').replace('谁改了什么', '没有'));
  expect(endOf(await home())).toBe('3');
  firms.remove();
});

test('a part read again, from nothing but its bytes, is the same byte for byte', async () => {
  const firms = start.copy();
  writeFileSync(firms.post('c.csv'), encodeGb18030(customers(12_000)));
  await firms.done('source', 'plan', 'post/c.csv', 'parts', '--key', 'parts.key', '--parts', '3', ...inJia);
  const { ranges } = JSON.parse(readFileSync(firms.path('parts', 'ranges.json'), 'utf8'));
  const [, { from, bytes }] = ranges;
  const rows = readFileSync(firms.post('c.csv')).subarray(from, from + bytes);
  writeFileSync(firms.post('rows'), rows);
  const read = async (...argv: readonly string[]) => {
    await firms.done('source', 'read-part', 'parts', '2', '--key', 'parts.key', ...argv);
    return ['age', 'json'].map((end) => sha256(readFileSync(firms.path('parts', 'read', `00002.${end}`))));
  };
  const first = await read();
  rmSync(firms.path('parts', 'read'), { recursive: true });
  renameSync(firms.post('c.csv'), firms.post('gone.csv'));
  expect(await read('--rows', 'post/rows')).toEqual(first);
  expect(await read('--file', 'post/gone.csv')).toEqual(first);
  firms.remove();
});

async function opened(sealed: Uint8Array, identity: string): Promise<Uint8Array> {
  const plain = await openAge(sealed, identity);
  if (typeof plain === 'string') throw new Error(plain);
  return plain;
}
