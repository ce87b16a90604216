import type { TextForms } from '../messages/campaign-text.js';
import { campaignWords } from '../messages/screens/campaign.js';
import type { Lang } from '../messages/lang.js';

/** The forms of a text that are copied from a file: short messages, WeChat, what is said on the telephone, questions of a questionnaire. */
export function formsText({ title, sms, wechat, call, questions }: TextForms, lang: Lang): string {
  const words = campaignWords[lang].forms;
  const part = (heading: string, ...lines: readonly string[]): string =>
    `== ${heading} ==\n\n${lines.join('\n')}\n`;
  return [
    `${title}\n`,
    part(words.sms, sms.whole),
    ...(sms.withContract === null ? [] : [part(words.smsContract, sms.withContract)]),
    part(words.reminder, sms.short),
    part(words.wechat, wechat),
    part(words.call, ...call.map((line, i) => `${i + 1}. ${line}`)),
    ...(questions.length === 0
      ? []
      : [
          part(
            words.questionnaire,
            words.codeQuestion,
            ...questions.map(
              ({ text, yes, no }, i) => `${i + 2}. ${text}\n   ○ ${yes.label}\n   ○ ${no.label}`,
            ),
          ),
        ]),
  ].join('\n');
}
