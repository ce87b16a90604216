import { type NativeCause, nativeWords } from '../engines.js';
import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/**
 * Problems of the command line itself: what was typed, the passphrase, the person's answer, and the unexpected. `given` is what the user
 * typed; `nearest` is the nearest word that exists, or empty.
 */
export type CliProblem =
  | { readonly code: 'CLI_UNKNOWN_COMMAND'; readonly given: string; readonly nearest: string }
  | { readonly code: 'CLI_COMMAND_MISSING'; readonly group: string; readonly verbs: readonly string[] }
  | {
      readonly code: 'CLI_UNKNOWN_OPTION';
      readonly given: string;
      readonly nearest: string;
      readonly command: string;
    }
  | {
      readonly code: 'CLI_MISSING_ARGUMENT';
      readonly argument: string;
      /** Which of the arguments, from 0. */
      readonly place: number;
      readonly command: string;
    }
  | { readonly code: 'CLI_EXCESS_ARGUMENTS'; readonly allowed: number; readonly command: string }
  | { readonly code: 'CLI_OPTION_MISSING'; readonly option: string; readonly command: string }
  | { readonly code: 'CLI_OPTION_VALUE_MISSING'; readonly option: string }
  | { readonly code: 'CLI_OPTION_VALUE'; readonly option: string; readonly allowed: readonly string[] }
  | { readonly code: 'CLI_OPTION_NUMBER'; readonly option: string }
  | { readonly code: 'CLI_OPTIONS_CONFLICT'; readonly option: string; readonly other: string }
  | { readonly code: 'CLI_OPERATOR_UNKNOWN' }
  | { readonly code: 'CLI_SETTINGS_UNREADABLE'; readonly path: string }
  | { readonly code: 'CLI_SETTINGS_LINE'; readonly path: string; readonly line: number }
  | { readonly code: 'CLI_NO_WORKSPACE' }
  | { readonly code: 'CLI_NEEDS_ANSWER'; readonly option: string }
  | { readonly code: 'CLI_DECLINED' }
  | { readonly code: 'KEY_NO_PASSPHRASE'; readonly option: string }
  | { readonly code: 'KEY_PASSPHRASE_DIFFERS' }
  | { readonly code: 'KEY_PASSPHRASE_SHORT'; readonly least: number }
  | { readonly code: 'KEY_PASSPHRASE_SOURCE'; readonly option: string }
  | { readonly code: 'CLI_INTERRUPTED' }
  | { readonly code: 'CLI_TERMINATED' }
  | { readonly code: 'CLI_NATIVE_MODULE'; readonly cause: NativeCause }
  | { readonly code: 'CLI_FAULT'; readonly kind: string };

export const cliExits: Exits<CliProblem> = {
  CLI_UNKNOWN_COMMAND: 'usage',
  CLI_COMMAND_MISSING: 'usage',
  CLI_UNKNOWN_OPTION: 'usage',
  CLI_MISSING_ARGUMENT: 'usage',
  CLI_EXCESS_ARGUMENTS: 'usage',
  CLI_OPTION_MISSING: 'usage',
  CLI_OPTION_VALUE_MISSING: 'usage',
  CLI_OPTION_VALUE: 'usage',
  CLI_OPTION_NUMBER: 'usage',
  CLI_OPTIONS_CONFLICT: 'usage',
  CLI_OPERATOR_UNKNOWN: 'usage',
  CLI_SETTINGS_UNREADABLE: 'usage',
  CLI_SETTINGS_LINE: 'usage',
  CLI_NO_WORKSPACE: 'usage',
  CLI_NEEDS_ANSWER: 'usage',
  CLI_DECLINED: 'refused',
  KEY_NO_PASSPHRASE: 'key',
  KEY_PASSPHRASE_DIFFERS: 'key',
  KEY_PASSPHRASE_SHORT: 'key',
  KEY_PASSPHRASE_SOURCE: 'key',
  CLI_INTERRUPTED: 'interrupted',
  CLI_TERMINATED: 'terminated',
  CLI_NATIVE_MODULE: 'fault',
  CLI_FAULT: 'fault',
};

const AGAIN_ZH = '没有留下写了一半的文件；再次运行同一条命令即可继续或重新开始。';
const AGAIN_EN = 'No half-written file was left; run the same command again to continue or start over.';

export const cliSentences: Bilingual<CliProblem> = {
  zh: {
    CLI_UNKNOWN_COMMAND: (p) => ({
      what: `没有“${p.given}”这个命令。`,
      fix: p.nearest === '' ? '运行 handover --help 查看全部命令。' : `您是不是想用：handover ${p.nearest}`,
    }),
    CLI_COMMAND_MISSING: (p) => ({
      what: `handover ${p.group} 后面还缺一个动作。`,
      fix: `可以是：${p.verbs.map((verb) => `handover ${p.group} ${verb}`).join('、')}`,
    }),
    CLI_UNKNOWN_OPTION: (p) => ({
      what: `没有“${p.given}”这个选项。`,
      fix:
        p.nearest === ''
          ? `运行 handover ${withSpace(p.command)}--help 查看可用的选项。`
          : `您是不是想用：${p.nearest}`,
    }),
    CLI_MISSING_ARGUMENT: (p) => ({
      what: `缺少参数：${p.argument}。`,
      fix: `用法见 handover ${withSpace(p.command)}--help`,
    }),
    CLI_EXCESS_ARGUMENTS: (p) => ({
      what:
        p.allowed === 0 ? '这个命令不带参数，却给了参数。' : `参数太多，这个命令最多只要 ${p.allowed} 个。`,
      fix: `文件名里有空格时请加引号。用法见 handover ${withSpace(p.command)}--help`,
    }),
    CLI_OPTION_MISSING: (p) => ({
      what: `缺少选项 ${p.option}。`,
      fix: `用法见 handover ${withSpace(p.command)}--help`,
    }),
    CLI_OPTION_VALUE_MISSING: (p) => ({
      what: `选项 ${p.option} 后面缺少它的值。`,
      fix: `请写成 ${p.option} 值`,
    }),
    CLI_OPTION_VALUE: (p) => ({
      what: `选项 ${p.option} 的值不对。`,
      fix: `可以是：${p.allowed.join('、')}`,
    }),
    CLI_OPTION_NUMBER: (p) => ({
      what: `选项 ${p.option} 的值应当是一个整数。`,
      fix: `请写成 ${p.option} 20 的样子。`,
    }),
    CLI_OPTIONS_CONFLICT: (p) => ({
      what: `${p.option} 和 ${p.other} 不能同时使用。`,
      fix: '请去掉其中一个。',
    }),
    CLI_OPERATOR_UNKNOWN: () => ({
      what: '不知道是谁在操作，而每一步都要记入日志。',
      fix: '请加上 --operator 您的姓名，或设置环境变量 HANDOVER_OPERATOR。',
    }),
    CLI_SETTINGS_UNREADABLE: (p) => ({
      what: `设置文件 ${p.path} 读不出来。`,
      fix: '它应当是 UTF-8 文本文件，只有几行。改好它，或者删掉它。',
    }),
    CLI_SETTINGS_LINE: (p) => ({
      what: `设置文件 ${p.path} 的第 ${p.line} 行看不懂。`,
      fix: '每行写一项：operator: 您的姓名、lang: zh 或 en、workspace: 工作区文件夹。',
    }),
    CLI_NO_WORKSPACE: () => ({
      what: '这里不是工作区，上级文件夹也不是。',
      fix: '请先进入工作区文件夹（cd），或加上 --workspace 文件夹；还没有工作区时运行 handover init。',
    }),
    CLI_NEEDS_ANSWER: (p) => ({
      what: '这一步需要您确认，但现在无法提问。什么都没有做。',
      fix: `确认无误后，请在命令后面加上 ${p.option}。`,
    }),
    CLI_DECLINED: () => ({
      what: '您没有确认，什么都没有做。',
      fix: '需要时再次运行同一条命令。',
    }),
    KEY_NO_PASSPHRASE: (p) => ({
      what: '需要口令，但现在无法提问。',
      fix: `请用 ${p.option} 文件 提供口令。不要把口令写在命令行里。`,
    }),
    KEY_PASSPHRASE_DIFFERS: () => ({
      what: '两次输入的口令不一样。',
      fix: '请再运行一次，两次输入同样的口令。',
    }),
    KEY_PASSPHRASE_SHORT: (p) => ({
      what: `口令太短，至少要 ${p.least} 个字符。`,
      fix: '几个不相干的词连在一起，既难猜又好记。',
    }),
    KEY_PASSPHRASE_SOURCE: (p) => ({
      what: `无法从 ${p.option} 读出口令。`,
      fix: '请确认文件存在、可读，第一行就是口令（UTF-8，不为空）。',
    }),
    CLI_INTERRUPTED: () => ({ what: '已中断。', fix: AGAIN_ZH }),
    CLI_TERMINATED: () => ({ what: '收到结束信号，已停止。', fix: AGAIN_ZH }),
    CLI_NATIVE_MODULE: (p) => ({
      what: `${nativeWords.zh[p.cause].what}handover 打不开任何工作区。`,
      fix: nativeWords.zh[p.cause].fix,
    }),
    CLI_FAULT: (p) => ({
      what: `出现了意外的错误（${p.kind}）。`,
      fix: '这是程序的缺陷，请报告给我们：写明命令和 handover --version 的输出，不要附上客户资料。加上 --debug 可以看到出错的位置。',
    }),
  },
  en: {
    CLI_UNKNOWN_COMMAND: (p) => ({
      what: `There is no command “${p.given}”.`,
      fix:
        p.nearest === '' ? 'Run handover --help to see all commands.' : `Did you mean: handover ${p.nearest}`,
    }),
    CLI_COMMAND_MISSING: (p) => ({
      what: `handover ${p.group} needs a verb.`,
      fix: `One of: ${p.verbs.map((verb) => `handover ${p.group} ${verb}`).join(', ')}`,
    }),
    CLI_UNKNOWN_OPTION: (p) => ({
      what: `There is no option “${p.given}”.`,
      fix:
        p.nearest === ''
          ? `Run handover ${withSpace(p.command)}--help to see the options.`
          : `Did you mean: ${p.nearest}`,
    }),
    CLI_MISSING_ARGUMENT: (p) => ({
      what: `An argument is missing: ${p.argument}.`,
      fix: `See handover ${withSpace(p.command)}--help`,
    }),
    CLI_EXCESS_ARGUMENTS: (p) => ({
      what:
        p.allowed === 0
          ? 'This command takes no arguments, but one was given.'
          : `Too many arguments: this command takes at most ${p.allowed}.`,
      fix: `Quote a file name that has spaces. See handover ${withSpace(p.command)}--help`,
    }),
    CLI_OPTION_MISSING: (p) => ({
      what: `The option ${p.option} is missing.`,
      fix: `See handover ${withSpace(p.command)}--help`,
    }),
    CLI_OPTION_VALUE_MISSING: (p) => ({
      what: `The option ${p.option} needs a value.`,
      fix: `Write it like ${p.option} VALUE`,
    }),
    CLI_OPTION_VALUE: (p) => ({
      what: `The option ${p.option} does not know this value.`,
      fix: `One of: ${p.allowed.join(', ')}`,
    }),
    CLI_OPTION_NUMBER: (p) => ({
      what: `The option ${p.option} needs a whole number.`,
      fix: `Write it like ${p.option} 20`,
    }),
    CLI_OPTIONS_CONFLICT: (p) => ({
      what: `${p.option} and ${p.other} cannot be used together.`,
      fix: 'Leave one of them out.',
    }),
    CLI_OPERATOR_UNKNOWN: () => ({
      what: 'Nobody said who is at the keyboard, and every step is logged.',
      fix: 'Add --operator YOUR-NAME or set the environment variable HANDOVER_OPERATOR.',
    }),
    CLI_SETTINGS_UNREADABLE: (p) => ({
      what: `The settings file ${p.path} cannot be read.`,
      fix: 'It is a text file in UTF-8 with a few lines. Mend it, or delete it.',
    }),
    CLI_SETTINGS_LINE: (p) => ({
      what: `Line ${p.line} of the settings file ${p.path} says nothing that is known.`,
      fix: 'One of these on each line: operator: YOUR-NAME, lang: zh or en, workspace: FOLDER.',
    }),
    CLI_NO_WORKSPACE: () => ({
      what: 'This folder is not a workspace, nor is any folder above it.',
      fix: 'Go to the workspace folder (cd) or add --workspace FOLDER; if there is none yet, run handover init.',
    }),
    CLI_NEEDS_ANSWER: (p) => ({
      what: 'This step needs your consent, and nobody can be asked here. Nothing was done.',
      fix: `When you are sure, add ${p.option}.`,
    }),
    CLI_DECLINED: () => ({
      what: 'You did not confirm, so nothing was done.',
      fix: 'Run the same command again when you want it.',
    }),
    KEY_NO_PASSPHRASE: (p) => ({
      what: 'A passphrase is needed, and nobody can be asked here.',
      fix: `Give it with ${p.option} FILE. Never put it on the command line.`,
    }),
    KEY_PASSPHRASE_DIFFERS: () => ({
      what: 'The two passphrases differ.',
      fix: 'Run it again and type the same passphrase twice.',
    }),
    KEY_PASSPHRASE_SHORT: (p) => ({
      what: `The passphrase is too short; it needs at least ${p.least} characters.`,
      fix: 'A few unrelated words in a row are hard to guess and easy to remember.',
    }),
    KEY_PASSPHRASE_SOURCE: (p) => ({
      what: `No passphrase could be read from ${p.option}.`,
      fix: 'Check that the file exists, that you may read it, and that its first line is the passphrase (UTF-8, not empty).',
    }),
    CLI_INTERRUPTED: () => ({ what: 'Interrupted.', fix: AGAIN_EN }),
    CLI_TERMINATED: () => ({ what: 'Stopped by a signal.', fix: AGAIN_EN }),
    CLI_NATIVE_MODULE: (p) => ({
      what: `${nativeWords.en[p.cause].what}, so no workspace can be opened.`,
      fix: nativeWords.en[p.cause].fix,
    }),
    CLI_FAULT: (p) => ({
      what: `Something unexpected happened (${p.kind}).`,
      fix: 'This is a fault of the program. Please report it, with the command and the output of handover --version, and without any customer data. Add --debug to see where it happened.',
    }),
  },
};

function withSpace(command: string): string {
  return command === '' ? '' : `${command} `;
}
