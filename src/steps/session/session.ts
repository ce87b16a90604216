// The session: an open workspace, through which every chapter reads, unlocks its keys, and records each change with its event.

import { join } from 'node:path';
import type { EventDraft } from '../../audit/event.js';
import { logSigner } from '../../audit/own-log.js';
import type { Random, SecretKey } from '../../base/crypto.js';
import type { Instant } from '../../base/time.js';
import type { Identity } from '../../identity/identity.js';
import type { Derive } from '../../identity/scrypt.js';
import { isSealedIdentity, openIdentity } from '../../identity/sealed-identity.js';
import { HandoverError } from '../../messages/error.js';
import { EXIT } from '../../messages/exit.js';
import type { Lang } from '../../messages/lang.js';
import { exitOf } from '../../messages/problem.js';
import type { Progress } from '../../report/progress.js';
import { readIdentityFile } from '../../store/identity-file.js';
import { Vault } from '../../store/vault.js';
import {
  openWorkspace,
  type RecordingKind,
  type Stamp,
  type Workspace,
  type Writer,
} from '../../store/workspace.js';
import { lookAtLog, originOf, UNSIGNED_ACTIONS } from './own-log.js';
import { unlockIdentity } from './unlock-identity.js';

/** What a step is handed from outside: time, randomness, the person, and a way to ask for the passphrase. */
export interface Runtime {
  readonly now: () => Instant;
  readonly random: Random;
  /** Who types, as given: the name that is in the log. */
  readonly operator: string;
  readonly lang: Lang;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Asks for the passphrase; `creating` asks for a new one, twice. */
  readonly passphrase: (creating?: boolean) => Promise<string>;
  /** Told that the passphrase was wrong; whether the person may give another. */
  readonly passphraseRefused?: () => boolean;
  /** Derives keys from it, where that may have begun already. */
  readonly derive?: Derive;
}

/** Everything a party's secrets give access to. Asked for once a command, only by commands that need it. */
export interface Keys {
  readonly identity: Identity;
  readonly vault: Vault;
}

/** An open workspace with the surroundings of one command. */
export class Session {
  readonly workspace: Workspace;
  readonly runtime: Runtime;
  #unlocking: Promise<void> | null = null;
  #keys: Promise<Keys> | null = null;

  constructor(workspace: Workspace, runtime: Runtime) {
    this.workspace = workspace;
    this.runtime = runtime;
  }

  get now(): Instant {
    return this.runtime.now();
  }

  get stamp(): Stamp {
    return {
      time: this.now,
      actor: { card: this.workspace.info.cardDigest, operator: this.runtime.operator },
    };
  }

  /**
   * Whose name the log will have, for steps that work long before they log anything.
   *
   * @throws HandoverError CLI_OPERATOR_UNKNOWN
   */
  requireOperator(): string {
    return this.runtime.operator;
  }

  /** A path below the workspace folder. */
  path(...parts: readonly string[]): string {
    return join(this.workspace.dir, ...parts);
  }

  async keys(): Promise<Keys> {
    await this.unlock();
    return this.#keys ?? Promise.reject(new Error('nothing was unlocked'));
  }

  /**
   * Asks for the passphrase, unless it was asked for before, and begins to derive the keys, for {@link keys}. That takes another core more
   * than half a second, in which there is other work to do.
   */
  unlock(): Promise<void> {
    this.#unlocking ??= this.#unlock();
    return this.#unlocking;
  }

  /** Opens the keys if they can be had, so that what is logged is signed; for what has to go on where a passphrase was lost. */
  async keysIfAny(): Promise<void> {
    try {
      await this.keys();
    } catch (error) {
      if (!(error instanceof HandoverError) || exitOf(error.problem.code) !== EXIT.key) throw error;
    }
  }

  /** Changes the store and logs it, in one transaction. */
  record<T>(event: EventDraft, change: (write: Writer) => T): T {
    if (!this.workspace.isSigning && !UNSIGNED_ACTIONS.includes(event.action))
      throw new Error(`nobody signs the event ${event.action}`);
    return this.workspace.record(this.stamp, event, change);
  }

  /** As {@link record}, for a change that arrives over time. Nothing of it stays if it does not end with an event. */
  recording<T>(
    kind: RecordingKind,
    run: (write: Writer) => Promise<{ readonly event: EventDraft; readonly result: T }>,
  ): Promise<T> {
    return this.workspace.recording(this.stamp, kind, run);
  }

  /** The signed size and root of the log as it is (C2SP tlog-checkpoint). */
  async checkpoint(): Promise<string> {
    await this.keys();
    return this.workspace.checkpoint();
  }

  /**
   * The data key of a purpose that has one key only, made when it is first needed. `subject-tags` keys the tags in the store;
   * `deal-tags-…` keys those of one deal's bundles.
   *
   * @param made the key to keep if there is none yet
   */
  async keyFor(purpose: string, made?: SecretKey): Promise<SecretKey> {
    const { vault } = await this.keys();
    const id = vault.ids().find((known) => known.startsWith(`${purpose}-`));
    return id === undefined ? vault.newKey(purpose, made).key : vault.get(id);
  }

  async #unlock(): Promise<void> {
    const sealed = readIdentityFile(this.workspace.dir);
    const passphrase = isSealedIdentity(sealed) ? await this.runtime.passphrase() : null;
    this.#keys = this.#openKeys(sealed, passphrase);
    // Whoever asks for the keys hears why there are none.
    this.#keys.catch(() => undefined);
  }

  async #openKeys(sealed: Uint8Array, passphrase: string | null): Promise<Keys> {
    const opening =
      passphrase === null
        ? openIdentity(sealed, null)
        : unlockIdentity(sealed, this.runtime, passphrase, this.runtime.derive);
    const isSigning = this.workspace.isSigning;
    // While another core derives the key; what is wrong is told to whoever has the passphrase.
    const requireSound = isSigning ? null : lookAtLog(this.workspace);
    const identity = await opening;
    requireSound?.();
    if (!isSigning) this.workspace.signWith(logSigner(originOf(this.workspace.info.id), identity.signer));
    return { identity, vault: Vault.open(this.workspace.dir, identity.workspaceKey, this.runtime.random) };
  }
}

/**
 * Opens the workspace at `dir`, runs one command in it, and closes it. Each event is signed as it is written; what somebody without the
 * party's passphrase logged (an approver) is signed by the next command that has it.
 */
export async function withSession<T>(
  dir: string,
  runtime: Runtime,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  const workspace = openWorkspace(dir);
  let result: T;
  try {
    const session = new Session(workspace, runtime);
    result = await run(session);
    // What somebody without the keys had logged before.
    if (workspace.isSigning) workspace.checkpoint();
  } catch (error) {
    closeAfter(workspace);
    throw error;
  }
  // A disk that fails now has not emptied the log of the database: that is told.
  workspace.close();
  return result;
}

/** Closes a workspace in which a command failed: why it failed is told, not what came of it afterwards. */
function closeAfter(workspace: Workspace): void {
  try {
    workspace.close();
  } catch (error) {
    if (!(error instanceof HandoverError)) throw error;
  }
}
