import { fail } from '../messages/error.js';
import { rejectHeadings } from '../messages/findings.js';
import { LANGS } from '../messages/lang.js';
import type { Finding } from './finding.js';
import { normaliseHeader } from './header.js';
import type { Profile } from './profile.js';

/** One column of a file and the field that it becomes. */
export interface MappedColumn {
  /** 0-based position in the row. */
  readonly index: number;
  /** The header cell as it is. */
  readonly header: string;
  /** What may be shown of it: the header, or `#7`. */
  readonly shown: string;
  /** Canonical field, or null where the column is not imported. */
  readonly field: string | null;
  /** The field of another column that this one says as well. */
  readonly also?: string;
  /** Whether it is about disturbing, so that only a plain no to the handover in it says something of `also`. */
  readonly isBeside?: true;
  /** Whether it says that the customer is switched off, which makes a yes doubtful. */
  readonly isSwitch?: true;
  /** Whether it is a phone column that is used where the first is empty. */
  readonly isSpare?: true;
}

/**
 * What cells are made of that no column has. `line`: the line of the row. `phone`: the mobile number, or else the line. `name`: first and last
 * name. `second-phone`: what is beside the first number of a cell. `contact`: e-mail address or mobile number of a ledger. `withdrawal`: that
 * the person withdrew.
 */
export const DERIVATIONS = ['line', 'phone', 'name', 'second-phone', 'contact', 'withdrawal'] as const;

/** A field whose cells are made of other columns, behind those that the file has. */
export interface DerivedColumn {
  readonly field: string;
  readonly from: (typeof DERIVATIONS)[number];
  /** 0-based positions in the row. */
  readonly columns: readonly number[];
}

export interface Mapping {
  readonly profile: Profile;
  readonly columns: readonly MappedColumn[];
  readonly derived: readonly DerivedColumn[];
  readonly findings: readonly Finding[];
}

/** What a mapping file says: for each header, in order of appearance, the fields of the columns that have it. */
export type GivenMapping = ReadonlyMap<
  string,
  readonly { readonly field: string | null; readonly line: number }[]
>;

/**
 * Says which fields no column has.
 *
 * @param draft - name of the mapping file to be filled in; '' for none
 * @throws HandoverError MAPPING_REQUIRED
 */
export function failUnmapped({ columns }: Mapping, missing: readonly string[], draft: string): never {
  const free = columns.filter((column) => column.field === null && column.header.trim() !== '');
  return fail({
    code: 'MAPPING_REQUIRED',
    fields: missing,
    headers:
      free
        .slice(0, 40)
        .map((column) => column.shown)
        .join(', ') || '-',
    draft,
  });
}

/**
 * The column of a reject file in which the line of each row is given; null for any other file. One that was rejected again has the three
 * columns twice, and the later ones speak of it.
 */
export function lineColumnOf({ columns }: Mapping): number | null {
  return lineColumnIn(columns.map(({ header }) => header));
}

/** The column of the line numbers among the headings of a file; null where it is no reject file. */
export function lineColumnIn(headings: readonly string[]): number | null {
  const headers = headings.map(normaliseHeader);
  for (let at = headers.length - 3; at >= 0; at--)
    for (const lang of LANGS)
      if (rejectHeadings[lang].every((heading, i) => normaliseHeader(heading) === headers[at + i])) return at;
  return null;
}

/** The fields of a record of this mapping: those of the file's columns in their order, then those that are derived. */
export function mappedFields(mapping: Mapping): readonly string[] {
  return [
    ...mapping.columns.flatMap((column) => (column.field === null ? [] : [column.field])),
    ...mapping.derived.map(({ field }) => field),
  ];
}

/** Another currency than that of the amounts. */
const ABROAD =
  /美元|美金|港[币元幣]|欧元|英镑|日元|台[币幣]|新台|澳元|加元|新[币幣]|\b(?:usd|hkd|eur|gbp|jpy|twd|aud|cad|sgd|dollars?|euros?|pounds?)\b|[$€£]/iu;

/**
 * How many fen one unit of a money column is, by the unit in its header: 元 by default, 万元, 分. Null for another currency, of which no cell is an
 * amount that does not name its own.
 */
export function fenPerUnit(header: string): 1 | 100 | 1_000_000 | null {
  const text = header.normalize('NFKC');
  if (ABROAD.test(text)) return null;
  if (/[(【[]\s*(单位[::]?)?\s*(万元|万)\s*[)】\]]|\/万元?$/.test(text)) return 1_000_000;
  if (/[(【[]\s*(单位[::]?)?\s*(分|fen)\s*[)】\]]|\/分$/i.test(text)) return 1;
  return 100;
}
