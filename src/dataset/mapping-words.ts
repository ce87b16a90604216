import { normaliseHeader } from './header.js';

// Headers by which a column is told from others that look like it.

/** Columns in which systems switch customers off, and shops note whom they do not serve. */
export const SWITCH: ReadonlySet<string> = new Set([
  '黑名单',
  '是否黑名单',
  '已拉黑',
  '是否拉黑',
  'blacklist',
  'blacklisted',
  'isblacklisted',
  '禁用',
  '是否禁用',
  '停用',
  '是否停用',
  '冻结',
  '是否冻结',
  '已停用',
  'disabled',
  'isdisabled',
  'inactive',
  'blocked',
  'isblocked',
  'frozen',
]);

/** Numbers that a list gives to its rows. */
export const SERIAL: ReadonlySet<string> = new Set([
  '序号',
  '行号',
  '序',
  '编次',
  '项次',
  'no',
  'num',
  'index',
  'row',
  'rowno',
  'sn',
]);

export const NUMBER_NAME = /(?:编号|编码|代码|代号|客户号|号码|id|no|number|code|key)$/;

/** A code of letters and digits. */
export const CODE = /^(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9_.-]{2,32}$/;

export const FIRST_NAME: ReadonlySet<string> = new Set(['firstname', 'givenname', 'first', '名']);

export const LAST_NAME: ReadonlySet<string> = new Set([
  'lastname',
  'surname',
  'familyname',
  'last',
  '姓',
  '姓氏',
]);

export const UNSUBSCRIBED = /unsub|optout|退订|撤回|取消|拒收/;

/** How clearly a header names its field: of a mobile number, a name and a number there are vaguer words. */
export function clarity(field: string, header: string): number {
  const key = normaliseHeader(header);
  if (field === 'mobile') return /手机|移动|mobile|cell/.test(key) ? 2 : 1;
  if (field === 'name') return /联系人|称呼|contact|用户名|昵称/.test(key) ? 1 : 2;
  if (field === 'customer_no') return /^(?:id|编号|卡号|序列号|账号)$/.test(key) ? 1 : 2;
  return 1;
}
