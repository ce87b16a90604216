import { existsSync } from 'node:fs';
import { utf8 } from '../../base/bytes.js';
import { type Sha256, sha256 } from '../../base/crypto.js';
import { approvalDigest, type SignedApproval } from '../../bundle/approval.js';
import { type Identity, newIdentity } from '../../identity/identity.js';
import { publicKeyText } from '../../identity/minisign.js';
import { sealIdentity } from '../../identity/sealed-identity.js';
import { readOwn, writeWhole } from '../../store/files.js';
import type { Session } from './session.js';
import { unlockIdentity } from './unlock-identity.js';

/** A person's own signing key, under that person's passphrase: the second pair of eyes must not be a second look through the same key. */
export async function personalIdentity(session: Session, person: string): Promise<Identity> {
  const path = session.path('keys', `approver-${sha256(utf8(person)).slice(0, 16)}.age`);
  if (existsSync(path)) {
    const sealed = readOwn(path, 1 << 20, 'approver.age');
    return unlockIdentity(sealed, session.runtime, await session.runtime.passphrase());
  }
  const { random } = session.runtime;
  const identity = await newIdentity(random, { classic: true });
  await writeWhole(path, await sealIdentity(identity, await session.runtime.passphrase(true), random));
  return identity;
}

/**
 * Keeps what a second person signed, with its event.
 *
 * @param about the plan that was approved, by its digest, and the purge if it is of one
 */
export function recordApproval(
  session: Session,
  about: { readonly plan: Sha256; readonly purge?: string },
  signed: SignedApproval,
  { signer }: Identity,
): void {
  session.record(
    {
      action: 'approved',
      objects: { ...about, approval: approvalDigest(signed), key: publicKeyText(signer.publicKey) },
      details: {},
    },
    (write) => write.addApproval(about.plan, signed.bytes, signed.signature, session.runtime.operator),
  );
}
