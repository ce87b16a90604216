import { tableWords } from '../../../messages/tables.js';
import { sumsText } from '../../../report/table-sums.js';
import { extractWords } from '../../../messages/screens/extract.js';
import { fileSize, grouped } from '../../../report/numbers.js';
import { extract } from '../../../steps/receive/extract.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { fieldList } from '../../show/accounting.js';

const EXTENSIONS = { csv: 'csv', ndjson: 'ndjson', sqlite: 'db' } as const;

/** `handover extract`: received records as a file in clear, after a question. */
export const run: Run<'extract'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = extractWords[lang];
  const { format, force } = options;
  const path = context.path(options.out ?? `${words.name}.${EXTENSIONS[format]}`);
  const input = { path, format, dataset: options.dataset ?? null, force, uses: options.for };
  const done = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const plan = await extract(session, { ...input, dryRun: true });
    if (dryRun) return plan;
    context.say((screen) => screen.warn(words.ownNotice));
    await context.confirm(words.question(grouped(plan.rows), context.shown(path)));
    return extract(session, { ...input, dryRun: false });
  });
  return {
    json: {
      path: done.path,
      file_format: done.format,
      rows: done.rows,
      fields: [...done.fields],
      bytes: done.bytes,
      sha256: done.sha256,
      bundles: [...done.bundles],
      frozen: done.frozen,
      refused: done.refused,
      ...(done.tables.length === 0 ? {} : { tables: done.tables.map((table) => ({ ...table })) }),
    },
    screen: (screen) => {
      const [count, shown] = [grouped(done.rows), context.shown(path)];
      screen.good(dryRun ? words.would(count, shown) : words.written(count, shown));
      screen.facts([
        [words.fields, fieldList(done.fields, lang)],
        ...done.tables.map(
          (table) =>
            [
              tableWords[lang][table.table].name,
              sumsText(table.table, table, lang),
              context.shown(table.path),
            ] as const,
        ),
        ...(done.sha256 === null
          ? []
          : [[words.size, fileSize(done.bytes)] as const, [words.digest, done.sha256] as const]),
      ]);
      if (done.frozen > 0) screen.warn(words.frozen(grouped(done.frozen)));
      if (done.refused > 0) screen.warn(words.refused(grouped(done.refused)));
      if (!dryRun) screen.warn(words.clear);
    },
  };
};
