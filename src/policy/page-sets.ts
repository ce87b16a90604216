/** Places of sets among the different ones of a page: one byte each, until there are more different ones than that tells apart. */
type Places = Uint8Array | Uint16Array | Uint32Array;

/**
 * A set for each record of a page, in order: of its reasons, or of what stays of it. The records of a page share a few dozen sets, so one
 * takes a byte and not four; a file of any size is judged whole before its verdicts are kept.
 */
export class PageSets {
  #places: Places;
  /** The different sets, in the order in which they came. Those that nobody has any more stay. */
  readonly #different: number[] = [];

  private constructor(length: number) {
    this.#places = new Uint8Array(length);
  }

  static of(words: ArrayLike<number>): PageSets {
    const sets = new PageSets(words.length);
    for (let at = 0; at < words.length; at++) sets.put(at, words[at] ?? 0);
    return sets;
  }

  get length(): number {
    return this.#places.length;
  }

  /** The set of a record; undefined where there is no such record. */
  at(record: number): number | undefined {
    const place = this.#places[record];
    return place === undefined ? undefined : this.#different[place];
  }

  /** @param bits 32 of them, not negative */
  put(record: number, bits: number): void {
    // They are few: a map of them would take more room than the places.
    let place = this.#different.indexOf(bits);
    if (place === -1) {
      place = this.#different.push(bits) - 1;
      if (place === 2 ** 8) this.#places = Uint16Array.from(this.#places);
      else if (place === 2 ** 16) this.#places = Uint32Array.from(this.#places);
    }
    this.#places[record] = place;
  }

  /** Adds to the set of a record. */
  add(record: number, bits: number): void {
    this.put(record, ((this.at(record) ?? 0) | bits) >>> 0);
  }

  /** The sets as they are stored, in memory of their own. */
  words(): Uint32Array<ArrayBuffer> {
    const words = new Uint32Array(this.length);
    for (let at = 0; at < words.length; at++) words[at] = this.at(at) ?? 0;
    return words;
  }
}

/** The verdicts on the records of a page, in their order. */
export interface JudgedPage {
  readonly number: number;
  readonly reasonSets: PageSets;
  /** null if nothing stays of anybody. */
  readonly stays: PageSets | null;
}
