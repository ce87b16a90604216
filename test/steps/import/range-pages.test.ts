import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCustomers } from '../../../fixtures/customers/generate.js';
import { systemRandom, type SecretKey } from '../../../src/base/crypto.js';
import { rangePageBytes, rangePages } from '../../../src/bundle/range-pages.js';
import { type RangeJob, type RangeKind, rangeJobBytes, readRangeJob } from '../../../src/bundle/ranges.js';
import { encodeGb18030 } from '../../../src/dataset/gb18030.js';
import { HandoverError } from '../../../src/messages/error.js';
import { cutRanges } from '../../../src/steps/import/cut-ranges.js';
import type { OpenedImport } from '../../../src/steps/import/head.js';
import { settledSetup } from '../../../src/steps/import/settled.js';
import { openImport } from '../../../src/steps/import/import.js';
import { rangeJob } from '../../../src/steps/import/plan-ranges.js';
import { rangeBlocks } from '../../../src/steps/import/range-blocks.js';
import { readPages } from '../../../src/steps/import/read-range.js';
import { SourceReading } from '../../../src/steps/import/source-file.js';
import { noProgress } from '../../../src/report/progress.js';
import { unpackPage } from '../../../src/store/sealed-pages.js';
import { compileReading } from '../../../src/steps/workers/stages/import.js';
import { EXPORTS } from '../../corpora/exports.js';
import { pollutedFiles } from '../../corpora/pollock.js';
import { Firms, NOON } from '../../kit/firms.js';
import { expectSame } from '../../kit/same.js';
import { within } from '../../kit/session.js';

/*
 * A file that is read range by range gives what it gives as a whole, page for page: records, tags, findings, counts, rejected rows. Pages are made
 * so short that each file has many, and ranges begin and end everywhere.
 */

const folder = mkdtempSync(join(tmpdir(), 'handover-ranges-'));
let firms: Firms;
beforeAll(async () => {
  firms = await Firms.meet();
});
afterAll(() => {
  firms.remove();
  rmSync(folder, { recursive: true });
});

const tagKey = systemRandom(32) as SecretKey;
const keys = { tagKey, sealKey: tagKey, macKey: tagKey, dataset: '01900000-0000-7000-8000-000000000000' };

/** A file as import opens it, or null where it does not take it. */
function opened(path: string, kind: RangeKind): Promise<{ file: OpenedImport; job: RangeJob } | null> {
  const input = {
    ...{ path, kind, mapping: null, rejects: null, again: true, force: false, dryRun: true, relation: null },
    ask: null,
  };
  return within(firms.path('jia'), NOON, async (session) => {
    try {
      const file = await openImport(session, input);
      return { file, job: rangeJob(input, file, keys) };
    } catch (error) {
      if (error instanceof HandoverError) return null;
      throw error;
    }
  });
}

const SIZES = { page: 700, chunk: 180 };

/** What there is to compare of a page. */
async function wholePages({ source, mapping, head }: OpenedImport, kind: RangeKind): Promise<unknown[]> {
  const reading = new SourceReading(source, SIZES);
  const isList = kind === 'customers';
  const read = compileReading({
    reading: { ...settledSetup(source.opening, mapping.mapping, head, reading.encoding), tagKey },
    ...{ judging: null, preparing: null, printing: isList, printingPersons: isList, spelling: isList },
  });
  const pages = [];
  for await (const page of reading.pages()) {
    const { page: text, imported, room, prints, persons, spellings, refused, number, bytes } = read(page);
    const { cellCounts: _, ...told } = imported;
    pages.push({
      ...{ number, bytes, text: Buffer.from(text).toString(), prints, persons, spellings },
      refused: refused && {
        ...refused,
        tags: Buffer.from(refused.tags),
        spellings: Buffer.from(refused.spellings),
      },
      imported: { ...told, tags: Buffer.from(told.tags), rejects: Buffer.from(told.rejects) },
    });
    reading.giveBack(room);
  }
  return pages;
}

async function rangedPages({ source }: OpenedImport, told: RangeJob, parts: number): Promise<unknown[]> {
  const { signal } = new AbortController();
  const { ranges } = await cutRanges(source, { ranges: parts, progress: noProgress, signal, sizes: SIZES });
  expect(ranges.length).toBeLessThanOrEqual(parts);
  expect(ranges.reduce((sum, { bytes }) => sum + bytes, source.opening.bom)).toBe(source.bytes);
  const job = readRangeJob(rangeJobBytes(told));
  const pages = [];
  for (const [i, range] of ranges.entries()) {
    const blocks = rangeBlocks(source.path, range);
    for await (const { page } of readPages(job, range, i + 1 === ranges.length, blocks, SIZES))
      for (const { packed, imported, refused, prints, persons, spellings, ...rest } of rangePages(
        rangePageBytes(page),
        'page',
      ))
        pages.push({
          ...rest,
          text:
            packed.length === 0 ? '' : Buffer.from(unpackPage(packed, { dataset: '', number: 0 })).toString(),
          ...(job.kind === 'customers'
            ? { prints, persons, spellings }
            : { prints: null, persons: null, spellings: null }),
          refused: refused && {
            ...refused,
            tags: Buffer.from(refused.tags),
            spellings: Buffer.from(refused.spellings),
          },
          imported: {
            ...imported,
            tags: Buffer.from(imported.tags),
            rejects: Buffer.from(imported.rejects),
          },
        });
  }
  return pages;
}

async function compare(name: string, bytes: Uint8Array, kind: RangeKind = 'customers'): Promise<number> {
  const path = join(folder, name.replaceAll('/', ' '));
  writeFileSync(path, bytes);
  const found = await opened(path, kind);
  if (found === null || found.file.source.sheet !== null) return 0;
  const { file, job } = found;
  let whole: unknown[];
  try {
    whole = await wholePages(file, kind);
  } catch (error) {
    if (!(error instanceof HandoverError)) throw error;
    const refused = rangedPages(file, job, 3);
    await expect(refused).rejects.toThrow(HandoverError);
    return 0;
  }
  for (const parts of [1, 2, 3, 7])
    expectSame(await rangedPages(file, job, parts), whole, `${name} in ${parts}`);
  return whole.length;
}

describe('ranges of files as they are in the field', () => {
  test('samples', async () => {
    const samples = join(import.meta.dirname, '../../corpora/samples');
    let pages = 0;
    for (const name of readdirSync(samples).filter((each) => each.endsWith('.csv')))
      pages += await compare(name, readFileSync(join(samples, name)));
    expect(pages).toBeGreaterThan(0);
  });

  test('exports of systems', async () => {
    let pages = 0;
    for (const { file, bytes } of EXPORTS) pages += await compare(file, bytes);
    expect(pages).toBeGreaterThan(0);
  });

  test('polluted files', async () => {
    let pages = 0;
    for (const { name, bytes } of pollutedFiles()) pages += await compare(`${name}.csv`, bytes);
    expect(pages).toBeGreaterThan(0);
  });
});

/** Rows with quoted separators and line ends, strays that nobody closes, empty rows, and a second table header further down. */
function messy(
  rows: number,
  { separator, end }: { readonly separator: string; readonly end: string },
): string {
  const lines = ['客户编号,姓名,手机号,服务地址,备注,是否同意转让'.replaceAll(',', separator)];
  for (let i = 0; i < rows; i++) {
    const about = [`C${i % (rows - 5)}`, `王小${'一二三四五六七八'[i % 8]}`, `1380013${8000 + i}`];
    const notes =
      i % 7 === 0
        ? `"住${separator}三楼${end}左转 ""门铃""坏"`
        : i % 11 === 0
          ? '身高5"11'
          : i % 13 === 0
            ? '"只开不关'
            : '老客户';
    const said = i % 9 === 0 ? '拒绝' : '同意';
    const cells = [...about, `建国路${i}号`, notes, said];
    lines.push(
      (i % 17 === 0 ? cells.slice(0, 4) : i % 23 === 0 ? ['', '', '', '', '', ''] : cells).join(separator),
    );
    if (i === 30) lines.push(lines[0] ?? '');
  }
  // A quote behind the last stray one, which would otherwise never end.
  lines.push(['C9999', '王一', '13800139999', '建国路', '"门铃坏"', '同意'].join(separator));
  return lines.join(end) + end;
}

const utf16be = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
const ENCODINGS: readonly (readonly [name: string, encode: (text: string) => Uint8Array])[] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['GB18030', encodeGb18030],
  ['UTF-16, little end first', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, big end first', utf16be],
];

describe.each(ENCODINGS)('ranges of a file in %s', (name, encode) => {
  test.each([',', '\t', ';', '|'])('with %j', async (separator) => {
    for (const end of ['\n', '\r\n', '\r']) {
      const bytes = encode(messy(120, { separator, end }));
      expect(await compare(`${name} ${separator.charCodeAt(0)} ${end.length}.csv`, bytes)).toBeGreaterThan(7);
    }
  });
});

test('a consent ledger and an archive', async () => {
  const events = Array.from(
    { length: 90 },
    (_, i) => `C${i},${i % 3 === 0 ? '撤回' : '同意'},2026-0${1 + (i % 9)}-11\n`,
  );
  const ledger = Buffer.from(`客户编号,事件,时间\n${events.join('')}`);
  expect(await compare('ledger.csv', ledger, 'consents')).toBeGreaterThan(2);
  const archive = Buffer.from(messy(60, { separator: ',', end: '\n' }));
  expect(await compare('archive.csv', archive, 'archive')).toBeGreaterThan(2);
});

test('invented customers with all that spoils a file', async () => {
  const out = join(folder, 'invented');
  mkdirSync(out);
  const path = join(out, 'c.csv');
  await writeCustomers({ rows: 300, seed: 11, mess: true, encoding: 'gb18030', out: path });
  expect(await compare('invented.csv', readFileSync(path))).toBeGreaterThan(7);
});

const PIECES = ['"', '""', ',', '\n', '\r\n', '甲', 'b', ' '];

test('quotes wherever they fall', async () => {
  let compared = 0;
  const seeds = process.env['SLOW'] === '1' ? 200 : 25;
  for (let seed = 1; seed <= seeds; seed++) {
    let state = seed * 7919;
    const next = (most: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % most;
    };
    const rows = Array.from({ length: 60 }, (_, i) =>
      Array.from({ length: 10 + next(30) }, () => PIECES[next(2 * PIECES.length)] ?? '').reduce(
        (row, piece) => row + piece,
        `C${i},张三,`,
      ),
    );
    compared += await compare(`quotes ${seed}.csv`, Buffer.from(`客户编号,姓名,备注\n${rows.join('\n')}\n`));
  }
  expect(compared).toBeGreaterThan(seeds);
});
