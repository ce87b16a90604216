import { hex, utf8 } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import { canonicalJson, type Json } from '../../base/json.js';
import type { Instant } from '../../base/time.js';
import { jsonOf } from '../../bundle/document.js';
import { csvLine } from '../../dataset/csv-line.js';
import { kindOfColumn } from '../../dataset/consent-columns.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import { copyWords } from '../../messages/screens/subject-copy.js';
import { columnLabel, valueLabel } from '../../report/labels.js';
import { requireWritable, type Written, writeWhole } from '../../store/files.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { shareEnds } from '../retention/dispositions.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { recordsAt, type SubjectRecord } from './records.js';
import { type RequestOrigin, closeRequest, requireTaking, takeIn } from './requests.js';
import { factsOf, type SubjectFacts, shareOf } from './show.js';
import { isMinor, knownSubject } from './withdraw.js';

/** The format of a person's copy (docs/formats.md, "A person's copy"). */
export const COPY_FORMAT = 'handover.subject/1';

const COPY_FORMATS = ['json', 'csv'] as const;
type CopyFormat = (typeof COPY_FORMATS)[number];

export interface CopyInput extends RequestOrigin {
  /** Customer number as in the file. */
  readonly subject: string;
  /** Where to write it, absolute. */
  readonly path: string;
  readonly format: CopyFormat;
  readonly force: boolean;
  readonly dryRun: boolean;
}

export interface CopyResult {
  /** Null in a rehearsal. */
  readonly request: string | null;
  readonly path: string;
  readonly format: CopyFormat;
  readonly records: number;
  readonly values: number;
  readonly bytes: number;
  readonly sha256: Sha256 | null;
}

/**
 * Everything held about a person with where it came from and where it went, in a file that a program can read (PIPL-45, NDSR-25). The store
 * remembers the file as one in the clear.
 *
 * @throws HandoverError SUBJECT_UNKNOWN, FILE_EXISTS, and those of takeIn
 */
export async function exportSubject(session: Session, input: CopyInput): Promise<CopyResult> {
  const { path, format, force } = input;
  await session.keys();
  const subject = await knownSubject(session, input.subject);
  const records = await recordsAt(session, subject.places);
  const values = records.flatMap((record) => record.values).filter(({ value }) => value !== '').length;
  const facts = { path, format, records: records.length, values };
  const taking = { ...input, kind: 'copy', isMinor: await isMinor(session, subject) } as const;
  if (input.dryRun) requireTaking(session, subject, taking);
  requireWritable(path, input);
  if (input.dryRun) return { ...facts, request: null, bytes: 0, sha256: null };
  const request = takeIn(session, subject, taking);
  const about = factsOf(session, subject, taking.isMinor);
  const content =
    format === 'json'
      ? utf8(`${canonicalJson(jsonOf(copyJson(session, about, records)))}\n`)
      : utf8(copyCsv(about, records, session.runtime.lang));
  // Logged before the file can be seen, as an extract is.
  const announce = (written: Written): void =>
    session.record(
      {
        action: 'subject-exported',
        objects: { subject: hex(subject.own), request: request.id, file: written.sha256 },
        details: { format, records: records.length, values },
      },
      (write) =>
        write.rememberFile({
          ...written,
          path,
          kind: 'extract',
          time: session.now,
          dataset: subject.places[0]?.dataset.id ?? null,
        }),
    );
  const written = await writeWhole(path, content, { force, announce });
  closeRequest(session, request, 'done');
  return { ...facts, request: request.id, ...written };
}

function copyJson(session: Session, about: SubjectFacts, records: readonly SubjectRecord[]): Json {
  const { card } = ownCard(session.workspace.info);
  const { read } = session.workspace;
  return {
    format: COPY_FORMAT,
    generated: session.now,
    held_by: { name: card.name, contact: jsonOf(card.contact) },
    records: records.map(({ place, values }) => ({
      source: sourceOf(place.dataset),
      keep_until: shareEnds(read, place.dataset)[shareOf(session, place)]?.date ?? null,
      values: Object.fromEntries(
        values.filter(({ value }) => value !== '').map(({ field, value }) => [field, value]),
      ),
    })),
    transfers: about.transfers.map(({ bundle, manifest, terms }) => ({
      direction: bundle.direction === 'out' ? 'to' : 'from',
      partner: bundle.direction === 'out' ? terms.buyer.name : terms.seller.name,
      complaints: jsonOf(terms.complaints),
      deal: terms.id,
      time: bundle.time,
      purposes: terms.purposes.map((purpose) => eachLang((lang) => purpose[lang])),
      fields: manifest.resources.flatMap(({ fields }) =>
        fields.map(({ name, action }) => ({ name, action })),
      ),
    })),
    marks: about.marks.map(({ kind, purpose, time }) => ({ kind, purpose, time })),
    requests: about.requests.map(({ request, state }) => ({
      kind: request.kind,
      received: request.received,
      due: request.due,
      state,
    })),
  };
}

function sourceOf({ kind, file, imported, bundle }: Dataset): {
  readonly kind: string;
  readonly file: string;
  readonly since: Instant;
  readonly bundle: string | null;
} {
  return { kind, file, since: imported, bundle };
}

/** The same as a table for Excel: byte order mark, CRLF, and no cell that it would take for a formula. */
function copyCsv(about: SubjectFacts, records: readonly SubjectRecord[], lang: Lang): string {
  const words = copyWords[lang];
  const rows = [
    ...records.flatMap(({ place, values }) =>
      values
        .filter(({ value }) => value !== '')
        .map(({ field, value }) => [
          place.dataset.file,
          columnLabel(place.dataset.kind, field, lang),
          valueLabel(kindOfColumn(place.dataset.kind, field), value, lang),
        ]),
    ),
    ...about.transfers.map(({ bundle, terms }) => [
      terms.id,
      bundle.direction === 'out' ? words.to : words.from,
      `${bundle.direction === 'out' ? terms.buyer.name : terms.seller.name} ${bundle.time}`,
    ]),
    ...about.transfers.map(({ terms }) => [
      terms.id,
      words.complaints,
      `${terms.complaints.contact} ${terms.complaints.phone}`,
    ]),
  ];
  return `\ufeff${csvLine([words.source, words.item, words.value])}${rows.map(csvLine).join('')}`;
}
