import type { TextForms } from '../../messages/campaign-text.js';
import type { Channel } from '../../messages/channels.js';
import type { Lang } from '../../messages/lang.js';
import { campaignWords } from '../../messages/screens/campaign.js';
import type { SheetColumn } from '../../report/workbook.js';
import type { JudgedRecord } from '../check/judged-records.js';

/** One person who is asked now. */
export interface AskedPerson {
  readonly record: JudgedRecord;
  readonly reach: string;
  readonly code: string;
  readonly isReminder: boolean;
  readonly hasContract: boolean;
}

/** A sheet for a channel: what is sent, or what is filled in and given back. */
export interface ChannelSheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly row: (recipient: AskedPerson) => readonly string[];
}

/** The sheet of a channel. A platform for short messages gets number and text; a call sheet has columns for what was said. */
export function sheetOf(channel: Channel, forms: TextForms, lang: Lang): ChannelSheet {
  const { headings } = campaignWords[lang];
  const name = campaignWords[lang].sheet;
  const column = (heading: string, width: number): SheetColumn => ({ heading, width });
  const asksContract = forms.questions.some(({ matter }) => matter === 'contract');
  const who = [column(headings.code, 14), column(headings.name, 12)];
  if (channel === 'sms')
    return {
      name,
      columns: [column(headings.mobile, 14), column(headings.message, 80)],
      row: (recipient) => [recipient.reach, messageFor(forms, recipient)],
    };
  if (channel === 'wechat')
    return {
      name,
      columns: [
        ...who,
        column(headings.wechat, 16),
        column(headings.message, 80),
        column(headings.wechatAnswer, 16),
        column(headings.time, 18),
      ],
      row: (recipient) => [
        recipient.code,
        recipient.record.cell('name'),
        recipient.reach,
        messageFor(forms, recipient),
        '',
        '',
      ],
    };
  return {
    name,
    columns: [
      ...who,
      column(headings.phone, 16),
      column(headings.result, 16),
      ...(asksContract ? [column(headings.contract, 16)] : []),
      column(headings.time, 18),
      column(headings.recording, 16),
    ],
    row: ({ code, record, reach, hasContract }) => [
      code,
      record.cell('name'),
      reach,
      '',
      ...(asksContract ? [hasContract ? '' : '—'] : []),
      '',
      '',
    ],
  };
}

/** The whole text the first time, the short one as a reminder. */
function messageFor({ sms }: TextForms, { isReminder, hasContract }: AskedPerson): string {
  if (isReminder) return sms.short;
  return hasContract ? (sms.withContract ?? sms.whole) : sms.whole;
}
