import { TABLE_FIELDS } from '../deal/tables.js';
import { LANGS } from '../messages/lang.js';
import { type DatasetKind, type FurtherTable, isFurtherTable } from '../messages/tables.js';
import { FEEDBACK_COLUMNS } from './feedback-columns.js';
import { type ColumnDefinition, type FieldName, FIELDS, words } from './fields.js';
import { GROUP_MARK, normaliseHeader } from './header.js';
import { CONSENT_COLUMNS } from './consent-columns.js';

/** Columns by what is above them in a file. */
export type Headers = Pick<Profile, 'byHeader'>;

/** Which columns a kind of file may have. Customers and consent ledgers go through the same readers. */
export interface Profile {
  readonly id: DatasetKind;
  readonly fields: readonly ColumnDefinition[];
  /** The field that names the person; a row without it is rejected, and it is what the tag is made from. */
  readonly subject: string;
  /** Fields without which the file cannot be used. */
  readonly required: readonly string[];
  /** The field of a header, by its normalised form. */
  readonly byHeader: ReadonlyMap<string, ColumnDefinition>;
}

export const CUSTOMERS: Profile = profile('customers', FIELDS, 'customer_no', ['customer_no']);

/** The ledger as a separate file: one consent event a row, the later one wins. */
export const CONSENTS: Profile = profile('consents', CONSENT_COLUMNS, 'subject', [
  'subject',
  'event',
  'time',
]);

/** What belongs to a contract with a customer and to what was paid ahead for it. */
export const CONTRACT_FIELDS: readonly FieldName[] = [
  'contract_no',
  'contract_signed',
  'contract_ends',
  'contract_status',
  'card_type',
  'prepaid_paid',
  'prepaid_bonus',
  'prepaid_balance',
  'remaining_sessions',
];

/**
 * What a statute wants kept of somebody: who it was, which contract, which amounts and days. Whatever else such a file holds was for the
 * service, which is over, and is not stored (PIPL-6, PIPL-47).
 */
const ARCHIVE_FIELDS: readonly string[] = [
  'customer_no',
  'name',
  'mobile',
  'landline',
  'id_type',
  'id_no',
  'address',
  'service',
  ...CONTRACT_FIELDS,
  'payment_method',
  'amount_paid',
  'amount_due',
  'invoice_title',
  'tax_no',
  'store',
  'last_service_at',
];

const ARCHIVE: Profile = profile(
  'archive',
  FIELDS.filter(({ name }) => ARCHIVE_FIELDS.includes(name)),
  'customer_no',
  ['customer_no'],
);

/** What the columns of a table are called besides, where they mean something of their own in it. */
const NAMES: Readonly<Record<FurtherTable, Readonly<Record<string, readonly string[]>>>> = {
  orders: {
    contract_no: words('单号|订单|工单号|工单编号'),
    contract_signed: words('下单日期|下单时间|订单日期|订单时间|order date'),
    amount_paid: words('订单金额|合同金额|order amount'),
  },
  prepaid: {
    contract_no: words('卡号|会员卡号|储值卡号|次卡编号|card no|card number'),
    card_type: words('卡名称|卡名|次卡|card'),
    contract_signed: words('办卡日期|开卡日期|购买日期|issued'),
    contract_ends: words('卡有效期|失效日期|valid until'),
  },
  services: {
    contract_no: words('单号|工单号|工单编号|任务编号|job no'),
    service: words('待办事项|未完成服务|待服务项目|open service'),
    contract_ends: words('应完成日期|计划日期|截止日期|服务日期|due|due date'),
    contract_status: words('进度|处理状态|progress'),
    remaining_sessions: words('未服务次数|待服务次数|sessions due'),
  },
};

/** The tables beside the customer list: what the rows may say is said in words of the customer file. */
const TABLES: Readonly<Record<FurtherTable, Profile>> = {
  orders: table('orders'),
  prepaid: table('prepaid'),
  services: table('services'),
};

function table(id: FurtherTable): Profile {
  const taken = new Set(Object.values(NAMES[id]).flatMap((names) => names.map(normaliseHeader)));
  const fields = FIELDS.filter(({ name }) => TABLE_FIELDS[id].includes(name)).map((field) => ({
    ...field,
    synonyms: [
      ...(NAMES[id][field.name] ?? []),
      ...field.synonyms.filter((name) => !taken.has(normaliseHeader(name))),
    ],
  }));
  return profile(id, fields, 'customer_no', ['customer_no']);
}

/** The profile of a kind of file. */
export function profileOfKind(kind: DatasetKind): Profile {
  if (isFurtherTable(kind)) return TABLES[kind];
  if (kind === 'archive') return ARCHIVE;
  return kind === 'customers' ? CUSTOMERS : CONSENTS;
}

/** Columns that a table beside the customer list has and the others have not. */
const TELLS: readonly (readonly [FurtherTable, readonly string[]])[] = [
  ['prepaid', ['prepaid_balance', 'prepaid_paid', 'prepaid_bonus', 'card_type']],
  ['orders', ['amount_paid', 'payment_method']],
  ['services', ['contract_ends', 'remaining_sessions', 'schedule', 'contract_status']],
];

/** Columns that only a list of customers has. */
const OF_CUSTOMERS: readonly string[] = ['name', 'mobile', 'address'];

/** What a column of a ledger is called, besides words such as 状态 that may head any column. */
const OF_LEDGERS = /同意|授权|撤回|撤销|退订|事件|consent|unsub|opt.?out|withdraw/iu;

/**
 * Which table beside the customer list a header looks like, a ledger of consents among them; null for a list of customers, and for what is none
 * of them.
 */
export function tableLike(header: readonly string[]): FurtherTable | 'consents' | null {
  const fieldsBy = (known: Headers): ReadonlySet<string> =>
    new Set(header.flatMap((cell) => fieldOfHeader(known, cell)?.name ?? []));
  const ofCustomers = fieldsBy(CUSTOMERS);
  const ofLedger = fieldsBy(CONSENTS);
  const isLedger =
    !ofCustomers.has('name') &&
    !ofCustomers.has('address') &&
    (ofLedger.has('event') || ofLedger.has('time')) &&
    header.some((cell) => OF_LEDGERS.test(cell));
  if (isLedger) return 'consents';
  if (OF_CUSTOMERS.some((field) => ofCustomers.has(field))) return null;
  for (const [table, telling] of TELLS) {
    const fields = fieldsBy(TABLES[table]);
    if (fields.has('customer_no') && telling.some((field) => fields.has(field))) return table;
  }
  return null;
}

/** Complaints and answers to the survey: read, counted, never stored. */
export const FEEDBACK: Headers = { byHeader: headersOf(FEEDBACK_COLUMNS) };

function profile(
  id: Profile['id'],
  fields: readonly ColumnDefinition[],
  subject: string,
  required: readonly string[],
): Profile {
  return { id, fields, subject, required, byHeader: headersOf(fields) };
}

function headersOf(fields: readonly ColumnDefinition[]): ReadonlyMap<string, ColumnDefinition> {
  const byHeader = new Map<string, ColumnDefinition>();
  for (const field of fields) {
    for (const header of [field.name, ...LANGS.map((lang) => field[lang]), ...field.synonyms]) {
      const key = normaliseHeader(header);
      if (!byHeader.has(key)) byHeader.set(key, field);
    }
  }
  return byHeader;
}

/** What people put before a header without changing what it means. */
const PREFIX = /^(客户|会员|用户|雇主|业主|顾客|本人|vip|customer|client|member)的?/;

/** That somebody takes over what was paid for or agreed, and that the customer has said something of it (CC-551, CC-555). */
const CONTRACT = /合同|协议|余额|储值|预付|次卡|会员卡|充值卡|剩余次数/;
const PASSES_ON = /转|变更|承接|移交|交接|继续履行/;
const ANSWERED = /同意|意见|确认/;
const WHEN = /时间|日期$/;
const SHOWN_BY = /凭证|证据|凭据|编号|附件|书$/;

/** Groups of columns that speak of the customer, so that a column below them means what it means alone. */
const NEUTRAL_GROUP =
  /^(?:客户|会员|用户|雇主|业主|顾客|本人|个人|基本|基础|联系|地址|住址|房屋|服务|合同|卡|会员卡|账户|余额|储值|同意|授权|其他|其它|customer|client|contact|address|contract|consent|basic)?(?:信息|资料|情况|方式|档案|内容|info|information|details|data)?$/;

/** The field that a header cell means, or undefined. */
export function fieldOfHeader(known: Headers, cell: string): ColumnDefinition | undefined {
  const key = normaliseHeader(cell);
  const whole = known.byHeader.get(key) ?? known.byHeader.get(key.replace(PREFIX, ''));
  const mark = cell.lastIndexOf(GROUP_MARK);
  if (whole !== undefined) return whole;
  if (mark === -1)
    return contractConsent(known, key) ?? noOfPerson(known, key) ?? handoverConsent(known, key);
  return NEUTRAL_GROUP.test(normaliseHeader(cell.slice(0, mark)))
    ? fieldOfHeader(known, cell.slice(mark + 1))
    : undefined;
}

/** The words of this heading are many: what it is about, that it passes on, and that it was answered make it, in any order. */
function contractConsent(known: Headers, key: string): ColumnDefinition | undefined {
  if (!CONTRACT.test(key) || !PASSES_ON.test(key) || !ANSWERED.test(key)) return undefined;
  const part = WHEN.test(key) ? '_at' : SHOWN_BY.test(key) ? '_evidence' : '';
  return known.byHeader.get(normaliseHeader(`contract_consent${part}`));
}

const WHETHER = '(?:是否|有无|有没有|客户|用户|会员|本人|已经?|被)*';
const OF_IT = '(?:申请|请求|要求|登记|标记|标志|状态|情况|记录|与否|时间|日期|原因|理由|说明)*';
/**
 * Columns in which somebody noted a no, in words of many kinds: 是否反对, 不同意原因, 删除申请, is_deleted. A column that nobody reads is a no that
 * nobody hears (law.md §1.3).
 */
const NOES: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      `^${WHETHER}(?:要求|申请|请求)?(?:删除|注销|销户|清除)(?:个人|客户|会员)?(?:资料|信息|数据|账号|账户|档案)?${OF_IT}$`,
      'u',
    ),
    'erasure_requested_at',
  ],
  [
    /^(?:is)?(?:deleted|erased|(?:deletion|erasure|delete)(?:requested|request)?)(?:at|on|date|time|flag)?$/u,
    'erasure_requested_at',
  ],
  [
    /^(?:is|gdpr|data|please)*(?:deletion|erasure|removal|delete|erase|remove)(?:of)?(?:my|me|data|account|info|information)*(?:requested|requests?)(?:at|on|date|time|flag)?$/u,
    'erasure_requested_at',
  ],
  [
    new RegExp(
      `^${WHETHER}(?:同意|授权)?(?:撤回|撤销|(?:取消|收回)(?=同意|授权))(?:同意|授权)?${OF_IT}$`,
      'u',
    ),
    'withdrawn_at',
  ],
  [/^(?:is)?(?:consent)?(?:withdrawn|withdrew|revoked)(?:at|on|date|time|flag)?$/u, 'withdrawn_at'],
  [
    new RegExp(
      `^${WHETHER}(?:反对|有?异议|拒绝|不同意|不愿意)(?:资料|信息|数据)?(?:转移|转让|交接|移交|共享|提供)?${OF_IT}$`,
      'u',
    ),
    'objection_at',
  ],
  [
    /^(?:does|do)?n[o]?t(?:share|sell|transfer|disclose|handover|passon)(?:my|personal|data|info|information|details)*(?:flag|date|on|at)?$/u,
    'objection_at',
  ],
  [
    /^(?:is|has)?(?:objected|objects?|objection|refused|refusal|declined)(?:at|on|date|time|flag|reason)?$/u,
    'objection_at',
  ],
];

const MAY = '(?:可以?|能够?|允许|愿意|接受|同意|方便)';
const REACH = '(?:电话|短信|微信|再次?)?(?:联系|触达|打扰|回访|去电|致电)';
const OF_STATE = '(?:标记|标识|标志|状态|情况|与否)?';
/** Columns of who may be contacted: 可联系, 是否可触达, 能否联系. What was done, when and where is another matter: 是否已联系, 可联系时间. */
const CONTACTABLE = new RegExp(
  `^(?:(?:是否|客户|会员|用户|本人)*${MAY}(?:被|再)?${REACH}|(?:客户|会员|用户|本人)?[可能]否(?:被|再)?${REACH})${OF_STATE}$|^(?:is)?(?:contactable|reachable)$|^(?:can|may|oktob?e?)(?:be)?contact(?:ed)?$`,
  'u',
);
/** Columns of who wants to be left alone. */
const LEFT_ALONE = new RegExp(
  `^${WHETHER}(?:请|要求|设置|加入|标记)?(?:(?:勿|免|不要?|禁止|拒绝|停止)(?:再)?(?:打扰|扰|${REACH})|退订营销|营销退订|短信退订|退订短信)${OF_STATE}(?:名单)?$`,
  'u',
);

/** Whether a column says who may be contacted, so that its no asks to be left alone. */
export function isContactable(cell: string): boolean {
  const mark = cell.lastIndexOf(GROUP_MARK);
  return CONTACTABLE.test(normaliseHeader(cell.slice(mark + 1)));
}

/** The column of a no, however its heading is put. */
function noOfPerson(known: Headers, key: string): ColumnDefinition | undefined {
  const isPreference = CONTACTABLE.test(key) || LEFT_ALONE.test(key);
  const name = isPreference ? 'marketing_opt_out' : NOES.find(([heading]) => heading.test(key))?.[1];
  return name === undefined ? undefined : known.byHeader.get(normaliseHeader(name));
}

/** Somebody is asked, or agrees. */
const ASKED = /是否|意愿|愿意|愿不愿|同意|授权/;
/** That the customer or the data goes to another firm. */
const GOES = /转[给到至让移交店]|移交|交接|承接|接手|接着服务|继续服务|[交提]供?给|新公司|新店|新商家/;
/** What the question is about besides, which has a consent of its own; of other wishes nothing is known. */
const OF_ITS_OWN: readonly (readonly [RegExp, string])[] = [
  [/敏感/, 'sensitive_consent'],
  [/监护|家长|父母/, 'guardian_consent'],
];
const OTHER_WISH = /营销|推送|短信|广告|回访|续费|退款|退卡|照护|老人|原因|方式|人$|者$/;

/** Whether the customer agrees to the handover, as a question of many words: 是否同意把资料转给新公司. */
function handoverConsent(known: Headers, key: string): ColumnDefinition | undefined {
  if (!ASKED.test(key) || !GOES.test(key) || CONTRACT.test(key) || OTHER_WISH.test(key)) return undefined;
  const [, own] = OF_ITS_OWN.find(([about]) => about.test(key)) ?? [];
  const part = WHEN.test(key) ? '_at' : SHOWN_BY.test(key) ? '_evidence' : '';
  const name = own === undefined ? `consent${part === '' ? '_status' : part}` : `${own}${part}`;
  return known.byHeader.get(normaliseHeader(name));
}

/** Whether a header cell names a field. */
export function isHeaderOf(known: Headers): (cell: string) => boolean {
  return (cell) => fieldOfHeader(known, cell) !== undefined;
}
