import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/parse.js';
import { COMMAND_NAMES, GLOBALS, SHAPES } from '../../src/cli/shapes.js';
import { nearestOf } from '../../src/cli/suggestion.js';

const parse = (line: string) => parseCommandLine(line === '' ? [] : line.split(' '), 'en');

describe('a command line', () => {
  test('gives arguments and options by their shapes', () => {
    expect(parse('export a.csv --deal D-1 --again')).toMatchObject({
      kind: 'command',
      name: 'export',
      input: {
        arguments: { file: 'a.csv' },
        options: { deal: 'D-1', again: true, force: false, out: undefined },
      },
      dryRun: false,
    });
  });

  test('takes global options before and after the command', () => {
    for (const line of ['--json --no-input status --operator Li', 'status --operator Li --no-input --json']) {
      expect(parse(line)).toMatchObject({
        kind: 'command',
        globals: { json: true, noInput: true, noColor: false, operator: 'Li', workspace: undefined },
      });
    }
  });

  test('collects an option that is repeated', () => {
    expect(parse('audit verify --against a --against b')).toMatchObject({
      input: { options: { against: ['a', 'b'] } },
    });
    expect(parse('audit verify')).toMatchObject({ input: { options: { against: [] } } });
  });

  test('knows an alias and --dry-run', () => {
    expect(parse('verify-and-import b.zip --dry-run')).toMatchObject({ name: 'receive', dryRun: true });
  });

  test('takes what follows -- as it is', () => {
    expect(parse('verify -- --odd-name.zip')).toMatchObject({
      input: { arguments: { bundle: '--odd-name.zip' } },
    });
  });

  test.each([
    ['', { kind: 'bare' }],
    ['--help', { kind: 'help', of: '' }],
    ['help', { kind: 'help', of: '' }],
    ['help card show', { kind: 'help', of: 'card show' }],
    ['card --help', { kind: 'help', of: 'card' }],
    ['import -h', { kind: 'help', of: 'import' }],
    ['--version', { kind: 'version' }],
  ])('%j', (line, wanted) => expect(parse(line)).toEqual(wanted));

  test.each([
    ['sttaus', { code: 'CLI_UNKNOWN_COMMAND', given: 'sttaus', nearest: 'status' }],
    ['quux', { code: 'CLI_UNKNOWN_COMMAND', given: 'quux', nearest: '' }],
    ['deal sgin x', { code: 'CLI_UNKNOWN_COMMAND', given: 'deal sgin', nearest: 'deal sign' }],
    [
      'deal',
      {
        code: 'CLI_COMMAND_MISSING',
        group: 'deal',
        verbs: ['init', 'amend', 'check', 'sign', 'show', 'abort'],
      },
    ],
    ['status --jsn', { code: 'CLI_UNKNOWN_OPTION', given: '--jsn', nearest: '--json', command: 'status' }],
    ['status --dry-run', { code: 'CLI_UNKNOWN_OPTION', given: '--dry-run', nearest: '', command: 'status' }],
    ['--bogus', { code: 'CLI_UNKNOWN_OPTION', given: '--bogus', nearest: '', command: '' }],
    ['verify', { code: 'CLI_MISSING_ARGUMENT', argument: 'BUNDLE', place: 0, command: 'verify' }],
    ['verify a b', { code: 'CLI_EXCESS_ARGUMENTS', allowed: 1, command: 'verify' }],
    ['extract', { code: 'CLI_OPTION_MISSING', option: '--format', command: 'extract' }],
    ['check --deal', { code: 'CLI_OPTION_VALUE_MISSING', option: '--deal' }],
    [
      'extract --format doc',
      { code: 'CLI_OPTION_VALUE', option: '--format', allowed: ['csv', 'ndjson', 'sqlite'] },
    ],
    ['audit log --last -3', { code: 'CLI_OPTION_NUMBER', option: '--last' }],
  ])('%s is wrong', (line, problem) => expect(parse(line)).toEqual({ kind: 'wrong', problem }));

  test('a secret is no option of any command', () => {
    const names = COMMAND_NAMES.flatMap((name) => Object.entries(SHAPES[name].options)).concat(
      Object.entries(GLOBALS),
    );
    for (const [name, shape] of names) {
      if (/pass|secret|key/i.test(name))
        expect(['FILE', 'NUMBER']).toContain('value' in shape ? shape.value : '');
    }
  });
});

test.each([
  ['improt', 'import'],
  ['reciept', 'receipt'],
  ['exprot', 'export'],
  ['x', ''],
  ['frobnicate', ''],
])('%s means %j', (given, wanted) => {
  expect(nearestOf(given, ['import', 'export', 'receipt', 'status'])).toBe(wanted);
});
