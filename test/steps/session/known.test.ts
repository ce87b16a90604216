import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { sameBytes } from '../../../src/base/bytes.js';
import { sha256, uuidv7 } from '../../../src/base/crypto.js';
import { tagger } from '../../../src/base/tagger.js';
import type { Instant } from '../../../src/base/time.js';
import { erasureLedgerAt, writeErasureLedger } from '../../../src/steps/purge/erasure-ledger.js';
import type { Session } from '../../../src/steps/session/session.js';
import type { Writer } from '../../../src/store/workspace.js';
import { Answer, endOf, Firms } from '../../kit/firms.js';
import { within } from '../../kit/session.js';

const day = daysBefore(TODAY, 9);
const HEADER =
  '客户编号,姓名,手机号,服务地址,服务项目,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
const line = (n: number) =>
  `C${n},王小${n},1380000000${n},上海市浦东新区一号小区,保洁,${day},同意,${BUYER},${PURPOSE},${day},书面,F-${n}`;

let base: Firms;
let firms: Firms;

beforeAll(async () => {
  base = await Firms.withDeal();
  writeFileSync(base.post('all.csv'), `${[HEADER, ...[1, 2, 3, 4, 5].map(line)].join('\n')}\n`);
  await base.done('import', base.post('all.csv'), '--workspace', 'jia');
});
beforeEach(() => {
  firms = base.copy();
});
afterEach(() => firms.remove());
afterAll(() => base.remove());

const minutes = (count: number): Instant =>
  `${new Date(Date.parse(base.time) + count * 60_000).toISOString().slice(0, 19)}Z` as Instant;

/** Changes the seller's store at a time, as a step of another kind would. */
async function note(
  time: Instant,
  change: (write: Writer, tag: (no: string) => Uint8Array, session: Session) => void,
): Promise<void> {
  await within(firms.path('jia'), time, async (session) => {
    const key = await session.keyFor('subject-tags');
    session.record({ action: 'subject-withdrawn', objects: {}, details: {} }, (write) =>
      change(write, (no) => tagger(key)([no]), session),
    );
  });
}

/** A check, of which it does not matter whether anybody may go. */
async function checked(...options: readonly string[]): Promise<Answer> {
  const { stdout } = await firms.run('check', ...options, '--workspace', 'jia', '--json');
  return new Answer(JSON.parse(stdout));
}

/** Why each customer stays, by the check. */
async function reasons(): Promise<Record<string, number>> {
  const answer = await checked();
  const all = answer.at('accounting.reasons.withhold');
  return typeof all === 'object' && all !== null ? { ...all } : {};
}

async function explained(no: string): Promise<readonly unknown[]> {
  const answer = await firms.done('check', '--explain', no, '--workspace', 'jia');
  const steps = answer.at('explanations.0.steps');
  if (!Array.isArray(steps)) throw new Error('no steps');
  return steps.flatMap((step: { step: string; reasons: string[]; decided_by: unknown[] }) =>
    step.step !== 'verdict' && step.reasons.length > 0
      ? [[step.step, step.reasons, step.decided_by.at(-1)]]
      : [],
  );
}

describe('what the store knows of a person', () => {
  test('withdrawals, objections and requests to be erased are heard by check and explanation', async () => {
    const time = minutes(1);
    await note(time, (write, tag) => {
      write.persons.addSubjectMark({ tag: tag('C1'), kind: 'withdrawn', request: null, purpose: null, time });
      write.persons.addSubjectMark({ tag: tag('C2'), kind: 'objection', request: null, purpose: null, time });
      write.persons.addSubjectMark({ tag: tag('C3'), kind: 'erasure', request: null, purpose: null, time });
      write.persons.addSubjectMark({ tag: tag('C4'), kind: 'corrected', request: null, purpose: null, time });
      write.persons.addSubjectMark({ tag: tag('C9'), kind: 'withdrawn', request: null, purpose: null, time });
    });
    expect(await reasons()).toEqual({ CONSENT_WITHDRAWN: 1, OBJECTION: 1, ERASURE_REQUESTED: 1 });
    const by = (entry: string) => ({ source: 'store', entry, at: time });
    const told = (entry: string) => ({ ...by(entry), purpose: 'service' });
    expect(await explained('C1')).toEqual([['refusal', ['CONSENT_WITHDRAWN'], told('withdrawn')]]);
    expect(await explained('C2')).toEqual([['refusal', ['OBJECTION'], told('objection')]]);
    expect(await explained('C3')).toEqual([['erasure', ['ERASURE_REQUESTED'], by('erasure')]]);
    expect(await explained('C4')).toEqual([]);
  });

  test('what a person said outlives every later import, until the person agrees anew', async () => {
    const time = minutes(1);
    await note(time, (write, tag) => {
      write.persons.addSubjectMark({ tag: tag('C1'), kind: 'withdrawn', request: null, purpose: null, time });
      write.persons.addSubjectMark({ tag: tag('C2'), kind: 'objection', request: null, purpose: null, time });
      write.persons.addSubjectMark({ tag: tag('C3'), kind: 'erasure', request: null, purpose: null, time });
      write.persons.addSubjectMark({ tag: tag('C4'), kind: 'withdrawn', request: null, purpose: null, time });
      write.persons.addSubjectMark({ tag: tag('C5'), kind: 'objection', request: null, purpose: null, time });
    });
    const all = { CONSENT_WITHDRAWN: 2, OBJECTION: 2, ERASURE_REQUESTED: 1 };
    firms.time = minutes(2);
    await firms.done('import', firms.post('all.csv'), '--again', '--workspace', 'jia');
    expect(await reasons()).toEqual(all);
    writeFileSync(
      firms.post('corrected.csv'),
      `${[HEADER, ...[1, 2, 3, 4, 5].map(line)].join('\n').replace('一号小区', '二号小区')}\n`,
    );
    await firms.done('import', firms.post('corrected.csv'), '--workspace', 'jia');
    expect(await reasons()).toEqual(all);
    // C4 and C5 agree anew a day later; a yes without evidence, or one without its time, would not do.
    const later = (n: number) =>
      line(n).replace(`${PURPOSE},${day},书面`, `${PURPOSE},${minutes(24 * 60)},书面`);
    const bare = (n: number) => later(n).replace(`F-${n}`, '');
    firms.time = minutes(25 * 60);
    const anew = [
      HEADER,
      bare(1),
      line(2).replace(`${PURPOSE},${day}`, `${PURPOSE},`),
      line(3),
      later(4),
      later(5),
    ];
    writeFileSync(firms.post('anew.csv'), `${anew.join('\n')}\n`);
    await firms.done('import', firms.post('anew.csv'), '--workspace', 'jia');
    expect(await reasons()).toEqual({ CONSENT_WITHDRAWN: 1, OBJECTION: 1, ERASURE_REQUESTED: 1 });
    const sent = await firms.done('export', '--workspace', 'jia');
    expect([sent.number('accounting.transfer'), sent.number('accounting.withhold')]).toEqual([2, 3]);
  });

  test('the judgement of an import in one go hears of it too', async () => {
    const time = minutes(1);
    await note(time, (write, tag) =>
      write.persons.addSubjectMark({ tag: tag('C1'), kind: 'withdrawn', request: null, purpose: null, time }),
    );
    firms.time = minutes(2);
    writeFileSync(firms.post('more.csv'), `${[HEADER, line(1), line(6)].join('\n')}\n`);
    const sent = await firms.done('export', firms.post('more.csv'), '--as', 'list', '--workspace', 'jia');
    expect([sent.number('accounting.transfer'), sent.number('accounting.withhold')]).toEqual([1, 1]);
  });

  test('a no of an earlier file outlives the next one, dated or not, until a good yes of later', async () => {
    const said = (n: number, state: string, time: string) =>
      line(n).replace(`同意,${BUYER},${PURPOSE},${day}`, `${state},${BUYER},${PURPOSE},${time}`);
    const later = (n: number, time: Instant) => said(n, '同意', time);
    firms.time = minutes(1);
    const nos = [
      said(1, '撤回', minutes(-60)),
      said(2, '不同意', ''),
      said(3, '不同意', ''),
      line(4),
      line(5),
    ];
    writeFileSync(firms.post('nos.csv'), `${[HEADER, ...nos].join('\n')}\n`);
    await firms.done('import', firms.post('nos.csv'), '--workspace', 'jia');
    expect(await reasons()).toEqual({ CONSENT_WITHDRAWN: 1, CONSENT_REFUSED: 2 });
    firms.time = minutes(2);
    await firms.done('import', firms.post('all.csv'), '--again', '--workspace', 'jia');
    expect(await reasons()).toEqual({ CONSENT_WITHDRAWN: 1, CONSENT_REFUSED: 2 });
    // What had no time was said before the file came in: a yes of a minute after that is later.
    firms.time = minutes(10);
    const anew = [later(1, minutes(5)), later(2, minutes(5)), later(3, minutes(-5)), line(4), line(5)];
    writeFileSync(firms.post('anew.csv'), `${[HEADER, ...anew].join('\n')}\n`);
    await firms.done('import', firms.post('anew.csv'), '--workspace', 'jia');
    expect(await reasons()).toEqual({ CONSENT_REFUSED: 1 });
    // Another list and its bundle in one go hear it as well.
    writeFileSync(firms.post('more.csv'), `${[HEADER, line(2), line(3), line(6)].join('\n')}\n`);
    const sent = await firms.done('export', firms.post('more.csv'), '--as', 'list', '--workspace', 'jia');
    expect([sent.number('accounting.transfer'), sent.number('accounting.withhold')]).toEqual([1, 2]);
  });

  test('a no in a row that was rejected counts, of a customer file and of a ledger', async () => {
    firms.time = minutes(1);
    const bad = line(1).replace('同意', '撤回').replace('王', '\ufffd');
    writeFileSync(firms.post('bad.csv'), `${[HEADER, bad, line(7)].join('\n')}\n`);
    const ledger = [
      '客户编号,事件,接收方,用途,时间,方式,凭证',
      `C2,撤回,${BUYER},${PURPOSE},去年底,书面,L-2`,
    ];
    writeFileSync(firms.post('ledger.csv'), `${ledger.join('\n')}\n`);
    await firms.run('import', firms.post('bad.csv'), '--as', 'addition', '--workspace', 'jia');
    await firms.run('import', '--consents', firms.post('ledger.csv'), '--workspace', 'jia');
    const whole = await checked('--dataset', 'all.csv');
    expect(whole.at('accounting.reasons.withhold')).toEqual({ CONSENT_WITHDRAWN: 2 });
  });

  describe('outlives the purge of the file that told it', () => {
    const said = (n: number, state: string, time: string) =>
      line(n).replace(`同意,${BUYER},${PURPOSE},${day}`, `${state},${BUYER},${PURPOSE},${time}`);

    /** Ends a file by name. */
    async function purge(file: string): Promise<void> {
      const datasets = (await firms.done('retention', 'list', '--workspace', 'jia')).at('parts');
      if (!Array.isArray(datasets)) throw new Error('no parts');
      const { dataset } = datasets.find((part) => part.file === file);
      await firms.done('purge', 'plan', '--dataset', dataset, '--reason', '旧文件', '--workspace', 'jia');
      await firms.done('purge', 'run', '--keep-files', '--yes', '--workspace', 'jia');
    }

    test('of a customer file, dated or not, until a good yes of later', async () => {
      firms.time = minutes(1);
      const nos = [
        said(1, '撤回', minutes(-60)),
        said(2, '不同意', ''),
        line(3),
        line(4),
        said(9, '撤回', ''),
      ];
      writeFileSync(firms.post('nos.csv'), `${[HEADER, ...nos].join('\n')}\n`);
      await firms.done('import', firms.post('nos.csv'), '--as', 'list', '--workspace', 'jia');
      firms.time = minutes(2);
      await firms.done('import', firms.post('all.csv'), '--as', 'list', '--again', '--workspace', 'jia');
      const before = { CONSENT_WITHDRAWN: 1, CONSENT_REFUSED: 1 };
      expect(await reasons()).toEqual(before);
      firms.time = minutes(3);
      await purge('nos.csv');
      expect(await reasons()).toEqual(before);
      // Of whom nothing is left the erasure ledger knows, and nothing else.
      await within(firms.path('jia'), firms.time, async (session) => {
        const key = await session.keyFor('subject-tags');
        const tagsOf = tagger(key);
        const marked = session.workspace.read.persons
          .subjectMarks()
          .map(({ tag }) => Buffer.from(tag).toString('hex'));
        const hexOf = (no: string) => Buffer.from(tagsOf([no])).toString('hex');
        expect(marked.sort()).toEqual(['C1', 'C2'].map(hexOf).sort());
      });
      expect(await explained('C1')).toEqual([
        [
          'refusal',
          ['CONSENT_WITHDRAWN'],
          { source: 'store', entry: 'withdrawn', at: minutes(-60), purpose: 'service' },
        ],
      ]);
      firms.time = minutes(20);
      const anew = [said(1, '同意', minutes(-90)), said(2, '同意', minutes(10)), line(3), line(4), line(5)];
      writeFileSync(firms.post('anew.csv'), `${[HEADER, ...anew].join('\n')}\n`);
      await firms.done('import', firms.post('anew.csv'), '--workspace', 'jia');
      expect(await reasons()).toEqual({ CONSENT_WITHDRAWN: 1 });
    });

    test('of a consent ledger', async () => {
      firms.time = minutes(1);
      const ledger = [
        '客户编号,事件,接收方,用途,时间,方式,凭证',
        `C2,撤回,${BUYER},${PURPOSE},${minutes(-60)},书面,L-2`,
        `C3,同意,${BUYER},${PURPOSE},${minutes(-60)},书面,L-3`,
      ];
      writeFileSync(firms.post('ledger.csv'), `${ledger.join('\n')}\n`);
      await firms.done('import', '--consents', firms.post('ledger.csv'), '--workspace', 'jia');
      firms.time = minutes(2);
      expect(await reasons()).toEqual({ CONSENT_WITHDRAWN: 1 });
      await purge('ledger.csv');
      expect(await reasons()).toEqual({ CONSENT_WITHDRAWN: 1 });
    });

    test('of a correction, while the older record stands again', async () => {
      firms.time = minutes(1);
      writeFileSync(firms.post('more.csv'), `${[HEADER, said(1, '撤回', minutes(-60))].join('\n')}\n`);
      await firms.done('import', firms.post('more.csv'), '--as', 'correction', '--workspace', 'jia');
      firms.time = minutes(2);
      expect(await reasons()).toEqual({ CONSENT_WITHDRAWN: 1 });
      await purge('more.csv');
      expect(await reasons()).toEqual({ CONSENT_WITHDRAWN: 1 });
    });
  });

  test('a withdrawal between check and export does not travel', async () => {
    expect(await reasons()).toEqual({});
    const time = minutes(1);
    await note(time, (write, tag) =>
      write.persons.addSubjectMark({ tag: tag('C1'), kind: 'withdrawn', request: null, purpose: null, time }),
    );
    firms.time = minutes(2);
    expect(endOf(await firms.run('export', '--workspace', 'jia', '--json'))).toBe('4 PLAN_STALE');
    await checked();
    const sent = await firms.done('export', '--workspace', 'jia');
    expect(sent.number('accounting.transfer')).toBe(4);
    expect(sent.number('accounting.withhold')).toBe(1);
  });

  test('what is frozen stays, and the judgement of an import in one go hears of it too', async () => {
    const freeze = ['freeze', 'add', '--workspace', 'jia', '--basis', 'tax-documents', '--from', TODAY];
    await firms.done(...freeze, '--subject', 'C1', '--subject', 'C2', '--reason', '发票');
    expect(await reasons()).toEqual({ FROZEN: 2 });
    writeFileSync(firms.post('more.csv'), `${[HEADER, line(2), line(6)].join('\n')}\n`);
    const sent = await firms.done('export', firms.post('more.csv'), '--as', 'list', '--workspace', 'jia');
    expect(sent.number('accounting.transfer')).toBe(1);
    const end = await firms.done('freeze', 'list', '--workspace', 'jia');
    await firms.done('freeze', 'end', end.text('freezes.0.id'), '--reason', '误封', '--workspace', 'jia');
    expect(await reasons()).toEqual({});
    await firms.done(...freeze, '--dataset', 'all.csv', '--reason', '发票');
    const whole = await checked('--dataset', 'all.csv');
    expect(whole.at('accounting.reasons.withhold')).toEqual({ FROZEN: 5 });
    // Ten years later is its last day; a day more, and it is over.
    const until = (await firms.done('freeze', 'list', '--workspace', 'jia')).text('freezes.0.until');
    const frozenOn = async (date: string) => {
      firms.time = `${date}T04:00:00Z` as Instant;
      const answer = await checked('--dataset', 'all.csv');
      return answer.at('accounting.reasons');
    };
    expect(await frozenOn(until)).toHaveProperty('withhold.FROZEN', 5);
    expect(await frozenOn(daysBefore(until, -1))).not.toHaveProperty('withhold.FROZEN');
  });

  test('who was erased and comes back with a file is told at the import, and stays', async () => {
    const id = uuidv7(Date.parse(minutes(1)), (length) => new Uint8Array(length).fill(7));
    const plan = Buffer.from('{}');
    let erased: Uint8Array = new Uint8Array();
    await within(firms.path('jia'), minutes(1), async (session) => {
      const tag = tagger(await session.keyFor('subject-tags'));
      erased = Buffer.concat([tag(['C1']), tag(['C4'])].sort(Buffer.compare));
      const objects = { purge: id, plan: sha256(plan) };
      session.record({ action: 'purge-planned', objects, details: {} }, (write) =>
        write.retention.addPurge({ id, planDigest: sha256(plan), plan, time: minutes(1) }),
      );
      session.record({ action: 'purge-rewritten', objects, details: { purge: 0, persons: 2 } }, (write) =>
        write.retention.addErased(id, { number: 0, tags: erased }),
      );
    });
    // What stood there before was not the erased one's: a purge keeps what a hold covers.
    expect(await reasons()).toEqual({});
    firms.time = minutes(2);
    const answer = await firms.done(
      'import',
      firms.post('all.csv'),
      '--again',
      '--workspace',
      'jia',
      '--dry-run',
    );
    expect(answer.number('imports.0.erased_before')).toBe(2);
    const real = await firms.done('import', firms.post('all.csv'), '--again', '--workspace', 'jia');
    expect(real.number('imports.0.erased_before')).toBe(2);
    expect(real.text('next.0')).toBe('handover purge replay');
    expect(await reasons()).toEqual({ ERASED_BEFORE: 2 });
    expect(await explained('C1')).toEqual([
      ['erasure', ['ERASED_BEFORE'], { source: 'store', entry: 'erased', at: minutes(1) }],
    ]);

    await within(firms.path('jia'), firms.time, async (session) => {
      const written = await writeErasureLedger(session, id, session.path('exchange'));
      expect(written.persons).toBe(2);
      expect(await writeErasureLedger(session, id, session.path('exchange'))).toEqual(written);
      const ledger = erasureLedgerAt(session, written.path);
      expect([ledger.purge, sameBytes(ledger.tags, erased)]).toEqual([id, true]);
    });
    await within(firms.path('yi'), firms.time, async (session) => {
      const path = firms.path('jia', 'exchange', `${id}.erased.json`);
      expect(() => erasureLedgerAt(session, path)).toThrow('LEDGER_OTHER_WORKSPACE');
    });
  });

  test('a hold keeps, and withholds nothing', async () => {
    const hold = ['hold', 'add', '--workspace', 'jia', '--all', '--case', '检查', '--reason', '通知书'];
    expect(endOf(await firms.run(...hold))).toBe('0');
    expect(await reasons()).toEqual({});
  });
});
