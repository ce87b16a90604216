import type { Lang } from './lang.js';

/** Kinds of sensitive data of which each needs its own consent (PIPL-28, PIPL-29, PIPL-31); `other` is what only a deal calls sensitive. */
export const SENSITIVE_CATEGORIES = [
  'identity',
  'health',
  'finance',
  'location',
  'belief',
  'children',
  'other',
] as const;
export type SensitiveCategory = (typeof SENSITIVE_CATEGORIES)[number];

/** Whoever is cared for is another person than the customer. */
export const CARE = 'care';

/** What the performance of a contract does not need, where that is the route by which somebody goes. */
export const BEYOND_CONTRACT = 'beyond-contract';

/** What of a person may stay although the person goes: the fields of a purpose, what was prepaid, a kind of sensitive data. */
export type Staying =
  | `purpose:${string}`
  | 'prepaid'
  | typeof CARE
  | SensitiveCategory
  | typeof BEYOND_CONTRACT;

/** Why something of a person stays although the person goes. */
export type StayCode =
  | 'PURPOSE_NOT_AGREED'
  | 'CONTRACT_REFUSED'
  | 'CONTRACT_SILENT'
  | 'CONTRACT_UNPROVEN'
  | 'CONTRACT_GUARDIAN'
  | 'SENSITIVE_REFUSED'
  | 'SENSITIVE_SILENT'
  | 'SENSITIVE_UNPROVEN'
  | 'SENSITIVE_OTHER'
  | 'CHILD_GUARDIAN'
  | 'CARE_SILENT'
  | 'BY_CONTRACT';

export const stayCodeWords: Readonly<Record<Lang, Readonly<Record<StayCode, string>>>> = {
  zh: {
    PURPOSE_NOT_AGREED: '客户没有同意这一用途，只为这一用途的内容留在卖方。',
    CONTRACT_REFUSED:
      '客户不同意把合同转给买方，预付余额和次数留在卖方：请继续履行或退款（《民法典》第五百五十一条、第五百五十五条）。',
    CONTRACT_SILENT:
      '没有客户同意转让合同的记录，不表态视为不同意。预付余额和次数留在卖方：请继续履行、退款或另行征求（《民法典》第五百五十一条）。',
    CONTRACT_UNPROVEN:
      '合同转让同意没有日期或凭证，不能作数。预付余额和次数留在卖方，请补上后再检查（《民法典》第五百五十一条）。',
    CONTRACT_GUARDIAN:
      '客户不满十八周岁，合同转让要由监护人同意。预付余额和次数留在卖方（《民法典》第十九条、第二十条）。',
    SENSITIVE_REFUSED: '客户不同意交出这类敏感信息，留在卖方（《个人信息保护法》第二十九条）。',
    SENSITIVE_SILENT: '没有客户对敏感信息的单独同意，这类内容留在卖方（《个人信息保护法》第二十九条）。',
    SENSITIVE_UNPROVEN:
      '敏感信息单独同意没有日期或凭证，不能作数，这类内容留在卖方（《个人信息保护法》第二十九条）。',
    SENSITIVE_OTHER:
      '敏感信息单独同意没有写明包括这一类，一类同意只管一类，这类内容留在卖方（《个人信息保护法》第二十九条）。',
    CHILD_GUARDIAN:
      '孩子的信息要由监护人同意，并写明姓名、关系、日期和凭证。没有的，留在卖方（《个人信息保护法》第三十一条）。',
    CARE_SILENT:
      '服务对象是另一个人，客户的同意不能代替其本人。没有本人（或其监护人）同意的日期和凭证，留在卖方（《个人信息保护法》第十三条）。',
    BY_CONTRACT:
      '客户没有就资料单独同意，但同意由买方接手还在履行的合同：按双方签署的例外，只移交履行合同必需的内容，其余留在卖方（《个人信息保护法》第十三条第一款第二项，《民法典》第五百五十一条、第五百五十五条）。',
  },
  en: {
    PURPOSE_NOT_AGREED:
      'The customer did not agree to this purpose; what serves only this purpose stays with the seller.',
    CONTRACT_REFUSED:
      'The customer refused to let the contract move; prepaid sessions and balances stay: perform or refund (Civil Code Articles 551 and 555).',
    CONTRACT_SILENT:
      'There is no consent to move the contract, and silence is refusal. Prepaid sessions and balances stay: perform, refund or ask (Civil Code Article 551).',
    CONTRACT_UNPROVEN:
      'The consent to move the contract has no date or no evidence, so it does not count. Prepaid sessions and balances stay; complete it and check again (Civil Code Article 551).',
    CONTRACT_GUARDIAN:
      'The customer is under eighteen: a guardian must agree to move the contract. Prepaid sessions and balances stay (Civil Code Articles 19 and 20).',
    SENSITIVE_REFUSED:
      'The customer refused to let this kind of sensitive data go; it stays (PIPL Article 29).',
    SENSITIVE_SILENT: 'There is no separate consent to sensitive data; this kind stays (PIPL Article 29).',
    SENSITIVE_UNPROVEN:
      'The separate consent to sensitive data has no date or no evidence, so it does not count; this kind stays (PIPL Article 29).',
    SENSITIVE_OTHER:
      'The separate consent to sensitive data does not name this kind, and each needs its own; it stays (PIPL Article 29).',
    CHILD_GUARDIAN:
      "A child's data need a guardian's consent with name, relation, date and evidence; without it they stay (PIPL Article 31).",
    CARE_SILENT:
      "The person cared for is somebody else, for whom the customer cannot agree. Without that person's (or a guardian's) consent, dated and evidenced, it stays (PIPL Article 13).",
    BY_CONTRACT:
      'The customer gave no separate consent to the data, and agreed that the buyer takes over the contract that still runs: by the exception that both parties signed, only what performing it needs goes, and the rest stays (PIPL Article 13(1)(2), Civil Code Articles 551 and 555).',
  },
};

/** Names of what stays; purposes have names of their own in the deal. */
export const stayingWords: Readonly<
  Record<Lang, Readonly<Record<'prepaid' | typeof CARE | SensitiveCategory | typeof BEYOND_CONTRACT, string>>>
> = {
  zh: {
    prepaid: '预付余额和剩余次数',
    care: '服务对象的信息',
    identity: '身份证件号码',
    health: '健康信息',
    finance: '银行和支付账号',
    location: '精确位置',
    belief: '民族、宗教信息',
    children: '孩子的信息',
    other: '协议定为敏感的其他内容',
    'beyond-contract': '履行合同用不到的内容（没有单独同意，按合同移交）',
  },
  en: {
    prepaid: 'prepaid balances and sessions',
    care: 'data of the person cared for',
    identity: 'identity numbers',
    health: 'health data',
    finance: 'bank and payment accounts',
    location: 'precise locations',
    belief: 'ethnicity and religion',
    children: 'data of children',
    other: 'other data that the deal calls sensitive',
    'beyond-contract': 'what the contract does not need (no separate consent; they go by the contract)',
  },
};
