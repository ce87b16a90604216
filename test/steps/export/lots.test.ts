import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { openAge } from '../../../src/base/age.js';
import { newAgeIdentity, recipientOf } from '../../../src/base/age-keys.js';
import { sha256, systemRandom } from '../../../src/base/crypto.js';
import {
  readLotJob,
  readLots,
  readSealedLot,
  type SealedLot,
  sealedLotBytes,
} from '../../../src/bundle/lots.js';
import { openedPartBytes, readOpenedPart, readOpeningJob } from '../../../src/bundle/opening.js';
import { openPart, sealPart } from '../../../src/bundle/part.js';
import type { Identity } from '../../../src/identity/identity.js';
import { openIdentity } from '../../../src/identity/sealed-identity.js';
import { rowsOfBundle } from '../../kit/bundle-rows.js';
import { endOf, Firms } from '../../kit/firms.js';
import { runInside } from '../../kit/inside.js';
import { sayAsOther, tellAsOther } from '../../kit/other-program.js';
import { stockOf } from '../../kit/stock.js';

/*
 * One bundle out of lots that are sealed one by one: what it holds is what one machine's would, and whatever is wrong with a lot is named
 * before anything is signed.
 */

let start: Firms;
let buyer: Identity;

const DAY = daysBefore(TODAY, 9);
const HEAD = '客户编号,姓名,手机号,服务地址,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证\n';

/** Customers of whom every fifth did not agree. */
function customers(from: number, to: number): string {
  const rows = Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const mobile = 13_800_000_000 + n;
    const about = `C${n},王小一,${mobile},上海市浦东新区张江高科技园区一号小区${n}栋`;
    return n % 5 === 0 ? `${about},,,,,,\n` : `${about},同意,${BUYER},${PURPOSE},${DAY},书面,F-${n}\n`;
  });
  return HEAD + rows.join('');
}

/** One file of three pages, then two of three customers each who go. */
beforeAll(async () => {
  start = await Firms.withDeal({ activity: false });
  const files = [customers(1, 7500), customers(8001, 8004), customers(8006, 8009)];
  for (const [i, text] of files.entries()) {
    writeFileSync(start.post(`${i}.csv`), text);
    await start.done(
      'import',
      start.post(`${i}.csv`),
      '--workspace',
      'jia',
      '--as',
      i === 0 ? 'list' : 'addition',
    );
  }
  await start.done('check', '--workspace', 'jia');
  await start.done('bundle', 'plan', 'lots', '--key', 'lots.key', '--parts', '9', '--workspace', 'jia');
  for (const lot of lotsIn(start)) await start.done('bundle', 'seal-part', 'lots', lot, '--key', 'lots.key');
  buyer = await openIdentity(readFileSync(start.path('yi', 'keys', 'identity.txt')), null);
});

afterAll(() => start.remove());

function lotsIn(firms: Firms): readonly string[] {
  return readdirSync(firms.path('lots', 'lots')).map((name) => String(Number(name.slice(0, 5))));
}

/** The same firms, in a folder of their own. */
async function again(run: (firms: Firms) => Promise<void>): Promise<void> {
  const firms = start.copy();
  try {
    await run(firms);
  } finally {
    firms.remove();
  }
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

const assemble = (firms: Firms) => firms.run('bundle', 'assemble', 'lots', '--workspace', 'jia');

test('the roots are those of one machine, and the buyer receives it as any other', async () => {
  await again(async (firms) => {
    await firms.done('bundle', 'assemble', 'lots', '--workspace', 'jia');
    await firms.done('export', '--again', '--workspace', 'jia');
    const made = await rowsOfBundle(firms.path('jia', 'exchange', 'D-1-1.handover.zip'), buyer, null);
    const alone = await rowsOfBundle(
      firms.path('jia', 'exchange', 'D-1-2.handover.zip'),
      buyer,
      made.leafKey,
    );
    expect(made.parts).toBe(5);
    expect(alone.parts).toBe(1);
    expect(made.root).toBe(made.said);
    expect(alone.root).toBe(made.said);
    expect(alone.tagRoot).toBe(made.tagRoot);
    const got = await firms.done(
      'receive',
      firms.path('jia', 'exchange', 'D-1-1.handover.zip'),
      '--workspace',
      'yi',
    );
    expect(got.number('stored')).toBe(6006);
    await firms.done(
      'receipt',
      'accept',
      firms.path('yi', 'exchange', 'D-1-1.receipt.json'),
      '--workspace',
      'jia',
    );
    await firms.done('audit', 'verify', '--workspace', 'jia');
    expect(existsSync(firms.path('lots', 'lots'))).toBe(false);
    expect(endOf(await firms.run('bundle', 'assemble', 'lots', '--workspace', 'jia'))).toBe(
      '2 FILE_NOT_FOUND',
    );
  });
});

test('the buyer has the parts opened elsewhere, and stores and receipts what it would have opened itself', async () => {
  await again(async (firms) => {
    await firms.done('bundle', 'assemble', 'lots', '--workspace', 'jia');
    const bundle = firms.path('jia', 'exchange', 'D-1-1.handover.zip');
    const split = (folder: string) =>
      firms.done('bundle', 'split', bundle, folder, '--key', `${folder}.key`, '--workspace', 'yi');
    const open = (folder: string, part: number, key = `${folder}.key`) =>
      firms.run('bundle', 'open-part', folder, `${part}`, '--bundle', bundle, '--key', key);
    const receive = (folder: string) => firms.run('receive', bundle, '--opened', folder, '--workspace', 'yi');
    const stored = (name: string) => readFileSync(firms.path('opening', 'opened', name));
    await split('former');
    expect((await split('opening')).number('parts')).toBe(5);
    for (const part of [1, 2, 3, 4, 5]) expect(endOf(await open('opening', part))).toBe('0');
    expect(endOf(await open('opening', 6))).toBe('2 LOTS_NUMBER');
    expect(endOf(await open('opening', 1, 'former.key'))).toBe('7 LOTS_KEY');
    const names = readdirSync(firms.path('opening', 'opened'));
    const before = names.map(stored);
    expect(endOf(await open('opening', 2))).toBe('0');
    expect(names.map(stored)).toEqual(before);

    const wrongs: readonly (readonly [string, () => unknown, string])[] = [
      ['00002.json', () => rmSync(firms.path('opening', 'opened', '00002.json')), '8 OPENED_MISSING'],
      ['00002.index', () => flip(firms.path('opening', 'opened', '00002.index'), 1), '6 OPENED_CHANGED'],
      ['00002.json', () => flip(firms.path('opening', 'opened', '00002.json'), -3), '6 OPENED_CHANGED'],
      [
        '00004.json',
        () =>
          cpSync(
            firms.path('opening', 'opened', '00005.json'),
            firms.path('opening', 'opened', '00004.json'),
          ),
        '6 OPENED_CHANGED',
      ],
    ];
    for (const [name, wrong, end] of wrongs) {
      const whole = stored(name);
      wrong();
      expect(endOf(await receive('opening'))).toBe(end);
      writeFileSync(firms.path('opening', 'opened', name), whole);
    }
    const [job, key] = [firms.path('opening', 'job.age'), firms.path('opening.key')];
    const [word, told] = [stored('00002.json'), readFileSync(job)];
    await sayAsOther(firms.path('opening', 'opened', '00002.json'), job, key);
    expect(endOf(await receive('opening'))).toBe('10 LOTS_PROGRAM');
    writeFileSync(firms.path('opening', 'opened', '00002.json'), word);
    await tellAsOther(job, key);
    expect(endOf(await open('opening', 2))).toBe('10 LOTS_PROGRAM');
    writeFileSync(job, told);
    // What a worker opened under a former key does not come home.
    await open('former', 2);
    const former = readFileSync(firms.path('former', 'opened', '00002.json'));
    const own = stored('00002.json');
    writeFileSync(firms.path('opening', 'opened', '00002.json'), former);
    expect(endOf(await receive('opening'))).toBe('6 OPENED_CHANGED');
    writeFileSync(firms.path('opening', 'opened', '00002.json'), own);

    expect(endOf(await receive('opening'))).toBe('0');
    const rows = async (name: string) => {
      await firms.done(
        'extract',
        '--format',
        'ndjson',
        '--out',
        firms.path(name),
        '--workspace',
        'yi',
        '--yes',
      );
      return readFileSync(firms.path(name), 'utf8');
    };
    const here = await rows('here.ndjson');
    expect(here.split('\n').length).toBe(6007);
    await firms.done(
      'receipt',
      'accept',
      firms.path('yi', 'exchange', 'D-1-1.receipt.json'),
      '--workspace',
      'jia',
    );
    await firms.done('audit', 'verify', '--workspace', 'yi');
    // The same bundle, opened on one machine.
    await again(async (others) => {
      cpSync(bundle, others.path('b.zip'));
      await others.done('receive', others.path('b.zip'), '--workspace', 'yi');
      await others.done(
        'extract',
        '--format',
        'ndjson',
        '--out',
        others.path('r'),
        '--workspace',
        'yi',
        '--yes',
      );
      expect(readFileSync(others.path('r'), 'utf8')).toBe(here);
    });
  });
});

test('a worker that lies about the rows it checked changes nothing that is stored', async () => {
  await again(async (firms) => {
    await firms.done('bundle', 'assemble', 'lots', '--workspace', 'jia');
    const bundle = firms.path('jia', 'exchange', 'D-1-1.handover.zip');
    await firms.done('bundle', 'split', bundle, 'opening', '--key', 'opening.key', '--workspace', 'yi');
    for (const part of ['1', '2', '3', '4', '5'])
      await firms.done('bundle', 'open-part', 'opening', part, '--bundle', bundle, '--key', 'opening.key');
    const index = firms.path('opening', 'opened', '00004.index');
    const said = firms.path('opening', 'opened', '00004.json');
    const opened = await openAge(
      readFileSync(firms.path('opening', 'job.age')),
      readFileSync(firms.path('opening.key'), 'utf8').trim(),
    );
    if (typeof opened === 'string') throw new Error('the job does not open');
    const { macKey } = readOpeningJob(opened);
    const [whole, word] = [readFileSync(index), readFileSync(said)];
    const receive = () => firms.run('receive', bundle, '--opened', 'opening', '--workspace', 'yi');
    /** What only somebody with the key of the job can say. */
    const lie = async (change: (bytes: Buffer) => void): Promise<string> => {
      const bytes = Buffer.from(whole);
      change(bytes);
      writeFileSync(index, bytes);
      const truth = readOpenedPart(word, macKey, '00004.json');
      writeFileSync(said, openedPartBytes({ ...truth, index: sha256(bytes) }, macKey));
      return endOf(await receive());
    };
    // Three rows: one leaf of 32 bytes, then a tag of 16 bytes each. Two persons change places; the tags together are the same.
    const places = lie((bytes) => {
      const first = Buffer.from(bytes.subarray(32, 48));
      bytes.copyWithin(32, 48, 64);
      first.copy(bytes, 48);
    });
    expect(await places).toBe('6 OPENED_CHANGED');
    const leaf = lie((bytes) => {
      bytes[0] = (bytes[0] ?? 0) ^ 1;
    });
    expect(await leaf).toBe('6 BUNDLE_ROOT');
    expect(stockOf(firms.path('yi')).datasets).toEqual([]);
    expect(await lie(() => undefined)).toBe('0');
  });
});

test('what could not be handed out leaves nothing in the way of the next attempt', async () => {
  await again(async (firms) => {
    await firms.done('bundle', 'assemble', 'lots', '--workspace', 'jia');
    cpSync(firms.path('jia', 'exchange', 'D-1-1.handover.zip'), firms.path('b.zip'));
    const argv = ['bundle', 'split', 'b.zip', 'opening', '--key', 'opening.key', '--workspace', 'yi'];
    for (const at of ['link job.age', 'link opening.key', 'rename opening', 'rename opening.key']) {
      const ended = await runInside(argv, firms.folder, `EIO@${at}`);
      expect([ended.exit, ended.stderr]).toEqual([75, expect.stringContaining('DISK_FAULT')]);
      expect(existsSync(firms.path('opening'))).toBe(false);
      expect(existsSync(firms.path('opening.key'))).toBe(false);
    }
    // The folder goes without the second name of a file in it that could not be taken away.
    await runInside(argv, firms.folder, 'EIO@unlink .job.age');
    expect(readdirSync(firms.path('opening'))).toEqual(['job.age']);
  });
});

test('sealed again, a lot is the same, byte for byte, and another lot is not', async () => {
  const read = (name: string) => readFileSync(start.path('lots', 'sealed', name));
  const names = readdirSync(start.path('lots', 'sealed'));
  expect(names.length).toBe(15);
  const before = names.map(read);
  await start.done('bundle', 'seal-part', 'lots', '4', '--key', 'lots.key');
  expect(names.map(read)).toEqual(before);
  // Three customers each, and no byte of the ciphers is shared.
  expect(read('00004.parts').subarray(-64)).not.toEqual(read('00005.parts').subarray(-64));
});

test('what could not be written is put together again', async () => {
  await again(async (firms) => {
    const out = ['--out', firms.path('not', 'there')];
    expect(endOf(await firms.run('bundle', 'assemble', 'lots', ...out, '--workspace', 'jia'))).toBe(
      '2 FILE_FOLDER_MISSING',
    );
    await firms.done('bundle', 'assemble', 'lots', '--workspace', 'jia');
    await firms.done('receive', firms.path('jia', 'exchange', 'D-1-1.handover.zip'), '--workspace', 'yi');
    await firms.done('audit', 'verify', '--workspace', 'jia');
  });
});

test('only the workspace that planned them puts them together', async () => {
  expect(endOf(await start.run('bundle', 'assemble', 'lots', '--workspace', 'yi'))).toBe('4 LOTS_UNKNOWN');
});

test('the next day the lots still hold, because the verdicts are the same', async () => {
  await again(async (firms) => {
    firms.time = firms.time.replace(/^\d{4}-\d\d-\d\d/, daysBefore(TODAY, -1));
    await firms.done('bundle', 'assemble', 'lots', '--workspace', 'jia');
  });
});

describe('names what is wrong, and signs nothing', () => {
  /** What somebody with the key of the job can say of a lot. */
  const forge = async (
    firms: Firms,
    from: number,
    change: (sealed: SealedLot) => Promise<SealedLot> | SealedLot,
    to = from,
  ): Promise<void> => {
    const key = readFileSync(firms.path('lots.key'), 'utf8').trim();
    const opened = await openAge(readFileSync(firms.path('lots', 'job.age')), key);
    if (typeof opened === 'string') throw new Error('the job does not open');
    const { macKey } = readLotJob(opened);
    const text = readFileSync(firms.path('lots', 'lots.json'));
    readLots(text, macKey);
    const path = (lot: number) => firms.path('lots', 'sealed', `0000${lot}.json`);
    const sealed = readSealedLot(readFileSync(path(from)), macKey, sha256(text), 'lot');
    writeFileSync(path(to), sealedLotBytes(await change(sealed), macKey));
  };

  type Wrong = readonly [what: string, wrong: (firms: Firms) => Promise<unknown> | unknown, end: string];
  const sealed = (firms: Firms, name: string) => firms.path('lots', 'sealed', name);
  const cases: readonly Wrong[] = [
    ['a lot is not sealed', (firms) => rmSync(sealed(firms, '00002.json')), '8 LOTS_MISSING'],
    ['its parts are gone', (firms) => rmSync(sealed(firms, '00002.parts')), '2 FILE_NOT_FOUND'],
    ['a part was changed', (firms) => flip(sealed(firms, '00001.parts'), -1), '6 LOTS_CHANGED'],
    [
      'something was added to it',
      (firms) => writeFileSync(sealed(firms, '00001.parts'), 'x', { flag: 'a' }),
      '6 LOTS_CHANGED',
    ],
    ['its tags were changed', (firms) => flip(sealed(firms, '00001.index'), -1), '6 LOTS_CHANGED'],
    [
      'what the worker said was changed',
      (firms) => {
        const text = readFileSync(sealed(firms, '00004.json'), 'utf8');
        writeFileSync(sealed(firms, '00004.json'), text.replace('"lot":4', '"lot":5'));
      },
      '6 LOTS_CHANGED',
    ],
    [
      'what is to be sealed was changed',
      (firms) => {
        const text = readFileSync(firms.path('lots', 'lots.json'), 'utf8');
        writeFileSync(firms.path('lots', 'lots.json'), text.replace('"again":false', '"again":true'));
      },
      '6 LOTS_CHANGED',
    ],
    [
      'a lot is there twice',
      (firms) => cpSync(sealed(firms, '00003.json'), sealed(firms, '00003 copy.json')),
      '6 LOTS_TWICE',
    ],
    [
      'a worker had another version of the program',
      (firms) =>
        sayAsOther(sealed(firms, '00004.json'), firms.path('lots', 'job.age'), firms.path('lots.key')),
      '10 LOTS_PROGRAM',
    ],
    [
      'a lot is of another plan',
      async (firms) => {
        await firms.done(
          'bundle',
          'plan',
          'others',
          '--key',
          'others.key',
          '--parts',
          '9',
          '--workspace',
          'jia',
        );
        await firms.done('bundle', 'seal-part', 'others', '4', '--key', 'others.key');
        cpSync(firms.path('others', 'sealed', '00004.json'), sealed(firms, '00004.json'));
      },
      '6 LOTS_OTHER',
    ],
    [
      'a worker says other rows of a page',
      (firms) =>
        forge(firms, 4, (lot) => ({
          ...lot,
          parts: lot.parts.map((part) => ({
            ...part,
            pages: part.pages.map((page) => ({ ...page, rows: page.rows + 1 })),
          })),
        })),
      '6 LOTS_CHANGED',
    ],
    [
      'a worker says other rows of the lot than of its pages',
      async (firms) => {
        const index = Buffer.concat([readFileSync(sealed(firms, '00004.index')), Buffer.alloc(16, 0xff)]);
        writeFileSync(sealed(firms, '00004.index'), index);
        await forge(firms, 4, (lot) => ({ ...lot, rows: lot.rows + 1, index: sha256(index) }));
      },
      '6 LOTS_CHANGED',
    ],
    [
      'a worker says other rows of a part than of its pages',
      (firms) =>
        forge(firms, 4, (lot) => ({
          ...lot,
          parts: lot.parts.map((part) => ({ ...part, rows: part.rows + 1 })),
        })),
      '6 LOTS_CHANGED',
    ],
    [
      'an index without an end',
      (firms) => {
        rmSync(sealed(firms, '00001.index'));
        symlinkSync('/dev/zero', sealed(firms, '00001.index'));
      },
      '2 FILE_NOT_PLAIN',
    ],
    [
      'an index that is much too long',
      (firms) => truncateSync(sealed(firms, '00001.index'), 20_000_000_000),
      '6 LOTS_CHANGED',
    ],
    ...['lots.json', 'sealed/00001.json', 'sealed/00001.parts', 'sealed/00001.index'].map(
      (name): Wrong => [
        `a pipe in the place of ${name}`,
        (firms) => {
          rmSync(firms.path('lots', ...name.split('/')));
          execFileSync('mkfifo', [firms.path('lots', ...name.split('/'))]);
        },
        '2 FILE_NOT_PLAIN',
      ],
    ),
    [
      'a worker seals for one more',
      (firms) =>
        forge(firms, 4, async (lot) => {
          const [part] = lot.parts;
          if (part === undefined) throw new Error('a lot without parts');
          const plain = await openPart(
            readFileSync(sealed(firms, '00004.parts')),
            'part',
            buyer.ageIdentity,
            [buyer.recipient],
          );
          const other = recipientOf(newAgeIdentity(true, systemRandom)) ?? '';
          const bytes = await sealPart([plain], [buyer.recipient, other], systemRandom);
          writeFileSync(sealed(firms, '00004.parts'), bytes);
          return { ...lot, parts: [{ ...part, bytes: bytes.length, sha256: sha256(bytes) }] };
        }),
      '6 LOTS_CHANGED',
    ],
    [
      'a worker seals the persons of another lot',
      async (firms) => {
        for (const kind of ['parts', 'index'])
          cpSync(sealed(firms, `00004.${kind}`), sealed(firms, `00005.${kind}`));
        await forge(firms, 4, (lot) => ({ ...lot, lot: 5 }), 5);
      },
      '6 LOTS_PERSON',
    ],
  ];

  /** The same seller for all of them, because nothing comes of any; the lots are each time as they were. */
  let firms: Firms;
  beforeAll(() => {
    firms = start.copy();
    cpSync(firms.path('lots'), firms.path('whole'), { recursive: true });
  });
  afterAll(() => firms.remove());
  beforeEach(() => {
    rmSync(firms.path('lots'), { recursive: true });
    cpSync(firms.path('whole'), firms.path('lots'), { recursive: true });
  });

  test.each(cases)('%s', async (_, wrong, end) => {
    await wrong(firms);
    expect(endOf(await assemble(firms))).toBe(end);
    expect(existsSync(firms.path('jia', 'exchange', 'D-1-1.handover.zip'))).toBe(false);
  });

  test.each([
    ['the lot', 'lots/lots/00004.age'],
    ['the plan', 'lots/lots.json'],
    ['the job', 'lots/job.age'],
  ])('of a worker: %s was changed', async (_, name) => {
    flip(firms.path(...name.split('/')), -40);
    rmSync(sealed(firms, '00004.json'));
    const said = await firms.run('bundle', 'seal-part', 'lots', '4', '--key', 'lots.key');
    expect(said.exit).toBe(6);
    expect(existsSync(sealed(firms, '00004.json'))).toBe(false);
  });

  test('of a worker: it has another version of the program', async () => {
    await tellAsOther(firms.path('lots', 'job.age'), firms.path('lots.key'));
    rmSync(sealed(firms, '00004.json'));
    const said = await firms.run('bundle', 'seal-part', 'lots', '4', '--key', 'lots.key');
    expect(endOf(said)).toBe('10 LOTS_PROGRAM');
    expect(existsSync(sealed(firms, '00004.json'))).toBe(false);
  });

  test('somebody withdrew meanwhile', async () => {
    const who = ['--requester', 'self', '--verified', 'callback', '--yes'];
    await firms.done('subject', 'withdraw', 'C8001', ...who, '--workspace', 'jia');
    expect(endOf(await assemble(firms))).toBe('4 PLAN_STALE');
    await firms.done('check', '--workspace', 'jia');
    expect(endOf(await assemble(firms))).toBe('4 LOTS_STALE');
  });
});
