import type { FieldName } from '../dataset/fields.js';
import { shortHash, MOST_SHARED, sameLength } from './twins.js';

/*
 * Records under different customer numbers that may be one person, or one household: they share a mobile number, an identity number, a name
 * together with an address, or an address alone (PIPL-8). They are proposed to people, and never joined here.
 */

/** What two records share; of a household they share the address and not the name. */
export const LIKENESSES = ['mobile', 'id_no', 'name_address', 'household'] as const;
export type LikenessKind = (typeof LIKENESSES)[number];

/** Records that share something, in one file. */
export interface Likeness {
  readonly by: LikenessKind;
  readonly groups: number;
  /** Records in all groups. */
  readonly records: number;
  /** The lines of the first groups. */
  readonly lines: readonly (readonly number[])[];
}

/** Compiles the form in which records are compared: '' where there is nothing to compare. */
export function compileComparable(
  columns: readonly (FieldName | null)[],
): (record: readonly string[], by: LikenessKind) => string {
  const at = (name: FieldName) => columns.indexOf(name);
  const [mobile, id, name, address] = [at('mobile'), at('id_no'), at('name'), at('address')];
  return (record, by) => {
    switch (by) {
      case 'mobile':
        return record[mobile] ?? '';
      case 'id_no':
        return sameLength(record[id] ?? '');
      case 'household':
        return house(record[address] ?? '');
      case 'name_address': {
        const [who, where] = [record[name] ?? '', house(record[address] ?? '')];
        return who === '' || where === '' ? '' : `${who.replace(/\s+/g, '')}\n${where}`;
      }
    }
  };
}

/** An address without spaces and marks; '' for one without a number, which is a street or a compound. */
function house(address: string): string {
  const text = address.normalize('NFKC').replace(/[\s,，.。、;；#\-—_()（）]/g, '');
  return /\d/.test(text) ? text : '';
}

/** What a record is compared by, as fingerprints: its number, its name, then one for each of {@link LIKENESSES}; 0 for nothing. */
export type LikenessPrints = readonly number[];

/** Compiles the fingerprints of records. */
export function compileLikeness(
  columns: readonly (FieldName | null)[],
): (record: readonly string[]) => LikenessPrints {
  const comparable = compileComparable(columns);
  const number = columns.indexOf('customer_no');
  const name = columns.indexOf('name');
  return (record) => [
    shortHash(record[number] ?? ''),
    shortHash(record[name] ?? ''),
    ...LIKENESSES.map((by) => shortHash(comparable(record, by))),
  ];
}

const NUMBER = 0;
const NAME = 1;
/** Groups whose lines are kept. */
const LISTED = 10;

/** The fingerprints of a whole file. */
export class LikenessGroups {
  #size = 0;
  #lines = new Uint32Array(1024);
  #prints = Array.from({ length: 2 + LIKENESSES.length }, () => new Float64Array(1024));

  add(prints: LikenessPrints, line: number): void {
    if (this.#size === this.#lines.length) this.#grow();
    this.#lines[this.#size] = line;
    for (const [k, column] of this.#prints.entries()) column[this.#size] = prints[k] ?? 0;
    this.#size++;
  }

  /** The records that share something under different numbers; null where none do. A number that many share is a shop's, and nobody's own. */
  of(by: LikenessKind): Likeness | null {
    const found = [...this.#groups(by)];
    if (found.length === 0) return null;
    return {
      by,
      groups: found.length,
      records: found.reduce((sum, group) => sum + group.length, 0),
      lines: found.slice(0, LISTED).map((group) => group.map((i) => this.#lines[i] ?? 0)),
    };
  }

  *#groups(by: LikenessKind): Generator<readonly number[]> {
    const shared = this.#prints[2 + LIKENESSES.indexOf(by)] ?? new Float64Array();
    const order = Uint32Array.from({ length: this.#size }, (_, i) => i).filter((i) => shared[i] !== 0);
    order.sort((a, b) => (shared[a] ?? 0) - (shared[b] ?? 0) || a - b);
    for (let from = 0, to = 0; from < order.length; from = to) {
      for (to = from + 1; to < order.length && shared[order[to] ?? 0] === shared[order[from] ?? 0]; ) to++;
      const group = order.subarray(from, to);
      if (group.length < 2 || group.length > MOST_SHARED || this.#different(NUMBER, group) < 2) continue;
      // Of one name they are the same person once more.
      if (by === 'household' && this.#different(NAME, group) < 2) continue;
      yield [...group];
    }
  }

  #different(key: number, group: Uint32Array): number {
    return new Set(Array.from(group, (i) => this.#prints[key]?.[i])).size;
  }

  #grow(): void {
    const size = this.#lines.length * 2;
    const lines = new Uint32Array(size);
    lines.set(this.#lines);
    this.#lines = lines;
    this.#prints = this.#prints.map((column) => {
      const larger = new Float64Array(size);
      larger.set(column);
      return larger;
    });
  }
}
