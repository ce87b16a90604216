import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEYS, Terminal } from '../kit/terminal.js';

const prompts = pathToFileURL(join(import.meta.dirname, '../../dist/program/prompts.js')).href;

/** Asks one question on a real terminal and prints what came of it. */
const PROGRAM = `
import { terminalPrompts } from '${prompts}';
const ask = terminalPrompts(process.stdin, process.stderr);
const list = [
  { value: 'a', name: '甲', chosen: true },
  { value: 'b', name: '乙' },
  { value: 'c', name: '丙', barred: '不交出' },
];
try {
  const given = await {
    line: () => ask.line('名称', '平常的'),
    choose: () => ask.choose('选一个', list, '回车确定'),
    several: () => ask.several('选几个', list, '空格改变', '、'),
    drop: async () => {
      const answer = await ask.chooseOrType('哪个文件', list, '回车确定');
      return 'chosen' in answer ? answer : { typed: await ask.line('路径', '', answer.typed) };
    },
  }[process.argv[2]]();
  console.log('=' + JSON.stringify(given) + '=');
} catch (error) {
  console.log('=' + error.name + '=');
}
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-prompts-'));
  writeFileSync(join(folder, 'ask.mjs'), PROGRAM);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Not a key: the next question is waited for. */
const WAIT = 'wait';

async function asked(kind: string, sees: string, ...keys: readonly string[]): Promise<string> {
  const terminal = new Terminal(['node', 'ask.mjs', kind], { cwd: folder });
  await terminal.sees(sees);
  for (const key of keys) {
    if (key === WAIT) await terminal.sees('路径');
    else await terminal.press(key);
  }
  await terminal.ended();
  return /=(.*)=/.exec(terminal.drawn)?.[1] ?? '';
}

describe('questions on a terminal', () => {
  it.each<readonly [string, string, readonly string[], string]>([
    ['line', '名称', ['张三家政', KEYS.left, KEYS.left, '北京', KEYS.enter], '"张三北京家政"'],
    ['line', '名称', [KEYS.enter], '"平常的"'],
    ['line', '名称', ['x', KEYS.backspace, KEYS.enter], '"平常的"'],
    ['line', '名称', [KEYS.escape], 'AbortPromptError'],
    ['line', '名称', [KEYS.interrupt], 'ExitPromptError'],
    ['choose', '选一个', [KEYS.down, KEYS.enter], '"b"'],
    ['choose', '选一个', [KEYS.down, KEYS.down, KEYS.enter], '"b"'],
    ['choose', '选一个', [KEYS.escape], 'AbortPromptError'],
    ['drop', '哪个文件', [KEYS.down, KEYS.enter], '{"chosen":"b"}'],
    // A file dropped onto the list is that file, and never the one at which the pointer stands; so with Enter in the same piece.
    ['drop', '哪个文件', ["'/下载/客户 表.xlsx' ", WAIT, KEYS.enter], `{"typed":"'/下载/客户 表.xlsx'"}`],
    ['drop', '哪个文件', ['/下载/乙.csv\r', WAIT, KEYS.enter], '{"typed":"/下载/乙.csv"}'],
    ['several', '选几个', [KEYS.down, KEYS.space, KEYS.enter], '["a","b"]'],
    ['several', '选几个', [KEYS.space, KEYS.enter], '[]'],
  ])('%s: %s %j', async (kind, sees, keys, given) => {
    expect(await asked(kind, sees, ...keys)).toBe(given);
  });
});
