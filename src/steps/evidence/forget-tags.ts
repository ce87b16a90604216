import { fail } from '../../messages/error.js';
import type { Session } from '../session/session.js';

/**
 * Purposes of the keys by which persons are known: the tags of the store, those of deals, sent and received, the tokens, and the blinds of
 * row commitments.
 */
const PURPOSES = ['subject-tags-', 'received-tags-', 'deal-tags-', 'deal-tokens-', 'leaf-'] as const;

export interface TagKeys {
  /** Ids of the keys that are there. */
  readonly keys: readonly string[];
  /** How many erased persons the ledger knows by tag: it will know them no more. */
  readonly erased: boolean;
  /** Whether persons are in the register of requests. */
  readonly requests: number;
}

/**
 * The keys that would be destroyed.
 *
 * @throws HandoverError TAGS_STILL_NEEDED while records are kept that are found by them; TAGS_NONE
 */
export async function tagKeys(session: Session): Promise<TagKeys> {
  const { read } = session.workspace;
  const kept = read.datasets().filter((dataset) => dataset.state === 'kept').length;
  if (kept > 0) fail({ code: 'TAGS_STILL_NEEDED', datasets: kept });
  const { vault } = await session.keys();
  const keys = vault.ids().filter((id) => PURPOSES.some((purpose) => id.startsWith(purpose)));
  if (keys.length === 0) fail({ code: 'TAGS_NONE' });
  const erased = read.retention.purges().some(({ id }) => !read.retention.erased(id).next().done);
  return { keys, erased, requests: read.persons.requests().length };
}

/**
 * Destroys the keys by which tags are made, once no record is kept: the tags that stay in the log, the erasure ledger and the register then
 * say nothing about anybody any more (PIPL-73: anonymised). Logged first, so that a run that is killed is ended by the next.
 */
export async function forgetTags(session: Session): Promise<TagKeys> {
  const found = await tagKeys(session);
  const { vault } = await session.keys();
  const [key = ''] = found.keys;
  session.record(
    { action: 'tag-key-destroyed', objects: { key }, details: { keys: [...found.keys] } },
    () => undefined,
  );
  for (const id of found.keys) vault.destroyKey(id);
  return found;
}
