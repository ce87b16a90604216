import { FIELDS, type FieldName } from '../../dataset/fields.js';
import type { ScanCategory } from '../../messages/reasons.js';
import { REPLACED } from '../../policy/reasons.js';
import { type ScanContext, scanContexts } from '../../policy/scan-context.js';
import { SCAN_CATEGORIES } from '../../policy/scan-patterns.js';
import type { Session } from '../session/session.js';
import { type JudgedFile, judgedRecords } from './judged-records.js';

/** Something personal in a free text of the customer list, and the text around it, masked. */
interface ScanPlace extends Pick<ScanContext, 'before' | 'after'> {
  readonly field: FieldName;
}

/** What was found of one kind. */
export interface ScanKind {
  readonly category: ScanCategory;
  /** All hits. */
  readonly hits: number;
  /** The first of them. */
  readonly places: readonly ScanPlace[];
}

/** Places that are shown of each kind. */
const SHOWN = 20;

const WORDED = FIELDS.filter((field) => field.class === 'free-text').map(({ name }) => name);

/** Goes through the free text of every record that a check judged, for a page on which a person looks at the hits. */
export async function scanPlaces(
  session: Session,
  files: readonly JudgedFile[],
): Promise<readonly ScanKind[]> {
  const found = new Map<ScanCategory, { hits: number; places: ScanPlace[] }>();
  for await (const records of judgedRecords(session, files, (reasons) => reasons !== REPLACED)) {
    for (const record of records) {
      for (const field of WORDED) {
        const text = record.cell(field);
        if (text.length < 2) continue;
        for (const { category, before, after } of scanContexts(text)) {
          const kind = found.get(category) ?? { hits: 0, places: [] };
          kind.hits++;
          if (kind.places.length < SHOWN) kind.places.push({ field, before, after });
          found.set(category, kind);
        }
      }
    }
  }
  return SCAN_CATEGORIES.flatMap((category) => {
    const kind = found.get(category);
    return kind === undefined ? [] : [{ category, ...kind }];
  });
}
