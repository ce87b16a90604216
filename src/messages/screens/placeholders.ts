import { screen } from './screen.js';

/** What is in a usage for a value. The keys are those of cli/shapes.ts, which cli/help.ts proves by type. */
export const placeholders = screen(
  {
    FILE: '文件',
    FOLDER: '文件夹',
    BUNDLE: '交接包',
    CARD: '名片',
    DEAL: '协议',
    ID: '编号',
    NAME: '名称',
    CODE: '代码',
    TEXT: '文字',
    NUMBER: '数字',
    DIGITS: '数字组',
    ACTION: '动作',
    DATE: '日期',
    TIME: '时间',
    SHELL: '外壳',
  },
  {
    FILE: 'FILE',
    FOLDER: 'FOLDER',
    BUNDLE: 'BUNDLE',
    CARD: 'CARD',
    DEAL: 'DEAL',
    ID: 'ID',
    NAME: 'NAME',
    CODE: 'CODE',
    TEXT: 'TEXT',
    NUMBER: 'NUMBER',
    DIGITS: 'DIGITS',
    ACTION: 'ACTION',
    DATE: 'DATE',
    TIME: 'TIME',
    SHELL: 'SHELL',
  },
);
