import { SUMS } from '../deal/tables.js';
import { type FurtherTable, isFurtherTable } from '../messages/tables.js';
import type { Sums } from './accounting.js';
import type { Manifest } from './manifest.js';

/** Two sums in one; whoever is in both is counted twice. */
export function addedSums(one: Sums, other: Sums): Sums {
  const both = (a: number | null, b: number | null): number | null =>
    a === null && b === null ? null : (a ?? 0) + (b ?? 0);
  return {
    rows: one.rows + other.rows,
    persons: one.persons + other.persons,
    fen: both(one.fen, other.fen),
    sessions: both(one.sessions, other.sessions),
  };
}

/** A table beside the customers, with what its rows add up to. */
export interface TableInBundle extends Sums {
  readonly table: FurtherTable;
}

/** The tables that a bundle holds, as its manifest signs them. */
export function tablesIn({ accounting }: Pick<Manifest, 'accounting'>): readonly TableInBundle[] {
  return accounting.flatMap(({ resource, sums }) =>
    sums !== undefined && isFurtherTable(resource) ? [{ table: resource, ...sums.transfer }] : [],
  );
}

/** Adds up the rows of one table: the one way in which file, persons, bundle and receipt are counted. */
export class TableSums {
  readonly #persons = new Set<string>();
  readonly #hasFen: boolean;
  readonly #hasSessions: boolean;
  #rows = 0;
  #fen = 0;
  #sessions = 0;

  /** @param fields those whose values are at hand as they are, without a change on their way */
  constructor(table: FurtherTable, fields: readonly string[]) {
    const { fen, sessions } = SUMS[table];
    this.#hasFen = fen !== null && fields.includes(fen);
    this.#hasSessions = sessions !== null && fields.includes(sessions);
  }

  /**
   * @param person the same text for all rows of a person
   * @param fen whole fen as text, '' for none
   * @param sessions with at most two decimals, '' for none
   */
  add(person: string, fen: string, sessions: string): void {
    this.#persons.add(person);
    this.addRead(fenOf(fen), hundredthsOf(sessions));
  }

  /** As {@link add}, of a row whose amounts were read before and whose person is counted elsewhere. */
  addRead(fen: number, hundredths: number): void {
    this.#rows++;
    this.#fen += fen;
    this.#sessions += hundredths;
  }

  end(): Sums {
    return {
      rows: this.#rows,
      persons: this.#persons.size,
      fen: this.#hasFen ? this.#fen : null,
      sessions: this.#hasSessions ? this.#sessions : null,
    };
  }
}

/** @param fen whole fen as text; 0 for anything else */
export function fenOf(fen: string): number {
  return /^-?\d{1,14}$/.test(fen) ? Number(fen) : 0;
}

/** Hundredths of a session. @param sessions with at most two decimals; 0 for anything else */
export function hundredthsOf(sessions: string): number {
  const count = /^(-?)(\d{1,9})(?:\.(\d{1,2}))?$/.exec(sessions);
  if (count === null) return 0;
  const [, sign = '', whole = '', fraction = ''] = count;
  const hundredths = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return sign === '-' ? -hundredths : hundredths;
}
