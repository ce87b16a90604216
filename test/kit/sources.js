import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A file below src/, read for what it imports.
 *
 * @typedef {object} Source
 * @property {string} file path below src/, with slashes
 * @property {string} folder
 * @property {string} text
 * @property {string} code the text without comments
 * @property {readonly string[]} files imported files below src/
 * @property {readonly string[]} packages imported packages, by name
 */

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** @returns {readonly Source[]} */
export function readSources() {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map(readSource);
}

/**
 * @param {string} file
 * @returns {Source}
 */
function readSource(file) {
  const text = readFileSync(join(src, file), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  const found = code.matchAll(
    /^(?:import|export)\b[^;'"]*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  const names = [...found].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
  const inner = names.filter((name) => name.startsWith('.'));
  const files = inner.map((name) => relative(src, join(src, dirname(file), name)).replaceAll('\\', '/'));
  return {
    file,
    folder: file.split('/')[0] ?? '',
    text,
    code,
    files: files.map((f) => f.replace(/\.js$/, '.ts')),
    packages: names.filter((name) => !name.startsWith('.')).map(packageOf),
  };
}

/** @param {string} name */
function packageOf(name) {
  if (name.startsWith('node:')) return name;
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
