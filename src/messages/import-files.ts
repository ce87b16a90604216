import type { Lang } from './lang.js';

/** Names and comments of the files that import writes beside the customer file. */
export const importFileWords: Readonly<
  Record<
    Lang,
    {
      readonly rejects: string;
      /** Of answers: rows that were not taken. */
      readonly notTaken: string;
      readonly mapping: string;
      readonly mappingComments: readonly string[];
    }
  >
> = {
  zh: {
    rejects: '退回.csv',
    notTaken: '未采用.csv',
    mapping: '对应.txt',
    mappingComments: [
      '列名对应表：左边是文件里的列名，右边是 handover 的字段名；右边写 - 表示这一列不导入。',
      '可以直接修改，保存后重新导入同一个文件即可生效。字段名见 docs/cli.md。',
    ],
  },
  en: {
    rejects: 'rejected.csv',
    notTaken: 'not-taken.csv',
    mapping: 'mapping.txt',
    mappingComments: [
      'Columns of the file on the left, fields of handover on the right; - on the right leaves a column out.',
      'Edit and save, then import the same file again. The fields are listed in docs/cli.md.',
    ],
  },
};
