import { plural, screen } from './screen.js';

/** What a closing sets going: the clocks of the law around the day on which a deal takes effect. */
export const closingWords = screen(
  {
    title: '交接引起的法定时限',
    overdue: (due: string, days: number) => `${due}（已过 ${days} 天）`,
    open: (due: string, days: number) => (days === 0 ? `${due}（今天）` : `${due}（还有 ${days} 天）`),
    done: (on: string) => `${on} 已办`,
    sayDay: (day: string) => `先记下 ${day} 的日期`,
    noted: '已记下',
    wouldNote: '将会记下',
    label: '法定时限',
    late: (count: number) => `已过期 ${count} 项`,
    next: (due: string, what: string) => `下一项：${due}，${what}`,
    waiting: (count: number) => `${count} 项还没有起算的日子`,
    see: '（handover followup list）',
    entry: (what: string) => `法定时限：${what}`,
    list: '查看法定时限',
  },
  {
    title: 'Deadlines that the closing sets',
    overdue: (due: string, days: number) => `${due} (${plural(days, 'day')} ago)`,
    open: (due: string, days: number) =>
      days === 0 ? `${due} (today)` : `${due} (${plural(days, 'day')} left)`,
    done: (on: string) => `met ${on}`,
    sayDay: (day: string) => `say the day first: ${day}`,
    noted: 'Noted',
    wouldNote: 'Would note',
    label: 'Deadlines',
    late: (count: number) => `${count} overdue`,
    next: (due: string, what: string) => `next: ${due}, ${what}`,
    waiting: (count: number) => `${count} with no day to count from yet`,
    see: ' (handover followup list)',
    entry: (what: string) => `deadline: ${what}`,
    list: 'see the deadlines',
  },
);
