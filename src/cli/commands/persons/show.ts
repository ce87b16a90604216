import { dayOf } from '../../../base/time.js';
import { kindOfColumn } from '../../../dataset/ledger.js';
import { reasonWords, verdictWords } from '../../../messages/reasons.js';
import { subjectWords } from '../../../messages/screens/subject.js';
import { columnLabel, valueLabel } from '../../../report/labels.js';
import { type PlaceView, showSubject } from '../../../steps/persons/show.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';
import { askingOf, factsAbout, factsJson, shareWords } from '../../show/subject.js';

/** `handover subject show`: the one command whose purpose is to show a customer, masked unless the person asks to see it in full. */
export const run: Run<'subject show'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const input = { subject: args.id, reveal: options.reveal, ...askingOf(options) };
  const shown = await inHouse(context.workspaceFolder(), context.around, async (house) => {
    if (dryRun || !options.reveal) return showSubject(house, { ...input, dryRun });
    await showSubject(house, { ...input, dryRun: true });
    await context.confirm(words.question);
    return showSubject(house, { ...input, dryRun: false });
  });
  const titleOf = ({ dataset }: PlaceView): string => {
    if (dataset.kind === 'consents') return words.consentsOf(dataset.file);
    const day = dayOf(dataset.imported);
    return dataset.bundle === null ? words.recordOf(dataset.file, day) : words.receivedOf(dataset.file, day);
  };
  return {
    json: {
      ...factsJson(shown),
      revealed: shown.revealed,
      records: shown.places.map(({ dataset, values, verdict, share, keepUntil }) => ({
        dataset: dataset.id,
        kind: dataset.kind,
        values: Object.fromEntries(values.map(({ field, value }) => [field, value])),
        verdict: verdict === null ? null : { ...verdict, reasons: [...verdict.reasons] },
        share,
        keep_until: keepUntil?.date ?? null,
        laws: [...(keepUntil?.laws ?? [])],
      })),
    },
    page: (page) => {
      if (shown.isMinor) page.warn(words.child);
      if (shown.wasErased && shown.places.length === 0) page.warn(words.erased);
      for (const place of shown.places) {
        const { dataset, values, verdict, share, keepUntil } = place;
        page.gap().heading(titleOf(place));
        page.facts(
          values.map(({ field, value }) => [
            columnLabel(dataset.kind, field, lang),
            valueLabel(kindOfColumn(dataset.kind, field), value, lang),
          ]),
        );
        if (dataset.kind === 'consents') continue;
        page.facts([
          ...(verdict === null
            ? []
            : [
                [
                  words.verdict,
                  words.verdictUnder(verdictWords[lang][verdict.verdict].short, verdict.deal),
                  ...verdict.reasons.map((code) => reasonWords[lang][code].full),
                ] as const,
              ]),
          [words.share, shareWords[lang][share]],
          [
            words.keep,
            keepUntil === null ? words.keepOpen : words.keepUntil(keepUntil.date, keepUntil.laws.join(' ')),
          ],
        ]);
      }
      page.gap().facts(factsAbout(shown, lang));
      page.gap();
      if (!shown.revealed && shown.places.length > 0) page.under(words.masked);
      if (!dryRun) page.under(words.shown);
    },
  };
};
