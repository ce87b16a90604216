import { type DealKind, kindName } from '../deal-kinds.js';
import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';
import { type PersonalCategory, scanWords } from '../reasons.js';

/** What the rules refuse about a deal or a file as a whole. Reasons about one record are in messages/reasons.ts. */
export type PolicyProblem =
  | { readonly code: 'POLICY_PACK_UNKNOWN'; readonly pack: string; readonly version: string }
  | { readonly code: 'POLICY_NAME_UNKNOWN'; readonly known: readonly string[] }
  | { readonly code: 'POLICY_FIELD_UNKNOWN'; readonly field: string }
  | { readonly code: 'POLICY_FIELD_NEVER'; readonly field: string }
  | {
      readonly code: 'POLICY_CLASS_LAXER';
      readonly field: string;
      readonly given: string;
      readonly least: string;
    }
  | { readonly code: 'POLICY_NECESSITY_MISSING'; readonly field: string }
  | { readonly code: 'POLICY_ACTION_NO_RULE'; readonly field: string; readonly action: string }
  | { readonly code: 'POLICY_ACTIVITY_FIELD'; readonly field: string }
  | { readonly code: 'POLICY_ROUTE_NONE'; readonly basis: string; readonly kind: DealKind }
  | { readonly code: 'POLICY_FIELD_NOT_IN_FILE'; readonly field: string }
  | { readonly code: 'POLICY_NO_CONSENT_COLUMNS' }
  | { readonly code: 'POLICY_NO_NOTICE_COLUMN' }
  | { readonly code: 'POLICY_NO_CONTRACT_CONSENT'; readonly field: string }
  | { readonly code: 'POLICY_NO_SENSITIVE_CONSENT'; readonly field: string }
  | { readonly code: 'POLICY_PREFERENCE_LEFT'; readonly field: string }
  | { readonly code: 'LAW_UNKNOWN' }
  | { readonly code: 'REASON_SHAPE'; readonly limit: number }
  | { readonly code: 'REASON_PERSONAL_DATA'; readonly found: readonly PersonalCategory[] };

export const policyExits: Exits<PolicyProblem> = {
  POLICY_PACK_UNKNOWN: 'unsupported',
  POLICY_NAME_UNKNOWN: 'usage',
  POLICY_FIELD_UNKNOWN: 'refused',
  POLICY_FIELD_NEVER: 'refused',
  POLICY_CLASS_LAXER: 'refused',
  POLICY_NECESSITY_MISSING: 'refused',
  POLICY_ACTION_NO_RULE: 'refused',
  POLICY_ACTIVITY_FIELD: 'refused',
  POLICY_ROUTE_NONE: 'refused',
  POLICY_FIELD_NOT_IN_FILE: 'findings',
  POLICY_NO_CONSENT_COLUMNS: 'findings',
  POLICY_NO_NOTICE_COLUMN: 'findings',
  POLICY_NO_CONTRACT_CONSENT: 'findings',
  POLICY_NO_SENSITIVE_CONSENT: 'findings',
  POLICY_PREFERENCE_LEFT: 'findings',
  LAW_UNKNOWN: 'usage',
  REASON_SHAPE: 'usage',
  REASON_PERSONAL_DATA: 'refused',
};

export const policySentences: Bilingual<PolicyProblem> = {
  zh: {
    POLICY_PACK_UNKNOWN: (p) => ({
      what: `协议引用的规则包 ${p.pack} ${p.version} 本程序没有。`,
      fix: '请升级 handover，或在协议的 policy 里改成 handover deal init 给出的版本后重新签署。',
    }),
    POLICY_NAME_UNKNOWN: (p) => ({
      what: '没有这个规则包。',
      fix: `可用的规则包：${p.known.join('、')}。`,
    }),
    POLICY_FIELD_UNKNOWN: (p) => ({
      what: `协议里的字段 ${p.field} 不在字段目录里。`,
      fix: '请对照 docs/cli.md 的字段目录改名，或从协议里删去。',
    }),
    POLICY_FIELD_NEVER: (p) => ({
      what: `字段 ${p.field} 任何情况下都不能交出，协议也不能例外。`,
      fix: '请把它的 action 改成 drop，重新签署协议。',
    }),
    POLICY_CLASS_LAXER: (p) => ({
      what: `字段 ${p.field} 在协议里定为 ${p.given}，低于目录规定的 ${p.least}。`,
      fix: '协议可以定得更严，不能更松。请改正后重新签署。',
    }),
    POLICY_NECESSITY_MISSING: (p) => ({
      what: `字段 ${p.field} 要写明必要性才能交出。`,
      fix: '请在协议里用 necessity 写明原因，或把 action 改成 drop。',
    }),
    POLICY_ACTION_NO_RULE: (p) => ({
      what: `字段 ${p.field} 没有 ${p.action} 这种处理方式。`,
      fix: '请改用 drop、mask 或 tokenise。',
    }),
    POLICY_ACTIVITY_FIELD: (p) => ({
      what: `协议用 ${p.field} 判断最近往来，但它不是日期字段。`,
      fix: '请改成最近服务日期（last_service_at）、更新日期（updated_at）或登记日期（created_at）。',
    }),
    POLICY_ROUTE_NONE: (p) => ({
      what: `协议写了同意以外的依据 ${p.basis}，规则包里没有：${kindName(p.kind, 'zh')}不能按它移交。`,
      fix: '请从协议里删去 routes，或换用有这一依据的规则包（handover policy show）后重新签署。',
    }),
    POLICY_FIELD_NOT_IN_FILE: (p) => ({
      what: `协议要交出字段 ${p.field}，文件里没有这一列。`,
      fix: '交接包里这一项会是空的；如果文件里有，请检查表头对应关系。',
    }),
    POLICY_NO_CONSENT_COLUMNS: () => ({
      what: '文件里没有同意情况的列。',
      fix: '还没有问过客户的，用 handover campaign draft 起草征求意见的文本；已经有同意的，补上同意列，或用 handover import 的 --consents 选项导入同意台账。',
    }),
    POLICY_NO_NOTICE_COLUMN: () => ({
      what: '文件里没有通知送达时间的列。',
      fix: '还没有通知客户的，用 handover campaign draft 起草通知，发出后用 handover campaign import 导入送达报告；已经通知的，补上通知送达时间（notice_delivered_at）一列。',
    }),
    POLICY_NO_CONTRACT_CONSENT: (p) => ({
      what: `协议要交出 ${p.field}，文件里没有合同转让同意的列。`,
      fix: '预付服务转给买方履行，要由客户另行同意（民法典第五百五十五条）。用 handover campaign 征求意见时会单独问；已经问过的，补上合同转让同意（contract_consent）一列。',
    }),
    POLICY_NO_SENSITIVE_CONSENT: (p) => ({
      what: `字段 ${p.field} 属于敏感个人信息，文件里没有敏感信息单独同意的列。`,
      fix: '没有单独同意的，这一项会留空（个人信息保护法第二十九条）。请补上敏感信息单独同意（sensitive_consent）一列。',
    }),
    POLICY_PREFERENCE_LEFT: (p) => ({
      what: `文件里有 ${p.field}，协议没有列出。`,
      fix: '买方应当知道谁不愿意接收推销，请在协议里加上这一项。',
    }),
    LAW_UNKNOWN: () => ({
      what: '法律目录里没有这个编号。',
      fix: '用 handover laws 查看全部法律法规；编号写成 PIPL 或者 PIPL-47 的样子。',
    }),
    REASON_SHAPE: (p) => ({
      what: '原因要写成一行文字，不能空着。',
      fix: `请用一句话写明原因，不超过 ${p.limit} 个字。`,
    }),
    REASON_PERSONAL_DATA: (p) => ({
      what: `原因里有个人信息：${p.found.map((category) => scanWords.zh[category]).join('、')}。`,
      fix: '原因会写进日志和签名文件，不能提到客户本人。请改写，只说事情，不写号码和个人情况。',
    }),
  },
  en: {
    POLICY_PACK_UNKNOWN: (p) => ({
      what: `The deal refers to the rules ${p.pack} ${p.version}, which this program does not have.`,
      fix: 'Update handover, or change the policy to the version that "handover deal init" gives and sign again.',
    }),
    POLICY_NAME_UNKNOWN: (p) => ({
      what: 'There is no pack of rules of that name.',
      fix: `There are ${p.known.join(', ')}.`,
    }),
    POLICY_FIELD_UNKNOWN: (p) => ({
      what: `Field ${p.field} of the deal is not in the catalogue of fields.`,
      fix: 'Rename it after the catalogue in docs/cli.md, or remove it from the deal.',
    }),
    POLICY_FIELD_NEVER: (p) => ({
      what: `Field ${p.field} never leaves, and a deal cannot make an exception.`,
      fix: 'Set its action to drop and sign the deal again.',
    }),
    POLICY_CLASS_LAXER: (p) => ({
      what: `The deal calls field ${p.field} ${p.given}, which is laxer than the catalogue's ${p.least}.`,
      fix: 'A deal may be stricter, never laxer. Correct it and sign again.',
    }),
    POLICY_NECESSITY_MISSING: (p) => ({
      what: `Field ${p.field} may leave only with a stated necessity.`,
      fix: 'State the reason under necessity in the deal, or set its action to drop.',
    }),
    POLICY_ACTION_NO_RULE: (p) => ({
      what: `There is no way to ${p.action} field ${p.field}.`,
      fix: 'Use drop, mask or tokenise.',
    }),
    POLICY_ACTIVITY_FIELD: (p) => ({
      what: `The deal judges last activity by ${p.field}, which is not a date.`,
      fix: 'Use last_service_at, updated_at or created_at.',
    }),
    POLICY_ROUTE_NONE: (p) => ({
      what: `The deal names ${p.basis} as a basis beside consent, and its pack of rules has none for this kind (${kindName(p.kind, 'en')}).`,
      fix: 'Leave routes out of the deal, or use a pack that has it (handover policy show), and sign it again.',
    }),
    POLICY_FIELD_NOT_IN_FILE: (p) => ({
      what: `The deal hands over field ${p.field}, but the file has no such column.`,
      fix: 'It will be empty in the bundle; if the file has it, check the mapping of the headers.',
    }),
    POLICY_NO_CONSENT_COLUMNS: () => ({
      what: 'The file has no columns about consent.',
      fix: 'If nobody was asked yet, "handover campaign draft" writes what to send. If there are consents, add their columns, or import a ledger with the option --consents of "handover import".',
    }),
    POLICY_NO_NOTICE_COLUMN: () => ({
      what: 'The file has no column for the delivery of the notice.',
      fix: 'If customers were not told yet, "handover campaign draft" writes the notice, and "handover campaign import" takes in reports of its delivery. If they were, add the column notice_delivered_at.',
    }),
    POLICY_NO_CONTRACT_CONSENT: (p) => ({
      what: `The deal hands over ${p.field}, but the file has no column for consent to move the contract.`,
      fix: 'Moving prepaid services to the buyer needs a separate yes (Civil Code Article 555). "handover campaign" asks for it apart; if it was asked for already, add the column contract_consent.',
    }),
    POLICY_NO_SENSITIVE_CONSENT: (p) => ({
      what: `Field ${p.field} is sensitive, but the file has no column for separate consent to it.`,
      fix: 'Without that consent it is left empty (PIPL Article 29). Add the column sensitive_consent.',
    }),
    POLICY_PREFERENCE_LEFT: (p) => ({
      what: `The file has ${p.field}, which the deal does not name.`,
      fix: 'The buyer must know who does not want advertising; add it to the deal.',
    }),
    LAW_UNKNOWN: () => ({
      what: 'The catalogue of laws has nothing under this id.',
      fix: 'Run handover laws to see all of them; an id is written like PIPL or PIPL-47.',
    }),
    REASON_SHAPE: (p) => ({
      what: 'A reason has to be one line of text, and may not be empty.',
      fix: `State the reason in a sentence of at most ${p.limit} characters.`,
    }),
    REASON_PERSONAL_DATA: (p) => ({
      what: `The reason holds personal data: ${p.found.map((category) => scanWords.en[category]).join(', ')}.`,
      fix: 'A reason goes into the log and into signed files and must not speak of the customer. Say what the matter is, without numbers or circumstances of a person.',
    }),
  },
};
