import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSources } from './sources.js';

/**
 * The chapters of src/steps/, in order: a chapter calls only those that stand before it, and of them only those that it names.
 * `story` is the file that reads from top to bottom; its first line says what the chapter is.
 *
 * @type {Readonly<Record<string, { readonly story: string, readonly calls: readonly string[] }>>}
 */
export const CHAPTERS = {
  workers: { story: 'pool.ts', calls: [] },
  session: { story: 'session.ts', calls: [] },
  setup: { story: 'init.ts', calls: ['workers', 'session'] },
  deal: { story: 'deal.ts', calls: ['session'] },
  import: { story: 'import.ts', calls: ['workers', 'session'] },
  check: { story: 'check.ts', calls: ['workers', 'session', 'deal', 'import'] },
  campaign: { story: 'campaign.ts', calls: ['session', 'deal', 'import', 'check'] },
  export: { story: 'export.ts', calls: ['workers', 'session', 'deal', 'import', 'check'] },
  receive: { story: 'receive.ts', calls: ['workers', 'session', 'deal'] },
  retention: { story: 'retention.ts', calls: ['session'] },
  purge: { story: 'run.ts', calls: ['workers', 'session', 'retention'] },
  persons: { story: 'erase.ts', calls: ['session', 'deal', 'check', 'export', 'retention', 'purge'] },
  incident: { story: 'incident.ts', calls: ['session'] },
  evidence: { story: 'pack.ts', calls: ['workers', 'session', 'check', 'export', 'retention', 'persons'] },
  house: {
    story: 'papers.ts',
    calls: ['session', 'deal', 'import', 'retention', 'persons', 'evidence'],
  },
  status: {
    story: 'status.ts',
    calls: ['session', 'deal', 'import', 'check', 'retention', 'purge', 'persons', 'incident'],
  },
};

/** What nearly every chapter calls; the drawing leaves it out, the table does not. */
const GROUND = ['workers', 'session'];

/**
 * Imports from one chapter to another.
 *
 * @param {readonly import('./sources.js').Source[]} sources
 * @returns {readonly { readonly file: string, readonly target: string, readonly from: string, readonly to: string }[]}
 */
export function chapterImports(sources) {
  return sources
    .filter(({ folder }) => folder === 'steps')
    .flatMap(({ file, files }) =>
      files
        .filter((target) => target.startsWith('steps/'))
        .map((target) => ({ file, target, from: chapterOf(file), to: chapterOf(target) })),
    )
    .filter(({ from, to }) => from !== to);
}

/**
 * The chapter of a file of src/steps/.
 *
 * @param {string} file
 */
export function chapterOf(file) {
  return file.split('/')[1] ?? '';
}

/** @param {readonly import('./sources.js').Source[]} sources */
function picture(sources) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { from, to } of chapterImports(sources))
    counts.set(`${from} ${to}`, (counts.get(`${from} ${to}`) ?? 0) + 1);
  const names = Object.keys(CHAPTERS);
  const called = names.filter((name) => names.some((from) => counts.has(`${from} ${name}`)));
  const wide = Math.max(...names.map((name) => name.length));
  const cell = (/** @type {string | number} */ text, /** @type {string} */ name) =>
    String(text).padStart(name.length + 2);
  const rows = names.map(
    (from) => from.padEnd(wide) + called.map((to) => cell(counts.get(`${from} ${to}`) ?? '·', to)).join(''),
  );
  const arrows = names.flatMap((from) =>
    names
      .filter((to) => counts.has(`${from} ${to}`) && !GROUND.includes(to))
      .map((to) => `  ${from} --> ${to}`),
  );
  return [
    '```mermaid',
    'flowchart BT',
    ...arrows,
    '```',
    '',
    `How many imports there are from the chapter on the left to the one above, ${GROUND.join(' and ')} included:`,
    '',
    '```',
    ' '.repeat(wide) + called.map((to) => cell(to, to)).join(''),
    ...rows,
    '```',
  ].join('\n');
}

const PAGE = fileURLToPath(new URL('../../docs/architecture.md', import.meta.url));
const BEGIN = '<!-- chapters: drawn by `npm run docs:chapters` -->';
const END = '<!-- end of chapters -->';

/**
 * docs/architecture.md as it is, and with the picture drawn anew.
 *
 * @param {readonly import('./sources.js').Source[]} sources
 */
export function drawnPage(sources) {
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from === -1 || to < from) throw new Error('docs/architecture.md has no place for the picture');
  const drawn = `${page.slice(0, from)}${BEGIN}\n\n${picture(sources)}\n\n${page.slice(to)}`;
  return { page, drawn };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, drawnPage(readSources()).drawn);
