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
  | { readonly code: 'LOG_BEGINNING'; readonly first: number }
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
  LOG_BEGINNING: 'integrity',
  PROOF_FORMAT: 'integrity',
  PROOF_INVALID: 'integrity',
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
    LOG_TIP: (p) => ({
      what: `工作区里的 ${p.document} 缺失或签名不对，日志末尾是否被截掉无法确定。`,
      fix: '请保留现场，不要继续操作。从备份恢复时，请恢复整个工作区文件夹。',
    }),
    LOG_BEGINNING: (p) => ({
      what: `日志从第 ${p.first} 条开始，前面已清理，但没有一个检查点能证明清理掉的部分。`,
      fix: '请用清理日志时写出的存档，或对方手里较新的检查点对照。',
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
    LOG_TIP: (p) => ({
      what: `${p.document} in the workspace is missing or not signed by its party, so nothing shows that the end of the log was not cut off.`,
      fix: 'Change nothing. When restoring a backup, restore the whole folder of the workspace.',
    }),
    LOG_BEGINNING: (p) => ({
      what: `The log begins with event ${p.first}, what came before was pruned, and no checkpoint vouches for the pruned part.`,
      fix: 'Compare with the archive that the pruning wrote, or with a newer checkpoint in the other party’s hands.',
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
