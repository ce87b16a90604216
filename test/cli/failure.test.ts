import { describe, expect, test } from 'vitest';
import { failureJson, failureText, problemOf, traceText } from '../../src/cli/failure.js';
import { HandoverError } from '../../src/messages/error.js';

const CUSTOMER = '张三13800000001';

function systemError(code: string, path?: string): Error {
  return Object.assign(new Error(`${code}: ${CUSTOMER}`), { code, path });
}

describe('what a failure stands for', () => {
  test.each([
    ['a problem', new HandoverError({ code: 'CLI_DECLINED' }), { code: 'CLI_DECLINED' }],
    ['a full disk', systemError('ENOSPC', '/home/li/客户.db'), { code: 'DISK_FULL', name: '客户.db' }],
    ['no permission', systemError('EACCES'), { code: 'FILE_PERMISSION', name: 'handover.db' }],
    ['a full database', systemError('SQLITE_FULL'), { code: 'DISK_FULL', name: 'handover.db' }],
    ['a bug', new TypeError(CUSTOMER), { code: 'CLI_FAULT', kind: 'TypeError' }],
    ['a library', systemError('SQLITE_CONSTRAINT'), { code: 'CLI_FAULT', kind: 'Error SQLITE_CONSTRAINT' }],
    ['no error at all', CUSTOMER, { code: 'CLI_FAULT', kind: 'unknown' }],
  ])('%s', (_, error, problem) => expect(problemOf(error)).toEqual(problem));

  test('a name that an error gives itself is not repeated', () => {
    const error = Object.assign(new Error('x'), { name: CUSTOMER, code: CUSTOMER });
    expect(problemOf(error)).toEqual({ code: 'CLI_FAULT', kind: 'Error' });
  });

  test('nothing of a message reaches text, document or trace', () => {
    const error = Object.assign(new Error(`${CUSTOMER}\n    at ${CUSTOMER} is no frame`), {
      cause: CUSTOMER,
    });
    const problem = problemOf(error);
    const setting = { columns: 80, color: false, ascii: false };
    const said = failureText(problem, 'zh', setting) + failureJson(problem, 'en') + traceText(error);
    expect(said).not.toContain(CUSTOMER);
    expect(said).not.toContain('13800000001');
  });

  test('the trace names functions and lines, from the package on', () => {
    const error = new Error('x');
    error.stack = [
      'Error: 张三',
      '    at read (/home/li/handover/dist/store/files.js:12:5)',
      '    at async run (file:///home/li/handover/dist/cli/run.js:3:1)',
      '    at new Thing (C:\\Users\\li\\handover\\dist\\cli\\x.js:9:2)',
    ].join('\n');
    expect(traceText(error)).toBe(
      '  read dist/store/files.js:12:5\n  run dist/cli/run.js:3:1\n  new Thing dist/cli/x.js:9:2\n',
    );
  });

  test('the document names code, exit number and parameters', () => {
    expect(JSON.parse(failureJson({ code: 'CLI_OPTION_NUMBER', option: '--last' }, 'en'))).toEqual({
      format: 'handover.error/1',
      code: 'CLI_OPTION_NUMBER',
      exit: 2,
      problem: { code: 'CLI_OPTION_NUMBER', option: '--last' },
      what: 'The option --last needs a whole number.',
      fix: 'Write it like --last 20',
    });
  });
});
