import { simplified } from '../base/simplified.js';
import type { Normaliser, Note } from './normaliser.js';

/**
 * What a customer decided, as far as a cell tells. Only `given` and `renewed` are consent (law.md §1.2); `implied` covers default,
 * pre-ticked and silence-is-consent wordings, `verbal` a consent that was only spoken.
 */
export const IMPORTED_CONSENT_STATES = [
  'given',
  'renewed',
  'verbal',
  'refused',
  'withdrawn',
  'no-reply',
  'implied',
  'unknown',
] as const;
export type ImportedConsentState = (typeof IMPORTED_CONSENT_STATES)[number];

/** How a consent was given. `default` is none at all. */
export const IMPORTED_CONSENT_METHODS = [
  'written',
  'paper',
  'e-signature',
  'sms',
  'wechat',
  'app',
  'email',
  'phone-recording',
  'verbal',
  'default',
  'other',
] as const;
export type ImportedConsentMethod = (typeof IMPORTED_CONSENT_METHODS)[number];

type Words<T extends string> = Readonly<Record<T, string>>;

const STATUS_WORDS: Words<ImportedConsentState> = {
  given:
    '同意 已同意 是 y yes true 1 √ ✓ ✔ 对 已签 已签署 已签字 签署 已授权 授权 同意转移 同意转让 同意交接 单独同意 已单独同意 书面同意 明确同意 已确认 确认 确认同意 given granted grant consent consented agree agreed accepted opt-in signed',
  renewed: '重新同意 续签 再次同意 已续签 renewed reconfirmed',
  verbal: '口头 口头同意 口头答应 电话同意 verbal oral',
  refused:
    '不同意 拒绝 已拒绝 否 n no false 0 × x ✗ ✘ ❌ 👎 不愿意 不授权 未授权 反对 不同意转移 不同意转让 不接受 refused refuse denied declined disagree disagreed rejected objected',
  withdrawn:
    '退 dnc 撤回 已撤回 撤销 已撤销 取消 已取消 取消授权 已取消授权 撤回同意 已撤回同意 取消同意 退订 已退订 td t 要求退订 要求删除 已要求删除 勿再联系 勿联系 不要再联系 不再联系 黑名单 已拉黑 拒收 注销 已注销 unsubscribed unsubscribe opted-out opted_out do_not_contact do-not-contact blacklisted withdrawn withdraw revoked cancelled canceled opt-out',
  'no-reply':
    '未回复 无回复 未答复 没回复 未反馈 待回复 待确认 未联系上 联系不上 无法联系 未接 未接通 打不通 停机 空号 no_reply no-reply no_response pending unreachable',
  implied:
    '默认 默认同意 视为同意 默示同意 推定同意 不回复视为同意 自动同意 勾选默认 implied default pre-ticked deemed assumed',
  unknown: '未知 不详 不清楚 不确定 未签 未签署 未同意 unknown unclear',
};

const METHOD_WORDS: Words<ImportedConsentMethod> = {
  written: '书面 书面同意 书面签署 签字 签名 授权书 同意书 written signature signed',
  paper: '纸质 纸质签字 纸质同意书 纸质授权书 现场签字 当面签署 线下签署 paper_form',
  'e-signature': '电子签 电子签名 电子签署 电子合同 e-signature esign e-sign',
  sms: '短信 短信回复 短信确认 短信链接 sms text_message',
  wechat: '微信 微信回复 微信确认 企业微信 公众号 wechat weixin',
  app: 'app 小程序 网页 网站 在线 线上 线上确认 网上确认 平台 h5 mini-program miniprogram web online website',
  email: '邮件 电子邮件 邮箱 email e-mail mail',
  'phone-recording':
    '电话录音 录音 通话录音 电话(录音) 有录音 phone-recording recording recorded call_recording recorded_call',
  verbal: '口头 口头同意 当面口头 电话 电话同意 电话口头 verbal oral phone phone_call',
  default: '默认 默认勾选 预勾选 默认同意 视为同意 default pre-ticked implied',
  other: '其他 其它 other',
};

const YES_NO_WORDS: Words<'yes' | 'no'> = {
  yes: '是 y yes true t 1 1.0 -1 √ ✓ ✔ 有 已 同意 接受 愿意 已设置 开启 on',
  no: '否 n no false f 0 0.0 × x ✗ ✘ 无 没有 未 不 不同意 不接受 不愿意 拒绝 未设置 关闭 off',
};

/** For "do not disturb": the same words, and those that name it. */
const OPT_OUT_WORDS: Words<'yes' | 'no'> = {
  yes: '是 y yes true t 1 1.0 -1 √ ✓ ✔ 对 有 已 已退订 退订 td 免打扰 已免打扰 勿扰 请勿打扰 拒收 拒绝 不接受 不同意 不愿意 已设置 开启 开 黑名单 unsubscribed unsubscribe opted_out opted-out opt-out do_not_contact do_not_call do_not_disturb on',
  no: '否 n no false f 0 0.0 × ✗ ✘ 无 没有 未 不 未退订 未设置 正常 可以 可联系 接受 同意 愿意 关闭 关 subscribed off',
};

/** For "may be contacted": what it says of "do not disturb", which is the other way round. */
const CONTACTABLE_WORDS: Words<'yes' | 'no'> = {
  yes: '否 n no false f 0 0.0 × x ✗ ✘ 不 不能 不可 不可以 不允许 不愿意 不接受 不同意 不方便 拒绝 拒接 拒收 不可联系 不可触达 不能联系 勿联系 勿扰 请勿打扰 免打扰 退订 已退订 td 黑名单 关闭 关 禁止 unsubscribed opted_out opted-out opt-out off',
  no: '是 y yes true t 1 1.0 -1 √ ✓ ✔ 对 能 可 可以 允许 愿意 接受 同意 可联系 可触达 能联系 可以联系 正常 开启 开 subscribed on',
};

const GENDER_WORDS: Words<'male' | 'female'> = {
  male: '男 男性 男士 先生 1 m male man mr mr. ♂',
  female: '女 女性 女士 小姐 太太 2 f female woman ms ms. mrs mrs. ♀',
};

export const consentStatus: Normaliser = chooser(STATUS_WORDS, 'VALUE_CONSENT_STATUS', {
  otherwise: statusWithin,
  behind: statusBehind,
});
export const consentMethod: Normaliser = chooser(METHOD_WORDS, 'VALUE_CONSENT_METHOD', {
  otherwise: methodWithin,
  behind: methodBehind,
});
export const yesNo: Normaliser = chooser(YES_NO_WORDS, 'VALUE_YES_NO', {
  otherwise: () => '',
  behind: (said, also) => (also === undefined || also === said ? said : undefined),
});
/** What nobody can read is taken for the more careful answer: do not disturb. */
export const optOut: Normaliser = chooser(OPT_OUT_WORDS, 'VALUE_OPT_OUT_UNCLEAR', {
  otherwise: () => 'yes',
  behind: (said, also) => (also === 'yes' ? also : said),
});
/** The same careful answer for columns such as 是否可联系, where a no is what asks not to be disturbed. */
export const contactable: Normaliser = chooser(CONTACTABLE_WORDS, 'VALUE_OPT_OUT_UNCLEAR', {
  otherwise: () => 'yes',
  behind: (said, also) => (also === 'yes' ? also : said),
});
export const gender: Normaliser = chooser(GENDER_WORDS, 'VALUE_GENDER', {
  otherwise: () => '',
  behind: (said) => said,
});

/** Silence, or somebody else, in words that nobody configured. */
const SILENT_WITHIN =
  /沉默|默认|默示|视为|推定|自动|预勾|未(?:拒绝|回复|反对)|没(?:拒绝|回复|反对)|不回|代(?:填|签|勾|点|办|为)|silen|default|implied|assum|pre-?tick|no (?:reply|answer)|on behalf/;

/** A yes that came with something else: a clause of the contract, a box beside ten others (CPR-23, CC-497). */
const BUNDLED_WITHIN =
  /一并|一揽子|概括|打包|捆绑|附带|(?:协议|合同|章程|须知|条款|条例|规则)的?(?:条款|自带|里|内|中|约定|包含|规定|载明|$)|随(?:同)?(?:合同|协议|办卡|下单)|(?:签|办|买|下单|注册|开|充).{0,8}时.{0,6}(?:勾|同意|授权|确认)|bundled|blanket|terms of (?:service|use)|terms and conditions|with the contract/;
/** A yes in the words of somebody else. */
const BY_ANOTHER_WITHIN =
  /(?:妻子|老婆|爱人|丈夫|老公|儿子|女儿|儿媳|女婿|家人|家属|母亲|父亲|妈妈|爸爸|婆婆|公公|岳母|岳父|姐姐|哥哥|弟弟|妹妹|孙子|孙女|邻居|保姆|亲戚|朋友|同事)|转告|转达|(?:店长|老板|员工|店员|业务员|经理)(?:确认|同意|答应|说|填|勾|点)|\b(?:wife|husband|spouse|son|daughter|mother|father|relative|neighbou?r|by (?:the )?(?:staff|manager|boss))\b/;

/** How a yes was said, of words in no list: silence, a clause among others and another person's hand are no way of saying it (PIPL-14). */
function methodWithin(words: string): ImportedConsentMethod {
  if (SILENT_WITHIN.test(words) || BY_ANOTHER_WITHIN.test(words)) return 'default';
  return BUNDLED_WITHIN.test(words) && !/单独|separate/.test(words) ? 'default' : 'other';
}

/** Where a wish may begin: at the front, behind a mark, behind who says it. */
const SAID = '(?:^|[,;:\\s]|说|讲|表示|要求|希望|回复|客户|本人|我|他|她|对方)';
/** Words that hold a no, and those that only speak of one: `未撤回`, `不反对`, `可随时撤回`, `no objection`. */
const REFUSED_WITHIN = new RegExp(
  `不同意|不愿|不接受|拒|回绝|谢绝|反对|异议|不给(?!力)|不让|不许|不准|不转|免谈|${SAID}(?:先不|暂不|不要(?!紧)|不想|别(?!的)|算了|不用|不需要|不行|不可以|停止)` +
    "|refus|declin|disagre|\\bobject|\\b(?:not|n[o']?t|never) (?:agree|consent|accept|interest|want|wish|allow|share|transfer|contact|call)|^(?:no thank|nope|stop|don't)",
);
const WITHDRAWN_WITHIN =
  /撤回|撤销|撤消|^撤|反悔|后悔|改(?:变)?(?:主意|想法|意见)|收回|退订|退出|取消|注销|删除|删掉|删了|勿|拉黑|(?:解除|终止|停止|收回)(?:同意|授权|使用)|unsubscri|opt(?:ed)?[- ]?out|withdr|revok|\b(?:remov|delet|eras)/;
const NO_NO =
  /(?:未|没|无|不曾|可|可以|随时|不|not |no )(?:有)?(?:撤|退订|退出|拒|反对|异议|取消|注销|删除|withdr|revok|refus|declin|object|remov|delet)|要不要|(?:do(?:es)? ?n[o']?t|don't) (?:mind|know|object|remember|care)/;
/** More than an answer, in which other things may be said: Chinese needs fewer signs. */
const LONG_ANSWER = { han: 16, letters: 40 } as const;
/** How the answer came, before what it says: `短信回复 TD`. */
const BEFORE_ANSWER =
  /^(?:短信|微信|电话|客户|本人|手机|用户)*(?:回复?|选择?|答复?|填写?)\s?[:：]?\s?(?=[a-z\d]{1,12}$)/;

/** Of words that nobody configured: a no counts however it is put (law.md §1.3), all else is to be asked about. */
function statusWithin(words: string): ImportedConsentState {
  const longest = /\p{Script=Han}/u.test(words) ? LONG_ANSWER.han : LONG_ANSWER.letters;
  if (words.length > longest || NO_NO.test(words)) return 'unknown';
  const answer = words.replace(BEFORE_ANSWER, '');
  if (answer !== words) {
    if (NO_ANSWERS.has(answer)) return 'refused';
    if (STOP_ANSWERS.has(answer)) return 'withdrawn';
  }
  if (REFUSED_WITHIN.test(words)) return 'refused';
  return WITHDRAWN_WITHIN.test(words) ? 'withdrawn' : 'unknown';
}
/** What people send to say no, and to be left alone. */
const NO_ANSWERS: ReadonlySet<string> = new Set(['n', 'no', '0']);
const STOP_ANSWERS: ReadonlySet<string> = new Set(['t', 'td', 'tui', 'qx', 'stop']);

/** What may be behind an answer in brackets and leaves it what it is: a date, a number, a way of answering, a name for the paper. */
const HARMLESS =
  /^[\d\s年月日号时分:./-]*$|^(?:已?(?:短信|微信|书面|纸质|签字|签名|录音|电话录音|app|小程序|邮件|面签|本人)(?:回复|确认|签署)?)$/;

/**
 * `同意（已撤回）`: the words in brackets are part of the answer. A no in them is one; whatever is neither a no nor harmless behind a yes makes it one to
 * be asked about.
 *
 * @returns undefined for an answer that is in no list
 */
function statusBehind(
  said: ImportedConsentState,
  also: ImportedConsentState | undefined,
  words: string,
): ImportedConsentState | undefined {
  const within = also ?? statusWithin(words);
  if (within === 'refused' || within === 'withdrawn') return said === 'refused' ? said : within;
  if (said !== 'given' && said !== 'renewed') return said;
  if (also === 'given' || also === 'renewed' || HARMLESS.test(words)) return said;
  return also;
}

/** `短信(默认)`, `微信（口头）`: the weaker way of the two. */
function methodBehind(
  said: ImportedConsentMethod,
  also: ImportedConsentMethod | undefined,
  words: string,
): ImportedConsentMethod {
  const within = also ?? methodWithin(words);
  return within === 'default' || within === 'verbal' ? within : said;
}

/** What a list of words does not say by itself. */
interface Unlisted<T extends string> {
  /** What a cell means that is in no list. */
  readonly otherwise: (key: string) => T | '';
  /**
   * What an answer means with other words behind it in brackets.
   *
   * @param also what those words mean by themselves, if they are in a list
   * @returns undefined where nobody can tell
   */
  readonly behind: (said: T, also: T | undefined, words: string) => T | undefined;
}

/** Looks a cell up in lists of words; `_` means a space inside one. */
function chooser<T extends string>(
  words: Words<T>,
  code:
    | 'VALUE_CONSENT_STATUS'
    | 'VALUE_CONSENT_METHOD'
    | 'VALUE_YES_NO'
    | 'VALUE_GENDER'
    | 'VALUE_OPT_OUT_UNCLEAR',
  { otherwise, behind }: Unlisted<T>,
): Normaliser {
  const meaning = new Map<string, T>();
  for (const value of valuesOf(words)) {
    meaning.set(value, value);
    for (const word of words[value].split(' ')) meaning.set(word.replaceAll('_', ' '), value);
  }
  const withBrackets = (key: string): T | undefined => {
    const [, answer = '', more = ''] = BRACKETS.exec(key) ?? [];
    const said = meaning.get(answer.trim());
    return said === undefined ? undefined : behind(said, meaning.get(more.trim()), more.trim());
  };
  return (cell: string, note: Note) => {
    const exact = meaning.get(cell);
    if (exact !== undefined) return exact;
    const key = simplified(
      cell
        .slice(0, 40)
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[。.!,;\s]+$/, '')
        .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, ''),
    );
    const found = meaning.get(key) ?? withBrackets(key);
    if (found !== undefined) return found;
    note(code);
    return otherwise(key);
  };
}

/** An answer, and what is behind it in brackets. */
const BRACKETS = /^([^()]*)\(([^()]*)\)$/;

function valuesOf<T extends string>(words: Words<T>): readonly T[] {
  return Object.keys(words).filter((value): value is T => value in words);
}
