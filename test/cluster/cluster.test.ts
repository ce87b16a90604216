import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Identity } from '../../src/identity/identity.js';
import { openIdentity } from '../../src/identity/sealed-identity.js';
import { findDeal } from '../../src/steps/deal/deal.js';
import { dealKeys } from '../../src/steps/session/tag-keys.js';
import { rowsOfBundle } from '../kit/bundle-rows.js';
import { within } from '../kit/session.js';
import {
  BIN,
  flip,
  Handover,
  type Job,
  killOneWorker,
  spreadUnderParallel,
  triesIn,
  untilDone,
} from './handover.js';
import { type Host, missingPackages, startHosts, workerScript } from './hosts.js';
import { arrayScript, missingSlurm, Slurm } from './slurm.js';

/*
 * A handover whose parts are read, sealed and opened by engines that firms run, on hosts that are this machine under other names: while they read
 * and while they seal a worker is killed, then a whole host; each time a part is damaged, one is lost, one is done twice. What comes of it is what
 * one machine makes. A few thousand customers under one engine with CLUSTER=1, as `.ci/run` does; a million under both with SLOW=1.
 */

const isAsked = process.env['SLOW'] === '1' || process.env['CLUSTER_ROWS'] !== undefined;
const ROWS = Number(process.env['CLUSTER_ROWS'] ?? (process.env['SLOW'] === '1' ? 1_000_000 : 9000));
const PARTS = 24;
const LONG = 1_800_000;

describe.skipIf(!isAsked && process.env['CLUSTER'] !== '1')('many machines', () => {
  let folder = '';
  /** Before anything is imported. */
  let start: Handover;
  /** What one machine makes of it. */
  let alone: Handover;
  let buyer: Identity;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'handover-cluster-')));
    start = await Handover.prepare(folder, ROWS, false);
    // Who has one tag in all of the bundles must have it before the ways part.
    await within(start.seller, new Date().toISOString(), (session) =>
      dealKeys(session, findDeal(session, null)),
    );
    alone = start.copy('alone');
    alone.at('seller', 'import', alone.file);
    alone.at('seller', 'check');
    alone.at('seller', 'export');
    buyer = await openIdentity(readFileSync(join(start.buyer, 'keys', 'identity.txt')), null);
  }, LONG);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('have what they need', () => {
    const needed = 'apt-get install -y parallel openssh-server slurm-wlm munge';
    expect([...missingPackages(), ...(isAsked ? missingSlurm() : [])], needed).toEqual([]);
  });

  /** The files of a part, by its number. */
  function filesOf({ outputs }: Job, part: number): readonly string[] {
    const names = readdirSync(outputs).filter((name) => Number(/^(\d{5})\./.exec(name)?.[1]) === part);
    return names.sort().map((name) => join(outputs, name));
  }

  type Home = () => ReturnType<Handover['end']>;

  /** What is said of parts that are not there. */
  function expectMissing({ codes }: Job, home: Home, ...parts: readonly number[]): void {
    const { exit, stderr } = home();
    expect(stderr).toContain(`${codes}_MISSING`);
    expect(stderr).toMatch(new RegExp(`\\b${parts.join('\\D+')}\\b`));
    expect(exit).toBe(8);
  }

  /** A part is damaged, one lost, one done twice: each is named, and what is done anew, on another day it may be, is the same. */
  function mend(firms: Handover, who: 'seller' | 'buyer', job: Job, home: Home): void {
    const files = filesOf(job, 3);
    const before = files.map((path) => readFileSync(path));
    expect(before.length).toBeGreaterThan(1);
    flip(files.find((path) => !path.endsWith('.json')) ?? '');
    const changed = home();
    expect(changed.stderr).toContain(`${job.codes}_CHANGED`);
    expect(changed.exit).toBe(6);
    rmSync(filesOf(job, 2).at(-1) ?? '');
    for (const path of filesOf(job, 2).filter((each) => each.endsWith('.json'))) rmSync(path);
    expectMissing(job, home, 2);
    for (const part of [3, 2, 2])
      firms.at(who, ...job.command.map((word) => (word === '{}' ? String(part) : word)));
    expect(files.map((path) => readFileSync(path))).toEqual(before);
  }

  /** Does the parts of a job somewhere, of which a worker is lost, or a host too; null where nothing of the kind happens. */
  type Spread = (job: Job, home: Home, lost: 'first' | 'second' | null) => Promise<void>;

  /** From the customer file to the receipt, with all that many machines can do done by them. */
  async function handOver(firms: Handover, spread: Spread): Promise<void> {
    const enough = ROWS < 1_000_000 ? 4 : PARTS;
    const reading = firms.reading(PARTS);
    expect(reading.parts).toBeGreaterThanOrEqual(enough);
    const readHome: Home = () => firms.end('seller', 'import', '--read', reading.folder);
    await spread(reading, readHome, 'first');
    mend(firms, 'seller', reading, readHome);
    const imported = readHome();
    expect([0, 3], imported.stderr).toContain(imported.exit);
    expect(existsSync(reading.outputs)).toBe(false);
    for (const name of readdirSync(alone.folder).filter((each) => /^customers\..*\.(csv|txt)$/.test(each)))
      expect(
        readFileSync(join(firms.folder, name)).equals(readFileSync(join(alone.folder, name))),
        name,
      ).toBe(true);
    firms.at('seller', 'check');

    const sealing = firms.sealing(PARTS);
    expect(sealing.parts).toBeGreaterThanOrEqual(enough);
    const assemble: Home = () => firms.end('seller', 'bundle', 'assemble', sealing.folder);
    await spread(sealing, assemble, 'second');
    mend(firms, 'seller', sealing, assemble);
    const put = assemble();
    expect(put.exit, put.stderr).toBe(0);
    expect(existsSync(sealing.outputs)).toBe(false);
    await expectSame(firms.bundle(1));

    const opening = firms.opening(firms.bundle(1));
    const receive: Home = () => firms.end('buyer', 'receive', firms.bundle(1), '--opened', opening.folder);
    await spread(opening, receive, null);
    mend(firms, 'buyer', opening, receive);
    const received = receive();
    expect(received.exit, received.stderr).toBe(0);
    expect(existsSync(opening.outputs)).toBe(false);
  }

  /** A bundle has the roots of the one that one machine made of the file. */
  async function expectSame(bundle: string): Promise<void> {
    const made = await rowsOfBundle(bundle, buyer, null);
    const other = await rowsOfBundle(alone.bundle(1), buyer, made.leafKey);
    expect(made.root).toBe(made.said);
    expect(other.root).toBe(made.said);
    expect(other.tagRoot).toBe(made.tagRoot);
  }

  test(
    'hand over under GNU parallel what one machine does, whatever fails on the way',
    async () => {
      const hosts = join(folder, 'hosts');
      const cluster = await startHosts(hosts, ['one', 'two', 'three']);
      onTestFinished(cluster.stop);
      const [one, two, three] = cluster.hosts;
      if (one === undefined || two === undefined || three === undefined) throw new Error('no hosts');
      const fail = async (job: Job, gone: Host) => {
        await killOneWorker(hosts, one);
        await untilDone(job, Math.ceil(job.parts / 3));
        await gone.kill();
      };
      await handOver(start.copy('parallel'), async (job, _, lost) => {
        const worker = workerScript(hosts, [process.execPath, BIN, ...job.command, '--quiet']);
        const log = join(folder, `joblog-${job.codes}`);
        const up = cluster.hosts.filter(({ isUp }) => isUp);
        const ended = await spreadUnderParallel({
          ...{ worker, ssh: cluster.ssh, hosts: up, jobs: 2, parts: job.parts, log },
          ...(lost === null ? {} : { meanwhile: () => fail(job, lost === 'first' ? two : three) }),
        });
        expect(ended.stderr).not.toContain('CLI_FAULT');
        expect(ended.exit, ended.stderr).toBe(0);
        expect(triesIn(log)).toBe(job.parts);
      });
    },
    LONG,
  );

  test.runIf(isAsked)(
    'hand over the same under Slurm',
    async () => {
      const slurm = await Slurm.start(join(folder, 'slurm'), ['one', 'two', 'three', 'four']);
      onTestFinished(() => slurm.stop());
      await handOver(start.copy('array'), async (job, home, lost) => {
        const script = join(folder, `${job.codes}.sbatch`);
        writeFileSync(script, arrayScript(job, slurm.running));
        if (lost === null) return slurm.submitAndWait(script, `1-${job.parts}`);
        const id = slurm.submit(script, `1-${job.parts}`);
        slurm.cancel(id, job.parts);
        await slurm.kill(id, 1, join(job.outputs, '00001.json'));
        await slurm.requeue(id, 2);
        slurm.release(id, `3-${job.parts - 1}`);
        await untilDone(job, Math.ceil(job.parts / 3));
        await slurm.killNode(lost === 'first' ? 'two' : 'three');
        await slurm.settled(id);

        expect(slurm.printed()).not.toContain('CLI_FAULT');
        expect(slurm.ended(id, 'FAILED')).toBe(1);
        expect(slurm.ended(id, 'COMPLETED')).toBe(job.parts - 2);
        expectMissing(job, home, 1, job.parts);
        slurm.submitAndWait(script, `1,${job.parts}`);
      });
    },
    LONG,
  );
});
