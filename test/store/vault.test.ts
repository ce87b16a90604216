import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hex } from '../../src/base/bytes.js';
import { newSecretKey, systemRandom } from '../../src/base/crypto.js';
import { emptyVault, Vault } from '../../src/store/vault.js';
import { codeOf, filesWith, freshFolder } from './folders.js';

function freshVault() {
  const dir = freshFolder();
  const workspaceKey = newSecretKey(systemRandom);
  mkdirSync(join(dir, 'keys'));
  writeFileSync(join(dir, 'keys', 'vault.keys'), emptyVault(workspaceKey, systemRandom), { mode: 0o600 });
  return { dir, workspaceKey, vault: Vault.open(dir, workspaceKey, systemRandom) };
}

describe('Vault', () => {
  it('keeps a key that somebody else made, once', () => {
    const { dir, workspaceKey, vault } = freshVault();
    const [one, other] = [newSecretKey(systemRandom), newSecretKey(systemRandom)];
    const { id, isNew } = vault.keep('received-tags-1', one);
    expect([isNew, vault.keep('received-tags-1', one).isNew, vault.keep('received-tags-1', one).id]).toEqual([
      true,
      false,
      id,
    ]);
    expect(vault.keep('received-tags-1', other).isNew).toBe(true);
    expect(vault.keep('received-tags-2', one).isNew).toBe(true);
    const again = Vault.open(dir, workspaceKey, systemRandom);
    expect(again.ids()).toHaveLength(3);
    expect(hex(again.get(id))).toBe(hex(one));
  });

  it('keeps a key before it hands it out', () => {
    const { dir, workspaceKey, vault } = freshVault();
    const { id, key } = vault.newKey('dataset');
    expect(id).toMatch(/^dataset-[0-9a-f]{16}$/);
    const again = Vault.open(dir, workspaceKey, systemRandom);
    expect(hex(again.get(id))).toBe(hex(key));
    expect(again.ids()).toEqual([id]);
    expect(readdirSync(join(dir, 'keys'))).toEqual(['vault.keys']);
    expect(statSync(join(dir, 'keys', 'vault.keys')).mode & 0o777).toBe(0o600);
  });

  it('has many keys, and destroys the one it is told to', async () => {
    const { dir, workspaceKey, vault } = freshVault();
    const [a, b, c] = ['a', 'b', 'c'].map((purpose) => vault.newKey(purpose).id);
    vault.destroyKey(b ?? '');
    const again = Vault.open(dir, workspaceKey, systemRandom);
    expect(again.ids().sort()).toEqual([a, c]);
    for (const each of [vault, again]) {
      expect(each.has(b ?? '')).toBe(false);
      expect(await codeOf(() => each.get(b ?? ''))).toBe('VAULT_KEY_GONE');
    }
    expect(await codeOf(() => vault.destroyKey(b ?? ''))).toBe('VAULT_KEY_GONE');
  });

  it('overwrites the blocks of every former version, so that none can bring a key back', () => {
    const { dir, vault } = freshVault();
    const file = join(dir, 'keys', 'vault.keys');
    const former: string[] = [];
    const step = (change: () => void) => {
      const kept = join(dir, `former-${former.length}`);
      linkSync(file, kept);
      former.push(kept);
      change();
    };
    let id = '';
    step(() => {
      id = vault.newKey('a').id;
    });
    step(() => vault.newKey('b'));
    step(() => vault.destroyKey(id));
    for (const kept of former) expect(readFileSync(kept).every((byte) => byte === 0)).toBe(true);
  });

  it('shows no key in clear', () => {
    const { dir, vault } = freshVault();
    const { key } = vault.newKey('dataset');
    expect(filesWith(dir, key)).toEqual([]);
    expect(filesWith(dir, hex(key))).toEqual([]);
  });

  it.each([
    ['missing', (file: string) => rmSync(file)],
    ['empty', (file: string) => writeFileSync(file, '')],
    ['cut short', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, -1))],
    [
      'changed by one bit',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.writeUInt8(bytes.readUInt8(30) ^ 1, 30);
        writeFileSync(file, bytes);
      },
    ],
  ])('refuses a file that is %s', async (_, spoil) => {
    const { dir, workspaceKey, vault } = freshVault();
    vault.newKey('dataset');
    spoil(join(dir, 'keys', 'vault.keys'));
    expect(await codeOf(() => Vault.open(dir, workspaceKey, systemRandom))).toBe('VAULT_DAMAGED');
  });

  it('refuses the key of another workspace', async () => {
    const { dir } = freshVault();
    expect(await codeOf(() => Vault.open(dir, newSecretKey(systemRandom), systemRandom))).toBe(
      'VAULT_DAMAGED',
    );
  });

  it('ends a rewrite that a crash cut short, wherever it did', () => {
    const { dir, workspaceKey, vault } = freshVault();
    const { id } = vault.newKey('dataset');
    const keys = join(dir, 'keys');
    const [current, next, former] = ['vault.keys', '.vault.keys.next', '.vault.keys.former'].map((n) =>
      join(keys, n),
    ) as [string, string, string];
    const works = () => {
      expect(Vault.open(dir, workspaceKey, systemRandom).ids()).toEqual([id]);
      expect(readdirSync(keys)).toEqual(['vault.keys']);
    };
    writeFileSync(next, 'half');
    works();
    linkSync(current, former);
    works();
    copyFileSync(current, former);
    linkSync(former, join(dir, 'blocks of the former'));
    works();
    expect(readFileSync(join(dir, 'blocks of the former')).every((byte) => byte === 0)).toBe(true);
    expect(existsSync(current)).toBe(true);
  });
});
