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
      key: '准备密钥',
      purge: '销毁',
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
      key: 'Preparing keys',
      purge: 'Purging',
    },
    rows: (count: string) => plural(count, 'row'),
    rate: (count: string) => `${count} rows/s`,
    left: (clock: string) => `${clock} left`,
  },
);
