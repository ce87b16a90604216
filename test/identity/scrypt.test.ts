import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Derive, derivingAhead, scryptArgs, scryptStanzaOf } from '../../src/identity/scrypt.js';

const sealed = readFileSync(new URL('../../fixtures/keys/jia.identity.age', import.meta.url));
const salt = (first: number) => Uint8Array.from({ length: 16 }, (_, i) => first + i);

describe('scryptStanzaOf', () => {
  it('reads the stanza of an identity under a passphrase', () => {
    const stanza = scryptStanzaOf(sealed);
    expect(stanza?.salt).toHaveLength(16);
    expect(sealed.toString('latin1')).toContain(
      `-> ${scryptArgs(stanza ?? { salt: salt(0), factor: 1 }).join(' ')}\n`,
    );
  });

  const header = (stanza: string) => Buffer.from(`age-encryption.org/v1\n-> ${stanza}\nbody\n`);
  it.each([
    ['a file of another kind', Buffer.from('# handover identity 1\n')],
    ['another stanza', header('X25519 AAAAAAAAAAAAAAAAAAAAAA')],
    ['a salt that is too short', header('scrypt AAAAAAAAAAAAAAAAAAAA 17')],
    ['a salt in another spelling', header('scrypt AAAAAAAAAAAAAAAAAAAAAA== 17')],
    ['no factor', header('scrypt AAAAAAAAAAAAAAAAAAAAAA')],
    ['a factor that would take all memory', header('scrypt AAAAAAAAAAAAAAAAAAAAAA 21')],
    ['a word too many', header('scrypt AAAAAAAAAAAAAAAAAAAAAA 17 more')],
    ['a header that ends early', Buffer.from('age-encryption.org/v1\n-> scrypt AAAA')],
  ])('gives nothing for %s', (_, bytes) => {
    expect(scryptStanzaOf(bytes)).toBeNull();
  });
});

describe('derivingAhead', () => {
  /** Counts, and answers with a key of its own each time. */
  function counting(): { readonly derive: Derive; readonly asked: string[] } {
    const asked: string[] = [];
    return {
      asked,
      derive: async (passphrase) => Uint8Array.of(asked.push(passphrase)),
    };
  }

  it('answers with what is under way, once', async () => {
    const { derive, asked } = counting();
    const ahead = derivingAhead(derive);
    const begun = ahead('correct horse', { salt: salt(1), factor: 17 });
    expect(await ahead('correct horse', { salt: salt(1), factor: 17 })).toBe(await begun);
    expect(asked).toHaveLength(1);
    await ahead('correct horse', { salt: salt(1), factor: 17 });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['passphrase', 'another', { salt: salt(1), factor: 17 }],
    ['salt', 'correct horse', { salt: salt(2), factor: 17 }],
    ['factor', 'correct horse', { salt: salt(1), factor: 16 }],
  ] as const)('derives anew for another %s', async (_, passphrase, stanza) => {
    const { derive, asked } = counting();
    const ahead = derivingAhead(derive);
    await ahead('correct horse', { salt: salt(1), factor: 17 });
    expect(await ahead(passphrase, stanza)).toEqual(Uint8Array.of(2));
    expect(asked).toHaveLength(2);
  });

  it('lets whoever asks again hear of a failure', async () => {
    const ahead = derivingAhead(() => Promise.reject(new Error('no memory')));
    void ahead('correct horse', { salt: salt(1), factor: 17 }).catch(() => undefined);
    await expect(ahead('correct horse', { salt: salt(1), factor: 17 })).rejects.toThrow('no memory');
  });
});
