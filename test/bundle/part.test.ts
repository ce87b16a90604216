import { gzipSync } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { buyer, stranger } from '../../fixtures/vectors/make/kit.js';
import { party, seeded } from '../../fixtures/vectors/make/world.js';
import { openAge, sealAge } from '../../src/base/age.js';
import { gzipBundlePage, inflateBundlePage } from '../../src/bundle/member.js';
import { newIdentity } from '../../src/identity/identity.js';
import { openPart, sealPart, splitPages } from '../../src/bundle/part.js';
import { MAX_PAGE_BYTES } from '../../src/bundle/rows.js';
import { problemOf, rejectionOf } from '../identity/problem-of.js';

const { recipient, ageIdentity } = buyer.identity;
const CHUNK = 64 * 1024;

describe('age files', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])(
    'of %i bytes are what the age library reads and writes',
    async (length) => {
      const plain = Buffer.alloc(length, 'handover');
      const ours = await sealAge(plain, [recipient], seeded('age'));
      const decrypter = new Decrypter();
      decrypter.addIdentity(ageIdentity);
      expect(Buffer.from(await decrypter.decrypt(ours)).equals(plain)).toBe(true);

      const encrypter = new Encrypter();
      encrypter.addRecipient(recipient);
      const theirs = await openAge(await encrypter.encrypt(plain), ageIdentity);
      expect(typeof theirs !== 'string' && Buffer.from(theirs).equals(plain)).toBe(true);
    },
  );

  it('can be for several, post-quantum recipients among them', async () => {
    const pq = await party('yi');
    const sealed = await sealAge(Buffer.from('x'), [recipient, pq.identity.recipient], seeded('age'));
    for (const identity of [ageIdentity, pq.identity.ageIdentity]) {
      const plain = await openAge(sealed, identity);
      expect(typeof plain === 'string' ? plain : Buffer.from(plain).toString()).toBe('x');
    }
    expect(await openAge(sealed, stranger.identity.ageIdentity)).toBe('no-match');
  });

  it('that were changed do not open', async () => {
    const sealed = await sealAge(Buffer.alloc(2 * CHUNK + 5), [recipient], seeded('age'));
    const body = sealed.length - (2 * CHUNK + 5 + 3 * 16);
    const chunk = CHUNK + 16;
    const changed: [string, Uint8Array][] = [
      ['nothing', new Uint8Array()],
      ['no payload', sealed.subarray(0, body)],
      ['cut in the last chunk', sealed.subarray(0, -1)],
      ['last chunk missing', sealed.subarray(0, body + 2 * chunk)],
      ['bytes added', Buffer.concat([sealed, Buffer.alloc(20)])],
      ['empty last chunk', Buffer.concat([sealed.subarray(0, body + 2 * chunk), Buffer.alloc(16)])],
      [
        'chunks exchanged',
        Buffer.concat([
          sealed.subarray(0, body),
          sealed.subarray(body + chunk, body + 2 * chunk),
          sealed.subarray(body, body + chunk),
          sealed.subarray(body + 2 * chunk),
        ]),
      ],
    ];
    for (const [what, bytes] of changed) expect(await openAge(bytes, ageIdentity), what).toBe('damaged');
    const flipped = Buffer.from(sealed);
    flipped[flipped.indexOf('--- ') + 6] = 0x41;
    expect(await openAge(flipped, ageIdentity)).toBe('damaged');
  });
});

describe('parts', () => {
  const pages = ['a\nb\n', 'c\n'].map((text) => Buffer.from(text));
  const members = pages.map((page) => gzipBundlePage(page));
  const listed = members.map((member, i) => ({ bytes: member.length, rows: i === 0 ? 2 : 1 }));

  it('give back the gzip members, page by page', async () => {
    const plain = await openPart(await sealPart(members, [recipient], seeded('part')), 'p', ageIdentity, [
      recipient,
    ]);
    const split = splitPages(plain, listed, 'p');
    expect(split.map((member, i) => inflateBundlePage(member, 'p', listed[i]?.rows).toString())).toEqual([
      'a\nb\n',
      'c\n',
    ]);
  });

  it('say nothing in the gzip header: no time, no operating system', () => {
    expect([...(members[0] ?? []).slice(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255]);
  });

  it('that we cannot open or that are not age are told apart', async () => {
    const part = await sealPart(members, [recipient], seeded('part'));
    expect(await rejectionOf(openPart(part, 'p', stranger.identity.ageIdentity, [recipient]))).toEqual({
      code: 'BUNDLE_KEY',
      entry: 'p',
    });
    expect(await rejectionOf(openPart(part.subarray(0, -1), 'p', ageIdentity, [recipient]))).toEqual({
      code: 'BUNDLE_DECRYPT',
      entry: 'p',
    });
  });

  it('that others can open as well are refused, and so is one that lacks a recipient of the deal', async () => {
    const other = stranger.identity.recipient;
    const wrong = { code: 'BUNDLE_RECIPIENTS', entry: 'p' };
    const forBoth = await sealPart(members, [recipient, other], seeded('part'));
    const opened = await openPart(forBoth, 'p', ageIdentity, [recipient, other]);
    expect(Buffer.from(opened).equals(Buffer.concat(members))).toBe(true);
    expect(await rejectionOf(openPart(forBoth, 'p', ageIdentity, [recipient]))).toEqual(wrong);
    const forOne = await sealPart(members, [recipient], seeded('part'));
    expect(await rejectionOf(openPart(forOne, 'p', ageIdentity, [recipient, other]))).toEqual(wrong);
    const kinds = [true, false].map((classic) => newIdentity(seeded('other'), { classic }));
    const otherKind = (await Promise.all(kinds)).map((identity) => identity.recipient);
    const unlike = otherKind.find((text) => text.startsWith('age1pq1') !== other.startsWith('age1pq1')) ?? '';
    expect(await rejectionOf(openPart(forBoth, 'p', ageIdentity, [recipient, unlike]))).toEqual(wrong);
  });

  it('whose pages are not those listed are refused', () => {
    const plain = Buffer.concat(members);
    const wrong = { code: 'BUNDLE_PAGES', part: 'p' };
    expect(problemOf(() => splitPages(plain, listed.slice(1), 'p'))).toEqual(wrong);
    const [first = new Uint8Array(), second = new Uint8Array()] = members;
    const bad: [string, Uint8Array][] = [
      ['bytes after the member', Buffer.concat([first, Buffer.from([0])])],
      ['half a member', first.subarray(0, -3)],
      ['not gzip', Buffer.from('a\n')],
      ['no newline at the end', gzipBundlePage(Buffer.from('a'))],
      ['nothing', gzipBundlePage(new Uint8Array())],
      ['a bomb', gzipSync(Buffer.alloc(MAX_PAGE_BYTES + 1, 10))],
    ];
    for (const [what, member] of bad)
      expect(
        problemOf(() => inflateBundlePage(member, 'p')),
        what,
      ).toEqual(wrong);
    expect(problemOf(() => inflateBundlePage(second, 'p', 2))).toEqual(wrong);
  });
});
