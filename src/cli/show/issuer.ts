import type { ClaimedCard } from '../../identity/card.js';
import { fail } from '../../messages/error.js';
import { claimedCardAt, ownCard } from '../../steps/session/cards.js';
import { withSession } from '../../steps/session/session.js';
import { findWorkspace } from '../../store/find-workspace.js';
import type { CommandContext } from '../context.js';
import type { CommandName } from '../shapes.js';

/**
 * The card of whoever issued a piece of evidence: the file that --card names, for whose owner the reader vouches; without it, in a
 * workspace, one's own.
 */
export async function issuerOf(
  context: CommandContext,
  card: string | undefined,
  command: CommandName,
): Promise<ClaimedCard> {
  if (card !== undefined) return claimedCardAt(context.path(card));
  const dir = context.workspace ?? findWorkspace(context.system.cwd);
  if (dir === null) return fail({ code: 'CLI_OPTION_MISSING', option: '--card', command });
  return withSession(dir, context.runtime, async (session) => ownCard(session.workspace.info));
}
