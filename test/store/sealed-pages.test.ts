import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/base/bytes.js';
import { newSecretKey, systemRandom } from '../../src/base/crypto.js';
import { openBytes, openPage, sealBytes, sealPage } from '../../src/store/sealed-pages.js';
import { codeOf } from './folders.js';

const key = newSecretKey(systemRandom);
const tags = Buffer.alloc(16, 7);
const place = { dataset: '01980000-0000-7000-8000-000000000001', number: 3, tags };

describe('sealed pages', () => {
  it('open to what was sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (text) => {
        expect(Buffer.from(openPage(sealPage(text, place, key, systemRandom), place, key))).toEqual(
          Buffer.from(text),
        );
        expect(Buffer.from(openBytes(sealBytes(text, place, key, systemRandom), place, key))).toEqual(
          Buffer.from(text),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('are refused with any bit changed, cut or lengthened', async () => {
    const sealed = sealPage(utf8('王小明\u001f13800138000\u001e'.repeat(3)), place, key, systemRandom);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(await codeOf(() => openPage(changed, place, key))).toBe('PAGE_DAMAGED');
      expect(await codeOf(() => openPage(sealed.subarray(0, at), place, key))).toBe('PAGE_DAMAGED');
    }
    expect(await codeOf(() => openPage(Buffer.concat([sealed, Buffer.from([0])]), place, key))).toBe(
      'PAGE_DAMAGED',
    );
  });

  it('are refused in another place, beside other tags, under another key, and if they are not packed', async () => {
    const sealed = sealPage(utf8('x'), place, key, systemRandom);
    expect(await codeOf(() => openPage(sealed, { ...place, number: 4 }, key))).toBe('PAGE_DAMAGED');
    expect(await codeOf(() => openPage(sealed, { ...place, dataset: 'other' }, key))).toBe('PAGE_DAMAGED');
    for (const others of [Buffer.alloc(16, 8), Buffer.alloc(32, 7), Buffer.alloc(0)])
      expect(await codeOf(() => openPage(sealed, { ...place, tags: others }, key))).toBe('PAGE_DAMAGED');
    expect(await codeOf(() => openPage(sealed, place, newSecretKey(systemRandom)))).toBe('PAGE_DAMAGED');
    const raw = sealBytes(utf8('not brotli'), place, key, systemRandom);
    expect(await codeOf(() => openPage(raw, place, key))).toBe('PAGE_DAMAGED');
  });
});
