import { leavingPurposes, type Terms } from '../deal/terms.js';
import { LANGS } from '../messages/lang.js';

/** Distinct cells are few (one buyer, some purposes); an adversarial column must not fill the memory. */
const CACHE_LIMIT = 4096;

/** Cells of a file as text to compare: full-width forms, spaces and case aside. */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200d\ufeff]+/gu, '')
    .toLowerCase();
}

/** Words that mean everybody, or the recipient without a name. They widen a no; they never make a yes specific (NDSR-62-7). */
const ANYBODY =
  /全部|所有|任何|一切|第三方|他人|别人|受让|接收|买方|对方|新公司|\b(?:all|any|every)|third|buyer|recipient|transferee/;

const SEPARATORS = /[、,;；，|/+\n]+/u;

/** How the recipient and the purpose of consent events relate to a deal. Bit i of a set of purposes is the i-th leaving purpose. */
export interface ConsentMatcher {
  /** All leaving purposes. */
  readonly required: number;
  /** Whether a yes names the buyer: its name, or its card's digest. Exactly, because consent is given to one recipient. */
  namesBuyer(recipient: string): boolean;
  /** Whether a no may be meant for the buyer. Generously: not stated, a part of the name, "third parties". */
  touchesBuyer(recipient: string): boolean;
  /** The leaving purposes that a yes names, by id or by name. */
  granted(purpose: string): number;
  /** The leaving purposes that a no may be meant for: all, unless everything in the cell is a purpose of the deal. */
  denied(purpose: string): number;
}

/** Compiles the comparison for a deal. Free text is compared once for each distinct cell. */
export function consentMatcher(terms: Terms): ConsentMatcher {
  const buyer = comparable(terms.buyer.name);
  const leaving = leavingPurposes(terms);
  const required = leaving.length === 0 ? 0 : (2 ** leaving.length - 1) | 0;
  // Purposes for which nothing leaves are known names too: a no to one of them is no reason to withhold.
  const bits = new Map<string, number>();
  for (const purpose of terms.purposes) {
    const i = leaving.findIndex(({ id }) => id === purpose.id);
    for (const name of [purpose.id, ...LANGS.map((lang) => purpose[lang])])
      bits.set(comparable(name), (bits.get(comparable(name)) ?? 0) | (i < 0 ? 0 : 1 << i));
  }
  const granted = (cell: string) => {
    const whole = bits.get(comparable(cell));
    if (whole !== undefined) return whole;
    let purposes = 0;
    for (const part of cell.split(SEPARATORS)) purposes |= bits.get(comparable(part)) ?? 0;
    return purposes;
  };
  const denied = (cell: string) => {
    if (comparable(cell) === '') return required;
    const whole = bits.get(comparable(cell));
    if (whole !== undefined) return whole;
    const parts = cell
      .split(SEPARATORS)
      .map(comparable)
      .filter((part) => part !== '');
    return parts.length > 0 && parts.every((part) => bits.has(part)) ? granted(cell) : required;
  };
  const touches = (cell: string) => {
    const name = comparable(cell);
    if (name === '' || name === terms.buyer.card || ANYBODY.test(name)) return true;
    return name.includes(buyer) || (name.length >= 2 && buyer.includes(name));
  };
  return {
    required,
    namesBuyer: remembered((cell) => {
      const name = comparable(cell);
      return name === buyer || name === terms.buyer.card;
    }),
    touchesBuyer: remembered(touches),
    granted: remembered(granted),
    denied: remembered(denied),
  };
}

/**
 * A comparison that is made once for each distinct cell. Most cells repeat the one before, in a string of their own: that is compared before
 * it is looked up.
 */
export function remembered<T extends number | boolean | string | object>(
  compute: (cell: string) => T,
): (cell: string) => T {
  const cache = new Map<string, T>();
  let lastCell: string | undefined;
  let last: T;
  return (cell) => {
    if (cell === lastCell) return last;
    const known = cache.get(cell);
    const value = known ?? compute(cell);
    if (known === undefined) {
      if (cache.size >= CACHE_LIMIT) cache.clear();
      cache.set(cell, value);
    }
    lastCell = cell;
    last = value;
    return value;
  };
}
