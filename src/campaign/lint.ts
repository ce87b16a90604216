import type { TextFacts, TextForms } from '../messages/campaign-text.js';
import type { LintCode } from '../messages/problems/campaign.js';

/** What is wrong with a text, and in which form of it. */
export interface LintFinding {
  readonly code: LintCode;
  readonly form: TextFormName;
}

type TextFormName = 'letter' | 'sms' | 'sms-short' | 'wechat' | 'call' | 'slip';

/** What no text may say (law.md §5.3), whoever wrote it. */
const FORBIDDEN: readonly (readonly [LintCode, RegExp])[] = [
  // Silence is no consent (CC-140, PIPL-14).
  [
    'TEXT_SILENCE',
    /(?:不回复|未回复|不答复|未答复|没有回复|没有答复|逾期|不表态|不表示|沉默)[^。；;，,]{0,8}[，,]?\s*(?:即|就|则|均)?(?:视为|视作|当作|作为|等于|默认|算)(?!没有|不|未)[^。；;]{0,4}同意|(?:视为|默认)同意|(?:no (?:answer|reply|response)|silence|unless (?:we|you) (?:hear|reply|object))[^.;]{0,40}(?:deemed|taken|counts?|treated|means?|assume)[^.;]{0,12}(?:consent|agree)|deemed (?:consent|agreed)/iu,
  ],
  // A box that is ticked already (CPR-23).
  ['TEXT_TICKED', /[☑☒✅■]|\[[xX√✓]\]|(?:默认|已为您|预先)勾选|pre-?ticked/u],
  // No clause of last resort (CC-497).
  ['TEXT_LAST_WORD', /最终解释权|解释权归|(?:final|sole) (?:right of )?interpretation/iu],
  // Refusing costs nothing (PIPL-16).
  [
    'TEXT_THREAT',
    /(?:不同意|拒绝|不配合)[^。；;]{0,16}(?:停止|终止|暂停|取消|不再提供|无法(?:继续)?提供|作废|清零|没收|不予退|概不退)|(?:余额|次数|会员)[^。；;]{0,8}(?:作废|清零|没收)|(?:if you (?:refuse|do not agree)|otherwise)[^.;]{0,40}(?:terminat|suspend|cancel|lose|forfeit|no longer (?:serve|provide))/iu,
  ],
  // One yes for everything (CPR-23, NDSR-62-7).
  [
    'TEXT_BLANKET',
    /(?:一并|一揽子|概括)(?:同意|授权)|(?:同意|授权)(?:以上|上述)?全部(?:内容|条款|事项)|(?:agree|consent) to (?:all|everything)/iu,
  ],
];

/** Everything that is wrong with a text in one language; the facts say what it has to hold. */
export function lintText(forms: TextForms, facts: TextFacts): readonly LintFinding[] {
  const texts = textsOf(forms);
  const found: LintFinding[] = [];
  for (const [form, text] of texts)
    for (const [code, pattern] of FORBIDDEN) if (pattern.test(text)) found.push({ code, form });
  for (const [form, text] of texts) {
    if (form !== 'letter' && form !== 'sms') continue;
    for (const [code, parts] of needed(facts))
      if (!parts.every((part) => text.includes(part))) found.push({ code, form });
  }
  if ([...forms.sms.short].length > 70) found.push({ code: 'TEXT_SMS_LONG', form: 'sms-short' });
  if (facts.kind !== 'own' && !isSeparate(forms, facts)) found.push({ code: 'TEXT_BLANKET', form: 'slip' });
  return found;
}

/** The fields of law.md §5.3, by what of them has to be read in the text. */
function needed(facts: TextFacts): readonly (readonly [LintCode, readonly string[]])[] {
  const { seller, buyer, purposes, fields, buyerKeeps, effective, complaints } = facts;
  return [
    ['TEXT_NO_RECIPIENT', [buyer.name, buyer.phone]],
    ['TEXT_NO_PURPOSE', purposes],
    ['TEXT_NO_FIELDS', fields],
    ['TEXT_NO_PERIOD', [buyerKeeps]],
    ['TEXT_NO_DATE', [effective]],
    ['TEXT_NO_CONTACT', [seller.name, complaints.phone]],
  ];
}

/** Whether each thing that is asked can be answered by itself, by words of its own. */
function isSeparate({ questions }: TextForms, { asksContract }: TextFacts): boolean {
  const matters = new Set(questions.map(({ matter }) => matter));
  const digits = questions.flatMap(({ yes, no }) => [yes.digit, no.digit]);
  return (
    matters.has('data') && matters.has('contract') === asksContract && new Set(digits).size === digits.length
  );
}

function textsOf({
  letter,
  sms,
  wechat,
  call,
  slip,
  questions,
}: TextForms): readonly (readonly [TextFormName, string])[] {
  const { salutation, opening, parts, signature } = letter;
  const body = parts.flatMap(({ heading, lines }) => [heading, ...lines]);
  return [
    ['letter', [salutation, opening, ...body, signature].join('\n')],
    ['sms', sms.whole],
    ...(sms.withContract === null ? [] : [['sms', sms.withContract] as const]),
    ['sms-short', sms.short],
    ['wechat', wechat],
    ['call', call.join('\n')],
    ['slip', [...Object.values(slip), ...questions.map(({ text }) => text)].join('\n')],
  ];
}
