import { createHash } from 'node:crypto';
import { resultJson, resultText } from '../../src/cli/command-result.js';
import { perform } from '../../src/cli/commands.js';
import { createContext } from '../../src/cli/create-context.js';
import { parseCommandLine } from '../../src/cli/parse.js';
import { run, settingOf } from '../../src/cli/run.js';
import type { Choice, System, Output, SignalName } from '../../src/cli/system.js';
import { unlockingOf } from '../../src/cli/unlocking.js';
import { HandoverError } from '../../src/messages/error.js';
import { requireSchema } from '../kit/documents.js';
import '../kit/once.js';

/** What a command printed and how it ended. */
export interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface WorldSetting {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly time?: string;
  /** Milliseconds by which progress is told; if none are given, no time passes, however slow the machine is. */
  readonly elapsed?: () => number;
  readonly columns?: number;
  /** Answers of the person, in order; undefined: nobody can be asked. */
  readonly answers?: readonly string[] | undefined;
  readonly random?: System['random'];
  readonly locale?: string;
  readonly platform?: string;
  readonly onSignal?: (handler: (signal: SignalName) => void) => () => void;
}

/** How many blocks of 32 bytes were drawn. */
export interface Draws {
  count: number;
}

/** Randomness that repeats: SHA-256 of a seed and a counter. */
export function repeatableRandom(seed: string, draws: Draws = { count: 0 }): System['random'] {
  return (length) => {
    const blocks: Buffer[] = [];
    for (let size = 0; size < length; size += 32) {
      draws.count += 1;
      blocks.push(createHash('sha256').update(`${seed} ${draws.count}`).digest());
    }
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
  };
}

/** Runs one command line in a world of strings. Whatever it prints with --json has to fit its published schema. */
export async function runIn(setting: WorldSetting, ...argv: readonly string[]): Promise<Ended> {
  const { system, out, err } = worldOf(setting);
  const exit = await run(argv, system);
  if (argv.includes('--json')) requireSchema(JSON.parse(out()));
  return { exit, stdout: out(), stderr: err() };
}

/** A command that ended: what it prints with --json, and without. */
export interface Printed {
  readonly exit: number;
  readonly json: string;
  readonly text: string;
}

/** Performs a command once and prints what it found both ways. Null if it failed. */
export async function printedIn(setting: WorldSetting, ...argv: readonly string[]): Promise<Printed | null> {
  const { system } = worldOf(setting);
  const lang = 'en';
  const invocation = parseCommandLine(argv, lang);
  if (invocation.kind !== 'command') throw new Error(`no command: ${argv.join(' ')}`);
  const screens = settingOf(system.stdout, argv, system.env);
  try {
    const outcome = await perform(
      invocation,
      createContext(invocation, system, {
        lang,
        signal: new AbortController().signal,
        setting: screens,
        unlocking: unlockingOf(invocation, system, lang),
      }),
    );
    const json = resultJson(invocation.name, outcome, false);
    requireSchema(JSON.parse(json));
    const text = resultText(outcome, { lang, setting: screens, dryRun: false, quiet: false });
    return { exit: outcome.exit ?? 0, json, text };
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  }
}

interface World {
  readonly system: System;
  readonly out: () => string;
  readonly err: () => string;
}

function worldOf(setting: WorldSetting): World {
  const [out, stdout] = collector(setting.columns);
  const [err, stderr] = collector(setting.columns);
  const answers = setting.answers === undefined ? null : [...setting.answers];
  const answer = async (question: string): Promise<string> => {
    stderr.write(`${question}\n`);
    const next = answers?.shift();
    if (next === undefined) throw new Error(`nobody answers: ${question}`);
    return next;
  };
  const system: System = {
    stdout,
    stderr,
    prompts:
      answers === null
        ? null
        : {
            hidden: answer,
            line: async (question, usual) => (await answer(question)) || (usual ?? ''),
            yesNo: async (question) => (await answer(question)) === 'y',
            choose: (question, choices) => picked(answer, question, choices),
            chooseOrType: async (question, choices) => ({ chosen: await picked(answer, question, choices) }),
            several: async (question) => (await answer(question)).split(' ').filter(Boolean),
          },
    env: { LANG: 'en_US.UTF-8', ...setting.env },
    cwd: setting.cwd,
    locale: setting.locale ?? 'en-US',
    platform: setting.platform ?? 'linux',
    node: '20.20.2',
    now: () => new Date(setting.time ?? '2026-11-20T08:00:00Z'),
    elapsed: setting.elapsed ?? (() => 0),
    random: setting.random ?? repeatableRandom('handover'),
    onSignal: setting.onSignal ?? (() => () => undefined),
  };
  return { system, out, err };
}

/** Enter alone takes what the pointer begins at. */
async function picked(
  answer: (question: string) => Promise<string>,
  question: string,
  choices: readonly Choice[],
): Promise<string> {
  const given = await answer(question);
  const taken =
    given === ''
      ? (choices.find(({ chosen }) => chosen === true) ?? choices[0])
      : choices.find(({ value }) => value === given);
  if (taken === undefined) throw new Error(`${question} has no ${given}`);
  return taken.value;
}

function collector(columns: number | undefined): [() => string, Output] {
  let text = '';
  return [
    () => text,
    {
      write: (more) => {
        text += more;
      },
      isTTY: false,
      columns,
    },
  ];
}
