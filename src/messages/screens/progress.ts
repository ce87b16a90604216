import { plural, screen } from './screen.js';

/** The stages of long work. The keys are those of report/progress.ts, which cli/progress.ts proves by type. */
export const progressWords = screen(
  {
    stages: {
      read: '读取',
      check: '判定',
      seal: '加密并签名',
      verify: '核验',
      store: '入库',
      extract: '写出',
      audit: '核对日志',
      prove: '计算证明',
      key: '准备密钥',
      purge: '销毁',
      overwrite: '覆盖文件',
      search: '查找残留',
    },
    rows: (count: string) => `${count} 行`,
    rate: (count: string) => `${count} 行/秒`,
    left: (clock: string) => `还需 ${clock}`,
  },
  {
    stages: {
      read: 'Reading',
      check: 'Checking',
      seal: 'Encrypting and signing',
      verify: 'Verifying',
      store: 'Storing',
      extract: 'Writing',
      audit: 'Checking the log',
      prove: 'Computing the proof',
      key: 'Preparing keys',
      purge: 'Purging',
      overwrite: 'Overwriting files',
      search: 'Searching for remnants',
    },
    rows: (count: string) => plural(count, 'row'),
    rate: (count: string) => `${count} rows/s`,
    left: (clock: string) => `${clock} left`,
  },
);
