import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { instantOf } from '../../base/time.js';
import { HandoverError } from '../../messages/error.js';
import type { Lang } from '../../messages/lang.js';
import { exitOf } from '../../messages/problem.js';
import { guideWords } from '../../messages/screens/guide.js';
import { noProgress } from '../../report/progress.js';
import { Screen, type ScreenSetting } from '../../report/screen.js';
import { type Session, withSession } from '../../steps/session/session.js';
import { type DealStatus, status, type StatusResult } from '../../steps/status/status.js';
import { lastClerk } from '../../steps/status/last-clerk.js';
import { findWorkspace, isWorkspace } from '../../store/find-workspace.js';
import { askLacking, lackingIn } from '../asking.js';
import { commandLine } from '../command-line.js';
import { askingIn } from '../create-context.js';
import { failureText, problemOf } from '../failure.js';
import { droppedPath } from '../files-near.js';
import { parseCommandLine } from '../parse.js';
import type { Remembered } from '../passphrase.js';
import { isPromptAborted } from '../prompts.js';
import { type Asking, askOne, askText } from '../questions.js';
import type { System } from '../system.js';
import { askCommand } from './all-commands.js';
import { askTable } from './which-table.js';
import {
  marksOf,
  type Person,
  PERSONS,
  type Step,
  type StepId,
  stepsFor,
  usualDeal,
  VERIFYING,
} from './steps.js';

/** Runs a command line; handed in, because what runs commands also starts the guide. */
export type RunLine = (argv: readonly string[], system: System, remembered: Remembered) => Promise<number>;

/** What lies beside the steps on the menu. */
const LEAVE = 'leave';
const MORE = 'more';
const SWITCH = 'switch';

/**
 * `handover` alone on a terminal: asks, shows the command line that it is about to run, runs it, and comes back. It owns no logic: what can
 * be done next is what `status` says, and whatever it does is a command. Leaving a question leaves nothing half done.
 */
export async function guide(
  argv: readonly string[],
  system: System,
  lang: Lang,
  runLine: RunLine,
): Promise<number> {
  return new Guide(argv, system, lang, runLine).run();
}

class Guide {
  readonly #argv: readonly string[];
  readonly #lang: Lang;
  readonly #runLine: RunLine;
  /** Passphrases that were typed; gone with the process. */
  readonly #remembered: Remembered = new Map();
  #system: System;
  #person: Person = 'clerk';
  #name: string | null = null;
  /** The step that was taken last, if it went well. */
  #after: StepId | null = null;
  /** Whether it is known already who sits there. */
  #isSeated = false;

  constructor(argv: readonly string[], system: System, lang: Lang, runLine: RunLine) {
    this.#argv = argv;
    this.#system = system;
    this.#lang = lang;
    this.#runLine = runLine;
  }

  async run(): Promise<number> {
    const words = guideWords[this.#lang];
    this.#say((screen) => screen.say(words.welcome).gap());
    try {
      const dir = await this.#workspace();
      if (dir !== null) {
        this.#system = { ...this.#system, cwd: dir };
        if (!this.#isSeated) await this.#sitDown();
        await this.#stay(dir);
      }
    } catch (error) {
      if (error instanceof HandoverError) {
        const problem = problemOf(error);
        this.#system.stderr.write(failureText(problem, this.#lang, this.#setting));
        return exitOf(problem.code);
      }
      if (!isPromptAborted(error)) throw error;
    }
    this.#say((screen) => screen.say(words.left));
    return 0;
  }

  /** The menu, again and again, until the person leaves. */
  async #stay(dir: string): Promise<void> {
    const words = guideWords[this.#lang];
    for (let deal: string | null = null; ; ) {
      const now = await this.#look(dir);
      const chosen = now.deals.find(({ id }) => id === deal) ?? usualDeal(now.deals);
      this.#show(now, chosen);
      const draft = existsSync(join(dir, 'deal.yaml')) ? 'deal.yaml' : null;
      const steps = stepsFor(this.#person, now, { draft, after: this.#after, deal: chosen });
      const others = [
        ...(now.deals.length > 1 ? [{ value: 'deal', name: words.whichDeal }] : []),
        { value: MORE, name: words.steps.more },
        { value: SWITCH, name: words.steps.switch },
        { value: LEAVE, name: words.steps.leave },
      ];
      const answer = await askOne<string>(this.#asking, words.what, [
        ...steps.map(({ id }) => ({ value: `step ${id}`, name: words.steps[id] })),
        ...others,
      ]);
      if (answer === LEAVE) return;
      const step = steps.find(({ id }) => answer === `step ${id}`);
      await this.#unlessLeft(async () => {
        if (answer === 'deal') deal = await this.#askDeal(now.deals);
        else if (answer === SWITCH) await this.#sitDown(PERSONS.find((person) => person !== this.#person));
        else if (answer === MORE) await this.#any();
        else if (step !== undefined) await this.#take(step);
      });
    }
  }

  /** Runs something that may be left at any of its questions; then the menu is back. */
  async #unlessLeft(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!isPromptAborted(error)) throw error;
    }
  }

  /** Any command there is, by what it is about. */
  async #any(): Promise<void> {
    const command = await askCommand(this.#asking);
    if (command !== null) await this.#line(command.split(' '), this.#name);
  }

  /** Asks what a step needs, and runs it. */
  async #take({ id, command, words, ask, bySecond, asksTable }: Step): Promise<void> {
    const name = bySecond === true ? await this.#askName(guideWords[this.#lang].whoApproves, '') : this.#name;
    let line: readonly string[] = [...command.split(' '), ...words];
    if (asksTable === true) line = [...line, ...(await askTable(this.#asking))];
    for (const key of ask) line = [...line, ...(await askLacking(this.#asking, { command, key }))];
    const exit = await this.#line(line, name);
    this.#after = exit === 0 ? id : null;
  }

  /** Shows a command line and runs it. What it still lacks is asked for by the command itself, which shows the line then. */
  async #line(words: readonly string[], name: string | null): Promise<number> {
    const line = [...words, ...(name === null ? [] : ['--operator', name]), ...this.#argv];
    const parsed = parseCommandLine(line, this.#lang);
    const isWhole = parsed.kind !== 'wrong' || lackingIn(parsed.problem) === null;
    if (isWhole) this.#say((screen) => screen.gap().command(`$ ${commandLine(line)}`));
    const exit = await this.#runLine(line, this.#system, this.#remembered);
    this.#say((screen) => screen.gap());
    return exit;
  }

  /** Who sits there, and the name that goes into the log. */
  async #sitDown(usual: Person = this.#person): Promise<void> {
    const words = guideWords[this.#lang];
    const before = this.#person;
    this.#person = await askOne(
      this.#asking,
      words.who,
      PERSONS.map((value) => ({ value, name: words.persons[value] })),
      usual,
    );
    if (this.#person !== before) this.#remembered.clear();
    const { env } = this.#system;
    if (this.#person === 'clerk' && env['HANDOVER_OPERATOR'] !== undefined) this.#name = null;
    else
      this.#name = await this.#askName(words.name, this.#person === 'clerk' ? await this.#usualName() : '');
  }

  /** The name of the clerk who worked here last, else that of the account. */
  async #usualName(): Promise<string> {
    const { cwd, env } = this.#system;
    const last = await this.#within(cwd, lastClerk);
    return last ?? env['USER'] ?? env['USERNAME'] ?? '';
  }

  #askName(question: string, usual: string): Promise<string> {
    return askText(this.#asking, question, {
      usual,
      read: (text) => (text.trim() === '' || text.length > 100 ? null : text.trim().normalize('NFC')),
      how: guideWords[this.#lang].nameAgain,
    });
  }

  #askDeal(deals: readonly DealStatus[]): Promise<string> {
    return askOne(
      this.#asking,
      guideWords[this.#lang].whichDeal,
      deals.map(({ id, partner }) => ({ value: id, name: `${id}  ${partner}` })),
    );
  }

  /** The workspace to work in: the one here, one beside, or a new one. Null if nothing is left to do. */
  async #workspace(): Promise<string | null> {
    const { cwd } = this.#system;
    const here = findWorkspace(cwd);
    if (here !== null) return here;
    const near = workspacesIn(cwd);
    const words = guideWords[this.#lang];
    if (near.length === 1) return near[0] ?? null;
    if (near.length > 1)
      return askOne(
        this.#asking,
        words.whichWorkspace,
        near.map((dir) => ({ value: dir, name: basename(dir) })),
      );
    return this.#begin();
  }

  /** The first question of whoever has no workspace here. */
  async #begin(): Promise<string | null> {
    const words = guideWords[this.#lang];
    const role = await askOne(
      this.#asking,
      words.nowhere,
      (['seller', 'buyer', 'second', 'officer', 'open'] as const).map((value) => ({
        value,
        name: words.roles[value],
      })),
    );
    if (role === 'seller' || role === 'buyer') return this.#found(role);
    if (role === 'officer') return this.#verify();
    if (role === 'second') this.#person = 'second';
    return askText(this.#asking, words.folderOf, {
      read: (text) => {
        const dir = resolve(this.#system.cwd, droppedPath(text));
        return text.trim() !== '' && isWorkspace(dir) ? dir : null;
      },
      how: words.noWorkspace,
    });
  }

  /** Makes a workspace. */
  async #found(role: 'seller' | 'buyer'): Promise<string | null> {
    const words = guideWords[this.#lang];
    const asking = this.#asking;
    const some = (text: string): string | null => (text.trim() === '' ? null : text.trim());
    const firm = await askText(asking, words.firm, { read: some });
    const phone = await askText(asking, words.phone, { read: some });
    const { cwd } = this.#system;
    const folder = await askText(asking, words.folder, {
      usual: folderOf(firm),
      read: (text) => (some(text) === null || existsSync(resolve(cwd, text)) ? null : text.trim()),
      how: words.folderTaken,
    });
    const name =
      this.#system.env['HANDOVER_OPERATOR'] === undefined
        ? await this.#askName(words.name, this.#system.env['USER'] ?? '')
        : null;
    this.#name = name;
    this.#isSeated = true;
    await this.#line(['init', folder, '--role', role, '--name', firm, '--phone', phone], name);
    const dir = resolve(cwd, folder);
    if (!isWorkspace(dir)) return null;
    this.#say((screen) => screen.command(`$ cd ${commandLine([folder]).slice('handover '.length)}`).gap());
    return dir;
  }

  /** Verifies what was received, with nothing but the sender's card. */
  async #verify(): Promise<null> {
    const words = guideWords[this.#lang];
    for (;;) {
      const answer = await askOne<string>(this.#asking, words.what, [
        ...VERIFYING.map(({ id }) => ({ value: id, name: words.steps[id] })),
        { value: LEAVE, name: words.steps.leave },
      ]);
      const step = VERIFYING.find(({ id }) => id === answer);
      if (step === undefined) return null;
      await this.#unlessLeft(() => this.#take(step));
    }
  }

  /** What `status` looks at. */
  #look(dir: string): Promise<StatusResult> {
    return this.#within(dir, status);
  }

  /** Reads in a workspace what needs no passphrase. */
  #within<T>(dir: string, read: (session: Session) => T): Promise<T> {
    const { now, random } = this.#system;
    return withSession(
      dir,
      {
        now: () => instantOf(now()),
        random,
        operator: '',
        lang: this.#lang,
        progress: noProgress,
        signal: new AbortController().signal,
        passphrase: () => Promise.reject(new Error('the guide reads without a passphrase')),
      },
      async (session) => read(session),
    );
  }

  /** How far the handover is, in three lines. */
  #show(now: StatusResult, deal: DealStatus | null): void {
    const words = guideWords[this.#lang];
    const marks = marksOf(now, deal);
    const next = marks.findIndex(([, isDone]) => !isDone);
    this.#say((screen) => {
      screen.heading([now.party, words.partyRoles[now.role]].join(' · '));
      if (deal !== null) screen.say(words.withPartner(deal.id, deal.partner));
      screen.say(
        marks
          .map(([mark, isDone], i) => `${isDone ? '✓' : i === next ? '●' : '○'} ${words.marks[mark]}`)
          .join('  '),
      );
      screen.gap();
    });
  }

  get #asking(): Asking {
    return askingIn(this.#argv, this.#system, this.#lang, this.#setting);
  }

  get #setting(): ScreenSetting {
    const { stderr, env } = this.#system;
    return {
      columns: stderr.columns ?? 80,
      color: stderr.isTTY && !env['NO_COLOR'],
      ascii: env['TERM'] === 'dumb',
    };
  }

  #say(draw: (screen: Screen) => void): void {
    const screen = new Screen(this.#setting);
    draw(screen);
    this.#system.stderr.write(screen.text());
  }
}

/** Workspaces that lie in a folder. */
function workspacesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name))
      .filter(isWorkspace);
  } catch {
    return [];
  }
}

/** A folder by the name of the firm, without what every firm is called. */
function folderOf(firm: string): string {
  const short = firm
    .replace(/(?:股份)?有限(?:责任)?公司$|\b(?:Co|Ltd|Inc|LLC)\b\.?,?/giu, '')
    .replace(/[\\/:*?"<>|.\s]+/gu, '');
  return short === '' ? 'handover' : short;
}
