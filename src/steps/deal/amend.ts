import { dealText } from '../../deal/deal-file.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { DEAL_ROLES, type DealRole } from '../../deal/terms.js';
import { versionsOf, type Wording } from '../../deal/versions.js';
import { amendmentNotes } from '../../messages/deal-template.js';
import { fail } from '../../messages/error.js';
import { writeWhole } from '../../store/files.js';
import type { Session } from '../session/session.js';
import { findDeal } from './deal.js';

export interface AmendmentDraft {
  readonly path: string;
  readonly deal: string;
  /** Digest of the version that it amends. */
  readonly amends: string;
}

/**
 * Writes the version in force as a text to edit, which names by its digest what it amends.
 *
 * @param named the deal, or null for the only one
 * @throws HandoverError DEAL_WHICH, DEAL_UNKNOWN, DEAL_UNSIGNED
 */
export async function draftAmendment(
  session: Session,
  named: string | null,
  { path, force }: { readonly path: string; readonly force: boolean },
): Promise<AmendmentDraft> {
  const { id } = findDeal(session, named);
  const wordings = session.workspace.read.wordings(id);
  const versions = versionsOf(wordings);
  const current =
    versions.at(-1) ?? fail({ code: 'DEAL_UNSIGNED', deal: id, roles: missing(wordings.at(-1)) });
  const terms = { ...readDealJson(current.bytes), amends: { sha256: current.digest } };
  const notes = amendmentNotes[session.runtime.lang](id, String(versions.length + 1));
  await writeWhole(path, dealText(terms, notes), { force });
  return { path, deal: id, amends: current.digest };
}

function missing(wording: Wording | undefined): readonly DealRole[] {
  return DEAL_ROLES.filter(
    (role) => !(wording?.signatures.some((signature) => signature.role === role) ?? false),
  );
}
