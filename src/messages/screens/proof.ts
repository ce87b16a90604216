import { plural, screen } from './screen.js';

/** Proofs that stand alone: made, and checked. */
export const proofWords = screen(
  {
    eventFile: (event: number) => `事件-${event}`,
    writtenEvent: (event: number, path: string) => `已写出第 ${event} 个事件的证明  ${path}`,
    event: '事件',
    eventText: (event: number, time: string, what: string, who: string) =>
      `第 ${event} 个，${time}，${what}（操作人 ${who}）`,
    under: '日志',
    underText: (size: string) => `在前 ${size} 个事件的检查点之下`,
    digest: 'SHA-256',
    handOver: '连同自己的名片一起交给对方；对方运行',
    yourCard: '您的名片.card.json',

    provedEvent: (issuer: string, event: number) => `属实：${issuer} 的日志里第 ${event} 个事件就是这一条。`,
    issuer: '出具方',
    fingerprint: '指纹',
    objects: '对象',
    content: '内容',
    origin: '日志编号',
    notProvedEvent:
      '没有证明的：这件事当时是否真的发生，时间是否准确（时间取自出具方的电脑），以及日志里还有别的什么。',
    compare: '名片指纹是否属于出具方，请用电话等其他途径核对。',
  },
  {
    eventFile: (event: number) => `event-${event}`,
    writtenEvent: (event: number, path: string) => `Proof of event ${event} written  ${path}`,
    event: 'Event',
    eventText: (event: number, time: string, what: string, who: string) =>
      `no. ${event}, ${time}, ${what} (by ${who})`,
    under: 'Log',
    underText: (size: string) => `under the checkpoint of the first ${plural(size, 'event')}`,
    digest: 'SHA-256',
    handOver: 'hand it over with your card; whoever checks it runs',
    yourCard: 'YOUR.card.json',

    provedEvent: (issuer: string, event: number) =>
      `True: event ${event} in the log of ${issuer} is this one.`,
    issuer: 'Issuer',
    fingerprint: 'Fingerprint',
    objects: 'About',
    content: 'Details',
    origin: 'Log id',
    notProvedEvent:
      'Not proved: that it really happened so, that the time is right (it is of the issuer’s computer), and what else the log holds.',
    compare: 'Whether the fingerprint is the issuer’s has to be compared by telephone or another channel.',
  },
);
