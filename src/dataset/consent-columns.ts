import type { DatasetKind } from '../messages/tables.js';
import { type ColumnDefinition, type FieldName, fieldOf, words } from './fields.js';
import { normaliseHeader } from './header.js';
import type { ValueKind } from './kinds.js';

const CATALOGUE = [
  {
    name: 'subject',
    zh: '客户编号',
    en: 'customer no.',
    synonyms: words(
      '编号|当事人|会员号|会员编号|客户号|用户编号|customer no|customer_no|customer id|subject id|id',
    ),
    kind: 'customer-no',
  },
  {
    name: 'purpose',
    zh: '用途',
    en: 'purpose',
    synonyms: words(
      '做什么用|用来做什么|目的|处理目的|使用目的|授权用途|同意用途|同意的用途|consent_purpose',
    ),
    kind: 'reference',
  },
  {
    name: 'recipient',
    zh: '接收方',
    en: 'recipient',
    synonyms: words(
      '转给谁|给谁|新公司|to whom|transferee|buyer|受让方|接收方名称|被授权方|授权对象|同意的接收方|转移给|consent_recipient',
    ),
    kind: 'reference',
  },
  {
    name: 'event',
    zh: '事件',
    en: 'event',
    synonyms: words(
      '意见|表态|客户表态|答复内容|决定|decision|answer|response|reply|同意事件|状态|同意状态|结果|是否同意|客户意见|客户答复|答复|答复结果|客户回复|回复内容|回访结果|征询结果|回复|操作|客户意愿|是否愿意|客户态度|同意与否|确认结果|沟通结果|授权结果|签署状态|签署情况|status|consent|consent_status|state|action',
    ),
    kind: 'consent-status',
  },
  {
    name: 'time',
    zh: '时间',
    en: 'time',
    synonyms: words(
      '拒收时间|拒收日期|opt-out date|opted out at|答复时间|日期|同意时间|发生时间|事件时间|签署时间|签署日期|回复时间|撤回时间|撤回日期|退订时间|退订日期|取消时间|unsub_time|unsubscribe_time|unsubscribed_at|unsubscribe date|optout_time|date|at|consent_at|event time|timestamp',
    ),
    kind: 'datetime',
  },
  {
    name: 'method',
    zh: '方式',
    en: 'method',
    synonyms: words(
      '途径|沟通方式|回复途径|via|medium|同意方式|渠道|取得方式|签署方式|授权方式|channel|consent_method',
    ),
    kind: 'consent-method',
  },
  {
    name: 'evidence',
    zh: '凭证',
    en: 'evidence',
    synonyms: words(
      '证据|凭证编号|证据编号|同意凭证|授权书编号|录音编号|截图编号|proof|consent_evidence|evidence ref|reference',
    ),
    kind: 'reference',
  },
  {
    name: 'notice',
    zh: '告知文本',
    en: 'text of the notice',
    synonyms: words(
      '告知书版本|告知版本|告知文本编号|通知文本|通知版本|告知书编号|隐私协议版本|notice text|notice version|notice digest|consent_notice',
    ),
    kind: 'reference',
  },
  {
    name: 'matter',
    zh: '事项',
    en: 'matter',
    synonyms: words('同意事项|征求事项|同意的事项|consent matter|about|subject matter'),
    kind: 'reference',
  },
] as const satisfies readonly ColumnDefinition[];

/** The canonical name of a column of the consent ledger. */
export type ConsentColumnName = (typeof CATALOGUE)[number]['name'];

/**
 * What each column is in a customer file that holds the consents itself: the same facts about a person. There the matter has columns of its
 * own.
 */
const AS_FIELDS: Readonly<Record<Exclude<ConsentColumnName, 'matter'>, FieldName>> = {
  subject: 'customer_no',
  purpose: 'consent_purpose',
  recipient: 'consent_recipient',
  event: 'consent_status',
  time: 'consent_at',
  method: 'consent_method',
  evidence: 'consent_evidence',
  notice: 'consent_notice',
};

/**
 * The columns of a consent ledger: who, for what, to whom, what happened, when, how, proven by what, after which notice. The names that a customer file
 * may have for the same are known here too, but for those that mean another column of a ledger.
 */
export const CONSENT_COLUMNS: readonly ColumnDefinition<ConsentColumnName>[] = CATALOGUE.map((column) => {
  const owned = new Set(CATALOGUE.filter(({ name }) => name !== column.name).flatMap(namesOf));
  const field = column.name === 'matter' ? undefined : fieldOf(AS_FIELDS[column.name]);
  const more = field === undefined ? [] : namesOf(field).filter((name) => !owned.has(normaliseHeader(name)));
  return { ...column, synonyms: [...column.synonyms, ...more] };
});

function namesOf({ name, zh, en, synonyms }: ColumnDefinition): readonly string[] {
  return [name, zh, en, ...synonyms].map(normaliseHeader);
}

/** The field of a customer file that says what a column of a stored dataset says; the column itself where it is one. */
export function fieldBehind(table: TableKind, column: string): string {
  const known = table === 'consents' ? CONSENT_COLUMNS.find(({ name }) => name === column) : undefined;
  return known === undefined || known.name === 'matter' ? column : AS_FIELDS[known.name];
}

/** What a stored table is: a customer file, a consent ledger, or a table beside the customer list. */
export type TableKind = DatasetKind;

/** The kind of a column's values. */
export function kindOfColumn(table: TableKind, name: string): ValueKind {
  const column = table === 'consents' ? CONSENT_COLUMNS.find((each) => each.name === name) : fieldOf(name);
  return column?.kind ?? 'text';
}
