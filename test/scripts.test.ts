import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { CommandContext, CommandResult } from '../src/cli/context.js';
import { resultJson } from '../src/cli/command-result.js';
import type { Invocation } from '../src/cli/parse.js';
import { COMMAND_NAMES, type CommandName } from '../src/cli/shapes.js';
import { readScript, runScript } from './cli/script.js';
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
      const outcome = await perform(invocation, context);
      hold(resultJson(invocation.name, outcome, invocation.dryRun));
      return outcome;
    },
  };
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
    return real.failureText(problem, lang, setting);
  };
  return { ...real, failureText };
});

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
  for (const file of readdirSync(scripts).filter((name) => name.endsWith('.txt'))) {
    test(file.replace('.txt', ''), async () => {
      const folder = mkdtempSync(join(tmpdir(), 'handover-script-'));
      try {
        const time = await runScript(readScript(load(file), load), folder);
        for (const misfit of misfits.splice(0)) throw misfit;
        for (const name of workspacesIn(folder))
          expect(await disagreements(join(folder, name), time), name).toEqual([]);
        misfits.splice(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});

describe('what --json prints', () => {
  test('is shown for every command', () => {
    expect(COMMAND_NAMES.filter((name) => !documents.has(`results/${slugOf(name)}`))).toEqual([]);
  });

  test('has every key and form of its schema in some script, but for these', () => {
    expect(unseenIn(documents)).toEqual([
      // UTF-16 without a mark, a second person who is awaited, an authority's answer, what a purge left, a lost signature; when who was only told may object; words that were added.
      'results/import.imports[].encoding.evidence[]|6',
      'results/subject-withdraw.ended',
      'results/notice-apply.waits',
      'results/audit-verify.stamped[]',
      'results/purge-run.remnants[]',
      'results/campaign-words.added[]',
      'results/campaign-status.objection',
      'results/audit-pack.unsigned_manifests[]',
      'results/audit-timestamp',
    ]);
  });
});

describe('figures in the words of screens', () => {
  /** Sentences with a figure that no script shows with one that is not zero. The list may only become shorter. */
  const NOT_SHOWN_YET: readonly string[] = [
    'sending.bytes',
    'policy.more',
    'public-page.cases',
    'public-page.persons',
    'public-page.records',
    'draft.persons',
    'audit.anchorBroken',
    'audit.anchorLacks',
    'audit.forgotten',
    'audit.pruneQuestionGone',
    'audit.stampedText',
    'audit.unsigned',
    'audit.within',
    'audit.wouldForget',
    'audit.wouldPrune',
    'bundle.fieldCount',
    'campaign.recordsWritten',
    'campaign.reminded',
    'campaign.would',
    'certificate.hits',
    'check.scanPage.more',
    'check.unmatchedMore',
    'deal.months',
    'deal.weeks',
    'form.more',
    'import.fixQuestion.control',
    'import.fixQuestion.encoding',
    'import.fixes.control',
    'import.fixes.encoding',
    'import.morePlaces',
    'import.workbook.outside',
    'listed.more',
    'listed.titles.withhold',
    'notice.keptWhy',
    'notice.waits',
    'pack.missing',
    'preview.about',
    'preview.alike.household',
    'preview.alike.id_no',
    'preview.alike.name_address',
    'preview.damageOf',
    'progress.rate',
    'progress.rows',
    'proof.accepted',
    'proof.requestFile',
    'proof.requested',
    'proof.wouldAccept',
    'report.calendar.frozen',
    'report.log.anchorBad',
    'report.log.timestamp',
    'status.purgeStates.began',
    'status.purgeStates.erased',
    'subject.duplicates.name_address',
    'subject.formerFound',
    'subject.more',
    'subject.waits',
  ];

  test('are shown by some script, and not as nothing, but for these', () => {
    expect(watchedCount()).toBeGreaterThan(100);
    expect(unshown().filter((where) => !NOT_SHOWN_YET.includes(where))).toEqual([]);
  });
});
