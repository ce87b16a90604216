import { renameSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { hex } from '../../../src/base/bytes.js';
import { HandoverError } from '../../../src/messages/error.js';
import { tagsOf } from '../../../src/steps/session/subject-tags.js';
import { findDeal } from '../../../src/steps/deal/deal.js';
import { receivedTagsPurpose } from '../../../src/steps/session/tag-keys.js';
import { endOf, Firms } from '../../kit/firms.js';
import { within } from '../../kit/session.js';

let firms: Firms;

const day = daysBefore(TODAY, 9);
const HEADER =
  '客户编号,姓名,手机号,服务地址,服务项目,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
const line = (no: string, name: string, phone: string) =>
  `${no},${name},${phone},上海市浦东新区一号小区,保洁,${day},同意,${BUYER},${PURPOSE},${day},书面,F-${no}`;

beforeAll(async () => {
  firms = await Firms.withDeal();
  const first = [
    HEADER,
    line('C1', '王小一', '13800000001'),
    line('C2', '李小二', '13800000002'),
    line('C1', '王小一', '13800000001'),
  ];
  writeFileSync(firms.post('first.csv'), `${first.join('\n')}\n`);
  const second = [HEADER, line('C3', '赵小三', '13800000003'), line('C1', '王小一', '13800000009')];
  writeFileSync(firms.post('second.csv'), `${second.join('\n')}\n`);
  await firms.done('export', firms.post('first.csv'), '--workspace', 'jia', '--out', firms.post());
  await firms.done('import', firms.post('second.csv'), '--as', 'addition', '--workspace', 'jia');
  await firms.done('receive', firms.post('D-1-1.handover.zip'), '--workspace', 'yi');
});
afterAll(() => firms.remove());

const find = (dir: string, no: string) => within(dir, firms.time, (session) => tagsOf(session, no));

/** Takes a workspace back to a version that did not keep the key of received tags. */
const forgetKeys = (dir: string) =>
  within(dir, firms.time, async (session) => {
    const { vault } = await session.keys();
    for (const id of vault.ids())
      if (id.startsWith(receivedTagsPurpose(findDeal(session, 'D-1')))) vault.destroyKey(id);
  });

describe('tagsOf', () => {
  test('finds every place of a person in the seller’s datasets', async () => {
    const { places, own, tags } = await find(firms.path('jia'), ' C1');
    const files = places.map(({ dataset, page, position, tag }) => [dataset.file, page, position, hex(tag)]);
    expect(files).toEqual([
      ['first.csv', 0, 0, hex(own)],
      ['first.csv', 0, 2, hex(own)],
      ['second.csv', 0, 1, hex(own)],
    ]);
    expect(tags.map(hex)).toEqual([hex(own)]);
    expect((await find(firms.path('jia'), 'c1')).places).toEqual([]);
  });

  test('finds the person in what was received, under the deal’s key', async () => {
    const { places, own, tags } = await find(firms.path('yi'), 'C2');
    expect(places.map(({ page, position }) => [page, position])).toEqual([[0, 1]]);
    expect(tags.map(hex)).toEqual([hex(own), hex(places[0]?.tag ?? own)]);
    expect(hex(places[0]?.tag ?? own)).not.toBe(hex(own));
  });

  test('reads the key of an older version’s bundle from its file, or says what to do', async () => {
    const bundle = firms.post('D-1-1.handover.zip');
    await forgetKeys(firms.path('yi'));
    expect((await find(firms.path('yi'), 'C2')).places).toHaveLength(1);
    await forgetKeys(firms.path('yi'));
    renameSync(bundle, firms.post('elsewhere.handover.zip'));
    const lost = await find(firms.path('yi'), 'C2').catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(HandoverError);
    expect(lost).toMatchObject({ problem: { code: 'SUBJECT_TAGS_GONE', bundle: 1 } });
    const again = await firms.run('receive', firms.post('elsewhere.handover.zip'), '--workspace', 'yi');
    expect(endOf(again)).toBe('0');
    expect((await find(firms.path('yi'), 'C2')).places).toHaveLength(1);
  });
});
