import { basename } from 'node:path';
import { HandoverError } from '../messages/error.js';
import type { Lang } from '../messages/lang.js';
import { exitOf, type Problem } from '../messages/problem.js';
import { problemSentence } from '../report/problem-sentence.js';
import { Screen, type ScreenSetting } from '../report/screen.js';
import { clean } from '../report/terminal.js';
import { errnoOf, translateErrno } from '../store/errno.js';

/** The problem for an error of any kind. What a library says is never repeated: it may hold a customer's values. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HandoverError) return error.problem;
  if (systemCode(error) === 'SQLITE_FULL') return { code: 'DISK_FULL', name: fileOf(error) };
  // Whatever the system refuses is a state of the machine, wherever it does.
  if (errnoOf(error) !== null) return translateErrno(error, fileOf(error)).problem;
  return { code: 'CLI_FAULT', kind: kindOf(error) };
}

function systemCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}

/** The base name of the file that an error of the system is about. */
function fileOf(error: unknown): string {
  return error instanceof Error && 'path' in error && typeof error.path === 'string'
    ? basename(error.path)
    : 'handover.db';
}

/** The class of an error and, for errors of the system and of SQLite, its code: words of programmers, never of data. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = systemCode(error);
  const name = /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'Error';
  return /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? `${name} ${code}` : name;
}

/** A problem as people read it: the sentence with its code at the right edge, then what to do, indented. */
export function failureText(problem: Problem, lang: Lang, setting: ScreenSetting): string {
  return new Screen(setting).problem({ ...problemSentence(problem, lang), code: problem.code }).text();
}

/** A problem as the document of --json. */
export function failureJson(problem: Problem, lang: Lang): string {
  const { what, fix } = problemSentence(problem, lang);
  const document = {
    format: 'handover.error/1',
    code: problem.code,
    exit: exitOf(problem.code),
    problem,
    what,
    fix,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * Where in the program an error arose: function names, files and lines, without the message, which may hold data. Files are named from
 * the package on, so that no path of the machine is shown.
 */
export function traceText(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return '';
  return error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => /^\s+at (?:async )?(?:([\w.$<> ]+) \()?(?:file:\/\/)?(.*?):(\d+):(\d+)\)?$/.exec(line))
    .filter((found) => found !== null)
    .map(([, name = '', file = '', row = '', column = '']) => `  ${name} ${shortFile(file)}:${row}:${column}`)
    .map((line) => `${clean(line)}\n`)
    .join('');
}

function shortFile(file: string): string {
  const parts = file.split(/[\\/]/);
  const from = parts.findLastIndex((part) => part === 'node_modules' || part === 'dist' || part === 'src');
  return (from < 0 ? parts.slice(-1) : parts.slice(from)).join('/');
}
