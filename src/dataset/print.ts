import { utf8 } from '../base/bytes.js';
import { sha256 } from '../base/crypto.js';
import { CELL_END, type ImportedRecord } from './page.js';

/** Beginnings of a digest that tell whether two records say the same, whatever columns their files have. */
export type Print = number;

const HEX_DIGITS = 8;

/**
 * Compiles what tells records apart that say different things: the first 32 bits of a digest over every field that has a value. Of changed
 * records one in four thousand million is taken for unchanged, which is good enough for a count. It is for memory only: a digest of little
 * text without a key could be guessed.
 *
 * @param isMeant - the fields that count; else all of them
 */
export function compilePrint(
  columns: readonly string[],
  isMeant: (field: string) => boolean = () => true,
): (record: ImportedRecord) => Print {
  const order = columns
    .map((name, i) => ({ name, i }))
    .filter(({ name }) => isMeant(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return (record) => {
    let text = '';
    for (const { name, i } of order) {
      const cell = record[i] ?? '';
      if (cell !== '') text += name + CELL_END + cell + CELL_END;
    }
    return Number.parseInt(sha256(utf8(text)).slice(0, HEX_DIGITS), 16);
  };
}
