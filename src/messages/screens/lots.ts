import { plural, screen } from './screen.js';

/** A bundle that is sealed in lots by many machines. */
export const lotsWords = screen(
  {
    lots: '份',
    planned: (lots: string, rows: string) => `${lots} 份，共 ${rows} 行`,
    wouldPlan: (lots: string, rows: string) => `将会划分为 ${lots} 份，共 ${rows} 行`,
    folder: '文件夹',
    folderNote: '加密的资料，没有钥匙打不开',
    key: '钥匙',
    keyNote: '请另行送到各台机器，用完即删；谁两样都有，谁就能读到这些资料',
    sealEach: '每一份都要封装，在哪台机器上都行',
    sealed: (lot: number, of: number, rows: string) => `第 ${lot} 份（共 ${of} 份）已封装：${rows} 行`,
    assemble: '全部封装好之后，在这个工作区合成交接包',
    complete: (lots: string) => `${lots} 份齐全，与计划一致，没有人出现两次`,
    toOpen: (parts: string, rows: string) => `${parts} 份，共 ${rows} 位客户`,
    openEach: '每一份都要打开，在哪台机器上都行',
    opened: (part: number, of: number, rows: string) =>
      `第 ${part} 份（共 ${of} 份）已打开并逐行核对：${rows} 行`,
    takeIn: '全部打开之后，在这个工作区接收入库，签出回执',
  },
  {
    lots: 'Parts',
    planned: (lots: string, rows: string) => `${plural(lots, 'part')} of ${plural(rows, 'row')}`,
    wouldPlan: (lots: string, rows: string) =>
      `${plural(lots, 'part')} of ${plural(rows, 'row')} would be written`,
    folder: 'Folder',
    folderNote: 'encrypted; nothing opens without the key',
    key: 'Key',
    keyNote:
      'take it to each machine another way, and delete it after use: whoever has both can read the records',
    sealEach: 'Seal each part, on whatever machine',
    sealed: (lot: number, of: number, rows: string) =>
      `Part ${lot} of ${of} is sealed: ${plural(rows, 'row')}`,
    assemble: 'Once all are sealed, put the bundle together in this workspace',
    complete: (lots: string) => `${plural(lots, 'part')}, all there and as planned; nobody is in two of them`,
    toOpen: (parts: string, rows: string) => `${plural(parts, 'part')} of ${plural(rows, 'customer')}`,
    openEach: 'Open each part, on whatever machine',
    opened: (part: number, of: number, rows: string) =>
      `Part ${part} of ${of} is opened, each row checked: ${plural(rows, 'row')}`,
    takeIn: 'Once all are opened, store them and sign the receipt in this workspace',
  },
);
