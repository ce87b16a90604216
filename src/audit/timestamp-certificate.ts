import { type KeyObject, X509Certificate } from 'node:crypto';
import { sameBytes } from '../base/bytes.js';
import type { Instant } from '../base/time.js';
import { fail } from '../messages/error.js';
import { contextTag, DerFault, DerReader, der, derOid, oidOf, readDer, smallOf, TAG, timeOf } from './der.js';
import { OID } from './oids.js';

// Certificates of those who stamp the time (RFC 5280, as far as RFC 3161 needs it): read, and followed to one that is trusted.

/** From an authority's certificate to the root. */
const MAX_CHAIN = 8;

/** The certificate of an authority, or of somebody who issued one. */
export interface AuthorityCertificate {
  readonly x509: X509Certificate;
  readonly key: KeyObject;
  readonly der: Uint8Array;
  /** Issuer and serial number as encoded, one after the other. */
  readonly issuerAndSerial: Uint8Array;
  readonly from: string;
  readonly until: string;
  readonly extensions: ReadonlyMap<string, { readonly critical: boolean; readonly value: Uint8Array }>;
}

/**
 * Reads a certificate. The bytes are attacker-controlled.
 *
 * @throws DerFault, and whatever node:crypto says of a key that cannot be read
 */
export function readAuthorityCertificate(bytes: Uint8Array): AuthorityCertificate {
  const members = DerReader.of(readDer(bytes), TAG.sequence).inner();
  members.optional(contextTag(0));
  const serial = members.next(TAG.integer).bytes;
  members.next(TAG.sequence);
  const issuer = members.next(TAG.sequence).bytes;
  const validity = members.inner();
  const from = timeOf(validity.next());
  const until = timeOf(validity.next());
  const extensions = new Map<string, { readonly critical: boolean; readonly value: Uint8Array }>();
  for (const value of members.rest()) {
    if (value.tag !== contextTag(3)) continue;
    for (const extension of DerReader.of(readDer(value.content), TAG.sequence).rest()) {
      const parts = DerReader.of(extension, TAG.sequence);
      const id = oidOf(parts.next());
      const critical = parts.optional(TAG.boolean)?.content[0] === 0xff;
      // RFC 5280 section 4.2: of each kind one.
      if (extensions.has(id)) throw new DerFault();
      extensions.set(id, { critical, value: parts.next(TAG.octets).content });
    }
  }
  const x509 = new X509Certificate(bytes);
  // Asked for here, where a key that cannot be read is a fault of the form.
  const key = x509.publicKey;
  return { x509, key, der: bytes, issuerAndSerial: Buffer.concat([issuer, serial]), from, until, extensions };
}

/** RFC 3161 section 2.3: for time stamps, for nothing else, and said so critically. */
export function checkUsage({ extensions }: AuthorityCertificate, document: string): void {
  const usage = extensions.get(OID.extendedKeyUsage);
  const only =
    usage?.critical === true && sameBytes(usage.value, der(TAG.sequence, derOid(OID.timeStamping)));
  if (!only) fail({ code: 'TIMESTAMP_USAGE', document });
}

/** The extensions that are looked at here. Any other that is critical says something that nobody here understands (RFC 5280 section 4.2). */
const UNDERSTOOD: readonly string[] = [
  OID.subjectKeyId,
  OID.keyUsage,
  OID.subjectAltName,
  OID.basicConstraints,
  OID.certificatePolicies,
  OID.authorityKeyId,
  OID.extendedKeyUsage,
];

function isUnderstood({ extensions }: AuthorityCertificate): boolean {
  return [...extensions].every(([id, { critical }]) => !critical || UNDERSTOOD.includes(id));
}

/** How many certificates may be between a certificate of an issuer and the last of a chain; null for any number. */
function pathLengthOf({ extensions }: AuthorityCertificate): number | null {
  const constraints = extensions.get(OID.basicConstraints);
  if (constraints === undefined) return null;
  const members = DerReader.of(readDer(constraints.value), TAG.sequence);
  members.optional(TAG.boolean);
  const length = members.optional(TAG.integer);
  return length === null ? null : smallOf(length);
}

/** A stamp is a digital signature: whoever says what the key is for says that, and nothing else (as openssl wants it). */
const DIGITAL_SIGNATURE = 0x80;

const NON_REPUDIATION = 0x40;

function maySign({ extensions }: AuthorityCertificate): boolean {
  const usage = extensions.get(OID.keyUsage);
  if (usage === undefined) return true;
  const [, bits = 0, more = 0] = readDer(usage.value).content;
  return bits !== 0 && (bits & ~(DIGITAL_SIGNATURE | NON_REPUDIATION)) === 0 && more === 0;
}

/**
 * Follows the issuers until one is trusted (RFC 5280 section 6.1). All of them were valid at that time, none says critically what is not
 * understood, and no issuer is further up than it may be.
 */
export function checkIssuers(
  leaf: AuthorityCertificate,
  held: readonly AuthorityCertificate[],
  trusted: readonly AuthorityCertificate[],
  time: Instant,
  document: string,
): void {
  const chain = () => fail({ code: 'TIMESTAMP_CHAIN', document });
  if (!isUnderstood(leaf) || !maySign(leaf)) chain();
  let at = leaf;
  let between = 0;
  for (let step = 0; step < MAX_CHAIN; step++) {
    if (trusted.some((anchor) => sameBytes(anchor.der, at.der))) return;
    const { x509 } = at;
    const issued = (c: AuthorityCertificate): boolean =>
      c.x509.ca && x509.checkIssued(c.x509) && x509.verify(c.key);
    const issuer = trusted.find(issued) ?? held.find((c) => c !== at && issued(c));
    if (issuer === undefined) break;
    if (time < issuer.from || time > issuer.until) fail({ code: 'TIMESTAMP_EXPIRED', document });
    const most = pathLengthOf(issuer);
    if (!isUnderstood(issuer) || (most !== null && between > most)) chain();
    // One that was issued to itself, for a new key, is not counted.
    if (issuer.x509.subject !== issuer.x509.issuer) between++;
    at = issuer;
  }
  chain();
}

/** The certificates of a PEM file. */
export function authoritiesIn(pem: string, document: string): readonly AuthorityCertificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  try {
    const found = blocks.map((block) => readAuthorityCertificate(new X509Certificate(block).raw));
    if (found.length > 0) return found;
  } catch {
    // What a library says of it is not repeated.
  }
  return fail({ code: 'TIMESTAMP_CA', document });
}

/** The common name, or else the organisation, without anything that a terminal would obey. */
export function nameOf({ subject }: X509Certificate): string {
  const of = (name: string): string | undefined => new RegExp(`^${name}=(.+)$`, 'm').exec(subject)?.[1];
  return (of('CN') ?? of('O') ?? '?').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200);
}
