import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { hex } from '../../../src/base/bytes.js';
import { systemRandom, uuidv7 } from '../../../src/base/crypto.js';
import { readDate } from '../../../src/base/time.js';
import { readCompletion } from '../../../src/bundle/completion.js';
import { signBuyerNotice } from '../../../src/bundle/notice.js';
import { openIdentity } from '../../../src/identity/sealed-identity.js';
import { recordsAt } from '../../../src/steps/persons/records.js';
import { digestOfTags } from '../../../src/steps/session/beside-log.js';
import { tagsOf } from '../../../src/steps/session/subject-tags.js';
import { endOf, Firms } from '../../kit/firms.js';
import { contentsBelow } from '../../kit/folders.js';
import { startAndEnd } from '../../kit/process.js';
import { within } from '../../kit/session.js';
import { OpenDatabase } from '../../kit/sqlite.js';

/*
 * Single persons after the handover, on both sides: two firms at the moment at which the receipt was accepted, copied for each test.
 */

let start: Firms;
let firms: Firms;

const day = daysBefore(TODAY, 9);
const HEADER =
  '客户编号,姓名,手机号,服务地址,服务项目,最近服务,出生日期,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证,监护人同意';
const line = (n: number, born = '1980-01-01', guardian = '') =>
  `C${n},王小${n},1380000000${n},上海市浦东新区${n}号小区,保洁,${day},${born},同意,${BUYER},${PURPOSE},${day},书面,F-${n},${guardian}`;

beforeAll(async () => {
  start = await Firms.withDeal();
  const rows = [HEADER, line(1), line(2), line(3), line(4), line(5, '2018-05-01', '同意'), line(6)];
  writeFileSync(start.post('c.csv'), `${rows.join('\n')}\n`);
  await start.done('export', start.post('c.csv'), '--workspace', 'jia');
  await start.done('receive', 'jia/exchange/D-1-1.handover.zip', '--workspace', 'yi');
  await start.done('receipt', 'accept', 'yi/exchange/D-1-1.receipt.json', '--workspace', 'jia');
});
afterEach(() => firms.remove());
afterAll(() => start.remove());

const who = ['--requester', 'self', '--verified', 'callback'];
const inJia = ['--workspace', 'jia'];
const inYi = ['--workspace', 'yi'];
const noticeOf = (n: number) => `jia/exchange/D-1-notice-${n}.notice.json`;
const completionOf = (n: number) => `yi/exchange/D-1-notice-${n}.completion.json`;

/** Fields of a person's records in a workspace, as they stand there. */
const valuesIn = (firm: string, no: string, field: string) =>
  within(firms.path(firm), firms.time, async (session) => {
    const { places } = await tagsOf(session, no);
    const records = await recordsAt(session, places);
    return records.flatMap(({ values }) => values.filter((v) => v.field === field).map((v) => v.value));
  });

interface StoredBytes {
  readonly dataset: string;
  readonly number: number;
  readonly sealed: Uint8Array;
}

/** What somebody does who has the disk. */
function inDatabase<T>(firm: string, act: (db: OpenDatabase) => T): T {
  const db = new OpenDatabase(firms.path(firm, 'handover.db'));
  try {
    return act(db);
  } finally {
    db.close();
  }
}

/** Places a hold or a freeze on one person, as a clerk would. */
const restrain = (firm: string, no: string, until: string | null) =>
  within(firms.path(firm), firms.time, async (session) => {
    const { tags } = await tagsOf(session, no);
    const common = {
      id: uuidv7(Date.parse(firms.time), systemRandom),
      scope: 'subjects',
      dataset: null,
      reason: '诉讼',
      opened: session.now,
    } as const;
    const kind =
      until === null
        ? ({ kind: 'hold', basis: null, until: null } as const)
        : ({ kind: 'freeze', basis: 'TAX-29', until: readDate(until) } as const);
    const details = {
      scope: common.scope,
      ...(until === null ? {} : { until }),
      subjects: digestOfTags(tags),
    };
    session.record({ action: 'hold-placed', objects: { hold: common.id }, details }, (write) =>
      write.retention.addRestraint({ ...common, ...kind, openedBy: '李店长' }, tags),
    );
  });

describe('an id is no telephone number', () => {
  test('though its digits look like one', async () => {
    firms = start.copy();
    const digits = Buffer.from('0000000000000000800aa13800138000', 'hex');
    const random = (length: number): Uint8Array =>
      length === digits.length ? new Uint8Array(digits) : systemRandom(length);
    const asked = ['subject', 'erase', 'C1', ...who, '--yes', '--json', ...inJia];
    const said = await firms.runWith({ random }, ...asked);
    expect(endOf(said)).toBe('0');
    expect(JSON.parse(said.stdout).request).toMatch(/-a13800138000$/);
  });
});

describe('a notice and its completion', () => {
  test('a person on hold is kept, the completion says so, and the request is not done', async () => {
    firms = start.copy();
    await restrain('yi', 'C1', null);
    await firms.done('subject', 'erase', 'C1', ...who, '--yes', ...inJia);
    const applied = await firms.done('notice', 'apply', noticeOf(1), '--yes', ...inYi);
    expect(applied.at('counts')).toEqual({ done: 0, not_found: 0, held: 1, frozen: 0 });
    expect(applied.at('completion.reasons')).toEqual({ HOLD: 1, FREEZE: 0 });
    expect(applied.at('completion.certificate')).toBeNull();
    expect(await valuesIn('yi', 'C1', 'name')).toEqual(['王小1']);
    await firms.done('notice', 'accept', completionOf(1), ...inJia);
    const list = await firms.done('request', 'list', '--all', ...inJia);
    expect([list.at('requests.0.outcome'), list.at('requests.0.reason')]).toEqual([
      'refused',
      'KEPT_BY_BUYER',
    ]);
  });

  test('whoever is not there is said not to be there', async () => {
    firms = start.copy();
    await firms.done('subject', 'erase', 'C2', ...who, '--yes', ...inYi);
    await firms.done('subject', 'withdraw', 'C2', ...who, ...inJia);
    const applied = await firms.done('notice', 'apply', noticeOf(1), '--yes', ...inYi);
    expect(applied.at('counts')).toEqual({ done: 0, not_found: 1, held: 0, frozen: 0 });
    await firms.done('notice', 'accept', completionOf(1), ...inJia);
  });

  test('the same id with another content is an alarm, even under the seller’s signature', async () => {
    firms = start.copy();
    await firms.done('subject', 'withdraw', 'C3', ...who, ...inJia);
    await firms.done('notice', 'apply', noticeOf(1), '--yes', ...inYi);
    const { format: _, ...facts } = JSON.parse(readFileSync(firms.path(noticeOf(1)), 'utf8'));
    const { signer } = await openIdentity(readFileSync(firms.path('jia', 'keys', 'identity.txt')), null);
    const other = signBuyerNotice({ ...facts, kind: 'objection' }, signer);
    writeFileSync(firms.post('n.notice.json'), other.bytes);
    writeFileSync(firms.post('n.notice.json.minisig'), other.signature);
    expect(endOf(await firms.run('notice', 'apply', 'post/n.notice.json', '--yes', ...inYi))).toBe(
      '5 NOTICE_REPLAY',
    );
    const log = await firms.done('audit', 'log', '--action', 'refused', ...inYi);
    expect(log.at('events.0.details.code')).toBe('NOTICE_REPLAY');
  });

  test('a completion that was taken in before the disk failed is taken in again, and closes the request', async () => {
    firms = start.copy();
    await firms.done('subject', 'withdraw', 'C1', ...who, '--yes', ...inJia);
    await firms.done('notice', 'apply', noticeOf(1), '--yes', ...inYi);
    const accept = ['notice', 'accept', completionOf(1), ...inJia];
    const fail = { errno: 'EIO', at: 'sql UPDATE request SET closed' };
    const env = { HANDOVER_CLOCK: firms.time };
    const ended = await startAndEnd(accept, { cwd: firms.folder, fail, env });
    expect([ended.exit, ended.stderr]).toEqual([75, expect.stringContaining('DISK_FAULT')]);
    const again = await firms.done(...accept);
    expect([again.at('again'), again.at('closed')]).toEqual([true, [expect.any(String)]]);
  });

  test('a second, different completion is an alarm', async () => {
    firms = start.copy();
    await firms.done('subject', 'withdraw', 'C3', ...who, ...inJia);
    const before = firms.copy();
    try {
      await firms.done('notice', 'apply', noticeOf(1), '--yes', ...inYi);
      await firms.done('notice', 'accept', completionOf(1), ...inJia);
      before.time = `${TODAY}T05:00:00Z`;
      await before.done('notice', 'apply', noticeOf(1), '--yes', ...inYi);
      for (const end of ['', '.minisig'])
        cpSync(before.path(completionOf(1) + end), firms.post(`other.completion.json${end}`));
      const said = await firms.run('notice', 'accept', 'post/other.completion.json', ...inJia);
      expect(endOf(said)).toBe('5 COMPLETION_SECOND');
    } finally {
      before.remove();
    }
  });

  test('a notice to somebody else, or of a stranger, changes nothing', async () => {
    firms = start.copy();
    await firms.done('subject', 'withdraw', 'C3', ...who, ...inJia);
    await firms.settle('bing', 'buyer', '丙家政服务有限公司');
    const stranger = await firms.run('notice', 'apply', noticeOf(1), '--yes', '--workspace', 'bing');
    expect(endOf(stranger)).toBe('5 NOTICE_SENDER_UNKNOWN');
    await firms.acquaint('bing', 'jia');
    const other = await firms.run('notice', 'apply', noticeOf(1), '--yes', '--workspace', 'bing');
    expect(endOf(other)).toBe('5 NOTICE_NOT_FOR_US');
  });
});

describe('erasing and correcting', () => {
  test('a hold refuses, in the register as well, and the person is marked all the same', async () => {
    firms = start.copy();
    await restrain('jia', 'C1', null);
    await restrain('jia', 'C2', '2099-12-31');
    expect(endOf(await firms.run('subject', 'erase', 'C1', ...who, '--yes', ...inJia))).toBe(
      '4 SUBJECT_HELD',
    );
    expect(endOf(await firms.run('subject', 'erase', 'C2', ...who, '--yes', ...inJia))).toBe(
      '4 SUBJECT_FROZEN',
    );
    const list = await firms.done('request', 'list', '--all', ...inJia);
    expect([list.at('requests.0.reason'), list.at('requests.1.reason')]).toEqual(['HOLD', 'FREEZE']);
    const shown = await firms.done('subject', 'history', 'C1', ...inJia);
    expect([shown.at('marks.0.kind'), shown.at('restraints.0.kind')]).toEqual(['erasure', 'hold']);
    expect(await valuesIn('jia', 'C1', 'name')).toEqual(['王小1']);
    expect(existsSync(firms.path(noticeOf(1)))).toBe(false);
  });

  test('the former value is in no file of the workspace, on either side', async () => {
    firms = start.copy();
    writeFileSync(firms.post('v.txt'), '13912345678\n');
    const argv = ['subject', 'correct', 'C4', '--field', 'mobile', '--value-file', 'post/v.txt', ...who];
    await firms.done(...argv, ...inJia);
    await firms.done('notice', 'apply', noticeOf(1), ...inYi);
    expect(await valuesIn('jia', 'C4', 'mobile')).toEqual(['13912345678']);
    expect(await valuesIn('yi', 'C4', 'mobile')).toEqual(['13912345678']);
    expect(await valuesIn('yi', 'C3', 'mobile')).toEqual(['13800000003']);
    // Nothing of either value stands readable anywhere but where the test put it.
    for (const firm of ['jia', 'yi'])
      for (const [path, content] of contentsBelow(firms.path(firm)))
        for (const value of ['13912345678', '13800000004'])
          expect(Buffer.from(content).includes(value), `${value} in ${path}`).toBe(false);
  });

  test('an old page put back, or other tags beside a page, are found by every reader, on either side', async () => {
    firms = start.copy();
    const pageOf = (firm: string) =>
      inDatabase(
        firm,
        (db) => db.rows('SELECT dataset, number, sealed FROM page')[0] as unknown as StoredBytes,
      );
    const before = { jia: pageOf('jia'), yi: pageOf('yi') };
    writeFileSync(firms.post('v.txt'), '13912345678\n');
    const argv = ['subject', 'correct', 'C4', '--field', 'mobile', '--value-file', 'post/v.txt', ...who];
    await firms.done(...argv, ...inJia);
    await firms.done('notice', 'apply', noticeOf(1), ...inYi);
    const readers = {
      jia: [
        ['check', ...inJia],
        ['subject', 'show', 'C1', ...who, ...inJia],
        ['subject', 'duplicates', ...inJia],
      ],
      yi: [
        ['extract', '--format', 'csv', '--yes', ...inYi],
        ['subject', 'show', 'C1', ...who, ...inYi],
      ],
    };
    const recordsAt = async (firm: 'jia' | 'yi') => {
      const { exit, stdout } = await firms.run(
        'doctor',
        '--vault',
        '--json',
        ...(firm === 'jia' ? inJia : inYi),
      );
      const { findings } = JSON.parse(stdout) as { findings: { check: string; state: string }[] };
      return [exit, findings.find(({ check }) => check === 'records')?.state];
    };
    for (const firm of ['jia', 'yi'] as const) {
      const whole = readFileSync(firms.path(firm, 'handover.db'));
      const { dataset, number, sealed } = before[firm];
      inDatabase(firm, (db) =>
        db.run('UPDATE page SET sealed = ? WHERE dataset = ? AND number = ?', sealed, dataset, number),
      );
      for (const reader of readers[firm]) expect(endOf(await firms.run(...reader))).toBe('6 PAGE_DAMAGED');
      expect(await recordsAt(firm)).toEqual([6, 'alarm']);
      writeFileSync(firms.path(firm, 'handover.db'), whole);
      expect((await recordsAt(firm))[1]).toBe('good');
      // The first two persons of the page change places.
      inDatabase(firm, (db) => {
        const tags = db.value('SELECT tags FROM page_columns') as Uint8Array;
        const swapped = Buffer.concat([tags.subarray(16, 32), tags.subarray(0, 16), tags.subarray(32)]);
        db.run('UPDATE page_columns SET tags = ?', swapped);
      });
      for (const reader of readers[firm]) expect(endOf(await firms.run(...reader))).toBe('6 PAGE_DAMAGED');
    }
  });

  test('about a child only the child or a guardian may ask', async () => {
    firms = start.copy();
    const ask = (requester: string) =>
      firms.run('subject', 'show', 'C5', '--requester', requester, '--verified', 'writing', ...inJia);
    expect(endOf(await ask('agent'))).toBe('4 REQUEST_MINOR');
    expect(endOf(await ask('guardian'))).toBe('0');
    expect(endOf(await ask('self'))).toBe('0');
    const shown = await firms.done('subject', 'history', 'C5', ...inJia);
    expect(shown.at('child')).toBe(true);
  });

  test('a new file of the same deal is tagged the same: one person is one person', async () => {
    firms = start.copy();
    const tags = await within(firms.path('yi'), firms.time, (session) => tagsOf(session, 'C6'));
    const sent = await firms.done('subject', 'object', 'C6', ...who, ...inJia);
    const notice = JSON.parse(readFileSync(sent.text('notices.0.path'), 'utf8'));
    expect(notice.subjects).toEqual([hex(tags.places[0]?.tag ?? new Uint8Array())]);
  });
});

describe('one purpose of two', () => {
  /** A merger, which needs no consent, for two purposes. */
  const merged = async (): Promise<Firms> => {
    const own = await Firms.meet();
    const draft = await own.draft();
    const deal = JSON.parse(readFileSync(draft, 'utf8'));
    deal.kind = 'merger';
    deal.purposes.push({ id: 'visits', zh: '安排上门', en: 'to plan visits' });
    for (const field of deal.resources[0].fields) if (field.name === 'address') field.purpose = 'visits';
    writeFileSync(draft, JSON.stringify(deal, null, 1));
    for (const [firm, file] of [
      ['jia', draft],
      ['yi', draft],
      ['jia', draft],
    ] as const) {
      await own.done('deal', 'sign', file, '--yes', '--workspace', firm);
      for (const [from, to, role] of [
        ['jia', 'yi', 'seller'],
        ['yi', 'jia', 'buyer'],
      ] as const) {
        const name = `exchange/D-1.deal.json.${role}.minisig`;
        if (existsSync(own.path(from, name))) cpSync(own.path(from, name), own.path(to, name));
      }
    }
    const csv = [
      '客户编号,姓名,手机号,服务地址,服务项目,最近服务,通知送达时间',
      `C1,王小一,13800000001,上海市浦东新区一号小区,保洁,${day},${day}`,
      `C2,李小二,13800000002,上海市浦东新区二号小区,保洁,${day},${day}`,
    ];
    writeFileSync(own.post('c.csv'), `${csv.join('\n')}\n`);
    await own.done('export', own.post('c.csv'), '--workspace', 'jia');
    await own.done('receive', 'jia/exchange/D-1-1.handover.zip', '--workspace', 'yi');
    return own;
  };

  test('empties the fields for it, on the seller’s notice and for whoever asks the buyer', async () => {
    firms = await merged();
    await firms.done('subject', 'withdraw', 'C1', '--purpose', 'visits', ...who, ...inJia);
    const applied = await firms.done('notice', 'apply', noticeOf(1), '--yes', ...inYi);
    expect([applied.at('counts.done'), applied.at('completion.certificate')]).toEqual([1, null]);
    await firms.done('notice', 'accept', completionOf(1), ...inJia);
    const asked = await firms.done('subject', 'withdraw', 'C2', '--purpose', 'visits', ...who, ...inYi);
    expect(asked.at('buyer')).toBe('emptied');
    for (const no of ['C1', 'C2']) {
      expect(await valuesIn('yi', no, 'address')).toEqual(['']);
      expect((await valuesIn('yi', no, 'name'))[0]).not.toBe('');
    }
    // The other purpose goes as well: then the record ends.
    await firms.done('subject', 'withdraw', 'C1', ...who, ...inJia);
    const rest = await firms.done('notice', 'apply', noticeOf(2), '--yes', ...inYi);
    expect(rest.at('completion.certificate.outcome')).toBe('erased-with-limits');
    expect(await valuesIn('yi', 'C1', 'name')).toEqual([]);
  });
});

describe('properties', () => {
  test('whatever is asked in whatever order, everybody is accounted for and nobody else is touched', async () => {
    const act = fc.record({
      person: fc.constantFrom('C1', 'C2', 'C3', 'C4'),
      what: fc.constantFrom('withdraw', 'object', 'erase'),
      at: fc.constantFrom('jia', 'yi'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 4 }), async (acts) => {
        firms = start.copy();
        try {
          for (const { person, what, at } of acts)
            await firms.run('subject', what, person, ...who, '--yes', '--workspace', at);
          const list = await firms.done('notice', 'list', ...inJia);
          const count = (list.at('notices') as readonly unknown[]).length;
          for (let n = 1; n <= count; n++) {
            await firms.done('notice', 'apply', noticeOf(n), '--yes', ...inYi);
            const completion = readCompletion(readFileSync(firms.path(completionOf(n))));
            expect(completion.done + completion.not_found + completion.kept).toBe(1);
            await firms.done('notice', 'accept', completionOf(n), ...inJia);
          }
          const asked = new Set<string>(acts.map(({ person }) => person));
          for (const person of ['C1', 'C2', 'C3', 'C4', 'C6'])
            expect((await valuesIn('yi', person, 'name')).length).toBe(asked.has(person) ? 0 : 1);
          const requests = await firms.done('request', 'list', ...inJia);
          expect(requests.at('requests')).toEqual([]);
          for (const firm of [inJia, inYi])
            expect(endOf(await firms.run('audit', 'verify', ...firm))).toBe('0');
        } finally {
          firms.remove();
        }
      }),
      { numRuns: process.env['SLOW'] === '1' ? 30 : 4 },
    );
  });
});
