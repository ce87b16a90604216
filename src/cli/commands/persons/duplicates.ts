import { subjectWords } from '../../../messages/screens/subject.js';
import { grouped } from '../../../report/numbers.js';
import { DUPLICATE_FIELDS, findDuplicates } from '../../../steps/persons/duplicates.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';

/** `handover subject duplicates`: records that may be one person, masked. Changes nothing. */
export const run: Run<'subject duplicates'> = async (context, { options }) => {
  const { lang } = context;
  const words = subjectWords[lang];
  const found = await inHouse(context.workspaceFolder(), context.around, (house) =>
    findDuplicates(house, options.dataset ?? null),
  );
  const all = DUPLICATE_FIELDS.reduce((sum, field) => sum + found.counts[field], 0);
  return {
    json: {
      dataset: found.dataset.id,
      counts: { ...found.counts },
      groups: found.groups.map(({ by, records }) => ({
        by,
        records: records.map(({ record, customerNo, name, value }) => ({
          record,
          customer_no: customerNo,
          name,
          value,
        })),
      })),
    },
    page: (page) => {
      if (all === 0) {
        page.good(words.noDuplicates);
        return;
      }
      for (const field of DUPLICATE_FIELDS)
        if (found.counts[field] > 0) page.warn(words.duplicates[field](grouped(found.counts[field])));
      for (const { by, records } of found.groups) {
        page.gap().table(
          [
            { title: words.row, right: true },
            { title: words.customerNo },
            { title: words.name },
            { title: words.shared[by] },
          ],
          records.map(({ record, customerNo, name, value }) => [grouped(record), customerNo, name, value]),
        );
      }
      if (all > found.groups.length) page.say(words.more(grouped(all - found.groups.length)));
      page.gap().under(words.decide);
    },
  };
};
