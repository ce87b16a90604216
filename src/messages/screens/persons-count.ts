import { plural, screen } from './screen.js';

/** Nothing went; no other way is needed; a standard contract or certification; a security assessment. */
export const ABROAD_STATES = ['none', 'exempt', 'filing', 'assessment'] as const;
export type AbroadState = (typeof ABROAD_STATES)[number];

/** How many persons a firm handles, here and elsewhere, and what that makes of it. */
export const personsCountWords = screen(
  {
    here: '本工作区',
    others: '其他处',
    total: '合计',
    persons: (count: string) => `${count} 人`,
    unsaid: '还没有填：交接之前已有的客户、其他系统和纸质档案中一共多少人？',
    on: (count: string, day: string) => `${count} 人（${day} 填写）`,
    size: '规模',
    small: '少于 100,000 人：小型个人信息处理者',
    large: '已达 100,000 人：不是小型个人信息处理者，简化的自查表和评估表不能用',
    abroad: '今年出境',
    states: {
      none: '没有',
      exempt: '没有达到门槛；告知、单独同意和影响评估照样要做',
      filing: '要订立标准合同并备案，或者通过认证',
      assessment: '要通过安全评估',
    },
    noted: '已记下',
    wouldNote: '将会记下',
    say: '填写其他处的人数',
  },
  {
    here: 'Here',
    others: 'Elsewhere',
    total: 'Total',
    persons: (count: string) => plural(count, 'person', 'persons'),
    unsaid: 'not said yet: how many were there before the handover, in other systems and on paper?',
    on: (count: string, day: string) => `${plural(count, 'person', 'persons')} (said ${day})`,
    size: 'Size',
    small: 'fewer than 100,000: a small handler',
    large: '100,000 or more: no small handler, and its short forms do not do',
    abroad: 'Abroad this year',
    states: {
      none: 'nothing',
      exempt: 'below the thresholds; notice, separate consent and assessment are needed all the same',
      filing: 'needs a standard contract that is filed, or certification',
      assessment: 'needs a security assessment',
    },
    noted: 'Noted',
    wouldNote: 'Would note',
    say: 'say how many there are elsewhere',
  },
);
