import type { SecretKey } from '../base/crypto.js';
import type { Instant } from '../base/time.js';
import type { Lang } from '../messages/lang.js';
import type { Encoding } from './encoding.js';
import type { Mapping } from './mapping.js';
import type { FixClass } from './repair.js';
import type { ColumnHints } from './survey.js';

/** Everything that an import of one file depends on. Structured-cloneable, so that a worker can be sent it. */
export interface ImportSetup {
  readonly mapping: Mapping;
  /** Of the chunks: {@link Chunker.encoding}. */
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** Whether the chunks are rows of a sheet ({@link Opening.isSheet}). */
  readonly isSheet: boolean;
  /** The first line behind the header; rows that begin before it are no data. */
  readonly dataLine: number;
  /** Cells that every row has. */
  readonly width: number;
  /** The rows of the header, which may be further down once more. */
  readonly headerRows: readonly (readonly string[])[];
  readonly hints: ColumnHints;
  /** Classes of damage that are mended. */
  readonly fixes: readonly FixClass[];
  /** Fields whose text goes to the buyer: a row in which it is destroyed cannot be used. */
  readonly needed: readonly string[];
  /** Key of the subject tags of this workspace. */
  readonly tagKey: SecretKey;
  /** Of a table beside the customer list: the tags of the customers of the list; a row of anybody else is rejected. */
  readonly customers?: Uint8Array;
  readonly now: Instant;
  /** Language of the reject rows. */
  readonly lang: Lang;
}
