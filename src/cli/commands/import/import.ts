import { FIX_CLASSES, type FixClass } from '../../../dataset/repair.js';
import { fail } from '../../../messages/error.js';
import { EXIT } from '../../../messages/exit.js';
import { previewWords } from '../../../messages/screens/preview.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { importWords } from '../../../messages/screens/import.js';
import { subjectWords } from '../../../messages/screens/subject.js';
import { LIKENESSES } from '../../../policy/likeness.js';
import { grouped } from '../../../report/numbers.js';
import { findDuplicates } from '../../../steps/persons/duplicates.js';
import { placeholders } from '../../../messages/screens/placeholders.js';
import {
  type ImportInput,
  type ImportResult,
  importFile,
  prepareImport,
} from '../../../steps/import/import.js';
import { findUnmatched } from '../../../steps/check/consent-ledger.js';
import { findLateWords, pendingNotices } from '../../../steps/persons/late.js';
import { lengthOf } from '../../../steps/import/source-file.js';
import { previewFile } from '../../../steps/import/preview.js';
import { type Session, withSession } from '../../../steps/session/session.js';
import type { CommandContext, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
import { columnAsker } from '../../show/column.js';
import { drawImport, importJson } from '../../show/imported.js';
import { relationAsker } from '../../show/relation.js';
import { unmatchedFacts, unmatchedJson } from '../../show/unmatched.js';

/** `handover import`: a customer file, a consent ledger, or both. */
export const run: Run<'import'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = importWords[lang];
  const { file } = args;
  const { consents, again, force } = options;
  if (file === undefined && consents === undefined) {
    fail({ code: 'CLI_MISSING_ARGUMENT', argument: placeholders[lang].FILE, command: 'import' });
  }
  const shared = { again, force, dryRun };
  const standing = { relation: options.as ?? null, ask: relationAsker(context) };
  const customers: ImportInput | null =
    file === undefined
      ? null
      : {
          path: context.path(file),
          kind: 'customers',
          ...ownOptions(context, options),
          ...shared,
          ...standing,
          askColumn: columnAsker(context, 'customers'),
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
      unmatched: dryRun ? null : await findUnmatched(session),
      alike: dryRun || !results.some(isLookedThrough) ? null : await findDuplicates(session, null),
      deals: session.workspace.read.deals().map((deal) => deal.id),
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
      ...(unmatched === null ? {} : { unmatched: unmatchedJson(unmatched) }),
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
      if (unmatched !== null) screen.facts(unmatchedFacts(unmatched, unmatched.of, lang));
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
          ...(isAlike ? [{ say: words.alike, command: 'handover subject duplicates' }] : []),
          ...(done.pending > 0
            ? [{ say: noticeWords[lang].pendingNext, command: 'handover notice send' }]
            : []),
          ...(results.some((result) => result.erasedBefore > 0)
            ? [{ say: words.replay, command: 'handover purge replay' }]
            : []),
          deal === undefined
            ? { say: words.draft, command: 'handover deal init' }
            : {
                say: file === undefined ? words.checkAgain : words.check,
                command: `handover check --deal ${deal}`,
              },
        ],
    exit: results.some((result) => result.outcome === 'findings') ? EXIT.findings : 0,
  };
};

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
      kind: 'customers',
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
