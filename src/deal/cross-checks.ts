import { isFurtherTable } from '../messages/tables.js';
import { TABLE_FIELDS } from './tables.js';
import type { CalendarDate } from '../base/time.js';
import { OPINION_KINDS } from '../messages/deal-kinds.js';
import type { DealProblem } from '../messages/problems/deal.js';
import type { Terms, TermsField, TermsPurpose } from './terms.js';

/** A step into the terms: a name of the format or a position in a list. */
export type Path = readonly (string | number)[];

/** The part of a problem's place that the terms do not know; the reader of deal.yaml adds the line. */
export type Locate = (path: Path) => { readonly path: string; readonly line: number };

/** Where there are no lines: `purposes[0].id`, line 0. */
export const withoutLines: Locate = (path) => ({ path: pathText(path), line: 0 });

/** `['resources', 0, 'fields', 3]` → `resources[0].fields[3]`. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`;
  return text === '' ? '.' : text;
}

/**
 * Terms of which some parts may not have been readable: the checks across fields run on what is there, so that one run reports
 * everything (architecture.md, "Report everything in one run").
 */
export interface PartialTerms extends Partial<Omit<Terms, 'purposes' | 'resources'>> {
  readonly purposes?: readonly (TermsPurpose | undefined)[];
  readonly fields?: readonly (TermsField | undefined)[];
  /** All resources, where the whole could be read. */
  readonly all?: Terms['resources'];
}

/** What the schema cannot say about the terms: what one part demands of another. In the order of the document. */
export function crossCheck(terms: PartialTerms, locate: Locate): readonly DealProblem[] {
  return [
    ...checkParties(terms, locate),
    ...checkPurposes(terms, locate),
    ...checkFields(terms, locate, 0),
    ...checkTables(terms, locate),
    ...checkDates(terms, locate),
    ...checkOpinion(terms, locate),
  ];
}

function checkParties(terms: PartialTerms, locate: Locate): DealProblem[] {
  return terms.seller !== undefined && terms.seller.card === terms.buyer?.card
    ? [{ code: 'DEAL_ONE_PARTY', ...locate(['buyer', 'card']) }]
    : [];
}

function checkPurposes(terms: PartialTerms, locate: Locate): DealProblem[] {
  const seen = new Set<string>();
  const problems: DealProblem[] = [];
  for (const [i, purpose] of (terms.purposes ?? []).entries()) {
    if (purpose === undefined) continue;
    if (seen.has(purpose.id))
      problems.push({ code: 'DEAL_PURPOSE_TWICE', ...locate(['purposes', i, 'id']), purpose: purpose.id });
    seen.add(purpose.id);
  }
  return problems;
}

/** The tables beside the customer list: the same of each, and that their rows speak of nothing but the table's matter. */
function checkTables(terms: PartialTerms, locate: Locate): DealProblem[] {
  return (terms.all ?? []).flatMap(({ name: table, fields }, i) => {
    if (!isFurtherTable(table)) return [];
    const foreign = fields.flatMap(({ name, class: fieldClass }, n) =>
      TABLE_FIELDS[table].includes(name) && fieldClass !== 'sensitive' && fieldClass !== 'safety'
        ? []
        : [
            {
              code: 'DEAL_TABLE_FIELD' as const,
              ...locate(['resources', i, 'fields', n, 'name']),
              field: name,
              table,
              known: [...TABLE_FIELDS[table]],
            },
          ],
    );
    return [...foreign, ...checkFields({ ...terms, fields }, locate, i)];
  });
}

function checkFields(terms: PartialTerms, locate: Locate, resource: number): DealProblem[] {
  const { fields, purposes } = terms;
  if (fields === undefined) return [];
  const at: Path = ['resources', resource, 'fields'];
  const problems: DealProblem[] = [];
  const known = purposes?.every((p) => p !== undefined) ? purposes.map((p) => p.id) : undefined;
  const seen = new Set<string>();
  for (const [i, field] of fields.entries()) {
    if (field === undefined) continue;
    const { name } = field;
    if (seen.has(name))
      problems.push({ code: 'DEAL_FIELD_TWICE', ...locate([...at, i, 'name']), field: name });
    seen.add(name);
    if (known !== undefined && !known.includes(field.purpose))
      problems.push({ code: 'DEAL_PURPOSE_UNKNOWN', ...locate([...at, i, 'purpose']), field: name, known });
    if (field.action === 'drop') continue;
    if (field.class === 'safety')
      problems.push({ code: 'DEAL_SAFETY_LEAVES', ...locate([...at, i, 'action']), field: name });
    if (field.class === 'sensitive' && field.necessity === undefined)
      problems.push({ code: 'DEAL_NECESSITY_MISSING', ...locate([...at, i]), field: name });
  }
  if (fields.some((field) => field === undefined)) return problems;
  if (!seen.has('customer_no')) problems.push({ code: 'DEAL_SUBJECT_FIELD', ...locate(at) });
  if (fields.every((field) => field?.action === 'drop'))
    problems.push({ code: 'DEAL_NOTHING_LEAVES', ...locate(at) });
  return problems;
}

/** Assessed, told and agreed before it happens (PIPL-55, PIPL-22, PIPL-23, NDSR-12). Calendar dates compare as text. */
function checkDates(terms: PartialTerms, locate: Locate): DealProblem[] {
  const { effective } = terms;
  if (effective === undefined) return [];
  const before: readonly (readonly [Path, CalendarDate | undefined])[] = [
    [['confidentiality', 'signed'], terms.confidentiality?.signed],
    [['assessment', 'date'], terms.assessment?.date],
    [['notice', 'sent'], terms.notice?.sent],
    [['opinion', 'date'], terms.opinion?.date],
  ];
  return before.flatMap(([path, date]) =>
    date !== undefined && date > effective
      ? [{ code: 'DEAL_DATE_ORDER' as const, ...locate(path), later: 'effective' }]
      : [],
  );
}

function checkOpinion(terms: PartialTerms, locate: Locate): DealProblem[] {
  return terms.opinion !== undefined && terms.kind !== undefined && !OPINION_KINDS.includes(terms.kind)
    ? [{ code: 'DEAL_OPINION_KIND', ...locate(['opinion']) }]
    : [];
}
