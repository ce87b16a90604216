import { type FurtherTable, tableWords } from '../tables.js';
import type { Exits } from '../exit.js';
import type { Bilingual, Lang } from '../lang.js';
import { type PaperKind, paperName } from '../papers.js';

/** What a value of a deal must look like. Each has a sentence in both languages, below. */
export const EXPECTATIONS = [
  'text',
  'slug',
  'deal-id',
  'sha256',
  'date',
  'duration',
  'format',
  'version',
  'approvals',
  'age-recipient',
  'one-of',
  'none',
  'customers',
  'map',
  'list',
] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

/** What makes a deal.yaml unreadable, as far as it can be told: the mistakes that people make in an editor. */
export type YamlMistake = 'tab' | 'full-width-colon' | 'no-space' | 'quote' | 'other';

/** YAML features that a deal does without, because one text must have one plain meaning for both parties. */
export type YamlFeature = 'anchor' | 'alias' | 'tag' | 'merge' | 'directive' | 'documents' | 'depth' | 'key';

/** Where in the deal: `path` like `retention.buyer`, `line` from 1, or 0 where there are no lines (deal.json). */
interface Place {
  readonly path: string;
  readonly line: number;
}

/**
 * What can be wrong with the terms of a deal. `path` is made of the names of the format; a key that somebody else invented is in
 * it only if it looks like a name of a format (a customer file opened by mistake must not speak here).
 */
export type DealProblem =
  | { readonly code: 'DEAL_TOO_LARGE'; readonly limit: number }
  | { readonly code: 'DEAL_UTF8' }
  | { readonly code: 'DEAL_EMPTY' }
  | { readonly code: 'DEAL_NOT_A_DEAL' }
  | { readonly code: 'DEAL_YAML_SYNTAX'; readonly line: number; readonly mistake: YamlMistake }
  | { readonly code: 'DEAL_YAML_DUPLICATE'; readonly line: number }
  | { readonly code: 'DEAL_YAML_FEATURE'; readonly line: number; readonly feature: YamlFeature }
  | ({ readonly code: 'DEAL_FIELD_MISSING'; readonly expected: Expectation } & Place)
  | ({ readonly code: 'DEAL_FIELD_EMPTY'; readonly expected: Expectation } & Place)
  | ({ readonly code: 'DEAL_FIELD_UNKNOWN'; readonly suggestion: string | null } & Place)
  | ({
      readonly code: 'DEAL_FIELD_INVALID';
      readonly expected: Expectation;
      readonly choices: readonly string[];
    } & Place)
  | ({
      readonly code: 'DEAL_PURPOSE_UNKNOWN';
      readonly field: string;
      readonly known: readonly string[];
    } & Place)
  | ({
      readonly code: 'DEAL_PAPER_UNKNOWN';
      readonly kind: PaperKind;
      /** Ids of the papers that would do. */
      readonly known: readonly string[];
    } & Place)
  | ({ readonly code: 'DEAL_PURPOSE_TWICE'; readonly purpose: string } & Place)
  | ({ readonly code: 'DEAL_FIELD_TWICE'; readonly field: string } & Place)
  | ({ readonly code: 'DEAL_SUBJECT_FIELD' } & Place)
  | ({ readonly code: 'DEAL_NOTHING_LEAVES' } & Place)
  | {
      readonly code: 'DEAL_TABLE_FIELD';
      readonly path: string;
      readonly line: number;
      readonly field: string;
      readonly table: FurtherTable;
      readonly known: readonly string[];
    }
  | ({ readonly code: 'DEAL_SAFETY_LEAVES'; readonly field: string } & Place)
  | ({ readonly code: 'DEAL_NECESSITY_MISSING'; readonly field: string } & Place)
  | ({ readonly code: 'DEAL_NECESSITY_THIN'; readonly field: string } & Place)
  | ({ readonly code: 'DEAL_PURPOSE_VAGUE'; readonly purpose: string } & Place)
  | ({ readonly code: 'DEAL_PERIOD_LONG'; readonly most: string } & Place)
  | ({ readonly code: 'DEAL_CONTACT_EMPTY' } & Place)
  | ({ readonly code: 'DEAL_DATE_ORDER'; readonly later: string } & Place)
  | ({ readonly code: 'DEAL_ONE_PARTY' } & Place)
  | ({ readonly code: 'DEAL_OPINION_KIND' } & Place)
  | { readonly code: 'DEAL_KIND_NO_BUNDLE'; readonly deal: string }
  | {
      readonly code: 'DEAL_UNSIGNED';
      readonly deal: string;
      readonly roles: readonly ('seller' | 'buyer')[];
    }
  | { readonly code: 'DEAL_SIGNED'; readonly deal: string; readonly sha256: string }
  | { readonly code: 'DEAL_AMENDS'; readonly deal: string; readonly sha256: string | null }
  | { readonly code: 'DEAL_AMENDED'; readonly deal: string; readonly sha256: string }
  | { readonly code: 'DEAL_OTHER_PARTY'; readonly deal: string; readonly role: 'seller' | 'buyer' }
  | { readonly code: 'DEAL_CARD_ROLE'; readonly party: string; readonly role: 'seller' | 'buyer' }
  | {
      readonly code: 'DEAL_PARTY_NAME';
      readonly deal: string;
      readonly role: 'seller' | 'buyer';
      /** Name on the card. */
      readonly party: string;
    };

export const dealExits: Exits<DealProblem> = {
  DEAL_TOO_LARGE: 'usage',
  DEAL_UTF8: 'usage',
  DEAL_EMPTY: 'usage',
  DEAL_NOT_A_DEAL: 'usage',
  DEAL_YAML_SYNTAX: 'usage',
  DEAL_YAML_DUPLICATE: 'usage',
  DEAL_YAML_FEATURE: 'usage',
  DEAL_FIELD_MISSING: 'usage',
  DEAL_FIELD_EMPTY: 'usage',
  DEAL_FIELD_UNKNOWN: 'usage',
  DEAL_FIELD_INVALID: 'usage',
  DEAL_PURPOSE_UNKNOWN: 'usage',
  DEAL_PAPER_UNKNOWN: 'usage',
  DEAL_PURPOSE_TWICE: 'usage',
  DEAL_FIELD_TWICE: 'usage',
  DEAL_SUBJECT_FIELD: 'usage',
  DEAL_NOTHING_LEAVES: 'usage',
  DEAL_TABLE_FIELD: 'refused',
  DEAL_SAFETY_LEAVES: 'refused',
  DEAL_NECESSITY_MISSING: 'refused',
  DEAL_NECESSITY_THIN: 'refused',
  DEAL_PURPOSE_VAGUE: 'refused',
  DEAL_PERIOD_LONG: 'refused',
  DEAL_CONTACT_EMPTY: 'refused',
  DEAL_DATE_ORDER: 'usage',
  DEAL_ONE_PARTY: 'usage',
  DEAL_OPINION_KIND: 'usage',
  DEAL_KIND_NO_BUNDLE: 'refused',
  DEAL_UNSIGNED: 'refused',
  DEAL_SIGNED: 'refused',
  DEAL_AMENDS: 'refused',
  DEAL_AMENDED: 'refused',
  DEAL_OTHER_PARTY: 'refused',
  DEAL_CARD_ROLE: 'refused',
  DEAL_PARTY_NAME: 'refused',
};

const expected: Readonly<Record<Lang, Readonly<Record<Expectation, string>>>> = {
  zh: {
    text: '一行文字，最多 400 字',
    slug: '小写英文字母开头的短名，只含小写字母、数字、- 和 _，例如 service',
    'deal-id': '编号，只含英文字母、数字、点、- 和 _，最多 63 个字符',
    sha256: '文件的 SHA-256（64 位小写十六进制数字），或登记过的文件编号，例如 nda-1',
    date: '日期，例如 2026-11-20',
    duration: '期限，例如 P30D（30 天）、P6M（6 个月）、P3Y（3 年）',
    format: 'handover.deal/1',
    version: '规则版本，例如 2026-09',
    approvals: '0 到 5 的整数',
    'age-recipient': 'age 收件公钥，以 age1 开头',
    'one-of': '下列之一',
    none: 'none（目前只支持境内交接）',
    customers: 'customers',
    map: '下一级的若干行「名称： 值」',
    list: '以「- 」开头的若干行',
  },
  en: {
    text: 'one line of text, at most 400 characters',
    slug: 'a short name in lower-case letters, digits, - and _, beginning with a letter, such as service',
    'deal-id': 'an id of letters, digits, dot, - and _, at most 63 characters',
    sha256: "the file's SHA-256 as 64 lower-case hexadecimal digits, or the id of a paper such as nda-1",
    date: 'a date such as 2026-11-20',
    duration: 'a duration such as P30D (30 days), P6M (6 months) or P3Y (3 years)',
    format: 'handover.deal/1',
    version: 'a version of the rules such as 2026-09',
    approvals: 'a whole number from 0 to 5',
    'age-recipient': 'an age recipient, beginning with age1',
    'one-of': 'one of the following',
    none: 'none (only handovers within the mainland are supported)',
    customers: 'customers',
    map: 'indented lines of the form "name: value"',
    list: 'lines that begin with "- "',
  },
};

const mistakes: Readonly<Record<Lang, Readonly<Record<YamlMistake, string>>>> = {
  zh: {
    tab: '这一行用了制表符（Tab）缩进，请改用空格。',
    'full-width-colon': '这一行用了中文冒号「：」，请改成「: 」，半角。',
    'no-space': '冒号后面要有一个空格，例如「kind: merger」。',
    quote: '引号没有成对，请检查这一行及其上方。',
    other: '请检查这一行及其上一行的缩进、冒号和引号。',
  },
  en: {
    tab: 'This line is indented with a tab; use spaces.',
    'full-width-colon': 'This line has a full-width colon; use ": " (a plain colon and a space).',
    'no-space': 'A colon needs a space after it, as in "kind: merger".',
    quote: 'A quotation mark is not closed; look at this line and above.',
    other: 'Check the indentation, colons and quotation marks of this line and the one above.',
  },
};

const features: Readonly<Record<Lang, Readonly<Record<YamlFeature, string>>>> = {
  zh: {
    anchor: '锚点（&）',
    alias: '别名（*）',
    tag: '类型标签(!)',
    merge: '合并键（<<）',
    directive: '指令（%）',
    documents: '多份文档（---）',
    depth: '过深的嵌套',
    key: '不是文字的键',
  },
  en: {
    anchor: 'an anchor (&)',
    alias: 'an alias (*)',
    tag: 'a tag (!)',
    merge: 'a merge key (<<)',
    directive: 'a directive (%)',
    documents: 'more than one document (---)',
    depth: 'nesting too deep for a deal',
    key: 'a key that is not text',
  },
};

const lines: Readonly<Record<Lang, (line: number) => string>> = {
  zh: (line) => `第 ${line} 行 `,
  en: (line) => `Line ${line}, `,
};

function place(lang: Lang, at: Place): string {
  return at.line > 0 ? lines[lang](at.line) + at.path : at.path;
}

const roles: Readonly<Record<Lang, Readonly<Record<'seller' | 'buyer', string>>>> = {
  zh: { seller: '卖方', buyer: '买方' },
  en: { seller: 'seller', buyer: 'buyer' },
};

function choicesOf(choices: readonly string[], joint: string): string {
  return choices.length > 0 ? `: ${choices.join(joint)}` : '';
}

export const dealSentences: Bilingual<DealProblem> = {
  zh: {
    DEAL_TOO_LARGE: (p) => ({
      what: `交接协议文件超过 ${p.limit} 字节的上限。`,
      fix: '请确认选对了文件，交接协议一般只有几 KB。',
    }),
    DEAL_UTF8: () => ({
      what: '交接协议文件不是 UTF-8 文本。',
      fix: '请在编辑器里「另存为」并选择编码 UTF-8。',
    }),
    DEAL_EMPTY: () => ({
      what: '交接协议文件是空的。',
      fix: '请用 handover deal init 生成模板，再填写。',
    }),
    DEAL_NOT_A_DEAL: () => ({
      what: '这不是交接协议文件：里面没有「名称： 值」的结构。',
      fix: '请确认选对了文件；新的协议用 handover deal init 生成。',
    }),
    DEAL_YAML_SYNTAX: (p) => ({
      what: `交接协议第 ${p.line} 行的写法无法识别。`,
      fix: mistakes.zh[p.mistake],
    }),
    DEAL_YAML_DUPLICATE: (p) => ({
      what: `交接协议第 ${p.line} 行的名称前面已经出现过。`,
      fix: '同一级里每个名称只能写一次，请删去其中一个。',
    }),
    DEAL_YAML_FEATURE: (p) => ({
      what: `交接协议第 ${p.line} 行用了${features.zh[p.feature]}，协议里不允许。`,
      fix: '请把内容直接写出来，让双方看到的都是同一个意思。',
    }),
    DEAL_FIELD_MISSING: (p) => ({
      what: `${place('zh', p)}：缺少这一项。`,
      fix: `请补上，应为${expected.zh[p.expected]}。`,
    }),
    DEAL_FIELD_EMPTY: (p) => ({
      what: `${place('zh', p)}：还没有填写。`,
      fix: `请填写${expected.zh[p.expected]}。`,
    }),
    DEAL_FIELD_UNKNOWN: (p) => ({
      what: `${place('zh', p)}：没有这个名称。`,
      fix:
        p.suggestion === null
          ? '请删去这一项，或对照 handover deal init 的模板。'
          : `是不是想写 ${p.suggestion}?`,
    }),
    DEAL_FIELD_INVALID: (p) => ({
      what: `${place('zh', p)}：内容不符合要求。`,
      fix: `应为${expected.zh[p.expected]}${choicesOf(p.choices, '、')}。`,
    }),
    DEAL_PURPOSE_UNKNOWN: (p) => ({
      what: `${place('zh', p)}：字段 ${p.field} 的用途没有在 purposes 里列出。`,
      fix: `请改成已列出的用途${choicesOf(p.known, '、')}，或在 purposes 里补上。`,
    }),
    DEAL_PAPER_UNKNOWN: (p) => ({
      what: `${place('zh', p)}：没有登记过这个编号的${paperName(p.kind, 'zh')}。`,
      fix:
        p.known.length === 0
          ? `请先在工作区里登记签好的文件：handover papers add 文件 --as ${p.kind}，再写它的编号。`
          : `请改成已登记的编号${choicesOf(p.known, '、')}。`,
    }),
    DEAL_PURPOSE_TWICE: (p) => ({
      what: `${place('zh', p)}：用途 ${p.purpose} 列出了两次。`,
      fix: '请删去其中一个。',
    }),
    DEAL_FIELD_TWICE: (p) => ({
      what: `${place('zh', p)}：字段 ${p.field} 列出了两次。`,
      fix: '请删去其中一个。',
    }),
    DEAL_SUBJECT_FIELD: (p) => ({
      what: `${place('zh', p)}：字段清单里没有客户编号（customer_no）。`,
      fix: '请加上这一行；不想交出编号的，写 action: drop，它仍用来在双方之间对应同一位客户。',
    }),
    DEAL_NOTHING_LEAVES: (p) => ({
      what: `${place('zh', p)}：所有字段都是 drop，没有任何内容可以交接。`,
      fix: '请至少让一个字段的 action 不是 drop。',
    }),
    DEAL_TABLE_FIELD: (p) => ({
      what: `${place('zh', p)}：${tableWords.zh[p.table].name}（${p.table}）里不能写字段 ${p.field}。`,
      fix: `客户清单旁边的表不写个人的和敏感的内容，可以写的字段有：${p.known.join('、')}。`,
    }),
    DEAL_SAFETY_LEAVES: (p) => ({
      what: `${place('zh', p)}：字段 ${p.field} 关系到住户的人身安全（门禁、钥匙等），任何情况下都不随名单交出。`,
      fix: '请把 action 改成 drop；由买方当面向客户重新收集，钥匙凭收条移交。',
    }),
    DEAL_NECESSITY_MISSING: (p) => ({
      what: `${place('zh', p)}：字段 ${p.field} 属于敏感个人信息，没有写明必要性。`,
      fix: '请用 necessity 写明为什么非交不可，或把 action 改成 drop（个人信息保护法第二十八、三十条）。',
    }),
    DEAL_NECESSITY_THIN: (p) => ({
      what: `${place('zh', p)}：字段 ${p.field} 的必要性没有说出理由。`,
      fix: '请写成一句话：没有它，哪一项服务做不了（《个人信息保护法》第二十八条）。例如「护理员要知道过敏史才能备餐」。',
    }),
    DEAL_PURPOSE_VAGUE: (p) => ({
      what: `${place('zh', p)}：用途 ${p.purpose} 太笼统，客户看不出资料拿去做什么。`,
      fix: '请写明具体做什么，例如「继续提供家政服务」（《个人信息保护法》第六条、第十七条）。',
    }),
    DEAL_PERIOD_LONG: (p) => ({
      what: `${place('zh', p)}：保存期限太长，最长 ${p.most}。`,
      fix: '保存期限应当是实现用途所必要的最短时间（《个人信息保护法》第十九条）；法律要求保存更久的，用 handover freeze 封存。',
    }),
    DEAL_CONTACT_EMPTY: (p) => ({
      what: `${place('zh', p)}：没有写明投诉找谁、打哪个电话。`,
      fix: '请填写真实的联系人和电话，客户要凭它行使权利（《个人信息保护法》第十七条、第五十条）。',
    }),
    DEAL_DATE_ORDER: (p) => ({
      what: `${place('zh', p)}：这个日期晚于 ${p.later}。`,
      fix: `它应当在 ${p.later} 当天或之前，请核对两个日期。`,
    }),
    DEAL_ONE_PARTY: (p) => ({
      what: `${place('zh', p)}：买方和卖方是同一张名片。`,
      fix: '请填入对方名片的摘要，用 handover trust list 查看。',
    }),
    DEAL_OPINION_KIND: (p) => ({
      what: `${place('zh', p)}：法律意见只用于 operator-change（个体工商户变更经营者）。`,
      fix: '请删去 opinion，或核对 kind。',
    }),
    DEAL_KIND_NO_BUNDLE: (p) => ({
      what: `协议 ${p.deal} 是股权转让：公司没有变，客户资料仍归原公司，不需要也不允许生成交接包。`,
      fix: '如果实际是把客户转给另一家公司，请重新签一份 kind 为 asset-sale 的协议。',
    }),
    DEAL_UNSIGNED: (p) => ({
      what: `协议 ${p.deal} 还缺${p.roles.map((r) => roles.zh[r]).join('和')}的签名。`,
      fix: '双方各自运行 handover deal sign，并交换签名文件。',
    }),
    DEAL_SIGNED: (p) => ({
      what: `协议 ${p.deal} 双方已经签署，不能用另一份内容替换；什么都没有改动。`,
      fix: `要看已签的内容，请运行 handover deal show ${p.deal}；要改条款，请用 handover deal amend ${p.deal} 写出补充协议的草稿（其中 amends 写明它修改的版本 ${p.sha256}），改好后由双方签署。`,
    }),
    DEAL_AMENDS: (p) => ({
      what:
        p.sha256 === null
          ? `协议 ${p.deal} 的这份文本是补充协议，但这里没有双方签署过的版本可供修改；什么都没有改动。`
          : `协议 ${p.deal} 的这份补充协议修改的不是现行版本；什么都没有改动。`,
      fix:
        p.sha256 === null
          ? '请先签署第一份文本（其中没有 amends），再签署补充协议。'
          : `请先用 handover deal show ${p.deal} 查看各个版本，再把 amends 下的 sha256 改为现行版本的摘要：${p.sha256}。`,
    }),
    DEAL_AMENDED: (p) => ({
      what: `协议 ${p.deal} 的这个版本已经被补充协议取代，不能再按它办理；什么都没有改动。`,
      fix: `按现行版本办理即可；各个版本见 handover deal show ${p.deal}。`,
    }),
    DEAL_OTHER_PARTY: (p) => ({
      what: `协议 ${p.deal} 已经签署，这份文本里${roles.zh[p.role]}的名片却是另一张；什么都没有改动。`,
      fix: '一份协议的双方不能更换。与别家订立的，或者对方换了名片的，请用新的编号另拟一份协议（handover deal init --id 新编号）。',
    }),
    DEAL_CARD_ROLE: (p) => ({
      what: `${p.party}的名片不是${roles.zh[p.role]}的名片，不能作为协议的${roles.zh[p.role]}。`,
      fix: '用 handover trust list 查看已信任的名片和身份；把协议里的名片（card）换成身份相符的一张。',
    }),
    DEAL_PARTY_NAME: (p) => ({
      what: `协议 ${p.deal} 里${roles.zh[p.role]}的名称，与那张名片上的名称（${p.party}）不同。`,
      fix: '名称和名片（card）必须是同一家：把协议里的名称改得与名片一致，或者换成那一家的名片。',
    }),
  },
  en: {
    DEAL_TOO_LARGE: (p) => ({
      what: `The deal file is larger than ${p.limit} bytes.`,
      fix: 'Check that this is the right file; a deal is a few kilobytes.',
    }),
    DEAL_UTF8: () => ({
      what: 'The deal file is not UTF-8 text.',
      fix: 'Save it again in your editor with the encoding UTF-8.',
    }),
    DEAL_EMPTY: () => ({
      what: 'The deal file is empty.',
      fix: 'Make a template with "handover deal init" and fill it in.',
    }),
    DEAL_NOT_A_DEAL: () => ({
      what: 'This is not a deal: it has no "name: value" lines.',
      fix: 'Check that this is the right file; "handover deal init" makes a new one.',
    }),
    DEAL_YAML_SYNTAX: (p) => ({
      what: `Line ${p.line} of the deal cannot be read.`,
      fix: mistakes.en[p.mistake],
    }),
    DEAL_YAML_DUPLICATE: (p) => ({
      what: `Line ${p.line} of the deal repeats a name.`,
      fix: 'A name may stand only once on its level; remove one of them.',
    }),
    DEAL_YAML_FEATURE: (p) => ({
      what: `Line ${p.line} of the deal uses ${features.en[p.feature]}, which a deal does not allow.`,
      fix: 'Write the contents out, so that both parties read the same thing.',
    }),
    DEAL_FIELD_MISSING: (p) => ({
      what: `${place('en', p)}: is missing.`,
      fix: `Add it: ${expected.en[p.expected]}.`,
    }),
    DEAL_FIELD_EMPTY: (p) => ({
      what: `${place('en', p)}: is not filled in yet.`,
      fix: `Fill in ${expected.en[p.expected]}.`,
    }),
    DEAL_FIELD_UNKNOWN: (p) => ({
      what: `${place('en', p)}: no such name.`,
      fix:
        p.suggestion === null
          ? 'Remove it, or compare with the template of "handover deal init".'
          : `Did you mean ${p.suggestion}?`,
    }),
    DEAL_FIELD_INVALID: (p) => ({
      what: `${place('en', p)}: is not as it should be.`,
      fix: `It should be ${expected.en[p.expected]}${choicesOf(p.choices, ', ')}.`,
    }),
    DEAL_PURPOSE_UNKNOWN: (p) => ({
      what: `${place('en', p)}: the purpose of field ${p.field} is not listed under purposes.`,
      fix: `Use a listed purpose${choicesOf(p.known, ', ')}, or add it under purposes.`,
    }),
    DEAL_PAPER_UNKNOWN: (p) => ({
      what: `${place('en', p)}: names no paper of this kind (${paperName(p.kind, 'en')}) that was taken in.`,
      fix:
        p.known.length === 0
          ? `Take in the signed paper in the workspace first, with handover papers add FILE --as ${p.kind}, and name its id.`
          : `Name one that was taken in${choicesOf(p.known, ', ')}.`,
    }),
    DEAL_PURPOSE_TWICE: (p) => ({
      what: `${place('en', p)}: purpose ${p.purpose} is listed twice.`,
      fix: 'Remove one of them.',
    }),
    DEAL_FIELD_TWICE: (p) => ({
      what: `${place('en', p)}: field ${p.field} is listed twice.`,
      fix: 'Remove one of them.',
    }),
    DEAL_SUBJECT_FIELD: (p) => ({
      what: `${place('en', p)}: the list of fields has no customer_no.`,
      fix: 'Add it; with "action: drop" the number itself stays behind and only links the same customer between the parties.',
    }),
    DEAL_NOTHING_LEAVES: (p) => ({
      what: `${place('en', p)}: every field is dropped, so there is nothing to hand over.`,
      fix: 'Give at least one field an action other than drop.',
    }),
    DEAL_TABLE_FIELD: (p) => ({
      what: `${place('en', p)}: field ${p.field} may not be in ${p.table}.`,
      fix: `A table beside the customers says nothing personal or sensitive; its fields are: ${p.known.join(', ')}.`,
    }),
    DEAL_SAFETY_LEAVES: (p) => ({
      what: `${place('en', p)}: field ${p.field} bears on the safety of a home (door codes, keys) and never leaves with a list.`,
      fix: 'Set its action to drop; the buyer asks the customer again, and keys are handed over against a receipt.',
    }),
    DEAL_NECESSITY_MISSING: (p) => ({
      what: `${place('en', p)}: field ${p.field} is sensitive and its necessity is not stated.`,
      fix: 'State under necessity why it is indispensable, or set its action to drop (PIPL Articles 28 and 30).',
    }),
    DEAL_NECESSITY_THIN: (p) => ({
      what: `${place('en', p)}: the necessity of field ${p.field} gives no reason.`,
      fix: 'Write a sentence: which service cannot be given without it (PIPL Article 28), such as "the carer must know of allergies to cook".',
    }),
    DEAL_PURPOSE_VAGUE: (p) => ({
      what: `${place('en', p)}: purpose ${p.purpose} is too vague; no customer can tell what the data are for.`,
      fix: 'Say what is done, such as "to go on providing home services" (PIPL Articles 6 and 17).',
    }),
    DEAL_PERIOD_LONG: (p) => ({
      what: `${place('en', p)}: the period is too long; at most ${p.most}.`,
      fix: 'Data are kept for the shortest time that the purpose needs (PIPL Article 19); what a law wants kept longer is frozen with "handover freeze".',
    }),
    DEAL_CONTACT_EMPTY: (p) => ({
      what: `${place('en', p)}: nobody is named to complain to, or no telephone.`,
      fix: 'Enter a real contact and number; customers exercise their rights by it (PIPL Articles 17 and 50).',
    }),
    DEAL_DATE_ORDER: (p) => ({
      what: `${place('en', p)}: this date is later than ${p.later}.`,
      fix: `It should be on or before ${p.later}; check both dates.`,
    }),
    DEAL_ONE_PARTY: (p) => ({
      what: `${place('en', p)}: buyer and seller are the same card.`,
      fix: 'Enter the digest of the other party\'s card; "handover trust list" shows it.',
    }),
    DEAL_OPINION_KIND: (p) => ({
      what: `${place('en', p)}: an opinion only serves an operator-change.`,
      fix: 'Remove the opinion, or check the kind.',
    }),
    DEAL_KIND_NO_BUNDLE: (p) => ({
      what: `Deal ${p.deal} is a sale of shares: the company stays the same and keeps its customers, so no bundle is made.`,
      fix: 'If customers do go to another company, sign a new deal of the kind asset-sale.',
    }),
    DEAL_UNSIGNED: (p) => ({
      what: `Deal ${p.deal} lacks the signature of the ${p.roles.map((r) => roles.en[r]).join(' and the ')}.`,
      fix: 'Each party runs "handover deal sign" and sends the signature file to the other.',
    }),
    DEAL_SIGNED: (p) => ({
      what: `Both parties have signed deal ${p.deal}; other terms cannot take its place. Nothing was changed.`,
      fix: `To see what was signed, run handover deal show ${p.deal}. To change the terms, draft an amendment with handover deal amend ${p.deal} (its amends names the version it amends, ${p.sha256}), change it and have both sign it.`,
    }),
    DEAL_AMENDS: (p) => ({
      what:
        p.sha256 === null
          ? `This text of deal ${p.deal} is an amendment, and there is no version here that both have signed. Nothing was changed.`
          : `This amendment of deal ${p.deal} amends something else than the version in force. Nothing was changed.`,
      fix:
        p.sha256 === null
          ? 'Sign the first text (the one without amends) before its amendment.'
          : `See the versions with handover deal show ${p.deal}, and name the one in force under amends: sha256: ${p.sha256}.`,
    }),
    DEAL_AMENDED: (p) => ({
      what: `This version of deal ${p.deal} was amended: nothing is done under it any more. Nothing was changed.`,
      fix: `Go on under the version in force. handover deal show ${p.deal} lists the versions.`,
    }),
    DEAL_OTHER_PARTY: (p) => ({
      what: `Deal ${p.deal} is signed, and this text of it has another card of the ${roles.en[p.role]}. Nothing was changed.`,
      fix: 'A deal keeps its parties. With another party or card, make a deal with a new id (handover deal init --id NEW).',
    }),
    DEAL_CARD_ROLE: (p) => ({
      what: `The card of ${p.party} is not that of a ${roles.en[p.role]} and cannot stand for the ${roles.en[p.role]} of a deal.`,
      fix: 'See the trusted cards and their roles with handover trust list, and put a card of the right role into the deal (card).',
    }),
    DEAL_PARTY_NAME: (p) => ({
      what: `The name of the ${roles.en[p.role]} in deal ${p.deal} is not the name on that card (${p.party}).`,
      fix: 'Name and card have to be of one party: write the name as on the card, or put in the card of that party.',
    }),
  },
};
