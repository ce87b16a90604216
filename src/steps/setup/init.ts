// Setup: a workspace is made with its keys and its card. Beside: the card given out, the other party’s card trusted, everything looked over.

import { basename, join } from 'node:path';
import { logSigner } from '../../audit/own-log.js';
import { type Sha256, uuidv7 } from '../../base/crypto.js';
import { type Card, makeCard } from '../../identity/card.js';
import { fingerprint } from '../../identity/fingerprint.js';
import { newIdentity } from '../../identity/identity.js';
import { plainIdentity, sealIdentity } from '../../identity/sealed-identity.js';
import { IDENTITY_CLEAR, IDENTITY_SEALED } from '../../store/identity-file.js';
import { mediumOf } from '../../store/medium.js';
import { emptyVault } from '../../store/vault.js';
import { createWorkspace } from '../../store/workspace.js';
import { originOf } from '../session/own-log.js';
import { withSession, type Runtime } from '../session/session.js';
import { putOwnCard } from './card.js';

export interface InitInput {
  /** Absolute path of the folder to make. */
  readonly dir: string;
  readonly role: 'seller' | 'buyer';
  readonly environment: 'production' | 'test';
  readonly name: string;
  readonly uscc?: string;
  readonly contact: Card['contact'];
  /** X25519 alone, for partners with an older age. */
  readonly classic: boolean;
  /** Keeps the identity in the clear, for automation; `doctor` says so. */
  readonly unprotected: boolean;
}

export interface InitResult {
  readonly dir: string;
  readonly role: 'seller' | 'buyer';
  readonly name: string;
  readonly environment: 'production' | 'test';
  readonly cardPath: string;
  readonly cardDigest: Sha256;
  readonly fingerprint: string;
  readonly isProtected: boolean;
  /** Services that copy the folder elsewhere, by the names of store/medium.ts. */
  readonly services: readonly string[];
}

/** Makes a party's workspace: secret identity, signed card, empty store, first event and checkpoint. */
export async function init(input: InitInput, runtime: Runtime): Promise<InitResult> {
  const { dir, role, environment, name, uscc, contact, classic, unprotected } = input;
  const created = runtime.now();
  const operator = runtime.operator;
  const identity = await newIdentity(runtime.random, { classic });
  const card = makeCard(
    { name, ...(uscc === undefined ? {} : { uscc }), role, contact, environment, created, replaces: null },
    identity,
  );
  const passphrase = unprotected ? null : await runtime.passphrase(true);
  const id = uuidv7(Date.parse(created), runtime.random);
  createWorkspace(dir, {
    info: {
      id,
      role,
      environment,
      created,
      lang: runtime.lang,
      cardDigest: card.digest,
      card: card.bytes,
      cardSignature: card.signature,
    },
    identityFile:
      passphrase === null
        ? plainIdentity(identity)
        : await sealIdentity(identity, passphrase, runtime.random),
    cardName: `${basename(dir)}.card.json`,
    identityName: passphrase === null ? IDENTITY_CLEAR : IDENTITY_SEALED,
    vaultFile: emptyVault(identity.workspaceKey, runtime.random),
    stamp: { time: created, actor: { card: card.digest, operator } },
    event: { action: 'workspace-created', objects: { card: card.digest }, details: { environment, role } },
    signer: logSigner(originOf(id), identity.signer),
  });
  const known: Runtime = { ...runtime, passphrase: async () => passphrase ?? '' };
  return withSession(dir, known, async (session) => {
    const cardPath = join(dir, 'exchange', `${basename(dir)}.card.json`);
    await session.keys();
    await putOwnCard(session, cardPath);
    return {
      dir,
      role,
      name,
      environment,
      cardPath,
      cardDigest: card.digest,
      fingerprint: fingerprint(card.digest),
      isProtected: passphrase !== null,
      services: mediumOf(dir).services,
    };
  });
}
