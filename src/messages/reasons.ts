import type { Lang } from './lang.js';

/** Why a record does not simply go to the buyer. The order and the verdicts are in policy/reasons.ts; the words are here. */
export type ReasonCode =
  | 'SUBJECT_MISSING'
  | 'SUBJECT_REPEATED'
  | 'SUBJECT_DUPLICATE'
  | 'RETENTION_OVER'
  | 'ACTIVITY_UNKNOWN'
  | 'ERASURE_REQUESTED'
  | 'CONSENT_REFUSED'
  | 'CONSENT_WITHDRAWN'
  | 'OBJECTION'
  | 'NOTICE_MISSING'
  | 'NOTICE_OTHER'
  | 'NOTICE_IN_FUTURE'
  | 'OBJECTION_PERIOD_OPEN'
  | 'CONSENT_MISSING'
  | 'CONSENT_UNKNOWN'
  | 'CONSENT_PENDING'
  | 'CONSENT_NOT_EXPLICIT'
  | 'CONSENT_OTHER_RECIPIENT'
  | 'CONSENT_OTHER_PURPOSE'
  | 'CONSENT_OTHER_NOTICE'
  | 'CONSENT_UNDATED'
  | 'CONSENT_IN_FUTURE'
  | 'CONSENT_BEFORE_NOTICE'
  | 'CONSENT_EXPIRED'
  | 'CONSENT_NO_EVIDENCE'
  | 'GUARDIAN_MISSING'
  | 'FROZEN'
  | 'ERASED_BEFORE'
  | 'CONSENT_NO_RECIPIENT'
  | 'SAME_PERSON_REFUSED';

/** Words for one reason: `short` fits a table's column, `full` tells a clerk what is the case and what to do. */
export interface ReasonWords {
  readonly short: string;
  readonly full: string;
}

/** Where a field ends up and why, side by side (policy/scope.ts). */
export type ScopeReason =
  | 'agreed'
  | 'agreed-changed'
  | 'agreed-with-consent'
  | 'dropped-by-deal'
  | 'not-in-deal'
  | 'not-in-file'
  | 'never-leaves'
  | 'no-necessity'
  | 'no-sensitive-consent'
  | 'no-rule';

/** The questions of law.md §4.1, in its order, as far as they are asked of one record. */
export type ExplainStep =
  | 'subject'
  | 'retention'
  | 'erasure'
  | 'refusal'
  | 'rule'
  | 'notice'
  | 'consent'
  | 'guardian'
  | 'sensitive'
  | 'care'
  | 'contract'
  | 'verdict';

/**
 * Why a question was not asked: deals of this kind need no answer; nothing that it is about leaves under this deal; the file has no column that
 * could answer it; it does not concern this customer.
 */
export const NOT_ASKED = ['kind', 'deal', 'file', 'person'] as const;
export type NotAsked = (typeof NOT_ASKED)[number];

/** What a free text may hold that should not travel unseen (law.md §5.1, scan patterns). */
export type ScanCategory =
  | 'mobile'
  | 'id-number'
  | 'bank-card'
  | 'access-code'
  | 'key'
  | 'health'
  | 'child'
  | 'absence'
  | 'belief'
  | 'insult'
  | 'landline'
  | 'email'
  | 'messenger'
  | 'payment'
  | 'plate'
  | 'document'
  | 'address'
  | 'relative'
  | 'private';

/** What a person's own words must not hold where they go into the log: what the scan finds, and the number of a customer at hand. */
export type PersonalCategory = ScanCategory | 'customer-number';

export const reasonWords: Readonly<Record<Lang, Readonly<Record<ReasonCode, ReasonWords>>>> = {
  zh: {
    SUBJECT_MISSING: {
      short: '没有客户编号',
      full: '这一行没有客户编号，无法对应到一位客户。请在原文件里补上编号后重新导入。',
    },
    SUBJECT_REPEATED: {
      short: '编号重复且内容不同',
      full: '同一个客户编号出现多次，内容不一致，不知道以哪一行为准。请在原文件里合并成一行。',
    },
    SUBJECT_DUPLICATE: {
      short: '同一客户的另一行',
      full: '前面已有这位客户的一行，内容相同（一单一行的，各单已合到一起），只按一次计。',
    },
    RETENTION_OVER: {
      short: '超过保存期限',
      full: '这位客户的资料已经超过保存期限，应当删除，不应再交出（《个人信息保护法》第十九条、第四十七条）。',
    },
    ACTIVITY_UNKNOWN: {
      short: '最近往来日期不明',
      full: '协议约定只交接近期有往来的客户，但这一行没有最近往来的日期。请查明后补上。',
    },
    ERASURE_REQUESTED: {
      short: '客户要求删除',
      full: '客户已经要求删除自己的资料，不能交出（《个人信息保护法》第四十七条）。',
    },
    CONSENT_REFUSED: {
      short: '客户不同意',
      full: '客户已明确表示不同意。资料留在卖方，不得再次征求（《网络数据安全管理条例》第二十二条）。',
    },
    CONSENT_WITHDRAWN: {
      short: '客户撤回同意',
      full: '客户同意之后又撤回了。资料留在卖方，不得再次征求（《个人信息保护法》第十五条）。',
    },
    OBJECTION: { short: '客户提出异议', full: '客户收到通知后表示反对。资料留在卖方。' },
    NOTICE_MISSING: {
      short: '没有送达通知',
      full: '没有通知送达这位客户的记录。请先把接收方的名称、联系方式、用途等告知客户，并记下送达日期（《个人信息保护法》第十七条、第二十二条、第二十三条）。',
    },
    NOTICE_OTHER: {
      short: '通知早于本次交接',
      full: '记录里的通知送达时间早于本次通知发出的日期，不是这一次的通知。请补发本次通知。',
    },
    NOTICE_IN_FUTURE: { short: '通知时间在将来', full: '通知送达时间晚于现在，记录有误。请核对。' },
    OBJECTION_PERIOD_OPEN: {
      short: '异议期未满',
      full: '客户收到通知后的异议期还没有结束。请等期满后再检查一次。',
    },
    CONSENT_MISSING: {
      short: '没有同意记录',
      full: '没有这位客户同意把资料交给买方的记录。请单独征得同意；没有答复不等于同意（《个人信息保护法》第二十三条）。',
    },
    CONSENT_UNKNOWN: {
      short: '同意情况不明',
      full: '记录里的同意情况写得不清楚，或者备注、客户状态、姓名里的话让同意变得可疑：可能是“不”，也可能是客户已经去世。请查明，或向客户确认。',
    },
    CONSENT_PENDING: {
      short: '客户还没答复',
      full: '已经征求过客户的意见，还没有答复。没有答复不等于同意。',
    },
    CONSENT_NOT_EXPLICIT: {
      short: '不是明确同意',
      full: '默认同意、预先勾选、随合同一并同意、别人代答、口头无记录、没有答复，或没有写明怎样同意的，都不算单独同意（《个人信息保护法》第十四条）。请客户本人明确表示。',
    },
    CONSENT_OTHER_RECIPIENT: {
      short: '同意的不是这个买方',
      full: '同意记录写的接收方不是本协议的买方。请就这个买方单独征得同意。',
    },
    CONSENT_OTHER_PURPOSE: {
      short: '同意的用途不全',
      full: '客户的同意没有包括本协议的全部用途。请就缺少的用途征得同意。',
    },
    CONSENT_OTHER_NOTICE: {
      short: '依据的是另一份告知',
      full: '客户看到的告知内容不是本协议登记的那一份。请用本次的告知重新征得同意。',
    },
    CONSENT_UNDATED: { short: '同意没有时间', full: '同意记录没有时间，无法判断是在告知之后。请查明时间。' },
    CONSENT_IN_FUTURE: { short: '同意时间在将来', full: '同意的时间晚于现在，记录有误。请核对。' },
    CONSENT_BEFORE_NOTICE: {
      short: '同意早于告知',
      full: '同意的时间早于告知，客户当时还不知道这次交接。请告知后重新征得同意。',
    },
    CONSENT_EXPIRED: { short: '同意已过期', full: '同意的有效期已过。请重新征得同意。' },
    CONSENT_NO_EVIDENCE: {
      short: '同意没有凭证',
      full: '记录写着同意，但没有能拿出来的凭证（签字、短信、录音等）。口头说的、已删除的、别人代签代答的都不算。请补上凭证。',
    },
    GUARDIAN_MISSING: {
      short: '缺监护人同意',
      full: '客户（现在，或者表示同意的那天）还没到可以自己同意的年龄，或者由监护人代为决定：需要父母或其他监护人同意，并写明监护人姓名、关系、同意日期和凭证。年龄是十四周岁（《个人信息保护法》第三十一条），协议按欧盟规则的是十六周岁。',
    },
    FROZEN: {
      short: '已封存',
      full: '这位客户的资料处于封存期：法律规定还要保存，但只能存储和采取安全措施，不能交出（《个人信息保护法》第四十七条）。',
    },
    ERASED_BEFORE: {
      short: '以前已销毁',
      full: '这位客户的资料以前已经销毁，又随新文件回来了。请运行 handover purge replay 再次销毁；客户后来确实重新委托的，请换一个新编号（《个人信息保护法》第四十七条）。',
    },
    CONSENT_NO_RECIPIENT: {
      short: '同意没有写明接收方',
      full: '同意记录没有写明接收方。请补上客户同意的是哪一家；没有写明的，就这个买方单独征得同意（《个人信息保护法》第二十三条）。',
    },
    SAME_PERSON_REFUSED: {
      short: '可能是说过不的同一个人',
      full: '同一个手机号或证件号码在另一个客户编号下拒绝、撤回或要求删除，或者客户编号只差写法（大小写、全半角、空格、横线、前导零）。请用 handover subject duplicates 找到两条记录；编号只差写法的，对照原来的编号。向客户问清楚，再用 handover subject decide 记下；是同一个人的，以拒绝为准（《个人信息保护法》第十五条）。',
    },
  },
  en: {
    SUBJECT_MISSING: {
      short: 'no customer number',
      full: 'This row has no customer number, so it cannot be tied to a customer. Add one in the source file and import again.',
    },
    SUBJECT_REPEATED: {
      short: 'number repeated, rows differ',
      full: 'The same customer number stands in several rows that differ, so it is unclear which holds. Merge them in the source file.',
    },
    SUBJECT_DUPLICATE: {
      short: 'another row of a customer',
      full: 'An earlier row says the same of this customer (orders on rows of their own were joined); counted once.',
    },
    RETENTION_OVER: {
      short: 'retention is over',
      full: 'The time for which this customer may be kept has passed: erase, do not hand over (PIPL Articles 19 and 47).',
    },
    ACTIVITY_UNKNOWN: {
      short: 'last activity unknown',
      full: 'The deal covers recently active customers only, but this row has no date of last activity. Find it and add it.',
    },
    ERASURE_REQUESTED: {
      short: 'asked to be erased',
      full: 'The customer asked for erasure, so the record may not be handed over (PIPL Article 47).',
    },
    CONSENT_REFUSED: {
      short: 'refused',
      full: 'The customer said no. The record stays with the seller, and the customer is not asked again (NDSR Article 22).',
    },
    CONSENT_WITHDRAWN: {
      short: 'consent withdrawn',
      full: 'The customer agreed and later withdrew. The record stays with the seller, and the customer is not asked again (PIPL Article 15).',
    },
    OBJECTION: {
      short: 'objected',
      full: 'The customer objected after the notice. The record stays with the seller.',
    },
    NOTICE_MISSING: {
      short: 'no notice delivered',
      full: 'There is no record that the notice reached this customer. First tell the customer who the recipient is, how to reach it and what for, and note the day (PIPL Articles 17, 22 and 23).',
    },
    NOTICE_OTHER: {
      short: 'notice is an earlier one',
      full: "The recorded delivery is earlier than the day on which this deal's notice was sent, so it was another notice. Send this one.",
    },
    NOTICE_IN_FUTURE: {
      short: 'notice in the future',
      full: 'The recorded delivery lies in the future, so the record is wrong. Check it.',
    },
    OBJECTION_PERIOD_OPEN: {
      short: 'may still object',
      full: 'The time in which the customer may object has not ended. Check again after it has.',
    },
    CONSENT_MISSING: {
      short: 'no consent on record',
      full: 'There is no record that this customer agreed to the handover to the buyer. Ask for separate consent; no answer is not a yes (PIPL Article 23).',
    },
    CONSENT_UNKNOWN: {
      short: 'consent unclear',
      full: 'The recorded state of consent is unclear, or words among the remarks, in the state or beside the name of the customer make it doubtful: they may be a no, or say that the customer has died. Find out, or ask the customer.',
    },
    CONSENT_PENDING: {
      short: 'no answer yet',
      full: 'The customer was asked and has not answered. No answer is not a yes.',
    },
    CONSENT_NOT_EXPLICIT: {
      short: 'consent not explicit',
      full: 'Consent by default, by a pre-ticked box, by a clause of a contract, by somebody else, by unrecorded words or by silence, or of which nobody wrote how it was given, is not separate consent (PIPL Article 14). Ask the customer for an explicit answer.',
    },
    CONSENT_OTHER_RECIPIENT: {
      short: 'consent names another recipient',
      full: 'The customer agreed to another recipient than the buyer of this deal. Ask for consent that names this buyer.',
    },
    CONSENT_OTHER_PURPOSE: {
      short: 'purposes not all covered',
      full: 'The consent does not cover every purpose of this deal. Ask for those that are missing.',
    },
    CONSENT_OTHER_NOTICE: {
      short: 'consent to another notice',
      full: 'The consent refers to another text than the notice of this deal. Ask again with this notice.',
    },
    CONSENT_UNDATED: {
      short: 'consent without time',
      full: 'The consent has no time, so it cannot be shown to follow the notice. Find the time.',
    },
    CONSENT_IN_FUTURE: {
      short: 'consent in the future',
      full: 'The consent lies in the future, so the record is wrong. Check it.',
    },
    CONSENT_BEFORE_NOTICE: {
      short: 'consent before notice',
      full: 'The consent is earlier than the notice, so the customer did not know of this handover. Inform, then ask again.',
    },
    CONSENT_EXPIRED: { short: 'consent expired', full: 'The consent is no longer valid. Ask again.' },
    CONSENT_NO_EVIDENCE: {
      short: 'no evidence of consent',
      full: 'Consent is recorded without evidence that can be shown (signature, message, recording); what was only spoken, deleted, or signed by somebody else is none. Add the reference.',
    },
    GUARDIAN_MISSING: {
      short: 'no guardian consent',
      full: "The customer is, or was on the day of agreeing, too young to agree alone, or is represented by a guardian: a parent or guardian must agree, with the guardian's name and relation, the date and the evidence. The age is fourteen (PIPL Article 31), and sixteen in a deal under the rules of the European Union.",
    },
    FROZEN: {
      short: 'frozen',
      full: 'The record is frozen: a law demands that it be kept, and until then it may be stored and secured and nothing else (PIPL Article 47).',
    },
    ERASED_BEFORE: {
      short: 'erased before',
      full: 'The customer was erased before and came back with a new file. Run handover purge replay to erase again; a customer who has returned since needs a new number (PIPL Article 47).',
    },
    CONSENT_NO_RECIPIENT: {
      short: 'consent names no recipient',
      full: 'The consent does not say for which recipient it is. Add it if it is known; otherwise ask for consent that names this buyer (PIPL Article 23).',
    },
    SAME_PERSON_REFUSED: {
      short: 'may be somebody who said no',
      full: 'The same mobile or ID number stands under another customer number with a refusal, a withdrawal or a request for erasure, or the customer number differs from such a one only in spelling (case, width, spaces, hyphens, leading zeros). Find both records with handover subject duplicates; for a number that is spelled otherwise, compare it with the former one. Ask the customer, and note the answer with handover subject decide; if it is one person, the no counts (PIPL Article 15).',
    },
  },
};

export const verdictWords: Readonly<
  Record<Lang, Readonly<Record<'transfer' | 'ask' | 'withhold' | 'reject', ReasonWords>>>
> = {
  zh: {
    transfer: { short: '可以移交', full: '可以交给买方。' },
    ask: { short: '需要询问', full: '还缺依据：补齐通知、同意或记录之后再检查。' },
    withhold: { short: '不得移交', full: '不能交出，留在卖方。' },
    reject: { short: '退回', full: '这一行本身有问题，请在原文件里改正。' },
  },
  en: {
    transfer: { short: 'transfer', full: 'May go to the buyer.' },
    ask: {
      short: 'ask',
      full: 'Something is missing: complete the notice, the consent or the record, and check again.',
    },
    withhold: { short: 'withhold', full: 'May not leave; it stays with the seller.' },
    reject: { short: 'reject', full: 'The row itself is faulty; correct it in the source file.' },
  },
};

export const scopeWords: Readonly<Record<Lang, Readonly<Record<ScopeReason, string>>>> = {
  zh: {
    agreed: '协议约定交出',
    'agreed-changed': '协议约定处理后交出',
    'agreed-with-consent': '敏感信息：只交出客户另行同意的',
    'dropped-by-deal': '协议约定留下',
    'not-in-deal': '协议没有列出，留下',
    'not-in-file': '文件里没有这一列',
    'never-leaves': '关系人身安全或身份，任何情况下都留下',
    'no-necessity': '没有写明必要性，留下',
    'no-sensitive-consent': '文件里没有敏感信息单独同意，留下',
    'no-rule': '这种内容没有可用的处理方式，留空',
  },
  en: {
    agreed: 'leaves, as agreed',
    'agreed-changed': 'leaves in changed form, as agreed',
    'agreed-with-consent': 'sensitive: leaves only where the customer agreed to it',
    'dropped-by-deal': 'stays, as agreed',
    'not-in-deal': 'stays: the deal does not name it',
    'not-in-file': 'not in the file',
    'never-leaves': 'stays whatever the deal says: safety or identity documents',
    'no-necessity': 'stays: no necessity stated',
    'no-sensitive-consent': 'stays: the file has no separate consent to sensitive data',
    'no-rule': 'left empty: no such treatment for this kind of value',
  },
};

export const explainWords: Readonly<Record<Lang, Readonly<Record<ExplainStep, string>>>> = {
  zh: {
    subject: '能对应到一位客户',
    retention: '还在保存期限内',
    erasure: '客户没有要求删除',
    refusal: '客户没有拒绝、撤回或反对',
    rule: '本次交易类型的要求',
    notice: '通知已送达',
    consent: '有针对本买方的单独同意',
    guardian: '未满十四周岁的，监护人已同意',
    sensitive: '敏感信息逐类单独同意',
    care: '服务对象本人同意',
    contract: '预付服务的转让另行同意',
    verdict: '结论',
  },
  en: {
    subject: 'The row is tied to a customer',
    retention: 'Still within its retention',
    erasure: 'No erasure was asked for',
    refusal: 'No refusal, withdrawal or objection',
    rule: 'What this kind of deal demands',
    notice: 'The notice was delivered',
    consent: 'Separate consent for this buyer',
    guardian: 'If under fourteen, a guardian has agreed',
    sensitive: 'Separate consent to each kind of sensitive data',
    care: 'The person cared for has agreed',
    contract: 'Consent to move prepaid services',
    verdict: 'Verdict',
  },
};

export const scanWords: Readonly<Record<Lang, Readonly<Record<PersonalCategory, string>>>> = {
  zh: {
    mobile: '手机号',
    'id-number': '身份证号',
    'bank-card': '银行卡号',
    'access-code': '门禁或门锁密码',
    key: '钥匙存放',
    health: '健康状况',
    child: '儿童信息',
    absence: '外出、空置',
    belief: '民族、宗教',
    insult: '评价性用语',
    landline: '固定电话',
    email: '电子邮箱',
    messenger: '微信或 QQ 号',
    payment: '支付账号',
    plate: '车牌',
    document: '护照等证件号',
    address: '住址',
    relative: '家人等旁人的姓名',
    private: '婚姻、债务、犯罪等私事',
    'customer-number': '客户编号',
  },
  en: {
    mobile: 'mobile number',
    'id-number': 'ID number',
    'bank-card': 'bank card',
    'access-code': 'door code',
    key: 'place of keys',
    health: 'health',
    child: 'children',
    absence: 'absence from home',
    belief: 'ethnicity or religion',
    insult: 'insulting remarks',
    landline: 'landline number',
    email: 'e-mail address',
    messenger: 'WeChat or QQ id',
    payment: 'payment account',
    plate: 'number plate',
    document: 'passport or permit',
    address: 'address',
    relative: 'name of a relative or neighbour',
    private: 'private life, debts, crime',
    'customer-number': 'customer number',
  },
};
