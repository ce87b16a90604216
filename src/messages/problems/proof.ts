import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/**
 * Problems of evidence that leaves the workspace: proofs, reports, packs, time stamps. `document` is a file's base name, `bundle` the id of
 * a bundle.
 */
export type ProofProblem =
  | { readonly code: 'PROOF_EVENT_UNKNOWN'; readonly event: number; readonly events: number }
  | { readonly code: 'PROOF_EVENT_PRUNED'; readonly event: number; readonly first: number }
  | { readonly code: 'PROOF_OTHER_CARD'; readonly document: string }
  | { readonly code: 'REPORT_NO_DATA'; readonly document: string }
  | { readonly code: 'PACK_FILE'; readonly document: string; readonly path: string }
  | { readonly code: 'PACK_UNSIGNED'; readonly document: string };

export const proofExits: Exits<ProofProblem> = {
  PROOF_EVENT_UNKNOWN: 'usage',
  PROOF_EVENT_PRUNED: 'refused',
  PROOF_OTHER_CARD: 'authenticity',
  REPORT_NO_DATA: 'integrity',
  PACK_FILE: 'integrity',
  PACK_UNSIGNED: 'authenticity',
};

export const proofSentences: Bilingual<ProofProblem> = {
  zh: {
    PROOF_EVENT_UNKNOWN: (p) => ({
      what: `日志里没有第 ${p.event} 个事件，现有 ${p.events} 个。`,
      fix: '用 handover audit log 查看事件的序号。',
    }),
    PROOF_EVENT_PRUNED: (p) => ({
      what: `第 ${p.event} 个事件已随旧日志清理，日志现在从第 ${p.first} 个开始，不能再出具它的证明。`,
      fix: '事件内容在清理时写出的存档里，可连同存档中的检查点一起出示。',
    }),
    PROOF_OTHER_CARD: (p) => ({
      what: `${p.document} 不是这张名片的持有方出具的。`,
      fix: '请确认选对了名片；如果对方换过名片，请用出具证明时的那一张。',
    }),
    REPORT_NO_DATA: (p) => ({
      what: `${p.document} 里没有可以核验的数据，它不是审计报告的网页，或者被改过。`,
      fix: '请向出具方索取 handover audit report 写出的原文件。',
    }),
    PACK_FILE: (p) => ({
      what: `${p.document} 里的 ${p.path} 与证据包的目录不符。`,
      fix: '请确认文件完整，必要时请出具方重新打包。',
    }),
    PACK_UNSIGNED: (p) => ({
      what: `${p.document} 没有签名，无法确认是谁出具的。`,
      fix: '请出具方不加 --unsigned 重新打包；或按包里 README.txt 的第 2、3 步核对里面的文件。',
    }),
  },
  en: {
    PROOF_EVENT_UNKNOWN: (p) => ({
      what: `The log has no event ${p.event}; there are ${p.events}.`,
      fix: 'Run handover audit log to see the numbers of the events.',
    }),
    PROOF_EVENT_PRUNED: (p) => ({
      what: `Event ${p.event} was pruned with the old log, which now begins with event ${p.first}; it can no longer be proved.`,
      fix: 'The event is in the archive that the pruning wrote; show that, with the checkpoint in it.',
    }),
    PROOF_OTHER_CARD: (p) => ({
      what: `${p.document} was not issued by the owner of this card.`,
      fix: 'Check that this is the right card; if they changed cards, use the one of the time of the proof.',
    }),
    REPORT_NO_DATA: (p) => ({
      what: `${p.document} holds no data that could be checked: it is no page of an audit report, or was changed.`,
      fix: 'Ask whoever made it for the file that handover audit report wrote.',
    }),
    PACK_FILE: (p) => ({
      what: `${p.path} in ${p.document} is not as the index of the pack lists it.`,
      fix: 'Check that the file is complete; if need be ask for it to be packed again.',
    }),
    PACK_UNSIGNED: (p) => ({
      what: `${p.document} is not signed, so nobody knows whose it is.`,
      fix: 'Ask for it to be packed again without --unsigned, or check what is in it by steps 2 and 3 of its README.txt.',
    }),
  },
};
