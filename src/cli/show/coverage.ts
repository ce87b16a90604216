import type { Json } from '../../base/json.js';
import type { Lang } from '../../messages/lang.js';
import { listWords } from '../../messages/screens/list.js';
import { coverageText } from '../../report/coverage.js';
import type { Fact } from '../../report/screen.js';
import { type Coverage, coverageCounts } from '../../steps/import/coverage.js';

/** What is covered and what is left out. */
export function coverageFact(coverage: Coverage, lang: Lang): Fact {
  const words = listWords[lang];
  return [
    words.list,
    coverageText(coverageCounts(coverage), lang),
    ...(coverage.leftOut === 0 ? [] : [words.leftOut(coverage.leftOut)]),
  ];
}

/** The coverage as the documents of --json have it. */
export function coverageJson({ files, rows, customers, replaced, gone, leftOut }: Coverage): Json {
  return {
    files: files.map((each) => ({
      dataset: each.id,
      file: each.file,
      sha256: each.sha256,
      relation: each.relation,
      rows: each.rows,
      imported: each.imported,
    })),
    rows,
    customers,
    replaced,
    gone,
    files_left_out: leftOut,
  };
}
