import { type FieldName, fieldOf } from '../dataset/fields.js';
import type { ScanCategory } from '../messages/reasons.js';
import { scanHits } from './scan.js';
import { SCAN_CATEGORIES } from './scan-patterns.js';

/** How often each category occurs in a text, in the order of {@link SCAN_CATEGORIES}. */
export function scanText(text: string): readonly number[] {
  const counts = SCAN_CATEGORIES.map(() => 0);
  for (const { category } of scanHits(text)) {
    const i = SCAN_CATEGORIES.indexOf(category);
    counts[i] = (counts[i] ?? 0) + 1;
  }
  return counts;
}

/** Findings of a scan as data that can be added up: counts by category for each free-text field, never a text. */
export interface ScanCounts {
  readonly fields: readonly FieldName[];
  /** One row per field, one column per category of {@link SCAN_CATEGORIES}: how many records hold it. */
  readonly counts: Uint32Array<ArrayBuffer>;
}

/** Takes the records of one page after another. */
export interface Scan {
  add(record: readonly string[]): void;
  /** Ends the page and begins the next. */
  end(): ScanCounts;
}

/** Compiles the scan of a file's free-text columns. */
export function compileScan(columns: readonly FieldName[]): Scan {
  const fields = columns.filter((name) => fieldOf(name)?.class === 'free-text');
  const positions = fields.map((name) => columns.indexOf(name));
  const width = SCAN_CATEGORIES.length;
  let counts = new Uint32Array(fields.length * width);
  return {
    add: (record) => {
      for (let row = 0; row < positions.length; row++) {
        const text = record[positions[row] ?? -1] ?? '';
        if (text.length < 2) continue;
        const hits = scanHits(text);
        if (hits.length === 0) continue;
        for (const category of new Set(hits.map((hit) => hit.category))) {
          const at = row * width + SCAN_CATEGORIES.indexOf(category);
          counts[at] = (counts[at] ?? 0) + 1;
        }
      }
    },
    end: () => {
      const found = { fields, counts };
      counts = new Uint32Array(fields.length * width);
      return found;
    },
  };
}

/** Adds the findings of pages, field by field: files of one list may have different columns. */
export function addScans(scans: Iterable<ScanCounts>): ScanCounts {
  const width = SCAN_CATEGORIES.length;
  const byField = new Map<FieldName, Uint32Array>();
  for (const { fields, counts } of scans)
    for (const [row, field] of fields.entries()) {
      const total = byField.get(field) ?? new Uint32Array(width);
      byField.set(field, total);
      for (let i = 0; i < width; i++) total[i] = (total[i] ?? 0) + (counts[row * width + i] ?? 0);
    }
  const totals = [...byField.values()];
  return { fields: [...byField.keys()], counts: Uint32Array.from(totals.flatMap((total) => [...total])) };
}

/** In how many records a field held something of one category. */
export interface ScanFinding {
  readonly field: FieldName;
  readonly category: ScanCategory;
  readonly records: number;
}

/** The findings that are there, for a page or a table. */
export function scanFindings(scan: ScanCounts): readonly ScanFinding[] {
  const width = SCAN_CATEGORIES.length;
  return scan.fields.flatMap((field, row) =>
    SCAN_CATEGORIES.flatMap((category, i) => {
      const records = scan.counts[row * width + i] ?? 0;
      return records > 0 ? [{ field, category, records }] : [];
    }),
  );
}
