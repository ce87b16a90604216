import { createHash, verify } from 'node:crypto';
import { hex, sameBytes, unhex } from '../base/bytes.js';
import { sha256 } from '../base/crypto.js';
import { type Instant, readInstant } from '../base/time.js';
import { fail, HandoverError } from '../messages/error.js';
import {
  contextTag,
  type Der,
  DerFault,
  DerReader,
  der,
  derOid,
  derUnsigned,
  oidOf,
  readDer,
  smallOf,
  TAG,
  timeOf,
  unsignedOf,
} from './der.js';
import { OID } from './oids.js';
import {
  type AuthorityCertificate,
  readAuthorityCertificate,
  checkUsage,
  checkIssuers,
  authoritiesIn,
  nameOf,
} from './timestamp-certificate.js';

/*
 * Time stamps of checkpoints (RFC 3161): the request that goes to an authority, and the verification of what comes back. Nothing here
 * reaches a network; a person carries the files. The answer is a CMS SignedData (RFC 5652) over a TSTInfo.
 */

/** Digests that a signature may rest on. SHA-1 names a certificate at most (RFC 2634). */
const DIGESTS: Readonly<Record<string, string>> = {
  [OID.sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Signature algorithms: the type of key that each needs, and its digest; null where the digest algorithm of the signer says it. */
const SIGNATURES: Readonly<Record<string, readonly [key: string, digest: string | null]>> = {
  '1.2.840.113549.1.1.1': ['rsa', null],
  '1.2.840.113549.1.1.11': ['rsa', 'sha256'],
  '1.2.840.113549.1.1.12': ['rsa', 'sha384'],
  '1.2.840.113549.1.1.13': ['rsa', 'sha512'],
  '1.2.840.10045.4.3.2': ['ec', 'sha256'],
  '1.2.840.10045.4.3.3': ['ec', 'sha384'],
  '1.2.840.10045.4.3.4': ['ec', 'sha512'],
};

/** Bytes of the nonce: enough that an answer is to this request and to no other. */
export const NONCE_BYTES = 8;

/** A longer answer is refused unread. */
export const MAX_RESPONSE_BYTES = 1024 * 1024;

/** What is asked for: the digest of a checkpoint's text, and a nonce. */
export interface TimestampQuery {
  readonly imprint: Uint8Array;
  readonly nonce: Uint8Array;
}

/**
 * A TimeStampReq (RFC 3161 section 2.4.1) for the SHA-256 of the data, which asks for the authority's certificate.
 *
 * @param nonce {@link NONCE_BYTES} of randomness
 */
export function timestampRequest(data: Uint8Array, nonce: Uint8Array): Uint8Array {
  const imprint = der(TAG.sequence, sha256Algorithm, der(TAG.octets, unhex(sha256(data))));
  const version = derUnsigned(Uint8Array.of(1));
  const certificate = der(TAG.boolean, Uint8Array.of(0xff));
  return der(TAG.sequence, version, imprint, derUnsigned(nonce), certificate);
}

const sha256Algorithm = der(TAG.sequence, derOid(OID.sha256), der(TAG.null));

/** Reads what {@link timestampRequest} wrote. The bytes come from this program, so a fault is a bug: a plain error. */
export function readTimestampRequest(request: Uint8Array): TimestampQuery {
  const members = DerReader.of(readDer(request), TAG.sequence);
  members.next(TAG.integer);
  const imprint = imprintOf(members.next(TAG.sequence));
  if (imprint === null) throw new DerFault();
  return { imprint, nonce: unsignedOf(members.next(TAG.integer)) };
}

/** What an authority says. */
export interface Timestamp {
  /** In whole seconds. */
  readonly time: Instant;
  /** SHA-256 of what was stamped; null for another digest. */
  readonly imprint: Uint8Array | null;
  readonly nonce: Uint8Array | null;
  /** Name of the authority as its certificate has it, on one line. */
  readonly authority: string;
  /** Serial number of the stamp, in hexadecimal. */
  readonly serial: string;
}

/** What was read and does not prove anything yet. */
interface Token {
  readonly timestamp: Omit<Timestamp, 'authority'>;
  /** DER of the TSTInfo. */
  readonly content: Uint8Array;
  readonly certificates: readonly AuthorityCertificate[];
  readonly signer: SignerInfo;
}

interface SignerInfo {
  readonly issuerAndSerial: Uint8Array | null;
  readonly keyId: Uint8Array | null;
  readonly digest: string | null;
  /** As it is signed: with the tag of a SET. */
  readonly signedAttributes: Uint8Array;
  readonly attributes: ReadonlyMap<string, Der>;
  readonly algorithm: string;
  readonly signature: Uint8Array;
}

/** Whom to believe. */
export interface TimestampTrust {
  /** Certificates in PEM, one or more; null to leave out where the authority's certificate comes from. */
  readonly authorities: string | null;
  /** Named in problems. */
  readonly document: string;
}

/**
 * Verifies a TimeStampResp (RFC 3161 section 2.4.2): it was granted, is signed by the certificate that it names, which is for time stamps and
 * nothing else, was valid at the time that it says, and leads to a certificate that the reader trusts. Whether it stamps what was asked for
 * is compared by {@link requireAnswer}. The bytes are attacker-controlled.
 *
 * @throws HandoverError TIMESTAMP_FORMAT, TIMESTAMP_STATUS, TIMESTAMP_SIGNER, TIMESTAMP_ALGORITHM, TIMESTAMP_SIGNATURE, TIMESTAMP_USAGE,
 *   TIMESTAMP_EXPIRED, TIMESTAMP_CHAIN, TIMESTAMP_CA
 */
export function verifyTimestamp(response: Uint8Array, trust: TimestampTrust): Timestamp {
  const { document, authorities } = trust;
  const token = readResponse(response, document);
  const certificate =
    token.certificates.find((c) => isOf(c, token.signer)) ?? fail({ code: 'TIMESTAMP_SIGNER', document });
  checkSignature(token, certificate, document);
  checkUsage(certificate, document);
  const { time } = token.timestamp;
  if (time < certificate.from || time > certificate.until) fail({ code: 'TIMESTAMP_EXPIRED', document });
  if (authorities !== null) {
    const trusted = authoritiesIn(authorities, document);
    try {
      checkIssuers(certificate, token.certificates, trusted, time, document);
    } catch (error) {
      // Extensions that are none.
      if (error instanceof DerFault) fail({ code: 'TIMESTAMP_FORMAT', document });
      throw error;
    }
  }
  return { ...token.timestamp, authority: nameOf(certificate.x509) };
}

/**
 * Compares an answer with the request.
 *
 * @throws HandoverError TIMESTAMP_IMPRINT, TIMESTAMP_NONCE
 */
export function requireAnswer({ imprint, nonce }: Timestamp, query: TimestampQuery, document: string): void {
  if (imprint === null || !sameBytes(imprint, query.imprint)) fail({ code: 'TIMESTAMP_IMPRINT', document });
  if (nonce === null || !sameBytes(nonce, query.nonce)) fail({ code: 'TIMESTAMP_NONCE', document });
}

function readResponse(response: Uint8Array, document: string): Token {
  if (response.length > MAX_RESPONSE_BYTES) return fail({ code: 'TIMESTAMP_FORMAT', document });
  try {
    const members = DerReader.of(readDer(response), TAG.sequence);
    const status = smallOf(members.inner().next(TAG.integer));
    // granted, and granted with modifications (RFC 3161 section 2.4.2)
    if (status > 1) return fail({ code: 'TIMESTAMP_STATUS', document, status });
    const contentInfo = members.inner();
    members.end();
    if (oidOf(contentInfo.next()) !== OID.signedData) throw new DerFault();
    const explicit = contentInfo.inner(contextTag(0));
    contentInfo.end();
    const token = readSignedData(explicit.inner());
    explicit.end();
    return token;
  } catch (error) {
    if (error instanceof HandoverError) throw error;
    return fail({ code: 'TIMESTAMP_FORMAT', document });
  }
}

function readSignedData(data: DerReader): Token {
  data.next(TAG.integer);
  data.next(TAG.set);
  const encapsulated = data.inner();
  if (oidOf(encapsulated.next()) !== OID.tstInfo) throw new DerFault();
  const explicit = encapsulated.inner(contextTag(0));
  const content = explicit.next(TAG.octets).content;
  explicit.end();
  encapsulated.end();
  const held = data.optional(contextTag(0));
  data.optional(contextTag(1));
  const signers = data.inner(TAG.set);
  const signer = readSigner(signers.inner());
  // RFC 3161 section 2.4.2: there is no signature but the authority's.
  signers.end();
  data.end();
  const certificates =
    held === null
      ? []
      : [...new DerReader(held.content).rest()].map(({ bytes }) => readAuthorityCertificate(bytes));
  return { timestamp: readTstInfo(content), content, certificates, signer };
}

function readTstInfo(content: Uint8Array): Token['timestamp'] {
  const info = DerReader.of(readDer(content), TAG.sequence);
  if (smallOf(info.next()) !== 1) throw new DerFault();
  oidOf(info.next());
  const imprint = imprintOf(info.next(TAG.sequence));
  const serial = hex(unsignedOf(info.next()));
  const time = readInstant(timeOf(info.next(TAG.time)));
  if (time === null) throw new DerFault();
  info.optional(TAG.sequence);
  info.optional(TAG.boolean);
  const nonce = info.optional(TAG.integer);
  info.optional(contextTag(0));
  info.optional(contextTag(1));
  info.end();
  return { time, imprint, serial, nonce: nonce === null ? null : unsignedOf(nonce) };
}

/** The digest in a MessageImprint, if it is one of SHA-256. */
function imprintOf(value: Der): Uint8Array | null {
  const members = DerReader.of(value, TAG.sequence);
  const algorithm = oidOf(members.inner().next());
  const { content } = members.next(TAG.octets);
  members.end();
  return algorithm === OID.sha256 && content.length === 32 ? content : null;
}

function readSigner(info: DerReader): SignerInfo {
  info.next(TAG.integer);
  const byName = info.optional(TAG.sequence);
  const byKey = byName === null ? info.next(contextTag(0, false)) : null;
  const digest = DIGESTS[oidOf(info.inner().next())] ?? null;
  const signed = info.next(contextTag(0));
  const algorithm = oidOf(info.inner().next());
  const signature = info.next(TAG.octets).content;
  info.optional(contextTag(1));
  info.end();
  const attributes = new Map<string, Der>();
  for (const attribute of new DerReader(signed.content).rest()) {
    const members = DerReader.of(attribute, TAG.sequence);
    const type = oidOf(members.next());
    const values = members.inner(TAG.set);
    const value = values.next();
    values.end();
    members.end();
    if (attributes.has(type)) throw new DerFault();
    attributes.set(type, value);
  }
  return {
    issuerAndSerial: byName?.content ?? null,
    keyId: byKey?.content ?? null,
    digest,
    // RFC 5652 section 5.4: what is signed has the tag of a SET, not the implicit one that is there.
    signedAttributes: der(TAG.set, signed.content),
    attributes,
    algorithm,
    signature,
  };
}

function isOf(certificate: AuthorityCertificate, { issuerAndSerial, keyId }: SignerInfo): boolean {
  if (issuerAndSerial !== null) return sameBytes(certificate.issuerAndSerial, issuerAndSerial);
  const own = certificate.extensions.get(OID.subjectKeyId);
  return own !== undefined && keyId !== null && sameBytes(own.value, der(TAG.octets, keyId));
}

/** The signed attributes speak of this content and this certificate, and their signature is good. */
function checkSignature(
  { content, signer }: Token,
  certificate: AuthorityCertificate,
  document: string,
): void {
  const { attributes, signature, signedAttributes } = signer;
  const { key } = certificate;
  const [keyType, own] = SIGNATURES[signer.algorithm] ?? [null, null];
  const unsupported = () => fail({ code: 'TIMESTAMP_ALGORITHM', document });
  if (keyType !== key.asymmetricKeyType) unsupported();
  const digest = signer.digest ?? unsupported();
  const signatureDigest = own ?? digest;
  try {
    const type = attributes.get(OID.contentType);
    const messageDigest = attributes.get(OID.messageDigest);
    const expected = createHash(digest).update(content).digest();
    const isSigned =
      type !== undefined &&
      oidOf(type) === OID.tstInfo &&
      messageDigest?.tag === TAG.octets &&
      sameBytes(messageDigest.content, expected) &&
      namesCertificate(attributes, certificate.der) &&
      verify(signatureDigest, signedAttributes, key, signature);
    if (isSigned) return;
  } catch {
    // What cannot be read is not signed.
  }
  fail({ code: 'TIMESTAMP_SIGNATURE', document });
}

/** RFC 3161 section 2.4.1 and RFC 5816: the signature covers which certificate it is to be verified with. */
function namesCertificate(attributes: ReadonlyMap<string, Der>, certificate: Uint8Array): boolean {
  const first = attributes.get(OID.signingCertificate);
  const second = attributes.get(OID.signingCertificateV2);
  const named = second ?? first;
  if (named === undefined) return false;
  const id = DerReader.of(named, TAG.sequence).inner().inner();
  const given = second === undefined ? null : id.optional(TAG.sequence);
  const algorithm = given === null ? null : oidOf(new DerReader(given.content).next());
  const digest = second === undefined ? 'sha1' : algorithm === null ? 'sha256' : DIGESTS[algorithm];
  if (digest === undefined) return false;
  return sameBytes(id.next(TAG.octets).content, createHash(digest).update(certificate).digest());
}
