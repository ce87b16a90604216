import { houseWords } from '../../../messages/screens/house.js';
import { paperOf, writePaper } from '../../../steps/house/papers.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { paperJson } from '../../show/house.js';

/** `handover papers copy`: the copy of a signed paper, as it was taken in. */
export const run: Run<'papers copy'> = async (context, { arguments: args, options }) => {
  const words = houseWords[context.lang].papers;
  const done = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const paper = paperOf(session, args.paper);
    const path = context.path(args.file ?? paper.file);
    await writePaper(session, paper, { path, force: options.force });
    return { paper, path };
  });
  return {
    json: { ...paperJson(done.paper), path: done.path },
    screen: (screen) => screen.good(words.copied(context.shown(done.path))),
  };
};
