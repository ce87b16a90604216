import type { Problem } from '../messages/problem.js';

/**
 * Why SQLite cannot be loaded at all, or null for any other error. It is a module of machine code, compiled or downloaded by an install
 * script for one version of Node and one kind of computer. What the loader says names paths of the machine, so only the kind is told.
 */
export function nativeModuleProblem(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? error.code : '';
  const { message } = error;
  const isMissing =
    message.startsWith('Could not locate the bindings file') ||
    ((code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') &&
      message.includes('better-sqlite3')) ||
    (code === 'MODULE_NOT_FOUND' && message.includes('better_sqlite3.node'));
  if (isMissing) return { code: 'CLI_NATIVE_MODULE', cause: 'missing' };
  if (code !== 'ERR_DLOPEN_FAILED') return null;
  return {
    code: 'CLI_NATIVE_MODULE',
    cause: /NODE_MODULE_VERSION/.test(message) ? 'other-node' : 'other-system',
  };
}
