import { EXIT } from './exit.js';
import type { Lang, Sentence, Sentences } from './lang.js';
import { type AuditProblem, auditExits, auditSentences } from './problems/audit.js';
import { type BaseProblem, baseExits, baseSentences } from './problems/base.js';
import { type BundleProblem, bundleExits, bundleSentences } from './problems/bundle.js';
import { type CampaignProblem, campaignExits, campaignSentences } from './problems/campaign.js';
import { type CliProblem, cliExits, cliSentences } from './problems/cli.js';
import { type DatasetProblem, datasetExits, datasetSentences } from './problems/dataset.js';
import { type DealProblem, dealExits, dealSentences } from './problems/deal.js';
import { type GateProblem, gateExits, gateSentences } from './problems/gates.js';
import { type HouseProblem, houseExits, houseSentences } from './problems/house.js';
import { type IdentityProblem, identityExits, identitySentences } from './problems/identity.js';
import { type IncidentProblem, incidentExits, incidentSentences } from './problems/incident.js';
import { type LotsProblem, lotsExits, lotsSentences } from './problems/lots.js';
import { type ReadingProblem, readingExits, readingSentences } from './problems/reading.js';
import { type PolicyProblem, policyExits, policySentences } from './problems/policy.js';
import { type ProofProblem, proofExits, proofSentences } from './problems/proof.js';
import { type RestraintProblem, restraintExits, restraintSentences } from './problems/restraint.js';
import { type RetentionProblem, retentionExits, retentionSentences } from './problems/retention.js';
import { type StepsProblem, stepsExits, stepsSentences } from './problems/steps.js';
import { type StoreProblem, storeExits, storeSentences } from './problems/store.js';
import { type SubjectProblem, subjectExits, subjectSentences } from './problems/subject.js';
import { type WorkbookProblem, workbookExits, workbookSentences } from './problems/workbook.js';

/**
 * Everything that can be wrong, as one closed union. A problem is data: a stable code and parameters that are lines, columns,
 * field names of the deal, ids and counts, never a cell's value. Codes are never renamed or reused; docs/cli.md lists them.
 */
export type Problem =
  | BaseProblem
  | DealProblem
  | DatasetProblem
  | PolicyProblem
  | GateProblem
  | IdentityProblem
  | BundleProblem
  | AuditProblem
  | StoreProblem
  | StepsProblem
  | CliProblem
  | RetentionProblem
  | RestraintProblem
  | SubjectProblem
  | IncidentProblem
  | ProofProblem
  | WorkbookProblem
  | CampaignProblem
  | HouseProblem
  | LotsProblem
  | ReadingProblem;

export type ProblemCode = Problem['code'];

const exits = {
  ...baseExits,
  ...dealExits,
  ...datasetExits,
  ...policyExits,
  ...gateExits,
  ...identityExits,
  ...bundleExits,
  ...auditExits,
  ...storeExits,
  ...stepsExits,
  ...cliExits,
  ...retentionExits,
  ...restraintExits,
  ...subjectExits,
  ...incidentExits,
  ...proofExits,
  ...workbookExits,
  ...campaignExits,
  ...houseExits,
  ...lotsExits,
  ...readingExits,
};

const sentences: Readonly<Record<Lang, Sentences<Problem>>> = {
  zh: {
    ...baseSentences.zh,
    ...dealSentences.zh,
    ...datasetSentences.zh,
    ...policySentences.zh,
    ...gateSentences.zh,
    ...identitySentences.zh,
    ...bundleSentences.zh,
    ...auditSentences.zh,
    ...storeSentences.zh,
    ...stepsSentences.zh,
    ...cliSentences.zh,
    ...retentionSentences.zh,
    ...restraintSentences.zh,
    ...subjectSentences.zh,
    ...incidentSentences.zh,
    ...proofSentences.zh,
    ...workbookSentences.zh,
    ...campaignSentences.zh,
    ...houseSentences.zh,
    ...lotsSentences.zh,
    ...readingSentences.zh,
  },
  en: {
    ...baseSentences.en,
    ...dealSentences.en,
    ...datasetSentences.en,
    ...policySentences.en,
    ...gateSentences.en,
    ...identitySentences.en,
    ...bundleSentences.en,
    ...auditSentences.en,
    ...storeSentences.en,
    ...stepsSentences.en,
    ...cliSentences.en,
    ...retentionSentences.en,
    ...restraintSentences.en,
    ...subjectSentences.en,
    ...incidentSentences.en,
    ...proofSentences.en,
    ...workbookSentences.en,
    ...campaignSentences.en,
    ...houseSentences.en,
    ...lotsSentences.en,
    ...readingSentences.en,
  },
};

/** All problem codes, for documents and tests. */
export const PROBLEM_CODES: readonly ProblemCode[] = Object.keys(exits).sort() as ProblemCode[];

/** The exit number of a problem. */
export function exitOf(code: ProblemCode): number {
  return EXIT[exits[code]];
}

/** The sentence of a problem in one language. */
export function sentenceOf(problem: Problem, lang: Lang): Sentence {
  // The table is total by type; TypeScript cannot see that the function found under p.code takes exactly this p.
  const say = sentences[lang][problem.code] as (p: Problem) => Sentence;
  return say(problem);
}
