import { contactSubject } from './contact.js';
import type { ValueKind } from './kinds.js';
import type { DerivedColumn, Mapping } from './mapping.js';
import { maskValue } from './mask.js';
import { otherPhones } from './phones.js';

/** A column of the file, as far as others are made of it. */
interface PlacedColumn {
  readonly index: number;
  readonly field: string;
  readonly kind: ValueKind;
}

/** The places in a record of what is made of more than one column. */
export class SlotsOf {
  /** Of the customer number. */
  readonly subject: number;
  /** Whether anything is to be filled beside the columns themselves. */
  readonly hasMore: boolean;
  readonly #derived: readonly (DerivedColumn & { readonly slot: number })[];
  readonly #kinds: readonly ValueKind[];
  readonly #mobile: number;
  readonly #mobileIndex: number;
  readonly #second: number;
  /** Of a phone column that is used where the first is empty. */
  readonly #spare: number;

  constructor(columns: readonly PlacedColumn[], { derived, profile, columns: mapped }: Mapping) {
    this.#derived = derived.map((column, i) => ({ ...column, slot: columns.length + i }));
    const at = (field: string): number => {
      const own = columns.findIndex((column) => column.field === field);
      return own !== -1 ? own : (this.#derived.find((column) => column.field === field)?.slot ?? -1);
    };
    this.subject = at(profile.subject);
    this.#mobile = at('mobile');
    this.#second = at('mobile_2');
    this.#spare = columns.findIndex(({ index }) => mapped[index]?.isSpare === true);
    const kinds = new Map(profile.fields.map(({ name, kind }) => [name, kind]));
    this.#kinds = [
      ...columns.map(({ kind }) => kind),
      ...derived.map(({ field }) => kinds.get(field) ?? 'text'),
    ];
    this.#mobileIndex = columns[this.#mobile]?.index ?? -1;
    this.hasMore = this.#spare !== -1 || this.#derived.length > 0;
  }

  /** Fills what is derived of a row that was read. */
  fill(out: string[], cells: readonly string[], line: number, hasSecondPhone: boolean): void {
    if (this.#spare !== -1 && out[this.#mobile] === '') {
      out[this.#mobile] = out[this.#spare] ?? '';
      out[this.#spare] = '';
    }
    for (const { slot, from, columns } of this.#derived) out[slot] = derivedCell(from, columns, cells, line);
    for (const { slot, from } of this.#derived)
      if (from === 'phone') out[slot] = out[this.#mobile] || `#${line}`;
    if (!hasSecondPhone) return;
    const more = otherPhones(cells[this.#mobileIndex] ?? '');
    const before = out[this.#second] ?? '';
    if (this.#second !== -1 && more !== '') out[this.#second] = before === '' ? more : `${before} / ${more}`;
    // No column for it: the cell keeps all its numbers.
    else if (more !== '') out[this.#mobile] = `${out[this.#mobile] ?? ''} / ${more}`;
  }

  masked(out: readonly string[]): string[] {
    return out.map((value, i) => maskValue(this.#kinds[i] ?? 'text', value));
  }
}

function derivedCell(
  from: DerivedColumn['from'],
  columns: readonly number[],
  cells: readonly string[],
  line: number,
): string {
  const [first = '', last = ''] = columns.map((index) => (cells[index] ?? '').trim());
  switch (from) {
    case 'line':
      return `#${line}`;
    case 'withdrawal':
      return 'withdrawn';
    case 'name':
      return joinName(first, last);
    case 'contact':
      return contactSubject(first, last);
    case 'phone':
    case 'second-phone':
      return '';
  }
}

/** Chinese names have the family name first and no space. */
function joinName(first: string, last: string): string {
  const isHan = /^\p{Script=Han}*$/u.test(first + last);
  return (isHan ? last + first : `${first} ${last}`).trim().normalize('NFC');
}
