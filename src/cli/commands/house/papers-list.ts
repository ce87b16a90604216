import { paperName } from '../../../messages/papers.js';
import { houseWords } from '../../../messages/screens/house.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { paperJson } from '../../show/house.js';

/** `handover papers list`: every signed paper. */
export const run: Run<'papers list'> = async (context) => {
  const { lang } = context;
  const words = houseWords[lang].papers;
  const papers = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    session.workspace.read.house.papers(),
  );
  return {
    json: { papers: papers.map(paperJson) },
    screen: (screen) => {
      if (papers.length === 0) {
        screen.say(words.none);
        return;
      }
      screen.table(
        [{ title: words.id }, { title: words.signed }, { title: words.kind }, { title: words.file }],
        papers.map(({ id, signed, kind, file }) => [id, signed, paperName(kind, lang), file]),
      );
    },
  };
};
