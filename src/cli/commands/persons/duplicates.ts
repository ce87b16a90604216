import { subjectWords } from '../../../messages/screens/subject.js';
import { LIKENESSES } from '../../../policy/likeness.js';
import { grouped } from '../../../report/numbers.js';
import { findDuplicates } from '../../../steps/persons/duplicates.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover subject duplicates`: records that may be one person, masked. Changes nothing. */
export const run: Run<'subject duplicates'> = async (context, { options }) => {
  const { lang } = context;
  const words = subjectWords[lang];
  const found = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    findDuplicates(session, options.dataset ?? null),
  );
  const open = LIKENESSES.reduce((sum, field) => sum + found.counts[field], 0);
  const all = open + found.decided;
  return {
    json: {
      datasets: found.datasets.map(({ id }) => id),
      counts: { ...found.counts },
      decided: found.decided,
      groups: found.groups.map(({ by, decided, records }) => ({
        by,
        decided,
        records: records.map(({ record, file, customerNo, name, value }) => ({
          file,
          record,
          customer_no: customerNo,
          name,
          value,
        })),
      })),
    },
    screen: (screen) => {
      if (all === 0) {
        screen.good(words.noDuplicates);
        return;
      }
      for (const field of LIKENESSES)
        if (found.counts[field] > 0) screen.warn(words.duplicates[field](grouped(found.counts[field])));
      if (found.decided > 0) screen.good(words.decidedGroups(grouped(found.decided)));
      for (const { by, decided, records } of found.groups) {
        screen.gap().table(
          [
            { title: words.row, right: true },
            { title: words.customerNo },
            { title: words.name },
            { title: words.shared[by] },
          ],
          records.map(({ record, file, customerNo, name, value }) => [
            found.datasets.length === 1 ? grouped(record) : `${file} ${grouped(record)}`,
            customerNo,
            name,
            value,
          ]),
        );
        if (decided !== null) screen.under(words.decided[decided]);
      }
      if (all > found.groups.length) screen.say(words.more(grouped(all - found.groups.length)));
      if (open > 0) screen.gap().under(words.decide);
    },
  };
};
