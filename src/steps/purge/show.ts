import { basename } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import { readCard } from '../../identity/card.js';
import { fail } from '../../messages/error.js';
import {
  certificateDigest,
  type ExpectedIssuer,
  readCertificate,
  type VerifiedCertificate,
  verifyCertificate,
} from '../../retention/certificate.js';
import { readSent } from '../../store/files.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { storedCertificate } from './certificate.js';
import { findPurge } from './plan.js';

const CERTIFICATE_LIMIT = 16 * 1024 * 1024;
const SIGNATURE_LIMIT = 64 * 1024;

export interface CertificateView {
  readonly certificate: VerifiedCertificate;
  readonly digest: Sha256;
}

/**
 * A certificate, verified: of a purge of this workspace, or from a file that this party or one whose card is pinned has issued.
 *
 * @throws HandoverError PURGE_NONE, PURGE_UNKNOWN, PURGE_UNFINISHED, CERTIFICATE_ISSUER and the others of verifyCertificate
 */
export function viewCertificate(
  session: Session,
  which: { readonly path: string } | { readonly purge: string | null },
): CertificateView {
  if ('purge' in which) {
    const stored = findPurge(session, which.purge);
    const { certificate, digest } = storedCertificate(session, stored);
    return { certificate, digest };
  }
  const name = basename(which.path);
  const bytes = readSent(which.path, CERTIFICATE_LIMIT, name);
  const signature = Buffer.from(
    readSent(`${which.path}.minisig`, SIGNATURE_LIMIT, `${name}.minisig`),
  ).toString('utf8');
  const { issuer } = readCertificate(bytes);
  const expected =
    knownIssuers(session).find(({ card }) => card === issuer.card) ?? fail({ code: 'CERTIFICATE_ISSUER' });
  const signed = { bytes, signature };
  return { certificate: verifyCertificate(signed, expected), digest: certificateDigest(signed) };
}

/** This party and everybody whose fingerprint was compared. */
function knownIssuers(session: Session): readonly ExpectedIssuer[] {
  const { info, read } = session.workspace;
  return [
    { card: info.cardDigest, signingKey: ownCard(info).card.signing_key },
    ...read.cards().map(({ digest, bytes, signature }) => ({
      card: digest,
      signingKey: readCard(bytes, signature, 'card.json').card.signing_key,
    })),
  ];
}
