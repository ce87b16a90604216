import { eachLang, type Lang } from './lang.js';

/** What the law sets going around a closing. */
export type DutyName =
  | 'premises'
  | 'creditors'
  | 'liquidation-group'
  | 'refund'
  | 'cooling-off'
  | 'cooling-off-refund'
  | 'supervision'
  | 'registration'
  | 'holders'
  | 'platform'
  | 'buyer-notice'
  | 'answer';

/** From which day a duty is counted: the effective date of the deal, or a day that only people know. */
export type DutyAnchor = 'effective' | 'resolution' | 'demand' | 'registration' | 'payment';

const zh: Readonly<Record<DutyName, string>> = {
  premises: '停业或者搬迁前，在经营场所、网站首页公告，并留下有效联系方式',
  creditors: '通知债权人',
  'liquidation-group': '成立清算组',
  refund: '客户要求退还预付款的，退还余额',
  'cooling-off': '付款不久的客户要求退款的，退还本金',
  'cooling-off-refund': '客户在冷静期内要求退款的，把钱退到',
  supervision: '检查买方是否按约定处理，并保存记录',
  registration: '办理登记变更',
  holders: '用电话、短信逐一通知持卡客户',
  platform: '向家政服务平台更新备案信息',
  'buyer-notice': '买方告知客户：谁在处理、为什么、资料从哪里来',
  answer: '答复客户的请求',
};
const en: Readonly<Record<DutyName, string>> = {
  premises:
    'before closing or moving, put up a notice on the premises and the home page, with a valid contact',
  creditors: 'notify the creditors',
  'liquidation-group': 'form the liquidation group',
  refund: 'repay the balance to a customer who demands it',
  'cooling-off': 'repay the principal to a customer who paid a short while ago and demands it',
  'cooling-off-refund': 'pay out to a customer who cancels within the cooling-off days',
  supervision: 'look whether the buyer keeps to what was agreed, and keep a record of it',
  registration: 'have the change registered',
  holders: 'tell each holder of a card by telephone or text message',
  platform: 'bring the filing on the city’s platform up to date',
  'buyer-notice': 'the buyer tells the customers who handles their data, why, and where they came from',
  answer: 'answer what a person asks for',
};
export const dutyWords: Readonly<Record<Lang, Readonly<Record<DutyName, string>>>> = { zh, en };

const anchors: Readonly<Record<Lang, Readonly<Record<DutyAnchor, string>>>> = {
  zh: {
    effective: '交接生效日',
    resolution: '作出决议',
    demand: '客户提出要求',
    registration: '事项变更',
    payment: '客户付款',
  },
  en: {
    effective: 'the effective date',
    resolution: 'the resolution',
    demand: 'the demand',
    registration: 'the change',
    payment: 'the payment',
  },
};
export const dutyAnchorWords = eachLang((lang) => anchors[lang]);
