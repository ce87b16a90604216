import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// The ordered list of docs/architecture.md, read from the source text: a file imports from its own folder or from earlier ones.
const ORDER =
  'messages base deal dataset policy identity audit bundle retention incident report store steps cli'.split(
    ' ',
  );

/** From messages to report: no I/O, no clock. Bytes, time and randomness are handed in. */
const PURE = ORDER.slice(0, ORDER.indexOf('store'));

/** Where each outside package lives. `zod` is for every border and `node:` modules are judged below. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  'libsodium-wrappers': ['base/signing.ts', 'base/key-agreement.ts'],
  canonicalize: ['base/json.ts'],
  'temporal-polyfill': ['base/time.ts'],
  '@scure/base': ['base/age-keys.ts'],
  yaml: ['deal/'],
  'better-sqlite3': ['store/'],
  chalk: ['report/terminal.ts'],
  'get-east-asian-width': ['report/terminal.ts'],
  commander: ['cli/'],
  '@inquirer/prompts': ['cli/'],
  'cli-progress': ['cli/'],
};

/** What a pure folder may use of Node: calculation on bytes, nothing that reaches outside the process. */
const PURE_NODE = ['node:buffer', 'node:crypto', 'node:stream', 'node:util', 'node:zlib'];

/**
 * Where the system's randomness is taken from: the one definition, the library's door, the two ends of a thread, which nothing can be
 * handed to, and what names temporary files and overwrites blocks. All others take a `Random`.
 */
const CHANCE =
  /^(?:base\/crypto|index|steps\/(?:.*\/)?(?:pool|worker)|store\/(?:spool|whole-file|erase))\.ts$/;

/** Whatever makes randomness of its own: Node, the Web, libsodium (its `…_seed_keypair` and `…_enc_deterministic` are told). */
const OWN_CHANCE =
  /\brandom(?:Bytes|Fill|FillSync|Int|UUID)\b|\bgetRandomValues\b|\bgenerate(?:Key|Prime)\w*|\bMath\.random\b|\brandombytes\w*|\bcrypto_\w+_keygen\b|\bcrypto_\w+(?<!_seed)_keypair\b|\bcrypto_kem_\w*enc\b|\bcrypto_box_seal\b/g;

/** docs/threat-model.md, promise 12: no network code at all. */
const NETWORK = /^node:(?:net|http|https|http2|tls|dgram|dns|inspector)\b/;

interface Source {
  /** Path below src/, with slashes. */
  readonly file: string;
  readonly folder: string;
  /** The text without comments. */
  readonly code: string;
  /** Imported files below src/, and packages by name. */
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

const src = fileURLToPath(new URL('../src', import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readSource(path.replaceAll('\\', '/')));

function readSource(file: string): Source {
  const text = readFileSync(join(src, file), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  const found = code.matchAll(
    /^(?:import|export)\b[^;'"]*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  const names = [...found].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
  const inner = names.filter((name) => name.startsWith('.'));
  const files = inner.map((name) => relative(src, join(src, dirname(file), name)).replaceAll('\\', '/'));
  const packages = names.filter((name) => !name.startsWith('.')).map(packageOf);
  return {
    file,
    folder: file.split('/')[0] ?? '',
    code,
    files: files.map((f) => f.replace(/\.js$/, '.ts')),
    packages,
  };
}

function packageOf(name: string): string {
  const parts = name.split('/');
  return name.startsWith('@')
    ? parts.slice(0, 2).join('/')
    : name.startsWith('node:')
      ? name
      : (parts[0] ?? '');
}

/** One line for each breach of a rule, so that a failure says what to do instead. */
const breaches = (rule: (source: Source) => readonly string[]): string[] =>
  sources.flatMap((source) => rule(source).map((line) => `src/${source.file}: ${line}`));

const rank = (folder: string): number => ORDER.indexOf(folder);
const inner = sources.filter(({ file }) => file.includes('/'));

describe('architecture', () => {
  it('has the folders of the ordered list and no others', () => {
    const strange = new Set(inner.map(({ folder }) => folder).filter((folder) => rank(folder) === -1));
    expect(
      [...strange],
      'Put the file into a folder of the list, or amend list, test and docs/architecture.md together.',
    ).toEqual([]);
  });

  it('imports only from the same folder or an earlier one', () => {
    const found = breaches(({ file, folder, files }) =>
      !file.includes('/')
        ? []
        : files
            .filter((target) => !target.includes('/') || rank(target.split('/')[0] ?? '') > rank(folder))
            .map(
              (target) =>
                `imports ${target}, which comes later. Move what is shared to the earlier folder, or hand it in as an argument.`,
            ),
    );
    expect(found).toEqual([]);
  });

  it('has no cycle of files', () => {
    const byFile = new Map(sources.map((source) => [source.file, source]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        const cycle = [...path.slice(path.indexOf(file)), file].join(' → ');
        cycles.push(`${cycle}. Move what both need to a third file that imports neither.`);
      }
      if (done.has(file)) return;
      done.add(file);
      for (const next of byFile.get(file)?.files ?? []) visit(next, [...path, file]);
    };
    for (const { file } of sources) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('keeps each package in its home', () => {
    const found = breaches(({ file, packages }) =>
      packages.flatMap((name) => {
        if (name.startsWith('node:') || name === 'zod') return [];
        const homes = HOMES[name];
        if (homes === undefined)
          return [
            `imports ${name}, which has no home. Give it one in HOMES and docs/architecture.md, with its reason.`,
          ];
        if (homes.some((home) => file.startsWith(home))) return [];
        return [`imports ${name}. Use what ${homes.join(' or ')} offers, or add it there.`];
      }),
    );
    expect(found).toEqual([]);
  });

  it('does no I/O and reads no clock from messages to report', () => {
    const found = breaches(({ folder, code, packages }) => {
      if (!PURE.includes(folder)) return [];
      const modules = packages.filter((name) => name.startsWith('node:') && !PURE_NODE.includes(name));
      const calls =
        code.match(/\bprocess\.\w+|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bTemporal\.Now\b/g) ?? [];
      return [
        ...modules.map((name) => `imports ${name}. Do it in store/ or cli/ and hand in the bytes.`),
        ...calls.map(
          (call) => `uses ${call}. Take the time as Instant, chance as Random, the rest as an argument.`,
        ),
      ];
    });
    expect(found).toEqual([]);
  });

  it('takes randomness from one place, and hands it on', () => {
    const found = breaches(({ file, code }) => [
      ...(file === 'base/crypto.ts' ? [] : (code.match(OWN_CHANCE) ?? [])).map(
        (call) => `uses ${call}. Take a Random, which base/crypto.ts defines.`,
      ),
      ...(/\bsystemRandom\b/.test(code) && !CHANCE.test(file)
        ? ['names systemRandom. Take a Random from whoever calls.']
        : []),
    ]);
    expect(found).toEqual([]);
  });

  it.each([
    'const salt = randomBytes(16);',
    'crypto.getRandomValues(bytes)',
    'sodium.crypto_sign_keypair()',
    'sodium.crypto_kem_xwing_enc(publicKey)',
    'sodium.randombytes_buf(32)',
    'webcrypto.subtle.generateKey(algorithm)',
  ])('knows randomness where it sees it: %s', (code) => {
    expect(code.match(OWN_CHANCE)).toHaveLength(1);
  });

  it.each(['sodium.crypto_sign_seed_keypair(seed)', 'sodium.crypto_kem_xwing_enc_deterministic(key, seed)'])(
    'knows what is handed its randomness: %s',
    (code) => {
      expect(code.match(OWN_CHANCE)).toBeNull();
    },
  );

  it('has no network code', () => {
    const found = breaches(({ code, packages }) => [
      ...packages
        .filter((name) => NETWORK.test(name))
        .map((name) => `imports ${name}. This program works offline.`),
      ...(code.match(/(?<![.\w])(?:fetch|XMLHttpRequest|WebSocket)\(/g) ?? []).map(
        (call) => `calls ${call}). This program works offline.`,
      ),
    ]);
    expect(found).toEqual([]);
  });

  it('reads every import (this test can see)', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.find(({ file }) => file === 'base/signing.ts')?.packages).toContain('libsodium-wrappers');
    expect(sources.find(({ file }) => file === 'identity/card.ts')?.files).toContain('base/crypto.ts');
  });
});
