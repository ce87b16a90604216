import type { Sha256 } from '../base/crypto.js';
import type { CalendarDate } from '../base/time.js';
import type { PaperKind } from '../messages/papers.js';
import type { BaseProblem } from '../messages/problems/base.js';
import type { DealProblem } from '../messages/problems/deal.js';
import type { Locate } from './cross-checks.js';

/** A signed paper that was taken in, as far as a deal refers to it. */
export interface PaperReference {
  readonly id: string;
  readonly kind: PaperKind;
  readonly sha256: Sha256;
  readonly signed: CalendarDate;
}

/** The parts of a deal that refer to a paper: its kind, and the name under which the deal has its day. */
const PARTS = [
  { part: 'confidentiality', kind: 'nda', day: 'signed' },
  { part: 'assessment', kind: 'pia', day: 'date' },
  { part: 'notice', kind: 'notice', day: 'sent' },
  { part: 'opinion', kind: 'opinion', day: 'date' },
] as const;

/** The id of a paper: its kind and a number. Never a digest, which has no hyphen. */
const PAPER_ID = /^[a-z]+(?:-[a-z0-9]+)*-\d{1,5}$/;

/**
 * A draft of a deal with the digests and days of papers in place of their ids, so that nobody types a digest. What both parties sign holds
 * digests only: the other party has other papers, or none.
 */
export function withPapers(
  draft: unknown,
  papers: readonly PaperReference[],
  locate: Locate,
): { readonly draft: unknown; readonly problems: readonly DealProblem[] } {
  if (!isMap(draft)) return { draft, problems: [] };
  const filled: Record<string, unknown> = { ...draft };
  const problems: DealProblem[] = [];
  for (const { part, kind, day } of PARTS) {
    const value = filled[part];
    if (!isMap(value)) continue;
    const named = value['sha256'];
    if (typeof named !== 'string' || !PAPER_ID.test(named)) continue;
    const fitting = papers.filter((paper) => paper.kind === kind);
    const paper = fitting.find(({ id }) => id === named);
    if (paper === undefined) {
      const known = fitting.map(({ id }) => id);
      problems.push({ code: 'DEAL_PAPER_UNKNOWN', ...locate([part, 'sha256']), kind, known });
      continue;
    }
    const isEmpty = value[day] === undefined || value[day] === null || value[day] === '';
    filled[part] = { ...value, sha256: paper.sha256, ...(isEmpty ? { [day]: paper.signed } : {}) };
  }
  return { draft: filled, problems };
}

/** Whether a problem is only that an id of a paper is no digest. */
export function isAboutPaper(problem: DealProblem | BaseProblem, unknown: readonly DealProblem[]): boolean {
  const paths = unknown.flatMap((each) => ('path' in each ? [each.path] : []));
  return problem.code === 'DEAL_FIELD_INVALID' && paths.includes(problem.path);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
