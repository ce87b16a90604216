import type { Lang } from './lang.js';

/**
 * What an answer means: about the data, about the contract with what was prepaid, or about both. `stop` is a no to everything. `later` and
 * `unreached` are no answers; they say why there is none.
 */
export const ANSWER_MEANINGS = [
  'yes',
  'no',
  'contract-yes',
  'contract-no',
  'both-yes',
  'both-no',
  'stop',
  'later',
  'unreached',
  'delivered',
] as const;
export type AnswerMeaning = (typeof ANSWER_MEANINGS)[number];

/** Meanings that a person may give to a word; what a platform reports of delivery is not an answer. */
export const TEACHABLE = [
  'yes',
  'no',
  'contract-yes',
  'contract-no',
  'both-yes',
  'both-no',
  'later',
] as const;
export type TeachableMeaning = (typeof TEACHABLE)[number];

/** The built-in vocabulary; `_` is a space inside a word. Whatever is not in it is no answer. */
export const ANSWER_WORDS: Readonly<Record<AnswerMeaning, string>> = {
  yes: '1 一 同意 我同意 已同意 好 好的 好的同意 好吧 行 可以 可以的 嗯好 没问题 没有问题 没意见 没有意见 没有异议 无异议 愿意 接受 是 是的 对 确认 确认同意 同意移交 同意交接 同意转移 同意资料移交 同意移交资料 同意转移资料 同意转让 资料同意 资料可以转 资料可以 yes y ok okay agree agreed i_agree no_objection no_objections no_problem accept accepted consent sure fine √ ✓ 👌 👍',
  no: '2 二 不 不同意 我不同意 拒绝 不可以 不行 不要 不愿意 不接受 不用了 不用 不需要 否 反对 有异议 我有异议 不同意移交 不同意转移 别转 不转 不行的 不同意移交资料 不同意资料移交 不同意转移资料 不同意转让 资料不同意 资料不转 免了 no n refuse refused disagree i_do_not_agree do_not_agree i_disagree i_object object reject × ✗ ❌ 👎',
  'contract-yes':
    '3 三 同意转余额 同意转合同 余额同意 合同同意 余额转 合同转 次数转 move_the_balance balance_yes contract_yes',
  'contract-no':
    '4 四 不同意转余额 不同意转合同 余额不同意 合同不同意 余额不转 合同不转 余额退款 余额退给我 余额要退 退余额 退款 要求退款 我要退款 退钱 我要退钱 把钱退给我 退卡 我要退卡 balance_no contract_no refund',
  'both-yes': '都同意 全部同意 两项都同意 两个都同意 1和3 1、3 13 both both_yes yes_to_both',
  'both-no': '都不同意 全部不同意 两项都不同意 两个都不同意 2和4 2、4 24 neither both_no no_to_both',
  stop: 'td t 退订 退 取消 取消退订 回复td 拒收 勿扰 勿再联系 不要再联系 不要再发 别再发 删除 删除我的资料 请删除 请删除我的资料 删除资料 投诉 举报 骚扰 stop unsubscribe cancel remove delete delete_my_data do_not_contact',
  later:
    '再说 再考虑 考虑一下 考虑考虑 稍后 稍后再打 改天 在忙 开会 不方便 回头再说 later not_now busy call_back call_later',
  unreached:
    '无人接听 没人接 未接 未接听 未接通 没接通 打不通 关机 停机 空号 号码错误 错号 占线 忙线 无法接通 拒接 挂断 失败 发送失败 未送达 退回 拒收退回 查无此人 不是本人 打错了 你打错了 发错了 号码错了 失效 wrong_person undelivered failed failure undeliv rejected expired no_answer unreachable wrong_number returned not_delivered mk:0001 unknown',
  delivered:
    '成功 发送成功 已送达 送达 已发送 已读 已收到 已签收 delivrd delivered success received read ok_delivered',
};

export const answerMeaningWords: Readonly<Record<Lang, Readonly<Record<AnswerMeaning, string>>>> = {
  zh: {
    yes: '同意移交资料',
    no: '不同意移交资料',
    'contract-yes': '同意转合同和余额',
    'contract-no': '不同意转合同和余额',
    'both-yes': '两项都同意',
    'both-no': '两项都不同意',
    stop: '退订、要求停止：两项都算不同意',
    later: '还没有答复',
    unreached: '没有联系上',
    delivered: '已经送达',
  },
  en: {
    yes: 'yes to the data',
    no: 'no to the data',
    'contract-yes': 'yes to contract and balance',
    'contract-no': 'no to contract and balance',
    'both-yes': 'yes to both',
    'both-no': 'no to both',
    stop: 'wants it to stop: no to both',
    later: 'no answer yet',
    unreached: 'not reached',
    delivered: 'delivered',
  },
};
