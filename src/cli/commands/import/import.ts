import { FIX_CLASSES, type FixClass } from '../../../dataset/repair.js';
import { fail } from '../../../messages/error.js';
import { EXIT } from '../../../messages/exit.js';
import type { Json } from '../../../base/json.js';
import { checkWords } from '../../../messages/screens/check.js';
import { archiveWords } from '../../../messages/screens/archive.js';
import { importWords } from '../../../messages/screens/import.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { placeholders } from '../../../messages/screens/placeholders.js';
import { previewWords } from '../../../messages/screens/preview.js';
import { subjectWords } from '../../../messages/screens/subject.js';
import { LIKENESSES } from '../../../policy/likeness.js';
import { grouped } from '../../../report/numbers.js';
import {
  type ImportedLedger,
  listUnmatched,
  type UnmatchedFile,
} from '../../../steps/check/unmatched-file.js';
import {
  type ImportInput,
  type ImportResult,
  importFile,
  prepareImport,
} from '../../../steps/import/import.js';
import { previewFile } from '../../../steps/import/preview.js';
import { importRead } from '../../../steps/import/read-home.js';
import { lengthOf } from '../../../steps/import/source-file.js';
import { findDuplicates } from '../../../steps/persons/duplicates.js';
import { openDeals } from '../../../steps/deal/standing.js';
import { findLateWords, pendingNotices } from '../../../steps/persons/late.js';
import { type Session, withSession } from '../../../steps/session/session.js';
import type { CommandContext, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
import { columnAsker } from '../../show/column.js';
import { archiveOrder, ownOptions } from '../../show/import-options.js';
import { drawImport, sheetTableName } from '../../show/imported.js';
import { importJson } from '../../show/imported-json.js';
import { relationAsker } from '../../show/relation.js';
import { unmatchedFacts, unmatchedJson } from '../../show/unmatched.js';

/** `handover import`: a customer file, a consent ledger, or both. */
export const run: Run<'import'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = importWords[lang];
  const { file } = args;
  const { consents, again, force, read } = options;
  if (read !== undefined) requireAlone(args, options, placeholders[lang].FILE);
  else if (file === undefined && consents === undefined) {
    fail({
      code: 'CLI_MISSING_ARGUMENT',
      argument: placeholders[lang].FILE,
      place: 0,
      command: 'import',
    });
  }
  const shared = { again, force, dryRun };
  const standing = { relation: options.as ?? null, ask: relationAsker(context) };
  const archive = archiveOrder(options, 'import');
  const kind = archive === null ? (options.table ?? 'customers') : 'archive';
  const customers: ImportInput | null =
    file === undefined
      ? null
      : {
          path: context.path(file),
          kind,
          returned: options.returned,
          ...(archive === null ? {} : { archive }),
          ...ownOptions(context, options),
          ...shared,
          ...standing,
          askColumn: columnAsker(context, kind),
        };
  const ledger: ImportInput | null =
    consents === undefined
      ? null
      : {
          path: context.path(consents),
          kind: 'consents',
          // Encoding, mapping and reject file are options of the customer file, unless the ledger is alone.
          ...(file === undefined ? ownOptions(context, options) : { mapping: null, rejects: null }),
          ...shared,
          relation: null,
          ask: null,
          askColumn: columnAsker(context, 'consents'),
        };
  const done = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const results: ImportResult[] = [];
    const home = read === undefined ? null : await importHome(session, context, options, read);
    if (home !== null) results.push(home.imported);
    const fixes = customers === null ? [] : await fixesFor(context, session, options, customers);
    // A ledger that is refused may hold the no's of these customers: then nothing is imported.
    const prepared = ledger === null || customers === null ? null : await prepareImport(session, ledger);
    if (customers !== null) results.push(await importFile(session, { ...customers, fixes }));
    if (ledger !== null)
      results.push(
        await importFile(session, { ...ledger, fixes: customers === null ? options.fix : [] }, prepared),
      );
    if (!dryRun) await findLateWords(session);
    return {
      results,
      unmatched: dryRun ? null : await listUnmatched(session, ledgerOf(results, home ?? ledger)),
      alike:
        dryRun || session.workspace.info.role !== 'seller' || !results.some(isLookedThrough)
          ? null
          : await findDuplicates(session, null),
      deals: openDeals(session.workspace.read),
      pending: pendingNotices(session).length,
    };
  });
  const { results, unmatched, alike } = done;
  const isAlike = alike !== null && LIKENESSES.some((by) => alike.counts[by] > 0);
  const mendable = FIX_CLASSES.filter((fix) => results.some((result) => result.mendable[fix] !== undefined));
  const [deal] = done.deals;
  const isRejected = results.some((result) => result.rejects !== null);
  const isArchive = results.some(({ kind: each }) => each === 'archive');
  const isLedgerAlone = results.every(({ kind: each }) => each === 'consents');
  return {
    json: {
      imports: results.map((result) => importJson(result, lang)),
      ...(unmatched === null
        ? {}
        : { unmatched: { ...unmatchedJson(unmatched), file: fileJson(unmatched.written) } }),
      ...(alike === null ? {} : { alike: { ...alike.counts } }),
    },
    screen: (screen) => {
      for (const result of results) {
        screen.gap();
        drawImport(screen, result, context);
      }
      if (isAlike) {
        const kinds = LIKENESSES.filter((by) => alike.counts[by] > 0);
        const said = kinds.map((by) => subjectWords[lang].duplicates[by](grouped(alike.counts[by])));
        screen.facts([[previewWords[lang].alikeTitle, ...said]]);
      }
      if (unmatched !== null) {
        const { of, written } = unmatched;
        const said =
          written === null
            ? null
            : checkWords[lang].unmatchedFile(grouped(written.rows), context.shown(written.path));
        screen.facts(unmatchedFacts(unmatched, of, lang, said));
      }
    },
    next: dryRun
      ? []
      : [
          ...(mendable.length > 0 && file !== undefined
            ? [
                {
                  say: words.fixAgain,
                  command: `handover import ${context.typed(context.path(file))} ${mendable.map((fix) => `--fix ${fix}`).join(' ')} --again --as list --force`,
                },
              ]
            : []),
          ...(isRejected ? [{ say: words.fixRejects }] : []),
          ...sheetSteps(context, file, results),
          ...(isAlike ? [{ say: words.alike, command: 'handover subject duplicates' }] : []),
          ...(done.pending > 0
            ? [{ say: noticeWords[lang].pendingNext, command: 'handover notice send' }]
            : []),
          ...(results.some((result) => result.erasedBefore > 0)
            ? [{ say: words.replay, command: 'handover purge replay' }]
            : []),
          ...(!isArchive ? [] : [{ say: archiveWords[lang].next, command: 'handover retention list' }]),
          ...(isArchive
            ? []
            : [
                deal === undefined
                  ? { say: words.draft, command: 'handover deal init' }
                  : {
                      say: isLedgerAlone ? words.checkAgain : words.check,
                      command: `handover check --deal ${deal}`,
                    },
              ]),
        ],
    exit: results.some((result) => result.outcome === 'findings') ? EXIT.findings : 0,
  };
};

/** What came home in ranges says itself what it is and how it was read. @throws HandoverError CLI_OPTIONS_CONFLICT */
function requireAlone(
  { file }: CommandInput<'import'>['arguments'],
  options: CommandInput<'import'>['options'],
  name: string,
): void {
  const { consents, table, archive, from, mapping, encoding, sheet, dateOrder, skipColumn, fix } = options;
  const others = {
    [name]: file,
    ...{ '--consents': consents, '--table': table, '--archive': archive, '--from': from },
    ...{ '--mapping': mapping, '--encoding': encoding, '--sheet': sheet, '--date-order': dateOrder },
    ...{ '--skip-column': skipColumn[0], '--fix': fix[0] },
  };
  for (const [other, given] of Object.entries(others))
    if (given !== undefined) fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--read', other });
}

/** Takes in a file that was read on other machines. */
function importHome(
  session: Session,
  context: CommandContext,
  { again, force, returned, rejects, as: relation }: CommandInput<'import'>['options'],
  folder: string,
): ReturnType<typeof importRead> {
  return importRead(session, {
    ...{ folder: context.path(folder), again, force, returned, dryRun: context.dryRun },
    rejects: rejects === undefined ? null : context.path(rejects),
    relation: relation ?? null,
    ask: relationAsker(context),
  });
}

/** The ledger among what was imported. */
function ledgerOf(
  results: readonly ImportResult[],
  input: Pick<ImportInput, 'path'> | null,
): ImportedLedger | null {
  const imported = results.find(({ kind }) => kind === 'consents');
  return imported === undefined || input === null ? null : { dataset: imported.dataset, path: input.path };
}

function fileJson(file: UnmatchedFile | null): Json {
  return file === null ? null : { path: file.path, bytes: file.bytes, sha256: file.sha256, rows: file.rows };
}

/** The name of a sheet is another person's text, and a command is copied into a shell: without a plain name the table finds its sheet by its columns. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u;

/** How the sheets of the same workbook that look like tables beside the customer list are imported. */
function sheetSteps(
  context: CommandContext,
  file: string | undefined,
  results: readonly ImportResult[],
): readonly { readonly say: string; readonly command: string }[] {
  const words = importWords[context.lang].workbook;
  return results.flatMap(({ kind, sheet }) =>
    kind !== 'customers' || file === undefined
      ? []
      : (sheet?.tables ?? []).map(({ name, table }) => ({
          say: words.next(name, sheetTableName(table, context.lang)),
          command: `handover import ${table === 'consents' ? '--consents ' : ''}${context.typed(context.path(file))}${PLAIN.test(name) ? ` --sheet ${context.typed(name)}` : ''}${table === 'consents' ? '' : ` --table ${table}`}`,
        })),
  );
}

/** More customers are not looked through here for persons who look alike: `subject duplicates` does that. */
const LOOKED_THROUGH = 50_000;

function isLookedThrough({ kind, counts }: ImportResult): boolean {
  return kind === 'customers' && counts.records <= LOOKED_THROUGH;
}

/** A longer file is not looked through before it is imported; what can be mended is said behind it. */
const ASKED_BYTES = 64 * 1024 * 1024;

/** The classes of damage to mend: those named, and at a terminal those that the person says yes to. */
async function fixesFor(
  context: CommandContext,
  session: Session,
  { fix }: CommandInput<'import'>['options'],
  input: ImportInput,
): Promise<readonly FixClass[]> {
  const { ask, lang, runtime } = context;
  if (ask === null || fix.length > 0 || (await lengthOf(input.path)) > ASKED_BYTES) return fix;
  const { mapping, encoding, sheet, dateOrder, skipColumns = [] } = input;
  const { mendable } = await previewFile(
    { ...runtime, known: session.workspace.read.datasets() },
    {
      path: input.path,
      kind: input.kind,
      mapping,
      skipColumns,
      ...(encoding === undefined ? {} : { encoding }),
      ...(sheet === undefined ? {} : { sheet }),
      ...(dateOrder === undefined ? {} : { dateOrder }),
    },
  );
  const words = importWords[lang];
  const chosen: FixClass[] = [];
  for (const each of FIX_CLASSES) {
    const cells = mendable[each];
    if (cells === undefined) continue;
    const answer = await ask(words.fixQuestion[each](grouped(cells)) + words.yesOrNo);
    if (/^(?:y|yes|是|好)$/i.test(answer.trim())) chosen.push(each);
  }
  return chosen;
}
