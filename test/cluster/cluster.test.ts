import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openIdentity } from '../../src/identity/sealed-identity.js';
import { rowsOfBundle } from '../kit/bundle-rows.js';
import { BIN, flip, Handover, killOneWorker, sealUnderParallel, triesIn, untilSealed } from './handover.js';
import { missingPackages, startHosts, workerScript } from './hosts.js';
import { arrayScript, missingSlurm, Slurm } from './slurm.js';

/*
 * A handover whose parts are sealed by engines that firms run, on hosts that are this machine under other names: a worker is killed in the
 * middle, then a whole host; a part is damaged, one is lost, one is sealed twice. A million customers with SLOW=1; the same without an engine,
 * lot by lot, is test/steps/export/lots.test.ts.
 */

const ROWS = Number(process.env['CLUSTER_ROWS'] ?? 1_000_000);
const isAsked = process.env['SLOW'] === '1' || process.env['CLUSTER_ROWS'] !== undefined;
const PARTS = 24;

interface Lots {
  readonly folder: string;
  readonly key: string;
  readonly parts: number;
}

describe.skipIf(!isAsked)('many machines', () => {
  let folder = '';
  let firms: Handover;
  /** Bundles that the seller has made; the first is that of one machine. */
  let bundles = 1;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'handover-cluster-')));
    firms = await Handover.prepare(folder, ROWS);
    firms.at('seller', 'export');
    firms.at('buyer', 'receive', firms.bundle(1));
  }, 540_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('have what they need', () => {
    const needed = 'apt-get install -y parallel openssh-server slurm-wlm munge';
    expect([...missingPackages(), ...missingSlurm()], needed).toEqual([]);
  });

  function plan(name: string): Lots {
    const lots = firms.plan(name, PARTS);
    expect(lots.parts).toBeGreaterThanOrEqual(ROWS < 1_000_000 ? 4 : PARTS);
    return lots;
  }

  const assemble = (lots: Lots) => firms.end('seller', 'bundle', 'assemble', lots.folder);
  const part = (lots: Lots, name: string) => join(lots.folder, 'sealed', name);

  /** A part is damaged, one lost, one sealed twice: each is named, and what is sealed anew, on another day it may be, is the same. */
  function mend(lots: Lots): void {
    const files = ['00003.json', '00003.parts', '00003.index'].map((name) => part(lots, name));
    const before = files.map((path) => readFileSync(path));
    flip(part(lots, '00003.parts'));
    const changed = assemble(lots);
    expect(changed.stderr).toContain('LOTS_CHANGED');
    expect(changed.exit).toBe(6);
    rmSync(part(lots, '00002.json'));
    const missing = assemble(lots);
    expect(missing.stderr).toContain('LOTS_MISSING');
    expect(missing.exit).toBe(8);
    for (const lot of [3, 2, 2])
      firms.at('seller', 'bundle', 'seal-part', lots.folder, String(lot), '--key', lots.key);
    expect(files.map((path) => readFileSync(path))).toEqual(before);
  }

  /** What was put together is received, and has the roots of the bundle that one machine made. */
  async function expectSame(lots: Lots): Promise<void> {
    const put = assemble(lots);
    expect(put.exit, put.stderr).toBe(0);
    expect(existsSync(part(lots, '00003.json'))).toBe(false);
    const bundle = firms.bundle(++bundles);
    firms.at('buyer', 'receive', bundle);
    const buyer = await openIdentity(readFileSync(join(firms.buyer, 'keys', 'identity.txt')), null);
    const made = await rowsOfBundle(bundle, buyer, null);
    const alone = await rowsOfBundle(firms.bundle(1), buyer, made.leafKey);
    expect(made.root).toBe(made.said);
    expect(alone.root).toBe(made.said);
    expect(alone.tagRoot).toBe(made.tagRoot);
  }

  test('seal a bundle with the roots of one machine under GNU parallel, whatever fails on the way', async () => {
    const cluster = await startHosts(join(folder, 'hosts'), ['one', 'two']);
    onTestFinished(cluster.stop);
    const lots = plan('lots');
    const command = [process.execPath, BIN, 'bundle', 'seal-part', lots.folder, '{}', '--key', lots.key];
    const worker = workerScript(join(folder, 'hosts'), [...command, '--quiet']);
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
    mend(lots);
    await expectSame(lots);
  }, 540_000);

  test('seal it with the same roots under Slurm', async () => {
    const slurm = await Slurm.start(join(folder, 'slurm'), ['one', 'two', 'three']);
    onTestFinished(() => slurm.stop());
    const lots = plan('array');
    const script = join(folder, 'parts.sbatch');
    writeFileSync(script, arrayScript({ parts: lots.folder, key: lots.key, running: slurm.running }));
    const job = slurm.submit(script, `1-${lots.parts}`);
    slurm.cancel(job, lots.parts);
    await slurm.kill(job, 1, part(lots, '00001.json'));
    await slurm.requeue(job, 2);
    slurm.release(job, `3-${lots.parts - 1}`);
    await untilSealed(lots.folder, Math.ceil(lots.parts / 3));
    await slurm.killNode('two');
    await slurm.settled(job);

    expect(slurm.printed()).not.toContain('CLI_FAULT');
    expect(slurm.ended(job, 'FAILED')).toBe(1);
    expect(slurm.ended(job, 'COMPLETED')).toBe(lots.parts - 2);
    const missing = assemble(lots);
    expect(missing.exit).toBe(8);
    expect(missing.stderr).toContain('LOTS_MISSING');
    expect(missing.stderr).toMatch(new RegExp(`\\b1\\D+${lots.parts}\\b`));
    slurm.submitAndWait(script, `1,${lots.parts}`);
    mend(lots);
    await expectSame(lots);
  }, 540_000);
});
