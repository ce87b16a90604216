import { fail, HandoverError } from '../../../messages/error.js';
import { EXIT } from '../../../messages/exit.js';
import { bundleWords } from '../../../messages/screens/bundle.js';
import { importWords } from '../../../messages/screens/import.js';
import { placeholders } from '../../../messages/screens/placeholders.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { exportBundle } from '../../../steps/export/export.js';
import { exportFile } from '../../../steps/export/from-file.js';
import type { ImportInput, ImportResult } from '../../../steps/import/import.js';
import { findLateWords } from '../../../steps/persons/late.js';
import { pendingNotices } from '../../../steps/persons/late-notices.js';
import { type Session, withSession } from '../../../steps/session/session.js';
import type { CommandContext, CommandResult, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
import { drawExported, exportedJson } from '../../show/exported.js';
import { drawImport } from '../../show/imported.js';
import { importJson } from '../../show/imported-json.js';
import { afterPending } from '../../show/notices.js';
import { relationAsker } from '../../show/relation.js';

/** `handover export`: the sealed, signed bundle; with a file, after importing and checking it in the same run. */
export const run: Run<'export'> = async (context, input) => {
  const { lang, dryRun } = context;
  const words = bundleWords[lang];
  const { file } = input.arguments;
  const { options } = input;
  if (file !== undefined && dryRun) {
    // The rehearsal of a check needs records that the rehearsal of an import does not store.
    fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--dry-run', other: placeholders[lang].FILE });
  }
  const {
    imports,
    exported: sent,
    pending,
  } = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const terms = findDeal(session, options.deal ?? null);
    const out = options.out === undefined ? null : context.path(options.out);
    const sending = { terms, out, again: options.again, dryRun };
    const done =
      file === undefined
        ? { imports: [], exported: await exportBundle(session, sending) }
        : await heardLate(session, () =>
            exportFile(session, { ...sending, ...importsOf(context, input, file) }),
          );
    return { ...done, pending: pendingNotices(session) };
  });
  if (sent === null) return tooManyRejected(context, imports, options.deal);
  return {
    json: {
      imports: imports.map((result) => importJson(result, lang)),
      ...exportedJson(sent, dryRun),
    },
    screen: (screen) => {
      for (const result of imports) {
        drawImport(screen, result, context);
        screen.gap();
      }
      drawExported(screen, sent, context);
    },
    next: dryRun
      ? []
      : [
          { say: words.sendIt, command: `handover receive ${sent.deal}-${sent.number}.receipt.html` },
          ...afterPending(pending, lang),
        ],
    // The bundle is good; somebody who said no at a time that nobody can read waits to be cleared.
    ...(sent.undated > 0 ? { exit: EXIT.findings } : {}),
  };
};

/** What the file says of those who went before is heard also where nothing comes of the bundle: the file was imported. */
async function heardLate<T>(session: Session, send: () => Promise<T>): Promise<T> {
  // The new bundle was judged by all that is known: looking through its persons once more would find nobody, and open every page.
  const before = new Set(session.workspace.read.bundles().map(({ id }) => id));
  try {
    const sent = await send();
    await findLateWords(session, before);
    return sent;
  } catch (error) {
    if (error instanceof HandoverError) await findLateWords(session, before);
    throw error;
  }
}

/** So many rows were rejected that something is wrong with the file: nothing is sent before a person has looked. */
function tooManyRejected(
  context: CommandContext,
  imports: readonly ImportResult[],
  deal: string | undefined,
): CommandResult {
  const words = importWords[context.lang];
  return {
    json: {
      imports: imports.map((result) => importJson(result, context.lang)),
      deal: deal ?? null,
      bundle: null,
    },
    screen: (screen) => {
      for (const result of imports) drawImport(screen, result, context);
    },
    next: [
      { say: words.fixRejects, command: `handover check${deal === undefined ? '' : ` --deal ${deal}`}` },
    ],
    exit: EXIT.findings,
  };
}

/** What is imported before the export. */
function importsOf(
  context: CommandContext,
  input: CommandInput<'export'>,
  file: string,
): { readonly customers: ImportInput; readonly consents: ImportInput | null } {
  const { consents, encoding, sheet, dateOrder, skipColumn, mapping, again, force } = input.options;
  const shared = { rejects: null, again, force, dryRun: false };
  return {
    customers: {
      path: context.path(file),
      kind: 'customers',
      mapping: mapping === undefined ? null : context.path(mapping),
      ...(encoding === undefined ? {} : { encoding }),
      ...(sheet === undefined ? {} : { sheet }),
      ...(dateOrder === undefined ? {} : { dateOrder }),
      skipColumns: skipColumn,
      ...shared,
      relation: input.options.as ?? null,
      ask: relationAsker(context),
    },
    consents:
      consents === undefined
        ? null
        : {
            path: context.path(consents),
            kind: 'consents',
            mapping: null,
            ...shared,
            relation: null,
            ask: null,
          },
  };
}
