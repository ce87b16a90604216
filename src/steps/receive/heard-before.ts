import { hex } from '../../base/bytes.js';
import { subjectOf, TAG_BYTES, tagger } from '../../base/tagger.js';
import { inflateBundlePage } from '../../bundle/member.js';
import type { SecretKey } from '../../base/crypto.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { SubjectMark } from '../../store/persons-rows.js';
import { openBytes } from '../../store/sealed-pages.js';
import type { Writer } from '../../store/writer.js';
import { isNoMark } from '../session/said-no.js';
import type { Session } from '../session/session.js';
import { receivedRows } from '../session/stored-records.js';

const NUMBER = 'customer_no';

/**
 * Words that persons said to this firm itself are known by a tag of its own. Who of them is in a bundle under a deal that was not there then is
 * found by the customer number, and known from now on by the tag of that deal too. Pages are opened only where somebody said anything.
 *
 * @returns how many words were noted
 */
export async function noteHeardBefore(
  session: Session,
  write: Writer,
  dataset: Pick<Dataset, 'id' | 'columns' | 'file'>,
  key: SecretKey,
): Promise<number> {
  const { read } = session.workspace;
  if (!dataset.columns.includes(NUMBER)) return 0;
  const said = new Map<string, SubjectMark[]>();
  for (const mark of read.persons.subjectMarks())
    if (mark.request !== null && isNoMark(mark)) {
      const tag = hex(mark.tag);
      said.set(tag, [...(said.get(tag) ?? []), mark]);
    }
  if (said.size === 0) return 0;
  const ownTags = tagger(await session.keyFor('subject-tags'));
  let noted = 0;
  for (const { number, sealed, records, tags } of read.pages(dataset.id)) {
    const page = inflateBundlePage(
      openBytes(sealed, { dataset: dataset.id, number, tags }, key),
      dataset.file,
      records,
    );
    const own = ownTags(receivedRows(page).map((row) => subjectOf(row[NUMBER] ?? '')));
    for (let at = 0; at < own.length; at += TAG_BYTES) {
      const tag = tags.slice(at, at + TAG_BYTES);
      // Under a deal that was there when it was said, the tag is known already.
      if (said.has(hex(tag))) continue;
      for (const mark of said.get(hex(own.subarray(at, at + TAG_BYTES))) ?? []) {
        write.persons.addSubjectMark({ ...mark, tag });
        noted++;
      }
    }
  }
  return noted;
}
