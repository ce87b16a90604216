import type { AnswerChannel } from '../messages/channels.js';

/** How good the evidence of a yes is, the best first; what was only spoken does not count. */
export const EVIDENCE_GRADES = ['signed', 'own', 'recorded', 'spoken'] as const;
export type EvidenceGrade = (typeof EVIDENCE_GRADES)[number];

const GRADES: Readonly<Record<AnswerChannel, EvidenceGrade>> = {
  paper: 'signed',
  sms: 'own',
  wechat: 'own',
  web: 'own',
  phone: 'recorded',
};

/** The grade of a yes that counts, by the way it came: a call counts only with its recording. */
export function evidenceGrade(channel: AnswerChannel): EvidenceGrade {
  return GRADES[channel];
}
