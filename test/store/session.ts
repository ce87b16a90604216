import { join } from 'node:path';
import type { EventDraft } from '../../src/audit/event.js';
import { logSigner } from '../../src/audit/own-log.js';
import { newSecretKey, type SecretKey, sha256, systemRandom } from '../../src/base/crypto.js';
import { signerOf } from '../../src/base/signing.js';
import type { Instant } from '../../src/base/time.js';
import type { StoredBundle } from '../../src/store/bundle-rows.js';
import { emptyVault } from '../../src/store/vault.js';
import {
  createWorkspace,
  type NewWorkspace,
  openWorkspace,
  type Stamp,
  type Workspace,
} from '../../src/store/workspace.js';
import type { NewDataset } from '../../src/store/writer.js';

/** Digest of a word, where a test needs some digest. */
export const digestOf = (word: string) => sha256(Buffer.from(word));

export const noon = '2026-11-20T04:00:00Z' as Instant;
export const stamp: Stamp = { time: noon, actor: { card: digestOf('card'), operator: '李店长' } };
export const created: EventDraft = { action: 'workspace-created', objects: {}, details: { role: 'seller' } };
export const imported: EventDraft = { action: 'imported', objects: { dataset: 'd1' }, details: { read: 2 } };

/** Signs the logs of invented workspaces. */
export const signer = logSigner('handover/test', signerOf(newSecretKey(systemRandom)));

/** What an invented seller's workspace begins with. */
export function newSession(workspaceKey: SecretKey = newSecretKey(systemRandom)): NewWorkspace {
  return {
    info: {
      id: '01980000-0000-7000-8000-00000000000a',
      role: 'seller',
      environment: 'test',
      created: noon,
      lang: 'zh',
      cardDigest: digestOf('card'),
      card: Buffer.from('{"name":"安心家政"}'),
      cardSignature: 'untrusted comment: …\n',
    },
    identityFile: Buffer.from('age-encryption.org/v1\n…'),
    vaultFile: emptyVault(workspaceKey, systemRandom),
    stamp,
    event: created,
    signer,
  };
}

/** A fresh workspace below a folder, open. */
export function openSession(folder: string): Workspace {
  const dir = join(folder, 'seller');
  createWorkspace(dir, newSession());
  return openWorkspace(dir);
}

/** A dataset of which only the id matters. */
export function someDataset(id: string, more: Partial<NewDataset> = {}): NewDataset {
  return {
    id,
    kind: 'customers',
    content: 'cells',
    resource: 'customers',
    file: '客户.csv',
    sha256: digestOf(id),
    bytes: 1234,
    encoding: 'gb18030',
    delimiter: ',',
    columns: ['customer_no', 'name'],
    keyId: 'dataset-0011223344556677',
    counts: { read: 2, findings: [{ code: 'VALUE_PHONE', count: 1 }] },
    imported: noon,
    mapping: 'customer_no: 客户编号\n',
    ...more,
  };
}

/** A page of `records` records with recognisable tags. */
export function somePage(dataset: string, number: number, records: number, sealedBytes = 100) {
  return {
    dataset,
    number,
    records,
    sealed: Buffer.alloc(sealedBytes, number),
    tags: Buffer.alloc(16 * records, number),
  };
}

/** A bundle of which only the id matters. */
export function someBundle(id: string, more: Partial<StoredBundle> = {}): StoredBundle {
  return {
    id,
    direction: 'out',
    deal: digestOf('deal'),
    number: 1,
    manifestDigest: digestOf('manifest'),
    manifest: Buffer.from('{}'),
    path: 'exchange/1.handover.zip',
    sha256: '',
    state: 'began',
    time: noon,
    check: null,
    manifestSignature: null,
    ...more,
  };
}
