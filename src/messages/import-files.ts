import type { Lang } from './lang.js';
import type { FurtherTable } from './tables.js';

/** A field with what it is called. */
export interface FieldLabel {
  readonly name: string;
  readonly label: string;
}

/** Names and comments of the files that import writes beside the customer file. */
export const importFileWords: Readonly<
  Record<
    Lang,
    {
      readonly rejects: string;
      /** Of answers: rows that were not taken. */
      readonly notTaken: string;
      /** Of a consent ledger: its rows that match no customer. */
      readonly unmatched: string;
      /** What that file says of each row before and behind the row's own columns. */
      readonly unmatchedRow: string;
      readonly unmatchedNear: string;
      /** What a row is about, where that is the contract. */
      readonly contract: string;
      readonly mapping: string;
      /** The prefix of the file names of a table beside the customer list. */
      readonly tables: Readonly<Record<FurtherTable, string>>;
      /** The same of a ledger in a workbook. */
      readonly ledger: string;
      /** The same of an archive; also what its freeze is called. */
      readonly archive: string;
      readonly mappingComments: readonly string[];
      /** What a draft says above its columns. */
      readonly draftComments: (fields: readonly FieldLabel[], hasNumber: boolean) => readonly string[];
      /** Before the list of fields. */
      readonly fields: string;
      readonly fieldLabel: (field: FieldLabel) => string;
    }
  >
> = {
  zh: {
    rejects: '退回.csv',
    notTaken: '未采用.csv',
    unmatched: '对不上.csv',
    unmatchedRow: '第几条',
    unmatchedNear: '写法相近的客户编号',
    contract: '合同',
    mapping: '对应.txt',
    tables: { orders: '订单', prepaid: '预付', services: '待服务' },
    ledger: '同意记录',
    archive: '法定档案',
    mappingComments: [
      '列名对应表：左边是文件里的列名，右边是 handover 的字段名（可以写中文：姓名）；右边写 - 表示这一列不导入。',
      '可以直接修改，保存后重新导入同一个文件即可生效。字段名见 docs/cli.md。',
    ],
    draftComments: (fields, hasNumber) => [
      `这是草稿：文件还没有导入，因为找不到${fields.map(({ name, label }) => `“${label}”（${name}）`).join('、')}。`,
      '左边是文件里的列名，右边写它是哪个字段（可以写中文：姓名）；右边写 - 表示这一列不导入。改好后保存，再导入同一个文件。',
      ...(hasNumber
        ? ['右边是 ? 的列可能就是客户编号：是的写 客户编号，不是的写 -。都不是的话，客户将按手机号辨认。']
        : []),
    ],
    fields: '可以写的字段：',
    fieldLabel: ({ name, label }) => `  ${name}  ${label}`,
  },
  en: {
    rejects: 'rejected.csv',
    notTaken: 'not-taken.csv',
    unmatched: 'unmatched.csv',
    unmatchedRow: 'row',
    unmatchedNear: 'nearly the same customer numbers',
    contract: 'contract',
    mapping: 'mapping.txt',
    tables: { orders: 'orders', prepaid: 'prepaid', services: 'services' },
    ledger: 'ledger',
    archive: 'archive',
    mappingComments: [
      'Columns of the file on the left, fields of handover on the right; - on the right leaves a column out.',
      'Edit and save, then import the same file again. The fields are listed in docs/cli.md.',
    ],
    draftComments: (fields, hasNumber) => [
      `A draft: the file was not imported, because no column was found for ${fields.map(({ name, label }) => `${label} (${name})`).join(', ')}.`,
      'Columns of the file on the left, fields on the right; - on the right leaves a column out. Save it and import the same file again.',
      ...(hasNumber
        ? [
            'A column with ? may be the customer number: write customer_no if it is, - if not. If none is, customers are told apart by their mobile number.',
          ]
        : []),
    ],
    fields: 'Fields that may be written:',
    fieldLabel: ({ name, label }) => `  ${name}  ${label}`,
  },
};
