import type { Sha256 } from '../base/crypto.js';
import { DEAL_ROLES, type DealRole } from './terms.js';

/** What of a kept wording decides whether it is a version of its deal. */
export interface Wording {
  readonly digest: Sha256;
  /** Digest of the version that it amends; null for a first version. */
  readonly amends: Sha256 | null;
  readonly signatures: readonly { readonly role: DealRole }[];
}

/** Whether both parties have signed. */
function isAgreed({ signatures }: Pick<Wording, 'signatures'>): boolean {
  return DEAL_ROLES.every((role) => signatures.some((signature) => signature.role === role));
}

/**
 * The versions of a deal in the order in which they took effect: what both have signed, each followed by the amendment that names it. The
 * last one is in force.
 *
 * @param wordings of one deal, oldest first
 */
export function versionsOf<W extends Wording>(wordings: readonly W[]): readonly W[] {
  const agreed = wordings.filter(isAgreed);
  const last = agreed.filter(({ digest }) => !agreed.some(({ amends }) => amends === digest)).at(-1);
  const versions: W[] = [];
  for (let at = last; at !== undefined && !versions.includes(at); ) {
    versions.unshift(at);
    const { amends } = at;
    at = agreed.find(({ digest }) => digest === amends);
  }
  return versions;
}

/** The wording of a deal that counts: the version in force, or before there is one, the newest text. */
export function standingWording<W extends Wording>(wordings: readonly W[]): W | undefined {
  return versionsOf(wordings).at(-1) ?? wordings.at(-1);
}
