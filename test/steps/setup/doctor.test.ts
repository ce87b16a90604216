import { afterAll, beforeAll, expect, test } from 'vitest';
import { doctor } from '../../../src/steps/setup/doctor.js';
import { Firms } from '../../kit/firms.js';
import { within } from '../../kit/session.js';

let firms: Firms;
beforeAll(async () => {
  firms = await Firms.meet();
});
afterAll(() => firms.remove());

test('doctor names data keys that a killed import left, and those alone', async () => {
  const dir = firms.path('jia');
  const keysOf = () => within(dir, firms.time, (session) => doctor(session, true));
  const found = async () => (await keysOf()).find(({ check }) => check === 'keys');
  expect(await found()).toEqual({ check: 'keys', state: 'good', detail: '' });
  const left = await within(dir, firms.time, async (session) => {
    const { vault } = await session.keys();
    await session.keyFor('subject-tags');
    return vault.newKey('data').id;
  });
  expect(await found()).toEqual({ check: 'keys', state: 'warning', detail: left });
});
