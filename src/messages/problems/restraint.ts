import { clockTime } from '../clock-time.js';
import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Problems of holds, freezes, the clock and the erasure ledger. `restraint` is an id, `known` an instant, `days` whole days. */
export type RestraintProblem =
  | { readonly code: 'CLOCK_BACK'; readonly known: string; readonly by: 'log' | 'document' }
  | { readonly code: 'CLOCK_AHEAD'; readonly known: string; readonly days: number }
  | { readonly code: 'RESTRAINT_UNKNOWN'; readonly restraint: string }
  | { readonly code: 'RESTRAINT_ENDED'; readonly restraint: string }
  | { readonly code: 'FREEZE_OVER'; readonly until: string }
  | { readonly code: 'SUBJECTS_EMPTY'; readonly name: string }
  | { readonly code: 'LEDGER_NONE' }
  | { readonly code: 'LEDGER_OTHER_WORKSPACE' };

export const restraintExits: Exits<RestraintProblem> = {
  CLOCK_BACK: 'refused',
  CLOCK_AHEAD: 'refused',
  RESTRAINT_UNKNOWN: 'usage',
  RESTRAINT_ENDED: 'refused',
  FREEZE_OVER: 'refused',
  SUBJECTS_EMPTY: 'usage',
  LEDGER_NONE: 'refused',
  LEDGER_OTHER_WORKSPACE: 'authenticity',
};

export const restraintSentences: Bilingual<RestraintProblem> = {
  zh: {
    CLOCK_BACK: (p) => ({
      what: `电脑的时间早于${p.by === 'log' ? '日志里最近的事件' : '对方文件上的时间'}（${clockTime(p.known)}）。`,
      fix:
        p.by === 'log'
          ? '请先校准电脑的日期和时间，再运行一次。时间不对，就不能判断哪些资料到期。'
          : '请先核对电脑的日期和时间。确认没错、是对方的时间不对，就加上 --clock-is-right 再运行一次。',
    }),
    CLOCK_AHEAD: (p) => ({
      what: `距离已知的最近时间（${clockTime(p.known)}）已经过去 ${p.days} 天，也可能是电脑的日期不对。`,
      fix: '请核对电脑的日期。确认没错，就加上 --clock-is-right 再运行一次；--yes 不能代替。',
    }),
    RESTRAINT_UNKNOWN: (p) => ({
      what: `没有编号为 ${p.restraint} 的保全或封存。`,
      fix: '用 handover hold list 或 handover freeze list 查看编号。',
    }),
    RESTRAINT_ENDED: (p) => ({
      what: `${p.restraint} 已经解除了。`,
      fix: '不用再解除。要重新保全或封存，请另设一项。',
    }),
    FREEZE_OVER: (p) => ({
      what: `从这一天算起，法定保存期在 ${p.until} 已经届满，不用封存。`,
      fix: '请核对起算日期和依据；仍需保留的，请用 handover hold add 设置保全并写明原因。',
    }),
    SUBJECTS_EMPTY: (p) => ({
      what: `${p.name} 里没有客户编号。`,
      fix: '请每行写一个客户编号，与客户表里的完全一样。',
    }),
    LEDGER_NONE: () => ({
      what: '这个工作区没有销毁台账，也没有指定台账文件。',
      fix: '如果工作区是从旧备份恢复的，请指定销毁证明旁边的 .erased.json 文件。',
    }),
    LEDGER_OTHER_WORKSPACE: () => ({
      what: '这份销毁台账属于另一个工作区。',
      fix: '请换成本工作区销毁时写出的 .erased.json 文件。',
    }),
  },
  en: {
    CLOCK_BACK: (p) => ({
      what: `This computer's clock is behind ${p.by === 'log' ? 'the latest event of the log' : "the time in the other party's document"} (${clockTime(p.known)}).`,
      fix:
        p.by === 'log'
          ? 'Set date and time right and run it again. Under a wrong clock nobody can tell what is due.'
          : 'Check date and time. If they are right and the document is wrong, run it again with --clock-is-right.',
    }),
    CLOCK_AHEAD: (p) => ({
      what: `The latest known time (${clockTime(p.known)}) lies ${p.days} days back, or this computer's date is wrong.`,
      fix: 'Check the date. If it is right, run it again with --clock-is-right; --yes does not answer this.',
    }),
    RESTRAINT_UNKNOWN: (p) => ({
      what: `There is no hold or freeze ${p.restraint}.`,
      fix: 'Run handover hold list or handover freeze list to see their ids.',
    }),
    RESTRAINT_ENDED: (p) => ({
      what: `${p.restraint} has ended already.`,
      fix: 'There is nothing to end. To keep the records again, place another.',
    }),
    FREEZE_OVER: (p) => ({
      what: `Counted from that day the statutory period ended on ${p.until}, so there is nothing to freeze.`,
      fix: 'Check the day and the basis; to keep the records for another reason, use handover hold add.',
    }),
    SUBJECTS_EMPTY: (p) => ({
      what: `${p.name} holds no customer number.`,
      fix: 'Write one customer number a line, exactly as in the customer file.',
    }),
    LEDGER_NONE: () => ({
      what: 'This workspace has no erasure ledger, and no ledger file was named.',
      fix: 'If the workspace was restored from an old copy, name the .erased.json file that lies beside the certificate.',
    }),
    LEDGER_OTHER_WORKSPACE: () => ({
      what: 'This erasure ledger belongs to another workspace.',
      fix: 'Name the .erased.json file that a purge of this workspace wrote.',
    }),
  },
};
