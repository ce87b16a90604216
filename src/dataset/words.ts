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
    '不同意 拒绝 已拒绝 否 n no false 0 × x ✗ ✘ 不愿意 不授权 未授权 反对 不同意转移 不同意转让 不接受 refused refuse denied declined disagree disagreed rejected objected',
  withdrawn:
    '撤回 已撤回 撤销 已撤销 取消 已取消 取消授权 已取消授权 撤回同意 已撤回同意 取消同意 退订 已退订 td t 要求退订 要求删除 已要求删除 勿再联系 勿联系 不要再联系 不再联系 黑名单 已拉黑 拒收 注销 已注销 unsubscribed unsubscribe opted-out opted_out do_not_contact do-not-contact blacklisted withdrawn withdraw revoked cancelled canceled opt-out',
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

const GENDER_WORDS: Words<'male' | 'female'> = {
  male: '男 男性 男士 先生 1 m male man mr mr. ♂',
  female: '女 女性 女士 小姐 太太 2 f female woman ms ms. mrs mrs. ♀',
};

export const consentStatus: Normaliser = chooser(STATUS_WORDS, 'unknown', 'VALUE_CONSENT_STATUS');
export const consentMethod: Normaliser = chooser(METHOD_WORDS, 'other', 'VALUE_CONSENT_METHOD');
export const yesNo: Normaliser = chooser(YES_NO_WORDS, '', 'VALUE_YES_NO');
/** What nobody can read is taken for the more careful answer: do not disturb. */
export const optOut: Normaliser = chooser(OPT_OUT_WORDS, 'yes', 'VALUE_OPT_OUT_UNCLEAR');
export const gender: Normaliser = chooser(GENDER_WORDS, '', 'VALUE_GENDER');

/** Looks a cell up in lists of words; `_` means a space inside one. */
function chooser<T extends string>(
  words: Words<T>,
  otherwise: T | '',
  code:
    | 'VALUE_CONSENT_STATUS'
    | 'VALUE_CONSENT_METHOD'
    | 'VALUE_YES_NO'
    | 'VALUE_GENDER'
    | 'VALUE_OPT_OUT_UNCLEAR',
): Normaliser {
  const meaning = new Map<string, string>();
  for (const [value, list] of Object.entries<string>(words)) {
    meaning.set(value, value);
    for (const word of list.split(' ')) meaning.set(word.replaceAll('_', ' '), value);
  }
  return (cell: string, note: Note) => {
    const exact = meaning.get(cell);
    if (exact !== undefined) return exact;
    const key = cell
      .slice(0, 40)
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[。.!,;\s]+$/, '');
    const found = meaning.get(key) ?? meaning.get(key.replace(/\([^()]*\)$/, '').trim());
    if (found !== undefined) return found;
    note(code);
    return otherwise;
  };
}
