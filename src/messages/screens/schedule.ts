import { screen } from './screen.js';

/** What comes round in a firm that handles personal data. */
export const scheduleWords = screen(
  {
    routines: {
      'self-audit': '合规自查',
      training: '员工培训',
      drill: '应急演练',
      catalogue: '核对法律目录',
    },
    what: '事项',
    last: '最近一次',
    due: '最迟',
    basis: '依据',
    never: '没有',
    now: '现在',
    overdue: (what: string) => `${what}该做了。`,
    periods:
      '法律只说“定期”的，这里按培训、演练每年一次，自查两年一次（有未成年人资料的每年一次），可以更勤。',
    begin: '先做这一件',
  },
  {
    routines: {
      'self-audit': 'self-audit',
      training: 'training',
      drill: 'drill',
      catalogue: 'comparing the laws',
    },
    what: 'What',
    last: 'Last',
    due: 'Due by',
    basis: 'Law',
    never: 'never',
    now: 'now',
    overdue: (what: string) => `It is time: ${what}.`,
    periods:
      'Where the law says "regularly": training and drill once a year, the self-audit every two years (every year where there are data of minors). More often is fine.',
    begin: 'begin with this',
  },
);
