import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { askLacking, lackingIn } from '../../src/cli/asking.js';
import { askTable } from '../../src/cli/guide/which-table.js';
import { marksOf, type StepId, stepsFor } from '../../src/cli/guide/steps.js';
import { parseCommandLine } from '../../src/cli/parse.js';
import type { Asking } from '../../src/cli/questions.js';
import { COMMAND_NAMES, type CommandShape, SHAPES } from '../../src/cli/shapes.js';
import { LANGS } from '../../src/messages/lang.js';
import { GATES } from '../../src/bundle/gates.js';
import { Firms } from '../kit/firms.js';
import type { DealStatus, StatusResult } from '../../src/steps/status/status.js';

/** Something that a command takes, by the word of its usage. */
function answer(command: (typeof COMMAND_NAMES)[number], key: string): string {
  const shape: CommandShape = SHAPES[command];
  const option = shape.options[key];
  if (option?.kind === 'choice' || option?.kind === 'choices') return option.of[0] ?? '';
  const value = option?.kind === 'flag' ? '' : (option?.value ?? shape.arguments[key]?.value ?? '');
  return { DATE: '2026-11-20', N: '1', TIME: '2026-11-20T08:00:00+08:00' }[value as string] ?? 'x';
}

describe('a command that lacks something on a terminal', () => {
  it.each(COMMAND_NAMES)('is asked for all of it, each once: %s', (command) => {
    const words = command.split(' ');
    const asked: string[] = [];
    for (
      let parsed = parseCommandLine(words, 'zh');
      parsed.kind === 'wrong';
      parsed = parseCommandLine(words, 'zh')
    ) {
      const lacking = lackingIn(parsed.problem);
      expect(lacking, `${words.join(' ')}: ${parsed.problem.code}`).not.toBe(null);
      if (lacking === null) return;
      expect(lacking.command).toBe(command);
      expect(asked).not.toContain(lacking.key);
      asked.push(lacking.key);
      const shape: CommandShape = SHAPES[command];
      const isArgument = shape.arguments[lacking.key] !== undefined;
      const flag = `--${lacking.key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
      words.push(...(isArgument ? [] : [flag]), answer(command, lacking.key));
    }
    const shape: CommandShape = SHAPES[command];
    const needed = [
      ...Object.entries(shape.arguments).flatMap(([key, { needed }]) => (needed ? [key] : [])),
      ...Object.entries(shape.options).flatMap(([key, option]) =>
        'needed' in option && option.needed === true ? [key] : [],
      ),
    ];
    expect(asked.sort()).toEqual(needed.sort());
  });

  it.each(LANGS)('is asked in words of a question where the help is none, in %s', async (lang) => {
    const questions: string[] = [];
    const asking = {
      lang,
      prompts: {
        line: async (question: string) => {
          questions.push(question);
          return 'x';
        },
        choose: async (
          question: string,
          choices: readonly { readonly value: string; readonly name: string }[],
        ) => {
          questions.push(question);
          expect(choices.map(({ name }) => name)).not.toContain('nda');
          return choices[0]?.value ?? '';
        },
      },
    } as unknown as Asking;
    await askLacking(asking, { command: 'campaign batch', key: 'channel' });
    await askLacking(asking, { command: 'papers add', key: 'as' });
    expect(questions).toEqual(
      lang === 'zh'
        ? ['用什么方式问？', '这是哪一种文件？']
        : ['How are they to be asked?', 'What kind of paper is it?'],
    );
  });
});

describe('a command that finds only then that it lacks something', () => {
  it('is begun anew with what was asked for', async () => {
    const firms = await Firms.meet();
    writeFileSync(firms.path('客户.csv'), '客户编号,姓名,手机号\nC0001,王小一,13800000001\n');
    // The first answer takes the file that lies there.
    const ended = await firms.runWith({ answers: [''] }, 'import', '--workspace', 'jia', '--lang', 'zh');
    expect(ended.stderr).toContain('客户表在哪里？');
    expect(ended.stderr).toContain('handover import --workspace jia --lang zh 客户.csv');
    expect(ended.stdout).toContain('3 列全部识别');
    const lone = await firms.runWith(
      { answers: ['cleared'] },
      'purge',
      'attest',
      '--place',
      'phones',
      '--workspace',
      'jia',
    );
    expect(lone.stderr + lone.stdout).not.toContain('CLI_OPTION_MISSING');
    const unasked = await firms.run('import', '--workspace', 'jia');
    expect(unasked.stderr).toContain('CLI_MISSING_ARGUMENT');
    firms.remove();
  });
});

describe('what the guide offers', () => {
  const accounting = { ask: 3, transfer: 1 } as DealStatus['accounting'];
  const offered = (deal: Partial<DealStatus>, after: StepId | null = null) =>
    stepsFor(
      'clerk',
      {
        role: 'seller',
        deals: [],
        requests: { open: 0 },
        purge: null,
        retention: { due: 0 },
        pending: [],
        lists: 1,
      } as unknown as StatusResult,
      {
        draft: null,
        after,
        deal: { id: 'D-1', lights: [], unwritten: null, accounting, ...deal } as DealStatus,
      },
    ).map(({ id }) => id);

  it.each([
    ['ask', ['ask-draft', 'ask-batch', 'ask-import', 'ask-status']],
    ['ask-on', ['ask-import', 'ask-batch', 'ask-status', 'check']],
    ['export', ['export', 'check', 'ask-import', 'ask-batch']],
    ['own-notice', ['own-notice']],
    // Whoever agrees later goes in a later bundle.
    ['done', ['report', 'ask-import', 'ask-batch', 'ask-status', 'check']],
  ] as const)('to ask customers, where the state asks for it: %s', (next, steps) => {
    expect(offered({ next }).slice(0, steps.length)).toEqual(steps);
  });

  it.each([
    [null, ['check-draft', 'sign-draft']],
    ['check-draft', ['sign-draft', 'check-draft']],
    ['papers-add', ['draft-again', 'check-draft']],
    ['import-more', ['draft-again', 'check-draft']],
  ] as const)('for a draft what comes after what was just done: %s', (after, first) => {
    const now = { role: 'seller', deals: [], requests: { open: 0 }, retention: { due: 0 }, pending: [] };
    const steps = stepsFor('clerk', { ...now, purge: null, lists: 1 } as unknown as StatusResult, {
      draft: 'deal.yaml',
      after,
      deal: null,
    });
    expect(steps.slice(0, 2).map(({ id }) => id)).toEqual(first);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });

  it.each([
    ['customers', ['卡.xlsx']],
    ['prepaid', ['--table', 'prepaid', '卡.xlsx']],
    ['consents', ['--consents', '卡.xlsx']],
  ])('a further file as what it holds: %s', async (kind, line) => {
    const asked: string[] = [];
    const asking = {
      lang: 'zh',
      system: { cwd: '/nowhere', env: {} },
      workspace: null,
      prompts: {
        choose: async (question: string) => {
          asked.push(question);
          return kind;
        },
        line: async (question: string) => {
          asked.push(question);
          return import.meta.filename;
        },
      },
      shown: () => '卡.xlsx',
    } as unknown as Asking;
    expect(await askTable(asking)).toEqual(line);
    expect(asked).toEqual(['这份表里是什么？', expect.stringContaining('在哪个文件里？')]);
  });

  it('whom to ask once the letter is written, and a check once answers are in', () => {
    expect(offered({ next: 'ask' }, 'ask-draft')[0]).toBe('ask-batch');
    expect(offered({ next: 'ask-on' }, 'ask-import')[0]).toBe('check');
  });

  it('nothing about asking where nobody has to be asked', () => {
    const nobody = { ask: 0, transfer: 4 } as DealStatus['accounting'];
    expect(offered({ next: 'export', accounting: nobody }).filter((id) => id.startsWith('ask'))).toEqual([]);
  });

  it.each([
    ['done', '✓ ✓'],
    ['export', '○ ○'],
    ['await-receipt', '✓ ○'],
  ] as const)('as done what is done of the bundle that comes next: %s', (next, wanted) => {
    const deal = {
      bundles: [{}],
      handover: { confirmed: 3 },
      approvals: { given: 1, needed: 1 },
      next,
      accounting,
    };
    const marks = marksOf(
      { role: 'seller', lists: 1 } as unknown as StatusResult,
      { ...deal, signed: { seller: true, buyer: true } } as unknown as DealStatus,
    );
    expect(
      marks
        .slice(-2)
        .map(([, isDone]) => (isDone ? '✓' : '○'))
        .join(' '),
    ).toBe(wanted);
  });

  it('papers, while a gate waits for one, and no longer', () => {
    const light = (isShut: boolean) =>
      GATES.map((gate) => ({
        gate,
        problem: isShut && gate === 'assessment' ? { code: 'GATE_ASSESSMENT' } : null,
      }));
    const lights = (isShut: boolean) => light(isShut) as unknown as DealStatus['lights'];
    expect(offered({ next: 'export', lights: lights(true) })).toEqual(
      expect.arrayContaining(['papers-draft', 'papers-add']),
    );
    expect(offered({ next: 'export', lights: lights(false) })).not.toContain('papers-add');
  });
});
