import { basename } from 'node:path';
import type { PartialTerms } from '../../deal/cross-checks.js';
import { readDraftParts } from '../../deal/deal-file.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { fieldsOf } from '../../deal/terms.js';
import { DEAL_FILE_LIMIT } from '../../deal/terms-reading.js';
import { fail } from '../../messages/error.js';
import { readLimited, readSent } from '../../store/files.js';
import type { Session } from '../session/session.js';
import { findDeal } from './deal.js';

/**
 * The terms as far as anybody has written them: those of a deal that is here, or the readable parts of a deal.yaml that has blanks still,
 * because the papers are signed before the deal is. Null where nothing was named and there is no deal.
 *
 * @param named the deal by its id; and the file, if there is one of that name
 * @throws HandoverError DEAL_UNKNOWN, DEAL_WHICH, DEAL_NOT_A_DEAL and the problems of reading a file
 */
export function draftTerms(
  session: Session,
  named: { readonly id: string | null; readonly path: string | null },
): PartialTerms | null {
  const { id, path } = named;
  if (path !== null && !path.endsWith('.json')) {
    const name = basename(path);
    return readDraftParts(readLimited(path, DEAL_FILE_LIMIT, name)) ?? fail({ code: 'DEAL_NOT_A_DEAL' });
  }
  if (id === null && session.workspace.read.deals().length === 0) return null;
  const terms =
    path === null ? findDeal(session, id) : readDealJson(readSent(path, DEAL_FILE_LIMIT, basename(path)));
  return { ...terms, fields: fieldsOf(terms) };
}
