import { type HowToRead, howToRead } from '../base/shape.js';
import type { BaseProblem } from '../messages/problems/base.js';
import type { DealProblem } from '../messages/problems/deal.js';
import { crossCheck, type Locate, type PartialTerms, type Path } from './cross-checks.js';
import { checkSoundness } from './soundness.js';
import { at, schemaProblems } from './schema-problems.js';
import { fieldSchema, purposeSchema, type Terms, termsSchema } from './terms.js';

/** A deal is some kilobytes; more is another file. In bytes. */
export const DEAL_FILE_LIMIT = 1024 * 1024;

/** The terms that a deal.yaml or deal.json holds, or everything that is wrong with it, in the order of the file. */
export type DealFile =
  | {
      readonly terms: Terms;
      readonly problems: readonly [];
      /** Whether the notice is to be the text that follows from these terms: then the digest in the file means nothing yet. */
      readonly isDrafted?: boolean;
    }
  | { readonly terms: null; readonly problems: readonly (DealProblem | BaseProblem)[] };

/**
 * Checks a plain document against the schema and across its fields.
 *
 * @param stage of a draft it is also asked whether it says anything; what was signed stays readable
 */
export function termsFrom(plain: unknown, locate: Locate, stage: 'draft' | 'signed' = 'signed'): DealFile {
  const read = termsSchema.safeParse(plain, howToRead());
  const shape = read.success ? [] : schemaProblems(read.error.issues, plain, locate);
  const parts = read.success ? wholeOf(read.data) : readableParts(plain);
  const across = [...crossCheck(parts, locate), ...(stage === 'draft' ? checkSoundness(parts, locate) : [])];
  const problems = [...shape, ...across];
  if (read.success && problems.length === 0) return { terms: read.data, problems: [] };
  // Sorting is stable: problems of one line stay in the order in which they were found.
  return { terms: null, problems: problems.sort((a, b) => lineNumberOf(a) - lineNumberOf(b)) };
}

/** The line of a problem, 0 where it has none. */
export function lineNumberOf(problem: DealProblem): number {
  return 'line' in problem ? problem.line : 0;
}

function wholeOf(terms: Terms): PartialTerms {
  const { resources, ...rest } = terms;
  return { ...rest, fields: resources[0]?.fields ?? [], all: resources };
}

/** Those parts of a faulty document that can be read for themselves. */
export function readableParts(plain: unknown): PartialTerms {
  const { id, title, seller, buyer, effective, kind, confidentiality, assessment, notice, opinion } =
    termsSchema.shape;
  const { retention, complaints, escrow, approvals } = termsSchema.shape;
  const part = <T>(
    name: string,
    schema: { safeParse(value: unknown, how: HowToRead): { data?: T | undefined } },
  ) => {
    const value = schema.safeParse(at(plain, [name]), howToRead()).data;
    return value === undefined ? {} : { [name]: value };
  };
  const items = <T>(
    path: Path,
    schema: { safeParse(value: unknown, how: HowToRead): { data?: T | undefined } },
  ) => {
    const list = at(plain, path);
    return Array.isArray(list) && list.length <= 200
      ? list.map((item) => schema.safeParse(item, howToRead()).data)
      : undefined;
  };
  const purposes = items(['purposes'], purposeSchema);
  const fields = items(['resources', 0, 'fields'], fieldSchema);
  return {
    ...part('id', id),
    ...part('title', title),
    ...part('seller', seller),
    ...part('buyer', buyer),
    ...part('effective', effective),
    ...part('kind', kind),
    ...part('confidentiality', confidentiality),
    ...part('assessment', assessment),
    ...part('notice', notice),
    ...part('opinion', opinion),
    ...part('retention', retention),
    ...part('complaints', complaints),
    ...part('escrow', escrow),
    ...part('approvals', approvals),
    ...(purposes === undefined ? {} : { purposes }),
    ...(fields === undefined ? {} : { fields }),
  };
}
