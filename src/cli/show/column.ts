import type { TableKind } from '../../dataset/consent-columns.js';
import { importWords } from '../../messages/screens/import.js';
import { columnLabel } from '../../report/labels.js';
import type { AskColumn } from '../../steps/import/input.js';
import type { CommandContext } from '../context.js';

/**
 * Asks which column a field is that no header names; null where nobody can be asked. Headers are shown, cells are not. Anything but the
 * number of one of the columns is asked again.
 */
export function columnAsker(context: CommandContext, kind: TableKind): AskColumn | null {
  const { ask, lang } = context;
  if (ask === null) return null;
  const words = importWords[lang];
  return async ({ field, columns, mayLack }) => {
    context.say((screen) => {
      screen.say(words.askColumn(columnLabel(kind, field, lang)));
      for (const { number, shown, isLikely } of columns)
        screen.under(words.columnLine(number, shown, isLikely));
    });
    for (;;) {
      const answer = (
        await ask(
          mayLack ? (field === 'customer_no' ? words.columnOrNone : words.columnOrSkip) : words.columnNumber,
        )
      ).trim();
      if (answer === '') return null;
      const chosen = columns.find(({ number }) => `${number}` === answer);
      if (chosen !== undefined) return chosen.number;
    }
  };
}
