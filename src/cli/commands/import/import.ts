import { readDate } from '../../../base/time.js';
import { FIX_CLASSES, type FixClass } from '../../../dataset/repair.js';
import { BASES } from '../../../messages/bases.js';
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
import type { ArchiveOrder } from '../../../steps/import/input.js';
import { previewFile } from '../../../steps/import/preview.js';
import { lengthOf } from '../../../steps/import/source-file.js';
import { findDuplicates } from '../../../steps/persons/duplicates.js';
import { openDeals } from '../../../steps/deal/standing.js';
import { findLateWords, pendingNotices } from '../../../steps/persons/late.js';
import { type Session, withSession } from '../../../steps/session/session.js';
import type { CommandContext, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
import { columnAsker } from '../../show/column.js';
import { drawImport, sheetTableName } from '../../show/imported.js';
import { importJson } from '../../show/imported-json.js';
import { relationAsker } from '../../show/relation.js';
import { unmatchedFacts, unmatchedJson } from '../../show/unmatched.js';

/** `handover import`: a customer file, a consent ledger, or both. */
export const run: Run<'import'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = importWords[lang];
  const { file } = args;
  const { consents, again, force } = options;
  if (file === undefined && consents === undefined) {
    fail({
      code: 'CLI_MISSING_ARGUMENT',
      argument: placeholders[lang].FILE,
      place: 0,
      command: 'import',
    });
  }
  const shared = { again, force, dryRun };
  const standing = { relation: options.as ?? null, ask: relationAsker(context) };
  const archive = archiveOrder(options);
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
      unmatched: dryRun ? null : await listUnmatched(session, ledgerOf(results, ledger)),
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
          ...(archive === null ? [] : [{ say: archiveWords[lang].next, command: 'handover retention list' }]),
          ...(archive !== null
            ? []
            : [
                deal === undefined
                  ? { say: words.draft, command: 'handover deal init' }
                  : {
                      say: file === undefined ? words.checkAgain : words.check,
                      command: `handover check --deal ${deal}`,
                    },
              ]),
        ],
    exit: results.some((result) => result.outcome === 'findings') ? EXIT.findings : 0,
  };
};

/** The ledger among what was imported. */
function ledgerOf(results: readonly ImportResult[], input: ImportInput | null): ImportedLedger | null {
  const imported = results.find(({ kind }) => kind === 'consents');
  return imported === undefined || input === null ? null : { dataset: imported.dataset, path: input.path };
}

function fileJson(file: UnmatchedFile | null): Json {
  return file === null ? null : { path: file.path, bytes: file.bytes, sha256: file.sha256, rows: file.rows };
}

/**
 * The statute of an archive and its first day; null for what is none.
 *
 * @throws HandoverError CLI_OPTION_MISSING, CLI_OPTIONS_CONFLICT, TIME_INVALID
 */
function archiveOrder({
  archive,
  from,
  table,
  as: relation,
  consents,
  returned,
}: CommandInput<'import'>['options']): ArchiveOrder | null {
  if (archive === undefined) {
    if (from !== undefined) fail({ code: 'CLI_OPTION_MISSING', option: '--archive', command: 'import' });
    return null;
  }
  // An archive is no table of the list, has no relation to it, and holds no consents.
  const others = { '--table': table, '--as': relation, '--consents': consents };
  for (const [other, given] of Object.entries(others))
    if (given !== undefined) fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--archive', other });
  if (returned) fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--archive', other: '--returned' });
  if (from === undefined) return fail({ code: 'CLI_OPTION_MISSING', option: '--from', command: 'import' });
  const since = readDate(from) ?? fail({ code: 'TIME_INVALID', document: '--from' });
  const basis = BASES.find((id) => id === archive);
  return basis === undefined ? null : { basis, since };
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

/** The options that say how one file is read. */
function ownOptions(
  context: CommandContext,
  { encoding, sheet, dateOrder, skipColumn, mapping, rejects }: CommandInput<'import'>['options'],
): Pick<ImportInput, 'mapping' | 'rejects'> & Partial<ImportInput> {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    skipColumns: skipColumn,
    mapping: mapping === undefined ? null : context.path(mapping),
    rejects: rejects === undefined ? null : context.path(rejects),
  };
}
