import { cpSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { BUYER } from '../../../fixtures/customers/generate.js';
import type { Instant } from '../../../src/base/time.js';
import { HandoverError } from '../../../src/messages/error.js';
import { type IncidentInput, openIncident, viewIncident } from '../../../src/steps/incident/incident.js';
import { endOf, Firms } from '../../kit/firms.js';
import { within } from '../../kit/session.js';
import { OpenDatabase } from '../../kit/sqlite.js';

const HEADER =
  '客户编号,姓名,手机号,服务地址,年龄,健康状况,同意状态,同意的接收方,同意的用途,同意时间,同意方式,同意凭证';
const row = (n: number, age = 40): string =>
  `C00${n},张三,1380000000${n},上海市张江路${n}号,${age},,同意,${BUYER},${PURPOSE},2026-10-05,小程序,W-${n}`;

const INPUT: IncidentInput = {
  what: 'lost-device',
  bundle: null,
  dataset: null,
  discovered: null,
  grade: null,
  suspected: false,
  gdpr: false,
  summary: '电脑遗失',
  dryRun: false,
};

describe('who was in it', () => {
  let firms: Firms;
  beforeEach(async () => {
    firms = await Firms.withDeal({ activity: false });
    writeFileSync(firms.path('a.csv'), `${[HEADER, row(1), row(2), row(3, 9)].join('\n')}\n`);
    writeFileSync(firms.path('b.csv'), `${[HEADER, row(2), row(4)].join('\n')}\n`);
  });
  afterEach(() => firms.remove());

  const jia = ['--workspace', 'jia'];
  const open = (input: Partial<IncidentInput> = {}, firm = 'jia') =>
    within(firms.path(firm), firms.time, (session) => openIncident(session, { ...INPUT, ...input }));

  test('each person once over all files, by tag; a dataset alone if one is named', async () => {
    await firms.done('import', 'a.csv', ...jia);
    const second = await firms.done('import', 'b.csv', '--as', 'addition', ...jia);
    const all = await open();
    expect(all.facts.scope).toMatchObject({
      records: 5,
      persons: 4,
      exact: true,
      minors: 'not-without-opening',
    });
    expect(all.files.map(({ kind, file }) => [kind, file])).toEqual([
      ['source', 'a.csv'],
      ['source', 'b.csv'],
    ]);
    const dataset = second.text('imports.0.dataset');
    const one = await open({ dataset });
    expect(one.facts.scope).toMatchObject({ records: 2, persons: 2, datasets: [dataset] });
    expect(one.files.map(({ file }) => file)).toEqual(['b.csv']);
    expect(one.id).toBe('I-2');
  });

  test('a consent ledger holds what the same columns of a customer file would', async () => {
    writeFileSync(
      firms.path('l.csv'),
      `客户编号,用途,接收方,事件,时间\nC001,${PURPOSE},${BUYER},同意,2026-10-05\n`,
    );
    await firms.done('import', '--consents', 'l.csv', ...jia);
    const view = await open();
    expect(view.facts.scope.fields.map(({ name }) => name)).toEqual([
      'customer_no',
      'consent_purpose',
      'consent_recipient',
      'consent_status',
      'consent_at',
    ]);
    expect(view.facts.scope.persons).toBe(1);
  });

  test('children that a check found are known without opening', async () => {
    await firms.done('import', 'a.csv', ...jia);
    await firms.done('check', ...jia);
    const found = await open();
    expect(found.facts.scope.minors).toBe('some');
    expect(found.clocks.map(({ duty }) => duty)).toContain('guardians');
  });

  test('a bundle by its id, its number, its file, and a copy under another name; not one of somebody else’s', async () => {
    await firms.done('import', 'b.csv', ...jia);
    await firms.done('check', ...jia);
    const id = (await firms.done('export', ...jia)).text('bundle.id');
    const file = firms.path('jia', 'exchange', 'D-1-1.handover.zip');
    cpSync(file, firms.path('renamed.zip'));
    for (const bundle of [id, 'D-1-1', 'D-1-1.handover.zip', file, firms.path('renamed.zip')]) {
      const view = await open({ what: 'misdirected', bundle });
      expect(view.facts.bundle, bundle).toMatchObject({ id, number: 1, direction: 'out' });
      expect(view.facts.scope).toMatchObject({ records: 2, persons: 2, minors: 'no-field' });
      expect(view.readable).toBe('nothing');
    }
    // The only bundle needs no name.
    expect((await open({ what: 'lost-bundle' })).facts.bundle?.id).toBe(id);
    // The buyer has not received it: what it says of itself is a claim.
    const claimed = await open({ what: 'lost-bundle', bundle: file }, 'yi');
    expect(claimed.facts.bundle?.direction).toBe('unknown');
    expect(claimed.bundleFile).toBeNull();
    expect(claimed.facts.sealing.recipients).toEqual([{ who: 'own', name: BUYER, kind: 'classic' }]);
  });

  test('the register is in one transaction with its event, and a rehearsal leaves nothing', async () => {
    await open({ dryRun: true });
    expect((await firms.done('incident', 'list', ...jia)).at('incidents')).toEqual([]);
    const before = (await firms.done('status', ...jia)).number('events');
    await open();
    expect((await firms.done('status', ...jia)).number('events')).toBe(before + 1);
  });

  test('a row that somebody changed in the database is not believed', async () => {
    await open();
    const db = new OpenDatabase(firms.path('jia', 'handover.db'));
    db.exec(`UPDATE incident SET facts = json_set(facts, '$.scope.persons', -1)`);
    db.close();
    const read = within(firms.path('jia'), firms.time, async (session) => viewIncident(session, 'I-1'));
    await expect(read).rejects.toSatisfy(
      (error) => error instanceof HandoverError && error.problem.code === 'WORKSPACE_DAMAGED',
    );
  });

  test('the clocks are those of the discovery, however late it is registered', async () => {
    firms.time = '2026-11-24T02:00:00Z';
    const view = await open({ discovered: '2026-11-23 23:00', grade: 'larger' });
    expect(view.opened).toBe('2026-11-24T02:00:00Z' as Instant);
    expect(view.clocks.find(({ duty }) => duty === 'cac')?.due).toBe('2026-11-23T19:00:00Z');
  });
});

test('who lost the passphrase is not asked for it', async () => {
  const firms = await Firms.meet();
  try {
    writeFileSync(firms.path('pass'), 'four unrelated words here\n');
    const who = ['--role', 'seller', '--name', '丁家政', '--phone', '021-5550100'];
    await firms.done('init', 'ding', ...who, '--passphrase-file', 'pass');
    const ding = ['--workspace', 'ding'];
    const open = ['incident', 'open', '--what', 'lost-passphrase', '--summary', '口令遗失', ...ding];
    expect(endOf(await firms.run(...open, '--no-input'))).toBe('0');
    const shown = await firms.done('incident', 'show', 'I-1', ...ding);
    expect(shown.text('sealing.identity')).toBe('protected');
    expect(shown.text('sealing.readable')).toBe('with-device');
    expect(
      endOf(await firms.run('incident', 'update', 'I-1', '--told', 'authority', ...ding, '--no-input')),
    ).toBe('0');
  } finally {
    firms.remove();
  }
});
