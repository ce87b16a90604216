import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Problems of retention, holds and purges. `purge` and `hold` are ids, `date` a calendar day. */
export type RetentionProblem =
  | { readonly code: 'PURGE_NOTHING' }
  | { readonly code: 'PURGE_UNKNOWN'; readonly purge: string }
  // Purge: plan, run, certificate.
  | { readonly code: 'PURGE_NONE' }
  | { readonly code: 'PURGE_NO_RECEIPT'; readonly bundles: readonly string[]; readonly records: number }
  | { readonly code: 'PURGE_REASON_MISSING' }
  | { readonly code: 'PURGE_STALE'; readonly purge: string }
  | { readonly code: 'PURGE_UNFINISHED'; readonly purge: string }
  | { readonly code: 'PURGE_STATE'; readonly purge: string }
  | { readonly code: 'PURGE_FILES_UNDECIDED'; readonly files: number }
  | { readonly code: 'CERTIFICATE_ISSUER' }
  | { readonly code: 'CERTIFICATE_COUNTS' }
  | { readonly code: 'CERTIFICATE_APPROVALS' }
  | { readonly code: 'CERTIFICATE_FILES' }
  | { readonly code: 'CERTIFICATE_OUTCOME' }
  | { readonly code: 'CERTIFICATE_TIMES' };

export const retentionExits: Exits<RetentionProblem> = {
  PURGE_NOTHING: 'refused',
  PURGE_UNKNOWN: 'usage',
  PURGE_NONE: 'refused',
  PURGE_NO_RECEIPT: 'refused',
  PURGE_REASON_MISSING: 'usage',
  PURGE_STALE: 'refused',
  PURGE_UNFINISHED: 'partial',
  PURGE_STATE: 'refused',
  PURGE_FILES_UNDECIDED: 'usage',
  CERTIFICATE_ISSUER: 'authenticity',
  CERTIFICATE_COUNTS: 'integrity',
  CERTIFICATE_APPROVALS: 'integrity',
  CERTIFICATE_FILES: 'integrity',
  CERTIFICATE_OUTCOME: 'integrity',
  CERTIFICATE_TIMES: 'integrity',
};

export const retentionSentences: Bilingual<RetentionProblem> = {
  zh: {
    PURGE_NOTHING: () => ({
      what: '现在没有到期、可以销毁的资料。',
      fix: '用 handover retention list 查看每份资料保存到哪一天、为什么。',
    }),
    PURGE_UNKNOWN: (p) => ({
      what: `没有编号为 ${p.purge} 的销毁计划。`,
      fix: '用 handover status 查看现有的计划，或用 handover purge plan 重新拟定。',
    }),
    PURGE_NONE: () => ({
      what: '还没有销毁计划。',
      fix: '先用 handover purge plan 拟定计划，看清楚什么会被销毁、什么会留下。',
    }),
    PURGE_NO_RECEIPT: (p) => ({
      what: `其中 ${p.records} 条记录已经导出（${p.bundles.join('、')}），但还没有收下买方的回执：现在销毁，万一交接包没有送到，资料就没有了。`,
      fix: '请先收下买方回执：handover receipt accept 回执文件。确实要提前销毁的，加上 --without-receipt --reason "原因"，并由第二个人批准。',
    }),
    PURGE_REASON_MISSING: () => ({
      what: '没有回执就销毁，必须说明原因。',
      fix: '请加上 --reason "原因"。原因会写进销毁证明，请不要写客户的姓名、电话等。',
    }),
    PURGE_STALE: (p) => ({
      what: `拟定销毁计划 ${p.purge} 之后，资料、保全、封存或协议有了变化，计划不再作数。`,
      fix: '请重新运行 handover purge plan；需要批准的，重新批准。',
    }),
    PURGE_UNFINISHED: (p) => ({
      what: `销毁 ${p.purge} 做到一半，还没有完成。`,
      fix: '请先运行 handover purge run，它会接着做完并出具销毁证明。',
    }),
    PURGE_STATE: (p) => ({
      what: `销毁计划 ${p.purge} 不再等待批准：已经执行，或已被新的计划取代。`,
      fix: '用 handover status 查看现有的计划。',
    }),
    PURGE_FILES_UNDECIDED: (p) => ({
      what: `还有 ${p.files} 个明文文件（客户表、退回文件或写出的文件），没有说明要不要一起销毁。`,
      fix: '加上 --shred 覆盖并删除它们，或加上 --keep-files 保留（会写进销毁证明）。',
    }),
    CERTIFICATE_ISSUER: () => ({
      what: '销毁证明不是这张名片的主人签发的。',
      fix: '请核对是谁发来的；对方换过名片的，先核对新名片的指纹。',
    }),
    CERTIFICATE_COUNTS: () => ({
      what: '销毁证明里的数量对不上。',
      fix: '请不要采信，请对方重新发送原文件。',
    }),
    CERTIFICATE_APPROVALS: () => ({
      what: '销毁证明里的批准与这次销毁不符。',
      fix: '请不要采信，请对方重新发送原文件。',
    }),
    CERTIFICATE_FILES: () => ({
      what: '销毁证明里的文件与所列的局限不一致。',
      fix: '请不要采信，请对方重新发送原文件。',
    }),
    CERTIFICATE_OUTCOME: () => ({
      what: '销毁证明的结论与它自己的检查结果不一致。',
      fix: '请不要采信，请对方说明。',
    }),
    CERTIFICATE_TIMES: () => ({
      what: '销毁证明里的时间前后矛盾。',
      fix: '请不要采信，请对方重新发送原文件。',
    }),
  },
  en: {
    PURGE_NOTHING: () => ({
      what: 'Nothing is due to be purged now.',
      fix: 'Run handover retention list to see until when each part is kept, and why.',
    }),
    PURGE_UNKNOWN: (p) => ({
      what: `There is no purge plan ${p.purge}.`,
      fix: 'Run handover status to see the plans there are, or handover purge plan to make one.',
    }),
    PURGE_NONE: () => ({
      what: 'There is no purge plan yet.',
      fix: 'Run handover purge plan first, to see what would be gone and what stays.',
    }),
    PURGE_NO_RECEIPT: (p) => ({
      what: `${p.records} of these records were exported (${p.bundles.join(', ')}) and the buyer's receipt has not been accepted: purged now, they would be lost if the bundle never arrived.`,
      fix: `Accept the receipt first: handover receipt accept FILE. To purge all the same, add --without-receipt --reason "why", and have a second person approve.`,
    }),
    PURGE_REASON_MISSING: () => ({
      what: 'Purging without a receipt needs a reason.',
      fix: 'Add --reason "why". It stands in the certificate: write no customer’s name or number into it.',
    }),
    PURGE_STALE: (p) => ({
      what: `Data, holds, freezes or deals have changed since purge ${p.purge} was planned, so the plan no longer holds.`,
      fix: 'Run handover purge plan again, and have it approved again where that is needed.',
    }),
    PURGE_UNFINISHED: (p) => ({
      what: `Purge ${p.purge} was interrupted and is not finished.`,
      fix: 'Run handover purge run first: it goes on from there and signs the certificate.',
    }),
    PURGE_STATE: (p) => ({
      what: `Purge plan ${p.purge} no longer waits for approval: it was carried out, or a newer one took its place.`,
      fix: 'Run handover status to see the plans there are.',
    }),
    PURGE_FILES_UNDECIDED: (p) => ({
      what: `${p.files} files in clear are still there (source, rejects, extracts), and it was not said what becomes of them.`,
      fix: 'Add --shred to overwrite and remove them, or --keep-files to keep them, which the certificate will say.',
    }),
    CERTIFICATE_ISSUER: () => ({
      what: 'The certificate was not issued by the owner of this card.',
      fix: 'Check who sent it; if the party has a new card, compare its fingerprint first.',
    }),
    CERTIFICATE_COUNTS: () => ({
      what: 'The counts in the certificate do not add up.',
      fix: 'Do not rely on it; ask the issuer for the original file.',
    }),
    CERTIFICATE_APPROVALS: () => ({
      what: 'The approvals in the certificate are not for this purge.',
      fix: 'Do not rely on it; ask the issuer for the original file.',
    }),
    CERTIFICATE_FILES: () => ({
      what: 'The files in the certificate do not agree with the limits that it names.',
      fix: 'Do not rely on it; ask the issuer for the original file.',
    }),
    CERTIFICATE_OUTCOME: () => ({
      what: "The certificate's outcome does not follow from what it found.",
      fix: 'Do not rely on it; ask the issuer to explain.',
    }),
    CERTIFICATE_TIMES: () => ({
      what: 'The times in the certificate contradict each other.',
      fix: 'Do not rely on it; ask the issuer for the original file.',
    }),
  },
};
