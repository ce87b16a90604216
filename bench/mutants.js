import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printTable } from './table.js';

/** @import { Told } from './mutants-reporter.js' */

const HELP = `Changes the program in small ways, one at a time, and sees whether a test fails (docs/testing.md).

  npm run mutants [-- OPTIONS] [WHAT...]

  WHAT            folders of src/ or files in them             (all of: FOLDERS)
  --since COMMIT  only lines that changed since then
  --every N       only one in N of the functions and classes, to get an idea in an hour
  --minutes N     stop after so long, and say what was seen    (no limit)
  --least N       fail if less than N percent were noticed     (0)
  --survivors     show each change that no test noticed
`;

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Where Stryker copies the tree to, for this run alone. */
const COPY = `.mutants/${process.pid}`;

/** The folders, each with its tests: those that mirror it, and the vectors of the formats that it reads. */
const VECTORS = 'test/vectors.test.ts';
/** @type {Readonly<Record<string, readonly string[]>>} */
const TESTS = {
  policy: ['test/policy/**/*.test.ts'],
  bundle: ['test/bundle/**/*.test.ts', VECTORS],
  audit: ['test/audit/**/*.test.ts', VECTORS],
  retention: ['test/retention/**/*.test.ts', VECTORS],
  dataset: ['test/dataset/**/*.test.ts'],
};

/**
 * Files or `file:first-last` of a folder.
 *
 * @typedef {{ folder: string, mutate: readonly string[] }} Piece
 */

/**
 * @param {readonly string[]} wanted
 * @returns {readonly Piece[]}
 */
function pieces(wanted) {
  return Object.keys(TESTS).flatMap((folder) => {
    const mutate = wanted.flatMap((path) => {
      const below = path.replace(/^src\//, '').replace(/\/$/, '');
      if (below === folder) return [`src/${folder}`];
      return below.startsWith(`${folder}/`) ? [`src/${below}`] : [];
    });
    return mutate.length === 0 ? [] : [{ folder, mutate }];
  });
}

/**
 * The lines of a folder that were added or changed since a commit, committed or not.
 *
 * @param {string} commit
 * @param {readonly string[]} paths
 */
function changedSince(commit, paths) {
  const args = ['diff', '--unified=0', '--find-renames', '--diff-filter=d', commit, '--', ...paths];
  const diff = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 });
  /** @type {string[]} */
  const ranges = [];
  let file = '';
  for (const line of diff.split('\n')) {
    file = /^\+\+\+ b\/(.*)$/.exec(line)?.[1] ?? file;
    const [, from = '', count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (from === '' || count === '0' || !file.endsWith('.ts')) continue;
    ranges.push(`${file}:${from}-${Number(from) + Number(count) - 1}`);
  }
  return ranges;
}

/**
 * Every n-th declaration of the files, as ranges of lines: from where it begins to where the next one does.
 *
 * @param {readonly string[]} paths  files, or folders with all in them
 * @param {number} n
 */
function everyNth(paths, n) {
  const files = execFileSync('git', ['ls-files', '--', ...paths], { cwd: ROOT, encoding: 'utf8' });
  const all = files.split('\n').flatMap((file) => {
    if (!file.endsWith('.ts')) return [];
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    const begins = [...lines.keys()].filter((i) =>
      /^(?:export )?(?:async )?(?:function|class)/.test(lines[i] ?? ''),
    );
    return begins.map((begin, i) => `${file}:${begin + 1}-${begins[i + 1] ?? lines.length}`);
  });
  return all.filter((_, i) => i % n === 0);
}

/** @param {string} commit */
function isCommit(commit) {
  try {
    execFileSync('git', ['rev-parse', '--verify', '--quiet', `${commit}^{commit}`], { cwd: ROOT });
    return true;
  } catch {
    return false;
  }
}

/**
 * Tests the mutants of one folder.
 *
 * @param {Piece} piece
 * @param {AbortSignal} end  when there is no more time
 * @returns {Promise<{ told: readonly Told[], isWhole: boolean }>}
 */
async function test({ folder, mutate }, end) {
  const args = ['stryker', 'run', '--tempDirName', COPY];
  const files = mutate.map((path) => (path === `src/${folder}` ? `${path}/**/*.ts` : path));
  args.push('--mutate', files.join(), '--testFiles', (TESTS[folder] ?? []).join());
  // In a group of its own, so that its helpers end with it.
  const child = spawn('npx', args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, MUTANTS: '1' },
  });
  let isWhole = true;
  const stop = () => {
    isWhole = false;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  end.addEventListener('abort', stop);
  /** @type {Told[]} */
  const told = [];
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) {
      console.log(line);
      continue;
    }
    /** @type {Told} */
    const one = JSON.parse(line);
    told.push(one);
    const seen = one.status === 'Survived' ? 'survived' : one.status === 'NoCoverage' ? 'not reached' : '';
    if (values.survivors && seen !== '') console.log(`${one.file}:${one.line} ${seen}: ${one.change}`);
  }
  const [code] = await ended;
  end.removeEventListener('abort', stop);
  // The copy stays where it was stopped, and its helpers take a moment to end.
  rmSync(join(ROOT, COPY), { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  if (isWhole && code !== 0) throw new Error(`${folder}: Stryker ended with ${code}`);
  return { told, isWhole };
}

/**
 * @param {readonly Told[]} told
 * @param {...string} statuses
 */
function count(told, ...statuses) {
  return told.filter(({ status }) => statuses.includes(status)).length;
}

/** @param {readonly Told[]} told */
function tally(told) {
  const noticed = count(told, 'Killed', 'Timeout');
  const survived = count(told, 'Survived');
  const unseen = count(told, 'NoCoverage');
  return { noticed, survived, unseen, tested: noticed + survived + unseen };
}

/**
 * @param {number} part
 * @param {number} whole
 */
function percent(part, whole) {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    since: { type: 'string' },
    every: { type: 'string' },
    minutes: { type: 'string' },
    least: { type: 'string', default: '0' },
    survivors: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main() {
  const folders = Object.keys(TESTS);
  if (values.help) return console.log(HELP.replace('FOLDERS', folders.join(' ')));
  if (values.since !== undefined && !isCommit(values.since))
    return console.log(`nothing tested: there is no commit ${values.since} here`);
  const named = positionals.length === 0 ? folders : positionals;
  const paths = pieces(named).flatMap(({ mutate }) => mutate);
  const wanted =
    values.since !== undefined
      ? changedSince(values.since, paths)
      : values.every !== undefined
        ? everyNth(paths, Number(values.every))
        : named;
  const chosen = pieces(wanted);
  if (chosen.length === 0) return console.log(`nothing tested: nothing changed in src/{${folders.join()}}`);

  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end.abort());
  if (values.minutes !== undefined) setTimeout(() => end.abort(), Number(values.minutes) * 60_000).unref();
  /** @type {Told[]} */
  const all = [];
  const rows = [];
  for (const piece of chosen) {
    if (end.signal.aborted) {
      rows.push([piece.folder, 'no time left', '', '', '', '']);
      continue;
    }
    const { told, isWhole } = await test(piece, end.signal);
    all.push(...told);
    const { noticed, survived, unseen, tested } = tally(told);
    const name = isWhole ? piece.folder : `${piece.folder}, as far as time allowed`;
    rows.push(
      [name, noticed, survived, unseen, percent(noticed, tested), percent(noticed, tested - unseen)].map(
        String,
      ),
    );
  }
  printTable(['folder', 'noticed', 'survived', 'not reached', 'score', 'of what is reached'], rows);
  const { noticed, tested } = tally(all);
  if (tested > 0 && (100 * noticed) / tested < Number(values.least)) {
    console.log(`less than ${values.least} % of the changes were noticed by a test`);
    process.exitCode = 1;
  }
}

await main();
