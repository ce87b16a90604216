import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHAPTERS, chapterImports, chapterOf, drawnPage } from './kit/chapters.js';
import { functionsIn } from './kit/functions.js';
import { readSources, type Source } from './kit/sources.js';

// The ordered list of docs/architecture.md, read from the source text: a file imports from its own folder or from earlier ones.
const ORDER =
  'messages base deal dataset policy identity campaign audit bundle retention incident report store steps cli'.split(
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
  saxes: ['dataset/workbook/xml.ts'],
  'better-sqlite3': ['store/sqlite-addon.ts'],
  chalk: ['report/terminal.ts'],
  'get-east-asian-width': ['report/terminal.ts'],
  commander: ['cli/'],
  '@inquirer/core': ['cli/line-prompt.ts'],
  '@inquirer/prompts': ['cli/'],
  'cli-progress': ['cli/'],
  uqr: ['report/qr.ts'],
};

/** What a pure folder may use of Node: calculation on bytes, nothing that reaches outside the process. */
const PURE_NODE = ['node:buffer', 'node:crypto', 'node:stream', 'node:util', 'node:zlib'];

/**
 * Where the system's randomness is taken from: the one definition, the library's door, the two ends of a thread, which nothing can be
 * handed to, and what names temporary files and overwrites blocks. All others take a `Random`.
 */
const CHANCE =
  /^(?:base\/crypto|index|library|steps\/(?:.*\/)?(?:pool|worker)|store\/(?:spool|drafts|erase))\.ts$/;

/** Whatever makes randomness of its own: Node, the Web, libsodium (its `…_seed_keypair` and `…_enc_deterministic` are told). */
const OWN_CHANCE =
  /\brandom(?:Bytes|Fill|FillSync|Int|UUID)\b|\bgetRandomValues\b|\bgenerate(?:Key|Prime)\w*|\bMath\.random\b|\brandombytes\w*|\bcrypto_\w+_keygen\b|\bcrypto_\w+(?<!_seed)_keypair\b|\bcrypto_kem_\w*enc\b|\bcrypto_box_seal\b/g;

/** docs/threat-model.md, promise 12: no network code at all. */
const NETWORK = /^node:(?:net|http|https|http2|tls|dgram|dns|inspector)\b/;

/** A page that shows both languages beside each other, and a migration, which is never edited. */
const BILINGUAL = ['cli/reference.ts', 'store/schema.ts'];

/** What a file exports under a name of its own. */
const EXPORTED =
  /^export (?:abstract |async |declare )*(?:class|const|enum|function\*?|interface|let|type) (\w+)/gm;

/** Every command is a function `run`, and run() of the program does what they do. */
const isCommand = (file: string): boolean => /^src\/cli\/(?:commands\/|run\.ts$)/.test(file);

const sources = readSources();

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

  it.each(['steps/export/seal-lot.ts', 'steps/receive/open-part.ts', 'steps/import/read-range.ts'])(
    'has no store, vault, session or keys of a party for a worker: %s',
    (story) => {
      const byFile = new Map(sources.map((source) => [source.file, source]));
      const reached = new Set<string>();
      const visit = (file: string): void => {
        if (reached.has(file)) return;
        reached.add(file);
        for (const next of byFile.get(file)?.files ?? []) visit(next);
      };
      visit(story);
      expect(reached).toContain('steps/workers/job-key.ts');
      const barred =
        /^(?:store\/(?:database|sqlite|door|reader|writer|vault|workspace|identity-file|log)|steps\/session|identity\/(?:identity|sealed-identity|scrypt))/;
      expect(
        [...reached].filter((file) => barred.test(file)),
        'Whoever seals a lot has none of these. Hand in what is needed with the job.',
      ).toEqual([]);
    },
  );

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

  it('chooses by language in tables only, and names one in messages/ alone', () => {
    const found = breaches(({ file, folder, code }) => [
      ...(code.match(/[!=]==?\s*'(?:zh|en)'|'(?:zh|en)'\s*[!=]==?|\bcase '(?:zh|en)'/g) ?? []).map(
        (choice) =>
          `has "${choice}". Look the words up in a Record<Lang, …> of messages/: a third language does not compile there until it has them.`,
      ),
      ...(code.match(/\bPartial<[^;=]*\bRecord<Lang\b/g) ?? []).map(
        (type) => `has "${type}". Give every language its words.`,
      ),
      ...(folder === 'messages' || BILINGUAL.includes(file)
        ? []
        : (code.match(/'(?:zh|en)'|\.(?:zh|en)\b/g) ?? []).map(
            (name) =>
              `names ${name}. Take the language as an argument, or use LANGS or eachLang() of messages/lang.ts.`,
          )),
    ]);
    expect(found).toEqual([]);
  });

  it('says of each exported function and class what it is', () => {
    const found = breaches(({ file, text }) => {
      const lines = text.split('\n');
      return lines.flatMap((line, i) => {
        const [, name] = /^export (?:abstract |async )*(?:class|function\*?) (\w+)/.exec(line) ?? [];
        if (name === undefined || (name === 'run' && isCommand(`src/${file}`))) return [];
        const before = lines[i - 1]?.trimEnd() ?? '';
        return before.endsWith('*/')
          ? []
          : [`${name} has no TSDoc. Say what it gives, in which units, and what it throws.`];
      });
    });
    expect(found).toEqual([]);
  });

  it('exports each name from one file', () => {
    const homes = new Map<string, string[]>();
    for (const { file, code } of inner)
      for (const [, name = ''] of code.matchAll(EXPORTED))
        homes.set(name, [...(homes.get(name) ?? []), `src/${file}`]);
    const found = [...homes]
      .filter(([name, files]) => files.length > 1 && !(name === 'run' && files.every(isCommand)))
      .map(([name, files]) => `${name} is exported by ${files.join(' and ')}. One name is one thing.`);
    expect(homes.size).toBeGreaterThan(1000);
    expect(found).toEqual([]);
  });

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

const chapters = Object.keys(CHAPTERS);

/** Lines that fit on a screen, of a function of steps/ from its name to its closing brace. */
const SCREEN = 55;

/** Lines of any other function. */
const LONGEST = 60;

/** Where a function may be longer, because it is no order of steps: the words of a whole paper, as somebody reads them who changes them. */
const WHOLE_TEXTS = /^messages\/drafts\//;

const steps = sources.filter(({ folder }) => folder === 'steps');
const commands = sources.filter(({ file }) => file.startsWith('cli/commands/'));

describe('chapters', () => {
  it('has the chapters of the list and no others', () => {
    const found = [...new Set(steps.map(({ file }) => chapterOf(file)))];
    expect(
      found.filter((chapter) => !chapters.includes(chapter)),
      'Put the file into a chapter of the list, or amend test/kit/chapters.js and docs/architecture.md together.',
    ).toEqual([]);
    expect(
      chapters.filter((chapter) => !found.includes(chapter)),
      'Take the empty chapter out of the list.',
    ).toEqual([]);
  });

  it('calls only the chapters that it may call', () => {
    const found = chapterImports(sources)
      .filter(({ from, to }) => CHAPTERS[from]?.calls.includes(to) !== true)
      .map(
        ({ file, target, from, to }) =>
          `src/${file}: imports ${target}. Move what both need to an earlier chapter, hand it in as an argument, or let ${from} call ${to} in test/kit/chapters.js.`,
      );
    expect(found).toEqual([]);
  });

  it('lets no chapter call a later one, so there is no circle of chapters', () => {
    const found = chapters.flatMap((from, place) =>
      (CHAPTERS[from]?.calls ?? [])
        .filter((to) => !chapters.slice(0, place).includes(to))
        .map(
          (to) =>
            `test/kit/chapters.js: ${from} may call ${to}, which does not stand before it. Move what both need to an earlier chapter.`,
        ),
    );
    expect(found).toEqual([]);
  });

  it('lets no chapter call another without need', () => {
    const imports = chapterImports(sources);
    const found = chapters.flatMap((from) =>
      (CHAPTERS[from]?.calls ?? [])
        .filter((to) => !imports.some((each) => each.from === from && each.to === to))
        .map((to) => `test/kit/chapters.js: ${from} does not call ${to} any more. Take it out of the list.`),
    );
    expect(found).toEqual([]);
  });

  it.each(chapters)('%s says in the first line of its story what it is', (chapter) => {
    const story = `steps/${chapter}/${CHAPTERS[chapter]?.story}`;
    const first = sources.find(({ file }) => file === story)?.text.split('\n')[0] ?? '';
    expect(
      first,
      `src/${story} is where the chapter begins (test/kit/chapters.js). Its first line is a comment that says what the chapter is.`,
    ).toMatch(/^\/\/ [A-Z].{30,}/);
  });

  it('has the same chapters of commands, with nothing in them but commands', () => {
    const listed = sources.find(({ file }) => file === 'cli/commands.ts')?.files ?? [];
    const found = commands.flatMap(({ file, files }) => {
      const chapter = file.split('/')[2] ?? '';
      const foreign = files.filter(
        (target) => target.startsWith('cli/commands/') && target.split('/')[2] !== chapter,
      );
      return [
        ...(chapters.includes(chapter)
          ? []
          : [`src/${file}: lies in no chapter. Put it into one of the list.`]),
        ...(listed.includes(file)
          ? []
          : [`src/${file}: is no command of cli/commands.ts. What commands show or ask goes to cli/show/.`]),
        ...foreign.map(
          (target) => `src/${file}: imports ${target}, of another chapter. Move what both need to cli/show/.`,
        ),
      ];
    });
    expect(found).toEqual([]);
  });

  it('has the same chapters of tests', () => {
    const folder = join(import.meta.dirname, 'steps');
    const strange = readdirSync(folder).filter((name) => !chapters.includes(name));
    expect(strange, 'Put the test into the chapter that it tests.').toEqual([]);
  });

  it('shows and asks without knowing the commands', () => {
    const found = breaches(({ file, files }) =>
      file.startsWith('cli/show/')
        ? files
            .filter((target) => target.startsWith('cli/commands/'))
            .map((target) => `imports ${target}. Move what both need to cli/show/.`)
        : [],
    );
    expect(found).toEqual([]);
  });

  it('is drawn in docs/architecture.md as it is', () => {
    const { page, drawn } = drawnPage(sources);
    expect(page, 'Run `npm run docs:chapters`.').toBe(drawn);
  });

  it('is told in docs/architecture.md in its order, each with its story', () => {
    const { page } = drawnPage(sources);
    const told = [...page.matchAll(/^\| ([a-z]+) \| `steps\/([a-z]+)\/([\w-]+\.ts)` \|/gm)].map(
      ([, name, folder, story]) => `${name} ${folder}/${story}`,
    );
    expect(told).toEqual(chapters.map((name) => `${name} ${name}/${CHAPTERS[name]?.story}`));
  });
});

describe('functions', () => {
  it('fit on a screen', () => {
    const found = breaches(({ file, folder, text }) => {
      if (WHOLE_TEXTS.test(file)) return [];
      const most = folder === 'steps' ? SCREEN : LONGEST;
      return functionsIn(text)
        .filter(({ lines }) => lines > most)
        .map(
          ({ name, lines }) =>
            `${name} has ${lines} lines. Give its steps, or the sections of its page, names of their own, so that it reads as their order; ${most} fit.`,
        );
    });
    expect(found).toEqual([]);
  });

  it('are longer only where a text is whole', () => {
    const long = inner.filter(
      ({ file, text }) => WHOLE_TEXTS.test(file) && functionsIn(text).some(({ lines }) => lines > LONGEST),
    );
    expect(long, 'Take the exception out of WHOLE_TEXTS.').not.toEqual([]);
  });

  it('are measured (this test can see)', () => {
    const text = [
      'export async function one(',
      '  a: string,',
      '): Promise<void> {',
      '}',
      '',
      'class A {',
      '  async #two<T>(): Promise<void> {',
      '    if (a) {',
      '    }',
      '  }',
      '',
      '  readonly three = () => {',
      '  };',
      '}',
      '',
      'const four: Four = async ({ a }) => {',
      '  return { five() {',
      '  }, six: () => a };',
      '};',
    ].join('\n');
    expect(functionsIn(text)).toEqual([
      { name: 'one', lines: 4 },
      { name: '#two', lines: 4 },
      { name: 'three', lines: 2 },
      { name: 'four', lines: 4 },
      { name: 'five', lines: 2 },
      { name: 'six', lines: 1 },
    ]);
  });
});
