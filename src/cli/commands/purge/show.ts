import { existsSync } from 'node:fs';
import { EXIT } from '../../../messages/exit.js';
import { certificateWords } from '../../../messages/screens/certificate.js';
import { viewCertificate } from '../../../steps/purge/show.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { certificateJson, drawCertificate } from '../../show/purge.js';

/** `handover purge show`: a certificate, verified: one's own, or a file of either party's. */
export const run: Run<'purge show'> = async (context, { arguments: args }) => {
  const words = certificateWords[context.lang];
  const given = args.certificate;
  const path = given === undefined ? null : context.path(given);
  const isFile = path !== null && (existsSync(path) || /[\\/.]/.test(given ?? ''));
  const { certificate, digest } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => viewCertificate(session, isFile ? { path } : { purge: given ?? null }),
  );
  return {
    json: certificateJson(certificate, digest),
    screen: (screen) => {
      drawCertificate(screen, certificate, digest, context.lang);
      screen.gap().good(words.verified);
    },
    exit: certificate.outcome === 'failed' ? EXIT.integrity : EXIT.ok,
  };
};
