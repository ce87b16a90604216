// The deal: its terms are drafted, checked, signed by both parties, amended, and looked up by whoever acts under them.

import { basename } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { textKind } from '../../deal/states.js';
import { dealTemplate } from '../../deal/template.js';
import type { DealRole, Terms } from '../../deal/terms.js';
import { versionsOf, type Wording } from '../../deal/versions.js';
import type { ClaimedCard } from '../../identity/card.js';
import { fail } from '../../messages/error.js';
import { CURRENT_POLICY } from '../../policy/packs.js';
import { writeWhole } from '../../store/files.js';
import type { StoredDeal } from '../../store/rows.js';
import { ownCard, pinnedCard } from '../session/cards.js';
import type { Session } from '../session/session.js';

export interface DealDraft {
  readonly path: string;
  readonly id: string;
  readonly seller: string;
  readonly buyer: string;
}

/** Writes a commented deal.yaml that both parties fill in. */
export async function draftDeal(
  session: Session,
  input: { readonly path: string; readonly id: string | null; readonly force: boolean },
): Promise<DealDraft> {
  const own = ownCard(session.workspace.info);
  const isSeller = session.workspace.info.role === 'seller';
  const partner = partnerCard(session, isSeller ? 'buyer' : 'seller');
  const [seller, buyer] = isSeller ? [own, partner] : [partner, own];
  const id = input.id ?? `${session.now.slice(0, 4)}-001`;
  const text = dealTemplate(session.runtime.lang, {
    id,
    environment: session.workspace.info.environment,
    policy: { pack: CURRENT_POLICY.id, version: CURRENT_POLICY.version },
    seller: { name: seller.card.name, card: seller.digest },
    buyer: { name: buyer.card.name, card: buyer.digest },
    today: session.now,
    papers: session.workspace.read.papers(),
  });
  await writeWhole(input.path, text, { force: input.force });
  return { path: input.path, id, seller: seller.card.name, buyer: buyer.card.name };
}

/** The card that was trusted last of those that may be in this role. @throws HandoverError DEAL_NO_PARTNER */
function partnerCard(session: Session, role: DealRole): ClaimedCard {
  const trusted = session.workspace.read.cards().filter(({ state }) => state === 'trusted');
  const cards = trusted.map(({ digest }) => pinnedCard(session, digest));
  return cards.filter(({ card }) => (card.role ?? role) === role).at(-1) ?? fail({ code: 'DEAL_NO_PARTNER' });
}

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
}

export function viewVersions(session: Session, id: string): DealVersions {
  const { read, info } = session.workspace;
  const wordings = read.wordings(id);
  const facts = { role: info.role, wordings };
  const view = ({ digest }: Wording): DealView => viewDeal(session, digest);
  return {
    versions: versionsOf(wordings).map(view),
    offers: wordings.filter((wording) => textKind(wording, facts) === 'offer').map(view),
  };
}

/** The two signature files as they go into a bundle. */
export function dealSignatures(session: Session, digest: Sha256): Readonly<Record<DealRole, string>> {
  const signatures = session.workspace.read.deal(digest)?.signatures ?? [];
  const of = (role: DealRole) => signatures.find((s) => s.role === role)?.signature ?? '';
  return { seller: of('seller'), buyer: of('buyer') };
}
