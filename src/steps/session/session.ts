// The session: an open workspace, through which every chapter reads, unlocks its keys, and records each change with its event.

import { join } from 'node:path';
import { writeCheckpoint } from '../../audit/checkpoint.js';
import type { EventDraft } from '../../audit/event.js';
import type { Random, SecretKey } from '../../base/crypto.js';
import type { Instant } from '../../base/time.js';
import type { Identity } from '../../identity/identity.js';
import type { Derive } from '../../identity/scrypt.js';
import { isSealedIdentity, openIdentity } from '../../identity/sealed-identity.js';
import type { Lang } from '../../messages/lang.js';
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

/** What a step is handed from outside: time, randomness, the person, and a way to ask for the passphrase. */
export interface Runtime {
  readonly now: () => Instant;
  readonly random: Random;
  /** Who types, as given: the name that stands in the log. */
  readonly operator: string;
  readonly lang: Lang;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Asks for the passphrase; `creating` asks for a new one, twice. */
  readonly passphrase: (creating?: boolean) => Promise<string>;
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

  /** Whether this command has asked for the secrets. */
  get hasKeys(): boolean {
    return this.#unlocking !== null;
  }

  /** Changes the store and logs it, in one transaction. */
  record<T>(event: EventDraft, change: (write: Writer) => T): T {
    return this.workspace.record(this.stamp, event, change);
  }

  /** As {@link record}, for a change that arrives over time. Nothing of it stays if it does not end with an event. */
  recording<T>(
    kind: RecordingKind,
    run: (write: Writer) => Promise<{ readonly event: EventDraft; readonly result: T }>,
  ): Promise<T> {
    return this.workspace.recording(this.stamp, kind, run);
  }

  /** Signs the size and root of the log as it stands (C2SP tlog-checkpoint), keeps and returns the note. */
  async checkpoint(): Promise<string> {
    const { identity } = await this.keys();
    const tree = this.workspace.read.pruned();
    for (const leaf of this.workspace.read.leaves()) tree.append(leaf);
    const origin = originOf(this.workspace.info.id);
    const note = writeCheckpoint({ origin, size: tree.end, root: tree.root() }, identity.signer);
    if (this.workspace.read.lastCheckpoint()?.note !== note) this.workspace.addCheckpoint(tree.end, note);
    return note;
  }

  /** Whether events were logged since the last checkpoint. */
  get hasNews(): boolean {
    return this.workspace.read.eventCount() > (this.workspace.read.lastCheckpoint()?.size ?? 0);
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
    const identity = await openIdentity(sealed, passphrase, this.runtime.derive);
    return { identity, vault: Vault.open(this.workspace.dir, identity.workspaceKey, this.runtime.random) };
  }
}

/** The origin line of a workspace's checkpoints. */
export function originOf(workspaceId: string): string {
  return `handover/${workspaceId}`;
}

/**
 * Opens the workspace at `dir`, runs one command in it, signs a checkpoint if the command changed anything, and closes it. A command of
 * somebody who does not have the party's passphrase (an approver) leaves the checkpoint to the next one.
 */
export async function withSession<T>(
  dir: string,
  runtime: Runtime,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  const workspace = openWorkspace(dir);
  try {
    const session = new Session(workspace, runtime);
    const result = await run(session);
    if (session.hasNews && session.hasKeys) await session.checkpoint();
    return result;
  } finally {
    workspace.close();
  }
}
