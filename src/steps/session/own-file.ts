import { existsSync } from 'node:fs';
import { fileDigest } from '../../store/files.js';
import type { Session } from './session.js';

/** Whether a file of rows is one that a command wrote here and nobody changed since: then it may be written anew. */
export async function isOwnUnchanged(session: Session, path: string): Promise<boolean> {
  const known = session.workspace.read.files().filter((file) => file.kind === 'reject' && file.path === path);
  if (known.length === 0 || !existsSync(path)) return false;
  const { sha256 } = await fileDigest(path);
  return known.some((file) => file.sha256 === sha256);
}
