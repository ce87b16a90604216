import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { resultJson, resultText } from '../src/cli/command-result.js';
import type { CommandContext, CommandResult } from '../src/cli/context.js';
import type { Invocation } from '../src/cli/parse.js';
import { COMMAND_NAMES, type CommandName, type CommandShape, SHAPES } from '../src/cli/shapes.js';
import { Screen, type ScreenSetting } from '../src/report/screen.js';
import { Beginnings } from './cli/beginnings.js';
import { isTooWide, readScript, runScript } from './cli/script.js';
import { repeatableRandom } from './cli/world.js';
import { requireSchema, unseenIn } from './kit/documents.js';
import { disagreements } from './kit/figures.js';
import { slugOf } from './kit/schemas.js';
import { unshown, watchedCount } from './kit/words-shown.js';

/** All documents by their schema, and what was wrong with those of the present script. */
const { documents, misfits } = vi.hoisted(() => ({
  documents: new Map<string, unknown[]>(),
  misfits: [] as unknown[],
}));

// Every command of every script is held against the schema of its document, whether it was asked for --json or not.
vi.mock('../src/cli/commands.js', async (original) => {
  const { perform } = await original<typeof import('../src/cli/commands.js')>();
  return {
    perform: async (invocation: Invocation<CommandName>, context: CommandContext): Promise<CommandResult> => {
      await drawInChinese(invocation, context, perform);
      const outcome = await perform(invocation, context);
      hold(resultJson(invocation.name, outcome, invocation.dryRun));
      return outcome;
    },
  };
});

// What the outputs say in the end is read in one session.
vi.mock('../src/steps/session/session.js', async (original) => {
  const real = await original<typeof import('../src/steps/session/session.js')>();
  const { sharing } = await import('./kit/one-session.js');
  return { ...real, withSession: sharing(real.withSession) };
});

// Every figure in the words of screens is remembered.
vi.mock('../src/messages/screens/screen.js', async (original) => {
  const real = await original<typeof import('../src/messages/screens/screen.js')>();
  const { watched } = await import('./kit/words-shown.js');
  const screen = (...tables: readonly unknown[]): unknown => {
    const file = /screens\/([\w-]+)\.ts/.exec(new Error().stack?.split('\n')[2] ?? '')?.[1] ?? '?';
    const [zh, en] = tables.map((table) => watched(table, file));
    return { zh, en };
  };
  return { ...real, screen };
});

// And every failure.
vi.mock('../src/cli/failure.js', async (original) => {
  const real = await original<typeof import('../src/cli/failure.js')>();
  const failureText: typeof real.failureText = (problem, lang, setting) => {
    hold(real.failureJson(problem, lang));
    holdWidth(real.failureText(problem, 'zh', { ...PAPER, columns: setting.columns }), setting.columns);
    return real.failureText(problem, lang, setting);
  };
  return { ...real, failureText };
});

/** How a screen is drawn whose width alone is looked at. */
const PAPER: ScreenSetting = { columns: 80, color: false, ascii: false };

function holdWidth(text: string, columns: number): void {
  for (const line of text.split('\n'))
    if (isTooWide(line, columns)) misfits.push(new Error(`wider than ${columns}, in Chinese: ${line}`));
}

/** How many screens of a command are drawn in Chinese as well, and how many rehearsed for it: a test is to be quick. */
const MOST_IN_CHINESE = { looked: 6, rehearsed: 2 };
const drawn = new Map<string, number>();
/** Commands that change nothing, so that they can be performed twice. The others are rehearsed where they can be. */
const LOOKS =
  /(?:show|list|status|duplicates|laws|schedule|persons|verify|words|report|form|history)$|^(?:doctor|profile|deal check|policy diff)$/;

/** Scripts are in English for the most part. What they show is drawn in Chinese too, where nothing changes by it. */
async function drawInChinese(
  { name, ...rest }: Invocation<CommandName>,
  context: CommandContext,
  perform: (invocation: Invocation<CommandName>, context: CommandContext) => Promise<CommandResult>,
): Promise<void> {
  const shape: CommandShape = SHAPES[name];
  const count = drawn.get(name) ?? 0;
  const isWritten = ['html', 'out', 'ics', 'jsonld', 'sheet', 'md'].some(
    (key) => rest.input.options[key as never] !== undefined,
  );
  const dryRun = shape.dryRun === true;
  const isSafe = !isWritten && (LOOKS.test(name) || dryRun);
  const most = dryRun ? MOST_IN_CHINESE.rehearsed : MOST_IN_CHINESE.looked;
  if (!isSafe || context.lang === 'zh' || count >= most) return;
  drawn.set(name, count + 1);
  const screens = new Screen(PAPER);
  const asZh: CommandContext = {
    ...context,
    lang: 'zh',
    dryRun,
    runtime: Object.create(context.runtime, {
      lang: { value: 'zh' },
      random: { value: repeatableRandom('zh') },
    }),
    say: (draw) => draw(screens),
    ask: null,
    asking: null,
    confirm: async () => undefined,
  };
  try {
    const outcome = await perform({ name, ...rest, dryRun }, asZh);
    holdWidth(
      resultText(outcome, { lang: 'zh', setting: PAPER, dryRun, quiet: false }) + screens.text(),
      PAPER.columns,
    );
  } catch {
    // What is refused is drawn as a failure.
  }
}

function hold(printed: string): void {
  try {
    const document: unknown = JSON.parse(printed);
    const schema = requireSchema(document);
    documents.set(schema, [...(documents.get(schema) ?? []), document]);
  } catch (error) {
    // Thrown here, it would be a fault of the program, of which no message is shown.
    misfits.push(error);
  }
}

const scripts = join(import.meta.dirname, '..', 'fixtures', 'scripts');

const load = (name: string): string => readFileSync(join(scripts, name), 'utf8');

function workspacesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'handover.db')));
}

// And where it ended, every output that tells figures and days is held against the others.
describe('scripts: what users see', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handover-script-'));
  const beginnings = new Beginnings();
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    beginnings.remove();
  });

  for (const file of readdirSync(scripts).filter((name) => name.endsWith('.txt'))) {
    test(file.replace('.txt', ''), async () => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      const time = await runScript(readScript(load(file), load), folder, beginnings);
      for (const misfit of misfits.splice(0)) throw misfit;
      for (const name of workspacesIn(folder))
        expect(await disagreements(join(folder, name), time), name).toEqual([]);
      misfits.splice(0);
    });
  }

  test('most of which begin with what another one has done', () => {
    expect(beginnings.begun).toBeGreaterThan(100);
  });
});

describe('what --json prints', () => {
  test('is shown for every command', () => {
    expect(COMMAND_NAMES.filter((name) => !documents.has(`results/${slugOf(name)}`))).toEqual([]);
  });

  test('has every key and form of its schema in some script, but for these', () => {
    expect(unseenIn(documents)).toEqual([
      // A profile of UTF-16 without a mark; words that were added.
      'results/profile.profile.encoding.evidence[]|6',
      'results/campaign-words.added[]',
    ]);
  });
});

describe('figures in the words of screens', () => {
  test('are all shown by some script, and not as nothing', () => {
    expect(watchedCount()).toBeGreaterThan(100);
    expect(unshown()).toEqual([]);
  });
});
