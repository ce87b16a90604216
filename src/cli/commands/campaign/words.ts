import { ANSWER_MEANINGS, answerMeaningWords } from '../../../messages/answer-words.js';
import { fail } from '../../../messages/error.js';
import { campaignWords } from '../../../messages/screens/campaign.js';
import { addWord, knownWords } from '../../../steps/campaign/words.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover campaign words`: the vocabulary of answers, and a word more. */
export const run: Run<'campaign words'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = campaignWords[lang];
  const { add, means } = options;
  if (add !== undefined && means === undefined)
    fail({ code: 'CLI_OPTION_MISSING', option: '--means', command: 'campaign words' });
  if (add === undefined && means !== undefined)
    fail({ code: 'CLI_OPTION_MISSING', option: '--add', command: 'campaign words' });
  const known = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    if (add !== undefined && means !== undefined) await addWord(session, add, means, dryRun);
    return knownWords(session);
  });
  return {
    json: {
      words: known.words.map(([word, meaning]) => ({ word, meaning })),
      added: known.added.map(({ word, meaning, person, time }) => ({ word, meaning, person, time })),
    },
    screen: (screen) => {
      if (add !== undefined && means !== undefined) {
        const meaning = answerMeaningWords[lang][means];
        screen.good((dryRun ? words.wouldAdd : words.wordAdded)(add, meaning));
        return;
      }
      screen.say(words.wordsTitle).gap();
      for (const meaning of ANSWER_MEANINGS) {
        const own = known.words.filter(([, of]) => of === meaning).map(([word]) => word);
        screen.facts([[answerMeaningWords[lang][meaning], { items: own, between: ' · ' }]], 20);
      }
      if (known.added.length > 0)
        screen.facts([[words.added, { items: known.added.map(({ word }) => word), between: ' · ' }]], 20);
    },
  };
};
