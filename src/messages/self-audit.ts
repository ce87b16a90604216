import type { Lang } from './lang.js';
import { type PaperKind, paperName } from './papers.js';
import { punctuation } from './punctuation.js';
import { plural } from './screens/screen.js';

/**
 * One thing that log and store show about a point of the self-audit form. Parameters are counts, dates, deal ids and canonical field
 * names, never a person's data.
 */
export type Remark =
  | {
      readonly code: 'CHECKED';
      readonly deal: string;
      readonly read: number;
      readonly transfer: number;
      readonly kept: number;
    }
  | { readonly code: 'LEDGERS'; readonly count: number }
  | { readonly code: 'WITHDRAWN'; readonly count: number }
  | { readonly code: 'CONSENT_KEPT_BACK'; readonly count: number }
  | { readonly code: 'NOTICE_KEPT_BACK'; readonly count: number }
  | { readonly code: 'GUARDIAN_KEPT_BACK'; readonly count: number }
  | { readonly code: 'AGE_UNKNOWN' | 'AGE_KNOWN' }
  | { readonly code: 'DEAL_SIGNED'; readonly deal: string }
  | { readonly code: 'DEAL_OPEN'; readonly deal: string }
  | { readonly code: 'DEAL_ABORTED'; readonly deal: string }
  | { readonly code: 'DEAL_RULES'; readonly deal: string; readonly purposes: number; readonly fields: number }
  | { readonly code: 'NOTICE_TEXT'; readonly deal: string; readonly sent: string }
  | { readonly code: 'ESCROW'; readonly deal: string; readonly count: number }
  | { readonly code: 'OPINION'; readonly deal: string; readonly date: string }
  | {
      readonly code: 'SENT' | 'RECEIVED' | 'RECEIPTED' | 'RECEIPT_MISSING';
      readonly deal: string;
      readonly number: number;
      readonly rows: number;
    }
  | { readonly code: 'ASSESSED'; readonly deal: string; readonly date: string; readonly keep: string }
  | { readonly code: 'ASSESSED_LATE'; readonly deal: string; readonly date: string; readonly sent: string }
  | {
      readonly code: 'SENSITIVE_LEAVES' | 'JUDGEMENT_LEAVES';
      readonly deal: string;
      readonly fields: readonly string[];
    }
  | { readonly code: 'SENSITIVE_STAYS' | 'JUDGEMENT_STAYS'; readonly deal: string }
  | { readonly code: 'DOMESTIC'; readonly deal: string }
  | {
      readonly code: 'PURGED' | 'PURGED_WITH_LIMITS' | 'PURGE_FAILED' | 'PURGE_UNFINISHED';
      readonly date: string;
    }
  | { readonly code: 'OVERDUE'; readonly count: number; readonly since: string }
  | { readonly code: 'NOT_DUE'; readonly until: string }
  | { readonly code: 'HELD' | 'FROZEN'; readonly count: number }
  | { readonly code: 'PLACES'; readonly cleared: number; readonly never: number; readonly remains: number }
  | {
      readonly code: 'REQUESTS';
      readonly total: number;
      readonly open: number;
      readonly refused: number;
    }
  | { readonly code: 'REQUESTS_OVERDUE' | 'REQUESTS_LATE' | 'REFUSED_UNREASONED'; readonly count: number }
  | { readonly code: 'REQUESTS_NONE' | 'INCIDENTS_NONE' }
  | { readonly code: 'NOTICES'; readonly total: number; readonly open: number }
  | { readonly code: 'NOTICES_OVERDUE'; readonly count: number }
  | { readonly code: 'CHANNEL'; readonly deal: string }
  | { readonly code: 'CLASSIFIED'; readonly deal: string; readonly fields: number }
  | { readonly code: 'CONFIDENTIAL'; readonly deal: string; readonly signed: string }
  | { readonly code: 'APPROVED'; readonly count: number }
  | { readonly code: 'SEALED'; readonly datasets: number }
  | { readonly code: 'ENCRYPTED'; readonly bundles: number }
  | { readonly code: 'LOG_INTACT'; readonly events: number }
  | { readonly code: 'LOG_BROKEN' | 'KEY_IN_CLEAR' }
  | { readonly code: 'CLEAR_COPIES'; readonly count: number }
  | { readonly code: 'BELOW_OFFICER'; readonly count: number }
  | { readonly code: 'INCIDENTS'; readonly total: number; readonly open: number }
  | { readonly code: 'PAPER'; readonly kind: PaperKind; readonly paper: string; readonly date: string }
  | { readonly code: 'TRAINED' | 'PROMISED' | 'BOUND'; readonly count: number; readonly of: number }
  | { readonly code: 'UNTRAINED' | 'UNPROMISED' | 'UNBOUND'; readonly count: number }
  | { readonly code: 'RESPONSIBLE' | 'INCIDENT_LEAD'; readonly count: number }
  | { readonly code: 'DRILL_OLD'; readonly date: string };

export type RemarkCode = Remark['code'];

/** The remarks of a code: several codes may share one shape. */
type RemarkOf<C extends RemarkCode, R = Remark> = R extends { readonly code: infer K }
  ? C extends K
    ? R & { readonly code: C }
    : never
  : never;

type Sentences = {
  readonly [C in RemarkCode]: (remark: RemarkOf<C>, fields: string) => string;
};

const zh: Sentences = {
  CHECKED: (r) =>
    `协议 ${r.deal}：逐条判定 ${r.read} 行，可以移交 ${r.transfer} 行，其余 ${r.kept} 行留下，每行都有理由`,
  LEDGERS: (r) => `导入了 ${r.count} 份同意记录`,
  WITHDRAWN: (r) => `登记了 ${r.count} 次撤回、反对或删除要求，此后的判定都会考虑`,
  CONSENT_KEPT_BACK: (r) => `因没有合格的同意或已拒绝、撤回，留下的理由共 ${r.count} 处`,
  NOTICE_KEPT_BACK: (r) => `因没有送达告知或异议期未满，留下的理由共 ${r.count} 处`,
  GUARDIAN_KEPT_BACK: (r) => `因不满十四周岁而没有监护人同意，留下 ${r.count} 位`,
  AGE_UNKNOWN: () => '导入的表里没有能看出年龄的列，程序无法找出未成年人',
  AGE_KNOWN: () => '按出生日期、证件号或年龄判断过，没有人因缺少监护人同意而留下',
  DEAL_SIGNED: (r) => `协议 ${r.deal} 由双方签署`,
  DEAL_OPEN: (r) => `协议 ${r.deal} 还没有双方签名`,
  DEAL_ABORTED: (r) => `协议 ${r.deal} 已终止`,
  DEAL_RULES: (r) => `协议 ${r.deal} 写明 ${r.purposes} 项用途、${r.fields} 个字段、双方的保存期限和投诉渠道`,
  NOTICE_TEXT: (r) => `协议 ${r.deal} 记有告知文本的摘要，${r.sent} 发出`,
  ESCROW: (r) => `协议 ${r.deal} 另有 ${r.count} 个能打开交接包的受托人，应有委托合同`,
  OPINION: (r) => `协议 ${r.deal} 记有律师意见的摘要，日期 ${r.date}`,
  SENT: (r) => `协议 ${r.deal} 第 ${r.number} 个交接包，移交 ${r.rows} 位客户`,
  RECEIVED: (r) => `协议 ${r.deal} 第 ${r.number} 个交接包，收到 ${r.rows} 位客户，核验通过`,
  RECEIPTED: (r) => `协议 ${r.deal} 第 ${r.number} 个交接包有买方签名的回执（${r.rows} 位客户）`,
  RECEIPT_MISSING: (r) => `协议 ${r.deal} 第 ${r.number} 个交接包还没有回执（${r.rows} 位客户）`,
  ASSESSED: (r) => `协议 ${r.deal} 记有影响评估报告的摘要，日期 ${r.date}，至少保存到 ${r.keep}`,
  ASSESSED_LATE: (r) => `协议 ${r.deal} 的影响评估日期为 ${r.date}，晚于移交日 ${r.sent}`,
  SENSITIVE_LEAVES: (r, fields) => `协议 ${r.deal} 移交敏感字段：${fields}，每项写明了必要性`,
  JUDGEMENT_LEAVES: (r, fields) => `协议 ${r.deal} 移交评价类字段：${fields}`,
  SENSITIVE_STAYS: (r) => `协议 ${r.deal} 不移交敏感字段`,
  JUDGEMENT_STAYS: (r) => `协议 ${r.deal} 不移交标签、评价、黑名单一类字段`,
  DOMESTIC: (r) => `协议 ${r.deal} 约定不向境外提供，双方都在境内`,
  PURGED: (r) => `${r.date} 销毁完成，有签名的销毁证明`,
  PURGED_WITH_LIMITS: (r) => `${r.date} 销毁完成，销毁证明列有程序够不到的地方`,
  PURGE_FAILED: (r) => `${r.date} 的销毁没有成功`,
  PURGE_UNFINISHED: (r) => `${r.date} 开始的销毁还没有做完`,
  OVERDUE: (r) => `${r.count} 条资料的保存期限已在 ${r.since} 届满，没有保全或封存，还在库里`,
  NOT_DUE: (r) => `最近一批资料的保存期限到 ${r.until} 为止，还没有到期`,
  HELD: (r) => `${r.count} 项保全有效，涉及的资料暂不销毁`,
  FROZEN: (r) => `${r.count} 项封存有效：法定期限未满，只存储和保护`,
  PLACES: (r) =>
    `程序够不到的地方，有人声明：已清理 ${r.cleared} 处，从未存放 ${r.never} 处，仍有 ${r.remains} 处`,
  REQUESTS: (r) => `登记了 ${r.total} 件客户请求，未办结 ${r.open} 件，拒绝 ${r.refused} 件`,
  REQUESTS_OVERDUE: (r) => `${r.count} 件客户请求超过期限还没有办结`,
  REQUESTS_LATE: (r) => `${r.count} 件客户请求是超过期限才办结的`,
  REFUSED_UNREASONED: (r) => `${r.count} 件被拒绝的请求没有写明理由`,
  REQUESTS_NONE: () => '登记簿里没有客户请求；这不能证明没有人提出过',
  INCIDENTS_NONE: () => '登记簿里没有安全事件；这不能证明没有发生过',
  NOTICES: (r) => `给买方的通知函共 ${r.total} 份，未办结 ${r.open} 份`,
  NOTICES_OVERDUE: (r) => `${r.count} 份通知函超过期限还没有办结`,
  CHANNEL: (r) => `协议 ${r.deal} 写明了受理投诉和查询的联系人、电话`,
  CLASSIFIED: (r) => `协议 ${r.deal} 给 ${r.fields} 个字段逐一定了类别、用途和处理方式`,
  CONFIDENTIAL: (r) => `协议 ${r.deal} 记有保密协议的摘要，${r.signed} 签署`,
  APPROVED: (r) => `经办人以外的人签名批准 ${r.count} 次`,
  SEALED: (r) => `${r.datasets} 份资料加密存放，密钥与数据库分开`,
  ENCRYPTED: (r) => `${r.bundles} 个交接包加密并签名，只有约定的接收方能打开`,
  LOG_INTACT: (r) => `防篡改日志共 ${r.events} 个事件，重新计算无误`,
  LOG_BROKEN: () => '日志与检查点不符：有改写、缺失或截断',
  KEY_IN_CLEAR: () => '工作区的密钥没有口令保护，以明文保存',
  CLEAR_COPIES: (r) => `有 ${r.count} 个明文文件（导入的原表、退回文件、导出的表等）没有粉碎记录`,
  BELOW_OFFICER: (r) => `本工作区有 ${r.count} 人，不到一百万人`,
  INCIDENTS: (r) => `登记了 ${r.total} 起安全事件，未办结 ${r.open} 起`,
  PAPER: (r) => `登记了签好的${paperName(r.kind, 'zh')}（${r.paper}），日期 ${r.date}`,
  TRAINED: (r) => `登记的 ${r.of} 位员工里，${r.count} 位最近一年参加过培训`,
  UNTRAINED: (r) => `${r.count} 位登记的员工最近一年没有培训记录`,
  PROMISED: (r) => `登记的 ${r.of} 位（家）里，${r.count} 位（家）签了保密承诺或合同`,
  UNPROMISED: (r) => `${r.count} 位（家）登记的人员或单位没有签保密承诺或合同`,
  BOUND: (r) => `登记的 ${r.of} 家受托方里，${r.count} 家签了委托合同`,
  UNBOUND: (r) => `${r.count} 家受托方没有登记委托合同`,
  RESPONSIBLE: (r) => `登记了 ${r.count} 位个人信息保护负责人`,
  INCIDENT_LEAD: (r) => `登记了 ${r.count} 位应急负责人`,
  DRILL_OLD: (r) => `最近一次演练是 ${r.date}，已经超过一年`,
};

const en: Sentences = {
  CHECKED: (r) =>
    `deal ${r.deal}: ${plural(r.read, 'row')} judged one by one; ${r.transfer} may go, the other ${r.kept} stay, each for a reason`,
  LEDGERS: (r) => `${plural(r.count, 'consent ledger')} imported`,
  WITHDRAWN: (r) =>
    `${plural(r.count, 'withdrawal, objection or erasure', 'withdrawals, objections and erasures')} on record, heard by every later check`,
  CONSENT_KEPT_BACK: (r) => `kept back for want of good consent, or after a no: ${plural(r.count, 'reason')}`,
  NOTICE_KEPT_BACK: (r) =>
    `kept back for want of a delivered notice, or while it can be objected: ${plural(r.count, 'reason')}`,
  GUARDIAN_KEPT_BACK: (r) =>
    `${plural(r.count, 'customer')} under fourteen kept back for want of a guardian's consent`,
  AGE_UNKNOWN: () => 'no column that was imported tells an age, so minors cannot be found by the program',
  AGE_KNOWN: () =>
    "judged by date of birth, identity number or age; nobody was kept back for want of a guardian's consent",
  DEAL_SIGNED: (r) => `deal ${r.deal} is signed by both parties`,
  DEAL_OPEN: (r) => `deal ${r.deal} is not yet signed by both parties`,
  DEAL_ABORTED: (r) => `deal ${r.deal} was aborted`,
  DEAL_RULES: (r) =>
    `deal ${r.deal} states ${plural(r.purposes, 'purpose')}, ${plural(r.fields, 'field')}, both parties' retention and a complaint channel`,
  NOTICE_TEXT: (r) => `deal ${r.deal} has the digest of the notice, sent on ${r.sent}`,
  ESCROW: (r) =>
    `deal ${r.deal} names ${plural(r.count, 'further holder', 'further holders')} who can open a bundle: there has to be a contract`,
  OPINION: (r) => `deal ${r.deal} has the digest of counsel's opinion of ${r.date}`,
  SENT: (r) => `bundle ${r.number} of deal ${r.deal}: ${plural(r.rows, 'customer')} handed over`,
  RECEIVED: (r) => `bundle ${r.number} of deal ${r.deal}: ${plural(r.rows, 'customer')} received, verified`,
  RECEIPTED: (r) =>
    `bundle ${r.number} of deal ${r.deal} has the buyer's signed receipt (${plural(r.rows, 'customer')})`,
  RECEIPT_MISSING: (r) =>
    `bundle ${r.number} of deal ${r.deal} has no receipt yet (${plural(r.rows, 'customer')})`,
  ASSESSED: (r) =>
    `deal ${r.deal} has the digest of the impact assessment of ${r.date}, to be kept until ${r.keep} at least`,
  ASSESSED_LATE: (r) =>
    `the impact assessment of deal ${r.deal} is of ${r.date}, later than the handover on ${r.sent}`,
  SENSITIVE_LEAVES: (r, fields) =>
    `deal ${r.deal} hands over sensitive fields, each with its necessity: ${fields}`,
  JUDGEMENT_LEAVES: (r, fields) => `deal ${r.deal} hands over fields of judgement: ${fields}`,
  SENSITIVE_STAYS: (r) => `deal ${r.deal} hands over no sensitive field`,
  JUDGEMENT_STAYS: (r) => `deal ${r.deal} hands over no labels, ratings or blacklists`,
  DOMESTIC: (r) => `deal ${r.deal} rules out any transfer abroad; both parties are in the country`,
  PURGED: (r) => `purged on ${r.date}, with a signed certificate`,
  PURGED_WITH_LIMITS: (r) => `purged on ${r.date}; the certificate lists what the program cannot reach`,
  PURGE_FAILED: (r) => `the purge of ${r.date} failed`,
  PURGE_UNFINISHED: (r) => `the purge that began on ${r.date} is not finished`,
  OVERDUE: (r) =>
    `the retention of ${plural(r.count, 'record')} ended on ${r.since}; no hold or freeze covers them, and they are still here`,
  NOT_DUE: (r) => `the next retention period ends on ${r.until}`,
  HELD: (r) => `${plural(r.count, 'hold')} in force: what they cover is not purged`,
  FROZEN: (r) => `${plural(r.count, 'freeze')} in force: a statutory period runs, so stored and secured only`,
  PLACES: (r) =>
    `places out of the program's reach, as attested: ${r.cleared} cleared, ${r.never} never used, ${r.remains} with remains`,
  REQUESTS: (r) => `${plural(r.total, 'request')} on record, ${r.open} open, ${r.refused} refused`,
  REQUESTS_OVERDUE: (r) => `${plural(r.count, 'request')} past due and not closed`,
  REQUESTS_LATE: (r) => `${plural(r.count, 'request')} closed after the due date`,
  REFUSED_UNREASONED: (r) => `${plural(r.count, 'refused request')} without a reason`,
  REQUESTS_NONE: () => 'the register has no request; this does not prove that nobody asked',
  INCIDENTS_NONE: () => 'the register has no incident; this does not prove that there was none',
  NOTICES: (r) => `${plural(r.total, 'notice')} to the buyer, ${r.open} open`,
  NOTICES_OVERDUE: (r) => `${plural(r.count, 'notice')} to the buyer past due and not completed`,
  CHANNEL: (r) => `deal ${r.deal} names the person and telephone number for complaints and questions`,
  CLASSIFIED: (r) =>
    `deal ${r.deal} gives each of ${plural(r.fields, 'field')} a class, a purpose and an action`,
  CONFIDENTIAL: (r) =>
    `deal ${r.deal} has the digest of the confidentiality agreement, signed on ${r.signed}`,
  APPROVED: (r) => `${plural(r.count, 'signed approval')} by somebody else than who exports`,
  SEALED: (r) => `${plural(r.datasets, 'dataset')} stored encrypted, the keys apart from the database`,
  ENCRYPTED: (r) =>
    `${plural(r.bundles, 'bundle')} encrypted and signed, to be opened by the agreed recipients only`,
  LOG_INTACT: (r) => `the tamper-evident log of ${plural(r.events, 'event')} was recomputed and is intact`,
  LOG_BROKEN: () => 'the log does not agree with its checkpoints: rewritten, missing or cut',
  KEY_IN_CLEAR: () => 'the key of the workspace has no passphrase and lies in the clear',
  CLEAR_COPIES: (r) =>
    `${plural(r.count, 'file')} in the clear (imported sources, reject files, extracts) without a record of shredding`,
  BELOW_OFFICER: (r) => `${plural(r.count, 'person', 'persons')} in this workspace, fewer than a million`,
  INCIDENTS: (r) => `${plural(r.total, 'incident')} on record, ${r.open} open`,
  PAPER: (r) => `a signed paper was taken in (${paperName(r.kind, 'en')}, ${r.paper}), dated ${r.date}`,
  TRAINED: (r) => `of ${r.of} listed staff, ${r.count} trained within a year`,
  UNTRAINED: (r) =>
    `${plural(r.count, 'listed person has', 'listed persons have')} no training within a year`,
  PROMISED: (r) => `of ${r.of} listed persons and firms, ${r.count} bound by a promise or contract`,
  UNPROMISED: (r) =>
    `${plural(r.count, 'listed person or firm is', 'listed persons and firms are')} bound by no promise or contract`,
  BOUND: (r) => `of ${r.of} listed entrusted parties, ${r.count} bound by a contract`,
  UNBOUND: (r) => `${plural(r.count, 'entrusted party has', 'entrusted parties have')} no contract on record`,
  RESPONSIBLE: (r) => `${plural(r.count, 'person')} listed as responsible for personal data`,
  INCIDENT_LEAD: (r) => `${plural(r.count, 'person')} listed as lead in an incident`,
  DRILL_OLD: (r) => `the last drill was on ${r.date}, more than a year ago`,
};

const SENTENCES: Readonly<Record<Lang, Sentences>> = { zh, en };

/**
 * A remark in words, without a full stop.
 *
 * @param nameOf a canonical field name as people call it
 */
export function remarkText(remark: Remark, lang: Lang, nameOf: (field: string) => string): string {
  const fields = 'fields' in remark && typeof remark.fields === 'object' ? remark.fields.map(nameOf) : [];
  // The table is total by type; TypeScript cannot see that the function found under the code takes exactly this remark.
  const say = SENTENCES[lang][remark.code] as (remark: Remark, fields: string) => string;
  return say(remark, fields.join(punctuation[lang].list));
}

/** The words of one point: its short name, what is looked at, and what only a person can state. */
export interface PointWords {
  readonly title: string;
  readonly asks: string;
  readonly person: string;
}

/**
 * The 24 points in our own words, in the order of the form as summarised by a secondary source (law.md §6.1). The official text was not
 * at hand.
 */
export const pointWords: Readonly<Record<Lang, readonly PointWords[]>> = {
  zh: [
    {
      title: '处理依据与同意',
      asks: '每项处理都有合法依据；同意出于知情、自愿、明确；目的、方式、种类有变化时重新取得；该单独同意或书面同意的已取得',
      person: '本工作区以外的处理活动（员工资料、小程序、监控等）各凭什么依据；同意凭证原件存放在哪里',
    },
    {
      title: '处理规则',
      asks: '内容齐全、逐项列明，只处理必要的信息，保存期限最短，写明行使权利的途径',
      person: '对客户公开的处理规则在哪里张贴或公布，最近一次修改的日期',
    },
    {
      title: '事先告知',
      asks: '处理之前以显著方式、清楚易懂的语言告知；有变化时告知变化的部分',
      person: '告知文本的原件、发送方式和送达情况',
    },
    {
      title: '共同处理',
      asks: '与他人共同决定处理目的和方式的，约定了各自的权利义务、安全措施和事件处置办法',
      person: '有没有与他人共同使用的客户系统；有的话附上约定',
    },
    {
      title: '委托处理',
      asks: '事先评估影响，合同约定目的、期限、方式、种类和保护措施，并进行监督',
      person: '代账、短信、软件服务商等受托人的名单、合同和监督记录',
    },
    {
      title: '合并、重组、分立、解散、破产时的转移',
      asks: '告知客户接收方的名称和联系方式；接收方继续履行义务；变更目的、方式的重新取得同意',
      person: '告知客户的文本和送达凭证',
    },
    {
      title: '向其他处理者提供',
      asks: '取得单独同意，告知接收方的名称、联系方式、目的、方式和种类，事先评估影响',
      person: '除本工作区的交接以外，还向谁提供过客户信息',
    },
    {
      title: '自动化决策',
      asks: '透明、公平、结果公正；可以要求说明、可以拒绝；营销可以选择不针对个人特征',
      person: '有没有用系统给客户打分、派单或差别定价',
    },
    {
      title: '公开个人信息',
      asks: '取得单独同意，事先评估影响',
      person: '宣传、评价展示、感谢信等有没有公开客户信息',
    },
    {
      title: '公共场所的图像采集和身份识别',
      asks: '为维护公共安全所必需，有显著提示，不挪作他用',
      person: '门店有没有摄像头、刷脸设备，有没有提示标识',
    },
    {
      title: '处理已公开的个人信息',
      asks: '在合理范围内处理；本人明确拒绝的停止，有重大影响的取得同意',
      person: '客户名单里有没有来自网上公开信息的',
    },
    {
      title: '敏感个人信息',
      asks: '有特定目的和充分必要，取得单独同意，告知必要性和影响，事先评估，严格保护',
      person: '本工作区以外存放的证件照片、健康、账户等信息及其保护措施',
    },
    {
      title: '不满十四周岁未成年人',
      asks: '制定专门规则，取得监护人同意',
      person: '服务中有没有收集孩子的信息；监护人同意的原件',
    },
    {
      title: '向境外提供',
      asks: '具备法定条件，按规定评估、订立标准合同或取得认证；境外机构调取须经批准',
      person: '使用的软件、云服务有没有把信息存到境外',
    },
    {
      title: '删除',
      asks: '目的实现、停止服务、期限届满、撤回同意、违法处理时主动删除；难以删除的，停止除存储和保护以外的处理',
      person: '微信、手机、纸质单据等程序够不到的地方是否清理',
    },
    {
      title: '客户行使权利',
      asks: '有便捷的受理途径，及时答复，拒绝的说明理由',
      person: '从别的途径（电话、上门、平台）提出而没有登记的请求',
    },
    {
      title: '解释说明处理规则',
      asks: '客户要求时解释处理规则，途径方便，时间合理',
      person: '由谁负责解释，最近一次是什么时候',
    },
    {
      title: '内部管理制度和操作规程',
      asks: '分类管理、应急处置、影响评估、合规审计、投诉受理、权限、培训、责任追究等制度齐全',
      person: '制度文件的名称、日期和负责人',
    },
    {
      title: '安全技术措施',
      asks: '保证保密、完整、可用；加密、去标识化；权限最小',
      person: '电脑、手机、备份、门店网络的保护措施',
    },
    {
      title: '教育培训',
      asks: '对从业人员定期进行培训和考核',
      person: '培训和考核的日期、内容、参加人员',
    },
    {
      title: '个人信息保护负责人',
      asks: '按规定指定，有能力和职权，公开联系方式并报送',
      person: '负责人的姓名、职务和联系方式；没有指定的，说明人数不到规定数量',
    },
    {
      title: '影响评估',
      asks: '处理敏感信息、对外提供、委托等之前评估；报告和处理情况记录至少保存三年',
      person: '评估报告原件存放在哪里，由谁签字',
    },
    {
      title: '应急预案',
      asks: '有风险研判、组织和职责、资源、处置流程，进行培训和演练',
      person: '预案的日期，最近一次演练的日期和结果',
    },
    {
      title: '安全事件处置',
      asks: '立即补救并调查，有报告渠道，通知主管部门和个人，减轻损害',
      person: '没有登记过的丢失、误发、泄露；没有发生的，请写明“无”',
    },
  ],
  en: [
    {
      title: 'Basis and consent',
      asks: 'every handling has a lawful basis; consent is informed, voluntary and explicit, asked again on change, separate or written where the law says so',
      person:
        'the basis of what is handled outside this workspace (staff, mini programs, cameras); where the originals of the consents are',
    },
    {
      title: 'Handling rules',
      asks: 'complete and itemised, no more than necessary, kept no longer than necessary, with the way to exercise rights',
      person: 'where the rules are on display for customers, and since when in this wording',
    },
    {
      title: 'Notice beforehand',
      asks: 'given before the handling, prominently and in plain words; changes are told',
      person: 'the original of the notice, how it was sent, and proof that it arrived',
    },
    {
      title: 'Joint handling',
      asks: 'who decides together with others has agreed on duties, security and incidents',
      person: 'whether a customer system is shared with others, and the agreement',
    },
    {
      title: 'Entrusted handling',
      asks: 'assessed beforehand, under a contract with purpose, period, method, categories and protection, and supervised',
      person: 'names, contracts and supervision of accountants, text message and software providers',
    },
    {
      title: 'Transfer on merger, restructuring, division, dissolution or bankruptcy',
      asks: 'customers are told name and contact of the recipient, who goes on with the duties and asks again on change of purpose or method',
      person: 'the text of the notice and proof of its delivery',
    },
    {
      title: 'Provision to other handlers',
      asks: 'separate consent; the recipient, purpose, method and categories are told; assessed beforehand',
      person: 'to whom else customers were given, besides the handovers of this workspace',
    },
    {
      title: 'Automated decisions',
      asks: 'transparent, fair, to be explained and refused; marketing without profiling can be chosen',
      person: 'whether a system scores customers, assigns orders or sets prices',
    },
    {
      title: 'Public disclosure',
      asks: 'separate consent; assessed beforehand',
      person: 'whether advertising, reviews or thank-you letters disclose customers',
    },
    {
      title: 'Cameras and recognition in public places',
      asks: 'necessary for public security, with clear signs, and for nothing else',
      person: 'whether the shop has cameras or face recognition, and signs',
    },
    {
      title: 'Data that is already public',
      asks: 'within reason; stopped when the person refuses, with consent where the effect is grave',
      person: 'whether customers were taken from public sources',
    },
    {
      title: 'Sensitive data',
      asks: 'specific purpose and sufficient necessity, separate consent, told why and with what effect, assessed, strictly protected',
      person:
        'pictures of documents, health or account data outside this workspace, and how they are protected',
    },
    {
      title: 'Children under fourteen',
      asks: "rules of their own and a guardian's consent",
      person: "whether children's data is collected in service; the originals of guardians' consents",
    },
    {
      title: 'Transfer abroad',
      asks: 'under the conditions of the law, by assessment, standard contract or certification; nothing to foreign authorities without approval',
      person: 'whether software or cloud services in use store data abroad',
    },
    {
      title: 'Deletion',
      asks: 'when the purpose is reached, service ends, the period is over, consent is withdrawn or handling was unlawful; else nothing but storage and security',
      person: 'whether chats, telephones, paper and other places out of reach were cleared',
    },
    {
      title: 'Rights of customers',
      asks: 'convenient to exercise, answered in time, refused only with reasons',
      person: 'requests that came another way (telephone, door, platform) and are not on record',
    },
    {
      title: 'Explanation of the rules',
      asks: 'given on request, by a convenient way, in reasonable time',
      person: 'who explains, and when it was last asked for',
    },
    {
      title: 'Internal rules and procedures',
      asks: 'classification, emergencies, impact assessment, audit, complaints, authority, training, accountability',
      person: 'titles, dates and owners of the rules',
    },
    {
      title: 'Security technology',
      asks: 'confidential, intact and available; encrypted or de-identified; least privilege',
      person: 'protection of computers, telephones, backups and the network of the shop',
    },
    {
      title: 'Training',
      asks: 'staff is trained and tested regularly',
      person: 'dates, contents and participants',
    },
    {
      title: 'Protection officer',
      asks: 'appointed where the number of persons demands it, competent, with authority, contact published and filed',
      person: 'name, position and contact; if there is none, that the number is not reached',
    },
    {
      title: 'Impact assessment',
      asks: 'before sensitive data, provision, entrusting and the like; report and record kept for three years',
      person: 'where the original of the report is and who signed it',
    },
    {
      title: 'Emergency plan',
      asks: 'risks, organisation, resources, procedure, training and drill',
      person: 'date of the plan; date and result of the last drill',
    },
    {
      title: 'Handling of incidents',
      asks: 'remedied and investigated at once, reported to the authority and the persons, damage mitigated',
      person:
        'losses, misdirected messages or leaks that are not on record; if there were none, write "none"',
    },
  ],
};
