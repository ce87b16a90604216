import { existsSync } from 'node:fs';
import { paperName } from '../../../messages/papers.js';
import { houseWords } from '../../../messages/screens/house.js';
import { draftTerms } from '../../../steps/deal/draft-terms.js';
import { writeDrafts } from '../../../steps/house/drafting.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** The name that `deal init` gives. */
const DRAFT = 'deal.yaml';

/** `handover papers draft`: papers as Word files, filled from deal and data. */
export const run: Run<'papers draft'> = async (context, { options }) => {
  const { lang } = context;
  const words = houseWords[lang].papers;
  const folder = context.path(options.out ?? '.');
  const files = await withSession(context.workspaceFolder(), context.runtime, (session) => {
    // A file of that name, or a deal by its id; the draft that lies here, if there is no deal yet.
    const isFirst = session.workspace.read.deals().length === 0;
    const deal = options.deal ?? (isFirst && existsSync(context.path(DRAFT)) ? DRAFT : undefined);
    const path = deal === undefined ? null : context.path(deal);
    const terms = draftTerms(session, {
      id: deal ?? null,
      path: path !== null && existsSync(path) ? path : null,
    });
    return writeDrafts(session, { kind: options.only ?? null, terms, folder, lang, force: options.force });
  });
  const blanks = files.reduce((sum, file) => sum + file.blanks, 0);
  const [first] = files;
  return {
    json: { files: files.map((file) => ({ ...file })), blanks },
    screen: (screen) => {
      screen.good(words.drafted(String(files.length), context.shown(folder)));
      screen.table(
        [{ title: words.file }, { title: words.blanks, right: true }],
        files.map(({ path, blanks: open }) => [context.shown(path), String(open)]),
      );
      screen.say(words.fill);
    },
    next:
      first === undefined
        ? []
        : [
            {
              say: words.whenSigned(paperName(first.kind, lang)),
              command: `handover papers add … --as ${first.kind}`,
            },
          ],
  };
};
