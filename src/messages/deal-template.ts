import { kindNotes } from './deal-kinds.js';
import type { Lang } from './lang.js';

/** A place in the template that has an explanation above it. */
export type TemplateNote =
  | 'head'
  | 'id'
  | 'title'
  | 'environment'
  | 'kind'
  | 'parties'
  | 'policy'
  | 'effective'
  | 'purposes'
  | 'fields'
  | 'actions'
  | 'classes'
  | 'sensitive'
  | 'retention'
  | 'activity'
  | 'confidentiality'
  | 'assessment'
  | 'assessed'
  | 'notice'
  | 'takenAsDelivered'
  | 'objection'
  | 'consentValid'
  | 'complaints'
  | 'crossBorder'
  | 'approvals'
  | 'escrow'
  | 'opinion'
  | 'routes'
  | 'amends'
  | 'blank'
  | 'digest'
  | 'paper';

/** The words of the template: explanations as lines of text, and the titles that a deal begins with. */
export interface TemplateWords {
  readonly notes: Readonly<Record<TemplateNote, readonly string[]>>;
  readonly title: (seller: string, buyer: string) => string;
  readonly confidentialityTitle: string;
  readonly assessmentTitle: string;
  readonly takenAsDelivered: string;
  /** Short explanation behind each field of the default list. */
  readonly fields: Readonly<Record<TemplateField, string>>;
}

/** The fields of the default list. */
export type TemplateField =
  | 'customer_no'
  | 'name'
  | 'mobile'
  | 'address'
  | 'service'
  | 'frequency'
  | 'contract_no'
  | 'contract_ends'
  | 'remaining_sessions'
  | 'marketing_opt_out'
  | 'notes'
  | 'access';

/**
 * Purposes that a new deal may begin with, the usual one first; both languages are in the deal itself. Customers agree to these very words.
 */
export const templatePurposes = [
  { id: 'service', zh: '继续提供家政服务', en: 'to go on providing home services' },
  {
    id: 'contract',
    zh: '履行尚未完成的服务合同、剩余次数和预付余额',
    en: 'to perform open service contracts, sessions left and prepaid balances',
  },
  {
    id: 'aftercare',
    zh: '处理以往服务的售后和投诉',
    en: 'to handle after-care and complaints about earlier services',
  },
] as const;

export const templateWords: Readonly<Record<Lang, TemplateWords>> = {
  zh: {
    notes: {
      head: [
        '客户资料交接协议。由双方填写、核对，然后各自签名；签名之后不能再改。',
        '以 # 开头的行是说明，可以保留。冒号请用英文的，后面留一个空格；缩进请用空格。',
        '填好后运行：handover deal check 检查，handover deal sign 签名。',
      ],
      id: ['协议编号：英文字母、数字、点、- 和 _。'],
      title: ['标题，给人看的。'],
      environment: ['production 为正式，test 为演练。演练的交接包不能导入正式的工作区。'],
      kind: ['交易类型，决定每位客户要被告知什么、要不要同意：', ...kindNotes.zh],
      parties: ['双方的名称和名片摘要。名片摘要对应双方核对过的密钥，请不要改动。'],
      policy: ['判定所用的规则和版本。'],
      effective: ['交接生效的日期。以下各份文件的日期都不能晚于它。'],
      purposes: ['用途。客户同意的就是这些用途，请写成客户看得懂的话，中英文各一句。'],
      fields: [
        '交出的字段。没有列出的一律留下。每一项：',
        '  name 字段名（可以写中文：姓名）  class 类别  purpose 用途（上面的 id）  action 处理方式（可以写中文：保留）',
      ],
      actions: [
        'action：keep 原样  mask 打码  generalise 概括（地址只到小区或道路）  tokenise 换成代号',
        '        redact 涂去文字里的个人信息  drop 留下不交',
      ],
      classes: ['class 可以比字段目录规定的更严，不能更松。'],
      sensitive: [
        '敏感信息（sensitive）要交出，必须加一行 necessity 写明为什么非交不可。',
        '门禁、钥匙等（safety）任何情况下都不交出。',
      ],
      retention: [
        '保存期限：P30D 是 30 天，P6M 是 6 个月，P3Y 是 3 年。seller 从回执确认起算，buyer 从生效日起算。',
      ],
      activity: ['客户表里有“最近服务日期”的，可以写明：超过这个期限没有往来的客户留下不交。'],
      confidentiality: ['双方签署的保密协议。'],
      assessment: ['交接之前做的个人信息保护影响评估（个人信息保护法第五十五条）。'],
      assessed: ['评估针对的接收方和种类。请对照评估报告核对：报告没有评估到的种类，补充评估，或者不交出。'],
      notice: [
        '给客户的告知文本，以及从哪一天起发（个人信息保护法第二十二、二十三条）。drafted 表示由本协议自动起草，',
        '签署之后用 handover campaign draft 查看；用自己的文本，就写它的 SHA-256。',
      ],
      takenAsDelivered: [
        '客户表里没有「通知送达时间」一列时，每位客户都要询问。双方有别的凭证、约定视为已送达的，',
        '写明理由；每份报告的首页都会写出这个例外。需要时去掉前面的 #。',
      ],
      objection: ['合并、分立等只需通知的交易：客户收到通知后多久之内可以反对。需要时去掉前面的 #。'],
      consentValid: ['同意的有效期；不写的话，一直有效到撤回为止。需要时去掉前面的 #。'],
      complaints: ['客户有疑问或投诉时找谁。'],
      crossBorder: ['目前只支持境内交接。'],
      approvals: ['导出之前，除经办人以外还要几个人签字同意（0 到 5）。'],
      escrow: ['除买方以外还能打开交接包的收件人。一般没有，写成 []。'],
      opinion: ['个体工商户变更经营者、按通知办理时，附上法律意见。需要时去掉前面的 #。'],
      routes: [
        '没有就资料单独同意、但同意合同转给买方的客户：写明理由后，可以只带走履行合同必需的内容。是否可行没有定论，',
        '会印在报告第一页。一般不用。需要时去掉前面的 #。',
      ],
      amends: [
        '补充协议：修改双方已经签署的协议时，编号和双方名片不变，在这里写明所修改版本的摘要',
        '（handover deal show 的“协议摘要”）。双方都签署后才生效；以前的交接包仍按当时的版本。',
      ],
      blank: ['请填写'],
      digest: [
        '请填写登记过的文件编号（例如 nda-1；handover papers add 登记，papers list 查看）；',
        '或者在 handover deal init 后加 --agreement、--assessment、--notice，由程序算好填入',
      ],
      paper: ['摘自文件'],
    },
    title: (seller, buyer) => `${seller}向${buyer}交接客户资料`,
    confidentialityTitle: '保密协议',
    assessmentTitle: '个人信息保护影响评估',
    takenAsDelivered: '挂号信逐户寄出，有存根',
    fields: {
      customer_no: '客户编号，双方用它对应同一位客户',
      name: '姓名',
      mobile: '手机号',
      address: '服务地址，概括到小区或道路；有在途合同、确需门牌的，改成 keep',
      service: '服务项目',
      frequency: '服务频次',
      contract_no: '合同编号',
      contract_ends: '合同到期日',
      remaining_sessions: '剩余次数；转给买方履行要客户另行同意',
      marketing_opt_out: '免打扰，应当一并告诉买方',
      notes: '备注里常有意想不到的内容，留下',
      access: '门禁与钥匙，不交出',
    },
  },
  en: {
    notes: {
      head: [
        'A deal about handing over customer data. Both parties fill it in, compare it, and sign; then it cannot be changed.',
        'Lines that begin with # explain and may stay. Indent with spaces, and put a space after each colon.',
        'When it is filled in: "handover deal check", then "handover deal sign".',
      ],
      id: ['Id of the deal: letters, digits, dot, - and _.'],
      title: ['A title, for people.'],
      environment: [
        'production, or test for a rehearsal. A test bundle cannot be received by a production workspace.',
      ],
      kind: ['What is being sold, which decides what each customer is told or asked:', ...kindNotes.en],
      parties: [
        'Name and card digest of both parties. The digest stands for the keys that were compared: do not change it.',
      ],
      policy: ['The rules that judge, and their version.'],
      effective: ['The day on which the handover takes effect. No document below may have a later date.'],
      purposes: [
        'Purposes. Customers agree to these, so write them as a customer would understand them, in both languages.',
      ],
      fields: [
        'The fields that leave. Whatever is not listed stays. For each:',
        '  name of the field   class   purpose (an id from above)   action',
      ],
      actions: [
        'action: keep as it is  mask  generalise (address to the compound or road)  tokenise (a code instead)',
        '        redact (personal data struck out of a text)  drop (stays behind)',
      ],
      classes: ['A class may be stricter than in the catalogue of fields, never laxer.'],
      sensitive: [
        'A sensitive field leaves only with a line "necessity" that says why it is indispensable.',
        'Door codes and keys (safety) never leave.',
      ],
      retention: [
        'How long data is kept: P30D is 30 days, P6M 6 months, P3Y 3 years; seller from the accepted receipt, buyer from the effective date.',
      ],
      activity: [
        'Where the customer file says when somebody was last served: whoever was not served for longer than this stays behind.',
      ],
      confidentiality: ['The confidentiality agreement that both parties signed.'],
      assessment: ['The impact assessment made before the handover (PIPL Article 55).'],
      assessed: [
        'Whom and which classes it is about. Compare with the assessment: what it does not cover is assessed as well, or stays.',
      ],
      notice: [
        'What customers are told, and from which day on (PIPL Articles 22 and 23). "drafted": the text follows from this deal,',
        'and handover campaign draft shows it once the deal is signed. For a text of your own, its SHA-256.',
      ],
      takenAsDelivered: [
        'Without a column of delivery in the customer file everybody is asked. If both parties have other proof and take',
        'the notice as delivered, say why; the first page of every report says so. Remove the # to use it.',
      ],
      objection: [
        'For kinds that need a notice only: how long a customer may object after delivery. Remove the # to use it.',
      ],
      consentValid: ['How long a consent is good; without it, until withdrawn. Remove the # to use it.'],
      complaints: ['Whom customers turn to with questions and complaints.'],
      crossBorder: ['Only handovers within the mainland are supported.'],
      approvals: ['How many persons besides the one who exports must sign first (0 to 5).'],
      escrow: ['Recipients besides the buyer who can open the bundle. Usually none: [].'],
      opinion: [
        "For an operator-change that is handled as a notice: counsel's opinion. Remove the # to use it.",
      ],
      routes: [
        'Who gave no separate consent to the data and agreed that the contract moves may, for a stated reason, go with what the contract',
        'needs. Whether the law allows it is not settled, and page one of the report says it. Usually not. Remove the # to use it.',
      ],
      amends: [
        'An amendment of a deal that both have signed keeps its id and both cards, and names here the digest of the version',
        'that it amends ("Digest" in handover deal show). It takes effect when both have signed it; earlier bundles stay under theirs.',
      ],
      blank: ['to fill in'],
      digest: [
        'to fill in: the id of a paper such as nda-1 (handover papers add, papers list);',
        'or give handover deal init --agreement, --assessment, --notice, and the program fills it in',
      ],
      paper: ['the digest of'],
    },
    title: (seller, buyer) => `Handover of customer data from ${seller} to ${buyer}`,
    confidentialityTitle: 'Confidentiality agreement',
    assessmentTitle: 'Impact assessment',
    takenAsDelivered: 'sent to each by registered letter, with slips',
    fields: {
      customer_no: 'links the same customer between the parties',
      name: 'name',
      mobile: 'mobile number',
      address: 'service address, to the compound or road; "keep" where an open contract needs the door',
      service: 'service',
      frequency: 'how often',
      contract_no: 'contract number',
      contract_ends: 'end of the contract',
      remaining_sessions: 'sessions left; moving them to the buyer needs a separate yes',
      marketing_opt_out: 'no advertising, which the buyer should know',
      notes: 'notes often hold surprises; they stay',
      access: 'door codes and keys never leave',
    },
  },
};

/** The head of an amendment that was drafted from the version in force. */
export const amendmentNotes: Readonly<Record<Lang, (deal: string, version: string) => readonly string[]>> = {
  zh: (deal, version) => [
    `协议 ${deal} 的补充协议，签署后为第 ${version} 版。`,
    '只改要改的条款；amends 指明修改的是哪一版，请勿改动。双方都签署后生效。',
  ],
  en: (deal, version) => [
    `Amendment of deal ${deal}: version ${version} once both parties have signed.`,
    'Change only what is to change. amends names the version that is amended: leave it as it is.',
  ],
};
