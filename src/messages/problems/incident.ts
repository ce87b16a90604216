import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Problems of single persons, notices about them, and incidents. `request`, `notice` and `incident` are ids. */
export type IncidentProblem =
  | { readonly code: 'INCIDENT_UNKNOWN'; readonly incident: string }
  | { readonly code: 'INCIDENT_CLOSED'; readonly incident: string }
  | { readonly code: 'INCIDENT_BUNDLE_NEEDED'; readonly bundles: number }
  | { readonly code: 'INCIDENT_BUNDLE_UNKNOWN' }
  | { readonly code: 'INCIDENT_TIME'; readonly option: string }
  | { readonly code: 'INCIDENT_TIME_FUTURE'; readonly option: string }
  | { readonly code: 'INCIDENT_TOLD_EARLY' }
  | { readonly code: 'INCIDENT_CHANNEL_MISSING' }
  | { readonly code: 'INCIDENT_NOTHING_SAID' }
  | { readonly code: 'INCIDENT_DUTIES_OPEN'; readonly incident: string; readonly duties: readonly Duty[] };

/** What an incident may still owe (incident/deadlines.ts). */
type Duty =
  | 'authority'
  | 'cac'
  | 'gdpr-authority'
  | 'persons'
  | 'gdpr-persons'
  | 'guardians'
  | 'partner'
  | 'police';

export const incidentExits: Exits<IncidentProblem> = {
  INCIDENT_UNKNOWN: 'usage',
  INCIDENT_CLOSED: 'refused',
  INCIDENT_BUNDLE_NEEDED: 'usage',
  INCIDENT_BUNDLE_UNKNOWN: 'usage',
  INCIDENT_TIME: 'usage',
  INCIDENT_TIME_FUTURE: 'usage',
  INCIDENT_TOLD_EARLY: 'usage',
  INCIDENT_CHANNEL_MISSING: 'usage',
  INCIDENT_NOTHING_SAID: 'usage',
  INCIDENT_DUTIES_OPEN: 'refused',
};

const DUTY_ZH: Readonly<Record<Duty, string>> = {
  authority: '向主管部门报告',
  cac: '向省级网信部门报告',
  'gdpr-authority': '向欧盟监管机构报告',
  persons: '通知个人，或者写明不通知的理由',
  'gdpr-persons': '通知欧盟境内的个人',
  guardians: '通知未成年人及其监护人',
  partner: '告知对方',
  police: '向公安机关报案',
};
const DUTY_EN: Readonly<Record<Duty, string>> = {
  authority: 'telling the authority',
  cac: 'telling the provincial cyberspace administration',
  'gdpr-authority': 'telling the supervisory authority under the GDPR',
  persons: 'telling the persons, or the reason for not telling them',
  'gdpr-persons': 'telling the persons under the GDPR',
  guardians: 'telling the minors and their guardians',
  partner: 'telling the other party',
  police: 'telling the police',
};

export const incidentSentences: Bilingual<IncidentProblem> = {
  zh: {
    INCIDENT_UNKNOWN: (p) => ({
      what: `没有编号为 ${p.incident} 的安全事件。`,
      fix: '用 handover incident list 查看全部安全事件的编号。',
    }),
    INCIDENT_CLOSED: (p) => ({
      what: `安全事件 ${p.incident} 已经办结，不能再更改。`,
      fix: '如有新的情况，请用 handover incident open 另行登记，并在说明里写明原来的编号。',
    }),
    INCIDENT_BUNDLE_NEEDED: (p) => ({
      what:
        p.bundles === 0
          ? '这个工作区里还没有交接包，不知道是什么丢失或者发错了。'
          : `这个工作区里有 ${p.bundles} 个交接包，不知道是哪一个。`,
      fix:
        p.bundles === 0
          ? '请用 --dataset 写明数据集的编号；如果交接包文件还在手边，用 --bundle 写明文件。'
          : '请用 --bundle 写明交接包的编号或文件名；发错的如果是明文文件，请用 --dataset 写明数据集的编号。',
    }),
    INCIDENT_BUNDLE_UNKNOWN: () => ({
      what: '这个工作区里没有这个交接包，这里也没有这个文件。',
      fix: '用 handover status 查看交接包的文件名，或者写明文件所在的位置。',
    }),
    INCIDENT_TIME: (p) => ({
      what: `选项 ${p.option} 的时间看不懂。`,
      fix: '请写成“2026-11-20 16:00”的样子（北京时间，写在引号里），或者只写日期。',
    }),
    INCIDENT_TIME_FUTURE: (p) => ({
      what: `选项 ${p.option} 的时间还没有到。`,
      fix: '请写已经发生的时间；电脑的时钟不准时，请先校准。',
    }),
    INCIDENT_TOLD_EARLY: () => ({
      what: '告知的时间早于发现的时间。',
      fix: '请核对 --at 的时间；用 handover incident show 可以查看登记的发现时间。',
    }),
    INCIDENT_CHANNEL_MISSING: () => ({
      what: '没有写明是用什么方式告知个人的。',
      fix: '请加上 --channel：电话 phone、短信 sms、即时通信 im、电子邮件 mail 或者公告 announcement。',
    }),
    INCIDENT_NOTHING_SAID: () => ({
      what: '没有写要补充什么。',
      fix: '请至少写一项：--note、--told、--measure、--cause、--not-telling-persons、--minors 或 --grade。',
    }),
    INCIDENT_DUTIES_OPEN: (p) => ({
      what: `安全事件 ${p.incident} 还不能办结，尚未完成：${p.duties.map((duty) => DUTY_ZH[duty]).join('、')}。`,
      fix: '告知以后用 handover incident update 加 --told 记录；能够有效避免危害、决定不通知个人的，用 --not-telling-persons 写明理由；查明并未发生泄露、篡改、丢失的，办结时加 --unfounded。',
    }),
  },
  en: {
    INCIDENT_UNKNOWN: (p) => ({
      what: `There is no incident ${p.incident}.`,
      fix: 'Run handover incident list to see the ids of all incidents.',
    }),
    INCIDENT_CLOSED: (p) => ({
      what: `Incident ${p.incident} is closed and cannot be changed.`,
      fix: 'If something new came to light, open another one with handover incident open and name the old id in its summary.',
    }),
    INCIDENT_BUNDLE_NEEDED: (p) => ({
      what:
        p.bundles === 0
          ? 'There is no bundle in this workspace, so it is not clear what was lost or went astray.'
          : `There are ${p.bundles} bundles in this workspace, and it is not clear which one is meant.`,
      fix:
        p.bundles === 0
          ? 'Name the dataset with --dataset, or the file with --bundle if there is one.'
          : 'Name it with --bundle by its id or file name; if it was a file in clear that went astray, name its dataset with --dataset.',
    }),
    INCIDENT_BUNDLE_UNKNOWN: () => ({
      what: 'There is no such bundle in this workspace, and no such file here.',
      fix: 'Run handover status to see the file names of the bundles, or give the path of the file.',
    }),
    INCIDENT_TIME: (p) => ({
      what: `The time of option ${p.option} cannot be read.`,
      fix: 'Write it like "2026-11-20 16:00" (China time, in quotes), or the date alone.',
    }),
    INCIDENT_TIME_FUTURE: (p) => ({
      what: `The time of option ${p.option} has not come yet.`,
      fix: 'Give a time that has passed; if the clock of this computer is wrong, set it right first.',
    }),
    INCIDENT_TOLD_EARLY: () => ({
      what: 'The time of telling is before the incident was discovered.',
      fix: 'Check the time of --at; handover incident show says when the incident was discovered.',
    }),
    INCIDENT_CHANNEL_MISSING: () => ({
      what: 'It is not said in which way the persons were told.',
      fix: 'Add --channel: phone, sms, im, mail or announcement.',
    }),
    INCIDENT_NOTHING_SAID: () => ({
      what: 'There is nothing to add.',
      fix: 'Give at least one of --note, --told, --measure, --cause, --not-telling-persons, --minors and --grade.',
    }),
    INCIDENT_DUTIES_OPEN: (p) => ({
      what: `Incident ${p.incident} cannot be closed yet; still owed: ${p.duties.map((duty) => DUTY_EN[duty]).join('; ')}.`,
      fix: 'Once told, record it with handover incident update and --told; if the harm is effectively avoided and persons are not told, give the reason with --not-telling-persons; if nothing was leaked, altered or lost after all, close with --unfounded.',
    }),
  },
};
