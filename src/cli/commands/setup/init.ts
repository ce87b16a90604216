import { join } from 'node:path';
import { sendingName } from '../../../bundle/sending.js';
import { doctorWords } from '../../../messages/screens/doctor.js';
import { partyWords } from '../../../messages/screens/party.js';
import { init } from '../../../steps/setup/init.js';
import type { Run } from '../../context.js';

/** `handover init`: a party's workspace. */
export const run: Run<'init'> = async (context, { arguments: args, options }) => {
  const words = partyWords[context.lang];
  const { email, address, uscc } = options;
  const made = await init(
    {
      dir: context.path(args.folder ?? '.'),
      role: options.role,
      environment: options.test ? 'test' : 'production',
      name: options.name,
      ...(uscc === undefined ? {} : { uscc }),
      contact: {
        phone: options.phone,
        ...(email === undefined ? {} : { email }),
        ...(address === undefined ? {} : { address }),
      },
      classic: options.classic,
      unprotected: options.unprotected,
    },
    context.runtime,
  );
  return {
    json: {
      workspace: made.dir,
      role: made.role,
      name: made.name,
      environment: made.environment,
      card: {
        path: made.cardPath,
        sending: sendingName(made.cardPath),
        sha256: made.cardDigest,
        fingerprint: made.fingerprint,
      },
      identity_protected: made.isProtected,
      synchronised_by: [...made.services],
    },
    screen: (screen) => {
      screen.good(words.made(join(context.shown(made.dir), '/')));
      screen.facts([
        [`  ${words.party}`, made.name],
        [`  ${words.role}`, words[made.role] + (made.environment === 'test' ? ` · ${words.test}` : '')],
        [`  ${words.key}`, made.isProtected ? words.sealed : words.unsealed],
        [`  ${words.card}`, context.shown(sendingName(made.cardPath))],
        [`  ${words.fingerprint}`, made.fingerprint],
      ]);
      if (made.services.length > 0)
        screen.warn(doctorWords[context.lang].checks['sync-folder'].warning(made.services.join(' ')));
    },
    next: [
      { say: words.sendCard },
      ...(args.folder === undefined ? [] : [{ say: '', command: `cd ${context.typed(made.dir)}` }]),
      { say: '', command: `handover trust add ${words.theirCard}` },
    ],
  };
};
