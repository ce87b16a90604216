import { existsSync } from 'node:fs';
import { utf8 } from '../../base/bytes.js';
import { sha256 } from '../../base/crypto.js';
import { type Identity, newIdentity } from '../../identity/identity.js';
import { openIdentity, sealIdentity } from '../../identity/sealed-identity.js';
import { readLimited, writeWhole } from '../../store/files.js';
import type { House } from './house.js';

/** A person's own signing key, under that person's passphrase: the second pair of eyes must not be a second look through the same key. */
export async function personalIdentity(house: House, person: string): Promise<Identity> {
  const path = house.path('keys', `approver-${sha256(utf8(person)).slice(0, 16)}.age`);
  if (existsSync(path)) {
    return openIdentity(readLimited(path, 1 << 20, 'approver.age'), await house.around.passphrase());
  }
  const { random } = house.around;
  const identity = await newIdentity(random, { classic: true });
  await writeWhole(path, await sealIdentity(identity, await house.around.passphrase(true), random));
  return identity;
}
