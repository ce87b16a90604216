import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyer, CUSTOMERS, fileOf, goodBundle, pageOf, seller } from '../../fixtures/vectors/make/kit.js';
import { plainIdentity } from '../../src/identity/sealed-identity.js';
import { bundleReadme } from '../../src/messages/bundle-readme.js';

/* The commands of README.txt, run as they stand there, with the real tools and a classic key. */

const TOOLS = ['unzip', 'minisign', 'sha256sum', 'age', 'gunzip', 'grep', 'sed'];
const missing = TOOLS.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);

/** The lines of README.txt that begin at the margin after the heading of a section and are commands. */
function commands(begin: string, lines: number): string {
  const readme = bundleReadme().split('\n');
  const at = readme.findIndex((line) => line.startsWith(begin));
  expect(at, begin).toBeGreaterThan(0);
  return readme.slice(at, at + lines).join('\n');
}

const why = missing.length > 0 ? ` (skipped: ${missing.join(', ')} not installed)` : '';

describe.skipIf(missing.length > 0)(`stock tools${why}`, () => {
  const dir = mkdtempSync(join(tmpdir(), 'handover-interop-'));
  const keys = { SELLER_KEY: seller.card.card.signing_key, BUYER_KEY: buyer.card.card.signing_key };
  const sh = (script: string, cwd = dir) =>
    execFileSync('bash', ['-euo', 'pipefail', '-c', script], {
      cwd,
      env: { ...process.env, ...keys, LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    });

  beforeAll(async () => {
    writeFileSync(join(dir, '2026-001-1.handover.zip'), await fileOf(await goodBundle()));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('find the archive whole and without compression', () => {
    expect(sh('unzip -tq *.handover.zip')).toContain('No errors detected');
    expect(sh('unzip -v *.handover.zip')).not.toMatch(/Defl/);
  });

  it('verify it as README.txt says', () => {
    const out = sh(commands('unzip -d bundle', 6));
    expect(out.match(/Signature and comment signature verified/g)).toHaveLength(3);
    expect(out).toContain('handover.manifest/1');
    const sums = out.split('\n').filter((line) => /: OK$/.test(line));
    // README, deal, two signatures, approval with signature, checkpoint, secrets, two parts.
    expect(sums).toHaveLength(10);
  });

  it('open it as README.txt says', () => {
    const bundle = join(dir, 'bundle');
    writeFileSync(join(bundle, 'key.txt'), plainIdentity(buyer.identity));
    sh(commands('for f in data/', 1), bundle);
    const expected = CUSTOMERS.flat()
      .map((page) => pageOf(page))
      .join('');
    expect(readFileSync(join(bundle, 'customers.ndjson'), 'utf8')).toBe(expected);
    expect(sh('age -d -i key.txt data/secrets.json.age', bundle)).toMatch(
      /^\{"format":"handover\.secrets\/1"/,
    );
  });

  it('see a change', () => {
    const bundle = join(dir, 'bundle');
    writeFileSync(
      join(bundle, 'manifest.json'),
      readFileSync(join(bundle, 'manifest.json'), 'utf8').replace('"read":8', '"read":9'),
    );
    expect(() => sh('minisign -V -m manifest.json -P "$SELLER_KEY"', bundle)).toThrow();
  });
});
