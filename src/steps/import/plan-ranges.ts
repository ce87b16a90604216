// Planning ranges: what import decides for a whole file is decided here, and the file cut into ranges that many machines can read.

import { type SecretKey, type Sha256, sha256, uuidv7 } from '../../base/crypto.js';
import {
  RANGES_FORMAT,
  type RangeJob,
  type RangeKind,
  type Ranges,
  rangeJobBytes,
  rangeKeys,
  rangesBytes,
} from '../../bundle/ranges.js';
import { isHeaderOf, profileOfKind } from '../../dataset/profile.js';
import { fail } from '../../messages/error.js';
import { writeWhole } from '../../store/files.js';
import { loggingRefusal } from '../session/refusal.js';
import type { Session } from '../session/session.js';
import { rangesPurpose } from '../session/tag-keys.js';
import { handOut, type JobPlaces, requirePlaces } from '../workers/handing-out.js';
import { type JobKey, sealForJob } from '../workers/job-key.js';
import { type CutFile, cutRanges } from './cut-ranges.js';
import type { OpenedImport } from './head.js';
import { openImport } from './import.js';
import type { ImportInput } from './input.js';
import { RangeFolder } from './range-folder.js';
import { openSource } from './source-file.js';

/** A file that may be read in ranges: rows of a table beside the customer list are held against all customers. */
interface RangesInput extends ImportInput {
  readonly kind: RangeKind;
}

export interface PlanRangesInput extends JobPlaces {
  readonly file: RangesInput;
  /** About how many ranges; null for as many as make a good size. */
  readonly ranges: number | null;
}

export interface PlannedRanges {
  /** The id that the dataset will have. */
  readonly dataset: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: Sha256;
  readonly ranges: number;
  readonly encoding: string;
  readonly folder: string;
  readonly key: string;
  /** Fields of which columns were found. */
  readonly columns: OpenedImport['mapping']['mapping']['columns'];
}

/**
 * Cuts a customer file into ranges: encoding, header, columns, dates and all else that one row cannot decide are decided before, so that a range
 * can be read without knowing of the others (docs/decisions/0100). Nothing is stored yet.
 *
 * @throws HandoverError as importFile, READING_WORKBOOK, LOTS_KEY_PLACE, LOTS_TAKEN
 */
export function planRanges(session: Session, input: PlanRangesInput): Promise<PlannedRanges> {
  return loggingRefusal(session, input.file, () => planned(session, input));
}

async function planned(session: Session, input: PlanRangesInput): Promise<PlannedRanges> {
  const { file } = input;
  const { progress, random, signal } = session.runtime;
  requirePlaces(input);
  const source = await openSource(file.path, file, isHeaderOf(profileOfKind(file.kind)));
  if (source.sheet !== null) fail({ code: 'READING_WORKBOOK', name: source.name });
  const opened = await openImport(session, file, { source });
  const cut = await cutRanges(source, { ranges: input.ranges, progress, signal });
  const dataset = uuidv7(Date.parse(session.now), random);
  const planned = {
    ...{ dataset, file: source.name, bytes: source.bytes, sha256: cut.sha256, ranges: cut.ranges.length },
    ...{ encoding: source.opening.encoding, folder: input.folder, key: input.key },
    columns: opened.mapping.mapping.columns,
  };
  if (file.dryRun) return planned;
  const tagKey = await session.keyFor('subject-tags');
  const { vault } = await session.keys();
  const order = { purpose: rangesPurpose(dataset), what: 'ranges', signal } as const;
  await handOut(input, vault, order, ({ folder, seed, job }) => {
    const { homeKey, ...keys } = rangeKeys(seed);
    const told = rangeJob(file, opened, { dataset, tagKey, ...keys });
    return write(session, new RangeFolder(folder), { cut, told, job, homeKey, bytes: source.bytes });
  });
  return planned;
}

/** What a worker is told. The first rows stay here: columns were judged by them. */
export function rangeJob(
  file: RangesInput,
  { source, mapping, head }: OpenedImport,
  keys: Pick<RangeJob, 'dataset' | 'tagKey' | 'sealKey' | 'macKey'>,
): RangeJob {
  const { encoding, bom, delimiter, header, headerRows, headerLine, dataLine, titles, width } =
    source.opening;
  const { path, used, said, like } = mapping;
  return {
    ...keys,
    path: source.path,
    kind: file.kind,
    opening: {
      ...{ encoding, bom, delimiter, headerLine, dataLine, width },
      evidence: [...source.opening.evidence],
      header: [...header],
      headerRows: headerRows.map((row) => [...row]),
      titles: [...titles],
    },
    mapping: mapping.mapping,
    mappingFile: { path, used, said, like },
    hints: head.hints,
    findings: [...head.findings],
    fixes: [...head.fixes],
    needed: [...head.needed],
    archive: file.archive ?? null,
    again: file.again,
    now: head.now,
    lang: head.lang,
  };
}

interface Told {
  readonly cut: CutFile;
  readonly told: RangeJob;
  readonly job: JobKey;
  readonly homeKey: SecretKey;
  /** Of the file. */
  readonly bytes: number;
}

/** Logs that the key of the tags leaves the workspace, and writes the job and what says what there is. */
async function write(
  session: Session,
  folder: RangeFolder,
  { cut, told, job, homeKey, bytes }: Told,
): Promise<void> {
  const sealed = await sealForJob(rangeJobBytes(told), job, session.runtime.random);
  const document: Ranges = {
    format: RANGES_FORMAT,
    dataset: told.dataset,
    file: { bytes, sha256: cut.sha256 },
    ranges: [...cut.ranges],
    job: sha256(sealed),
  };
  const text = rangesBytes(document, { macKey: told.macKey, homeKey });
  session.record(
    {
      action: 'ranges-planned',
      objects: { file: cut.sha256, ranges: sha256(text) },
      details: { ranges: cut.ranges.length },
    },
    () => undefined,
  );
  await writeWhole(folder.job, sealed);
  await writeWhole(folder.ranges, text);
}
