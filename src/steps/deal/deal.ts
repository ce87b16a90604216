// The deal: its terms are drafted, checked, signed by both parties, amended, and looked up by whoever acts under them.

import { basename } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import type { Instant } from '../../base/time.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { textKind } from '../../deal/states.js';
import type { DealRole, Terms } from '../../deal/terms.js';
import { versionsOf, type Wording } from '../../deal/versions.js';
import { fail } from '../../messages/error.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import type { Session } from '../session/session.js';

/** The state of a deal: which signatures are there. */
export interface DealView {
  readonly terms: Terms;
  readonly digest: Sha256;
  readonly signed: Readonly<Record<DealRole, boolean>>;
}

/** An amendment by the name of its file ({@link dealFileName}). */
function amendmentAt(session: Session, named: string): StoredDeal | undefined {
  const [, id = '', short = ''] = /^(.*)\.amendment-([0-9a-f]{8})\.deal\.json$/.exec(basename(named)) ?? [];
  return session.workspace.read.wordings(id).find(({ digest }) => digest.startsWith(short));
}

/** The deal by id, by digest, by path, or the only one there is. @throws HandoverError DEAL_WHICH, DEAL_UNKNOWN */
export function findDeal(session: Session, named: string | null): Terms {
  const deals = session.workspace.read.deals();
  if (named === null) {
    const [only, ...more] = deals;
    if (only === undefined) return fail({ code: 'DEAL_NONE' });
    if (more.length > 0) return fail({ code: 'DEAL_WHICH', deals: deals.map((deal) => deal.id) });
    return readDealJson(only.bytes);
  }
  const { read } = session.workspace;
  const stored =
    read.deal(named) ??
    read.deal(basename(named).replace(/\.deal\.json$/, '')) ??
    amendmentAt(session, named);
  if (stored === undefined) return fail({ code: 'DEAL_UNKNOWN', deal: basename(named) });
  return readDealJson(stored.bytes);
}

/**
 * A wording with its signatures.
 *
 * @param digest of the wording
 * @throws HandoverError DEAL_UNKNOWN
 */
export function viewDeal(session: Session, digest: Sha256): DealView {
  const stored =
    session.workspace.read.deal(digest) ?? fail({ code: 'DEAL_UNKNOWN', deal: digest.slice(0, 12) });
  const has = (role: DealRole) => stored.signatures.some((s) => s.role === role);
  return {
    terms: readDealJson(stored.bytes),
    digest,
    signed: { seller: has('seller'), buyer: has('buyer') },
  };
}

/** The versions of a deal, in the order in which they took effect, and the texts that wait for a signature. */
export interface DealVersions {
  readonly versions: readonly DealView[];
  readonly offers: readonly DealView[];
  /** When the deal was aborted, whatever its version was then; null for one that was not. */
  readonly aborted: Instant | null;
}

/**
 * The versions of a deal and the texts that wait.
 *
 * @param id of the deal
 * @throws HandoverError DEAL_UNKNOWN
 */
export function viewVersions(session: Session, id: string): DealVersions {
  const { read, info } = session.workspace;
  const wordings = read.wordings(id);
  const [first] = wordings;
  const facts = { role: info.role, wordings };
  const view = ({ digest }: Wording): DealView => viewDeal(session, digest);
  return {
    versions: versionsOf(wordings).map(view),
    offers: wordings.filter((wording) => textKind(wording, facts) === 'offer').map(view),
    aborted: first === undefined ? null : (read.dealEnd(first.digest)?.time ?? null),
  };
}

/** The two signature files as they go into a bundle. */
export function dealSignatures(session: Session, digest: Sha256): Readonly<Record<DealRole, string>> {
  const signatures = session.workspace.read.deal(digest)?.signatures ?? [];
  const of = (role: DealRole) => signatures.find((s) => s.role === role)?.signature ?? '';
  return { seller: of('seller'), buyer: of('buyer') };
}
