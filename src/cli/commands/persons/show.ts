import type { Json } from '../../../base/json.js';
import { dayOf } from '../../../base/time.js';
import { kindOfColumn } from '../../../dataset/consent-columns.js';
import type { Lang } from '../../../messages/lang.js';
import { reasonWords, verdictWords } from '../../../messages/reasons.js';
import { listWords } from '../../../messages/screens/list.js';
import { subjectWords } from '../../../messages/screens/subject.js';
import { columnLabel, valueLabel } from '../../../report/labels.js';
import type { Fact } from '../../../report/screen.js';
import { type PlaceView, showSubject } from '../../../steps/persons/show.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { requestOriginOf, factsAbout, factsJson, shareWords } from '../../show/subject.js';

/** `handover subject show`: the one command whose purpose is to show a customer, masked unless the person asks to see it in full. */
export const run: Run<'subject show'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const input = { subject: args.id, reveal: options.reveal, ...requestOriginOf(options) };
  const shown = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    if (dryRun || !options.reveal) return showSubject(session, { ...input, dryRun });
    await showSubject(session, { ...input, dryRun: true });
    await context.confirm(words.question);
    return showSubject(session, { ...input, dryRun: false });
  });
  return {
    json: {
      ...factsJson(shown),
      revealed: shown.revealed,
      records: shown.places.map(recordJson),
    },
    screen: (screen) => {
      if (shown.isMinor) screen.warn(words.child);
      if (shown.wasErased && shown.places.length === 0) screen.warn(words.erased);
      const isAmongSeveral = shown.places.filter(({ counts }) => counts !== null).length > 1;
      for (const place of shown.places) {
        screen.gap().heading(titleOf(place, lang));
        screen.facts(valueFacts(place, lang));
        if (place.dataset.kind !== 'consents') screen.facts(standingFacts(place, isAmongSeveral, lang));
      }
      screen.gap().facts(factsAbout(shown, lang));
      screen.gap();
      if (!shown.revealed && shown.places.length > 0) screen.under(words.masked);
      if (!dryRun) screen.under(words.shown);
    },
  };
};

function recordJson({ dataset, values, counts, verdict, share, keepUntil }: PlaceView): Json {
  return {
    dataset: dataset.id,
    kind: dataset.kind,
    counts_today: counts,
    values: Object.fromEntries(values.map(({ field, value }) => [field, value])),
    verdict: verdict === null ? null : { ...verdict, reasons: [...verdict.reasons] },
    share,
    keep_until: keepUntil?.date ?? null,
    laws: [...(keepUntil?.laws ?? [])],
  };
}

function titleOf({ dataset }: PlaceView, lang: Lang): string {
  const words = subjectWords[lang];
  if (dataset.kind === 'consents') return words.consentsOf(dataset.file);
  const day = dayOf(dataset.imported);
  return dataset.bundle === null ? words.recordOf(dataset.file, day) : words.receivedOf(dataset.file, day);
}

function valueFacts({ dataset, values }: PlaceView, lang: Lang): readonly Fact[] {
  return values.map(({ field, value }) => [
    columnLabel(dataset.kind, field, lang),
    valueLabel(kindOfColumn(dataset.kind, field), value, lang),
  ]);
}

/** Whether the record counts today, what was decided about it, and until when it is kept. */
function standingFacts(
  { counts, verdict, share, keepUntil }: PlaceView,
  isAmongSeveral: boolean,
  lang: Lang,
): readonly Fact[] {
  const words = subjectWords[lang];
  const { list, countsToday, replacedToday } = listWords[lang];
  return [
    ...(isAmongSeveral && counts !== null ? [[list, counts ? countsToday : replacedToday] as const] : []),
    ...(verdict === null
      ? []
      : [
          [
            words.verdict,
            words.verdictUnder(verdictWords[lang][verdict.verdict].short, verdict.deal),
            ...verdict.reasons.map((code) => reasonWords[lang][code].full),
            ...(verdict.stale ? [words.verdictStale] : []),
          ] as const,
        ]),
    [words.share, shareWords[lang][share]],
    [
      words.keep,
      keepUntil === null ? words.keepOpen : words.keepUntil(keepUntil.date, keepUntil.laws.join(' ')),
    ],
  ];
}
