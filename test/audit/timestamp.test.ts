import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemOf } from '../identity/problem-of.js';
import { Authority, hasOpenssl, type KeyKind } from '../kit/authority.js';
import { hex, unhex, utf8 } from '../../src/base/bytes.js';
import { sha256 } from '../../src/base/crypto.js';
import {
  der,
  derOid,
  derUnsigned,
  DerFault,
  oidOf,
  readDer,
  TAG,
  timeOf,
  unsignedOf,
} from '../../src/audit/der.js';
import {
  readTimestampRequest,
  requireAnswer,
  timestampRequest,
  verifyTimestamp,
} from '../../src/audit/timestamp.js';
import { HandoverError } from '../../src/messages/error.js';

const DOCUMENT = 'checkpoint.tsr';
const DATA = utf8('handover/0192f0c1-0000-7000-8000-000000000001\n9\nroot\n');
const NONCE = unhex('00f1e2d3c4b5a697');
const request = timestampRequest(DATA, NONCE);

describe('DER', () => {
  it.each<[string, string]>([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['a length cut short', '3082'],
    ['contents cut short', '300401'],
    ['something left over', '050000'],
    ['an indefinite length', '30800000'],
    ['a long form for a short length', '04810161'],
    ['a leading zero in the length', '0482000161'],
    ['a tag of several bytes', '1f0100'],
  ])('of %s is refused', (_, bytes) => {
    expect(() => readDer(unhex(bytes))).toThrow(DerFault);
  });

  it.each<[string, string, (value: ReturnType<typeof readDer>) => unknown]>([
    ['a negative integer', '0201ff', unsignedOf],
    ['an integer with a zero too many', '02020001', unsignedOf],
    ['an empty integer', '0200', unsignedOf],
    ['an object identifier that ends in the middle', '060188', oidOf],
    ['an object identifier with a leading 0x80', '06032a8001', oidOf],
    ['a local time', '180e3230323631313235313431303230', timeOf],
    ['a fraction with a zero at its end', '181232303236313132353134313032302e35305a', timeOf],
  ])('refuses %s', (_, bytes, read) => {
    expect(() => read(readDer(unhex(bytes)))).toThrow(DerFault);
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 70_000 }), (bytes) => {
        expect(hex(readDer(der(TAG.octets, bytes)).content)).toBe(hex(bytes));
        const number = unsignedOf(readDer(derUnsigned(bytes)));
        expect(BigInt(`0x${hex(number)}`)).toBe(BigInt(`0x${hex(bytes)}`));
      }),
      { numRuns: 60 },
    );
    for (const oid of ['1.2.840.113549.1.9.16.1.4', '2.16.840.1.101.3.4.2.1', '2.5.29.37', '0.9', '2.999.3'])
      expect(oidOf(readDer(derOid(oid)))).toBe(oid);
    expect(timeOf({ tag: TAG.utcTime, content: utf8('491231235959Z'), bytes: DATA })).toBe(
      '2049-12-31T23:59:59Z',
    );
    expect(timeOf({ tag: TAG.utcTime, content: utf8('500101000000Z'), bytes: DATA })).toBe(
      '1950-01-01T00:00:00Z',
    );
  });
});

describe('a request', () => {
  it('holds the digest and the nonce', () => {
    expect(readTimestampRequest(request)).toEqual({
      imprint: unhex(sha256(DATA)),
      nonce: unhex('f1e2d3c4b5a697'),
    });
  });
});

const dir = mkdtempSync(join(tmpdir(), 'handover-authority-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const codeOf = (response: Uint8Array, authorities: string | null): string =>
  problemOf(() => verifyTimestamp(response, { authorities, document: DOCUMENT })).code;

describe.skipIf(!hasOpenssl).each<KeyKind>(['rsa', 'ec'])('an authority with %s keys', (kind) => {
  let authority: Authority;
  let root: string;
  let good: Buffer;
  let began: number;
  let ended: number;
  beforeAll(() => {
    authority = new Authority(join(dir, kind), kind);
    authority.issue('stamp');
    root = readFileSync(authority.root, 'utf8');
    // A stamp tells whole seconds.
    began = Math.floor(Date.now() / 1000) * 1000;
    good = authority.reply(request, 'stamp');
    ended = Date.now();
  }, 240_000);
  const trust = () => ({ authorities: root, document: DOCUMENT });

  it('understands the request, and its answer verifies', () => {
    const text = authority.says('ts', '-query', '-in', 'q.tsq', '-text');
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toContain('Nonce: 0xF1E2D3C4B5A697');
    expect(text).toContain('Certificate required: yes');
    const stamp = verifyTimestamp(good, trust());
    expect(stamp.authority).toBe('Test stamp');
    expect(Date.parse(stamp.time)).toBeGreaterThanOrEqual(began);
    expect(Date.parse(stamp.time)).toBeLessThanOrEqual(ended);
    expect(() => requireAnswer(stamp, readTimestampRequest(request), DOCUMENT)).not.toThrow();
    expect(verifyTimestamp(good, { authorities: null, document: DOCUMENT })).toEqual(stamp);
  });

  it('may use other digests', () => {
    for (const digest of ['sha384', 'sha512'])
      expect(verifyTimestamp(authority.reply(request, 'stamp', { digest }), trust()).serial).not.toBe('');
    expect(
      verifyTimestamp(authority.reply(request, 'stamp', { essDigest: 'sha1' }), trust()).serial,
    ).not.toBe('');
    expect(codeOf(authority.reply(request, 'stamp', { digest: 'sha1' }), root)).toBe('TIMESTAMP_ALGORITHM');
  });

  it('may stand behind another certificate, if that is in the answer', () => {
    authority.issue('between', { isCa: true });
    authority.issue('below', { by: 'between' });
    expect(verifyTimestamp(authority.reply(request, 'below', { chain: 'between' }), trust()).authority).toBe(
      'Test below',
    );
    expect(codeOf(authority.reply(request, 'below'), root)).toBe('TIMESTAMP_CHAIN');
    // A certificate that may not issue others issues none.
    authority.issue('not-ca', { usage: null });
    authority.issue('under', { by: 'not-ca' });
    expect(codeOf(authority.reply(request, 'under', { chain: 'not-ca' }), root)).toBe('TIMESTAMP_CHAIN');
  });

  it.each([
    ['an issuer that may have none below', { pathLength: 0 }, {}, {}, false],
    ['an issuer that may have one below', { pathLength: 1 }, {}, {}, true],
    ['a critical extension that nobody knows', {}, {}, { more: ['1.2.3.4=critical,ASN1:NULL'] }, false],
    ['the same, not critical', {}, {}, { more: ['1.2.3.4=ASN1:NULL'] }, true],
    ['the same at an issuer', {}, { more: ['1.2.3.4=critical,ASN1:NULL'] }, {}, false],
    [
      'names that are constrained',
      { more: ['nameConstraints=critical,permitted;email:x.cn'] },
      {},
      {},
      false,
    ],
    ['a key for signatures', {}, {}, { more: ['keyUsage=critical,digitalSignature'] }, true],
  ])('with %s is taken as openssl takes it', (title, first, second, leaf, isGood) => {
    authority.issue('ca1', { isCa: true, ...first });
    authority.issue('ca2', { isCa: true, by: 'ca1', ...second });
    authority.issue('end', { by: 'ca2', ...leaf });
    const at = (name: string) => join(dirname(authority.root), name);
    const chain = `${readFileSync(at('ca2.pem'), 'utf8')}${readFileSync(at('ca1.pem'), 'utf8')}`;
    writeFileSync(at('both.pem'), chain);
    const reply = authority.reply(request, 'end', { chain: 'both' });
    if (isGood) expect(verifyTimestamp(reply, trust()).authority).toBe('Test end');
    else expect(codeOf(reply, root)).toBe('TIMESTAMP_CHAIN');
    const stock = spawnSync(
      'openssl',
      [
        'verify',
        '-purpose',
        'timestampsign',
        '-CAfile',
        authority.root,
        '-untrusted',
        at('both.pem'),
        at('end.pem'),
      ],
      { encoding: 'utf8' },
    );
    // openssl knows constraints of names, which nobody here does: stricter is allowed.
    if (!title.startsWith('names'))
      expect([title, stock.status === 0, stock.stderr]).toEqual([title, isGood, stock.stderr]);
  });

  it('is believed only if it is named', () => {
    const other = new Authority(join(dir, `${kind}-other`), kind);
    expect(codeOf(good, readFileSync(other.root, 'utf8'))).toBe('TIMESTAMP_CHAIN');
    expect(codeOf(good, 'no certificate')).toBe('TIMESTAMP_CA');
    // The stamping certificate itself may be named.
    expect(
      verifyTimestamp(good, { ...trust(), authorities: readFileSync(authority.path('stamp.pem'), 'utf8') })
        .authority,
    ).toBe('Test stamp');
  });

  it.each<[string, Parameters<Authority['issue']>[1], string]>([
    ['that expired', { until: '20210101000000Z' }, 'TIMESTAMP_EXPIRED'],
    ['that is not valid yet', { from: '21000101000000Z' }, 'TIMESTAMP_EXPIRED'],
  ])('with a certificate %s is refused', (_, choice, code) => {
    authority.issue('faulty', choice);
    expect(codeOf(authority.reply(request, 'faulty'), root)).toBe(code);
  });

  it('gives no answer that is taken for one to another request', () => {
    const query = readTimestampRequest(request);
    const verdict = (other: Uint8Array) =>
      problemOf(() =>
        requireAnswer(verifyTimestamp(authority.reply(other, 'stamp'), trust()), query, DOCUMENT),
      ).code;
    expect(verdict(timestampRequest(utf8('other'), NONCE))).toBe('TIMESTAMP_IMPRINT');
    expect(verdict(timestampRequest(DATA, unhex('0102030405060708')))).toBe('TIMESTAMP_NONCE');
    const stamp = verifyTimestamp(good, trust());
    const without = (part: object) =>
      problemOf(() => requireAnswer({ ...stamp, ...part }, query, DOCUMENT)).code;
    expect(without({ imprint: null })).toBe('TIMESTAMP_IMPRINT');
    expect(without({ nonce: null })).toBe('TIMESTAMP_NONCE');
  });

  it.each<[string, string | null, string]>([
    ['for servers', 'critical,serverAuth', 'TIMESTAMP_USAGE'],
    ['for time stamps and for mail', 'critical,timeStamping,emailProtection', 'TIMESTAMP_USAGE'],
    ['whose use is not critical', 'timeStamping', 'TIMESTAMP_USAGE'],
    ['without a use', null, 'TIMESTAMP_USAGE'],
  ])('with a certificate %s is refused', (_, usage, code) => {
    authority.issue('wrong', { usage });
    expect(codeOf(authority.forge(tstInfo(), 'wrong', '-cades'), root)).toBe(code);
  });

  it('has to sign which certificate it signs with, and to enclose that', () => {
    expect(verifyTimestamp(authority.forge(tstInfo(), 'stamp', '-cades'), trust())).toMatchObject({
      time: '2030-06-01T02:00:00Z',
      serial: '07',
    });
    expect(codeOf(authority.forge(tstInfo(), 'stamp'), root)).toBe('TIMESTAMP_SIGNATURE');
    expect(codeOf(authority.forge(tstInfo(), 'stamp', '-cades', '-nocerts'), root)).toBe('TIMESTAMP_SIGNER');
    expect(verifyTimestamp(authority.forge(tstInfo(), 'stamp', '-cades', '-keyid'), trust()).serial).toBe(
      '07',
    );
    expect(codeOf(authority.forge(tstInfo('20261321020000Z'), 'stamp', '-cades'), root)).toBe(
      'TIMESTAMP_FORMAT',
    );
    expect(codeOf(authority.forge(utf8('hello'), 'stamp', '-cades'), root)).toBe('TIMESTAMP_FORMAT');
  });

  it('that refuses is heard', () => {
    // openssl cannot read the request at all: a status of rejection comes back.
    const rejected = authority.reply(timestampRequestWith('sha1'), 'stamp');
    expect(codeOf(rejected, root)).toBe('TIMESTAMP_STATUS');
  });

  it('is refused when cut short, added to, or not there', () => {
    for (const length of [0, 1, 10, good.length - 1])
      expect(codeOf(good.subarray(0, length), root)).toBe('TIMESTAMP_FORMAT');
    expect(codeOf(Buffer.concat([good, Uint8Array.of(0)]), root)).toBe('TIMESTAMP_FORMAT');
  });

  it('is refused with a changed time or imprint', () => {
    const time = /(\d{14})(\.\d+)?Z/;
    const at = good.toString('latin1').search(time);
    const later = Buffer.from(good);
    // Another second, which every day has: another year need not have the day.
    later[at + 13] = later[at + 13] === 0x39 ? 0x38 : 0x39;
    expect(codeOf(later, root)).toBe('TIMESTAMP_SIGNATURE');
    const imprint = Buffer.from(good);
    const where = imprint.indexOf(Buffer.from(unhex(sha256(DATA))));
    imprint[where] = (imprint[where] ?? 0) ^ 1;
    expect(codeOf(imprint, root)).toBe('TIMESTAMP_SIGNATURE');
  });

  it('with any byte flipped never says another time, digest or nonce', () => {
    const { time, imprint, nonce } = verifyTimestamp(good, trust());
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Buffer.from(good);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        try {
          expect(verifyTimestamp(bytes, trust())).toMatchObject({ time, imprint, nonce });
        } catch (error) {
          expect(error).toBeInstanceOf(HandoverError);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** What an authority signs, at a time of our choice. */
function tstInfo(time = '20300601020000Z'): Uint8Array {
  const algorithm = der(TAG.sequence, derOid('2.16.840.1.101.3.4.2.1'), der(TAG.null));
  const imprint = der(TAG.sequence, algorithm, der(TAG.octets, unhex(sha256(DATA))));
  return der(
    TAG.sequence,
    ...[derUnsigned(Uint8Array.of(1)), derOid('1.2.3.4.1'), imprint, derUnsigned(Uint8Array.of(7))],
    ...[der(TAG.time, utf8(time)), derUnsigned(NONCE)],
  );
}

/** A request for the digest of another algorithm. */
function timestampRequestWith(_: 'sha1'): Uint8Array {
  const algorithm = der(TAG.sequence, derOid('1.3.14.3.2.26'), der(TAG.null));
  const imprint = der(TAG.sequence, algorithm, der(TAG.octets, new Uint8Array(20)));
  return der(
    TAG.sequence,
    derUnsigned(Uint8Array.of(1)),
    imprint,
    derUnsigned(NONCE),
    der(TAG.boolean, Uint8Array.of(0xff)),
  );
}
