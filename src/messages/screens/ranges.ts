import { plural, screen } from './screen.js';

/** A customer file that is read in ranges by many machines. */
export const rangesWords = screen(
  {
    ranges: '份',
    planned: (ranges: string) => `${ranges} 份`,
    wouldPlan: (ranges: string) => `将会划分为 ${ranges} 份`,
    read: (encoding: string, fields: number) => `按 ${encoding} 读取，认出 ${fields} 个字段`,
    folder: '文件夹',
    folderNote: '没有客户资料；读取结果会加密放在这里，没有钥匙打不开',
    key: '钥匙',
    keyNote: '请另行送到各台机器，用完即删；谁两样都有，谁就能读到读取结果和标签密钥',
    readEach: '每一份都要读取，在哪台机器上都行',
    done: (range: number, of: number, rows: string) => `第 ${range} 份（共 ${of} 份）已读取：${rows} 行`,
    takeIn: '全部读取之后，在这个工作区导入',
  },
  {
    ranges: 'Parts',
    planned: (ranges: string) => plural(ranges, 'part'),
    wouldPlan: (ranges: string) => `${plural(ranges, 'part')} would be planned`,
    read: (encoding: string, fields: number) => `read as ${encoding}, ${plural(fields, 'field')} recognised`,
    folder: 'Folder',
    folderNote: 'holds no customers; what is read comes here encrypted, and nothing opens without the key',
    key: 'Key',
    keyNote:
      'take it to each machine another way, and delete it after use: whoever has both can read what was read, and has the key of the tags',
    readEach: 'Read each part, on whatever machine',
    done: (range: number, of: number, rows: string) =>
      `Part ${range} of ${of} is read: ${plural(rows, 'row')}`,
    takeIn: 'Once all are read, import them in this workspace',
  },
);
