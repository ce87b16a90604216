import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/base/bytes.js';
import { type SecretKey, sha256 } from '../../src/base/crypto.js';
import { codesFor, readCode } from '../../src/campaign/codes.js';
import { LANGS } from '../../src/messages/lang.js';
import type { TextForms } from '../../src/messages/campaign-text.js';
import { type LetterRecipient, letterPage, letterPages } from '../../src/report/campaign-page.js';
import { qrCodesIn } from '../kit/qr.js';

const codes = codesFor(
  new Uint8Array(32).fill(7) as SecretKey,
  sha256(utf8('a text')),
)(Array.from({ length: 40 }, (_, i) => new Uint8Array(16).fill(i)));

const forms: TextForms = {
  title: 'T',
  letter: { salutation: 'S', opening: 'O', parts: [], signature: 'G' },
  sms: { whole: 'W', withContract: null, short: 'R' },
  wechat: 'C',
  call: [],
  slip: { title: 'slip', code: 'Answer code', intro: 'I', sign: 'signed', guardian: 'by a guardian' },
  questions: [
    { matter: 'data', text: 'Q', yes: { label: 'yes', digit: '1' }, no: { label: 'no', digit: '2' } },
  ],
};

async function lettersFor(persons: readonly LetterRecipient[], lang: 'zh' | 'en'): Promise<string> {
  async function* all() {
    yield await Promise.resolve(persons.slice(0, 7));
    yield persons.slice(7);
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of letterPages(forms, lang, all())) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe.each(LANGS)('letters in %s', (lang) => {
  const persons = codes.map((code, i) => ({ name: `N${i}`, address: 'A', code, hasContract: false }));

  it('have on each slip the code of its customer, to be typed or scanned', async () => {
    const page = await lettersFor(persons, lang);
    expect(qrCodesIn(page)).toEqual(codes);
    for (const code of codes) expect(page).toContain(`Answer code ${code}`);
    expect(qrCodesIn(page).map((scanned) => readCode(scanned ?? ''))).toEqual(
      codes.map((code) => ({ code })),
    );
  });

  it('scanned hold nothing but the code: no name, no address', async () => {
    const page = await lettersFor(persons.slice(0, 1), lang);
    expect(qrCodesIn(page)).toEqual([codes[0]]);
    expect(page.match(/aria-label="([^"]*)"/)?.[1]).toBe('Answer code');
  });

  it('have none as long as they are to nobody', () => {
    expect(qrCodesIn(letterPage(forms, lang))).toEqual([]);
  });
});
