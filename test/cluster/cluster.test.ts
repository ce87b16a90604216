import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openIdentity } from '../../src/identity/sealed-identity.js';
import { rowsOfBundle } from '../kit/bundle-rows.js';
import { BIN, flip, Handover, killOneWorker, sealUnderParallel, triesIn, untilSealed } from './handover.js';
import { missingPackages, startHosts, workerScript } from './hosts.js';

/*
 * A handover whose parts are sealed by GNU parallel over ssh, on hosts that are this machine under other names: a worker is killed in the
 * middle, then a whole host; a part is damaged, one is lost, one is sealed twice. A million customers with SLOW=1; the same without an engine,
 * lot by lot, is test/steps/export/lots.test.ts.
 */

const ROWS = Number(process.env['CLUSTER_ROWS'] ?? 1_000_000);
const isAsked = process.env['SLOW'] === '1' || process.env['CLUSTER_ROWS'] !== undefined;
const PARTS = 24;

describe.skipIf(!isAsked)('many machines', () => {
  test('have what they need', () => {
    expect(missingPackages(), 'apt-get install -y parallel openssh-server').toEqual([]);
  });

  test('seal a bundle with the roots of one machine, whatever fails on the way', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'handover-cluster-')));
    const cluster = await startHosts(join(folder, 'hosts'), ['one', 'two']);
    try {
      const firms = await Handover.prepare(folder, ROWS);
      firms.at('seller', 'export');
      const lots = firms.plan('lots', PARTS);
      expect(lots.parts).toBeGreaterThanOrEqual(ROWS < 1_000_000 ? 3 : PARTS);
      const command = [
        process.execPath,
        BIN,
        'bundle',
        'seal-part',
        lots.folder,
        '{}',
        '--key',
        lots.key,
        '--quiet',
      ];
      const worker = workerScript(join(folder, 'hosts'), command);
      const log = join(folder, 'joblog');
      const [one, two] = cluster.hosts;
      if (one === undefined || two === undefined) throw new Error('no hosts');
      const sealed = await sealUnderParallel({
        ...{ worker, ssh: cluster.ssh, hosts: cluster.hosts, jobs: 2, parts: lots.parts, log },
        meanwhile: async () => {
          await killOneWorker(join(folder, 'hosts'), one);
          await untilSealed(lots.folder, Math.ceil(lots.parts / 3));
          await two.kill();
        },
      });
      expect(sealed.stderr).not.toContain('CLI_FAULT');
      expect(sealed.exit).toBe(0);
      expect(triesIn(log)).toBe(lots.parts);

      const part = (name: string) => join(lots.folder, 'sealed', name);
      const seal = (lot: number) =>
        firms.at('seller', 'bundle', 'seal-part', lots.folder, String(lot), '--key', lots.key);
      const assemble = () => firms.end('seller', 'bundle', 'assemble', lots.folder);
      const before = ['00003.json', '00003.parts', '00003.index'].map((name) => readFileSync(part(name)));
      flip(part('00003.parts'));
      const changed = assemble();
      expect(changed.stderr).toContain('LOTS_CHANGED');
      expect(changed.exit).toBe(6);
      rmSync(part('00002.json'));
      const missing = assemble();
      expect(missing.stderr).toContain('LOTS_MISSING');
      expect(missing.exit).toBe(8);
      // Sealed by another process, on another day it may be: the same bytes.
      for (const lot of [3, 2, 2]) seal(lot);
      expect(['00003.json', '00003.parts', '00003.index'].map((name) => readFileSync(part(name)))).toEqual(
        before,
      );

      expect(assemble().exit).toBe(0);
      expect(existsSync(part('00003.json'))).toBe(false);
      firms.at('buyer', 'receive', firms.bundle(1));
      firms.at('buyer', 'receive', firms.bundle(2));
      const buyer = await openIdentity(readFileSync(join(firms.buyer, 'keys', 'identity.txt')), null);
      const made = await rowsOfBundle(firms.bundle(2), buyer, null);
      const alone = await rowsOfBundle(firms.bundle(1), buyer, made.leafKey);
      expect(made.root).toBe(made.said);
      expect(alone.root).toBe(made.said);
      expect(alone.tagRoot).toBe(made.tagRoot);
    } finally {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 540_000);
});
