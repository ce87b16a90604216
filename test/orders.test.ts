import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../fixtures/customers/consents.js';
import { daysBefore } from '../fixtures/customers/days.js';
import { BUYER, TODAY } from '../fixtures/customers/generate.js';
import { sha256 } from '../src/base/crypto.js';
import { TAG_BYTES, tagger } from '../src/base/tagger.js';
import { readNotice } from '../src/bundle/notice.js';
import { readDealJson } from '../src/deal/signed-deal.js';
import { RELATIONS } from '../src/messages/relations.js';
import { dealKeys } from '../src/steps/session/tag-keys.js';
import { disagreements } from './kit/figures.js';
import { endOf, Firms, type Said, shown } from './kit/firms.js';
import { within } from './kit/session.js';

/*
 * No order of a few steps over a few persons lets a person go whose latest word is no, leaves a buyer untold of one, makes two outputs
 * disagree, or changes what somebody signed.
 */

const PERSONS = [1, 2, 3, 4] as const;
const day = daysBefore(TODAY, 9);
const HEADER =
  '客户编号,姓名,手机号,服务地址,服务项目,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
const LEDGER = '客户编号,事件,接收方,用途,时间,方式,凭证';

/** What a file says of a person: a yes of today or of before everything, a no with its time or without, or nothing. */
const WORDS = ['yes', 'old-yes', 'no', 'undated-no', 'blank'] as const;
type Word = (typeof WORDS)[number];

type Step =
  | { readonly kind: 'import'; readonly as: number; readonly words: readonly (Word | null)[] }
  | { readonly kind: 'ledger'; readonly words: readonly (Word | null)[] }
  | { readonly kind: 'withdraw' | 'object' | 'erase'; readonly person: number }
  | { readonly kind: 'hold'; readonly person: number | null }
  | { readonly kind: 'purge'; readonly scope: number }
  | { readonly kind: 'amend' | 'export' | 'receipt' };

const person = fc.constantFrom(...PERSONS);
const words = fc.array(fc.option(fc.constantFrom(...WORDS), { freq: 3 }), {
  minLength: PERSONS.length,
  maxLength: PERSONS.length,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('import' as const), as: fc.nat(3), words }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ledger' as const), words }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('withdraw', 'object', 'erase'), person }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hold' as const), person: fc.option(person) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('purge' as const), scope: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('amend' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('export' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('receipt' as const) }) },
);

let base: Firms;
beforeAll(async () => {
  base = await Firms.withDeal();
  writeFileSync(base.post('0.csv'), `${[HEADER, ...PERSONS.map((n) => line(n, '同意', day))].join('\n')}\n`);
  await base.done('import', base.post('0.csv'), '--workspace', 'jia');
});
afterAll(() => base.remove());

function line(n: number, state: string, time: string): string {
  const evidence = state === '同意' ? `F-${n}` : '';
  return `C${n},王小${n},1380000000${n},上海市浦东新区一号小区,保洁,${day},${state},${BUYER},${PURPOSE},${time},书面,${evidence}`;
}

/** What is known of a person from outside: the time of the latest yes and of the latest no. */
interface Will {
  yes: string;
  no: string;
  erased: boolean;
}

/** Two firms, and what ought to be so of them. */
class Journey {
  readonly firms = base.copy();
  readonly #wills = new Map<number, Will>(PERSONS.map((n) => [n, { yes: day, no: '', erased: false }]));
  readonly #signed = new Map<string, string>();
  /** Who went in each bundle. */
  readonly #bundles = new Map<number, readonly number[]>();
  /** Bundles that came out, as their numbers. */
  #sent = 0;
  #received = 0;
  #files = 0;
  #versions = 1;
  went = 0;

  async take(step: Step): Promise<void> {
    this.#pass(60);
    switch (step.kind) {
      case 'import':
        return this.#import(step.as, step.words);
      case 'ledger':
        return this.#ledger(step.words);
      case 'withdraw':
      case 'object':
      case 'erase':
        return this.#ask(step.kind, step.person);
      case 'hold':
        return this.#hold(step.person);
      case 'purge':
        return this.#purge(step.scope);
      case 'amend':
        return this.#amend();
      case 'export':
        return this.#export();
      case 'receipt':
        return this.#receipt();
    }
  }

  #pass(minutes: number): void {
    this.firms.time = this.#minutes(minutes);
  }

  #minutes(minutes: number): string {
    return `${new Date(Date.parse(this.firms.time) + minutes * 60_000).toISOString().slice(0, 19)}Z`;
  }

  /** Runs a command on one side that may end in one of these ways. */
  async #run(side: 'jia' | 'yi', ends: RegExp, ...argv: readonly string[]): Promise<Said> {
    const said = await this.firms.run(...argv, '--workspace', side, '--json');
    if (!ends.test(endOf(said))) throw new Error(`${shown(said)}\n${endOf(said)}`);
    return said;
  }

  #hear(n: number, word: Word | 'told'): void {
    const will = this.#wills.get(n);
    if (will === undefined) return;
    const now = this.firms.time;
    if (word === 'yes') will.yes = later(will.yes, this.#minutes(-30));
    else if (word === 'no') will.no = later(will.no, this.#minutes(-20));
    else if (word === 'undated-no' || word === 'told') will.no = later(will.no, now);
  }

  /** The state and time cells of a word. */
  #cells(word: Word): readonly [string, string] {
    if (word === 'yes') return ['同意', this.#minutes(-30)];
    if (word === 'old-yes') return ['同意', day];
    if (word === 'no') return ['撤回', this.#minutes(-20)];
    return word === 'undated-no' ? ['不同意', ''] : ['', ''];
  }

  async #import(as: number, words: readonly (Word | null)[]): Promise<void> {
    const rows = words.flatMap((word, i) => (word === null ? [] : [line(i + 1, ...this.#cells(word))]));
    if (rows.length === 0) return;
    const file = this.firms.post(`${++this.#files}.csv`);
    writeFileSync(file, `${[HEADER, ...rows].join('\n')}\n`);
    const relation = RELATIONS[as] ?? 'list';
    const said = await this.#run(
      'jia',
      /^[03]|IMPORT_UNCLEAR|DATASET_NONE/,
      'import',
      file,
      '--as',
      relation,
      '--again',
    );
    if (said.exit === 2) return;
    for (const [i, word] of words.entries()) if (word !== null) this.#hear(i + 1, word);
  }

  async #ledger(words: readonly (Word | null)[]): Promise<void> {
    const rows = words.flatMap((word, i) => {
      if (word === null || word === 'blank') return [];
      const [state, time] = this.#cells(word);
      return [`C${i + 1},${state},${BUYER},${PURPOSE},${time},书面,L-${i}`];
    });
    if (rows.length === 0) return;
    const file = this.firms.post(`${++this.#files}.csv`);
    writeFileSync(file, `${[LEDGER, ...rows].join('\n')}\n`);
    await this.#run('jia', /^[03]/, 'import', '--consents', file, '--again');
    for (const [i, word] of words.entries()) if (word !== null) this.#hear(i + 1, word);
  }

  async #ask(verb: 'withdraw' | 'object' | 'erase', n: number): Promise<void> {
    const asked = ['--requester', 'self', '--verified', 'writing', '--yes'];
    const said = await this.#run(
      'jia',
      /^0|SUBJECT_UNKNOWN|SUBJECT_ERASED|SUBJECT_HELD/,
      'subject',
      verb,
      `C${n}`,
      ...asked,
    );
    if (said.exit !== 0 && !endOf(said).includes('SUBJECT_HELD')) return;
    this.#hear(n, 'told');
    const will = this.#wills.get(n);
    if (verb === 'erase' && will !== undefined) will.erased = true;
  }

  async #hold(n: number | null): Promise<void> {
    const whom = n === null ? ['--all'] : ['--subject', `C${n}`];
    await this.#run('jia', /^[03]|SUBJECT/, 'hold', 'add', ...whom, '--case', '检查', '--reason', '通知书');
  }

  async #purge(scope: number): Promise<void> {
    const list = await this.firms.done('retention', 'list', '--workspace', 'jia');
    const parts = list.at('parts');
    const datasets = Array.isArray(parts) ? [...new Set(parts.map((part) => String(part.dataset)))] : [];
    const dataset = datasets[(scope - 2) % Math.max(1, datasets.length)];
    const what =
      scope === 0 || dataset === undefined
        ? ['--handed-over']
        : scope === 1
          ? ['--kept-back', '--reason', '不再需要']
          : ['--dataset', dataset, '--reason', '旧文件'];
    const planned = await this.#run(
      'jia',
      /^0|PURGE_NOTHING|PURGE_NO_RECEIPT|PURGE_/,
      'purge',
      'plan',
      ...what,
    );
    if (planned.exit !== 0) return;
    await this.#run('jia', /^0/, 'purge', 'run', '--keep-files', '--yes');
  }

  /** Both parties sign a further version. */
  async #amend(): Promise<void> {
    const { firms } = this;
    const path = await firms.draft();
    const digest = await within(
      firms.path('jia'),
      firms.time,
      async ({ workspace }) => workspace.read.deal('D-1')?.digest,
    );
    const draft: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const title = `第 ${++this.#versions} 版`;
    writeFileSync(
      path,
      JSON.stringify({ ...Object(draft), title, effective: TODAY, amends: { sha256: digest } }, null, 1),
    );
    const signed = await this.#run('jia', /^0/, 'deal', 'sign', path, '--yes');
    const name = /"([^"]*\.deal\.json)"/.exec(signed.stdout)?.[1]?.split('/').at(-1) ?? '';
    const carry = (from: string, to: string, file: string): void =>
      cpSync(firms.path(from, 'exchange', file), firms.path(to, 'exchange', file));
    for (const file of [name, `${name}.seller.minisig`]) carry('jia', 'yi', file);
    await this.#run('yi', /^0/, 'deal', 'sign', firms.path('yi', 'exchange', name), '--yes');
    carry('yi', 'jia', `${name}.buyer.minisig`);
    await this.#run('jia', /^0/, 'deal', 'sign', firms.path('jia', 'exchange', name), '--yes');
  }

  async #export(): Promise<void> {
    const checked = await this.#run('jia', /^[03]|^11|DATASET_NONE/, 'check');
    if (checked.exit === 2) return;
    const sent = await this.#run('jia', /^0|EXPORT_NOBODY|EXPORT_SAME/, 'export');
    if (sent.exit !== 0) return;
    this.#sent = JSON.parse(sent.stdout).bundle.number;
    const went = await this.#tagged(this.#sent);
    this.#bundles.set(this.#sent, went);
    for (const n of went) {
      const { yes, no, erased } = this.#wills.get(n) ?? { yes: '', no: '', erased: false };
      expect([`C${n}`, erased, no !== '' && no >= yes ? `no of ${no}, yes of ${yes}` : 'yes']).toEqual([
        `C${n}`,
        false,
        'yes',
      ]);
      this.went++;
    }
  }

  /** Who went in a bundle, by the seller's tags. */
  #tagged(number: number): Promise<readonly number[]> {
    return within(this.firms.path('jia'), this.firms.time, async (session) => {
      const { read } = session.workspace;
      const tagOf = tagger(await session.keyFor('subject-tags'));
      const bundle = read.bundles().find((each) => each.number === number && each.state !== 'abandoned');
      const tags = new Set(
        [...read.handedOver(bundle?.id ?? '')].flatMap((page) =>
          Array.from({ length: page.tags.length / TAG_BYTES }, (_, i) =>
            Buffer.from(page.tags.slice(i * TAG_BYTES, (i + 1) * TAG_BYTES)).toString('hex'),
          ),
        ),
      );
      return PERSONS.filter((n) => tags.has(Buffer.from(tagOf([`C${n}`])).toString('hex')));
    });
  }

  /** The next bundle arrives, and its receipt comes back. */
  async #receipt(): Promise<void> {
    if (this.#received === this.#sent) return;
    const number = this.#received + 1;
    const { firms } = this;
    const bundle = firms.path('jia', 'exchange', `D-1-${number}.handover.zip`);
    if (!existsSync(bundle)) return;
    await this.#run('yi', /^0/, 'receive', bundle);
    this.#received = number;
    const out = firms.post(`came-${number}.csv`);
    await this.#run('yi', /^0/, 'extract', '--format', 'csv', '--out', out, '--yes');
    const came = PERSONS.filter((n) => readFileSync(out, 'utf8').includes(`王小${n}`));
    // Whoever came earlier is there until a notice says otherwise.
    const sent = Array.from({ length: number }, (_, i) => this.#bundles.get(i + 1) ?? []).flat();
    expect(came).toEqual(PERSONS.filter((n) => sent.includes(n)));
    await this.#run(
      'jia',
      /^0/,
      'receipt',
      'accept',
      firms.path('yi', 'exchange', `D-1-${number}.receipt.json`),
    );
  }

  /** What was signed stays as it is: every document that either side keeps. */
  async signedStays(): Promise<void> {
    for (const side of ['jia', 'yi'] as const)
      await within(this.firms.path(side), this.firms.time, async ({ workspace: { read } }) => {
        const documents: (readonly [string, string | Uint8Array | null | undefined])[] = [
          ...read
            .wordings('D-1')
            .flatMap(({ digest, bytes, signatures }) => [
              [`deal ${digest}`, bytes] as const,
              ...signatures.map(({ role, signature }) => [`${role} under ${digest}`, signature] as const),
            ]),
          ...read
            .bundles()
            .filter(({ state }) => state !== 'began' && state !== 'abandoned')
            .flatMap(({ id, manifest, sha256: file }) => [
              [`manifest ${id}`, manifest] as const,
              [`bundle ${id}`, file] as const,
              [`receipt ${id}`, read.receipt(id)?.bytes] as const,
            ]),
          ...read.notices().map(({ id, bytes }) => [`notice ${id}`, bytes] as const),
          ...read.purges().map(({ id, certificate }) => [`certificate ${id}`, certificate] as const),
          ...read.checkpoints().map(({ note }, i) => [`checkpoint ${i}`, note] as const),
        ];
        const now = new Map<string, string>(
          documents.flatMap(([name, content]) =>
            content == null ? [] : [[`${side} ${name}`, sha256(Buffer.from(content))] as const],
          ),
        );
        for (const [name, digest] of this.#signed)
          if (name.startsWith(side)) expect([name, now.get(name)]).toEqual([name, digest]);
        for (const [name, digest] of now) this.#signed.set(name, digest);
      });
  }

  async outputsAgree(): Promise<void> {
    for (const side of ['jia', 'yi'])
      expect(await disagreements(this.firms.path(side), this.firms.time), side).toEqual([]);
  }

  /** Whoever is with the buyer and said no since is named in a notice, whatever the no came by. */
  async buyerIsTold(): Promise<void> {
    this.#pass(60);
    await this.#run('jia', /^0/, 'notice', 'send');
    await within(this.firms.path('jia'), this.firms.time, async (session) => {
      const { read } = session.workspace;
      const deal = read.deal('D-1');
      if (deal === undefined) return;
      const tagOf = tagger((await dealKeys(session, readDealJson(deal.bytes))).tagKey);
      const notices = read.notices().map(({ bytes }) => readNotice(bytes));
      for (const bundle of read.bundles()) {
        if (!['exported', 'accepted'].includes(bundle.state)) continue;
        for (const n of this.#bundles.get(bundle.number) ?? []) {
          const { yes, no } = this.#wills.get(n) ?? { yes: '', no: '' };
          if (no < yes || no < bundle.time) continue;
          const tag = Buffer.from(tagOf([`C${n}`])).toString('hex');
          const told = notices.some(
            ({ subjects, issued }) => subjects.includes(tag) && issued >= bundle.time,
          );
          expect([`C${n} of bundle ${bundle.number} said no at ${no}`, told]).toEqual([
            `C${n} of bundle ${bundle.number} said no at ${no}`,
            true,
          ]);
        }
      }
    });
  }
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

const SLOW = process.env['SLOW'] === '1';
/** How many orders, or for how long: see docs/testing.md. */
const RUNS = Number(process.env['RUNS'] ?? (SLOW ? 2000 : 10));
const MINUTES = Number(process.env['MINUTES'] ?? 0);

describe('no order of steps', () => {
  let went = 0;
  let orders = 0;

  test('lets a no go, leaves it untold, makes outputs disagree, or changes what was signed', {
    timeout: RUNS > 10 || MINUTES > 0 ? 7_200_000 : 180_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        const journey = new Journey();
        try {
          for (const each of steps) {
            await journey.take(each);
            await journey.signedStays();
            if (SLOW) await journey.outputsAgree();
          }
          await journey.outputsAgree();
          await journey.buyerIsTold();
          await journey.outputsAgree();
          went += journey.went;
          orders++;
        } finally {
          journey.firms.remove();
        }
      }),
      {
        numRuns: MINUTES > 0 ? 100_000 : RUNS,
        ...(MINUTES > 0 ? { interruptAfterTimeLimit: MINUTES * 60_000 } : {}),
        seed: Number(process.env['SEED'] ?? 20_261_128),
        ...(SLOW ? {} : { endOnFailure: true }),
      },
    );
    // Somebody went, or nothing was shown.
    expect(went).toBeGreaterThan(0);
    if (MINUTES > 0) process.stdout.write(`${orders} orders of steps held\n`);
  });
});
