import type { Exits } from '../exit.js';
import { type FindingCode, findingText } from '../findings.js';
import type { Bilingual } from '../lang.js';

/** Problems of single persons, notices about them, and incidents. `request`, `notice` and `incident` are ids. */
export type SubjectProblem =
  | { readonly code: 'SUBJECT_UNKNOWN' }
  | { readonly code: 'SUBJECT_TAGS_GONE'; readonly bundle: number }
  | { readonly code: 'SUBJECT_PURPOSE'; readonly purposes: readonly string[] }
  | { readonly code: 'SUBJECT_FIELD'; readonly fields: readonly string[] }
  | { readonly code: 'SUBJECT_FIELD_FIXED'; readonly field: string }
  | { readonly code: 'SUBJECT_VALUE'; readonly field: string; readonly finding: FindingCode }
  | { readonly code: 'SUBJECT_VALUE_SOURCE' }
  | { readonly code: 'SUBJECT_VALUE_SAME' }
  | { readonly code: 'SUBJECT_ERASED' }
  | { readonly code: 'SUBJECT_PAIR' }
  | { readonly code: 'SUBJECT_PAIR_WHOSE' }
  | { readonly code: 'SUBJECT_PAIR_THIRD' }
  | { readonly code: 'SUBJECT_HELD' }
  | { readonly code: 'SUBJECT_FROZEN'; readonly until: string }
  | { readonly code: 'SUBJECT_PURGE_FAILED' }
  | { readonly code: 'REQUEST_WHO' }
  | { readonly code: 'REQUEST_MINOR' }
  | { readonly code: 'REQUEST_RELATIVE' }
  | { readonly code: 'REQUEST_DATES' }
  | { readonly code: 'REQUEST_UNKNOWN' }
  | { readonly code: 'REQUEST_CLOSED' }
  | { readonly code: 'REQUEST_NOT_COMPLAINT' }
  | { readonly code: 'NOTICE_ROLE'; readonly role: 'seller' | 'buyer' }
  | { readonly code: 'NOTICE_SENDER_UNKNOWN' }
  | { readonly code: 'NOTICE_NOT_FOR_US' }
  | { readonly code: 'NOTICE_OTHER_DEAL'; readonly deal: string }
  | { readonly code: 'NOTICE_CONTENT' }
  | { readonly code: 'NOTICE_DATA' }
  | { readonly code: 'NOTICE_REPLAY'; readonly number: number }
  | { readonly code: 'NOTICE_UNKNOWN' }
  | { readonly code: 'COMPLETION_OTHER_NOTICE'; readonly number: number }
  | { readonly code: 'COMPLETION_PARTY'; readonly number: number }
  | { readonly code: 'COMPLETION_COUNTS'; readonly number: number }
  | { readonly code: 'COMPLETION_SECOND'; readonly number: number }
  | { readonly code: 'DEAL_ABORTED'; readonly deal: string }
  | { readonly code: 'DEAL_RECEIVED'; readonly deal: string };

export const subjectExits: Exits<SubjectProblem> = {
  SUBJECT_UNKNOWN: 'usage',
  SUBJECT_TAGS_GONE: 'refused',
  SUBJECT_PURPOSE: 'usage',
  SUBJECT_FIELD: 'usage',
  SUBJECT_FIELD_FIXED: 'refused',
  SUBJECT_VALUE: 'findings',
  SUBJECT_VALUE_SOURCE: 'usage',
  SUBJECT_VALUE_SAME: 'usage',
  SUBJECT_ERASED: 'usage',
  SUBJECT_PAIR: 'usage',
  SUBJECT_PAIR_WHOSE: 'usage',
  SUBJECT_PAIR_THIRD: 'usage',
  SUBJECT_HELD: 'refused',
  SUBJECT_FROZEN: 'refused',
  SUBJECT_PURGE_FAILED: 'integrity',
  REQUEST_WHO: 'usage',
  REQUEST_MINOR: 'refused',
  REQUEST_RELATIVE: 'refused',
  REQUEST_DATES: 'usage',
  REQUEST_UNKNOWN: 'usage',
  REQUEST_CLOSED: 'usage',
  REQUEST_NOT_COMPLAINT: 'usage',
  NOTICE_ROLE: 'usage',
  NOTICE_SENDER_UNKNOWN: 'authenticity',
  NOTICE_NOT_FOR_US: 'authenticity',
  NOTICE_OTHER_DEAL: 'authenticity',
  NOTICE_CONTENT: 'integrity',
  NOTICE_DATA: 'integrity',
  NOTICE_REPLAY: 'authenticity',
  NOTICE_UNKNOWN: 'authenticity',
  COMPLETION_OTHER_NOTICE: 'authenticity',
  COMPLETION_PARTY: 'authenticity',
  COMPLETION_COUNTS: 'integrity',
  COMPLETION_SECOND: 'authenticity',
  DEAL_ABORTED: 'refused',
  DEAL_RECEIVED: 'refused',
};

const NOTICE_ZH = '请通过电话向卖方核实，并请对方重新发送原来的通知函；什么都没有改动。';
const NOTICE_EN = 'Ask the seller by telephone, and for the original notice again; nothing was changed.';
const COMPLETION_ZH = '请通过电话向买方核实，并请对方重新发送办结单。';
const COMPLETION_EN = 'Ask the buyer by telephone, and for the completion again.';

export const subjectSentences: Bilingual<SubjectProblem> = {
  zh: {
    SUBJECT_UNKNOWN: () => ({
      what: '这个工作区里没有这个客户编号。',
      fix: '请核对客户编号，与客户表里的完全一样（大小写、前导零）。',
    }),
    SUBJECT_TAGS_GONE: (p) => ({
      what: `第 ${p.bundle} 个交接包是旧版程序接收的，没有留下查找客户用的密钥，现在无法在其中查找。`,
      fix: '请找到原来的交接包，再运行一次 handover receive：资料不会重复，密钥会补上。',
    }),
    SUBJECT_PURPOSE: (p) => ({
      what: '协议里没有这个用途。',
      fix:
        p.purposes.length === 0
          ? '请去掉 --purpose：撤回全部用途的同意。'
          : `请用 --purpose 指定其中一个：${p.purposes.join('、')}；或去掉它，撤回全部用途的同意。`,
    }),
    SUBJECT_FIELD: (p) => ({
      what: '这位客户的记录里没有这个字段。',
      fix: `请用 --field 指定其中一个：${p.fields.join('、')}。`,
    }),
    SUBJECT_FIELD_FIXED: (p) => ({
      what: `字段 ${p.field} 不能这样更正。`,
      fix: '客户编号是查找客户的依据；同意、通知等凭证请重新导入，或用 handover subject withdraw 登记撤回。',
    }),
    SUBJECT_VALUE: (p) => ({
      what: `新的值不能用：${findingText('zh', p.finding)}。`,
      fix: '请与客户核对后再输入一次；原来的值没有变。',
    }),
    SUBJECT_VALUE_SOURCE: () => ({
      what: '没有给出新的值。',
      fix: '请在终端里运行，按提示输入；或用 --value-file 指定只有一行新值的文件。不要写在命令行里。',
    }),
    SUBJECT_VALUE_SAME: () => ({
      what: '新的值与现有的一样。',
      fix: '请核对字段和客户编号；没有改动任何资料。',
    }),
    SUBJECT_ERASED: () => ({
      what: '这位客户的资料已经销毁。',
      fix: '用 handover subject history 查看何时销毁、依据什么。',
    }),
    SUBJECT_PAIR: () => ({
      what: '两个客户编号是同一个。',
      fix: '请写两个不同的编号，如 handover subject decide C001 C002 --as one。',
    }),
    SUBJECT_PAIR_WHOSE: () => ({
      what: '--said-by 须是这两个客户编号之一，并且与 --as two 同用。',
      fix: '写明当作同一人期间登记的请求是谁提出的，如 handover subject decide C001 C002 --as two --said-by C001。',
    }),
    SUBJECT_PAIR_THIRD: () => ({
      what: '这两个编号都记为与另一个编号是同一人，所以仍是同一人。',
      fix: '先用 handover subject decide 把其中一个与那个编号记为两个人（two），再记这两个。',
    }),
    SUBJECT_HELD: () => ({
      what: '这位客户的资料正在保全，现在不能销毁。',
      fix: '请告诉客户原因；保全解除后再运行一次。用 handover subject show 查看是哪一项保全。',
    }),
    SUBJECT_FROZEN: (p) => ({
      what: `法定保存期未满（至 ${p.until}），这位客户的资料现在只封存、不销毁。`,
      fix: '请告诉客户原因；到期后再运行一次。用 handover subject show 查看依据。',
    }),
    SUBJECT_PURGE_FAILED: () => ({
      what: '销毁没有成功：工作区里还能找到残留。',
      fix: '用 handover purge show 查看残留在哪些文件里，处理后再运行一次。',
    }),
    REQUEST_WHO: () => ({
      what: '没有说明是谁提出请求、怎样核实的身份。',
      fix: '请加上 --requester（self 本人、guardian 监护人、relative 近亲属、agent 代理人）和 --verified（in-person 当面、callback 回拨登记号码、code 验证码、writing 书面）。',
    }),
    REQUEST_MINOR: () => ({
      what: '这是不满十四周岁的未成年人，只能由本人或监护人提出请求。',
      fix: '请由监护人提出（--requester guardian）；如果要拒绝，用 handover request open 登记，再用 handover request refuse 写明理由。',
    }),
    REQUEST_RELATIVE: () => ({
      what: '近亲属可以为去世的客户查阅、复制、更正、删除资料，不能代为撤回同意或提出异议。',
      fix: '如果要停止使用，请改用 handover subject erase。',
    }),
    REQUEST_DATES: () => ({
      what: '日期不对：请求不能在今天以后收到，答复期限不能早于收到的日子。',
      fix: '请核对 --received 和 --due。',
    }),
    REQUEST_UNKNOWN: () => ({
      what: '登记簿里没有这个请求。',
      fix: '用 handover request list 查看编号；可以只写编号的最后几位（至少 8 位）。',
    }),
    REQUEST_CLOSED: () => ({
      what: '这个请求已经办结。',
      fix: '用 handover request list 查看结果；客户再次提出的，另行登记。',
    }),
    REQUEST_NOT_COMPLAINT: () => ({
      what: '这不是投诉，不能只写结果就办结。',
      fix: '请照客户的要求办理（handover subject …），办完自动办结；不能办的，用 handover request refuse 写明理由。',
    }),
    NOTICE_ROLE: (p) => ({
      what:
        p.role === 'seller'
          ? '通知函由卖方发出、由买方办理；这里是卖方的工作区。'
          : '办结单由卖方收下；这里是买方的工作区。',
      fix:
        p.role === 'seller'
          ? '买方发回的办结单用 handover notice accept 收下。'
          : '卖方发来的通知函用 handover notice apply 办理。',
    }),
    NOTICE_SENDER_UNKNOWN: () => ({
      what: '通知函来自一张没有核对过的名片。',
      fix: '请确认来自哪个卖方；如果对方换了名片，先用 handover trust add 核对指纹。',
    }),
    NOTICE_NOT_FOR_US: () => ({ what: '这份通知函不是发给贵方这个工作区的。', fix: NOTICE_ZH }),
    NOTICE_OTHER_DEAL: (p) => ({
      what: `通知函所说的协议 ${p.deal}，与双方在这里签署的对不上。`,
      fix: NOTICE_ZH,
    }),
    NOTICE_CONTENT: () => ({ what: '通知函的内容前后矛盾。', fix: NOTICE_ZH }),
    NOTICE_DATA: () => ({
      what: '通知函旁边的加密文件（.notice.data.age）不是卖方签名时的那一个。',
      fix: NOTICE_ZH,
    }),
    NOTICE_REPLAY: (p) => ({
      what: `第 ${p.number} 号通知函以前收到过，这一份内容不同。`,
      fix: '请保留这两份文件作为证据，并通过电话向卖方核实；什么都没有改动。',
    }),
    NOTICE_UNKNOWN: () => ({
      what: '这份办结单答复的通知函，不是从这个工作区发出的。',
      fix: '请核对文件；用 handover notice list 查看发出的通知函。',
    }),
    COMPLETION_OTHER_NOTICE: (p) => ({ what: `办结单与第 ${p.number} 号通知函对不上。`, fix: COMPLETION_ZH }),
    COMPLETION_PARTY: (p) => ({
      what: `办结单里的双方与第 ${p.number} 号通知函的不同。`,
      fix: COMPLETION_ZH,
    }),
    COMPLETION_COUNTS: (p) => ({
      what: `第 ${p.number} 号通知函的办结单，人数对不上或缺少销毁证明。`,
      fix: COMPLETION_ZH,
    }),
    COMPLETION_SECOND: (p) => ({
      what: `第 ${p.number} 号通知函已经有一份办结单，这一份内容不同。`,
      fix: '请保留这两份文件作为证据，并通过电话向买方核实。',
    }),
    DEAL_ABORTED: (p) => ({
      what: `协议 ${p.deal} 已经终止。`,
      fix: '如果又谈成了，请另拟一份协议（handover deal init），由双方重新签署。',
    }),
    DEAL_RECEIVED: (p) => ({
      what: `协议 ${p.deal} 的资料已经接收入库，买方不能单方终止。`,
      fix: '请由卖方终止协议并发来通知函，再用 handover notice apply 办理：资料会销毁并出具证明。',
    }),
  },
  en: {
    SUBJECT_UNKNOWN: () => ({
      what: 'No customer of this number is in this workspace.',
      fix: 'Check the customer number: it has to be exactly as in the file, with its case and leading zeros.',
    }),
    SUBJECT_TAGS_GONE: (p) => ({
      what: `Bundle ${p.bundle} was received by an older version, which did not keep the key by which customers are found in it.`,
      fix: 'Run handover receive on the same bundle once more: nothing is stored twice, and the key is made up for.',
    }),
    SUBJECT_PURPOSE: (p) => ({
      what: 'No deal has this purpose.',
      fix:
        p.purposes.length === 0
          ? 'Leave --purpose out: consent is then withdrawn for every purpose.'
          : `Give one of these with --purpose: ${p.purposes.join(', ')}; or leave it out, to withdraw consent for every purpose.`,
    }),
    SUBJECT_FIELD: (p) => ({
      what: "The customer's record has no such field.",
      fix: `Give one of these with --field: ${p.fields.join(', ')}.`,
    }),
    SUBJECT_FIELD_FIXED: (p) => ({
      what: `Field ${p.field} cannot be corrected this way.`,
      fix: 'The customer number is how customers are found; import consents and notices anew, or record a withdrawal with handover subject withdraw.',
    }),
    SUBJECT_VALUE: (p) => ({
      what: `The new value cannot be used: ${findingText('en', p.finding)}.`,
      fix: 'Compare it with the customer and enter it again; the former value stays.',
    }),
    SUBJECT_VALUE_SOURCE: () => ({
      what: 'There is no new value.',
      fix: 'Run it at a terminal and type the value when asked, or name a file with one line with --value-file. Never write it on the command line.',
    }),
    SUBJECT_VALUE_SAME: () => ({
      what: 'The new value is the one that is there.',
      fix: 'Check the field and the customer number; nothing was changed.',
    }),
    SUBJECT_ERASED: () => ({
      what: "This customer's records were purged.",
      fix: 'Run handover subject history to see when, and why.',
    }),
    SUBJECT_PAIR: () => ({
      what: 'Both customer numbers are the same one.',
      fix: 'Give two different numbers, as in handover subject decide C001 C002 --as one.',
    }),
    SUBJECT_PAIR_WHOSE: () => ({
      what: '--said-by is one of these two customer numbers, and goes with --as two.',
      fix: 'Say who asked for what was taken in while they were held to be one, as in handover subject decide C001 C002 --as two --said-by C001.',
    }),
    SUBJECT_PAIR_THIRD: () => ({
      what: 'Each of the two is held to be one person with a further number, and so they are still one.',
      fix: 'First decide with handover subject decide that one of them and that number are two, then decide these.',
    }),
    SUBJECT_HELD: () => ({
      what: "This customer's records are on hold and cannot be purged now.",
      fix: 'Tell the customer why, and run it again once the hold is released. See handover subject show for the hold.',
    }),
    SUBJECT_FROZEN: (p) => ({
      what: `A statutory period still runs (until ${p.until}): the customer's records are frozen, not purged.`,
      fix: 'Tell the customer why, and run it again when the period is over. See handover subject show for the basis.',
    }),
    SUBJECT_PURGE_FAILED: () => ({
      what: 'The purge did not succeed: remnants are still in the workspace.',
      fix: 'Run handover purge show to see in which files, deal with them, and run it again.',
    }),
    REQUEST_WHO: () => ({
      what: 'It was not said who asks and how the identity was verified.',
      fix: 'Add --requester (self, guardian, relative, agent) and --verified (in-person, callback to the number on file, code sent to it, writing).',
    }),
    REQUEST_MINOR: () => ({
      what: 'This is a child under fourteen: only the child or a guardian may ask.',
      fix: 'Let the guardian ask (--requester guardian). To refuse, take it in with handover request open and give the reason with handover request refuse.',
    }),
    REQUEST_RELATIVE: () => ({
      what: 'A relative of a customer who died may see, copy, correct and erase, but not withdraw consent or object.',
      fix: 'To end the use of the records, run handover subject erase.',
    }),
    REQUEST_DATES: () => ({
      what: 'The dates are wrong: a request cannot come after today, nor be due before it came.',
      fix: 'Check --received and --due.',
    }),
    REQUEST_UNKNOWN: () => ({
      what: 'No such request is in the register.',
      fix: 'Run handover request list to see the ids; the last digits of one will do (at least 8).',
    }),
    REQUEST_CLOSED: () => ({
      what: 'This request is closed.',
      fix: 'Run handover request list to see its outcome; if the customer asks again, take it in anew.',
    }),
    REQUEST_NOT_COMPLAINT: () => ({
      what: 'This is no complaint, which alone is closed by saying what came of it.',
      fix: 'Act on it (handover subject …), which closes it; what cannot be done is refused with handover request refuse.',
    }),
    NOTICE_ROLE: (p) => ({
      what:
        p.role === 'seller'
          ? "Notices are sent by the seller and applied by the buyer; this is the seller's workspace."
          : "Completions are accepted by the seller; this is the buyer's workspace.",
      fix:
        p.role === 'seller'
          ? "Take in the buyer's completion with handover notice accept."
          : "Apply the seller's notice with handover notice apply.",
    }),
    NOTICE_SENDER_UNKNOWN: () => ({
      what: 'The notice comes from a card that was not compared.',
      fix: 'Make sure which seller it is from; if the seller has a new card, compare its fingerprint with handover trust add first.',
    }),
    NOTICE_NOT_FOR_US: () => ({
      what: 'The notice is not meant for this workspace of yours.',
      fix: NOTICE_EN,
    }),
    NOTICE_OTHER_DEAL: (p) => ({
      what: `The deal ${p.deal} of the notice is none that the two parties signed here.`,
      fix: NOTICE_EN,
    }),
    NOTICE_CONTENT: () => ({ what: 'The notice contradicts itself.', fix: NOTICE_EN }),
    NOTICE_DATA: () => ({
      what: 'The encrypted file beside the notice (.notice.data.age) is not the one that was signed.',
      fix: NOTICE_EN,
    }),
    NOTICE_REPLAY: (p) => ({
      what: `Notice ${p.number} had come before, with other content.`,
      fix: 'Keep both files as evidence and ask the seller by telephone; nothing was changed.',
    }),
    NOTICE_UNKNOWN: () => ({
      what: 'The completion answers a notice that was not sent from this workspace.',
      fix: 'Check the file; handover notice list shows the notices that were sent.',
    }),
    COMPLETION_OTHER_NOTICE: (p) => ({
      what: `The completion does not answer notice ${p.number}.`,
      fix: COMPLETION_EN,
    }),
    COMPLETION_PARTY: (p) => ({
      what: `The completion names other parties than notice ${p.number}.`,
      fix: COMPLETION_EN,
    }),
    COMPLETION_COUNTS: (p) => ({
      what: `In the completion of notice ${p.number} the persons do not add up, or a certificate is missing.`,
      fix: COMPLETION_EN,
    }),
    COMPLETION_SECOND: (p) => ({
      what: `Notice ${p.number} has a completion already, and this one is different.`,
      fix: 'Keep both files as evidence and ask the buyer by telephone.',
    }),
    DEAL_ABORTED: (p) => ({
      what: `The deal ${p.deal} was aborted.`,
      fix: 'If it is on again, draft a new deal (handover deal init) and have both parties sign it.',
    }),
    DEAL_RECEIVED: (p) => ({
      what: `Records were received under the deal ${p.deal}: the buyer cannot abort it alone.`,
      fix: 'Let the seller abort the deal and send the notice; then run handover notice apply, which destroys the records and certifies it.',
    }),
  },
};
