import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/**
 * Problems of the log and its checkpoints. `document` names where a checkpoint was found (a file's base name or a kind of document);
 * `seq` is an event's number, `size` a number of events.
 */
export type AuditProblem =
  | { readonly code: 'CHECKPOINT_FORMAT'; readonly document: string }
  | { readonly code: 'CHECKPOINT_SIGNATURE'; readonly document: string }
  | { readonly code: 'CHECKPOINT_ORIGIN'; readonly document: string }
  | { readonly code: 'LOG_GAP'; readonly seq: number; readonly expected: number }
  | { readonly code: 'LOG_LEAF'; readonly seq: number }
  | { readonly code: 'LOG_TIME'; readonly seq: number }
  | { readonly code: 'LOG_REWRITTEN'; readonly document: string; readonly size: number }
  | { readonly code: 'LOG_CUT'; readonly document: string; readonly size: number; readonly events: number }
  | { readonly code: 'LOG_LACKS'; readonly document: string; readonly size: number }
  | { readonly code: 'LOG_CHECKPOINT'; readonly number: number }
  | { readonly code: 'LOG_UNSIGNED'; readonly seq: number; readonly count: number }
  | { readonly code: 'LOG_TIP'; readonly document: string }
  /** More events than a file may hold. */
  | { readonly code: 'LOG_LONG'; readonly events: number; readonly limit: number }
  | { readonly code: 'LOG_BEGINNING'; readonly first: number }
  /** Records that are in no page, or in more than there were. */
  | { readonly code: 'ROWS_MISSING'; readonly dataset: string }
  /** Something that the workspace holds and that no event tells of. */
  | { readonly code: 'LOG_UNTOLD'; readonly what: Witness; readonly count: number }
  /** An event whose thing the workspace no longer holds. */
  | { readonly code: 'LOG_FORGOTTEN'; readonly what: Witness; readonly seq: number }
  /** A table that is not as it was when something was signed last. */
  | { readonly code: 'TABLES_CHANGED'; readonly table: string }
  | { readonly code: 'PROOF_FORMAT'; readonly document: string }
  | { readonly code: 'PROOF_INVALID'; readonly document: string };

export const auditExits: Exits<AuditProblem> = {
  CHECKPOINT_FORMAT: 'integrity',
  CHECKPOINT_SIGNATURE: 'authenticity',
  CHECKPOINT_ORIGIN: 'authenticity',
  LOG_GAP: 'integrity',
  LOG_LEAF: 'integrity',
  LOG_TIME: 'findings',
  LOG_REWRITTEN: 'integrity',
  LOG_CUT: 'integrity',
  LOG_LACKS: 'integrity',
  LOG_CHECKPOINT: 'integrity',
  LOG_UNSIGNED: 'integrity',
  LOG_TIP: 'integrity',
  LOG_LONG: 'refused',
  LOG_BEGINNING: 'integrity',
  ROWS_MISSING: 'integrity',
  LOG_UNTOLD: 'integrity',
  LOG_FORGOTTEN: 'integrity',
  TABLES_CHANGED: 'integrity',
  PROOF_FORMAT: 'integrity',
  PROOF_INVALID: 'integrity',
};

/** What has both a row in the workspace and an event in the log. */
export const WITNESSES = [
  'card',
  'signature',
  'dataset',
  'check',
  'approval',
  'bundle',
  'receipt',
  'purge',
  'restraint',
  'request',
  'mark',
  'notice',
  'abort',
  'incident',
  'erased',
  'pair',
  'batch',
  'paper',
  'people',
] as const;
export type Witness = (typeof WITNESSES)[number];

const witnessWords: Readonly<Record<'zh' | 'en', Readonly<Record<Witness, string>>>> = {
  zh: {
    card: '对方的名片',
    signature: '协议的签名',
    dataset: '导入或收到的数据',
    check: '检查的结果',
    approval: '第二人的批准',
    bundle: '移交包',
    receipt: '回执',
    purge: '销毁',
    restraint: '保全或冻结',
    request: '客户的请求',
    mark: '某位客户的拒绝、撤回、反对、删除或更正',
    notice: '通知',
    abort: '协议的终止',
    incident: '事件',
    erased: '已删除客户的名录',
    pair: '关于两个客户编号的决定',
    batch: '发给客户的一批询问',
    paper: '签过名的文件',
    people: '经手人',
  },
  en: {
    card: 'a card',
    signature: 'a signature of a deal',
    dataset: 'data that were imported or received',
    check: 'a check',
    approval: 'an approval',
    bundle: 'a bundle',
    receipt: 'a receipt',
    purge: 'a purge',
    restraint: 'a hold or a freeze',
    request: 'a request of a customer',
    mark: 'a word about a customer (a refusal, withdrawal, objection, erasure or correction)',
    notice: 'a notice',
    abort: 'the end of a deal',
    incident: 'an incident',
    erased: 'the ledger of the erased',
    pair: 'a decision about two customer numbers',
    batch: 'a batch of customers who were asked',
    paper: 'a signed paper',
    people: 'a person who works with the data',
  },
};

export const auditSentences: Bilingual<AuditProblem> = {
  zh: {
    CHECKPOINT_FORMAT: (p) => ({
      what: `${p.document} 里的检查点格式不对。`,
      fix: '请确认文件完整，必要时请对方重新发送原文件。',
    }),
    CHECKPOINT_SIGNATURE: (p) => ({
      what: `${p.document} 里的检查点没有预期一方的有效签名。`,
      fix: '请确认文件来自正确的一方；如果对方换过密钥，请先核对并信任对方的新名片。',
    }),
    CHECKPOINT_ORIGIN: (p) => ({
      what: `${p.document} 里的检查点属于另一份日志。`,
      fix: '请确认选对了工作区和文件。',
    }),
    LOG_GAP: (p) => ({
      what: `日志不连续：应为第 ${p.expected} 条，读到的是第 ${p.seq} 条。`,
      fix: '日志可能被删改。请保留现场，不要继续操作，用备份和对方手里的检查点对照。',
    }),
    LOG_LEAF: (p) => ({
      what: `日志第 ${p.seq} 条的内容与记录时的摘要不符。`,
      fix: '这一条可能被改动。请保留现场，不要继续操作，用备份和对方手里的检查点对照。',
    }),
    LOG_TIME: (p) => ({
      what: `日志第 ${p.seq} 条的时间早于前一条。`,
      fix: '多半是电脑时钟被调过。请核对系统时间，并把原因记下来备查。',
    }),
    LOG_REWRITTEN: (p) => ({
      what: `日志前 ${p.size} 条与 ${p.document} 里的检查点不符，日志被改写过。`,
      fix: '请保留现场，不要继续操作，用备份与这个检查点对照，找出被改动的部分。',
    }),
    LOG_CUT: (p) => ({
      what: `日志只有 ${p.events} 条，而 ${p.document} 里的检查点证明曾有 ${p.size} 条，尾部被截掉了。`,
      fix: '可能用旧备份覆盖过工作区。请找回更新的备份，不要在这份日志上继续操作。',
    }),
    LOG_LACKS: (p) => ({
      what: `日志里没有 ${p.document} 的记录：这份文件发出时，前 ${p.size} 条之后就该记下一条与它一致的。`,
      fix: '如果上次导出中途被打断，请先再运行一次 handover export，然后重新核对。否则日志的末尾可能被换掉了：请保留现场，不要继续操作，用备份和对方手里的文件对照。',
    }),
    LOG_CHECKPOINT: (p) => ({
      what: `本工作区的第 ${p.number} 个检查点缺失、被改动或签名不对。`,
      fix: '检查点可能被人删改。请保留现场，不要继续操作，用备份和对方手里的检查点对照。',
    }),
    LOG_UNSIGNED: (p) => ({
      what: `从第 ${p.seq} 条起，日志末尾有没有签名的记录（最后 ${p.count} 条没有检查点）。`,
      fix: '本程序写下的每一条都当场签名，这些记录不是它写的，或者检查点被删了。请保留现场，不要继续操作，用备份对照。',
    }),
    LOG_LONG: (p) => ({
      what: `日志有 ${p.events} 条，一个证据包最多放 ${p.limit} 条，更长的没有人读得了。没有写出文件。`,
      fix: '请先用 handover audit prune 把较早的一段存成档案，再打包；档案和证据包一起交给对方。',
    }),
    LOG_TIP: (p) => ({
      what: `工作区里的 ${p.document} 缺失或签名不对，日志末尾是否被截掉无法确定。`,
      fix: '请保留现场，不要继续操作。从备份恢复时，请恢复整个工作区文件夹。',
    }),
    LOG_BEGINNING: (p) => ({
      what: `日志从第 ${p.first} 条开始，更早的不见了，却没有签过名、与之相符的清理记录或检查点。`,
      fix: '请保留现场，不要继续操作，用清理时写出的存档、备份或对方手里较新的检查点对照。',
    }),
    ROWS_MISSING: (p) => ({
      what: `数据集 ${p.dataset} 里的客户行数与当初存下的对不上：有的页不见了，或者多了。`,
      fix: '请保留现场，不要继续操作，从备份恢复整个工作区文件夹。',
    }),
    LOG_UNTOLD: (p) => ({
      what: `工作区里存着${witnessWords.zh[p.what]}，其中 ${p.count} 项日志里没有记录：日志末尾被截掉了，或者有人直接改过数据库。`,
      fix: '请保留现场，不要继续操作，从备份恢复整个工作区文件夹，并用对方手里的文件对照：handover audit verify --against 文件。',
    }),
    LOG_FORGOTTEN: (p) => ({
      what: `日志第 ${p.seq} 条记下了${witnessWords.zh[p.what]}，工作区里却已经没有：有人直接改过数据库。`,
      fix: '请保留现场，不要继续操作，从备份恢复整个工作区文件夹。',
    }),
    TABLES_CHANGED: (p) => ({
      what: `工作区数据库里的 ${p.table} 与最后一次签名时不同：有人绕过本程序，直接改过数据库。`,
      fix: '请保留现场，不要继续操作，从备份恢复整个工作区文件夹。',
    }),
    PROOF_FORMAT: (p) => ({
      what: `${p.document} 不是有效的日志证明文件。`,
      fix: '请确认文件完整，必要时请对方重新出具。',
    }),
    PROOF_INVALID: (p) => ({
      what: `${p.document} 不能证明这条记录在日志里。`,
      fix: '请确认证明与记录配套，必要时请对方重新出具。',
    }),
  },
  en: {
    CHECKPOINT_FORMAT: (p) => ({
      what: `The checkpoint in ${p.document} is malformed.`,
      fix: 'Check that the file is complete; if need be ask the sender for the original again.',
    }),
    CHECKPOINT_SIGNATURE: (p) => ({
      what: `The checkpoint in ${p.document} has no good signature by the expected party.`,
      fix: 'Check that it comes from the right party; if they changed keys, compare and trust their new card first.',
    }),
    CHECKPOINT_ORIGIN: (p) => ({
      what: `The checkpoint in ${p.document} belongs to another log.`,
      fix: 'Check that this is the right workspace and the right file.',
    }),
    LOG_GAP: (p) => ({
      what: `The log has a gap: event ${p.expected} was due, event ${p.seq} follows.`,
      fix: 'Events may have been removed. Change nothing, and compare with a backup and the checkpoints in the other party’s hands.',
    }),
    LOG_LEAF: (p) => ({
      what: `Event ${p.seq} of the log does not match the hash stored when it was written.`,
      fix: 'It may have been altered. Change nothing, and compare with a backup and the checkpoints in the other party’s hands.',
    }),
    LOG_TIME: (p) => ({
      what: `Event ${p.seq} of the log has an earlier time than the one before it.`,
      fix: 'Most likely the computer’s clock was changed. Check it, and note the reason for the record.',
    }),
    LOG_REWRITTEN: (p) => ({
      what: `The first ${p.size} events of the log do not match the checkpoint in ${p.document}: the log was rewritten.`,
      fix: 'Change nothing, and compare a backup with this checkpoint to find what was altered.',
    }),
    LOG_CUT: (p) => ({
      what: `The log has ${p.events} events, but the checkpoint in ${p.document} proves that there were ${p.size}: its end was cut off.`,
      fix: 'An old backup may have replaced the workspace. Find the newer one, and do not go on with this log.',
    }),
    LOG_LACKS: (p) => ({
      what: `The log has no event of ${p.document}: one that agrees with it was due after the first ${p.size} events.`,
      fix: 'If an export was interrupted, run handover export once more and verify again. Otherwise the end of the log may have been replaced: change nothing, and compare with a backup and the documents in the other party’s hands.',
    }),
    LOG_CHECKPOINT: (p) => ({
      what: `Checkpoint ${p.number} of this workspace is missing, was changed, or is not signed by its party.`,
      fix: 'Somebody may have removed or edited checkpoints. Change nothing, and compare with a backup and the checkpoints in the other party’s hands.',
    }),
    LOG_UNSIGNED: (p) => ({
      what: `From event ${p.seq} on, the log ends in events that nobody signed (no checkpoint covers the last ${p.count}).`,
      fix: 'This program signs each event as it writes it: these are not its own, or checkpoints were removed. Change nothing, and compare with a backup.',
    }),
    LOG_LONG: (p) => ({
      what: `The log has ${p.events} events; a pack holds ${p.limit} at most, and no reader takes more. Nothing was written.`,
      fix: 'Put an early part of it into an archive with handover audit prune, then pack the rest; hand over both.',
    }),
    LOG_TIP: (p) => ({
      what: `${p.document} in the workspace is missing or not signed by its party, so nothing shows that the end of the log was not cut off.`,
      fix: 'Change nothing. When restoring a backup, restore the whole folder of the workspace.',
    }),
    LOG_BEGINNING: (p) => ({
      what: `The log begins with event ${p.first}, and no signed event or checkpoint says that just this much of its beginning was pruned.`,
      fix: 'Change nothing, and compare with the archive that the pruning wrote, a backup, or a newer checkpoint in the other party’s hands.',
    }),
    ROWS_MISSING: (p) => ({
      what: `Dataset ${p.dataset} does not hold as many rows as were stored: pages are gone, or there are too many.`,
      fix: 'Change nothing, and restore the whole folder of the workspace from a backup.',
    }),
    LOG_UNTOLD: (p) => ({
      what: `The workspace holds ${witnessWords.en[p.what]} of which the log does not tell (${p.count}): the end of the log was cut off, or somebody changed the database.`,
      fix: 'Change nothing, restore the whole folder of the workspace from a backup, and compare with a file in the other party’s hands: handover audit verify --against FILE.',
    }),
    LOG_FORGOTTEN: (p) => ({
      what: `Event ${p.seq} of the log tells of ${witnessWords.en[p.what]} that the workspace no longer holds: somebody changed the database.`,
      fix: 'Change nothing, and restore the whole folder of the workspace from a backup.',
    }),
    TABLES_CHANGED: (p) => ({
      what: `${p.table} in the database of the workspace is not as it was when something was signed last: somebody changed the database without this program.`,
      fix: 'Change nothing, and restore the whole folder of the workspace from a backup.',
    }),
    PROOF_FORMAT: (p) => ({
      what: `${p.document} is not a valid log proof.`,
      fix: 'Check that the file is complete; if need be ask for it to be made again.',
    }),
    PROOF_INVALID: (p) => ({
      what: `${p.document} does not prove that this event is in the log.`,
      fix: 'Check that the proof belongs to this event; if need be ask for it to be made again.',
    }),
  },
};
