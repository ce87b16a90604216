import { uuidv7 } from '../../base/crypto.js';
import { TAG_BYTES, tagText } from '../../base/tagger.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import { importFileWords } from '../../messages/import-files.js';
import { reasonSet } from '../../policy/reasons.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import { statutoryUntil } from '../../retention/statutory.js';
import type { Reader } from '../../store/reader.js';
import type { NewRestraint } from '../../store/retention-writer.js';
import { customerList } from '../session/list.js';
import type { Session } from '../session/session.js';
import type { ArchiveOrder, ImportInput } from './input.js';
import type { SourceFile } from './source-file.js';

/*
 * Two cabinets: the customers, and what only a statute keeps (PIPL-47 ¶2, PIPL-6). Each has purposes, keys and dates of its own, and nothing comes from one into
 * the other unnoticed (docs/decisions/0074).
 */

/** An archive that is being taken in: the last day of its period, and the freeze that covers it. */
export interface Archive extends ArchiveOrder {
  readonly until: CalendarDate;
  /** The id of the freeze. */
  readonly freeze: string;
}

/** @throws HandoverError ARCHIVE_OVER for an archive whose period ended before today */
export function archiveOf(session: Session, { archive }: ImportInput): Archive | null {
  if (archive === undefined) return null;
  const until = statutoryUntil(archive.basis, archive.since);
  if (until < dayOf(session.now)) fail({ code: 'ARCHIVE_OVER', until });
  return { ...archive, until, freeze: uuidv7(Date.parse(session.now), session.runtime.random) };
}

/** The freeze of an archive, so that nothing ends it before its day. */
export function freezeOf(
  session: Session,
  dataset: string,
  { basis, since, until, freeze }: Archive,
): NewRestraint {
  return {
    id: freeze,
    kind: 'freeze',
    scope: 'dataset',
    dataset,
    ...{ basis, since, until },
    reason: importFileWords[session.runtime.lang].archive,
    opened: session.now,
    openedBy: session.runtime.operator,
  };
}

/**
 * That the very file does not lie in the other cabinet. A workbook may hold both, each in a sheet.
 *
 * @throws HandoverError CABINET_OTHER
 */
export function requireOwnCabinet(
  read: Reader,
  kind: ImportInput['kind'],
  source: SourceFile,
  digest: string,
) {
  if (source.sheet !== null || (kind !== 'customers' && kind !== 'archive')) return;
  const other = kind === 'archive' ? 'customers' : 'archive';
  const lies = read
    .datasets()
    .some(
      (one) => one.sha256 === digest && one.kind === other && one.content === 'cells' && one.state === 'kept',
    );
  if (lies) fail({ code: 'CABINET_OTHER', file: source.name, isArchive: other === 'archive' });
}

/** Counts the persons of a file who are in the other cabinet, and not in its own. */
export class OtherCabinet {
  readonly #found = new Set<string>();
  readonly #there: TagReasons;
  readonly #here: TagReasons;

  private constructor(there: TagReasons, here: TagReasons) {
    this.#there = there;
    this.#here = here;
  }

  /** Null where there is no other cabinet, or the file belongs to none of the two. */
  static beside(read: Reader, { kind }: ImportInput): OtherCabinet | null {
    if (kind !== 'customers' && kind !== 'archive') return null;
    const list = customerList(read);
    const archive = archives(read);
    const [there, here] = kind === 'archive' ? [list, []] : [archive, list];
    if (there.length === 0) return null;
    const tagsOf = (datasets: readonly { readonly id: string }[]): TagReasons => {
      const all = new TagReasons();
      for (const { id } of datasets) for (const { tags } of read.pageTags(id)) all.add(tags, ANY);
      return all;
    };
    return new OtherCabinet(tagsOf(there), tagsOf(here));
  }

  add(tags: Uint8Array): void {
    for (let i = 0; i * TAG_BYTES < tags.length; i++) {
      const at = i * TAG_BYTES;
      if (this.#there.of(tags, at) !== 0 && this.#here.of(tags, at) === 0) this.#found.add(tagText(tags, i));
    }
  }

  get persons(): number {
    return this.#found.size;
  }
}

const ANY = reasonSet('ERASED_BEFORE');

/** The drawers of the archive that are kept. */
function archives(read: Reader): readonly { readonly id: string }[] {
  return read.datasets().filter(({ kind, state }) => kind === 'archive' && state === 'kept');
}
