import { houseWords } from '../../../messages/screens/house.js';
import { addPaper } from '../../../steps/house/papers.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { dayGiven, paperFacts, paperJson } from '../../show/house.js';

/** Papers that a deal refers to. */
const OF_DEALS: readonly string[] = ['nda', 'pia', 'notice', 'opinion'];

/** `handover papers add`: takes in a signed paper. */
export const run: Run<'papers add'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = houseWords[lang].papers;
  const input = {
    path: context.path(args.file),
    kind: options.as,
    signed: dayGiven(options.signed, '--signed'),
    signer: options.signer ?? null,
    deal: options.deal ?? null,
    dryRun,
  };
  const paper = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    addPaper(session, input),
  );
  return {
    json: paperJson(paper),
    screen: (screen) => {
      screen.good((dryRun ? words.would : words.added)(paper.id));
      screen.facts(paperFacts(paper, lang));
    },
    next: dryRun
      ? []
      : [
          OF_DEALS.includes(paper.kind)
            ? { say: words.refer(paper.id) }
            : { say: words.look, command: 'handover papers list' },
        ],
  };
};
