import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What bin/handover.js starts. */
const ENTRIES = {
  run: 'dist/cli/run.js',
  prompts: 'dist/cli/prompts.js',
};

/** What the pool starts. */
const THREAD = { worker: 'dist/steps/workers/worker.js' };

/** Modules that this many of the commands load are one file: each file costs a millisecond to be found, and one in Windows more. */
const SHARED = 24;

/**
 * What is loaded before it is known which command is meant, what says the version, and what begins to derive the keys of a command, which
 * takes another core longer than all the rest takes this one: it must not draw in what commands share.
 */
const START = closureOf(
  [...Object.values(ENTRIES), 'dist/cli/unlocking.js', 'dist/base/version.js'].map((path) => resolve(path)),
);

/** What the help needs, which has to be there at once: it must not draw in what commands share either. */
const HELP = closureOf([resolve('dist/cli/help.js')]);

/**
 * A module and everything that it loads at once.
 *
 * @param {readonly string[]} entries absolute
 */
function closureOf(entries) {
  /** @type {Set<string>} */
  const found = new Set();
  const left = [...entries];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (found.has(path) || !path.endsWith('.js')) continue;
    found.add(path);
    const source = readFileSync(path, 'utf8');
    for (const [, named = ''] of source.matchAll(/^(?:import|export)\b[^'"]*?from '(\.[^']+)';$/gm))
      left.push(resolve(dirname(path), named));
  }
  return found;
}

/**
 * Puts the command line, its threads and their packages together in few files below dist/program/: a command loads three hundred modules
 * otherwise, a fifth of a second of each start, and more where a virus scanner looks at every file. SQLite stays a package, because it is
 * no JavaScript. Nothing is renamed or squeezed, so what a fault says of its place can be read.
 *
 * @type {import('rolldown').RolldownOptions}
 */
const program = {
  input: ENTRIES,
  platform: 'node',
  external: ['better-sqlite3'],
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: 'dist/program',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
    codeSplitting: {
      // What is wanted in one place is not worth the load of what is wanted there as well.
      includeDependenciesRecursively: false,
      groups: [
        { name: 'start', test: (id) => START.has(id), priority: 2 },
        { name: 'common', test: (id) => !HELP.has(id), minShareCount: SHARED, priority: 1 },
      ],
    },
  },
  plugins: [{ name: 'beside', generateBundle: beside }],
};

/**
 * A thread has files of its own: it would load and keep a second time what commands share, of which a stage needs a tenth.
 *
 * @type {import('rolldown').RolldownOptions}
 */
const thread = {
  input: THREAD,
  platform: 'node',
  output: {
    dir: 'dist/program',
    format: 'esm',
    // Beside the program: the pool finds its worker in its own folder.
    entryFileNames: '[name].js',
    chunkFileNames: 'worker-[name]-[hash].js',
    // What was just made lies here.
    cleanDir: false,
  },
};

export default [program, thread];

/**
 * What stands beside the program: its types, its manual pages, and the licences of the packages of which something went in, which ask to be kept with them.
 *
 * @this {import('rolldown').PluginContext}
 * @param {unknown} _options
 * @param {import('rolldown').OutputBundle} bundle
 */
async function beside(_options, bundle) {
  const folders = new Set();
  for (const file of Object.values(bundle)) {
    if (file.type !== 'chunk') continue;
    for (const id of file.moduleIds) {
      const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/'))?.[0];
      if (folder !== undefined) folders.add(folder);
    }
  }
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e(?:\.\w+)?$/i.test(each));
    const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  const rule = `\n${'-'.repeat(80)}\n\n`;
  for (const [name, file] of Object.entries({ ...ENTRIES, ...THREAD })) {
    const source = `export * from '${file.replace('dist', '..')}';\n`;
    this.emitFile({ type: 'asset', fileName: `${name}.d.ts`, source });
  }
  this.emitFile({ type: 'asset', fileName: 'LICENCES.txt', source: texts.join(rule) });
  // What the compiler has just made; a file of this configuration would be older.
  const { manPage } = await import('./dist/cli/man.js');
  this.emitFile({ type: 'asset', fileName: 'handover.1', source: manPage('en') });
  this.emitFile({ type: 'asset', fileName: 'handover.zh.1', source: manPage('zh') });
}
