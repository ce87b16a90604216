import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PURPOSE } from '../../fixtures/customers/consents.js';
import { daysBefore } from '../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../fixtures/customers/generate.js';
import { fingerprint } from '../../src/identity/fingerprint.js';
import { readCard } from '../../src/identity/card.js';
import { type Lang, LANGS } from '../../src/messages/lang.js';
import { NO_BROWSER } from '../kit/browser.js';
import { Chromium } from '../kit/chromium.js';
import { Firms, shown } from '../kit/firms.js';
import { qrCodesIn } from '../kit/qr.js';

/*
 * Every page that the program writes, after one handover of five customers and its purge, as people see it: on a telephone, on a desk and in
 * print, in both languages.
 */

const DAY = daysBefore(TODAY, 9);
const CSV = `客户编号,姓名,手机号,服务地址,服务项目,最近服务,备注,身份证号,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证
C0001,王小一,13800000001,上海市浦东新区一号小区,保洁,${DAY},,,同意,${BUYER},${PURPOSE},${DAY},书面,F-1
C0002,李小二,13800000002,上海市浦东新区二号小区,保洁,${DAY},门锁密码 123456,,同意,${BUYER},${PURPOSE},${DAY},书面,F-2
C0003,张小三,13800000003,上海市浦东新区三号小区,保洁,${DAY},,,同意,${BUYER},${PURPOSE},${DAY},书面,
C0004,赵小四,13800000004,上海市浦东新区四号小区,保洁,${DAY},,,撤回,${BUYER},${PURPOSE},${DAY},书面,F-4
`;
const CUSTOMERS = ['王小一', '李小二', '张小三', '赵小四', '1380000000', '号小区', 'C000'];

const KEEP = process.env['KEEP_PICTURES'];
const HAS_UNZIP = spawnSync('unzip', ['-v']).status === 0;

let firms: Firms;
/** The pages by their names, for each language. */
const pages: Record<Lang, Record<string, string>> = { zh: {}, en: {} };

async function write(lang: Lang): Promise<void> {
  const out = (name: string): string => {
    const path = firms.path('pages', lang, `${name}.html`);
    pages[lang][name] = path;
    return path;
  };
  mkdirSync(firms.path('pages', lang), { recursive: true });
  const jia = async (...argv: readonly string[]): Promise<void> => {
    await firms.done(...argv, '--workspace', 'jia', '--lang', lang);
  };
  await jia('audit', 'report', '--html', out('report'));
  await firms.done('audit', 'report', '--html', out('report-buyer'), '--workspace', 'yi', '--lang', lang);
  await jia('audit', 'form', '--html', out('form'));
  await jia('audit', 'public', '--html', out('public'));
  await jia('card', 'show', '--sheet', out('sheet'));
  await jia('deal', 'show', '--html', out('deal'));
  await jia('status', '--html', out('status'));
  await firms.done('status', '--html', out('status-buyer'), '--workspace', 'yi', '--lang', lang);
  const bundle = firms.post('D-1-1.handover.zip');
  await firms.done('receive', bundle, '--html', out('received'), '--workspace', 'yi', '--lang', lang);
  await jia('profile', firms.post('customers.csv'), '--html', out('profile'));
  await jia('incident', 'draft', 'I-1', '--for', 'persons', '--html', out('incident'));
  const pack = firms.path('pages', lang, 'pack.zip');
  await jia('audit', 'pack', '--with-form', '--out', pack);
  spawnSync('unzip', ['-q', pack, '-d', firms.path('pages', lang, 'pack')]);
  pages[lang]['pack'] = firms.path('pages', lang, 'pack', 'index.html');
  const certificate = firms.path('jia', 'exchange');
  await firms.run('purge', 'run', '--yes', '--workspace', 'jia', '--lang', lang);
  const name = readdirSync(certificate).find((each) => each.endsWith('.certificate.html')) ?? '';
  writeFileSync(out('certificate'), readFileSync(join(certificate, name)));
  await jia('card', 'export', '--out', firms.path('pages', lang, 'jia.card.json'));
  pages[lang]['sending'] = firms.path('pages', lang, 'jia.card.html');
}

beforeAll(async () => {
  firms = await Firms.withDeal({ approvals: 0 });
  writeFileSync(firms.post('customers.csv'), CSV);
  const jia = ['--workspace', 'jia'];
  await firms.run('import', firms.post('customers.csv'), ...jia);
  const found = firms.path('found.html');
  await firms.done('check', '--html', found, ...jia);
  await firms.done('campaign', 'draft', ...jia);
  await firms.done('export', ...jia, '--out', firms.post());
  await firms.done('receive', firms.post('D-1-1.handover.zip'), '--workspace', 'yi');
  await firms.done('receipt', 'accept', firms.path('yi', 'exchange', 'D-1-1.receipt.json'), ...jia);
  await firms.done('incident', 'open', '--what', 'other', '--summary', '演练', ...jia);
  firms.time = '2027-06-01T04:00:00Z';
  await firms.done('purge', 'plan', '--clock-is-right', ...jia);
  const purged = await firms.run('purge', 'run', ...jia, '--yes', '--keep-files');
  if (!purged.stdout.includes('.certificate')) throw new Error(shown(purged));
  for (const lang of LANGS) {
    await write(lang);
    pages[lang]['letter'] = firms.path('jia', 'exchange', `D-1.letter.${lang}.html`);
  }
  pages.en['found'] = found;
}, 240_000);

afterAll(() => firms.remove());

describe.runIf(HAS_UNZIP).each(LANGS)('the pages in %s', (lang) => {
  it('are there, load nothing, and hold no customer', () => {
    expect(Object.keys(pages[lang]).length).toBeGreaterThan(10);
    for (const [name, path] of Object.entries(pages[lang])) {
      const page = readFileSync(path, 'utf8');
      expect(page, name).toContain("default-src 'none'");
      expect(page.match(/(?:src|href)="(?!data:)[^"]*:/g), name).toBeNull();
      // A sample of an address is masked after the road, and this road is a neighbourhood.
      const masked = name === 'profile' ? CUSTOMERS.filter((mark) => mark !== '号小区') : CUSTOMERS;
      for (const mark of masked) expect(page, `${name} ${mark}`).not.toContain(mark);
    }
  });

  it('times are those of Shanghai', () => {
    for (const [name, path] of Object.entries(pages[lang]).filter(([each]) => !each.startsWith('report')))
      expect(readFileSync(path, 'utf8'), name).not.toMatch(/\d\dT\d\d:\d\d:\d\dZ/);
  });

  it('the certificate names the buyer', () => {
    expect(readFileSync(pages[lang]['certificate'] ?? '', 'utf8')).toContain(BUYER);
  });

  it('page one of the report says who signed and when, and what customers kept', () => {
    for (const name of ['report', 'report-buyer']) {
      const page = readFileSync(pages[lang][name] ?? '', 'utf8');
      const first = page.slice(0, page.indexOf('</section>'));
      const [title, kept] = lang === 'zh' ? ['双方签署', '客户保留的'] : ['Signed by', 'Customers kept'];
      expect(first, name).toContain(title);
      expect(first.match(/[)）](?: on)? 2026-\d\d-\d\d/g)?.length, name).toBe(2);
      expect(first, name).toContain(kept);
    }
    const seller = readFileSync(pages[lang]['report'] ?? '', 'utf8');
    expect(seller).toMatch(
      lang === 'zh' ? /1 位没有明确同意，1 位不同意/ : /1 customer who did not clearly agree and 1/,
    );
  });

  it('the evidence pack has a page on which every file is', () => {
    const folder = firms.path('pages', lang, 'pack');
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const links = [...page.matchAll(/<a href="([^"]+)"/g)].map(([, link = '']) => link);
    for (const link of links) expect(existsSync(join(folder, link)), link).toBe(true);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
    const missing = files.filter((file) => !links.includes(file));
    expect(missing.sort()).toEqual(['index.html', 'index.json', 'index.json.minisig']);
  });

  it('the QR code of the sheet holds the fingerprint, as a stock reader reads it', () => {
    const page = readFileSync(pages[lang]['sheet'] ?? '', 'utf8');
    const card = firms.path('pages', lang, 'jia.card.json');
    const { digest } = readCard(readFileSync(card), readFileSync(`${card}.minisig`, 'utf8'), 'card');
    expect(qrCodesIn(page)).toEqual([fingerprint(digest)]);
    expect(page).toContain(lang === 'zh' ? '大写' : 'Words');
  });
});

describe.skipIf(NO_BROWSER !== null || !HAS_UNZIP)('the pages in a browser', () => {
  let browser: Chromium;
  beforeAll(async () => {
    browser = await Chromium.start();
  });
  afterAll(() => browser.end());

  it.each(LANGS)(
    'fit a telephone of 390 px and a sheet of A4, in %s',
    async (lang) => {
      const wrong: string[] = [];
      for (const [name, path] of Object.entries(pages[lang])) {
        await browser.open(path, { width: 390 });
        wrong.push(...(await browser.beyond()).map((what) => `${name} at 390: ${what}`));
        // The form is printed across.
        await browser.open(path, { width: name === 'form' ? 1031 : 688, print: true });
        wrong.push(...(await browser.beyond()).map((what) => `${name} in print: ${what}`));
      }
      expect(wrong).toEqual([]);
    },
    240_000,
  );

  it.each(LANGS)(
    'have nothing that axe objects to, in %s',
    async (lang) => {
      const wrong: string[] = [];
      for (const [name, path] of Object.entries(pages[lang])) {
        const found = await browser.axe(path, { width: 1000 });
        wrong.push(...found.map(({ id, nodes }) => `${name}: ${id} ${nodes.join(' | ')}`));
      }
      expect(wrong).toEqual([]);
    },
    240_000,
  );

  // To be looked at by a person: KEEP_PICTURES=FOLDER.
  it.runIf(KEEP !== undefined)(
    'are pictured, on a telephone and in grey on paper',
    async () => {
      for (const lang of LANGS)
        for (const [name, path] of Object.entries(pages[lang])) {
          await browser.open(path, { width: 390 });
          writeFileSync(join(KEEP ?? '', `${lang}-${name}-390.png`), await browser.picture(390, 1500));
          await browser.open(path, { width: 760, print: true, grey: true });
          writeFileSync(join(KEEP ?? '', `${lang}-${name}-grey.png`), await browser.picture(760, 1300));
        }
    },
    240_000,
  );

  it('tell parts of a chart apart without colour: each has a pattern of its own or is solid', async () => {
    await browser.open(pages.zh['report'] ?? '', { width: 1000, grey: true });
    const fills = await browser.evaluate(
      `[...document.querySelectorAll('svg.key rect')].map((e) => e.getAttribute('class') + ' ' + getComputedStyle(e).fill)`,
    );
    const known = [...new Set(fills as string[])];
    expect(known.length).toBeGreaterThan(4);
    expect(new Set(known.map((fill) => fill.replace(/^\S+ /, ''))).size).toBe(known.length);
  }, 240_000);
});
