import { describe, expect, it } from 'vitest';
import { type SecretKey, sha256 } from '../../src/base/crypto.js';
import { utf8 } from '../../src/base/bytes.js';
import { codesFor, readCode } from '../../src/campaign/codes.js';

const key = new Uint8Array(32).fill(7) as SecretKey;
const text = sha256(utf8('a text'));
const tags = Array.from({ length: 5_000 }, (_, i) => {
  const tag = Buffer.alloc(16);
  tag.writeUInt32BE(i);
  return tag;
});
const codes = codesFor(key, text)(tags);

describe('answer codes', () => {
  it('are one for each person, and the same again', () => {
    expect(new Set(codes).size).toBe(tags.length);
    expect(codesFor(key, text)(tags.slice(0, 3))).toEqual(codes.slice(0, 3));
    expect(codes[0]).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  });

  it('are others for another text and under another key', () => {
    expect(codesFor(key, sha256(utf8('another')))(tags.slice(0, 1))).not.toEqual(codes.slice(0, 1));
    expect(codesFor(new Uint8Array(32).fill(8) as SecretKey, text)(tags.slice(0, 1))).not.toEqual(
      codes.slice(0, 1),
    );
  });

  it('are read as people type them', () => {
    const [code = ''] = codes;
    for (const typed of [
      code.toLowerCase(),
      code.replace('-', ''),
      ` ${code.replace('-', ' ')} `,
      code.replace('0', 'O'),
    ])
      expect(readCode(typed)).toEqual({ code });
  });

  it('do not become another one by a wrong or by two swapped characters', () => {
    for (const code of codes.slice(0, 50)) {
      const bare = code.replace('-', '');
      for (let i = 0; i < bare.length; i++) {
        const wrong = `${bare.slice(0, i)}${bare[i] === 'A' ? 'B' : 'A'}${bare.slice(i + 1)}`;
        expect(readCode(wrong)).toBe('wrong');
        const swapped = `${bare.slice(0, i)}${bare[i + 1] ?? ''}${bare[i] ?? ''}${bare.slice(i + 2)}`;
        if (i + 1 < bare.length && swapped !== bare) expect(readCode(swapped)).toBe('wrong');
      }
    }
  });

  it.each(['', 'C001', '13800000001', '张三', '12345'])('%s is none', (cell) => {
    expect(readCode(cell)).toBeNull();
  });
});
