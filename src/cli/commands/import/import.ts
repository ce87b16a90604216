import { FIX_CLASSES, type FixClass } from '../../../dataset/repair.js';
import { fail } from '../../../messages/error.js';
import { EXIT } from '../../../messages/exit.js';
import type { Json } from '../../../base/json.js';
import type { Lang } from '../../../messages/lang.js';
import { checkWords } from '../../../messages/screens/check.js';
import { archiveWords } from '../../../messages/screens/archive.js';
import { importWords } from '../../../messages/screens/import.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { placeholders } from '../../../messages/screens/placeholders.js';
import { previewWords } from '../../../messages/screens/preview.js';
import { subjectWords } from '../../../messages/screens/subject.js';
import { LIKENESSES, type LikenessKind } from '../../../policy/likeness.js';
import { grouped } from '../../../report/numbers.js';
import type { Screen } from '../../../report/screen.js';
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
import { findLateWords } from '../../../steps/persons/late.js';
import { pendingNotices } from '../../../steps/persons/late-notices.js';
import { type Session, withSession } from '../../../steps/session/session.js';
import type { CommandContext, CommandResult, Next, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
import { columnAsker } from '../../show/column.js';
import { archiveOrder, ownOptions } from '../../show/import-options.js';
import { drawImport, sheetTableName } from '../../show/imported.js';
import { importJson } from '../../show/imported-json.js';
import { relationAsker } from '../../show/relation.js';
import { unmatchedFacts, unmatchedJson } from '../../show/unmatched.js';

/** `handover import`: a customer file, a consent ledger, or both. */
export const run: Run<'import'> = async (context, { arguments: args, options }) => {
  const { lang } = context;
  const { file } = args;
  const { consents, read } = options;
  if (read !== undefined) requireAlone(args, options, placeholders[lang].FILE);
  else if (file === undefined && consents === undefined) {
    fail({
      code: 'CLI_MISSING_ARGUMENT',
      argument: placeholders[lang].FILE,
      place: 0,
      command: 'import',
    });
  }
  const inputs = {
    customers: file === undefined ? null : customersInput(context, options, file),
    ledger: consents === undefined ? null : ledgerInput(context, options, consents, file === undefined),
  };
  const done = await importAll(context, options, inputs);
  const { results } = done;
  return {
    json: importedJson(done, lang),
    screen: (screen) => drawImported(screen, done, context),
    next: context.dryRun ? [] : nextAfter(done, file, context),
    exit: results.some((result) => result.outcome === 'findings') ? EXIT.findings : 0,
  };
};

type Options = CommandInput<'import'>['options'];

/** The customer file, a table beside it, or an archive. */
function customersInput(context: CommandContext, options: Options, file: string): ImportInput {
  const { again, force, returned } = options;
  const archive = archiveOrder(options, 'import');
  const kind = archive === null ? (options.table ?? 'customers') : 'archive';
  return {
    path: context.path(file),
    kind,
    returned,
    ...(archive === null ? {} : { archive }),
    ...ownOptions(context, options),
    ...{ again, force, dryRun: context.dryRun },
    relation: options.as ?? null,
    ask: relationAsker(context),
    askColumn: columnAsker(context, kind),
  };
}

/** @param isAlone whether encoding, mapping and reject file are options of the ledger; else they are those of the customer file */
function ledgerInput(
  context: CommandContext,
  options: Options,
  consents: string,
  isAlone: boolean,
): ImportInput {
  const { again, force } = options;
  return {
    path: context.path(consents),
    kind: 'consents',
    ...(isAlone ? ownOptions(context, options) : { mapping: null, rejects: null }),
    ...{ again, force, dryRun: context.dryRun },
    relation: null,
    ask: null,
    askColumn: columnAsker(context, 'consents'),
  };
}

/** What was imported, and what is known of the list with it. */
interface Imported {
  readonly results: readonly ImportResult[];
  /** Rows of the ledger that match nobody; null where there are none, or nobody looked. */
  readonly unmatched: Awaited<ReturnType<typeof listUnmatched>>;
  /** Persons who look alike; null where nobody looked. */
  readonly alike: Awaited<ReturnType<typeof findDuplicates>> | null;
  /** Ids of the deals under which a check may follow. */
  readonly deals: readonly string[];
  /** Number of notices that the buyer has to be sent. */
  readonly pending: number;
}

function importAll(
  context: CommandContext,
  options: Options,
  { customers, ledger }: { readonly customers: ImportInput | null; readonly ledger: ImportInput | null },
): Promise<Imported> {
  const { dryRun } = context;
  const { read } = options;
  return withSession(context.workspaceFolder(), context.runtime, async (session) => {
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
    const isSearched = !dryRun && session.workspace.info.role === 'seller' && results.some(isLookedThrough);
    return {
      results,
      unmatched: dryRun ? null : await listUnmatched(session, ledgerOf(results, home ?? ledger)),
      alike: isSearched ? await findDuplicates(session, null) : null,
      deals: openDeals(session.workspace.read),
      pending: pendingNotices(session).length,
    };
  });
}

function importedJson({ results, unmatched, alike }: Imported, lang: Lang): CommandResult['json'] {
  return {
    imports: results.map((result) => importJson(result, lang)),
    ...(unmatched === null
      ? {}
      : { unmatched: { ...unmatchedJson(unmatched), file: fileJson(unmatched.written) } }),
    ...(alike === null ? {} : { alike: { ...alike.counts } }),
  };
}

/** In what persons look alike, if any do. */
function likenessesOf({ alike }: Imported): readonly LikenessKind[] {
  return alike === null ? [] : LIKENESSES.filter((by) => alike.counts[by] > 0);
}

function drawImported(screen: Screen, done: Imported, context: CommandContext): void {
  const { lang } = context;
  const { results, unmatched, alike } = done;
  for (const result of results) {
    screen.gap();
    drawImport(screen, result, context);
  }
  const said = likenessesOf(done).map((by) =>
    subjectWords[lang].duplicates[by](grouped(alike?.counts[by] ?? 0)),
  );
  if (said.length > 0) screen.facts([[previewWords[lang].alikeTitle, ...said]]);
  if (unmatched === null) return;
  const { of, written } = unmatched;
  const file =
    written === null
      ? null
      : checkWords[lang].unmatchedFile(grouped(written.rows), context.shown(written.path));
  screen.facts(unmatchedFacts(unmatched, of, lang, file));
}

/** What to do next: first what the file itself asks for, then what others wait for, then the next step of the handover. */
function nextAfter(done: Imported, file: string | undefined, context: CommandContext): readonly Next[] {
  const { lang } = context;
  const { results, pending } = done;
  const words = importWords[lang];
  return [
    ...mendingSteps(context, file, results),
    ...(results.some(({ rejects }) => rejects !== null) ? [{ say: words.fixRejects }] : []),
    ...sheetSteps(context, file, results),
    ...(likenessesOf(done).length > 0 ? [{ say: words.alike, command: 'handover subject duplicates' }] : []),
    ...(pending > 0 ? [{ say: noticeWords[lang].pendingNext, command: 'handover notice send' }] : []),
    ...(results.some(({ erasedBefore }) => erasedBefore > 0)
      ? [{ say: words.replay, command: 'handover purge replay' }]
      : []),
    followingStep(done, lang),
  ];
}

/** What loses nothing can be mended by importing the file once more. */
function mendingSteps(
  context: CommandContext,
  file: string | undefined,
  results: readonly ImportResult[],
): readonly Next[] {
  const fixes = FIX_CLASSES.filter((fix) => results.some(({ mendable }) => mendable[fix] !== undefined));
  if (fixes.length === 0 || file === undefined) return [];
  const named = fixes.map((fix) => `--fix ${fix}`).join(' ');
  return [
    {
      say: importWords[context.lang].fixAgain,
      command: `handover import ${context.typed(context.path(file))} ${named} --again --as list --force`,
    },
  ];
}

/** An archive is looked at, a list is checked, and without a deal one is drafted. */
function followingStep({ results, deals }: Imported, lang: Lang): Next {
  const words = importWords[lang];
  const [deal] = deals;
  if (results.some(({ kind }) => kind === 'archive'))
    return { say: archiveWords[lang].next, command: 'handover retention list' };
  if (deal === undefined) return { say: words.draft, command: 'handover deal init' };
  const isLedgerAlone = results.every(({ kind }) => kind === 'consents');
  return { say: isLedgerAlone ? words.checkAgain : words.check, command: `handover check --deal ${deal}` };
}

/** What came home in ranges says itself what it is and how it was read. @throws HandoverError CLI_OPTIONS_CONFLICT */
function requireAlone({ file }: CommandInput<'import'>['arguments'], options: Options, name: string): void {
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
  { again, force, returned, rejects, as: relation }: Options,
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
): readonly Next[] {
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
  { fix }: Options,
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
