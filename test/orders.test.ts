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
import { Answer, endOf, Firms, type Said, shown } from './kit/firms.js';
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

/** What a person answers to a text message: two of these are a no, one is understood by nobody, and a yes of somebody who was not asked is none. */
const ANSWERS = { no: '不同意', stop: '退订', unclear: '嗯嗯啊', unasked: '同意' } as const;
type AnswerWord = keyof typeof ANSWERS;

const SIDES = ['jia', 'yi'] as const;
type Side = (typeof SIDES)[number];

type Step =
  | { readonly kind: 'import'; readonly as: number; readonly words: readonly (Word | null)[] }
  | { readonly kind: 'ledger'; readonly words: readonly (Word | null)[] }
  | { readonly kind: 'answers'; readonly words: readonly (AnswerWord | null)[] }
  | { readonly kind: 'withdraw' | 'object' | 'erase'; readonly person: number }
  | { readonly kind: 'hold'; readonly person: number | null }
  | { readonly kind: 'purge'; readonly scope: number }
  | { readonly kind: 'amend' | 'export' | 'receipt' | 'notices' };

const person = fc.constantFrom(...PERSONS);
const each = { minLength: PERSONS.length, maxLength: PERSONS.length };
const words = fc.array(fc.option(fc.constantFrom(...WORDS), { freq: 3 }), each);
const answers = fc.array(
  fc.option(fc.constantFrom<AnswerWord>('no', 'stop', 'unclear', 'unasked'), { freq: 1 }),
  each,
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('import' as const), as: fc.nat(3), words }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ledger' as const), words }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('answers' as const), words: answers }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('withdraw', 'object', 'erase'), person }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hold' as const), person: fc.option(person) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('purge' as const), scope: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('amend' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('export' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('receipt' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('notices' as const) }) },
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
  firms = base.copy();
  readonly #wills = new Map<number, Will>(PERSONS.map((n) => [n, { yes: day, no: '', erased: false }]));
  readonly #signed = new Map<string, string>();
  /** What the files of a side were when its outputs were compared. */
  readonly #compared = new Map<Side, string>();
  /** What the files of a side were when its signed documents were looked at. */
  readonly #looked = new Map<Side, string>();
  /** Who went in each bundle, and when it was made. */
  readonly #bundles = new Map<number, { readonly went: readonly number[]; readonly made: string }>();
  /** When the buyer was last told of a person. */
  readonly #told = new Map<number, string>();
  #obeyed = 0;
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
      case 'answers':
        return this.#answers(step.words);
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
      case 'notices':
        return this.#notices();
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

  /** Answers to text messages; nobody was asked by a campaign, so that only a no is taken in. */
  async #answers(words: readonly (AnswerWord | null)[]): Promise<void> {
    const rows = words.flatMap((word, i) => (word === null ? [] : [`C${i + 1},${ANSWERS[word]},`]));
    if (rows.length === 0) return;
    const file = this.firms.post(`${++this.#files}.csv`);
    writeFileSync(file, `${['客户编号,回复内容,上行时间', ...rows].join('\n')}\n`);
    const said = await this.#run('jia', /^[03]/, 'campaign', 'import', file, '--channel', 'sms');
    const noes = words.flatMap((word, i) => (word === 'no' || word === 'stop' ? [i + 1] : []));
    const taken = new Answer(JSON.parse(said.stdout));
    expect(taken.number('refused') + taken.number('known')).toBe(noes.length);
    for (const n of noes) this.#hear(n, 'told');
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
    this.#bundles.set(this.#sent, { went, made: this.firms.time });
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
    await this.#handsOutWhoAgreed();
    await this.#run(
      'jia',
      /^0/,
      'receipt',
      'accept',
      firms.path('yi', 'exchange', `D-1-${number}.receipt.json`),
    );
  }

  /** The seller tells whatever is pending, and the buyer obeys all that it has not obeyed. */
  async #notices(): Promise<void> {
    const { firms } = this;
    await this.#run('jia', /^0/, 'notice', 'send');
    const sent = await within(firms.path('jia'), firms.time, async ({ workspace: { read } }) =>
      read.persons.notices().map(({ bytes }) => readNotice(bytes)),
    );
    const tagged = await this.#byDealTag();
    for (const { number, subjects } of sent.slice(this.#obeyed)) {
      const notice = firms.path('jia', 'exchange', `D-1-notice-${number}.notice.json`);
      const applied = await this.#run('yi', /^0|NOTICE_OTHER_DEAL/, 'notice', 'apply', notice, '--yes');
      // Nothing came under these terms yet.
      if (applied.exit !== 0) return;
      this.#obeyed++;
      for (const subject of subjects) this.#told.set(tagged.get(subject) ?? 0, firms.time);
      const completion = firms.path('yi', 'exchange', `D-1-notice-${number}.completion.json`);
      await this.#run('jia', /^0/, 'notice', 'accept', completion);
    }
    if (this.#received > 0) await this.#handsOutWhoAgreed();
  }

  /** The buyer hands out who came, without those of whom it was told since the bundle was made. */
  async #handsOutWhoAgreed(): Promise<void> {
    const { firms } = this;
    const out = firms.post('came.csv');
    const argv = ['extract', '--format', 'csv', '--out', out, '--force', '--yes'];
    const said = await this.#run('yi', /^0|EXTRACT_NONE/, ...argv);
    const text = said.exit === 0 ? readFileSync(out, 'utf8') : '';
    const expected = PERSONS.filter((n) => {
      const last = [...this.#bundles].findLast(([i, { went }]) => i <= this.#received && went.includes(n));
      return last !== undefined && (this.#told.get(n) ?? '') < last[1].made;
    });
    expect(PERSONS.filter((n) => text.includes(`王小${n}`))).toEqual(expected);
  }

  /** Whose the tags of the deal are. */
  #byDealTag(): Promise<ReadonlyMap<string, number>> {
    return within(this.firms.path('jia'), this.firms.time, async (session) => {
      const deal = session.workspace.read.deal('D-1');
      if (deal === undefined) return new Map();
      const tagOf = tagger((await dealKeys(session, readDealJson(deal.bytes))).tagKey);
      return new Map(PERSONS.map((n) => [Buffer.from(tagOf([`C${n}`])).toString('hex'), n]));
    });
  }

  /** Sides whose files changed since they were looked at last. Within a day, whatever a side says follows from its files. */
  #changed(known: Map<Side, string>): readonly Side[] {
    return SIDES.filter((side) => {
      const now = sha256(readFileSync(this.firms.path(side, 'handover.db')));
      const isSame = known.get(side) === now;
      known.set(side, now);
      return !isSame;
    });
  }

  /** What was signed stays as it is: every document that either side keeps. */
  async signedStays(): Promise<void> {
    for (const side of this.#changed(this.#looked))
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
          ...read.persons.notices().map(({ id, bytes }) => [`notice ${id}`, bytes] as const),
          ...read.retention
            .purges()
            .map(({ id, certificate }) => [`certificate ${id}`, certificate] as const),
          ...read.log.checkpoints().map(({ note }, i) => [`checkpoint ${i}`, note] as const),
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
    for (const side of this.#changed(this.#compared))
      expect(await disagreements(this.firms.path(side), this.firms.time), side).toEqual([]);
  }

  /** Whoever is with the buyer and said no since is named in a notice, whatever the no came by. Looked at in a copy: the journey goes on as it was. */
  async buyerIsTold(): Promise<void> {
    if (this.#sent === 0) return;
    const own = this.firms;
    this.firms = own.copy();
    try {
      this.#pass(60);
      const said = await this.#run('jia', /^0/, 'notice', 'send');
      await this.#everybodyIsNamed();
      if (JSON.stringify(new Answer(JSON.parse(said.stdout)).at('pending')) !== '[]')
        expect(await disagreements(this.firms.path('jia'), this.firms.time)).toEqual([]);
    } finally {
      this.firms.remove();
      this.firms = own;
    }
  }

  async #everybodyIsNamed(): Promise<void> {
    const tagged = await this.#byDealTag();
    await within(this.firms.path('jia'), this.firms.time, async ({ workspace: { read } }) => {
      const notices = read.persons.notices().map(({ bytes }) => readNotice(bytes));
      for (const { number, state, time } of read.bundles()) {
        if (!['exported', 'accepted'].includes(state)) continue;
        for (const n of this.#bundles.get(number)?.went ?? []) {
          const { yes, no } = this.#wills.get(n) ?? { yes: '', no: '' };
          if (no < yes || no < time) continue;
          const told = notices.some(
            ({ subjects, issued }) => issued >= time && subjects.some((tag) => tagged.get(tag) === n),
          );
          const who = `C${n} of bundle ${number} said no at ${no}`;
          expect([who, told]).toEqual([who, true]);
        }
      }
    });
  }
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

const SLOW = process.env['SLOW'] === '1';
/** How many walks, or for how long: see docs/testing.md. */
const RUNS = Number(process.env['RUNS'] ?? (SLOW ? 2000 : 10));
const MINUTES = Number(process.env['MINUTES'] ?? 0);

describe('no order of steps', () => {
  let went = 0;
  /** What was walked, up to each step: each is an order of steps, at whose end everything is asked. */
  const orders = new Set<string>();

  test('lets a no go, leaves it untold, makes outputs disagree, or changes what was signed', {
    timeout: RUNS > 10 || MINUTES > 0 ? 7_200_000 : 180_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        const journey = new Journey();
        try {
          for (const [i, each] of steps.entries()) {
            await journey.take(each);
            await journey.signedStays();
            await journey.outputsAgree();
            await journey.buyerIsTold();
            orders.add(sha256(Buffer.from(JSON.stringify(steps.slice(0, i + 1)))));
          }
          went += journey.went;
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
    if (MINUTES > 0) process.stdout.write(`${orders.size} orders of steps held\n`);
  });
});
