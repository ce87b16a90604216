import { USUAL } from '../../../deal/template.js';
import { dealWords } from '../../../messages/screens/deal.js';
import { draftWords } from '../../../messages/screens/draft.js';
import { type DraftAnswers, draftBasis, draftDeal, possiblePartners } from '../../../steps/deal/draft.js';
import { type Session, withSession } from '../../../steps/session/session.js';
import type { CommandContext, Run } from '../../context.js';
import { askOne } from '../../questions.js';
import { answersIn } from '../../show/draft-options.js';
import { askTerms } from '../../show/draft-questions.js';

/** `handover deal init`: a commented deal.yaml, from what was imported and answered. */
export const run: Run<'deal init'> = async (context, { arguments: args, options }) => {
  const words = dealWords[context.lang];
  const given = answersIn(context, options);
  const input = { path: context.path(args.file ?? 'deal.yaml'), force: options.force };
  const draft = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const partner = options.partner ?? (await askPartner(context, session));
    const basis = draftBasis(session, partner);
    const usual = { id: basis.id, ...(basis.hasActivity ? { inactive: USUAL.inactive } : {}) };
    const answers: DraftAnswers =
      context.asking === null ? { ...usual, ...given } : await askTerms(context.asking, basis, given);
    const drafted = await draftDeal(session, basis, answers, input);
    // The notice is drafted by the program where there is none; the others are signed on paper.
    const lacks = (['confidentiality', 'assessment'] as const).some(
      (name) => answers.papers?.[name] === undefined && !basis.kept.has(name),
    );
    return { ...drafted, lacks };
  });
  const file = context.typed(draft.path);
  return {
    json: { path: draft.path, deal: draft.id, seller: draft.seller, buyer: draft.buyer },
    screen: (screen) => {
      screen.good(words.drafted(context.shown(draft.path)));
      screen.facts([
        [`  ${words.deal}`, draft.id],
        [`  ${words.seller}`, draft.seller],
        [`  ${words.buyer}`, draft.buyer],
      ]);
      const { fromColumns, noColumns } = draftWords[context.lang];
      screen.under(draft.fromColumns ? fromColumns : noColumns);
    },
    next: [
      ...(draft.lacks
        ? [{ say: words.papersFirst, command: `handover papers draft --deal ${file} --out papers` }]
        : []),
      { say: draft.lacks ? words.fillIn : words.lookOver, command: `handover deal check ${file}` },
    ],
  };
};

/** With whom, where there are several who may be meant. */
async function askPartner(context: CommandContext, session: Session): Promise<string | null> {
  const partners = possiblePartners(session);
  if (context.asking === null || partners.length < 2) return null;
  return askOne(
    context.asking,
    draftWords[context.lang].partner,
    partners.map(({ card, digest }) => ({ value: String(digest), name: card.name })),
  );
}
