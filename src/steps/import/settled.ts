import type { Instant } from '../../base/time.js';
import type { Encoding } from '../../dataset/encoding.js';
import type { Finding } from '../../dataset/finding.js';
import type { Opening } from '../../dataset/header.js';
import type { ImportSetup } from '../../dataset/import-setup.js';
import type { Mapping } from '../../dataset/mapping.js';
import type { FixClass } from '../../dataset/repair.js';
import type { ColumnHints } from '../../dataset/survey.js';
import type { Lang } from '../../messages/lang.js';

/** What is decided for all rows of a file, before the first is read. */
export interface FileHead {
  readonly hints: ColumnHints;
  /** About the header and its columns. */
  readonly findings: readonly Finding[];
  readonly fixes: readonly FixClass[];
  /** Fields whose text goes to the buyer. */
  readonly needed: readonly string[];
  /** The day that is today for every row. */
  readonly now: Instant;
  /** Language of the reject file. */
  readonly lang: Lang;
}

/** How rows are read, but for the keys and what only the store knows. */
export function settledSetup(
  opening: Omit<Opening, 'sample'>,
  mapping: Mapping,
  { hints, fixes, needed, now, lang }: FileHead,
  encoding: Encoding,
): Omit<ImportSetup, 'tagKey' | 'customers'> {
  const { delimiter, isSheet, dataLine, width, headerRows } = opening;
  return {
    ...{ mapping, encoding, delimiter, isSheet, dataLine, width, headerRows },
    ...{ hints, fixes, needed, now, lang },
  };
}
