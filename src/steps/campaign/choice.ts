import type { Sha256 } from '../../base/crypto.js';
import { landline, mobile } from '../../dataset/phones.js';
import type { Channel, LeftOutReason } from '../../messages/channels.js';
import { ANSWERABLE } from '../../policy/help.js';
import { reasonSet } from '../../policy/reasons.js';
import { verdictOf } from '../../policy/verdict.js';
import type { JudgedRecord } from '../check/judged-records.js';
import { isUnreached, lastWord, type PersonBook, timesAsked } from './book.js';

const CHILD = reasonSet('GUARDIAN_MISSING');
const TWIN = reasonSet('SAME_PERSON_REFUSED');

/** After so many messages without an answer nobody is asked again. */
const MOST_ASKED = 2;

/** What decides about one person. */
export interface ChoiceBasis {
  readonly channel: Channel;
  readonly remind: boolean;
  readonly person: PersonBook;
  readonly text: Sha256;
}

/** Why somebody is not asked now by this channel; null for whoever is. */
export function leftOutReason(
  record: JudgedRecord,
  { channel, remind, person, text }: ChoiceBasis,
): LeftOutReason | null {
  const { reasons } = record;
  const verdict = verdictOf(reasons);
  if (verdict === 'withhold' || lastWord(person, 'data')?.what === 'no') return 'refused';
  if (verdict !== 'ask') return 'correct-first';
  if ((reasons & CHILD) !== 0) return 'child';
  if ((reasons & TWIN) !== 0) return 'settle';
  if ((reasons & ~ANSWERABLE) !== 0) return 'correct-first';
  const times = timesAsked(person, text);
  if (times >= MOST_ASKED) return 'silent-twice';
  if (times > 0 && !remind && !isUnreached(person)) return 'asked';
  if (isUnreached(person) && person.asked.at(-1)?.channel === channel) return 'no-contact';
  return reachOn(record, channel) === '' ? 'no-contact' : null;
}

/** How a person is reached by a channel; '' if not at all. */
export function reachOn({ cell }: JudgedRecord, channel: Channel): string {
  const own = [cell('mobile'), cell('mobile_2')].find((number) => isPhone(number)) ?? '';
  switch (channel) {
    case 'sms':
      return own;
    case 'wechat':
      return cell('wechat') || own;
    case 'phone':
      return own || (isLandline(cell('landline')) ? cell('landline') : '');
    case 'paper':
      return cell('address');
  }
}

function isPhone(cell: string): boolean {
  return /^1[3-9]\d{9}$/.test(mobile(cell, () => undefined));
}

function isLandline(cell: string): boolean {
  return cell !== '' && landline(cell, () => undefined) !== '';
}
