import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Lang } from '../messages/lang.js';
import { askWords } from '../messages/screens/ask.js';
import type { Screen } from '../report/screen.js';
import { clean } from '../report/terminal.js';
import { droppedPath, filesNear } from './files-near.js';
import type { Prompts, System } from './system.js';

/** What questions are asked with. */
export interface Asking {
  readonly system: System;
  readonly prompts: Prompts;
  readonly lang: Lang;
  /** The workspace in which the person is, absolute, or null. */
  readonly workspace: string | null;
  /** A path as the person would type it. */
  shown(path: string): string;
  /** Shows something before a question. */
  say(draw: (screen: Screen) => void): void;
}

export interface FileQuestion {
  /** The whole question. */
  readonly question: string;
  /** How names may end, in lower case. */
  readonly ends: readonly string[];
  /** Whether there may be none. */
  readonly optional: boolean;
  /** What happens where there is none. */
  readonly without?: string;
}

const OTHER = '\u0000other';
const NONE = '\u0000none';

/** Asks for a file: one that lies near, or any other by its path. Null if there is none yet. */
export async function askFile(
  asking: Asking,
  { question, ends, optional, without }: FileQuestion,
): Promise<string | null> {
  const { system, prompts, lang } = asking;
  const words = askWords[lang];
  const near = filesNear(system, asking.workspace, ends);
  const choices = [
    ...near.map(({ path }) => ({ value: path, name: clean(asking.shown(path)) })),
    { value: OTHER, name: words.otherFile },
    // Where the program does it if there is none, that is the usual answer.
    ...(optional ? [{ value: NONE, name: without ?? words.noFile, chosen: without !== undefined }] : []),
  ];
  for (;;) {
    const answer =
      near.length === 0 && !optional
        ? { chosen: OTHER }
        : await prompts.chooseOrType(question, choices, words.chooseKeys);
    if ('chosen' in answer && answer.chosen === NONE) return null;
    if ('chosen' in answer && answer.chosen !== OTHER) return answer.chosen;
    const typed = droppedPath(
      await prompts.line(
        near.length === 0 ? `${question} ${words.typePath}` : words.typePath,
        '',
        'typed' in answer ? answer.typed : '',
      ),
    );
    // Nothing typed: back to the choice.
    if (typed === '') continue;
    const path = resolve(system.cwd, typed);
    if (existsSync(path)) return path;
    system.stderr.write(`  ${words.notThere(clean(basename(typed)))}\n`);
  }
}

/** Asks for one of several. */
export function askOne<Value extends string>(
  { prompts, lang }: Asking,
  question: string,
  choices: readonly { readonly value: Value; readonly name: string; readonly note?: string }[],
  usual?: Value,
): Promise<Value> {
  return prompts
    .choose(
      question,
      choices.map((choice) => ({ ...choice, chosen: choice.value === usual })),
      askWords[lang].chooseKeys,
    )
    .then(
      (given) =>
        choices.find(({ value }) => value === given)?.value ?? Promise.reject(new Error('no such answer')),
    );
}

/** Asks for a line until it can be read. @param read gives null for what means nothing */
export async function askText<T>(
  { system, prompts, lang }: Asking,
  question: string,
  {
    usual,
    read,
    how,
  }: { readonly usual?: string; readonly read: (text: string) => T | null; readonly how?: string },
): Promise<T> {
  for (;;) {
    const value = read(await prompts.line(question, usual));
    if (value !== null) return value;
    system.stderr.write(`  ${askWords[lang].again(how ?? '')}\n`);
  }
}
