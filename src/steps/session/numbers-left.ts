import { TAG_BYTES, tagText } from '../../base/tagger.js';
import { recordsOf } from '../../dataset/page.js';
import type { TagReasons } from '../../policy/tag-reasons.js';
import { openPage } from '../../store/sealed-pages.js';
import type { Session } from './session.js';

/** Columns that name a person. */
const NAMING = ['customer_no', 'subject'];

/**
 * The customer numbers of persons, from whatever is kept that names them: proofs of consent, ledgers, answers, customer files. An archive is
 * stored and nothing else, so it is not opened. Only pages of the wanted persons are.
 *
 * @returns by {@link tagText}; without those whom nothing names
 */
export async function numbersLeft(
  session: Session,
  wanted: TagReasons,
): Promise<ReadonlyMap<string, string>> {
  const { read } = session.workspace;
  const { vault } = await session.keys();
  const numbers = new Map<string, string>();
  for (const { id, kind, content, state, columns, keyId } of read.datasets()) {
    const at = columns.findIndex((name) => NAMING.includes(name));
    if (kind === 'archive' || content !== 'cells' || state !== 'kept' || at < 0) continue;
    for (const { number, records, tags } of read.pageTags(id)) {
      const missing = [...Array(records).keys()].filter(
        (i) => wanted.of(tags, i * TAG_BYTES) !== 0 && !numbers.has(tagText(tags, i)),
      );
      const page = missing.length === 0 ? undefined : read.page(id, number);
      if (page === undefined) continue;
      const opened = recordsOf(openPage(page.sealed, { dataset: id, number, tags }, vault.get(keyId)));
      for (const i of missing) {
        const named = opened[i]?.[at] ?? '';
        if (named !== '') numbers.set(tagText(tags, i), named);
      }
    }
  }
  return numbers;
}
