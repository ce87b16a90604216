import type { Lang } from './lang.js';

/** How customers are asked, and how answers come. `web` is a questionnaire: whoever is asked by another way may answer there. */
export const CHANNELS = ['sms', 'wechat', 'phone', 'paper'] as const;
export type Channel = (typeof CHANNELS)[number];
export const ANSWER_CHANNELS = [...CHANNELS, 'web'] as const;
export type AnswerChannel = (typeof ANSWER_CHANNELS)[number];

/** Why somebody of whom a word is needed is not asked now. */
export const LEFT_OUT = [
  'refused',
  'silent-twice',
  'asked',
  'no-contact',
  'child',
  'correct-first',
  'settle',
] as const;
export type LeftOutReason = (typeof LEFT_OUT)[number];

export const channelWords: Readonly<Record<Lang, Readonly<Record<AnswerChannel, string>>>> = {
  zh: { sms: '短信', wechat: '微信', phone: '电话', paper: '纸质', web: '问卷' },
  en: { sms: 'short message', wechat: 'WeChat', phone: 'call', paper: 'paper', web: 'questionnaire' },
};

export const leftOutWords: Readonly<Record<Lang, Readonly<Record<LeftOutReason, string>>>> = {
  zh: {
    refused: '已经说了不，或要求删除：不再问',
    'silent-twice': '问过两次没有答复：不再问',
    asked: '已经问过一次：等答复，提醒请加 --remind',
    'no-contact': '没有这个渠道的联系方式：换一个渠道',
    child: '不满十四周岁：请监护人当面办理，记进客户表',
    'correct-first': '客户表里要先更正',
    settle: '先查清是不是同一个人',
  },
  en: {
    refused: 'said no, or asked to be erased: never asked again',
    'silent-twice': 'asked twice without an answer: not asked again',
    asked: 'asked once: wait, or add --remind',
    'no-contact': 'cannot be reached this way: take another channel',
    child: 'under fourteen: the guardian signs in person; note it in the customer file',
    'correct-first': 'something in the customer file has to be corrected first',
    settle: 'find out first whether this is one person',
  },
};
