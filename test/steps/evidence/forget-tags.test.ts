import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { endOf, Firms } from '../../kit/firms.js';
import { within } from '../../kit/session.js';

let firms: Firms;
const day = daysBefore(TODAY, 9);

beforeAll(async () => {
  firms = await Firms.withDeal();
  const file = [
    '客户编号,姓名,手机号,服务地址,服务项目,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证',
    `C1,王小一,13800000001,上海市浦东新区一号小区,保洁,${day},同意,${BUYER},${PURPOSE},${day},书面,F-1`,
  ];
  writeFileSync(firms.post('c.csv'), `${file.join('\n')}\n`);
  await firms.done('export', firms.post('c.csv'), '--workspace', 'jia', '--out', firms.post());
  await firms.done('receive', firms.post('D-1-1.handover.zip'), '--workspace', 'yi');
});
afterAll(() => firms.remove());

const keysOf = (dir: string) =>
  within(firms.path(dir), firms.time, async (session) => (await session.keys()).vault.ids());

/** As a purge leaves it: no record, no key of records. */
const purgeAll = (dir: string) =>
  within(firms.path(dir), firms.time, async (session) => {
    const { vault } = await session.keys();
    for (const { id, keyId } of session.workspace.read.datasets()) {
      session.record({ action: 'purge-rewritten', objects: { dataset: id }, details: {} }, (write) =>
        write.setDatasetKey(id, keyId, 'purged'),
      );
      vault.destroyKey(keyId);
    }
  });

describe.each(['jia', 'yi'])('audit forget-tags, %s', (dir) => {
  const run = (...more: string[]) => firms.run('audit', 'forget-tags', '--workspace', dir, ...more);

  test('waits until no record is kept', async () => {
    expect(endOf(await run('--yes'))).toBe('4 TAGS_STILL_NEEDED');
  });

  test('then destroys every key of tags, after saying what that ends', async () => {
    await purgeAll(dir);
    const before = await keysOf(dir);
    expect(before.length).toBeGreaterThanOrEqual(2);
    expect((await run('--dry-run')).stdout).toContain(`Would destroy ${before.length} tag keys`);
    expect(await keysOf(dir)).toEqual(before);
    expect(endOf(await run())).toBe('2 CLI_NEEDS_ANSWER');
    const done = await run('--yes');
    expect(done.exit, done.stderr).toBe(0);
    expect(done.stderr.replace(/\s+/g, ' ')).toContain('stand for nobody');
    expect(await keysOf(dir)).toEqual([]);
    const log = await firms.done('audit', 'log', '--workspace', dir, '--last', '1');
    expect(log.at('events.0.action')).toBe('tag-key-destroyed');
    expect(endOf(await run('--yes'))).toBe('4 TAGS_NONE');
  });

  test('after which nobody can be proved to have been there, and status says so', async () => {
    const proof = await firms.run('audit', 'prove', '--subject', 'C1', '--workspace', dir);
    expect(endOf(proof)).toBe('4 PROOF_RECORDS_GONE');
    const status = await firms.done('status', '--workspace', dir);
    expect(status.at('tags_forgotten')).not.toBe(null);
    const page = await firms.run('status', '--workspace', dir);
    expect(page.stdout.replace(/\s+/g, ' ')).toContain('tag keys were destroyed');
  });

  test('receiving the bundle again does not bring them back', async () => {
    if (dir !== 'yi') return;
    await firms.done('receive', firms.post('D-1-1.handover.zip'), '--workspace', dir);
    expect(await keysOf(dir)).toEqual([]);
  });
});
