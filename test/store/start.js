import process from 'node:process';
import { runnerImport } from 'vite';

// Runs the default export of a TypeScript file of this folder in a process of its own: node start.js FILE ARGUMENTS…
const [path = '', ...args] = process.argv.slice(2);
/** @type {{ module: { default: (...args: readonly string[]) => unknown } }} */
const { module } = await runnerImport(path, { configFile: false, logLevel: 'silent' });
await module.default(...args);
