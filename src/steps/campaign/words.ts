import { answerKey, Vocabulary } from '../../campaign/vocabulary.js';
import {
  type AnswerMeaning,
  answerMeaningWords,
  type TeachableMeaning,
} from '../../messages/answer-words.js';
import { fail } from '../../messages/error.js';
import type { AnswerWord } from '../../store/campaign-rows.js';
import type { Session } from '../session/session.js';

/** The vocabulary as it is: what is built in, and what this firm added. */
export interface KnownWords {
  readonly words: readonly (readonly [string, AnswerMeaning])[];
  readonly added: readonly AnswerWord[];
}

/** The vocabulary of answers with the words that this firm added. */
export function knownWords(session: Session): KnownWords {
  const added = session.workspace.read.campaign.answerWords();
  return { words: new Vocabulary(added).words(), added };
}

/** Longer is no word. */
const MAX_WORD = 20;

const YES: readonly TeachableMeaning[] = ['yes', 'contract-yes', 'both-yes'];
const NO: readonly AnswerMeaning[] = ['no', 'contract-no', 'both-no', 'stop'];

/**
 * Adds a word to the vocabulary. A word that says no cannot become a yes. The log names the meaning and not the word, which a customer wrote.
 *
 * @throws HandoverError ANSWER_WORD_SHAPE, ANSWER_WORD_NO
 */
export async function addWord(
  session: Session,
  word: string,
  meaning: TeachableMeaning,
  dryRun: boolean,
): Promise<void> {
  const key = answerKey(word);
  if (key === '' || [...key].length > MAX_WORD || /\d{5}/.test(key)) fail({ code: 'ANSWER_WORD_SHAPE' });
  const known = new Vocabulary(session.workspace.read.campaign.answerWords()).meaningOf(key);
  const saysNo = known !== undefined && NO.includes(known);
  if (saysNo && YES.includes(meaning))
    fail({ code: 'ANSWER_WORD_NO', meaning: answerMeaningWords[session.runtime.lang][known] });
  if (dryRun) return;
  const person = session.requireOperator();
  await session.keys();
  session.record(
    { action: 'answer-word-added', objects: {}, details: { meaning, length: [...key].length } },
    (write) => write.campaign.putAnswerWord({ word: key, meaning, person, time: session.now }),
  );
}
