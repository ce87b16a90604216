import { findingOf } from '../../dataset/finding.js';
import type { Mapping } from '../../dataset/mapping.js';
import { skippedColumns } from '../../dataset/mapping-draft.js';
import { surveyColumns } from '../../dataset/survey.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { leavingFields } from '../../deal/terms.js';
import { heardAt } from '../session/clock.js';
import type { Session } from '../session/session.js';
import type { ChosenMapping, ImportInput } from './input.js';
import type { FileHead } from './settled.js';
import type { SourceFile } from './source-file.js';

/** A file that can be read, and all that is decided of it. */
export interface OpenedImport {
  readonly source: SourceFile;
  readonly mapping: ChosenMapping;
  readonly head: FileHead;
  /** The id that its dataset will have, where it has been given one. */
  readonly dataset?: string;
  /** In how many ranges it was read elsewhere, if it was. */
  readonly ranges?: number;
}

/** Decides by the first rows and by the deals that there are how the rows of a file are read. */
export function headOf(
  session: Session,
  input: Pick<ImportInput, 'dateOrder' | 'skipColumns' | 'fixes'>,
  { opening }: SourceFile,
  mapping: Mapping,
): FileHead {
  const { headerLine, headerRows, header, titles, width, sample } = opening;
  const skipped = skippedColumns({ header, skip: input.skipColumns ?? [] });
  const survey = surveyColumns(mapping, headerLine, sample, input.dateOrder ?? null, skipped);
  return {
    hints: survey.hints,
    findings: [
      ...titles.map((line) => findingOf('ROW_TITLE', line)),
      ...(headerRows.length > 1 ? [findingOf('HEADER_TWO_ROWS', headerLine)] : []),
      ...(width > header.length ? [{ ...findingOf('ROW_WIDTH', headerLine), got: width }] : []),
      ...mapping.findings,
      ...survey.findings,
    ],
    fixes: input.fixes ?? [],
    needed: neededTexts(session),
    now: heardAt(session),
    lang: session.runtime.lang,
  };
}

/** Fields whose text every deal is about. */
export const NEEDED_TEXTS: readonly string[] = ['name', 'address'];

/** Fields whose text a deal lets go; before there is one, those that every deal is about. */
export function neededTexts(session: Session): readonly string[] {
  const terms = session.workspace.read.deals().map(({ bytes }) => readDealJson(bytes));
  return terms.length === 0
    ? NEEDED_TEXTS
    : [...new Set(terms.flatMap((each) => leavingFields(each).map(({ name }) => name)))];
}
