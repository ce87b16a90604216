import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCustomers } from '../../../fixtures/customers/generate.js';
import { CompactRange, leafHash } from '../../../src/audit/merkle.js';
import { linesOf } from '../../../src/audit/events.js';
import { readEvidenceIndex } from '../../../src/bundle/pack.js';
import { evidenceReadme } from '../../../src/messages/pack-readme.js';
import { Firms } from '../../kit/firms.js';
import { filesBelow } from '../../kit/folders.js';

/* The commands of a pack's README.txt, run as they stand there with the real tools, on the packs of both firms after a handover. */

const TOOLS = ['unzip', 'sha256sum', 'minisign', 'python3', 'openssl', 'grep', 'sed'];
const missing = TOOLS.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
const why = missing.length > 0 ? ` (skipped: ${missing.join(', ')} not installed)` : '';

/** The commands of the numbered steps: lines that begin at the margin, from one heading to the next text. The English half has them too. */
function commands(step: 1 | 2 | 3): string {
  const [chinese = ''] = evidenceReadme().split('='.repeat(78));
  const [, part = ''] = chinese.split(new RegExp(`^${step}\\. .*$`, 'm'));
  const [block = ''] = part.split(/^(?:\d\. | {2}\p{Script=Han})/mu);
  return block.trim();
}

describe.skipIf(missing.length > 0)(`stock tools on an evidence pack${why}`, () => {
  let firms: Firms;

  beforeAll(async () => {
    firms = await Firms.withDeal({ approvals: 1 });
    await writeCustomers({ rows: 40, seed: 3, mess: false, encoding: 'utf-8', out: firms.post('c.csv') });
    writeFileSync(firms.post('approver'), 'four unrelated words here\n', { mode: 0o600 });
    const jia = ['--workspace', 'jia'];
    await firms.done('import', 'post/c.csv', ...jia);
    await firms.done('check', ...jia);
    const approver = ['--operator', '王经理', '--approver-passphrase-file', 'post/approver'];
    await firms.done('approve', ...jia, ...approver, '--yes');
    await firms.done('export', ...jia);
    cpSync(firms.path('jia', 'exchange', 'D-1-1.handover.zip'), firms.post('D-1-1.handover.zip'));
    await firms.done('receive', 'post/D-1-1.handover.zip', '--workspace', 'yi');
    for (const file of ['D-1-1.receipt.json', 'D-1-1.receipt.json.minisig'])
      cpSync(firms.path('yi', 'exchange', file), firms.post(file));
    await firms.done('receipt', 'accept', 'post/D-1-1.receipt.json', ...jia);
    // The signature of the manifest has to be in the pack when the bundle is gone.
    rmSync(firms.path('jia', 'exchange', 'D-1-1.handover.zip'));
  });
  afterAll(() => firms.remove());

  describe.each(['jia', 'yi'])('%s', (name) => {
    const folder = () => firms.path(`regulator-${name}`);
    const sh = (script: string): string => run(name, folder(), script);
    const inPack = (script: string): string => run(name, `${folder()}/pack`, script);

    beforeAll(async () => {
      mkdirSync(folder());
      const out = ['--out', `regulator-${name}/evidence.zip`, '--with-form'];
      const answer = await firms.done('audit', 'pack', '--workspace', name, ...out);
      expect(answer.at('signed')).toBe(true);
      expect(answer.at('log.size')).toBe(answer.at('log.covered'));
      expect(answer.at('unsigned_manifests')).toEqual([]);
    });

    it('the archive is whole and not compressed', () => {
      expect(sh('unzip -tq *.zip')).toContain('No errors detected');
      expect(sh('unzip -v *.zip')).not.toMatch(/Defl/);
    });

    it('1. files and index, as README.txt says', () => {
      const out = sh(commands(1));
      expect(out).toContain('Signature and comment signature verified');
      const index = readEvidenceIndex(readFileSync(`${folder()}/pack/index.json`));
      expect(out.match(/: OK$/gm)).toHaveLength(index.files.length);
      const there = filesBelow(`${folder()}/pack`).filter((path) => !path.startsWith('index.json'));
      expect(index.files.map((file) => file.path)).toEqual([...there].sort());
    });

    it('2. signatures, as README.txt says', () => {
      const out = inPack(commands(2));
      expect(out).not.toContain('WRONG');
      const signatures = filesBelow(`${folder()}/pack`).filter((path) => path.endsWith('.minisig'));
      expect(out.trimEnd().split('\n')).toHaveLength(signatures.length);
      const kinds = new Set(signatures.map((path) => path.split('/')[0]));
      expect([...kinds]).toEqual(
        expect.arrayContaining(['cards', 'deals', 'manifests', 'receipts', 'index.json.minisig']),
      );
      if (name === 'jia') expect([...kinds]).toContain('approvals');
    });

    it('3. the log, as README.txt says', () => {
      const out = inPack(commands(3));
      expect(out).toMatch(/^OK, root of \d+ events$/m);
      expect(out).toContain('Signature Verified Successfully');
    });

    it('with this program, and against what the other party holds', async () => {
      const pack = `regulator-${name}/evidence.zip`;
      const card = ['--card', firms.cardOf(name)];
      const other = name === 'jia' ? 'post/D-1-1.handover.zip' : 'post/D-1-1.receipt.json';
      const answer = await firms.done('audit', 'verify', '--pack', pack, ...card, '--against', other);
      expect(answer.at('intact')).toBe(true);
    });

    it('a changed byte is seen by each step', () => {
      const copy = `${folder()}/pack`;
      const change = (path: string, from: string | RegExp, to: string): void => {
        const before = readFileSync(`${copy}/${path}`, 'utf8');
        const after = before.replace(from, to);
        expect(after).not.toBe(before);
        writeFileSync(`${copy}/${path}`, after);
      };
      const [receipt = ''] = filesBelow(`${copy}/receipts`).filter((file) => file.endsWith('.json'));
      change('log/events.ndjson', '"seq":1,', '"seq":9,');
      change(`receipts/${receipt}`, 'accepted', 'refused!');
      const sums = commands(1).split('\n').slice(2).join('\n');
      expect(() => inPack(sums)).toThrow();
      expect(inPack(commands(2))).toMatch(new RegExp(`^WRONG {2}\\./receipts/${receipt}\\.minisig$`, 'm'));
      expect(() => inPack(commands(3))).toThrow();
    });
  });

  it('a log that was pruned', () => {
    const folder = firms.path('pruned');
    mkdirSync(folder);
    run('jia', folder, 'unzip -q ../regulator-jia/evidence.zip');
    const lines = [...linesOf(readFileSync(`${folder}/log/events.ndjson`))];
    // Two nodes stand for five events.
    const range = CompactRange.of(0);
    for (const line of lines.slice(0, 5)) range.append(leafHash(line));
    const rest = lines.slice(5).map((line) => `${Buffer.from(line).toString('utf8')}\n`);
    writeFileSync(`${folder}/log/pruned.bin`, range.toBytes());
    writeFileSync(`${folder}/log/events.ndjson`, rest.join(''));
    expect(run('jia', folder, commands(3))).toMatch(/^OK, /);
  });

  /** In the shoes of somebody who has the card of the party whose pack it is. */
  function run(name: string, cwd: string, script: string): string {
    const card: { signing_key: string } = JSON.parse(readFileSync(firms.cardOf(name), 'utf8'));
    return execFileSync('bash', ['-euo', 'pipefail', '-c', script], {
      cwd,
      env: { ...process.env, KEY: card.signing_key, LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    });
  }
});
