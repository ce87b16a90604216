import type { ImportSetup } from './import-setup.js';
import { normaliseHeader } from './header.js';
import { CONSENTS, CUSTOMERS, fieldOfHeader, profileOfKind } from './profile.js';

/** What a row is that holds headings: the header once more under other names, or that of another table. */
export type HeaderRow = 'again' | 'other';

const PROFILES = [CUSTOMERS, CONSENTS, ...(['orders', 'prepaid', 'services'] as const).map(profileOfKind)];

/** Fewer headings may be words that a customer's row holds as well: 电话 is a way of answering. */
const LEAST = 3;
/** A heading is no longer. */
const LONGEST = 24;

function hasDigit(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x30 && unit <= 0x39) return true;
  }
  return false;
}

/**
 * Tells rows that are headings from those of customers: none of their cells has a digit, they begin with a known heading, and most are known. Where
 * each stands above its own column, the header is there once more; where not, another table begins, whose rows nobody may read by the first header.
 *
 * @param subject place of the customer number, -1 where it is made of something else
 */
export function compileHeadingsTest(
  { mapping, headerRows }: Pick<ImportSetup, 'mapping' | 'headerRows'>,
  subject: number,
): (cells: readonly string[]) => HeaderRow | null {
  const own = new Set(headerRows.flatMap((row) => row.map(normaliseHeader)));
  const isKnown = (cell: string): boolean =>
    own.has(normaliseHeader(cell)) || PROFILES.some((profile) => fieldOfHeader(profile, cell) !== undefined);
  return (cells) => {
    // Nearly every row ends here.
    if (subject !== -1 && hasDigit(cells[subject] ?? '')) return null;
    for (const cell of cells) if (cell.length > LONGEST || hasDigit(cell)) return null;
    const filled = [...cells.entries()].filter(([, cell]) => cell.trim() !== '');
    const [, first = ''] = filled[0] ?? [];
    if (filled.length < LEAST || !isKnown(first)) return null;
    const known = filled.filter(([, cell]) => isKnown(cell));
    if (known.length < LEAST || known.length * 2 <= filled.length) return null;
    const isOwn = known.every(([i, cell]) => {
      const column = mapping.columns[i];
      if (column === undefined) return false;
      const field = fieldOfHeader(mapping.profile, cell)?.name;
      return (
        normaliseHeader(cell) === normaliseHeader(column.header) ||
        (field !== undefined && field === column.field)
      );
    });
    return isOwn ? 'again' : 'other';
  };
}
