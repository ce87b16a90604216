import { requireWritable, type Written } from '../../store/files.js';
import type { Lang } from '../../messages/lang.js';
import { listedWords } from '../../messages/screens/listed.js';
import { punctuation } from '../../messages/punctuation.js';
import { grouped } from '../../report/numbers.js';
import type { Screen } from '../../report/screen.js';
import type { ListFile } from '../../steps/check/list-persons.js';
import {
  findUnmatchedRows,
  type UnmatchedList,
  writeUnmatchedRows,
} from '../../steps/check/list-unmatched.js';
import { findDeal } from '../../steps/deal/deal.js';
import { withSession } from '../../steps/session/session.js';
import type { CommandContext, CommandResult } from '../context.js';
import type { CommandInput } from '../shapes.js';
import { fileOf, listFileJson } from './listed.js';
import { unmatchedJson } from './unmatched.js';

/** Rows that fit on a screen. */
const SHOWN = 20;

/** `handover check --list unmatched`: the ledger rows that match nobody, masked on the screen, in the clear in a file for a purpose. */
export async function unmatchedOutcome(
  context: CommandContext,
  options: CommandInput<'check'>['options'],
): Promise<CommandResult> {
  const { lang } = context;
  const words = listedWords[lang];
  const file = fileOf(context, options);
  const { terms, rows, written, found } = await findRows(context, options, file);
  const count = rows.length;
  return {
    json: {
      deal: terms.id,
      kind: terms.kind,
      ledger_events: found.of,
      unmatched: unmatchedJson(found),
      file: listFileJson(file, written),
    },
    screen: (screen) => {
      screen.heading(words.unmatchedTitle(grouped(count), grouped(found.of)));
      if (count === 0) screen.say(words.unmatchedNone);
      else drawRows(screen, found.rows, lang);
      if (count > SHOWN) screen.say(words.unmatchedMore(grouped(count - SHOWN)));
      if (file === null || count === 0) return;
      const shown = context.shown(file.path);
      screen
        .gap()
        .good((written === null ? words.unmatchedWould : words.unmatchedWritten)(grouped(count), shown));
      screen.facts([[words.purpose, file.purpose]]);
      if (written !== null) screen.warn(words.clear);
    },
    next: [
      ...(count > 0 && file === null
        ? [{ say: words.unmatchedWhole, command: words.unmatchedCommand(terms.id) }]
        : []),
      ...(file !== null && written !== null
        ? [
            {
              say: words.unmatchedImport,
              command: `handover import --consents ${context.typed(file.path)}`,
            },
          ]
        : []),
    ],
  };
}

/** The rows that match nobody, and the file in the clear, once somebody said yes to it. */
function findRows(
  context: CommandContext,
  { deal, unmatched }: CommandInput<'check'>['options'],
  file: ListFile | null,
): Promise<UnmatchedList & { readonly written: Written | null }> {
  return withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const terms = findDeal(session, deal ?? null);
    const list = await findUnmatchedRows(session, terms, unmatched ?? null);
    const count = list.rows.length;
    if (file !== null && count > 0) requireWritable(file.path, file);
    if (file === null || context.dryRun || count === 0) return { ...list, written: null };
    const { unmatchedQuestion } = listedWords[context.lang];
    await context.confirm(unmatchedQuestion(grouped(count), context.shown(file.path)));
    return { ...list, written: await writeUnmatchedRows(session, list, file) };
  });
}

function drawRows(screen: Screen, rows: UnmatchedList['found']['rows'], lang: Lang): void {
  const words = listedWords[lang];
  screen.table(
    [
      { title: words.ledgerFile },
      { title: words.unmatchedRow },
      { title: words.customerNo },
      { title: words.unmatchedSays },
      { title: words.unmatchedNear },
    ],
    rows
      .slice(0, SHOWN)
      .map(({ file, row, number, isNo, near }) => [
        file,
        grouped(row),
        number,
        isNo ? words.saysNo : words.saysElse,
        near.join(punctuation[lang].list),
      ]),
  );
}
