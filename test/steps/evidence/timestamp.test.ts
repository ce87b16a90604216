import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Authority, hasOpenssl } from '../../kit/authority.js';
import { endOf, Firms } from '../../kit/firms.js';

describe.skipIf(!hasOpenssl)('audit timestamp', () => {
  let firms: Firms;
  let authority: Authority;
  beforeAll(async () => {
    firms = await Firms.meet();
    authority = new Authority(firms.path('authority'), 'ec');
    authority.issue('stamp');
  }, 60_000);
  afterAll(() => firms.remove());

  it('asks by a file, keeps the answer, and shows it when the log is verified', async () => {
    const asked = await firms.done('audit', 'timestamp', '--workspace', 'jia', '--out', 'a.tsq');
    const size = asked.number('size');
    writeFileSync(firms.path('a.tsr'), authority.reply(readFileSync(firms.path('a.tsq')), 'stamp'));
    const accept = ['audit', 'timestamp', '--accept', 'a.tsr', '--ca', authority.root, '--workspace', 'jia'];
    expect((await firms.done(...accept, '--dry-run')).at('again')).toBe(false);
    const kept = await firms.done(...accept);
    expect([kept.at('size'), kept.at('authority'), kept.at('again')]).toEqual([size, 'Test stamp', false]);
    expect((await firms.done(...accept)).at('again')).toBe(true);
    const log = await firms.done('audit', 'log', '--workspace', 'jia', '--last', '2');
    expect([log.at('events.0.action'), log.at('events.1.action')]).toEqual([
      'timestamp-requested',
      'timestamp-accepted',
    ]);
    const verified = await firms.done('audit', 'verify', '--workspace', 'jia');
    expect(verified.at('stamped.0.size')).toBe(size);
    expect((await firms.run('audit', 'verify', '--workspace', 'jia')).stdout).toContain('Test stamp');
  });

  it('takes no answer to what was not asked, and none without a certificate to trust', async () => {
    const accept = async (file: string, ca = authority.root) =>
      endOf(await firms.run('audit', 'timestamp', '--accept', file, '--ca', ca, '--workspace', 'jia'));
    await firms.done('audit', 'timestamp', '--workspace', 'yi', '--out', 'b.tsq');
    writeFileSync(firms.path('b.tsr'), authority.reply(readFileSync(firms.path('b.tsq')), 'stamp'));
    expect(await accept('b.tsr')).toBe('6 TIMESTAMP_IMPRINT');
    expect(await accept('a.tsr', firms.path('a.tsq'))).toBe('2 TIMESTAMP_CA');
    expect(await accept('a.tsq')).toBe('6 TIMESTAMP_FORMAT');
    const other = new Authority(firms.path('other'), 'ec');
    expect(await accept('a.tsr', other.root)).toBe('5 TIMESTAMP_CHAIN');
    const without = await firms.run('audit', 'timestamp', '--accept', 'a.tsr', '--workspace', 'jia');
    expect(endOf(without)).toBe('2 CLI_OPTION_MISSING');
  });
});
