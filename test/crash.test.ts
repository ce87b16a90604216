import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { todayInShanghai } from '../fixtures/customers/days.js';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { mobile } from '../fixtures/customers/numbers.js';
import { sha256 } from '../src/base/crypto.js';
import { Canary } from './kit/canary.js';
import { Answer, endOf, Firms, type Moment, shown } from './kit/firms.js';
import { contentsBelow, digestsBelow, filesBelow, leftoversBelow } from './kit/folders.js';
import { type InsideEnd, runInside } from './kit/inside.js';
import { type ProcessEnd, type Starting, start, startAndEnd } from './kit/process.js';
import { keysOf, type Stock, stockOf } from './kit/stock.js';

/*
 * Every command is a process of its own here, and is killed before one of the operations that write (kit/stop-at.js): the call is not made,
 * and a write is half made. What is left must be what was before or what should come after, and the same command, run again, ends well or
 * says what to do. By default a share of the operations is tried; SLOW=1 tries each.
 */

const SLOW = process.env['SLOW'] === '1';
const BUNDLE = 'jia/exchange/D-1-1.handover.zip';

interface Deed {
  readonly title: string;
  /** From this moment of the firms' lives. */
  readonly from: MomentName;
  /** What is done first, where it is about the very files of the folder and so cannot be copied. */
  readonly first?: readonly string[];
  /** Likewise, one after another. */
  readonly firsts?: readonly (readonly string[])[];
  readonly argv: readonly string[];
  /** Whose workspace it changes. */
  readonly actor: 'jia' | 'yi';
  /** How many operations are tried by default. */
  readonly share: number;
  /** Refusals that may answer the second run, because the first had done its work; `repeat` is then how to do it all the same. */
  readonly refusals?: readonly string[];
  /** Advice that a refusal of the second run gives, followed. */
  readonly advice?: Readonly<Record<string, readonly string[]>>;
  /** What is typed instead where the first run has left names that are not written over. */
  readonly instead?: readonly string[];
  /** A folder that appears with all that belongs in it. */
  readonly folder?: string;
  /** What is no longer there in the end. */
  readonly gone?: readonly string[];
  /** What must hold in the end, and in no case twice. */
  readonly stock: Partial<Stock>;
  /** Whether it ends records: nothing of a customer is then left in clear, no key too many, and status tells of a run that was cut short. */
  readonly ends?: true;
}

type MomentName =
  | 'agreed'
  | 'imported'
  | 'checked'
  | 'planned'
  | 'sealed'
  | 'exported'
  | 'split'
  | 'opened'
  | 'received'
  | 'accepted';

const inJia = ['--workspace', 'jia'];
const inYi = ['--workspace', 'yi'];

/** Stands in command lines for a customer who was handed over. */
const SOMEBODY = 'SOMEBODY';
const asks = ['--requester', 'self', '--verified', 'callback'];
const withdrawing = ['subject', 'withdraw', SOMEBODY, ...asks, ...inJia];
const newNumber = ['--field', 'mobile', '--value-file', 'post/v.txt'];

const reading = ['source', 'plan', 'post/c.csv', 'post/reading', '--key', 'post/reading.key', ...inJia];
const readPart = ['source', 'read-part', 'post/reading', '1', '--key', 'post/reading.key'];

const DEEDS: readonly Deed[] = [
  {
    title: 'source plan',
    from: 'agreed',
    argv: reading,
    actor: 'jia',
    share: 3,
    instead: ['source', 'plan', 'post/c.csv', 'post/others', '--key', 'post/others.key', ...inJia],
    folder: 'post/reading',
    stock: { datasets: [] },
  },
  {
    title: 'source read-part',
    from: 'agreed',
    first: reading,
    argv: readPart,
    actor: 'jia',
    share: 3,
    stock: { datasets: [] },
  },
  {
    title: 'import of read parts',
    from: 'agreed',
    firsts: [reading, readPart],
    argv: ['import', '--read', 'post/reading', ...inJia],
    actor: 'jia',
    share: 6,
    refusals: ['4 READING_UNKNOWN', '2 FILE_NOT_FOUND'],
    gone: ['post/reading/job.age', 'post/reading/read'],
    stock: { rejects: ['c.rejected.csv', 'c.rejected.xlsx'] },
  },
  {
    title: 'import',
    from: 'agreed',
    argv: ['import', 'post/c.csv', ...inJia],
    actor: 'jia',
    share: 6,
    refusals: ['4 DATASET_KNOWN'],
    stock: { rejects: ['c.rejected.csv', 'c.rejected.xlsx'] },
  },
  {
    title: 'check',
    from: 'imported',
    argv: ['check', ...inJia],
    actor: 'jia',
    share: 2,
    stock: {},
  },
  {
    title: 'export',
    from: 'checked',
    argv: ['export', ...inJia],
    actor: 'jia',
    share: 5,
    refusals: ['4 EXPORT_SAME'],
    stock: {},
  },
  {
    title: 'bundle plan',
    from: 'checked',
    argv: ['bundle', 'plan', 'post/lots', '--key', 'post/lots.key', ...inJia],
    actor: 'jia',
    share: 2,
    instead: ['bundle', 'plan', 'post/others', '--key', 'post/others.key', ...inJia],
    folder: 'post/lots',
    stock: {},
  },
  {
    title: 'bundle seal-part',
    from: 'planned',
    argv: ['bundle', 'seal-part', 'post/lots', '1', '--key', 'post/lots.key'],
    actor: 'jia',
    share: 3,
    stock: {},
  },
  {
    title: 'bundle assemble',
    from: 'sealed',
    argv: ['bundle', 'assemble', 'post/lots', ...inJia],
    actor: 'jia',
    share: 4,
    refusals: ['4 EXPORT_SAME', '4 LOTS_UNKNOWN', '2 FILE_NOT_FOUND'],
    gone: ['post/lots/job.age', 'post/lots/lots'],
    stock: { bundles: ['out exported'] },
  },
  {
    title: 'bundle split',
    from: 'exported',
    argv: ['bundle', 'split', BUNDLE, 'post/opening', '--key', 'post/opening.key', ...inYi],
    actor: 'yi',
    share: 2,
    instead: ['bundle', 'split', BUNDLE, 'post/others', '--key', 'post/others.key', ...inYi],
    folder: 'post/opening',
    stock: { bundles: [] },
  },
  {
    title: 'bundle open-part',
    from: 'split',
    argv: ['bundle', 'open-part', 'post/opening', '1', '--bundle', BUNDLE, '--key', 'post/opening.key'],
    actor: 'yi',
    share: 3,
    stock: {},
  },
  {
    title: 'receive of opened parts',
    from: 'opened',
    argv: ['receive', BUNDLE, '--opened', 'post/opening', ...inYi],
    actor: 'yi',
    share: 4,
    gone: ['post/opening/job.age', 'post/opening/opened'],
    stock: { bundles: ['in received'], receipts: 1 },
  },
  {
    title: 'receive',
    from: 'exported',
    argv: ['receive', BUNDLE, ...inYi],
    actor: 'yi',
    share: 5,
    stock: { bundles: ['in received'], receipts: 1 },
  },
  {
    title: 'receipt accept',
    from: 'received',
    argv: ['receipt', 'accept', 'yi/exchange/D-1-1.receipt.json', ...inJia],
    actor: 'jia',
    share: 2,
    stock: { bundles: ['out accepted'], receipts: 1 },
  },
  {
    title: 'extract to csv',
    from: 'received',
    argv: ['extract', '--format', 'csv', '--out', 'post/all.csv', '--yes', ...inYi],
    actor: 'yi',
    share: 2,
    advice: { '2 FILE_EXISTS': ['--force'] },
    stock: { extracts: ['all.csv'] },
  },
  {
    title: 'extract to sqlite',
    from: 'received',
    argv: ['extract', '--format', 'sqlite', '--out', 'post/all.db', '--yes', ...inYi],
    actor: 'yi',
    share: 2,
    advice: { '2 FILE_EXISTS': ['--force'] },
    stock: { extracts: ['all.db'] },
  },
  {
    title: 'purge of a part, with the files in clear',
    from: 'accepted',
    first: ['purge', 'plan', '--kept-back', ...inJia],
    argv: ['purge', 'run', '--shred', '--yes', ...inJia],
    actor: 'jia',
    share: 7,
    stock: {},
    ends: true,
  },
  {
    title: 'purge of everything that was received',
    from: 'accepted',
    first: ['purge', 'plan', '--dataset', 'D-1-1.handover.zip', ...inYi],
    argv: ['purge', 'run', '--shred', '--yes', ...inYi],
    actor: 'yi',
    share: 5,
    stock: { datasets: [{ kind: 'customers', promised: 0, held: 0 }] },
    ends: true,
  },
  {
    title: 'subject withdraw',
    from: 'accepted',
    argv: withdrawing,
    actor: 'jia',
    share: 2,
    stock: { notices: ['out open'] },
  },
  {
    title: 'subject correct',
    from: 'accepted',
    argv: ['subject', 'correct', SOMEBODY, ...newNumber, ...asks, ...inJia],
    actor: 'jia',
    share: 2,
    stock: { notices: ['out open'] },
  },
  {
    title: 'subject erase',
    from: 'accepted',
    argv: ['subject', 'erase', SOMEBODY, ...asks, '--yes', ...inJia],
    actor: 'jia',
    share: 3,
    stock: { notices: ['out open'] },
  },
  {
    title: 'notice apply',
    from: 'accepted',
    first: withdrawing,
    argv: ['notice', 'apply', 'jia/exchange/D-1-notice-1.notice.json', '--yes', ...inYi],
    actor: 'yi',
    share: 4,
    stock: { notices: ['in completed'] },
  },
  {
    title: 'deal abort',
    from: 'accepted',
    argv: ['deal', 'abort', 'D-1', '--reason', '没有谈成', '--yes', ...inJia],
    actor: 'jia',
    share: 2,
    stock: { notices: ['out open'], bundles: ['out aborted'] },
  },
];

const moments = {} as Record<MomentName, Firms>;

beforeAll(async () => {
  const firms = await Firms.withDeal({ time: new Date().toISOString() });
  await writeCustomers({
    rows: 300,
    seed: 7,
    today: todayInShanghai(),
    encoding: 'gb18030',
    out: firms.post('c.csv'),
  });
  const next = async (moment: MomentName, ...argv: readonly string[]) => {
    await firms.done(...argv);
    moments[moment] = firms.copy();
  };
  /** Moments of other lives, which branch off here. */
  const beside = async (
    from: MomentName,
    steps: readonly (readonly [moment: MomentName, ...argv: readonly string[]])[],
  ) => {
    const others = moments[from].copy();
    for (const [moment, ...argv] of steps) {
      await others.done(...argv);
      moments[moment] = others.copy();
    }
    others.remove();
  };
  writeFileSync(firms.post('v.txt'), '13912345678\n');
  moments.agreed = firms.copy();
  await next('imported', 'import', 'post/c.csv', ...inJia);
  await next('checked', 'check', ...inJia);
  await beside('checked', [
    ['planned', 'bundle', 'plan', 'post/lots', '--key', 'post/lots.key', ...inJia],
    ['sealed', 'bundle', 'seal-part', 'post/lots', '1', '--key', 'post/lots.key'],
  ]);
  await next('exported', 'export', ...inJia);
  await beside('exported', [
    ['split', 'bundle', 'split', BUNDLE, 'post/opening', '--key', 'post/opening.key', ...inYi],
    ['opened', 'bundle', 'open-part', 'post/opening', '1', '--bundle', BUNDLE, '--key', 'post/opening.key'],
  ]);
  await next('received', 'receive', BUNDLE, ...inYi);
  await firms.done('receipt', 'accept', 'yi/exchange/D-1-1.receipt.json', ...inJia);
  await next('accepted', 'extract', '--format', 'csv', '--out', 'post/all.csv', '--yes', ...inYi);
  firms.remove();
});
afterAll(() => {
  for (const firms of Object.values(moments)) firms.remove();
});

/** A command line with the customer in it who stands for somebody: the first one who went to the buyer. */
let somebody: string | null = null;
async function wordsOf(firms: Firms, argv: readonly string[]): Promise<readonly string[]> {
  if (!argv.includes(SOMEBODY)) return argv;
  for (let n = 1; somebody === null; n++) {
    const no = `C${String(n).padStart(8, '0')}`;
    const said = await firms.run('subject', 'history', no, '--json', ...inJia);
    if (said.exit === 0 && new Answer(JSON.parse(said.stdout)).at('transfers.length') !== 0) somebody = no;
  }
  return argv.map((word) => (word === SOMEBODY ? (somebody ?? '') : word));
}

/** The firms before a command, in a copy of a moment, and the words of the command. */
async function beforeDeed({
  from,
  first,
  firsts = [],
  argv,
}: Deed): Promise<{ firms: Firms; words: readonly string[] }> {
  const firms = moments[from].copy();
  for (const each of firsts) await firms.done(...each);
  if (first !== undefined) await firms.done(...(await wordsOf(firms, first)));
  return { firms, words: await wordsOf(firms, argv) };
}

/** Which operations to try: around those that give or take names and end transactions first of all. */
function pointsOf(operations: readonly string[], { share, folder }: Deed): number[] {
  const isRepeated = (i: number) =>
    operations[i - 1] === operations[i] && operations[i] === operations[i + 1];
  const all = operations.flatMap((_, i) => (isRepeated(i) ? [] : [i + 1]));
  if (SLOW) return all;
  const turning = /^(link|rename|unlink|rm|sql COMMIT|write)/;
  const good = all.filter(
    (n) => turning.test(operations[n - 1] ?? '') || turning.test(operations[n - 2] ?? ''),
  );
  const spread = Array.from({ length: share }, (_, i) => good[Math.floor((i * good.length) / share)] ?? 1);
  // There is its key by then, and no folder.
  const last = folder === undefined ? 0 : operations.indexOf(`rename ${basename(folder)}`) + 1;
  return last === 0 ? spread : [...new Set([...spread, last])];
}

/** Digests of bundles that were verified: all are from the one seller of this file. */
const genuine = new Set<string>();

/** Files with final names are whole: as they were, or as a run that was not killed leaves them, or, where each run makes others, genuine. */
async function expectWhole(firms: Firms, ...right: readonly Map<string, Buffer>[]): Promise<void> {
  for (const [path, bytes] of contentsBelow(firms.folder)) {
    if (path.endsWith('.handover.zip')) {
      const digest = sha256(bytes);
      if (genuine.has(digest)) continue;
      const said = await firms.run('verify', path, '--card', firms.cardOf('jia'));
      expect(endOf(said), path).toBe('0');
      genuine.add(digest);
    } else if (/\.receipt\.json$/.test(path) && existsSync(firms.path(`${path}.minisig`))) {
      expect(endOf(await firms.run('receipt', 'show', path, ...inJia)), path).toBe('0');
    } else if (/\.(csv|txt|ya?ml)$/.test(path) && !path.includes('.part')) {
      expect(
        right.some((files) => files.get(path)?.equals(bytes)),
        `${path} is not whole`,
      ).toBe(true);
    } else if (/\.certificate\.json$/.test(path) && existsSync(firms.path(`${path}.minisig`))) {
      const whose = path.startsWith('yi') ? inYi : inJia;
      expect(endOf(await firms.run('purge', 'show', path, ...whose)), path).toBe('0');
    }
  }
}

/** Twelve of the customers, by what every copy of them holds. */
const canary = new Canary(
  Array.from({ length: 12 }, (_, i) => [mobile(i + 1), `C${String(i + 1).padStart(8, '0')}`]).flat(),
);
/** Source, reject file and extract, and what is left of the latter two before they have their names. */
const IN_CLEAR = /^post\/(c\.csv|\.?c\.rejected\.csv.*|\.?all\..*|\.handover-shred-.*)$/;

/** Nothing that a killed command leaves holds a customer in clear, but for the files that a person asked for. */
function expectSealed(firms: Firms, end: ProcessEnd): void {
  const printed = canary.search('output', Buffer.from(end.stdout + end.stderr));
  const files = [...contentsBelow(firms.folder)].filter(([path]) => !IN_CLEAR.test(path));
  expect([...printed, ...files.flatMap(([path, bytes]) => canary.search(path, bytes))]).toEqual([]);
}

/** Whether a purge was cut short: it has begun and is not certified. */
function isCutShort({ events }: Stock): boolean {
  return (events['purge-began'] ?? 0) > (events['purged'] ?? 0);
}

/** Runs the command again, and once more as its refusal advises. */
async function again(
  firms: Firms,
  { argv, refusals = [], advice = {}, instead, folder }: Deed,
): Promise<void> {
  const words = await wordsOf(firms, argv);
  const named = await firms.run(...words);
  const isTaken = instead !== undefined && endOf(named) === '2 LOTS_TAKEN';
  // A key without its folder is in nobody's way.
  if (isTaken) expect(existsSync(firms.path(folder ?? '')), shown(named)).toBe(true);
  const first = isTaken ? await firms.run(...instead) : named;
  const options = advice[endOf(first)];
  const last = options === undefined ? first : await firms.run(...words, ...options);
  expect(['0', ...refusals], shown(last)).toContain(endOf(last));
}

/** The data keys by what they are for. */
async function kindsOfKeys(dir: string): Promise<readonly string[]> {
  return (await keysOf(dir)).map((id) => id.replace(/-[0-9a-f-]+$/, '')).sort();
}

/** What is never done twice. */
const ONCE = [
  'imported',
  'exported',
  'received',
  'receipted',
  'receipt-accepted',
  'purge-began',
  'purge-rewritten',
  'file-shredded',
  'purged',
  'subject-corrected',
  'notice-sent',
  'notice-received',
  'notice-completed',
  'deal-aborted',
];

describe.each(DEEDS)('kill -9 during $title', (deed) => {
  let firms: Firms;
  let words: readonly string[];
  let moment: Moment;
  const other = deed.actor === 'jia' ? 'yi' : 'jia';
  /** What the other firm has: the command is none of its business. */
  let apart: Record<string, string>;
  let operations: readonly string[] = [];
  let before: Map<string, Buffer>;
  let whole: Map<string, Buffer>;
  let made: readonly string[];
  let stock: Stock;
  let keys: readonly string[];

  beforeAll(async () => {
    before = contentsBelow(moments[deed.from].folder);
    ({ firms, words } = await beforeDeed(deed));
    moment = firms.moment();
    apart = digestsBelow(firms.path(other));
    for (const name of ['jia', 'yi'])
      expect(endOf(await firms.run('audit', 'verify', '--workspace', name))).toBe('0');
    const end = await runInside(words, firms.folder, '');
    firms.time = new Date().toISOString();
    expect(endOf(end), end.stderr).toBe('0');
    operations = end.operations;
    whole = contentsBelow(firms.folder);
    made = deed.folder === undefined ? [] : filesBelow(firms.path(deed.folder));
    stock = stockOf(firms.path(deed.actor));
    keys = await kindsOfKeys(firms.path(deed.actor));
    expect(operations.length).toBeGreaterThan(5);
    expect(stock).toMatchObject(deed.stock);
    for (const { promised, held } of stock.datasets) expect(held).toBe(promised);
  });
  afterAll(() => {
    firms.remove();
    moment.forget();
  });

  /** Runs the command as a process that is killed before an operation. */
  async function dying(at: number): Promise<ProcessEnd> {
    moment.takeBack();
    const end = await startAndEnd(words, { cwd: firms.folder, stop: { signal: 'SIGKILL', at } });
    firms.time = new Date().toISOString();
    return end;
  }

  test(
    'leaves what was or what comes after, and the next run ends it',
    async () => {
      for (const at of pointsOf(operations, deed)) {
        const place = `killed before operation ${at} of ${operations.length}, ${operations[at - 1]}`;
        const end = await dying(at);
        try {
          expect(end.signal, place).toBe('SIGKILL');
          expectSealed(firms, end);
          if (deed.ends === true) {
            const cut = isCutShort(stockOf(firms.path(deed.actor)));
            expect((await firms.run('status', '--workspace', deed.actor)).exit, place).toBe(cut ? 8 : 0);
          }
          await expectWhole(firms, before, whole);
          if (deed.folder !== undefined && existsSync(firms.path(deed.folder)))
            expect(filesBelow(firms.path(deed.folder)), place).toEqual(made);
          await again(firms, deed);
          expect(leftoversBelow(firms.folder), place).toEqual([]);
          expect(
            (deed.gone ?? []).filter((path) => existsSync(firms.path(path))),
            place,
          ).toEqual([]);
          await expectWhole(firms, before, whole);
          // What is as it was, byte for byte, was verified before.
          for (const name of isDeepStrictEqual(digestsBelow(firms.path(other)), apart)
            ? [deed.actor]
            : ['jia', 'yi'])
            expect(endOf(await firms.run('audit', 'verify', '--workspace', name)), place).toBe('0');
          const { events, ...now } = stockOf(firms.path(deed.actor));
          const { events: once, ...then } = stock;
          const bundles = now.bundles.filter((bundle) => bundle !== 'out abandoned');
          // Advised to replace the file, the person has written it twice.
          const extracts = [...new Set(now.extracts)];
          expect({ ...now, bundles, extracts }, place).toEqual(then);
          // A key without anything sealed under it may be left; none may be missing.
          const left = await kindsOfKeys(firms.path(deed.actor));
          expect(left, place).toEqual(deed.ends === true ? keys : expect.arrayContaining([...keys]));
          if (deed.ends === true) {
            const ended = deed.actor === 'jia' ? /^post\/\.?c\./ : /^post\/\.?all\./;
            expect(
              filesBelow(firms.folder).filter((path) => ended.test(path) && !/mapping/.test(path)),
              place,
            ).toEqual([]);
            expect(endOf(await firms.run('purge', 'show', '--workspace', deed.actor)), place).toBe('0');
          }
          for (const action of ONCE) expect(events[action], `${place}: ${action}`).toBe(once[action]);
        } catch (error) {
          throw new Error(`${place}\n${firms.said.slice(-4).map(shown).join('\n')}`, { cause: error });
        }
      }
    },
    SLOW ? 7_200_000 : 600_000,
  );
});

describe('a long run', () => {
  let firms: Firms;
  const importing = ['import', 'post/big.csv', ...inJia];

  beforeAll(async () => {
    // The measured file does not say when a customer was last served.
    firms = await Firms.withDeal({ time: new Date().toISOString(), activity: false });
    const file = { rows: 24_000, seed: 5, today: todayInShanghai(), profile: 'bench', mess: false } as const;
    await writeCustomers({ ...file, out: firms.post('big.csv') });
  });
  afterAll(() => firms.remove());

  async function stopping(
    own: Firms,
    argv: readonly string[],
    stop: NonNullable<Starting['stop']>,
  ): Promise<ProcessEnd> {
    const end = await startAndEnd(argv, { cwd: own.folder, stop });
    own.time = new Date().toISOString();
    return end;
  }

  /** Runs the command again, with its threads, which only the built program has. */
  async function inside(own: Firms, argv: readonly string[]): Promise<InsideEnd> {
    const end = await runInside(argv, own.folder, '');
    own.time = new Date().toISOString();
    return end;
  }

  test('killed at any moment, leaves nothing or all of it', async () => {
    const own = firms.copy();
    const rounds = SLOW ? 20 : 2;
    try {
      for (let round = 0; round < rounds; round++) {
        const started = start(importing, { cwd: own.folder });
        await after(200 + (900 * (round + Math.random())) / rounds);
        started.child.kill('SIGKILL');
        const end = await started.ended;
        own.time = new Date().toISOString();
        expect(['0', '-1', '4 DATASET_KNOWN']).toContain(endOf(end));
      }
      const last = await inside(own, importing);
      expect(['0', '4 DATASET_KNOWN'], last.stderr).toContain(endOf(last));
      expect(stockOf(own.path('jia')).datasets).toEqual([
        { kind: 'customers', promised: 24_000, held: 24_000 },
      ]);
      expect(leftoversBelow(own.folder)).toEqual([]);
      expect(endOf(await own.run('audit', 'verify', ...inJia))).toBe('0');
    } finally {
      own.remove();
    }
  });

  /** Where each command is stopped: in the middle of its work. */
  const INTERRUPTED = [
    { argv: importing, at: 'sql INSERT INTO page', actor: 'jia' },
    { argv: ['check', ...inJia], at: 'rm', actor: 'jia' },
    { argv: ['export', ...inJia], at: 'open .spool', actor: 'jia' },
    { argv: ['receive', 'BUNDLE', ...inYi], at: 'sql BEGIN', actor: 'yi' },
  ] as const;

  test.each([
    ['SIGINT', '130 CLI_INTERRUPTED', SLOW ? INTERRUPTED : INTERRUPTED.slice(0, 2)],
    ['SIGTERM', '143 CLI_TERMINATED', SLOW ? INTERRUPTED : INTERRUPTED.slice(0, 1)],
  ] as const)(
    'stops at %s with nothing half-written, and can be begun again',
    async (signal, expected, deeds) => {
      const own = firms.copy();
      try {
        for (const { argv, at, actor } of deeds) {
          const bundle = filesBelow(own.path('jia', 'exchange')).find((name) =>
            name.endsWith('.handover.zip'),
          );
          const words = argv.map((word) => (word === 'BUNDLE' ? `jia/exchange/${bundle}` : word));
          const before = stockOf(own.path(actor));
          const files = filesBelow(own.folder);
          const end = await stopping(own, words, { signal, at });
          expect(`${argv[0]}: ${endOf(end)}`, end.stderr).toBe(`${argv[0]}: ${expected}`);
          // Nobody has run anything since: the command itself has cleaned up.
          expect(filesBelow(own.folder)).toEqual(files);
          const { bundles, datasets, receipts } = stockOf(own.path(actor));
          expect({ datasets, receipts }).toEqual({ datasets: before.datasets, receipts: before.receipts });
          expect(bundles.filter((each) => each !== 'out began')).toEqual(before.bundles);
          const done = await inside(own, words);
          expect(endOf(done), done.stderr).toBe('0');
          expect(endOf(await own.run('audit', 'verify', '--workspace', actor))).toBe('0');
        }
      } finally {
        own.remove();
      }
    },
  );
});

test('a second process is kept out, and the first is not disturbed by it', async () => {
  const own = moments.agreed.copy();
  const argv = ['import', 'post/c.csv', ...inJia];
  try {
    const stop = { signal: 'SIGSTOP', at: 'sql INSERT INTO page' } as const;
    const started = start(argv, { cwd: own.folder, stop });
    await stopped(started.child.pid ?? 0);
    for (const other of [argv, ['status', ...inJia]])
      for (const lang of ['zh', 'en'])
        expect(`${other[0]}: ${endOf(await own.run(...other, '--lang', lang))}`).toBe(
          `${other[0]}: 9 WORKSPACE_LOCKED`,
        );
    // Another workspace is another matter.
    expect(endOf(await own.run('status', ...inYi))).toBe('0');
    started.child.kill('SIGCONT');
    expect(endOf(await started.ended)).toBe('0');
    own.time = new Date().toISOString();
    expect(stockOf(own.path('jia'))).toMatchObject({
      datasets: [{ kind: 'customers' }],
      events: { imported: 1 },
    });
  } finally {
    own.remove();
  }
});

/** Waits until a process is stopped (state T of Linux's /proc). */
async function stopped(pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (/\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    await after(50);
  }
  throw new Error('the process did not stop');
}
