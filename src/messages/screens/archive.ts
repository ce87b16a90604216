import { plural, screen } from './screen.js';

/** The cabinet of what only a statute keeps, where it is shown: at import, in the status. */
export const archiveWords = screen(
  {
    label: '法定档案',
    why: '保存依据',
    kept: (basis: string, since: string, until: string) => `${basis}：${since} 至 ${until}，首尾都算`,
    apart: '与客户清单分开存放，各用各的密钥；不判定、不征求意见、不移交，期满后销毁',
    customers: (persons: string) => `其中 ${persons} 位也在客户清单里：那里照常判定，这里的记录不随之移交`,
    returned: '又是客户',
    returnedText: (persons: string) => `${persons} 位来自法定档案；那里的记录照旧`,
    status: (records: string, files: string, until: string) =>
      `${records} 条（${files} 份），不在客户清单里；最早 ${until} 期满`,
    next: '看什么保存到什么时候',
  },
  {
    label: 'Archive',
    why: 'Kept for',
    kept: (basis: string, since: string, until: string) =>
      `${basis}: from ${since} to ${until}, both included`,
    apart:
      'apart from the customer list, under a key of its own; never judged, asked or handed over, purged when its period is over',
    customers: (persons: string) =>
      `${persons} of its persons are in the customer list too: they are judged there, and the records here do not go with them`,
    returned: 'Again customers',
    returnedText: (persons: string) =>
      `${plural(persons, 'person')} of the statutory archive; the records there stay as they are`,
    status: (records: string, files: string, until: string) =>
      `${plural(records, 'record')} in ${plural(files, 'file')}, not in the customer list; the first period ends on ${until}`,
    next: 'see what is kept until when',
  },
);
