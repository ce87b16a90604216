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
import { withSession } from '../../../steps/session/session.js';
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
    // A ledger that is refused may hold the no's of these customers: then nothing is imported.
    const prepared = ledger === null || customers === null ? null : await prepareImport(session, ledger);
    if (customers !== null) results.push(await importFile(session, customers));
    if (ledger !== null) results.push(await importFile(session, ledger, prepared));
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
