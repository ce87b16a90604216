import { execSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/**
 * `npm run build`, unless nothing was changed since it last ended: `npm ci` has just built when somebody goes on to the tests or the demo.
 */

/** Written last. */
const BUILT = 'dist/program/handover.1';

const made = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((path) => join('src', path));
const settings = ['package-lock.json', 'rolldown.config.js', 'tsconfig.json', 'tsconfig.build.json'];
// Folders count too: a file that went away changed its folder.
const newest = Math.max(...['src', ...sources, ...settings].map((path) => statSync(path).mtimeMs));
if (newest >= made) execSync('npm run build', { stdio: 'inherit' });
else process.stdout.write('built already\n');
