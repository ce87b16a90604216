import { SaidNo } from '../session/said-no.js';
import type { Session } from '../session/session.js';
import type { SubjectPlace } from '../session/subject-tags.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { recordsAt, rewriteRecords } from './records.js';

/**
 * At the buyer's: empties at rest what a bundle brought again for purposes that a person has withdrawn here, or by a notice that came before the
 * bundle (PIPL-15, 47). What serves the other purposes stays. Done again, it finds nothing; `extract` leaves the fields empty before as well.
 *
 * @param bundle id of a bundle that was received
 * @returns how many records were changed
 */
export async function emptyWithdrawn(session: Session, bundle: string): Promise<number> {
  const { read } = session.workspace;
  const places: SubjectPlace[] = [];
  const gone = new Map<string, SaidNo>();
  const fields = new Set<string>();
  for (const dataset of read.datasets()) {
    if (dataset.bundle !== bundle || dataset.state !== 'kept') continue;
    const saidNo = new SaidNo(read, dataset);
    if (!saidNo.isPartly) continue;
    gone.set(dataset.id, saidNo);
    for (const { number: page, records, tags } of read.pageTags(dataset.id))
      for (let position = 0; position < records; position++) {
        const emptied = saidNo.emptied(tags, position, dataset.resource);
        if (emptied.length === 0) continue;
        const tag = tags.slice(position * TAG_BYTES, (position + 1) * TAG_BYTES);
        const place: SubjectPlace = { dataset, page, position, tag };
        const [record] = await recordsAt(session, [place]);
        const filled = record?.values.filter(({ field, value }) => emptied.includes(field) && value !== '');
        if (filled === undefined || filled.length === 0) continue;
        places.push(place);
        for (const { field } of filled) fields.add(field);
      }
  }
  if (places.length === 0) return 0;
  rewriteRecords(session, await session.keys(), {
    places,
    change: (cells, { dataset, tag }) => {
      const emptied = gone.get(dataset.id)?.emptied(tag, 0, dataset.resource) ?? [];
      return cells.map((cell, i) => (emptied.includes(dataset.columns[i] ?? '') ? '' : cell));
    },
    event: {
      action: 'subject-corrected',
      objects: { bundle },
      details: { fields: [...fields], records: places.length },
    },
  });
  return places.length;
}
