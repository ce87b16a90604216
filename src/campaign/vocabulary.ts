import { simplified } from '../base/simplified.js';
import { ANSWER_MEANINGS, ANSWER_WORDS, type AnswerMeaning } from '../messages/answer-words.js';
import type { Matter } from '../messages/campaign-text.js';

/** A word that a person added, and what it means. */
export interface AddedWord {
  readonly word: string;
  readonly meaning: AnswerMeaning;
}

/** What one answer says: about each matter yes or no, or why there is no answer. */
export interface Answer {
  readonly said: Readonly<Partial<Record<Matter, 'yes' | 'no'>>>;
  /** `unclear` counts as no answer and is looked at by a person; `conditional` is an unclear one that agrees with a but. */
  readonly kind:
    | 'answer'
    | 'doubtful-no'
    | 'conditional'
    | 'unclear'
    | 'later'
    | 'unreached'
    | 'delivered'
    | 'blank';
  /** Whether the person wants to hear nothing more. */
  readonly stop: boolean;
}

const SAID: Readonly<Record<AnswerMeaning, Answer['said']>> = {
  yes: { data: 'yes' },
  no: { data: 'no' },
  'contract-yes': { contract: 'yes' },
  'contract-no': { contract: 'no' },
  'both-yes': { data: 'yes', contract: 'yes' },
  'both-no': { data: 'no', contract: 'no' },
  stop: { data: 'no', contract: 'no' },
  later: {},
  unreached: {},
  delivered: {},
};

/** A yes with a but: `可以但是…`. It agrees to something else than was asked. */
const CONDITION =
  /但|不过|只要|除非|如果|要是|前提|条件|先.{0,12}再|得.{0,8}才|才(?:同意|行|可以)|\b(?:but|only if|unless|provided|if you|as long as|on condition)\b/iu;

/** What makes a text that nobody knows a no, when in doubt (PIPL-15): asking again would be worse than leaving it. */
const DOUBTFUL_NO =
  /不|别|勿|拒|反对|异议|退订|退出|回绝|谢绝|算了|免谈|免了|滚|投诉|举报|骚扰|删|撤|反悔|后悔|收回|(?:解除|终止|停止|取消)(?:同意|授权|使用)|改(?:变)?(?:主意|想法)|没(?:有|什么)?兴趣|\b(?:no|nope|not|never|don'?t|stop|dnc|opt(?:ed)?[- ]?out|(?:refus|delet|eras|remov|unsubscri|declin|disagre|withdr|revok|object)\w*)\b/iu;

/** Negations that are no no: asked back, or yes in other words. */
const NO_NEGATION =
  /(?:没有?|不是|不会)不同意|(?:没有?|无)异议|我不是|没(?:什么)?(?:问题|意见)|\bno (?:problem|objections?)\b|不(?:介意|反对|要紧|好意思|客气|错|知道|清楚|明白|懂|太懂|是很(?:懂|明白|清楚))|要不要|是不是|能不能|可不可以|行不行|会不会|什么|怎么|为什么|哪|谁|吗|[?？]/iu;

const YES = /同意|可以|好的|愿意|没问题|没意见|\b(?:yes|ok|agree)\b/iu;

/** Longer than any answer. */
const MAX_ANSWER = 500;

/** Reads answers: the words that are built in, and those that people added. */
export class Vocabulary {
  readonly #meanings = new Map<string, AnswerMeaning>();

  constructor(added: readonly AddedWord[]) {
    for (const meaning of ANSWER_MEANINGS)
      for (const word of ANSWER_WORDS[meaning].split(' '))
        this.#meanings.set(answerKey(word.replaceAll('_', ' ')), meaning);
    for (const { word, meaning } of added) this.#meanings.set(answerKey(simplified(word)), meaning);
  }

  /** What a word is known to mean. */
  meaningOf(word: string): AnswerMeaning | undefined {
    const key = answerKey(simplified(word));
    return this.#meanings.get(key) ?? this.#meanings.get(key.replace(/^我们?(?=不|同意|愿意|拒绝|要)/u, ''));
  }

  /** Every word with its meaning, as it is looked up. */
  words(): readonly (readonly [string, AnswerMeaning])[] {
    return [...this.#meanings];
  }

  /** Reads what a person wrote. @param matter what a bare yes or no is about: a question of its own in a questionnaire or on a slip */
  read(text: string, matter: Matter | null = null): Answer {
    const cut = withoutManner(simplified(text.slice(0, MAX_ANSWER).normalize('NFKC'))).trim();
    if (cut === '') return text.trim() === '' ? NOTHING : { said: {}, kind: 'unclear', stop: false };
    const whole = this.meaningOf(withoutOption(cut));
    if (whole !== undefined) return answerOf([whole], matter);
    const known = CONDITION.test(cut)
      ? null
      : (this.#allKnown(cut.split(/[,，、;；。.!！]+/u)) ??
        this.#allKnown(
          withoutOption(cut).split(
            /(?<=^[1-4])(?=\p{Script=Han})|[\s,，、;；/+。.!！和与及]+|(?<=[👍👌👎❌✓✗])|(?=[👍👌👎❌✓✗])/u,
          ),
        ));
    if (known !== null) return answerOf(known, matter);
    if (/^[1-4]{2}$/.test(cut))
      return answerOf(
        [...cut].flatMap((digit) => this.meaningOf(digit) ?? []),
        matter,
      );
    return this.#unknown(cut);
  }

  /** What each of a few parts means, words of politeness aside; null where one is in no vocabulary. */
  #allKnown(parts: readonly string[]): readonly AnswerMeaning[] | null {
    const said = parts.map((part) => part.trim()).filter((part) => part !== '' && !POLITE.test(part));
    const known = said.flatMap((part) => this.meaningOf(part) ?? []);
    return known.length > 0 && known.length === said.length && said.length <= 4 ? known : null;
  }

  /** What is in no vocabulary: a no where there is any doubt, else no answer. */
  #unknown(text: string): Answer {
    if (YES.test(text.replace(/不(?:同意|可以|愿意)/gu, '')) && CONDITION.test(text))
      return { said: {}, kind: 'conditional', stop: false };
    const bare = text.replace(new RegExp(NO_NEGATION, 'giu'), '');
    const isNo = DOUBTFUL_NO.test(bare) && !/[?？吗]$/u.test(text);
    if (!isNo) return { said: {}, kind: 'unclear', stop: false };
    return { said: { data: 'no' }, kind: 'doubtful-no', stop: false };
  }
}

/** Words of politeness beside an answer. */
const POLITE = /^(?:谢谢你?您?|多谢|感谢|辛苦了?|麻烦了?|你好|您好|hi|hello|please|thanks?|thank you)$/iu;

/** What is around an answer and says nothing: quotation marks, `回复：`, pictures that are no answer. */
function withoutManner(text: string): string {
  return text
    .replace(/[【】[\]「」『』“”"]|^['‘’]|['‘’]$/gu, ' ')
    .replace(/(?![👍👌👎❌✓✗×√✘✔])\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}\ufe0f]/gu, ' ')
    .trim()
    .replace(/^(?:我?(?:回复?|选择?|答复?|填))\s*[:：]?\s*(?=[\d]|同意|不|是|好|可以|拒|td|[a-z]$)/iu, '');
}

const NOTHING: Answer = { said: {}, kind: 'blank', stop: false };

/** `A.同意`, `1、同意`, `(1) 同意`: an option of a questionnaire before what it says. */
function withoutOption(text: string): string {
  const bare = text.replace(/^[(（]?(?:[A-Da-d]|\d)[)）.、．:：]\s*(?=\p{L})/u, '');
  return bare.replace(/[(（][^()（）]*[)）]$/u, '').trim() || text;
}

/** One answer of one or more words; where they contradict each other, the no counts. */
function answerOf(meanings: readonly AnswerMeaning[], matter: Matter | null): Answer {
  const said: Partial<Record<Matter, 'yes' | 'no'>> = {};
  const add = (of: Matter, word: 'yes' | 'no'): void => {
    if (said[of] !== 'no') said[of] = word;
  };
  for (const meaning of meanings) {
    const { data, contract } = SAID[meaning];
    // Under a question of its own a word is about that question; what speaks of both is about both.
    const only = data === undefined ? contract : contract === undefined ? data : undefined;
    if (matter !== null && only !== undefined) add(matter, only);
    else {
      if (data !== undefined) add('data', data);
      if (contract !== undefined) add('contract', contract);
    }
  }
  const stop = meanings.includes('stop');
  if (said.data !== undefined || said.contract !== undefined) return { said, kind: 'answer', stop };
  const report = meanings.find((meaning) => meaning === 'unreached' || meaning === 'delivered');
  return { said, kind: report === 'unreached' || report === 'delivered' ? report : 'later', stop };
}

/** A word as it is compared: width, case, spaces and final marks aside. */
export function answerKey(word: string): string {
  return word
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, '')
    .replace(/[。.!！,，~～…]+$/u, '');
}
