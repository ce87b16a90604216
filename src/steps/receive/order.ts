import { checkChain, type Link } from '../../bundle/chain.js';
import { checkDate } from '../../bundle/dates.js';
import { MANIFEST } from '../../bundle/entry-names.js';
import { type Manifest, readManifest } from '../../bundle/manifest.js';
import type { OurBundle } from '../../bundle/unseal.js';
import { fail } from '../../messages/error.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { Session } from '../session/session.js';
import { ownSignatureTime } from '../session/own-signature.js';

/**
 * Step 12, against what this workspace knows: the bundle is younger than our signature under its deal, and the next of the chain.
 *
 * @param isAnyOrder whether a person said that a bundle which does not follow the last one is to be taken in
 * @returns whether it was, for that reason
 * @throws HandoverError DATE_BEFORE, BUNDLE_NUMBER, BUNDLE_PREVIOUS, BUNDLE_GAP, BUNDLE_LATE
 */
export function requireOrder(session: Session, bundle: OurBundle, isAnyOrder: boolean): boolean {
  const { manifest, manifestDigest } = bundle;
  const since = ownSignatureTime(session, manifest.deal.digest);
  checkDate({ document: MANIFEST, time: manifest.created, since });
  const { number, previous } = manifest;
  const problem = checkChain({ number, manifestDigest, previous }, linksOf(session, manifest));
  if (problem !== null && !isAnyOrder) fail(problem);
  return problem !== null;
}

/** What was received under the same deal from the same seller. */
function linksOf(session: Session, { deal, seller }: Manifest): readonly Link[] {
  return session.workspace.read
    .bundles()
    .filter(({ direction, state }) => direction === 'in' && state === 'received')
    .map((stored) => ({ stored, manifest: readManifest(stored.manifest) }))
    .filter(({ manifest }) => manifest.deal.id === deal.id && manifest.seller.card === seller.card)
    .map(({ stored, manifest }) => linkOf(stored, manifest));
}

function linkOf({ manifestDigest }: StoredBundle, { number, previous }: Manifest): Link {
  return { number, manifestDigest, previous };
}
