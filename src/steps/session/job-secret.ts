import type { SecretKey } from '../../base/crypto.js';
import { fail } from '../../messages/error.js';
import { removeWhole } from '../../store/files.js';
import type { Session } from './session.js';

/** The secret from which all keys of a job for other machines follow. */
export interface JobSecret {
  /** In the vault. */
  readonly id: string;
  readonly key: SecretKey;
}

/**
 * The secret of a job that this workspace handed out.
 *
 * @param purpose under which the vault keeps it
 * @param unknown what it is if there is none: the job was handed out elsewhere, or its secret has ended
 * @throws HandoverError `unknown`
 */
export async function jobSecret(
  session: Session,
  purpose: string,
  unknown: 'LOTS_UNKNOWN' | 'OPENED_UNKNOWN' | 'READING_UNKNOWN',
): Promise<JobSecret> {
  const { vault } = await session.keys();
  const id = vault.ids().find((known) => known.startsWith(`${purpose}-`));
  if (id === undefined) return fail({ code: unknown });
  return { id, key: vault.get(id) };
}

/**
 * Removes what was taken home, copies that nobody needs, and only then ends the secret: a run that was killed on the way is ended by the next.
 *
 * @param paths files and folders of the job, absolute
 */
export async function endJob(
  session: Session,
  { id }: Pick<JobSecret, 'id'>,
  paths: readonly string[],
): Promise<void> {
  for (const path of paths) removeWhole(path);
  const { vault } = await session.keys();
  vault.destroyKey(id);
}
