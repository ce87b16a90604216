import { screen } from './screen.js';

/** Questions that a terminal asks where a command line would have options. */
export const askWords = screen(
  {
    chooseKeys: '↑↓ 选择，回车确定，Esc 离开',
    severalKeys: '↑↓ 移动，空格 改变，回车确定，Esc 离开',
    otherFile: '别处的文件：输入路径，或者把文件拖到这个窗口',
    noFile: '还没有，先空着',
    typePath: '文件路径（可以把文件拖进来）：',
    notThere: (name: string) => `找不到文件 ${name}，请再选一次。`,
    whichFile: (what: string) => `选择${what}：`,
    again: '写法不对，请再写一次。',
    day: '写成 2026-11-20 或 2026年11月20日。',
    period: '写成 30天、6个月 或 3年。',
  },
  {
    chooseKeys: '↑↓ choose, Enter takes it, Esc leaves',
    severalKeys: '↑↓ move, Space changes, Enter is done, Esc leaves',
    otherFile: 'Another file: type its path, or drop it onto this window',
    noFile: 'Not yet; leave it blank',
    typePath: 'Path of the file (it can be dropped here):',
    notThere: (name: string) => `There is no file ${name}; choose once more.`,
    whichFile: (what: string) => `Choose ${what}:`,
    again: 'This cannot be read; once more, please.',
    day: 'Write it like 2026-11-20.',
    period: 'Write it like "30 days", "6 months" or "3 years".',
  },
);
