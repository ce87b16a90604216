import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';
import { severalNumbers } from './several-numbers.js';

/** Problems of a bundle that many machines seal or open. `name` is a file of the format, `lot` a number from 1, `resource` a name that was checked. */
export type LotsProblem =
  | { readonly code: 'LOTS_KEY' }
  | { readonly code: 'LOTS_KEY_PLACE'; readonly folder: string }
  | { readonly code: 'LOTS_TAKEN'; readonly name: string }
  | { readonly code: 'LOTS_NUMBER'; readonly lot: number; readonly lots: number }
  | { readonly code: 'LOTS_CHANGED'; readonly name: string }
  | { readonly code: 'LOTS_OTHER'; readonly name: string }
  | {
      readonly code: 'LOTS_PROGRAM';
      readonly name: string;
      /** Versions of the program. */
      readonly made: string;
      readonly here: string;
    }
  | { readonly code: 'LOTS_UNKNOWN' }
  | { readonly code: 'LOTS_STALE'; readonly deal: string }
  | { readonly code: 'LOTS_MISSING'; readonly lots: readonly number[] }
  | { readonly code: 'LOTS_TWICE'; readonly lot: number }
  | {
      readonly code: 'LOTS_PERSON';
      readonly resource: string;
      readonly first: number;
      readonly second: number;
    }
  | { readonly code: 'OPENED_UNKNOWN' }
  | { readonly code: 'OPENED_BEFORE'; readonly bundle: string }
  | { readonly code: 'OPENED_CHANGED'; readonly name: string }
  | { readonly code: 'OPENED_MISSING'; readonly parts: readonly number[] };

export const lotsExits: Exits<LotsProblem> = {
  LOTS_KEY: 'key',
  LOTS_KEY_PLACE: 'usage',
  LOTS_TAKEN: 'usage',
  LOTS_NUMBER: 'usage',
  LOTS_CHANGED: 'integrity',
  LOTS_OTHER: 'integrity',
  LOTS_PROGRAM: 'unsupported',
  LOTS_UNKNOWN: 'refused',
  LOTS_STALE: 'refused',
  LOTS_MISSING: 'partial',
  LOTS_TWICE: 'integrity',
  LOTS_PERSON: 'integrity',
  OPENED_UNKNOWN: 'refused',
  OPENED_BEFORE: 'refused',
  OPENED_CHANGED: 'integrity',
  OPENED_MISSING: 'partial',
};

export const lotsSentences: Bilingual<LotsProblem> = {
  zh: {
    LOTS_KEY: () => ({
      what: '这把钥匙打不开任务文件。',
      fix: '请用与任务文件同时写出的钥匙文件（handover bundle plan、handover bundle split 或 handover source plan）；一批任务只有一把钥匙。',
    }),
    LOTS_TAKEN: (p) => ({
      what: `${p.name} 已经存在，没有动它：里面也许还有没用完的份或钥匙。`,
      fix: '文件夹如果是上一次划分写出的，里面是完整的，可以接着用；要重新划分，请换一个还没有的名字。',
    }),
    LOTS_KEY_PLACE: (p) => ({
      what: `钥匙文件不能放在 ${p.folder} 里：谁拿到这个文件夹，谁就能打开里面的资料。`,
      fix: '请用 --key 另选一个地方，例如只有自己能读的文件夹。',
    }),
    LOTS_NUMBER: (p) => ({
      what: `没有第 ${p.lot} 份：一共 ${p.lots} 份，从 1 数起。`,
      fix: '请写 1 到这个数之间的一个数。',
    }),
    LOTS_CHANGED: (p) => ({
      what: `${p.name} 已损坏或被改动，与计划不符。`,
      fix: '封装结果不对的，用 handover bundle seal-part 重做这一份；其他文件不对的，用 handover bundle plan（打开交接包时用 handover bundle split）重新划分。',
    }),
    LOTS_OTHER: (p) => ({
      what: `${p.name} 属于另一次划分。`,
      fix: '什么都没有签名。请移走这个文件，用 handover bundle seal-part 在这个文件夹里重做这一份。',
    }),
    LOTS_PROGRAM: (p) => ({
      what: `${p.name} 是 handover ${p.made} 写出的，这里是 handover ${p.here}：版本不同，同一份资料做出来的结果可能不一样。`,
      fix: '这一份没有采用。请在每台机器上装同一个版本，再重做；划分之后这里换过版本的，请用现在的版本重新划分（handover source plan、handover bundle plan 或 handover bundle split）。',
    }),
    LOTS_UNKNOWN: () => ({
      what: '这批份不是在这个工作区划分的，或者已经合成过交接包。',
      fix: '请在划分它的工作区里运行；已经合成过的，用 handover status 查看交接包。',
    }),
    LOTS_STALE: (p) => ({
      what: `划分之后，协议 ${p.deal} 下可以移交的内容变了，封装好的份不再适用。`,
      fix: '什么都没有签名。请删除这个文件夹和钥匙文件，再运行 handover bundle plan。',
    }),
    LOTS_MISSING: (p) => ({
      what: `还有 ${p.lots.length} 份没有封装：${severalNumbers(p.lots, '、')}。`,
      fix: '什么都没有签名。请用 handover bundle seal-part 做完这些份，再运行一次。',
    }),
    LOTS_TWICE: (p) => ({
      what: `第 ${p.lot} 份有两个封装结果。`,
      fix: '什么都没有签名。请只留下一个；不确定时两个都移走，用 handover bundle seal-part 重做这一份。',
    }),
    LOTS_PERSON: (p) => ({
      what: `${p.resource} 里同一个编号出现在第 ${p.first} 份和第 ${p.second} 份。`,
      fix: '什么都没有签名。请删除这个文件夹和钥匙文件，再运行 handover check 和 handover bundle plan。',
    }),
    OPENED_UNKNOWN: () => ({
      what: '这个交接包没有在这个工作区里分给多台机器打开，或者后来又分过一次。',
      fix: '请用最近一次 handover bundle split 写出的文件夹；不用多台机器的，去掉 --opened。',
    }),
    OPENED_BEFORE: (p) => ({
      what: `${p.bundle} 以前已经接收入库，不用再打开。`,
      fix: '要回执的，直接运行 handover receive：回执与当时相同。',
    }),
    OPENED_CHANGED: (p) => ({
      what: `${p.name} 已损坏或被改动，与打开时不符。`,
      fix: '什么都没有入库。请用 handover bundle open-part 重做这一份，再运行一次。',
    }),
    OPENED_MISSING: (p) => ({
      what: `还有 ${p.parts.length} 份没有打开：${severalNumbers(p.parts, '、')}。`,
      fix: '什么都没有入库。请用 handover bundle open-part 做完这些份，再运行一次。',
    }),
  },
  en: {
    LOTS_KEY: () => ({
      what: 'This key does not open the job.',
      fix: 'Use the key file that was written with it (by handover bundle plan, handover bundle split or handover source plan); each job has one key.',
    }),
    LOTS_TAKEN: (p) => ({
      what: `${p.name} exists already and was left as it is: there may be parts or a key in it that are still needed.`,
      fix: 'A folder that an earlier plan wrote is whole: go on with it. To plan again, give a name that is not there yet.',
    }),
    LOTS_KEY_PLACE: (p) => ({
      what: `The key must not lie in ${p.folder}: whoever got the folder could open what is in it.`,
      fix: 'Choose another place with --key, such as a folder that only you can read.',
    }),
    LOTS_NUMBER: (p) => ({
      what: `There is no part ${p.lot}: there are ${p.lots}, counted from 1.`,
      fix: 'Give a number between the two.',
    }),
    LOTS_CHANGED: (p) => ({
      what: `${p.name} is damaged or was changed: it is not what was planned.`,
      fix: 'If it is a sealed part, seal it again with handover bundle seal-part; otherwise run handover bundle plan again (to open a bundle: handover bundle split).',
    }),
    LOTS_OTHER: (p) => ({
      what: `${p.name} belongs to another plan.`,
      fix: 'Nothing was signed. Move the file away, and seal that part again in this folder with handover bundle seal-part.',
    }),
    LOTS_PROGRAM: (p) => ({
      what: `${p.name} was written by handover ${p.made}, and this is handover ${p.here}: two versions may make different things of the same rows.`,
      fix: 'It was not used. Install one version on every machine and do the part again. If this machine got another version after the plan, plan again with the one that it has (handover source plan, handover bundle plan or handover bundle split).',
    }),
    LOTS_UNKNOWN: () => ({
      what: 'These parts were not planned in this workspace, or were put together already.',
      fix: 'Run it in the workspace that planned them; handover status shows the bundles that there are.',
    }),
    LOTS_STALE: (p) => ({
      what: `What may go under deal ${p.deal} has changed since the parts were planned: what was sealed no longer holds.`,
      fix: 'Nothing was signed. Remove the folder and the key file, and run handover bundle plan again.',
    }),
    LOTS_MISSING: (p) => ({
      what: `${p.lots.length === 1 ? 'A part is' : `${p.lots.length} parts are`} not sealed yet: ${severalNumbers(p.lots, ', ')}.`,
      fix: 'Nothing was signed. Seal them with handover bundle seal-part, and run this again.',
    }),
    LOTS_TWICE: (p) => ({
      what: `There are two sealed files of part ${p.lot}.`,
      fix: 'Nothing was signed. Keep one of them; if you do not know which, move both away and seal the part again with handover bundle seal-part.',
    }),
    LOTS_PERSON: (p) => ({
      what: `In ${p.resource} the same number stands in parts ${p.first} and ${p.second}.`,
      fix: 'Nothing was signed. Remove the folder and the key file, and run handover check and handover bundle plan again.',
    }),
    OPENED_UNKNOWN: () => ({
      what: 'This bundle was not split in this workspace, or was split once more afterwards.',
      fix: 'Use the folder of the last handover bundle split; to open it on this machine alone, leave --opened out.',
    }),
    OPENED_BEFORE: (p) => ({
      what: `${p.bundle} was received before: there is nothing to open.`,
      fix: 'For its receipt run handover receive; it is the one given then.',
    }),
    OPENED_CHANGED: (p) => ({
      what: `${p.name} is damaged or was changed: it is not what was opened.`,
      fix: 'Nothing was stored. Open that part again with handover bundle open-part, and run this again.',
    }),
    OPENED_MISSING: (p) => ({
      what: `${p.parts.length === 1 ? 'A part is' : `${p.parts.length} parts are`} not opened yet: ${severalNumbers(p.parts, ', ')}.`,
      fix: 'Nothing was stored. Open them with handover bundle open-part, and run this again.',
    }),
  },
};
