import type { AnswerChannel } from '../../messages/channels.js';
import type { ConsentMethod } from '../../policy/consent.js';
import { ANSWERED } from '../../store/dataset-rows.js';

/** How answers are kept: as events of the consent ledger, so that the verdict hears them like all others. */
export const ANSWERS = {
  /** What the dataset is called, to know it from a ledger that came from elsewhere. */
  resource: ANSWERED,
  columns: ['subject', 'event', 'time', 'recipient', 'purpose', 'method', 'evidence', 'notice', 'matter'],
} as const;

/** How a yes by each channel was expressed; one that was only spoken has no recording. */
export const METHOD_OF: Readonly<Record<AnswerChannel, ConsentMethod>> = {
  sms: 'sms',
  wechat: 'wechat',
  phone: 'phone-recording',
  paper: 'paper',
  web: 'app',
};

/** The channel of an answer as it was kept. */
export function channelOf(method: string): AnswerChannel {
  if (method === 'verbal') return 'phone';
  const channels: readonly AnswerChannel[] = ['sms', 'wechat', 'phone', 'paper', 'web'];
  return channels.find((channel) => METHOD_OF[channel] === method) ?? 'paper';
}
