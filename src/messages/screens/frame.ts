import { screen } from './screen.js';

/** What the frame around every command says. */
export const frameWords = screen(
  {
    next: '下一步：',
    dryRun: '以下只是预演，什么都没有做：',
    passphrase: {
      workspace: {
        known: '工作区口令：',
        fresh: (least: number) => `为这个工作区设一个口令（至少 ${least} 个字符）：`,
        again: '再输入一次：',
      },
      approver: {
        known: '批准人本人的口令：',
        fresh: (least: number) => `批准人设一个本人的口令（至少 ${least} 个字符，不要告诉经办人）：`,
        again: '再输入一次：',
      },
    },
    openFile: (option: string) => `提醒：${option} 的文件别人也能读，请执行 chmod 600。`,
    trace: '出错的位置（不含资料）：',
  },
  {
    next: 'Next: ',
    dryRun: 'A rehearsal; nothing was done:',
    passphrase: {
      workspace: {
        known: 'Passphrase of the workspace: ',
        fresh: (least: number) => `A passphrase for this workspace (at least ${least} characters): `,
        again: 'Once more: ',
      },
      approver: {
        known: "The approver's own passphrase: ",
        fresh: (least: number) =>
          `New passphrase of the approver, unknown to the clerk (${least} characters or more): `,
        again: 'Once more: ',
      },
    },
    openFile: (option: string) => `Note: others can read the file of ${option}; run chmod 600 on it.`,
    trace: 'Where it failed (no data):',
  },
);
