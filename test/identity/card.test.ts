import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TEST_PARTIES, testFacts, testIdentity } from '../../fixtures/keys/make.js';
import { utf8 } from '../../src/base/bytes.js';
import { type Sha256, sha256 } from '../../src/base/crypto.js';
import { canonicalJson, type Json } from '../../src/base/json.js';
import { type Instant, readInstant } from '../../src/base/time.js';
import {
  type CardFacts,
  cardDigest,
  isSignedByFormer,
  makeCard,
  readCard,
  requireCurrent,
  signAsFormer,
} from '../../src/identity/card.js';
import { compareFingerprint, fingerprint } from '../../src/identity/fingerprint.js';
import { signMinisign } from '../../src/identity/minisign.js';
import { recognise, trustAsSuccessor, trustByFingerprint } from '../../src/identity/trust.js';
import { isUscc } from '../../src/dataset/uscc.js';
import { problemOf } from './problem-of.js';

const [jiaParty, yiParty] = TEST_PARTIES;
if (jiaParty === undefined || yiParty === undefined) throw new Error('no parties');
const jia = await testIdentity(jiaParty);
const yi = await testIdentity(yiParty);
const facts = testFacts(jiaParty);
const made = makeCard(facts, jia);

const instant = (text: string): Instant => readInstant(text) ?? problem(text);
function problem(text: string): never {
  throw new Error(`not an instant: ${text}`);
}

/** Bytes and a good signature of jia's card after `change`. */
function changed(change: Record<string, Json | undefined>): { bytes: Uint8Array; signature: string } {
  const value: Json = JSON.parse(JSON.stringify({ ...made.card, ...change }));
  const bytes = utf8(canonicalJson(value));
  return { bytes, signature: signMinisign(bytes, jia.signer, `handover.card/1 ${sha256(bytes)}`) };
}

describe('card', () => {
  it('reads what it makes', () => {
    const read = readCard(made.bytes, made.signature, 'jia.card.json');
    expect(read.card).toEqual(made.card);
    expect(read.digest).toBe(made.digest);
    expect(cardDigest(read.card)).toBe(made.digest);
  });

  it.each<[string, Record<string, Json | undefined>, string, string]>([
    ['an unknown key', { 备注: '手机 13800138000' }, 'FORMAT_SHAPE', '(card)'],
    ['no phone', { contact: {} }, 'FORMAT_SHAPE', 'contact.phone'],
    ['a wrong credit code', { uscc: '91000000000000019H' }, 'FORMAT_SHAPE', 'uscc'],
    ['another region', { region: 'US' }, 'FORMAT_SHAPE', 'region'],
    ['a recipient that is not one', { recipient: 'age1qqqq' }, 'FORMAT_SHAPE', 'recipient'],
    ['a key that is not one', { signing_key: 'RWQ' }, 'FORMAT_SHAPE', 'signing_key'],
    ['a name that turns text around', { name: '甲\u202e公司' }, 'FORMAT_SHAPE', 'name'],
    ['a name of two lines', { name: '甲\n公司' }, 'FORMAT_SHAPE', 'name'],
    ['a day that does not exist', { created: '2026-02-30T00:00:00Z' }, 'FORMAT_SHAPE', 'created'],
    ['no statement of what it replaces', { replaces: undefined }, 'FORMAT_SHAPE', 'replaces'],
  ])('with %s is refused, and only the place is named', (_, change, code, path) => {
    const { bytes, signature } = changed(change);
    const document = 'x.card.json';
    expect(problemOf(() => readCard(bytes, signature, document))).toEqual({ code, document, path });
  });

  it('of another version is refused as unsupported', () => {
    const { bytes, signature } = changed({ format: 'handover.card/2' });
    expect(problemOf(() => readCard(bytes, signature, 'x')).code).toBe('FORMAT_UNKNOWN');
  });

  it('in another spelling is refused', () => {
    const bytes = utf8(JSON.stringify(made.card, null, 2));
    expect(problemOf(() => readCard(bytes, made.signature, 'x')).code).toBe('JSON_NOT_CANONICAL');
  });

  it.each([
    ['of another party', makeCard(testFacts(yiParty), yi).signature],
    ['by another key', signMinisign(made.bytes, yi.signer, `handover.card/1 ${made.digest}`)],
    ['of another kind of document', signMinisign(made.bytes, jia.signer, `handover.deal/1 ${made.digest}`)],
    ['that is empty', ''],
  ])('with a signature %s is refused', (_, signature) => {
    expect(problemOf(() => readCard(made.bytes, signature, 'x.card.json'))).toEqual({
      code: 'CARD_SIGNATURE',
      document: 'x.card.json',
    });
  });

  it('with a changed fact is refused', () => {
    const bytes = utf8(Buffer.from(made.bytes).toString().replace('400-000-0001', '400-000-0009'));
    expect(problemOf(() => readCard(bytes, made.signature, 'x')).code).toBe('CARD_SIGNATURE');
  });

  it('is not made with a wrong credit code', () => {
    expect(problemOf(() => makeCard({ ...facts, uscc: '91000000000000019H' }, jia)).code).toBe('CARD_USCC');
  });

  it('expires at valid_until', () => {
    const card = makeCard({ ...facts, valid_until: instant('2026-12-31T16:00:00Z') }, jia);
    requireCurrent(card, instant('2026-12-31T15:59:59Z'));
    requireCurrent(made, instant('2099-01-01T00:00:00Z'));
    expect(problemOf(() => requireCurrent(card, instant('2026-12-31T16:00:00Z')))).toEqual({
      code: 'CARD_EXPIRED',
      party: '上海甲家政服务有限公司',
      until: '2026-12-31T16:00:00Z',
    });
  });
});

describe('USCC', () => {
  it.each([
    ['91000000000000019G', true],
    ['91000000000000027B', true],
    ['91000000000000019g', false],
    ['91000000000000019', false],
    ['91000000000000019GG', false],
    ['91000000000000018G', false],
    ['9100000000000O019G', false],
    ['', false],
  ])('%s: %s', (text, good) => {
    expect(isUscc(text)).toBe(good);
  });

  it('detects every single wrong character', () => {
    const good = '91000000000000019G';
    for (let i = 0; i < good.length; i++) {
      for (const c of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        if (c !== good[i]) expect(isUscc(good.slice(0, i) + c + good.slice(i + 1))).toBe(false);
      }
    }
  });
});

describe('fingerprint', () => {
  const shown = fingerprint(made.digest);

  it('is six groups of five digits, by the definition', () => {
    expect(shown).toMatch(/^(\d{5} ){5}\d{5}$/);
    // Bytes 0–4 are 0xffffffffff = 1099511627775, bytes 5–9 are 0x0000000007.
    const digest = `ffffffffff0000000007${'0'.repeat(44)}` as Sha256;
    expect(fingerprint(digest)).toBe('27775 00007 00000 00000 00000 00000');
  });

  it.each([
    ['as shown', shown],
    ['without spaces', shown.replaceAll(' ', '')],
    ['with hyphens', shown.replaceAll(' ', '-')],
    [
      'in full width',
      shown.replace(/[\d ]/g, (c) =>
        c === ' ' ? '\u3000' : String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0),
      ),
    ],
    ['with a line end', `${shown}\n`],
  ])('matches when typed %s', (_, typed) => {
    expect(compareFingerprint(typed, made.digest)).toEqual({ result: 'same' });
    expect(trustByFingerprint(made, typed)).toBe(made);
  });

  it('tells a slip from another card', () => {
    const last = shown.endsWith('0') ? '1' : '0';
    expect(problemOf(() => trustByFingerprint(made, shown.slice(0, -1) + last)).code).toBe(
      'CARD_FINGERPRINT',
    );
    expect(problemOf(() => trustByFingerprint(made, shown.slice(0, -1)))).toEqual({
      code: 'CARD_FINGERPRINT_TYPED',
      digits: 29,
    });
    expect(problemOf(() => trustByFingerprint(made, `${shown}x`)).code).toBe('CARD_FINGERPRINT_TYPED');
    expect(problemOf(() => trustByFingerprint(made, '')).code).toBe('CARD_FINGERPRINT_TYPED');
  });
});

describe('trust', () => {
  const former = trustByFingerprint(made, fingerprint(made.digest));
  const next = (change: Partial<CardFacts> = {}) =>
    makeCard({ ...facts, replaces: former.digest, ...change }, yi);

  it('recognises a pinned card and no other', () => {
    expect(recognise(made, [made.digest])).toBe(made);
    const other = makeCard({ ...facts, created: instant('2026-01-06T00:00:00Z') }, jia);
    expect(problemOf(() => recognise(other, [made.digest])).code).toBe('CARD_UNKNOWN');
  });

  it('passes to a card that the former key signed', () => {
    const card = next();
    const signature = signAsFormer(card, jia);
    expect(isSignedByFormer(card, signature, jia.signer.publicKey)).toBe(true);
    expect(trustAsSuccessor(former, card, signature)).toBe(card);
  });

  it.each([
    ['follows nothing', next({ replaces: null }), 'CARD_REPLACES'],
    ['follows another card', next({ replaces: sha256(utf8('x')) }), 'CARD_REPLACES'],
    ['has another name', next({ name: '上海丁家政服务有限公司' }), 'CARD_SUCCESSION'],
    ['has another credit code', next({ uscc: '91000000000000027B' }), 'CARD_SUCCESSION'],
    ['moves from test to production', next({ environment: 'production' }), 'CARD_SUCCESSION'],
  ])('does not pass to a card that %s', (_, card, code) => {
    expect(problemOf(() => trustAsSuccessor(former, card, signAsFormer(card, jia))).code).toBe(code);
  });

  it('does not pass to a card that only the new key signed', () => {
    const card = next();
    expect(problemOf(() => trustAsSuccessor(former, card, signAsFormer(card, yi))).code).toBe(
      'CARD_SUCCESSION',
    );
  });
});

it('a card holds nothing of the secret identity', () => {
  const folder = new URL('../../fixtures/keys/', import.meta.url);
  const secrets = readFileSync(new URL('jia.identity.txt', folder), 'utf8').match(
    /[0-9a-f]{64}|AGE-SECRET\S+/g,
  );
  expect(secrets).toHaveLength(3);
  for (const secret of secrets ?? []) expect(Buffer.from(made.bytes).toString()).not.toContain(secret);
});
