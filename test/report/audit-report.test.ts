import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PURPOSE } from '../../fixtures/customers/consents.js';
import { daysBefore } from '../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../fixtures/customers/generate.js';
import { sha256 } from '../../src/base/crypto.js';
import type { Lang } from '../../src/messages/lang.js';
import { reportWords } from '../../src/messages/screens/report.js';
import { type ReportData, reportSchema } from '../../src/report/audit-report.js';
import { REPORT_FINDINGS } from '../../src/report/audit-report-findings.js';
import { reportHtml } from '../../src/report/audit-report-html.js';
import { drawReport } from '../../src/report/audit-report-terminal.js';
import { Screen } from '../../src/report/screen.js';
import { readCard } from '../../src/identity/card.js';
import { verifyMinisign } from '../../src/identity/minisign.js';
import { PROOF_PARTS, type ProofWords, selfProof } from '../../src/report/page-proof.js';
import { pageOf } from '../kit/proof-page.js';
import { NO_BROWSER } from '../kit/browser.js';
import { Chromium } from '../kit/chromium.js';
import { endOf, Firms, shown } from '../kit/firms.js';

/*
 * One handover of five customers, looked at after each step from both sides; then the page that it ends with, and what becomes of it when
 * somebody changes it.
 */

const HEADER =
  '客户编号,姓名,手机号,服务地址,服务项目,最近服务,备注,身份证号,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
const DAY = daysBefore(TODAY, 9);
const CONSENT = `${BUYER},${PURPOSE},${DAY},书面`;
const CSV = `${HEADER}
C0001,王小一,13800000001,上海市浦东新区一号小区,保洁,${DAY},,,同意,${CONSENT},F-1
C0002,李小二,13800000002,上海市浦东新区二号小区,保洁,${DAY},门锁密码 123456,,同意,${CONSENT},F-2
C0003,张小三,13800000003,上海市浦东新区三号小区,保洁,${DAY},,,同意,${CONSENT},
C0004,赵小四,13800000004,上海市浦东新区四号小区,保洁,${DAY},,,撤回,${CONSENT},F-4
C0005,孙�五,13800000005,上海市浦东新区五号小区,保洁,${DAY},,,同意,${CONSENT},F-5
,,,,,,,,,,,,,
`;
/** Of each customer something that must not be in a report. */
const CUSTOMERS = ['王小一', '李小二', '张小三', '赵小四', '孙�五', '1380000000', '号小区', 'C000'];

const documentSchema = z.object({ report: reportSchema, file: z.null() });

let firms: Firms;
/** The report of each side after each step, by the name of the step. */
const reports = new Map<string, ReportData>();

async function look(step: string, ...folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const { document } = await firms.done('audit', 'report', '--workspace', folder);
    reports.set(`${step}, ${folder}`, documentSchema.parse(document).report);
  }
}

function at(name: string): ReportData {
  const found = reports.get(name);
  if (found === undefined) throw new Error(`nobody looked: ${name}`);
  return found;
}

const codes = (data: ReportData) => data.findings.map(({ code }) => code);

beforeAll(async () => {
  firms = await Firms.meet();
  await look('met', 'jia', 'yi');
  const draft = await firms.draft({ approvals: 0 });
  await firms.done('deal', 'sign', draft, '--yes', '--workspace', 'jia');
  await look('half signed', 'jia');
  await firms.agree({ approvals: 0 });
  await look('signed', 'jia', 'yi');
  writeFileSync(firms.post('customers.csv'), CSV);
  const imported = await firms.run('import', firms.post('customers.csv'), '--workspace', 'jia');
  expect(imported.exit, shown(imported)).toBe(3);
  await look('imported', 'jia');
  await firms.done('check', '--workspace', 'jia');
  await look('checked', 'jia');
  await firms.done('export', '--workspace', 'jia', '--out', firms.post());
  await look('exported', 'jia');
  await firms.done('receive', firms.post('D-1-1.handover.zip'), '--workspace', 'yi');
  await look('received', 'yi');
  const receipt = firms.path('yi', 'exchange', 'D-1-1.receipt.json');
  await firms.done('receipt', 'accept', receipt, '--workspace', 'jia');
  await look('accepted', 'jia');
  firms.time = '2027-06-01T04:00:00Z';
  await look('overdue', 'jia');
  await firms.done('purge', 'plan', '--clock-is-right', '--workspace', 'jia');
  await look('purge planned', 'jia');
  await firms.done('purge', 'run', '--workspace', 'jia', '--yes', '--keep-files');
  await look('purged', 'jia');
}, 240_000);

afterAll(() => firms.remove());

describe('the report after each step', () => {
  it('says how far the deal is', () => {
    const stages = [...reports].map(([step, { deals }]) => [step, deals[0]?.stage ?? null]);
    expect(stages).toEqual([
      ['met, jia', null],
      ['met, yi', null],
      ['half signed, jia', 'unsigned'],
      ['signed, jia', 'no-data'],
      ['signed, yi', 'awaiting-bundle'],
      ['imported, jia', 'unchecked'],
      ['checked, jia', 'ready'],
      ['exported, jia', 'sent'],
      ['received, yi', 'holding'],
      ['accepted, jia', 'handed-over'],
      ['overdue, jia', 'handed-over'],
      ['purge planned, jia', 'handed-over'],
      ['purged, jia', 'purged'],
    ]);
  });

  it('says who has to do what', () => {
    expect(codes(at('met, jia'))).toContain('NO_DEAL');
    expect(at('half signed, jia').findings).toContainEqual(
      expect.objectContaining({ code: 'DEAL_UNSIGNED', who: 'buyer' }),
    );
    expect(at('checked, jia').findings).toContainEqual(
      expect.objectContaining({ code: 'EXPORT_OPEN', count: 2, command: 'handover export --deal D-1' }),
    );
    expect(at('exported, jia').findings).toContainEqual(
      expect.objectContaining({ code: 'RECEIPT_AWAITED', who: 'buyer', count: 2 }),
    );
    expect(codes(at('accepted, jia'))).toEqual(
      expect.arrayContaining(['PURGE_AHEAD', 'CUSTOMERS_TO_ASK', 'FILES_IN_CLEAR', 'PLACES_OPEN']),
    );
    const overdue = at('overdue, jia');
    expect(overdue.standing).toBe('alert');
    expect(overdue.findings[0]).toMatchObject({ code: 'PURGE_OVERDUE', count: 2 });
    expect(codes(at('purge planned, jia'))).toContain('PURGE_UNFINISHED');
    expect(codes(at('purged, jia'))).not.toContain('PURGE_OVERDUE');
  });

  it('accounts for every row, and for what is left', () => {
    const [source] = at('accepted, jia').deals[0]?.sources ?? [];
    expect(source).toMatchObject({
      accounting: { read: 6, transfer: 2, ask: 1, withhold: 1, reject: 1, blank: 1 },
      balanced: true,
      exported: 2,
      received: 2,
      purged: 0,
      here: 4,
    });
    expect(at('purged, jia').deals[0]?.sources[0]).toMatchObject({ purged: 2, here: 2 });
    expect(at('received, yi').deals[0]?.sources[0]).toMatchObject({
      counted_by: 'manifest',
      accounting: { read: 6, transfer: 2 },
      received: 2,
      here: 2,
    });
  });

  it('counts what went without a basis, by tier', () => {
    const { exposure } = at('accepted, jia');
    expect(exposure.tiers.map(({ transferred, without_basis }) => [transferred, without_basis])).toEqual([
      [0, 0],
      [2, 0],
      [0, 0],
    ]);
    expect(at('purged, jia').exposure).toMatchObject({ by_plan: 1 });
  });

  it('names the purge, its certificate and its limits', () => {
    const [purge] = at('purged, jia').purges;
    expect(purge).toMatchObject({ state: 'done', records: 2, deals: ['D-1'] });
    expect(purge?.certificate).toMatchObject({ valid: true, persons: 2 });
    expect(purge?.certificate?.limits.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['FILE_NOT_SHREDDED', 'SSD', 'BACKUPS']),
    );
  });

  it('finds the checkpoint of the log that the other party signed', () => {
    expect(at('exported, jia').log.anchors).toEqual([]);
    expect(at('accepted, jia').log.anchors).toMatchObject([{ holder: 'buyer', agrees: true }]);
    expect(at('received, yi').log.anchors).toMatchObject([{ holder: 'seller', agrees: true }]);
  });
});

describe.each<Lang>(['zh', 'en'])('the pages in %s', (lang) => {
  it('are full, and without customers, after every step', () => {
    for (const [step, data] of reports) {
      const page = new Screen({ columns: 80, color: false, ascii: false });
      drawReport(page, data, lang);
      const text = page.text();
      const file = reportHtml(data, PROOF, lang, null).replace(/<script[\s\S]*<\/script>/, '');
      for (const title of [reportWords[lang].sections.log, reportWords[lang].sections.calendar]) {
        expect(text, step).toContain(title);
        expect(file, step).toContain(title);
      }
      for (const output of [text, file]) {
        expect(output, step).not.toMatch(/undefined|NaN|\[object|null<|\ue000/);
        for (const mark of CUSTOMERS) expect(output, step).not.toContain(mark);
      }
    }
  });

  it('fit eighty columns', () => {
    for (const data of reports.values()) {
      const page = new Screen({ columns: 80, color: false, ascii: false });
      drawReport(page, data, lang);
      const commands = /handover /;
      const wide = page
        .text()
        .split('\n')
        .filter((line) => !commands.test(line) && [...line].length > 80);
      expect(wide).toEqual([]);
    }
  });

  it('have words for every finding, with what it is about', () => {
    const said = { count: '7', due: '2026-12-01', about: 'N-1' };
    for (const code of Object.keys(REPORT_FINDINGS)) {
      const words: Readonly<Record<string, (s: typeof said) => string>> = reportWords[lang].findings;
      const text = words[code]?.(said) ?? '';
      expect(text.length, code).toBeGreaterThan(6);
      expect(text, code).toMatch(/[.。）)]$/);
    }
  });

  it('put an override on page one, in red', () => {
    const data = withOverride(at('accepted, jia'));
    const file = reportHtml(data, PROOF, lang, null);
    const pageOne = file.slice(0, file.indexOf('</section>'));
    expect(pageOne.match(/class="override"/g)).toHaveLength(2);
  });
});

function withOverride(data: ReportData): ReportData {
  const override = { date: data.today, sha256: sha256(new Uint8Array()), person: '周律师' };
  return {
    ...data,
    deals: data.deals.map((deal) => ({
      ...deal,
      overrides: [
        { ...override, kind: 'opinion', records: null },
        { ...override, kind: 'purge-without-receipt', records: 3 },
      ],
    })),
  };
}

const PROOF = {
  format: 'handover.report-data/1',
  card: '{}',
  card_signature: '',
  checkpoint: '',
  pruned: null,
  events: [],
} as const;

const PROOF_WORDS: ProofWords = {
  good: 'good',
  partly: 'partly',
  bad: 'bad',
  events: 'events {0} {1}',
  rootBad: 'rootBad',
  sequence: 'sequence',
  signatureGood: 'signatureGood',
  signatureBad: 'signatureBad',
  signatureSkipped: 'signatureSkipped',
  noCrypto: 'noCrypto',
  dataBad: 'dataBad',
  fingerprintGood: 'fingerprintGood',
  fingerprintBad: 'fingerprintBad',
  figuresGood: 'figuresGood {0}',
  figuresBad: 'figuresBad {0}',
  figuresMissing: 'figuresMissing {0}',
  unsigned: 'unsigned {0}',
  pageGood: 'pageGood',
  pageBad: 'pageBad',
  pageUnsigned: 'pageUnsigned',
};

async function proved(
  text: string,
  subtle: webcrypto.SubtleCrypto | null = webcrypto.subtle,
): Promise<{ readonly state: string; readonly lines: readonly string[] }> {
  const page = pageOf(text);
  const whole = {
    page,
    is: (signed: string) => withoutData(text) === signed,
    looksAs: () => true,
    alarm: () => undefined,
  };
  const state = await selfProof(subtle ?? undefined, PROOF_WORDS, PROOF_PARTS, whole);
  const lines = (page.getElementById('proof-lines')?.textContent ?? '').split('\n');
  return { state, lines: lines.map((line) => line.slice(2)) };
}

/** The page itself, as it is signed. */
function withoutData(text: string): string {
  const [before = '', after = ''] = text.split(OPENING);
  return `${before}${OPENING}${after.slice(after.indexOf('</script>'))}`;
}

/** Changes the data in a page. */
function tampered(text: string, change: (data: Data) => void): string {
  const [before = '', after = ''] = text.split(OPENING);
  const end = after.indexOf('</script>');
  const data: Data = JSON.parse(after.slice(0, end));
  change(data);
  return `${before}${OPENING}${JSON.stringify(data).replaceAll('<', '\\u003c')}${after.slice(end)}`;
}
const OPENING = '<script type="application/json" id="data">';
interface Data {
  page: string;
  page_signature: string;
  card: string;
  checkpoint: string;
  events: string[];
}

interface Tampering {
  readonly name: string;
  readonly change: (text: string) => string;
  readonly says: string;
  readonly browser?: true;
}

/** Each fault alone, with the sentence that must be among those that the page then says. */
const TAMPERINGS: readonly Tampering[] = [
  {
    name: 'an event changed',
    change: (text) =>
      tampered(text, (data) => {
        data.events[3] = (data.events[3] ?? '').replace('李店长', '李经理');
      }),
    says: 'rootBad',
    browser: true,
  },
  {
    name: 'an event removed',
    change: (text) => tampered(text, (data) => void data.events.splice(2, 1)),
    says: 'sequence',
    browser: true,
  },
  {
    name: 'the last event removed',
    change: (text) => tampered(text, (data) => void data.events.pop()),
    says: 'rootBad',
  },
  {
    name: 'the checkpoint changed',
    change: (text) =>
      tampered(text, (data) => {
        // Not the last letter: some of its bits stand for nothing.
        data.checkpoint = data.checkpoint.replace(/[A-Za-z0-9+/](?=[A-Za-z0-9+/]{9}=*\n$)/, (c) =>
          c === 'A' ? 'B' : 'A',
        );
      }),
    says: 'signatureBad',
    browser: true,
  },
  {
    name: 'the checkpoint of another size',
    change: (text) =>
      tampered(text, (data) => {
        data.checkpoint = data.checkpoint.replace(
          /^(.*\n)(\d+)\n/,
          (_, origin, size) => `${origin}${Number(size) - 1}\n`,
        );
      }),
    says: 'rootBad',
  },
  {
    name: 'a figure of page one changed',
    change: (text) => text.replace(/(data-figure="check\/[^"]*\/transfer">)2</, '$13<'),
    says: 'figuresBad 1',
    browser: true,
  },
  {
    name: 'the share of page one changed',
    change: (text) => text.replace(/(data-share="[^"]*">)[^<]*</, '$1100.0%<'),
    says: 'figuresBad 1',
  },
  {
    name: 'the digest of a bundle changed',
    change: (text) => text.replace(/(data-figure="bundle\/[^"]*\/file">)./, '$1g'),
    says: 'figuresBad 1',
  },
  {
    name: 'a figure taken out',
    change: (text) => text.replace(/data-figure="check\/[^"]*\/withhold"/, ''),
    says: 'figuresMissing 1',
  },
  {
    name: 'another key in the card',
    change: (text) =>
      tampered(text, (data) => {
        data.card = data.card.replace(/"signing_key":"(.{50})..../, (_, key) => `"signing_key":"${key}AAAA`);
      }),
    says: 'fingerprintBad',
    browser: true,
  },
  { name: 'data that are none', change: (text) => text.replace(OPENING, `${OPENING}{`), says: 'dataBad' },
];

/** What somebody might change of what is seen, and of what makes it seen. */
const SHADOWS = [
  { mode: 'open', at: '<p class="state"' },
  { mode: 'closed', at: '<h1' },
  { mode: 'closed', at: '<body' },
  { mode: 'open', at: '<main' },
  { mode: 'open" shadowrootclonable="', at: '<span data-figure' },
  { mode: 'closed" shadowrootserializable="', at: '<div class="tile"' },
] as const;
const VISIBLE: readonly (readonly [name: string, change: (text: string) => string, browser?: true])[] = [
  ['the headline', (text) => text.replace(/(<p class="state">)[^<]*/, '$1一切正常'), true],
  ['the title', (text) => text.replace(/<h1>[^<]*/, '<h1>x')],
  ['the title of the window', (text) => text.replace(/<title>[^<]*/, '<title>x')],
  ['a firm', (text) => text.replaceAll('乙', '丙')],
  ['the colour of the verdict', (text) => text.replace(/<div class="verdict \w+"/, '<div class="verdict x"')],
  ['what is to be done', (text) => text.replace(/(<td class="what">)[^<]*/, '$1x'), true],
  ['who has to do it', (text) => text.replace(/(<td class="who">)[^<]*/, '$1x')],
  ['by when', (text) => text.replace(/(<td class="date">)[^<]*/, '$1x')],
  ['when it was made', (text) => text.replace(/2026-11-20/, '2026-11-19')],
  [
    'a number that the log does not tell',
    (text) => text.replace(/<div class="tile"><span>[^<]*<\/span><b>\d/, (m) => `${m}9`),
  ],
  ['a row of a table removed', (text) => text.replace(/<tr><td>.*?<\/tr>/, '')],
  ['the looks', (text) => text.replace('</style>', '.tasks{display:none}</style>'), true],
  ['a layer above', (text) => text.replace('<body>', '<body><div>x</div>'), true],
  ['a comment', (text) => text.replace('<body>', '<body><!-- x -->')],
  ['a bar of the chart', (text) => text.replace('<svg ', '<svg data-x="1" ')],
  ['the script', (text) => text.replace('"use strict";', '"use strict";;')],
  ['the policy', (text) => text.replace("default-src 'none'", 'default-src *')],
  ['behind the end', (text) => `${text}x`],
  // A declarative shadow tree stands for what is in its element, and is no part of the document's text.
  ...SHADOWS.flatMap(({ mode, at }): (readonly [string, (text: string) => string, true])[] => [
    [
      `a shadow tree, ${mode}, over ${at}`,
      (text) =>
        text.replace(
          new RegExp(`${at}[^>]*>`),
          `$&<template shadowrootmode="${mode}">x<slot></slot></template>`,
        ),
      true,
    ],
  ]),
  // document.NAME is the image.
  ...[
    'body',
    'documentElement',
    'getElementById',
    'createElement',
    'addEventListener',
    'querySelectorAll',
  ].map((name): readonly [string, (text: string) => string, true] => [
    `an image named ${name}`,
    (text) => text.replace('<main>', `<main><img name="${name}">`),
    true,
  ]),
  [
    'a form whose fields have the names of its own members, in the place of the badge',
    (text) =>
      text.replace(
        '<main>',
        '<main><form id="proof"><input name="setAttribute"><input name="attributes"></form>',
      ),
    true,
  ],
  ['the button', (text) => text.replace(/<button[^>]*id="proof-again".*?<\/button>/, ''), true],
  ['the line of the document type', (text) => text.replace('<!doctype html>\n', ''), true],
  [
    'rules that hide the alarm, and a policy for them',
    (text) =>
      text
        .replace(/style-src [^;"]*/, "style-src 'unsafe-inline'")
        .replace('</style>', '#proof-alarm{scale:0}body{translate:0 -9000px;filter:opacity(0)}</style>'),
    true,
  ],
  ['the sentence about the proof', (text) => text.replace(/(id="proof-lines">)[^<]*/, '$1✓')],
];

describe('a page that proves itself', () => {
  let page: string;
  let path: string;

  beforeAll(async () => {
    mkdirSync(firms.path('out'));
    path = firms.path('out', 'report.html');
    await firms.done('audit', 'report', '--workspace', 'jia', '--html', path);
    page = readFileSync(path, 'utf8');
  });

  it('is in the log by its digest, is not overwritten unasked, and has no customer in it', async () => {
    const log = await firms.done('audit', 'log', '--workspace', 'jia', '--action', 'audit-reported');
    expect(log.at('events.0.objects.report')).toBe(sha256(readFileSync(path)));
    const again = await firms.run('audit', 'report', '--workspace', 'jia', '--html', path);
    expect(endOf(again)).toBe('2 FILE_EXISTS');
    for (const mark of CUSTOMERS) expect(page).not.toContain(mark);
  });

  it('is verified by the program too', async () => {
    const answer = await firms.done('audit', 'verify', '--report', path, '--card', firms.cardOf('jia'));
    expect(answer.at('intact')).toBe(true);
  });

  it('says that all is well, figures included', async () => {
    const { state, lines } = await proved(page);
    expect({ state, lines }).toMatchObject({ state: 'good' });
    expect(lines).toContain('signatureGood');
    expect(lines.find((line) => line.startsWith('figuresGood'))).toMatch(/ (?:[2-9]\d|1[5-9])$/);
  });

  it.each(TAMPERINGS)('turns red: $name', async ({ change, says }) => {
    const changed = change(page);
    expect(changed).not.toBe(page);
    const { state, lines } = await proved(changed);
    expect(state).toBe('bad');
    expect(lines).toContain(says);
  });

  it.each(VISIBLE.map(([name, change]) => ({ name, change })))(
    'is refused by the program, and turns red: $name',
    async ({ change }) => {
      const changed = change(page);
      expect(changed).not.toBe(page);
      const file = firms.path('out', 'edited.html');
      writeFileSync(file, changed);
      expect(endOf(await firms.run('audit', 'verify', '--report', file))).toBe('6 REPORT_PAGE');
      const { state, lines } = await proved(changed);
      expect(state).toBe('bad');
      expect(lines).toContain('pageBad');
    },
  );

  it('is refused with another page in its data, signed by nobody or by somebody else', async () => {
    const file = firms.path('out', 'edited.html');
    const edited = page.replace(/(<p class="state">)[^<]*/, '$1一切正常');
    for (const signature of ['', Buffer.alloc(64, 1).toString('base64'), null]) {
      const forged = tampered(edited, (data) => {
        data.page = withoutData(edited);
        if (signature !== null) data.page_signature = signature;
      });
      writeFileSync(file, forged);
      expect(endOf(await firms.run('audit', 'verify', '--report', file))).toBe('6 REPORT_PAGE');
      const { state, lines } = await proved(forged);
      const line = signature === '' ? 'pageUnsigned' : 'pageBad';
      expect([state, lines]).toEqual(['bad', expect.arrayContaining([line])]);
    }
  });

  it('has its signature beside it, and so has each form', async () => {
    const { publicKey } = readCard(
      readFileSync(firms.cardOf('jia')),
      readFileSync(`${firms.cardOf('jia')}.minisig`, 'utf8'),
      'card',
    );
    const form = firms.path('out', 'form.html');
    await firms.done('audit', 'form', '--workspace', 'jia', '--html', form);
    for (const file of [path, form]) {
      const said = verifyMinisign(readFileSync(file), readFileSync(`${file}.minisig`, 'utf8'), publicKey);
      expect(said.trustedComment).toMatch(/^handover\.(report|self-audit)\/1 [0-9a-f]{64}$/);
    }
  });

  it('says what it could not check', async () => {
    expect(await proved(page, null)).toEqual({ state: 'partly', lines: ['noCrypto'] });
    const old = {
      digest: webcrypto.subtle.digest.bind(webcrypto.subtle),
      importKey: () => Promise.reject(new Error('no such algorithm')),
    };
    const { state, lines } = await proved(page, Object.assign(Object.create(webcrypto.subtle), old));
    expect(state).toBe('partly');
    expect(lines).toContain('signatureSkipped');
    expect(lines.find((line) => line.startsWith('events'))).toBeDefined();
  });

  // Only one fault of each sort is shown to a browser.
  const shownToBrowser = TAMPERINGS.filter(({ browser }) => browser === true);
  it.skipIf(NO_BROWSER !== null)(
    `does so in a browser${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`,
    async () => {
      const browser = await Chromium.start();
      try {
        await browser.open(path, { width: 1000 });
        expect(await browser.evaluate(SEEN)).toEqual({
          state: 'good',
          title: reportWords.en.proof.good,
          alarm: '',
          hasPaper: false,
        });
        const file = firms.path('out', 'changed.html');
        const visible = VISIBLE.filter(([, , browser]) => browser).map(([name, change]) => ({
          name,
          change,
        }));
        for (const { name, change } of [...shownToBrowser, ...visible]) {
          writeFileSync(file, change(page));
          for (const print of [false, true]) {
            await browser.open(file, { width: 1000, print });
            const seen = Object(await browser.evaluate(SEEN));
            expect({ name, print, ...seen }).toMatchObject({
              name,
              print,
              alarm: `✗ ${reportWords.en.proof.bad}`,
              hasPaper: true,
            });
            expect(['bad', null], name).toContain(seen.state);
          }
        }
      } finally {
        await browser.end();
      }
    },
    600_000,
  );
});

/** What somebody sees of the proof: the badge, and the words of the alarm where they can be seen at the top, over a red page. */
const SEEN = `(async () => {
  const found = (id) => Document.prototype.getElementById.call(document, id);
  const isOver = () => found('proof-alarm') !== null || found('proof-lines')?.textContent.match(/[✓✗–]/) != null;
  for (let i = 0; i < 3000 && !isOver(); i++) await new Promise((r) => setTimeout(r, 20));
  const alarm = found('proof-alarm');
  const box = alarm?.getBoundingClientRect();
  const isSeen = alarm && box.top === 0 && box.width > 500 && box.height > 20 && alarm.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && Document.prototype.elementFromPoint.call(document, 400, 15) === alarm;
  const body = Reflect.get(Document.prototype, 'body', document);
  return {
    state: found('proof')?.getAttribute('data-state') ?? null,
    title: found('proof')?.textContent ?? null,
    alarm: isSeen ? alarm.textContent : '',
    hasPaper: getComputedStyle(body).backgroundColor === 'rgb(253, 231, 229)',
  };
})()`;
