import { FIELDS, type FieldName } from '../../dataset/fields.js';
import { fieldsOf, type Terms } from '../../deal/terms.js';
import { reviewScope } from '../../policy/scope.js';
import type { ReportField } from '../../report/audit-report-deal.js';
import type { Checked } from './report-sources.js';

/* The fields of a deal as the report shows them: what leaves, why, and what the scan found in free text. */

/**
 * What becomes of each field of a deal, and what free text was found to hold.
 *
 * @param checked the check that looked into the files; null before there was one
 */
export function fieldsIn(terms: Terms, checked: Checked | null): ReportField[] {
  const columns =
    checked === null
      ? undefined
      : FIELDS.map((f) => f.name).filter((n) => checked.datasets.some(({ columns }) => columns.includes(n)));
  const agreed = new Map(fieldsOf(terms).map((field) => [field.name, field]));
  const found = scanOf(checked);
  return reviewScope(terms, columns).rows.map((row) => ({
    field: row.field,
    class: row.class,
    tier: row.tier,
    leaves: row.leaves,
    action: row.action,
    why: row.why,
    purpose: row.purpose,
    necessity: agreed.get(row.field)?.necessity ?? null,
    found: found
      .filter(({ field }) => field === row.field)
      .map(({ category, records }) => ({ category, records })),
  }));
}

interface Scanned {
  readonly field: FieldName | string;
  readonly category: string;
  readonly records: number;
}

/** What the scan of free text counted when the file was checked. */
function scanOf(checked: Checked | null): readonly Scanned[] {
  const counted = checked?.check.counts['scan'];
  if (!Array.isArray(counted)) return [];
  return counted.flatMap((item: unknown) => (isScanned(item) ? [item] : []));
}

function isScanned(item: unknown): item is Scanned {
  return (
    typeof item === 'object' &&
    item !== null &&
    'field' in item &&
    typeof item.field === 'string' &&
    'category' in item &&
    typeof item.category === 'string' &&
    'records' in item &&
    typeof item.records === 'number'
  );
}
