import { requireWritable } from '../../store/files.js';
import { listedWords } from '../../messages/screens/listed.js';
import { punctuation } from '../../messages/punctuation.js';
import { grouped } from '../../report/numbers.js';
import { findUnmatchedRows, writeUnmatchedRows } from '../../steps/check/list-unmatched.js';
import { findDeal } from '../../steps/deal/deal.js';
import { withSession } from '../../steps/session/session.js';
import type { CommandContext, CommandResult } from '../context.js';
import type { CommandInput } from '../shapes.js';
import { fileOf } from './listed.js';
import { unmatchedJson } from './unmatched.js';

/** Rows that fit on a screen. */
const SHOWN = 20;

/** `handover check --list unmatched`: the ledger rows that match nobody, masked on the screen, in the clear in a file for a purpose. */
export async function unmatchedOutcome(
  context: CommandContext,
  options: CommandInput<'check'>['options'],
): Promise<CommandResult> {
  const { lang, dryRun } = context;
  const words = listedWords[lang];
  const file = fileOf(context, options);
  const done = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const terms = findDeal(session, options.deal ?? null);
    const list = await findUnmatchedRows(session, terms, options.unmatched ?? null);
    const count = list.rows.length;
    if (file !== null && count > 0) requireWritable(file.path, file);
    if (file === null || dryRun || count === 0) return { ...list, count, written: null };
    await context.confirm(words.unmatchedQuestion(grouped(count), context.shown(file.path)));
    return { ...list, count, written: await writeUnmatchedRows(session, list, file) };
  });
  const { terms, count, written, found } = done;
  return {
    json: {
      deal: terms.id,
      kind: terms.kind,
      ledger_events: found.of,
      unmatched: unmatchedJson(found),
      file:
        file === null || written === null
          ? null
          : { path: file.path, bytes: written.bytes, sha256: written.sha256, purpose: file.purpose },
    },
    screen: (screen) => {
      screen.heading(words.unmatchedTitle(grouped(count), grouped(found.of)));
      if (count === 0) screen.say(words.unmatchedNone);
      else
        screen.table(
          [
            { title: words.ledgerFile },
            { title: words.unmatchedRow },
            { title: words.customerNo },
            { title: words.unmatchedSays },
            { title: words.unmatchedNear },
          ],
          found.rows
            .slice(0, SHOWN)
            .map(({ file: name, row, number, isNo, near }) => [
              name,
              grouped(row),
              number,
              isNo ? words.saysNo : words.saysElse,
              near.join(punctuation[lang].list),
            ]),
        );
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
