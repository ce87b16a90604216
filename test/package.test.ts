import { createHash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daysBefore, todayInShanghai } from '../fixtures/customers/days.js';
import * as library from '../src/index.js';
import { copyWhole } from './kit/folders.js';

/*
 * What `npm pack` makes, used as an installed package: the files in it, the library, and a small handover by its command. The archive is
 * unpacked and the repository's packages are linked in, which is what an installation does, without network and compiler.
 */

const root = join(import.meta.dirname, '..');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'handover-package-')));
const installed = join(folder, 'node_modules', 'handover');
const command = join(folder, 'node_modules', '.bin', 'handover');
let files: readonly string[] = [];

beforeAll(() => {
  // What was built is packed as it is: `npm test` builds before.
  const packed: readonly { readonly filename: string }[] = JSON.parse(
    execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', [
    '-xzf',
    join(folder, packed[0]?.filename ?? ''),
    '-C',
    installed,
    '--strip-components=1',
  ]);
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
  const { bin }: { bin: { handover: string } } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  );
  mkdirSync(join(folder, 'node_modules', '.bin'));
  chmodSync(join(installed, bin.handover), 0o755);
  symlinkSync(join('..', 'handover', bin.handover), command);
  files = readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules/handover/node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
    .sort();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds the program, its documents and the sample deals, and nothing else', () => {
    const meant =
      /^(?:package\.json|README\.md|README\.zh-CN\.md|CHANGELOG\.md|CONTRIBUTING\.md|SECURITY\.md|LICENSE|bin\/handover\.js|dist\/[\w/-]+\.(?:d\.ts|js)|dist\/program\/(?:LICENCES\.txt|handover(?:\.zh)?\.1)|docs\/[\w/.-]+\.(?:md|json|svg)|fixtures\/deals\/[\w.-]+\.deal\.yaml)$/;
    expect(files.filter((file) => !meant.test(file))).toEqual([]);
    expect(
      files.filter((file) =>
        /(?:^|\/)(?:test|tests|bench|node_modules)\/|\.test\.|vectors|keys\//.test(file),
      ),
    ).toEqual([]);
  });

  it('holds every module with its types', () => {
    const modules = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => [`dist/${path.replace(/\.ts$/, '.js')}`, `dist/${path.replace(/\.ts$/, '.d.ts')}`]);
    expect(modules.filter((path) => !files.includes(path))).toEqual([]);
  });

  it('keeps the licences of the packages of which something went into the program', () => {
    const licences = readFileSync(join(installed, 'dist', 'program', 'LICENCES.txt'), 'utf8');
    for (const name of ['zod', 'commander', '@scure/base', 'yaml'])
      expect(licences).toMatch(
        new RegExp(`^${name} \\d[\\d.]* \\((?:MIT|BSD-3-Clause|ISC)\\)\n\n.*[Cc]opyright`, 'ms'),
      );
    expect(licences).not.toContain('(undefined)');
  });

  it('shows its help without what commands share, which takes twice as long to load', () => {
    const program = join(root, 'dist', 'program');
    const names = readdirSync(program).filter((name) => name.endsWith('.js'));
    const loads = (name: string): readonly string[] =>
      [
        ...readFileSync(join(program, name), 'utf8').matchAll(
          /^(?:import|export)\b[^'"\n]*?["']\.\/([^"']+\.js)["'];$/gm,
        ),
      ].map(([, found = '']) => found);
    const loaded = new Set(names.filter((name) => /^(?:run|prompts)\.js$|^help-/.test(name)));
    for (const name of loaded) for (const next of loads(name)) loaded.add(next);
    expect([...loaded].filter((name) => name.startsWith('start-'))).toHaveLength(1);
    expect(names.filter((name) => name.startsWith('common-'))).toHaveLength(1);
    expect([...loaded].filter((name) => name.startsWith('common-'))).toEqual([]);
  });

  it('begins to derive keys with what every start loads, which stays small', () => {
    const program = join(root, 'dist', 'program');
    const [start = ''] = readdirSync(program).filter((name) => name.startsWith('start-'));
    const code = readFileSync(join(program, start), 'utf8');
    expect(code).toContain('function beginUnlocking(');
    expect(code).toContain('function derivingAhead(');
    // Without it the version took what commands share, three times as long.
    expect(code).toMatch(/VERSION = "\d+\.\d+\.\d+"/);
    expect(code.length).toBeLessThan(250_000);
  });

  it('has threads that wait for nothing while they load: in one executable a thread is started from a script', () => {
    const dist = join(root, 'dist');
    const stages = join('steps', 'workers', 'stages');
    const loaded = new Set(
      readdirSync(join(dist, stages))
        .filter((name) => name.endsWith('.js'))
        .map((name) => join(stages, name)),
    );
    for (const file of loaded) {
      const code = readFileSync(join(dist, file), 'utf8');
      for (const [, name = ''] of code.matchAll(/^(?:import|export)\b[^'"]*?from '(\.[^']+)';$/gm))
        loaded.add(join(dirname(file), name));
    }
    expect(loaded.size).toBeGreaterThan(50);
    const waiting = [...loaded].filter((file) => /^await /m.test(readFileSync(join(dist, file), 'utf8')));
    expect(waiting).toEqual([]);
  });

  it('is imported by its name and exports what src/index.ts does', () => {
    const script = `import * as handover from 'handover'; console.log(JSON.stringify(Object.keys(handover)))`;
    const names: string[] = JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: folder,
        encoding: 'utf8',
      }),
    );
    expect(names.sort()).toEqual(Object.keys(library).sort());
    expect(names).toEqual(expect.arrayContaining(['verify', 'receive', 'withSession', 'readCard', 'run']));
  });

  it('opens no other door', () => {
    const script = `await import('handover/dist/store/workspace.js').catch((error) => console.log(error.code))`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(said.trim()).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});

/** Runs the installed command, which has to end with `exit`, and gives what it printed. */
function handover(argv: readonly string[], cwd = folder, exit = 0): string {
  const { status, stdout, stderr } = spawnSync(command, argv, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, LANG: 'zh_CN.UTF-8', HANDOVER_OPERATOR: '王会计' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== exit) throw new Error(`handover ${argv.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** A document of --json, as far as this test looks into it. */
function documentOf(argv: readonly string[], cwd?: string): Readonly<Record<string, unknown>> {
  return JSON.parse(handover([...argv, '--json'], cwd));
}

function fingerprintOf(card: string): string {
  return /"fingerprint": *"([0-9 ]+)"/.exec(handover(['card', 'show', card, '--json']))?.[1] ?? '';
}

describe('the installed command', () => {
  const [jia, yi] = [join(folder, 'jia'), join(folder, 'yi')];
  const signed = join(folder, 'jia-signed');
  const today = todayInShanghai();
  const inFolder = (name: string) => join(folder, name);
  const carry = (from: string, ...names: readonly string[]) => {
    for (const name of names) copyFileSync(join(from, 'exchange', name), inFolder(name));
  };

  it('says what it is', () => {
    expect(handover(['--version'])).toMatch(/^handover \d+\.\d+\.\d+\n$/);
    expect(handover(['--help'])).toContain('handover import');
  });

  it('two firms meet', () => {
    const keys = ['--unprotected', '--classic'];
    handover(['init', 'jia', '--role', 'seller', '--name', '甲家政', '--phone', '021-5550100', ...keys]);
    handover(['init', 'yi', '--role', 'buyer', '--name', '乙家政', '--phone', '021-5550200', ...keys]);
    carry(jia, 'jia.card.json', 'jia.card.json.minisig');
    carry(yi, 'yi.card.json', 'yi.card.json.minisig');
    handover(['trust', 'add', '../yi.card.json', '--fingerprint', fingerprintOf('yi.card.json')], jia);
    handover(['trust', 'add', '../jia.card.json', '--fingerprint', fingerprintOf('jia.card.json')], yi);
  });

  it('they sign a deal', () => {
    handover(['deal', 'init', 'deal.yaml', '--id', 'P-1'], jia);
    const filled = readFileSync(join(jia, 'deal.yaml'), 'utf8')
      .replace(
        /^( *sha256:) #.*$/gm,
        (_, key, at) => `${key} ${createHash('sha256').update(`${at}`).digest('hex')}`,
      )
      .replace(/^( *(?:signed|date|sent):) #.*$/gm, `$1 ${daysBefore(today, 30)}`)
      .replace(/^( *sent:) .*$/m, `$1 ${daysBefore(today, 30)}`)
      .replace(/^( *(?:contact|phone):) #.*$/gm, '$1 "021-5550300"')
      .replace('approvals: 1', 'approvals: 0');
    writeFileSync(join(jia, 'deal.yaml'), filled);
    handover(['deal', 'check', 'deal.yaml'], jia);
    handover(['deal', 'sign', 'deal.yaml', '--yes'], jia);
    carry(jia, 'P-1.deal.json', 'P-1.deal.json.seller.minisig');
    handover(['deal', 'sign', '../P-1.deal.json', '--yes'], yi);
    copyFileSync(
      join(yi, 'exchange', 'P-1.deal.json.buyer.minisig'),
      join(jia, 'exchange', 'P-1.deal.json.buyer.minisig'),
    );
    expect(handover(['deal', 'sign', 'deal.yaml'], jia)).toContain('双方都已签署');
    copyWhole(jia, signed);
  });

  it('twenty rows: some may go, and each is accounted for', () => {
    const consent = `同意,乙家政,继续提供家政服务,${daysBefore(today, 3)},书面,同意书第3页`;
    const rows = Array.from({ length: 20 }, (_, i) => {
      const number = i === 19 ? '' : `C${i + 1}`;
      const decided =
        i % 4 === 1
          ? ',,,,,'
          : i % 4 === 2
            ? `拒绝,乙家政,,${daysBefore(today, 2)},书面,同意书第3页`
            : consent;
      return `${number},王${'一二三四五六七八九十'[i % 10]},138000000${String(i).padStart(2, '0')},上海市静安区和平小区${i + 1}号,保洁,${daysBefore(today, 40)},${decided},${daysBefore(today, 25)}`;
    });
    const header =
      '客户编号,姓名,手机号,服务地址,服务项目,最近服务,同意状态,同意的接收方,同意的用途,同意时间,同意方式,同意凭证,通知送达时间';
    writeFileSync(inFolder('客户.csv'), `${header}\n${rows.join('\n')}\n`);
    expect(documentOf(['import', '../客户.csv'], jia)).toMatchObject({ exit: 0 });
    expect(documentOf(['check'], jia)['accounting']).toMatchObject({
      read: 20,
      transfer: 9,
      ask: 5,
      withhold: 5,
      reject: 1,
      blank: 0,
    });
  });

  it('the bundle goes over and the receipt comes back', () => {
    handover(['export'], jia);
    carry(jia, 'P-1-1.handover.zip');
    handover(['verify', 'P-1-1.handover.zip', '--card', 'jia.card.json']);
    expect(documentOf(['receive', '../P-1-1.handover.zip'], yi)).toMatchObject({ exit: 0 });
    carry(yi, 'P-1-1.receipt.json', 'P-1-1.receipt.json.minisig');
    handover(['receipt', 'accept', '../P-1-1.receipt.json'], jia);
    handover(['audit', 'verify', '--against', '../P-1-1.receipt.json'], jia);
    handover(['campaign', 'draft'], yi);
    handover(['extract', '--format', 'ndjson', '--out', '../out.ndjson', '--yes'], yi);
    expect(readFileSync(inFolder('out.ndjson'), 'utf8').trim().split('\n')).toHaveLength(9);
    expect(existsSync(join(folder, '客户.退回.csv'))).toBe(true);
  });

  it('runs the program of docs/library.md as it stands there, in strict mode and without @types/node', () => {
    const [, program = ''] =
      /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'docs', 'library.md'), 'utf8')) ?? [];
    expect(program.trimEnd().split('\n').length).toBeLessThanOrEqual(32);
    const place = inFolder('program');
    mkdirSync(place);
    // The workspace as it was when the deal was signed, and the customers beside it.
    copyWhole(signed, join(place, 'jia'));
    copyFileSync(inFolder('客户.csv'), join(place, 'customers.csv'));
    writeFileSync(join(place, 'program.ts'), program);
    writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
    const compilerOptions = {
      strict: true,
      module: 'nodenext',
      target: 'es2022',
      types: [],
      skipLibCheck: false,
    };
    writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    const tsc = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', place], { encoding: 'utf8' });
    expect(tsc.stdout).toBe('');
    const run = () => execFileSync(process.execPath, ['program.js'], { cwd: place, encoding: 'utf8' });
    expect(run().split('\n')).toEqual([
      '20 rows: 19 records, 1 rejected',
      '9 may go, 5 are to be asked first',
      'withheld: CONSENT_REFUSED 5',
      `for 乙家政: ${join(place, 'P-1-1.handover.zip')}`,
      '',
    ]);
    handover(['verify', 'P-1-1.handover.zip', '--card', '../jia.card.json'], place);
    expect(run()).toMatch(/^DATASET_KNOWN: customers\.csv /);
  });

  it('a refusal has its exit number', () => {
    handover(['export'], jia, 4);
    handover(['no-such-command'], folder, 2);
  });
});
