import type { Json } from '../../../base/json.js';
import { publicWords } from '../../../messages/screens/public-page.js';
import { csvLine } from '../../../dataset/csv-line.js';
import { DIMENSIONS, type Statistics, syntheticRows } from '../../../policy/statistics.js';
import { grouped } from '../../../report/numbers.js';
import { listTotals, mayBeShown, noteShown, SAMPLE_ROWS } from '../../../steps/evidence/totals.js';
import { withSession } from '../../../steps/session/session.js';
import { writeWhole } from '../../../store/whole-file.js';
import type { CommandContext, Run } from '../../context.js';

/** `handover audit totals`: the customer list as totals that point at nobody. */
export const run: Run<'audit totals'> = async (context, { options }) => {
  const words = publicWords[context.lang].totals;
  const { forBuyer, sample, force } = options;
  const path = sample === undefined ? null : context.path(sample);
  const { totals, to, held } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const found = await listTotals(session);
      if (found === null) return { totals: found, to: null, held: 0 };
      const shown = forBuyer === undefined ? { totals: found, held: 0 } : mayBeShown(session, found);
      const written =
        path === null ? null : await writeWhole(path, sampleCsv(context, shown.totals), { force });
      const input = { to: forBuyer ?? '', sample: written?.sha256 ?? null };
      return { ...shown, to: forBuyer === undefined ? null : await noteShown(session, shown, input) };
    },
  );
  return {
    json: {
      totals: totals === null ? null : totalsJson(totals),
      shown_to: to,
      held,
      sample: path === null || totals === null ? null : { path, rows: SAMPLE_ROWS },
    },
    screen: (screen) => {
      if (totals === null) {
        screen.say(words.none);
        return;
      }
      screen.facts([[words.total, words.about(grouped(totals.total))]]);
      for (const dimension of DIMENSIONS) {
        const counts = totals.dimensions[dimension];
        if (counts === undefined) continue;
        screen.gap().heading(words.dimensions[dimension]);
        screen.bars(
          Object.entries(counts.cells).map(([label, count]) => ({ label, count })),
          totals.total,
        );
        if (counts.suppressed > 0) screen.under(words.suppressed(grouped(counts.suppressed)));
      }
      if (held > 0) screen.gap().say(words.held(grouped(held)));
      screen.gap().warn(words.note);
      if (to === null) screen.say(words.forBuyer);
      if (path !== null) screen.say(words.sample(context.shown(path)));
      if (to !== null) screen.good(words.shown(to));
    },
  };
};

function sampleCsv({ lang, runtime }: CommandContext, totals: Statistics): string {
  const { number, dimensions } = publicWords[lang].totals;
  const rows = [
    [number, ...DIMENSIONS.map((dimension) => dimensions[dimension])],
    ...syntheticRows(totals, SAMPLE_ROWS, runtime.random),
  ];
  return `\ufeff${rows.map((row) => csvLine(row)).join('')}`;
}

function totalsJson({ total, dimensions }: Statistics): Json {
  return {
    total,
    dimensions: Object.fromEntries(
      DIMENSIONS.flatMap((dimension) => {
        const counts = dimensions[dimension];
        return counts === undefined
          ? []
          : [[dimension, { cells: { ...counts.cells }, suppressed: counts.suppressed }] as const];
      }),
    ),
  };
}
