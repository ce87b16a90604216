import type { Sha256 } from '../base/crypto.js';
import { fail } from '../messages/error.js';
import type { Problem } from '../messages/problem.js';

/** What of a bundle makes it a link in the chain of its deal. */
export interface Link {
  readonly number: number;
  readonly manifestDigest: Sha256;
  /** Digest of the manifest that it adds to; null for the first. */
  readonly previous: Sha256 | null;
}

/**
 * Step 12. The bundles of a deal are one chain: each has the next number, and names the manifest of the one before. A second bundle of a
 * number, or one that names another than the one that was received, is refused whatever anybody says.
 *
 * @param link not one of `received`
 * @param received what came of the same deal from the same seller, in any order
 * @returns what is missing, if the bundle does not follow the last one: a person may say that it is to be taken in all the same
 * @throws HandoverError BUNDLE_NUMBER, BUNDLE_PREVIOUS
 */
export function checkChain(link: Link, received: readonly Link[]): Problem | null {
  const { number } = link;
  const at = (wanted: number) => received.find((other) => other.number === wanted);
  if (at(number) !== undefined) fail({ code: 'BUNDLE_NUMBER', number });
  const [before, after] = [at(number - 1), at(number + 1)];
  const isLinked =
    (before === undefined || link.previous === before.manifestDigest) &&
    (after === undefined || after.previous === link.manifestDigest);
  if (!isLinked) fail({ code: 'BUNDLE_PREVIOUS', number });
  const last = received.reduce((most, other) => Math.max(most, other.number), 0);
  if (number < last) return { code: 'BUNDLE_LATE', number, last };
  return number === last + 1 ? null : { code: 'BUNDLE_GAP', number, missing: last + 1 };
}
