import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Problems of evidence that leaves the workspace: proofs, reports, packs, time stamps. `document` is a file's base name. */
export type ProofProblem = {
  readonly code: 'PROOF_EVENT_UNKNOWN';
  readonly event: number;
  readonly events: number;
};

export const proofExits: Exits<ProofProblem> = {
  PROOF_EVENT_UNKNOWN: 'usage',
};

export const proofSentences: Bilingual<ProofProblem> = {
  zh: {
    PROOF_EVENT_UNKNOWN: (p) => ({
      what: `日志里没有第 ${p.event} 个事件，现有 ${p.events} 个。`,
      fix: '用 handover audit log 查看事件的序号。',
    }),
  },
  en: {
    PROOF_EVENT_UNKNOWN: (p) => ({
      what: `The log has no event ${p.event}; there are ${p.events}.`,
      fix: 'Run handover audit log to see the numbers of the events.',
    }),
  },
};
