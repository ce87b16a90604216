import { eachLang, type Lang } from './lang.js';

/** What the law sets going around a closing. */
export const DUTY_NAMES = [
  'premises',
  'creditors',
  'liquidation-group',
  'refund',
  'cooling-off',
  'cooling-off-refund',
  'supervision',
  'registration',
  'holders',
  'platform',
  'buyer-notice',
  'answer',
  'identity',
  'recipient-needs',
  'worker-file',
  'worker-filing',
  'platform-reports',
  'complaint-phone',
] as const;
export type DutyName = (typeof DUTY_NAMES)[number];

/** From which day a duty is counted: the effective date of the deal, or a day that only people know. */
export const DUTY_ANCHORS = [
  'effective',
  'resolution',
  'demand',
  'registration',
  'payment',
  'service',
] as const;
export type DutyAnchor = (typeof DUTY_ANCHORS)[number];

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
  identity: '核实消费者和家政服务人员的身份；卖方核实过的，不能代替',
  'recipient-needs': '向客户问清服务对象与服务有关的健康情况和需要，并告知家政服务人员；不从卖方取得',
  'worker-file': '为接手的家政服务人员建立服务档案，记载服务和评价',
  'worker-filing': '把接手的家政服务人员登记到家政服务平台',
  'platform-reports': '定期向家政服务平台报送合同和服务评价',
  'complaint-phone': '公布投诉电话，让老客户知道今后找谁',
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
  identity: 'verify who consumers and workers are; that the seller did so is not enough',
  'recipient-needs':
    'ask the customer what health and needs of whoever is served matter for the service, and tell the worker; not from the seller',
  'worker-file': 'keep a file on each worker who is taken over, with services and evaluations',
  'worker-filing': 'file the workers who are taken over on the city’s platform',
  'platform-reports': 'send contracts and evaluations to the city’s platform from time to time',
  'complaint-phone': 'publish the telephone for complaints, so that old customers know whom to turn to',
};
export const dutyWords: Readonly<Record<Lang, Readonly<Record<DutyName, string>>>> = { zh, en };

const anchors: Readonly<Record<Lang, Readonly<Record<DutyAnchor, string>>>> = {
  zh: {
    effective: '交接生效日',
    resolution: '作出决议',
    demand: '客户提出要求',
    registration: '事项变更',
    payment: '客户付款',
    service: '首次服务',
  },
  en: {
    effective: 'the effective date',
    resolution: 'the resolution',
    demand: 'the demand',
    registration: 'the change',
    payment: 'the payment',
    service: 'the first service',
  },
};
export const dutyAnchorWords = eachLang((lang) => anchors[lang]);
