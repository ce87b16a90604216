import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is started: by bin/handover.js, and by the pool. */
const ENTRIES = {
  run: 'dist/cli/run.js',
  prompts: 'dist/cli/prompts.js',
  worker: 'dist/steps/workers/worker.js',
};

/**
 * Puts the command line, its threads and their packages together in few files below dist/program/: a command loads three hundred modules
 * otherwise, a fifth of a second of each start, and more where a virus scanner looks at every file. SQLite stays a package, because it is
 * no JavaScript. Nothing is renamed or squeezed, so what a fault says of its place can be read.
 *
 * @type {import('rolldown').RolldownOptions}
 */
export default {
  input: ENTRIES,
  platform: 'node',
  external: ['better-sqlite3'],
  output: {
    dir: 'dist/program',
    format: 'esm',
    // Beside each other: the pool finds its worker in its own folder.
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
  },
  plugins: [{ name: 'beside', generateBundle: beside }],
};

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
  for (const [name, file] of Object.entries(ENTRIES)) {
    const source = `export * from '${file.replace('dist', '..')}';\n`;
    this.emitFile({ type: 'asset', fileName: `${name}.d.ts`, source });
  }
  this.emitFile({ type: 'asset', fileName: 'LICENCES.txt', source: texts.join(rule) });
  // What the compiler has just made; a file of this configuration would be older.
  const { manPage } = await import('./dist/cli/man.js');
  this.emitFile({ type: 'asset', fileName: 'handover.1', source: manPage('en') });
  this.emitFile({ type: 'asset', fileName: 'handover.zh.1', source: manPage('zh') });
}
