import type { Customer, Reading } from './read.js';

/**
 * How what was read stands to what is in the file: `equal`; `refused` as a whole; `quarantined`, where rows or cells were left out and named.
 * Anything else is a silent difference, which no import may make.
 */
export type Outcome = 'equal' | 'refused' | 'quarantined' | `silent difference: ${string}`;

/**
 * Compares a reading with the customers that are in the file, by the fields that they state.
 *
 * @param truth - in any order; `customer_no` tells them apart, or the mobile number where the file has none
 */
export function judged(truth: readonly Customer[], reading: Reading): Outcome {
  if (reading.outcome === 'refused') return 'refused';
  const { customers, rejected, leftOut } = reading;
  const key = (customer: Customer) => customer['customer_no'] ?? customer['mobile'] ?? '';
  const wanted = new Map(truth.map((customer) => [key(customer), customer]));
  const left = new Map(leftOut);
  const seen = new Set<string>();
  let isWhole = true;
  for (const found of customers) {
    const own = wanted.get(found['customer_no'] ?? '') ?? wanted.get(found['mobile'] ?? '');
    if (own === undefined) return `silent difference: a customer who is not in the file`;
    if (seen.has(key(own))) return `silent difference: ${key(own)} twice`;
    seen.add(key(own));
    for (const [field, value] of Object.entries(own)) {
      const read = found[field] ?? '';
      if (read === value) continue;
      const cells = left.get(field) ?? 0;
      if (read !== '' || cells === 0) return `silent difference: ${field} of ${key(own)}`;
      left.set(field, cells - 1);
      isWhole = false;
    }
  }
  const missing = truth.filter((customer) => !seen.has(key(customer)));
  if (missing.length > rejected) return `silent difference: ${missing.length - rejected} customers lost`;
  return isWhole && missing.length === 0 ? 'equal' : 'quarantined';
}
