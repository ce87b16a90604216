import { runThreadsOn } from '../steps/workers/pool.js';
import { preferSqlite } from '../store/sqlite.js';

/**
 * For a program that is one executable file: its threads have their program from inside it, and SQLite is Node's own, so that nothing is
 * looked for in the folder in which the file happens to lie.
 *
 * @param threads what a thread runs, as a CommonJS script
 */
export function inOneFile(threads: string): void {
  runThreadsOn(threads);
  preferSqlite('builtin');
}
