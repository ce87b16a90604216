import type { Lang } from '../lang.js';

/** What may follow from handing data over wrongly, as the laws say it; no conclusion about anybody. */
interface Liability {
  /** Requirement ids. */
  readonly laws: readonly string[];
  readonly kind: Readonly<Record<Lang, string>>;
  readonly text: Readonly<Record<Lang, string>>;
}

/** In the order in which a firm meets them: the customer, the other party, the authorities, the court. */
export const LIABILITIES: readonly Liability[] = [
  {
    laws: ['PIPL-69', 'CC-1038', 'CC-1182'],
    kind: { zh: '侵权责任', en: 'Tort' },
    text: {
      zh: '侵害个人信息权益造成损害，处理者不能证明自己没有过错的，承担损害赔偿等责任；数额按损失或者获得的利益确定，都难以确定的，由法院根据实际情况确定。',
      en: 'A handler that harms rights in personal data and cannot prove that it is not at fault is liable; damages follow the loss or the gain, or are set by the court.',
    },
  },
  {
    laws: ['CC-501', 'CC-509', 'NDSR-12'],
    kind: { zh: '违约和缔约责任', en: 'Contract' },
    text: {
      zh: '泄露或者不正当使用在洽谈中知悉的秘密和信息，造成损失的，赔偿损失，合同是否成立都一样；合同履行中和终止后仍有通知、协助、保密的义务。',
      en: 'Whoever leaks or misuses what was learned in negotiations pays damages, contract or none; the duties of notice, assistance and confidentiality last beyond the contract.',
    },
  },
  {
    laws: ['PIPL-66'],
    kind: { zh: '行政责任', en: 'Administrative' },
    text: {
      zh: '责令改正，警告，没收违法所得；拒不改正的，一百万元以下罚款，直接责任人员一万元以上十万元以下罚款。情节严重的，五千万元以下或者上一年度营业额百分之五以下罚款，可以停业、吊销执照，直接责任人员十万元以上一百万元以下罚款，并可禁止任职。',
      en: 'Order to correct, warning, confiscation; on refusal a fine of up to RMB 1 million, and RMB 10,000 to 100,000 for persons responsible. In serious cases up to RMB 50 million or 5 % of turnover, suspension or loss of the licence, RMB 100,000 to 1 million and bans for persons.',
    },
  },
  {
    laws: ['NDSR-55'],
    kind: { zh: '行政责任', en: 'Administrative' },
    text: {
      zh: '向其他处理者提供、因合并等转移数据而违反规定的，责令改正，警告，没收违法所得；拒不改正或者情节严重的，一百万元以下罚款，直接责任人员一万元以上十万元以下罚款。',
      en: 'For providing or transferring data against the rules: order to correct, warning, confiscation; on refusal or in serious cases a fine of up to RMB 1 million, and RMB 10,000 to 100,000 for persons responsible.',
    },
  },
  {
    laws: ['CON-56'],
    kind: { zh: '行政责任', en: 'Administrative' },
    text: {
      zh: '侵害消费者个人信息依法得到保护的权利的，由市场监督管理等部门依照法律处罚，并可记入信用档案。',
      en: "Infringing consumers' right to have their data protected is punished by the market regulator, and may be entered in the credit record.",
    },
  },
  {
    laws: ['PSA-56'],
    kind: { zh: '治安处罚', en: 'Public security' },
    text: {
      zh: '违反规定出售或者提供个人信息，尚不构成犯罪的，处十日以上十五日以下拘留；情节较轻的，五日以下拘留。非法获取的，依照同样的规定处罚。',
      en: 'Selling or providing personal data against the rules, short of a crime: 10 to 15 days of detention, up to 5 in minor cases; the same for obtaining them unlawfully.',
    },
  },
  {
    laws: ['CR-253-1', 'SPC-CR-5'],
    kind: { zh: '刑事责任', en: 'Criminal' },
    text: {
      zh: '违反规定出售或者提供公民个人信息，情节严重的，三年以下有期徒刑或者拘役，并处或者单处罚金；情节特别严重的，三年以上七年以下有期徒刑，并处罚金。在提供服务过程中获得的，从重处罚，数量标准减半。单位犯罪的，对单位判处罚金，并处罚责任人员。',
      en: 'Selling or providing personal data against the rules in serious cases: up to 3 years of imprisonment or detention, with or without a fine; in very serious cases 3 to 7 years with a fine. For data obtained in providing services the penalty is heavier and the counts are halved. A firm is fined, and its responsible persons are punished.',
    },
  },
];
