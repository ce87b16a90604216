import { proofWords } from '../../messages/screens/proof.js';
import { grouped } from '../../report/numbers.js';
import { checkProof } from '../../steps/check-proof.js';
import type { Run } from '../context.js';
import { eventJson, eventText } from './events.js';
import { issuerOf } from './issuer.js';

/** `handover audit check-proof`: what a proof shows and what it does not. Needs the file and the issuer's card, and nothing else. */
export const run: Run<'audit check-proof'> = async (context, { arguments: args, options }) => {
  const { lang } = context;
  const words = proofWords[lang];
  const card = await issuerOf(context, options.card, 'audit check-proof');
  const { file, issuer, event, checkpoint } = checkProof(context.path(args.proof), card);
  return {
    json: {
      proves: 'event',
      file,
      issuer: { ...issuer },
      event: eventJson(event),
      log: { origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root },
    },
    page: (page) => {
      page.good(words.provedEvent(issuer.name, event.seq));
      page.facts([
        [words.event, eventText(event, lang)],
        [words.objects, ...Object.entries(event.objects).map(([kind, id]) => `${kind} ${id}`)],
        [words.content, JSON.stringify(event.details)],
        [words.under, words.underText(grouped(checkpoint.size)), checkpoint.origin],
        [words.fingerprint, issuer.fingerprint],
      ]);
      page.say(words.notProvedEvent);
      if (options.card !== undefined) page.say(words.compare);
    },
  };
};
